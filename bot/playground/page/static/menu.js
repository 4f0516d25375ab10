/** A menu: arrows move, Enter chooses, letters jump. */

import { el, icon } from "./dom.js";
import { closePopover, isOpen, showPopover } from "./popover.js";

/** @import {Icon} from "./dom.js" */
/** @typedef {{label: string, hint?: string, icon?: Icon, danger?: boolean, heading?: boolean, checked?: boolean,
 *   choose?: () => void}} MenuItem */

/**
 * Open a menu, or close it when it is open.
 * @param {HTMLElement} opener @param {MenuItem[]} items @param {string} label @param {() => void} [closed]
 */
export function toggleMenu(opener, items, label, closed) {
  if (isOpen(opener)) return closePopover(true);
  const menu = el("div", { class: "menu", role: "menu", "aria-label": label });
  const close = showPopover(opener, menu, { closed });
  for (const item of items) menu.appendChild(item.heading ? heading(item) : entry(item, close));
  menu.addEventListener("keydown", (event) => move(menu, event, close));
  const checked = /** @type {HTMLElement|null} */ (menu.querySelector('[aria-checked="true"]'));
  (checked ?? choices(menu)[0])?.focus();
}

/** @param {MenuItem} item */
function heading(item) {
  return el("div", { class: "menu-heading", role: "presentation" }, item.label);
}

/** @param {MenuItem} item @param {(refocus?: boolean) => void} close */
function entry(item, close) {
  const radio = item.checked !== undefined;
  const choose = () => { close(true); item.choose?.(); };
  return el("button", { type: "button", class: `menu-item ${item.danger ? "danger" : ""}`, tabindex: "-1",
    role: radio ? "menuitemradio" : "menuitem", "aria-checked": radio ? String(item.checked) : undefined,
    on: { click: choose } },
  item.icon && icon(item.icon),
  el("span", { class: "menu-words" }, el("span", null, item.label), item.hint && el("small", null, item.hint)));
}

/** @param {HTMLElement} menu @returns {HTMLElement[]} */
function choices(menu) {
  return [...menu.querySelectorAll("button")];
}

/** @param {HTMLElement} menu @param {KeyboardEvent} event @param {(refocus?: boolean) => void} close */
function move(menu, event, close) {
  const items = choices(menu);
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
  const to = steps[/** @type {keyof typeof steps} */ (event.key)];
  if (event.key === "Tab") return close(true);
  if (to !== undefined) {
    event.preventDefault();
    items[(to + items.length) % items.length]?.focus();
  } else if (/^\S$/.test(event.key)) {
    const later = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    later.find((each) => each.textContent?.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
  }
}
