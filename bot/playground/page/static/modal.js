/** The modal that an app has opened: drawn anew when it changes, what was typed stays. */

import { blocksNode } from "./blocks.js";
import { el, fill, freshId, iconButton } from "./dom.js";
import { Host } from "./host.js";
import { wordsOf } from "./inline.js";

/** @import {Page} from "./page.js" */
/** @import {View} from "./types.js" */

const FIELDS = "input, textarea, select, button.select, .block-actions button, [data-focus]";

export class Modal {
  /** @type {Map<string, Host>} what was typed in each view of the stack */ #hosts = new Map();
  /** @type {HTMLElement|null} */ #opener = null;
  #shown = "";
  #id = "";

  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.title = el("h2", { id: freshId("modal") });
    this.body = el("div", { class: "modal-body", tabindex: "-1" });
    this.note = el("div", { class: "modal-note", role: "alert", hidden: true });
    this.foot = el("div", { class: "dialog-actions" });
    this.form = el("form", { class: "modal-form", novalidate: true }, el("header", { class: "modal-head" }, this.title,
      iconButton("close", "Close", () => this.close())), this.body, this.note, this.foot);
    this.node = el("dialog", { class: "dialog modal", "aria-labelledby": this.title.id }, this.form);
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.node.addEventListener("cancel", (event) => { event.preventDefault(); this.close(); });
    document.body.appendChild(this.node);
    page.workspace.on("modal", () => this.refresh());
  }

  refresh() {
    const view = this.page.workspace.modal;
    if (!view) return this.#gone();
    const state = JSON.stringify([view.id, view.title, view.submit, view.close, view.blocks, view.errors]);
    if (state === this.#shown) return;
    const another = view.id !== this.#id;
    this.#shown = state;
    this.#id = view.id;
    const focus = another ? undefined : /** @type {HTMLElement|null} */ (document.activeElement?.closest("[data-focus]"))?.dataset.focus;
    this.#draw(view, view.errors ?? {});
    if (!this.node.open) {
      this.#opener = /** @type {HTMLElement|null} */ (document.activeElement);
      this.node.showModal();
    }
    this.#focus(focus, another);
  }

  /** @param {View} view @param {Record<string, string>} errors */
  #draw(view, errors) {
    const host = this.#hosts.get(view.id) ?? new Host(this.page, { view_id: view.id }, { channel: this.page.router.channel });
    this.#hosts.set(view.id, host);
    host.form.take(view.blocks, view.state?.values);
    fill(this.title, view.previous_view_id ? el("span", { class: "stacked", "aria-hidden": "true" }, "‹ ") : null, wordsOf(view.title ?? ""));
    fill(this.body, blocksNode(host, view.blocks, errors));
    this.#say("");
    const submit = view.submit ? el("button", { type: "submit", class: "button primary" }, el("span", null, wordsOf(view.submit)), el("span", { class: "spinner", "aria-hidden": "true" })) : null;
    fill(this.foot, el("button", { type: "button", class: "button", on: { click: () => this.close() } }, view.close ? wordsOf(view.close) : view.submit ? "Cancel" : "Close"), submit);
  }

  /** @param {string|undefined} name @param {boolean} another */
  #focus(name, another) {
    const wrong = /** @type {HTMLElement|null} */ (this.body.querySelector(".invalid")?.querySelector(FIELDS) ?? null);
    const kept = name ? /** @type {HTMLElement|null} */ (this.body.querySelector(`[data-focus="${CSS.escape(name)}"]`)) : null;
    const wanted = /** @type {HTMLElement|null} */ (this.body.querySelector('[data-autofocus="yes"]'));
    const first = /** @type {HTMLElement|null} */ (this.body.querySelector(FIELDS));
    const target = wrong ?? kept ?? (another ? wanted ?? first ?? this.body : null);
    target?.focus();
  }

  #gone() {
    this.#hosts.clear();
    this.#shown = "";
    this.#id = "";
    if (!this.node.open) return;
    this.node.close();
    if (this.#opener?.isConnected) this.#opener.focus();
  }

  /** @param {string} words */
  #say(words) {
    this.note.hidden = !words;
    this.note.textContent = words;
  }

  async close() {
    const answer = await this.page.server.act("close_modal", { view_id: this.#id });
    // it may have gone in the meantime
    if (!answer.ok && answer.error === "not_found") {
      this.page.workspace.modal = null;
      this.#gone();
    } else if (!answer.ok) this.#say(answer.message ?? "It could not be closed.");
  }

  async submit() {
    const view = this.page.workspace.modal;
    const host = view && this.#hosts.get(view.id);
    const button = this.foot.querySelector('[type="submit"]');
    if (!view || !host || !button || button.getAttribute("aria-busy") === "true") return;
    const wrong = this.#ownErrors();
    if (Object.keys(wrong).length) return this.#complain(view, wrong);
    button.setAttribute("aria-busy", "true");
    const answer = await this.page.server.act("submit", { view_id: view.id, values: host.form.values });
    button.removeAttribute("aria-busy");
    if (answer.errors) this.#complain(view, answer.errors);
    else if (!answer.ok && answer.blocks) this.#complain(view, Object.fromEntries(answer.blocks.map((/** @type {string} */ each) => [each, "This field is needed."])));
    else if (!answer.ok) this.#say(answer.message ?? "The app did not take this.");
  }

  /** What a client sees by itself: missing, too short, no address. @returns {Record<string, string>} */
  #ownErrors() {
    /** @type {Record<string, string>} */
    const errors = {};
    for (const node of this.body.querySelectorAll(".block-input")) {
      const field = /** @type {HTMLInputElement|null} */ (node.querySelector("input, textarea"));
      const block = /** @type {HTMLElement} */ (node).dataset.block ?? "";
      if (!field || !("validity" in field)) continue;
      const least = Number(field.getAttribute("minlength") ?? 0);
      if (field.value && field.value.length < least) errors[block] = `Please write at least ${least} characters.`;
      else if (field.value && !field.validity.valid) errors[block] = field.type === "url" ? "Please enter a full address, with https://" : field.validationMessage;
    }
    return errors;
  }

  /** @param {View} view @param {Record<string, string>} errors */
  #complain(view, errors) {
    this.#draw(view, errors);
    this.#shown = "";
    this.#focus(undefined, false);
  }
}
