/** The conversation in the middle: a channel or direct messages, with its composer. */

import { Composer, dropNote } from "./composer.js";
import { Conversation } from "./conversation.js";
import { byId, el, fill, icon, iconButton } from "./dom.js";
import { Home } from "./home.js";
import { SampleCard } from "./sample-card.js";
import { toggleMenu } from "./menu.js";
import { acceptDrops } from "./drops.js";

/** @import {Page} from "./page.js" */
/** @import {Channel, Ephemeral, Message} from "./types.js" */

export class ChannelPane {
  #shown = "";
  #unreadAfter = "";

  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.node = byId("channel");
    this.head = el("header", { class: "pane-head" });
    this.scroller = el("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": "Messages" });
    this.newest = el("button", { type: "button", class: "to-newest", hidden: true, on: { click: () => this.conversation.list.toEnd() } }, icon("down"), "Newest");
    this.intro = el("div", { class: "intro" });
    this.scroller.appendChild(this.intro);
    this.conversation = new Conversation(page, this.scroller, "Messages", { inThread: false, scrolled: (atEnd) => this.#scrolled(atEnd) });
    this.sample = new SampleCard(page);
    this.composer = new Composer(page, { target: () => ({ channel: page.router.channel }), editLast: () => this.conversation.editLast(), extra: this.sample.node });
    this.home = new Home(page);
    this.joinBar = el("div", { class: "join-bar", hidden: true });
    this.body = el("div", { class: "pane-body" }, this.scroller, this.newest, this.joinBar, this.composer.node);
    this.node.append(this.head, this.home.node, this.body, dropNote());
    acceptDrops(this.node, (files) => this.composer.attach(files));
  }

  /** Draw what has changed. */
  refresh() {
    const { workspace, router } = this.page;
    const channel = workspace.channels.get(router.channel);
    if (!channel) return;
    const key = `${workspace.me.id}/${channel.id}`;
    const fresh = key !== this.#shown;
    this.#drawHead(channel);
    const isHome = router.tab === "home" && this.#isApp(channel);
    this.home.node.hidden = !isHome;
    this.body.hidden = isHome;
    if (isHome) this.home.refresh();
    if (fresh) this.#open(channel, key);
    else if (this.conversation.list.atEnd && document.hasFocus()) this.page.reads.mark(channel.id);
    this.#drawJoin(channel);
    const ephemerals = [...workspace.ephemerals.values()].filter((each) => each.channel === channel.id && !each.thread_ts);
    const messages = inOrder(this.#roots(channel.id), ephemerals);
    fill(this.intro, messages.length ? null : introduction(channel, workspace));
    this.conversation.show(messages, { unreadAfter: this.#unreadAfter, replies: true, fresh });
    this.sample.refresh();
  }

  /** @param {Channel} channel @param {string} key */
  #open(channel, key) {
    const { workspace, reads } = this.page;
    this.#shown = key;
    this.#unreadAfter = reads.count(channel.id).unread ? reads.until(channel.id) : "";
    reads.mark(channel.id);
    this.newest.hidden = true;
    const name = channel.kind === "im" ? workspace.person(channel.with).name : `#${channel.name}`;
    const closed = channel.archived ? "This channel is archived" : channel.member ? "" : `Join #${channel.name} to write here`;
    this.composer.about(`Message ${name}`, closed);
    this.conversation.list.name(`Messages in ${name}`);
    this.scroller.setAttribute("aria-label", `Messages in ${name}`);
  }

  /** @param {string} channel @returns {Message[]} */
  #roots(channel) {
    const history = this.page.workspace.history(channel);
    return history.roots.map((ts) => /** @type {Message} */ (history.byTs.get(ts)));
  }

  /** @param {Channel} channel */
  #isApp(channel) {
    return channel.kind === "im" && channel.with === this.page.workspace.app.user;
  }

  /** @param {boolean} atEnd */
  #scrolled(atEnd) {
    this.newest.hidden = atEnd;
    if (!atEnd) return;
    this.page.reads.mark(this.page.router.channel);
    this.page.workspace.tell("reads");
  }

  /** @param {Channel} channel */
  #drawHead(channel) {
    const { workspace, router } = this.page;
    const isIm = channel.kind === "im";
    const title = isIm ? workspace.person(channel.with).name : channel.name;
    const state = JSON.stringify([channel, router.tab, workspace.me.id, title]);
    if (this.head.dataset.state === state) return;
    this.head.dataset.state = state;
    const focused = this.head.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.focus : "";
    const tabs = this.#isApp(channel) && workspace.app.home !== false ? this.#tabs(channel) : null;
    const more = iconButton("more", "Channel actions", () => toggleMenu(more, this.#actions(channel), "Channel actions"), { "aria-haspopup": "menu", "aria-expanded": "false", data: { focus: "more" } });
    fill(this.head, el("div", { class: "pane-title" }, el("h1", null, isIm ? null : icon(channel.kind === "private" ? "lock" : "hash"), title),
      channel.archived && el("span", { class: "badge" }, "ARCHIVED"),
      !isIm && el("span", { class: "members" }, memberLine(channel)), el("span", { class: "grow" }), isIm ? null : more), tabs);
    if (focused) /** @type {HTMLElement|null} */ (this.head.querySelector(`[data-focus="${focused}"]`))?.focus();
  }

  /** @param {Channel} channel */
  #tabs(channel) {
    const { router } = this.page;
    const tab = (/** @type {"home"|"messages"} */ name, /** @type {string} */ label) => el("button", { type: "button", role: "tab", class: "tab",
      "aria-selected": String(router.tab === name), tabindex: router.tab === name ? "0" : "-1", data: { focus: name },
      on: { click: () => this.page.openApp(name, channel.id) } }, label);
    const list = el("div", { class: "tabs", role: "tablist", "aria-label": "App" }, tab("home", "Home"), tab("messages", "Messages"));
    list.addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const other = router.tab === "home" ? "messages" : "home";
      this.page.openApp(other, channel.id);
      /** @type {HTMLElement|null} */ (this.head.querySelector(`[data-focus="${other}"]`))?.focus();
    });
    return list;
  }

  /** @param {Channel} channel @returns {import("./menu.js").MenuItem[]} */
  #actions(channel) {
    const { page } = this;
    const { app, me } = page.workspace;
    const hasApp = channel.members?.includes(app.user);
    /** @type {import("./menu.js").MenuItem[]} */
    const items = [];
    if (channel.member && !channel.archived) {
      items.push(hasApp
        ? { label: `Remove ${app.name} from here`, hint: "To see what it does without you there", choose: () => page.act("leave", { channel: channel.id, user: app.user }) }
        : { label: `Invite ${app.name}`, icon: "plus", choose: () => page.act("invite", { channel: channel.id }) });
      items.push({ label: "Leave this channel", choose: () => page.act("leave", { channel: channel.id, user: me.id }) });
    }
    if (channel.member) items.push({ label: channel.archived ? "Bring it back from the archive" : "Archive this channel", choose: () => page.act("archive", { channel: channel.id, archived: !channel.archived }) });
    if (!channel.member && !channel.archived) items.push({ label: "Join this channel", icon: "plus", choose: () => page.act("join", { channel: channel.id }) });
    return items;
  }

  /** @param {Channel} channel */
  #drawJoin(channel) {
    const closed = channel.archived ? "archived" : channel.member ? "" : "join";
    if (this.joinBar.dataset.state === closed + channel.id) return;
    this.joinBar.dataset.state = closed + channel.id;
    this.joinBar.hidden = closed !== "join";
    this.composer.node.hidden = closed === "join";
    if (!this.composer.field.disabled !== !closed) this.#open(channel, this.#shown);
    fill(this.joinBar, el("span", null, `You are looking at #${channel.name}.`),
      el("button", { type: "button", class: "button primary", on: { click: () => this.page.act("join", { channel: channel.id }) } }, "Join this channel"));
  }
}

/** @param {Message[]} messages @param {Ephemeral[]} ephemerals */
export function inOrder(messages, ephemerals) {
  if (!ephemerals.length) return messages;
  return [...messages, ...ephemerals].sort((one, other) => (one.ts < other.ts ? -1 : 1));
}

/** @param {Channel} channel */
function memberLine(channel) {
  const count = channel.members?.length ?? 0;
  return count ? `${count} ${count === 1 ? "member" : "members"}${channel.topic ? ` · ${channel.topic}` : ""}` : channel.topic ?? "";
}

/** @param {Channel} channel @param {import("./workspace.js").Workspace} workspace */
function introduction(channel, workspace) {
  if (channel.kind === "im") {
    const other = workspace.person(channel.with);
    return [el("h2", null, other.name), el("p", null, other.is_bot ? `This is where ${other.name} writes to you alone.` : `What you and ${other.name} write here, nobody else sees.`)];
  }
  return [el("h2", null, `This is #${channel.name}`), el("p", null, "Nothing was said here yet.")];
}
