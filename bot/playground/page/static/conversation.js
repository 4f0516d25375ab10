/** Messages under one another, as a channel and a thread show them alike. */

import { messageNode } from "./message.js";
import { MessageList } from "./message-list.js";
import { editNode } from "./edit.js";
import { toolbar } from "./toolbar.js";
import { dayOf, dayTitle } from "./time.js";

/** @import {Page} from "./page.js" */
/** @import {Ephemeral, Message} from "./types.js" */
/** @import {Row} from "./message-list.js" */

const TOGETHER = 300; // seconds within which one person's messages stand together

export class Conversation {
  /** @type {string} ts of the message that is being edited */ #editing = "";
  /** @type {HTMLElement|null} */ #bar = null;

  /**
   * @param {Page} page @param {HTMLElement} scroller @param {string} label
   * @param {{inThread: boolean, scrolled: (atEnd: boolean) => void}} how
   */
  constructor(page, scroller, label, how) {
    this.page = page;
    this.how = how;
    this.scroller = scroller;
    this.list = new MessageList(scroller, label, { scrolled: how.scrolled });
    scroller.addEventListener("pointerover", (event) => this.#point(event.target));
    scroller.addEventListener("focusin", (event) => this.#point(event.target));
    scroller.addEventListener("pointerleave", () => { if (!this.#bar?.contains(document.activeElement)) this.#unpoint(); });
    scroller.addEventListener("keydown", (event) => this.#key(event));
  }

  /**
   * @param {(Message|Ephemeral)[]} messages oldest first @param {{unreadAfter?: string, replies: boolean, divided?: string, fresh?: boolean}} how
   *   replies: say how many each has; divided: a line under the first one
   */
  show(messages, how) {
    const { workspace } = this.page;
    const tz = workspace.me.tz;
    /** @type {Row[]} */
    const rows = [];
    /** @type {Message|Ephemeral|undefined} */
    let before;
    let day = "";
    let unreadShown = !how.unreadAfter;
    for (const message of messages) {
      const ephemeral = workspace.ephemerals.has(message.ts);
      const today = dayOf(message.ts, tz);
      const divider = today === day || how.divided !== undefined ? undefined : dayTitle(message.ts, tz, workspace.now());
      const unread = !unreadShown && message.ts > /** @type {string} */ (how.unreadAfter) && message.user !== workspace.me.id && !ephemeral;
      if (unread) unreadShown = true;
      const continued = Boolean(before && !divider && !unread && !ephemeral && before.user === message.user && !workspace.ephemerals.has(before.ts)
        && !/** @type {Message} */ (message).subtype?.startsWith("channel_") && Number(message.ts) - Number(before.ts) < TOGETHER && !(how.divided && rows.length === 1));
      const replies = how.replies ? workspace.replies(message.channel, message.ts) : [];
      const divided = how.divided && !rows.length ? how.divided : undefined;
      const editing = this.#editing === message.ts;
      rows.push({
        key: message.ts,
        // what is being typed stays, whatever happens to the message meanwhile
        same: editing ? [editing] : [message, tz, divider, unread, continued, replies.length, replies[replies.length - 1]?.ts, divided, ephemeral, workspace.people],
        draw: () => (editing
          ? editNode(this.page, /** @type {Message} */ (message), () => this.edit(""))
          : messageNode(this.page, message, { divider, unread, continued, replies, divided, ephemeral })),
      });
      day = today;
      before = message;
    }
    this.list.show(rows, { fresh: how.fresh });
    this.#pointAgain();
  }

  /** @param {string} ts of the message to edit; empty for none */
  edit(ts) {
    const before = this.#editing;
    this.#editing = ts;
    this.#unpoint();
    this.page.refresh();
    const at = /** @type {HTMLElement|null} */ (this.scroller.querySelector(`[data-ts="${ts || before}"]`));
    const field = /** @type {HTMLTextAreaElement|null} */ (at?.querySelector("textarea"));
    if (ts) field?.focus();
    else at?.focus();
  }

  /** Begin to edit one's own latest message here. @returns {boolean} whether there is one */
  editLast() {
    const own = [...this.scroller.querySelectorAll("article:not(.ephemeral)")].map((each) => /** @type {HTMLElement} */ (each).dataset.ts ?? "")
      .filter((ts) => this.#message(ts)?.user === this.page.workspace.me.id);
    if (!own.length) return false;
    this.edit(own[own.length - 1]);
    return true;
  }

  /** @param {string} ts */
  #message(ts) {
    return this.page.workspace.message(this.page.router.channel, ts);
  }

  /** Show the bar over the message at hand. @param {EventTarget|null} target */
  #point(target) {
    const article = /** @type {HTMLElement|null} */ (target instanceof Element ? target.closest("article") : null);
    if (!article || (this.#bar && article.contains(this.#bar))) return;
    if (this.#bar?.querySelector('[aria-expanded="true"]')) return;
    const ts = article.dataset.ts ?? "";
    const message = this.#message(ts);
    this.#unpoint();
    if (!message || this.#editing === ts) return;
    this.#bar = toolbar(this.page, message, { inThread: this.how.inThread, edit: () => this.edit(ts) });
    article.querySelector(".message-row")?.appendChild(this.#bar);
  }

  #unpoint() {
    if (this.#bar?.querySelector('[aria-expanded="true"]')) return;
    this.#bar?.remove();
    this.#bar = null;
  }

  /** A message that was drawn anew keeps its bar, and what is open from it. */
  #pointAgain() {
    const bar = this.#bar;
    if (!bar || bar.isConnected) return;
    const row = this.scroller.querySelector(`article[data-ts="${bar.dataset.ts}"] .message-row`);
    if (row) row.appendChild(bar);
    else this.#bar = null;
  }

  /** Letters act on the message that has the focus. @param {KeyboardEvent} event */
  #key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (target === this.scroller && ["ArrowUp", "ArrowDown", "End"].includes(event.key)) {
      event.preventDefault();
      return this.list.focusLast();
    }
    if (!target.matches("article") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && !this.how.inThread) {
      const message = this.#message(target.dataset.ts ?? "");
      if (message) this.page.router.openThread(message.channel, message.thread_ts ?? message.ts, true);
      return;
    }
    // the pointer may rest on another message
    this.#point(target);
    const button = /** @type {HTMLElement|null} */ (this.#bar?.querySelector(`[data-key="${CSS.escape(event.key)}"]`));
    if (!button) return;
    event.preventDefault();
    button.click();
  }
}
