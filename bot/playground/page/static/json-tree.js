/** JSON that unfolds. */

import { el } from "./dom.js";

const LONG_TEXT = 400;

/** @param {any} value @param {string} [name] @param {number} [open] how many levels are open @returns {HTMLElement} */
export function jsonTree(value, name, open = 1) {
  const key = name === undefined ? null : el("span", { class: "json-key" }, `${name}: `);
  if (value === null || typeof value !== "object") return el("div", { class: "json-leaf" }, key, leaf(value));
  const entries = Object.entries(value);
  const isList = Array.isArray(value);
  if (!entries.length) return el("div", { class: "json-leaf" }, key, isList ? "[]" : "{}");
  const node = el("details", { class: "json-branch", open: open > 0 },
    el("summary", null, key, el("span", { class: "json-count" }, isList ? `[${entries.length}]` : `{${peek(value, entries)}}`)));
  const draw = () => {
    if (node.childElementCount === 1) node.append(...entries.map(([each, inside]) => jsonTree(inside, each, open - 1)));
  };
  if (open > 0) draw();
  // what is folded is drawn when it is unfolded: a snapshot of a view can be large
  node.addEventListener("toggle", draw);
  return node;
}

/** @param {any} value @param {[string, any][]} entries */
function peek(value, entries) {
  return typeof value.type === "string" ? value.type : String(entries.length);
}

/** @param {any} value */
function leaf(value) {
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return el("span", { class: `json-${value === null ? "null" : typeof value}` }, text.length > LONG_TEXT ? `${text.slice(0, LONG_TEXT)}…` : text);
}
