/** Where one writes: text, commands, files. */

import { el, fill, freshId, icon, iconButton } from "./dom.js";
import { toggleEmojiPicker } from "./emoji-picker.js";
import { toggleMenu } from "./menu.js";
import { Suggestions } from "./suggestions.js";
import { StagedFiles } from "./staged-files.js";

/** @import {Page} from "./page.js" */
/** @import {Answer, Command, Json} from "./types.js" */
/** @typedef {{channel: string, thread_ts?: string}} Target */

export class Composer {
  #sending = false;

  /** @param {Page} page @param {{target: () => Target, editLast: () => boolean, extra?: HTMLElement}} how extra: what stands over the field */
  constructor(page, how) {
    this.page = page;
    this.how = how;
    this.field = el("textarea", { class: "composer-field", rows: 1, id: freshId("composer"), "aria-label": "Message", "aria-describedby": "composer-keys" });
    this.note = el("div", { class: "composer-note", role: "alert", hidden: true });
    this.files = new StagedFiles(() => this.#changed());
    this.suggestions = new Suggestions(page.workspace, this.field, () => Boolean(how.target().thread_ts));
    this.send = iconButton("send", "Send", () => this.submit(), { class: "send" });
    const picker = el("input", { type: "file", multiple: true, hidden: true, tabindex: "-1", "aria-hidden": "true" });
    picker.addEventListener("change", () => { this.attach([...(picker.files ?? [])]); picker.value = ""; });
    const emoji = iconButton("react", "Emoji", () => toggleEmojiPicker(emoji, (name) => this.#insert(`:${name}: `)), { "aria-haspopup": "dialog", "aria-expanded": "false" });
    const bolt = iconButton("bolt", "Shortcuts", () => toggleMenu(bolt, this.#shortcuts(), "Shortcuts"), { "aria-haspopup": "menu", "aria-expanded": "false", class: "bolt" });
    this.node = el("div", { class: "composer" }, how.extra, this.note,
      el("div", { class: "composer-box" }, this.suggestions.node, this.field, this.files.node,
        el("div", { class: "composer-bar" }, iconButton("plus", "Attach a file", () => picker.click()), picker, emoji, bolt, el("span", { class: "grow" }), this.send)));
    this.field.addEventListener("input", () => this.#changed());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length) { event.preventDefault(); this.attach(files); }
    });
    this.#changed();
  }

  /** Be about another channel or thread, with its own draft. @param {string} label @param {string} closed why nothing can be written here; empty when it can */
  about(label, closed) {
    this.field.setAttribute("aria-label", label);
    this.field.placeholder = closed || label;
    this.field.disabled = Boolean(closed);
    this.node.classList.toggle("closed", Boolean(closed));
    this.field.value = sessionStorage.getItem(this.#draftKey()) ?? "";
    this.files.clear();
    this.say("");
    this.#changed(false);
  }

  #draftKey() {
    const { channel, thread_ts: thread } = this.how.target();
    return `draft/${this.page.workspace.me.id}/${channel}/${thread ?? ""}`;
  }

  /** @param {File[]} files */
  attach(files) {
    if (this.field.disabled) return;
    this.files.add(files);
    this.field.focus();
  }

  /** Show what went wrong, or nothing. @param {string} words */
  say(words) {
    this.note.hidden = !words;
    fill(this.note, words && el("span", null, words), words && iconButton("close", "Dismiss", () => this.say("")));
  }

  /** @param {string} text */
  #insert(text) {
    this.field.focus();
    this.field.setRangeText(text, this.field.selectionStart, this.field.selectionEnd, "end");
    this.#changed();
  }

  /** @param {boolean} [keep] */
  #changed(keep = true) {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 220)}px`;
    const empty = !this.field.value.trim() && this.files.isEmpty;
    this.send.setAttribute("aria-disabled", String(empty || this.#sending));
    if (!keep) return;
    const key = this.#draftKey();
    if (this.field.value) sessionStorage.setItem(key, this.field.value);
    else sessionStorage.removeItem(key);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || this.suggestions.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "ArrowUp" && !this.field.value && this.how.editLast()) event.preventDefault();
  }

  async submit() {
    const text = this.field.value.trim();
    if (this.#sending || this.field.disabled || (!text && this.files.isEmpty)) return;
    const target = this.how.target();
    const key = this.#draftKey();
    this.#sending = true;
    this.say("");
    this.suggestions.close();
    this.field.value = "";
    this.#changed();
    const answer = this.files.isEmpty ? await this.#sendText(target, text) : await this.files.send(this.page.server, target, text);
    this.#sending = false;
    const stillHere = key === this.#draftKey();
    if (!answer.ok && answer.error !== "cancelled") {
      // nothing that was typed is lost
      if (!this.field.value && stillHere) this.field.value = text;
      else sessionStorage.setItem(key, text);
      if (stillHere) this.say(answer.message ?? `That did not work: ${answer.error}`);
    }
    this.#changed(stillHere);
  }

  /** @param {Target} target @param {string} text @returns {Promise<Answer>} */
  async #sendText(target, text) {
    if (!/^\/[a-z]/i.test(text)) return this.page.server.act("say", { ...target, text });
    if (target.thread_ts) return { ok: false, message: "Slack takes no commands in threads. Write it in the channel instead." };
    return this.page.server.act("command", { channel: target.channel, text });
  }

  /** @returns {import("./menu.js").MenuItem[]} */
  #shortcuts() {
    const { app } = this.page.workspace;
    const shortcuts = app.shortcuts.filter((/** @type {Json} */ each) => each.type === "global");
    return [{ label: app.name, heading: true },
      ...shortcuts.map((/** @type {Json} */ each) => ({ label: each.name, icon: /** @type {const} */ ("bolt"), hint: "Shortcut", choose: () => this.page.act("global_shortcut", { callback_id: each.callback_id }) })),
      ...app.command.map((/** @type {Command} */ each) => ({ label: each.command, hint: each.description, choose: () => this.#insert(`${each.command} `) }))];
  }
}

/** What says that files can be dropped. @returns {HTMLElement} */
export function dropNote() {
  return el("div", { class: "drop-note", "aria-hidden": "true" }, icon("file"), el("span", null, "Drop to attach"));
}
