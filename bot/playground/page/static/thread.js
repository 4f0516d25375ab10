/** The panel beside the channel: a message with its replies, and a composer of its own. */

import { Composer, dropNote } from "./composer.js";
import { Conversation } from "./conversation.js";
import { byId, el, fill, iconButton } from "./dom.js";
import { inOrder } from "./channel.js";
import { acceptDrops } from "./drops.js";

/** @import {Page} from "./page.js" */

export class ThreadPane {
  #shown = "";

  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.node = byId("thread");
    this.where = el("span", { class: "members" });
    this.title = el("h2", { tabindex: "-1" }, "Thread");
    this.head = el("header", { class: "pane-head" }, el("div", { class: "pane-title" },
      iconButton("back", "Back to the channel", () => this.close(), { class: "only-narrow" }), this.title, this.where, el("span", { class: "grow" }),
      iconButton("close", "Close thread", () => this.close(), { class: "only-wide" })));
    this.scroller = el("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": "Thread" });
    this.conversation = new Conversation(page, this.scroller, "Thread", { inThread: true, scrolled: () => {} });
    this.composer = new Composer(page, { target: () => ({ channel: page.router.channel, thread_ts: page.router.thread }), editLast: () => this.conversation.editLast() });
    this.node.append(this.head, el("div", { class: "pane-body" }, this.scroller, this.composer.node), dropNote());
    acceptDrops(this.node, (files) => this.composer.attach(files));
    this.node.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.defaultPrevented) this.close(); });
  }

  close() {
    const { router } = this.page;
    const ts = router.thread;
    router.closeThread();
    /** @type {HTMLElement|null} */ (document.querySelector(`#channel [data-ts="${ts}"] .replies`))?.focus();
  }

  focus() {
    this.title.focus();
  }

  refresh() {
    const { workspace, router } = this.page;
    const parent = router.thread && router.tab !== "home" ? workspace.message(router.channel, router.thread) : undefined;
    this.node.hidden = !parent;
    document.body.classList.toggle("with-thread", Boolean(parent));
    if (!parent) {
      this.#shown = "";
      return;
    }
    const channel = workspace.channels.get(router.channel);
    const name = channel?.kind === "im" ? workspace.person(channel.with).name : `#${channel?.name}`;
    fill(this.where, name);
    const key = `${workspace.me.id}/${parent.channel}/${parent.ts}`;
    const fresh = key !== this.#shown;
    this.#shown = key;
    if (fresh) this.composer.about("Reply…", channel?.archived ? "This channel is archived" : channel?.member ? "" : "Join the channel to reply");
    const replies = workspace.replies(parent.channel, parent.ts);
    const ephemerals = [...workspace.ephemerals.values()].filter((each) => each.channel === parent.channel && each.thread_ts === parent.ts);
    const count = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
    this.conversation.show([parent, ...inOrder(replies, ephemerals)], { replies: false, divided: replies.length ? count : "", fresh });
    this.conversation.list.name(`Thread in ${name}, ${count}`);
  }
}
