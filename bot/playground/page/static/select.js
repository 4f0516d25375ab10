/** Selects of every kind: a button that opens a list with a field to search it; several can be chosen where allowed. */

import { el, freshId, fill, icon } from "./dom.js";
import { wordsOf } from "./inline.js";
import { optionsFor } from "./options.js";
import { showPopover, isOpen, closePopover } from "./popover.js";

/** @import {Host} from "./host.js" */
/** @import {Labels} from "./elements.js" */
/** @import {Choice, Group} from "./options.js" */
/** @import {Json} from "./types.js" */

/** @param {Host} host @param {Json} block @param {Json} element @param {Labels} labels @returns {HTMLElement} */
export function selectElement(host, block, element, labels) {
  const source = optionsFor(host, block, element);
  const many = element.type.startsWith("multi_");
  const empty = wordsOf(element.placeholder) || (many ? "Choose some" : "Choose one");
  const shown = el("span", { class: "select-value", id: freshId("value") });
  const button = el("button", { type: "button", id: freshId("select"), class: "select", "aria-haspopup": "listbox", "aria-expanded": "false",
    "aria-labelledby": labels.label ? `${labels.label} ${shown.id}` : shown.id, "aria-describedby": labels.describedBy || undefined,
    data: { autofocus: element.focus_on_load ? "yes" : "", invalid: labels.invalid ? "yes" : "" },
    on: { click: open } }, shown, icon("down"), el("span", { class: "spinner", "aria-hidden": "true" }));
  show();
  return button;

  function show() {
    const chosen = source.chosen();
    fill(shown, chosen.length ? chosen.map((each) => each.label).join(", ") : empty);
    button.classList.toggle("empty", !chosen.length);
  }

  function open() {
    if (isOpen(button)) return closePopover(true);
    const before = JSON.stringify(source.chosen().map((each) => each.value));
    const list = new OptionList(source, many, Number(element.max_selected_items ?? Infinity), labels.label ?? shown.id, () => {
      show();
      if (!many) close(true);
    });
    const close = showPopover(button, list.node, { matchWidth: true, closed: () => {
      const chosen = source.chosen();
      if (JSON.stringify(chosen.map((each) => each.value)) === before) return;
      const values = chosen.map((each) => each.value);
      host.changed(block, element, source.entry(), many ? values : values[0] ?? null, button);
    } });
    list.start();
  }
}

class OptionList {
  /** @type {Choice[]} */ #choices = [];
  #active = 0;
  #asked = 0;

  /** @param {ReturnType<typeof optionsFor>} source @param {boolean} many @param {number} most @param {string} label id @param {() => void} changed */
  constructor(source, many, most, label, changed) {
    this.source = source;
    this.many = many;
    this.most = most;
    this.changed = changed;
    this.listbox = el("div", { id: freshId("list"), role: "listbox", class: "options", "aria-labelledby": label, "aria-multiselectable": many ? "true" : undefined });
    this.input = el("input", { type: "text", class: "field-input", role: "combobox", "aria-expanded": "true", "aria-controls": this.listbox.id,
      "aria-autocomplete": "list", "aria-label": "Search the options", placeholder: "Search", autocomplete: "off",
      on: { input: () => this.#load(), keydown: (/** @type {KeyboardEvent} */ event) => this.#key(event) } });
    this.note = el("div", { class: "options-note", role: "status" });
    this.node = el("div", { class: "option-panel" }, this.input, this.listbox, this.note);
  }

  start() {
    this.input.focus();
    this.#load();
  }

  async #load() {
    const asked = ++this.#asked;
    const words = this.input.value.trim();
    if (this.source.isSlow) this.note.textContent = "Asking the app…";
    const groups = await this.source.find(words);
    if (asked !== this.#asked || !this.node.isConnected) return;
    this.#choices = groups.flatMap((group) => group.choices);
    const current = this.#choices.findIndex((each) => this.source.chosen().some((one) => one.value === each.value));
    this.#active = Math.max(0, current);
    let place = 0;
    fill(this.listbox, groups.map((group) => this.#group(group, () => place++)));
    this.note.textContent = this.#choices.length ? "" : this.source.emptyNote(words);
    this.#mark();
  }

  /** @param {Group} group @param {() => number} next @returns {HTMLElement} */
  #group(group, next) {
    const options = group.choices.map((choice) => {
      const at = next();
      return el("div", { role: "option", id: `${this.listbox.id}-${at}`, class: "option", data: { at: String(at) }, on: {
        click: () => this.#choose(at), pointermove: () => { this.#active = at; this.#mark(); } } },
      el("span", null, choice.label), choice.hint && el("small", null, choice.hint));
    });
    if (!group.label) return el("div", { role: "presentation" }, ...options);
    const id = freshId("group");
    return el("div", { role: "group", "aria-labelledby": id }, el("div", { id, class: "option-group" }, group.label), ...options);
  }

  #mark() {
    const chosen = new Set(this.source.chosen().map((each) => each.value));
    for (const node of this.listbox.querySelectorAll(".option")) {
      const at = Number(/** @type {HTMLElement} */ (node).dataset.at);
      node.classList.toggle("active", at === this.#active);
      node.setAttribute("aria-selected", String(chosen.has(this.#choices[at].value)));
      if (at === this.#active) node.scrollIntoView({ block: "nearest" });
    }
    if (this.#choices.length) this.input.setAttribute("aria-activedescendant", `${this.listbox.id}-${this.#active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const last = this.#choices.length - 1;
    const moves = /** @type {Record<string, number>} */ ({ ArrowDown: Math.min(last, this.#active + 1), ArrowUp: Math.max(0, this.#active - 1), PageDown: last, PageUp: 0 });
    if (event.key in moves) {
      event.preventDefault();
      this.#active = moves[event.key];
      this.#mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.#choices.length) this.#choose(this.#active);
    } else if (event.key === "Tab") closePopover(true);
  }

  /** @param {number} at */
  #choose(at) {
    const choice = this.#choices[at];
    const chosen = this.source.chosen();
    const already = chosen.some((each) => each.value === choice.value);
    if (!this.many) this.source.choose([choice]);
    else if (already) this.source.choose(chosen.filter((each) => each.value !== choice.value));
    else if (chosen.length < this.most) this.source.choose([...chosen, choice]);
    else this.note.textContent = `At most ${this.most} can be chosen.`;
    this.#mark();
    this.changed();
  }
}
