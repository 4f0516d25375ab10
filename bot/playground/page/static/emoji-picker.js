/** Picks an emoji: by eye, or by typing its name. */

import { el, fill, freshId } from "./dom.js";
import { EMOJI, FREQUENT, findEmoji } from "./emoji.js";
import { isOpen, closePopover, showPopover } from "./popover.js";

/** @import {Emoji} from "./emoji.js" */

const COLUMNS = 8;
const MOST_FOUND = 120;

/** @param {HTMLElement} opener @param {(name: string) => void} choose */
export function toggleEmojiPicker(opener, choose) {
  if (isOpen(opener)) return closePopover(true);
  const grid = el("div", { class: "emoji-grid", role: "group", "aria-label": "Emoji" });
  const shown = el("div", { class: "emoji-name", "aria-live": "polite", id: freshId("emoji") }, "Choose an emoji");
  const search = el("input", { type: "search", class: "field-input", "aria-label": "Search emoji", placeholder: "Search emoji",
    autocomplete: "off", on: { input: draw, keydown: onSearchKey } });
  const panel = el("div", { class: "emoji-picker", role: "dialog", "aria-label": "Emoji" }, search, grid, shown);
  grid.addEventListener("keydown", move);
  const close = showPopover(opener, panel);
  draw();
  search.focus();

  /** @param {string} name */
  function pick(name) {
    close(true);
    choose(name);
  }

  function draw() {
    const words = search.value.trim();
    if (words) {
      const found = findEmoji(words, MOST_FOUND);
      fill(grid, found.length ? row(found) : el("p", { class: "quiet" }, "No emoji has a name like this."));
      shown.textContent = found.length ? `:${found[0].name}: with Enter` : "";
      return;
    }
    const categories = [...new Set(EMOJI.map((each) => each.category))];
    fill(grid, heading("Often used"), row(FREQUENT), ...categories.flatMap((category) =>
      [heading(category), row(EMOJI.filter((each) => each.category === category))]));
  }

  /** @param {string} words */
  function heading(words) {
    return el("div", { class: "emoji-heading" }, words);
  }

  /** @param {Emoji[]} some */
  function row(some) {
    return el("div", { class: "emoji-row" }, ...some.map((each) => el("button", { type: "button", class: "emoji-choice", tabindex: "-1",
      "aria-label": each.name.replaceAll("_", " "), title: `:${each.name}:`, data: { name: each.name },
      on: { click: () => pick(each.name), focus: () => { shown.textContent = `:${each.name}:`; }, pointerenter: () => { shown.textContent = `:${each.name}:`; } } }, each.character)));
  }

  /** @param {KeyboardEvent} event */
  function onSearchKey(event) {
    const first = /** @type {HTMLElement|null} */ (grid.querySelector("button"));
    if (event.key === "ArrowDown") {
      event.preventDefault();
      first?.focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (first?.dataset.name) pick(first.dataset.name);
    }
  }

  /** @param {KeyboardEvent} event */
  function move(event) {
    const all = /** @type {HTMLElement[]} */ ([...grid.querySelectorAll("button")]);
    const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const steps = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS });
    if (!(event.key in steps)) return;
    event.preventDefault();
    const to = at + steps[event.key];
    if (to < 0) search.focus();
    else all[Math.min(to, all.length - 1)]?.focus();
  }
}
