/** The table block: rows of cells, the first row as the head. */

import { el } from "./dom.js";
import { richText } from "./rich-text.js";
import { unknownNode } from "./unknown.js";

/** @import {Page} from "./page.js" */
/** @import {Json} from "./types.js" */

/** @param {Page} page @param {Json} block @returns {HTMLElement} */
export function table(page, block) {
  const [head, ...rows] = block.rows ?? [];
  const row = (/** @type {Json[]} */ cells, /** @type {"th"|"td"} */ tag) => el("tr", null, ...cells.map((cell, column) => {
    const settings = block.column_settings?.[column] ?? {};
    return el(tag, { class: `align-${settings.align ?? "left"} ${settings.is_wrapped ? "wrapped" : ""}`, scope: tag === "th" ? "col" : undefined }, content(page, cell));
  }));
  return el("div", { class: "block-table", tabindex: "0", role: "region", "aria-label": "Table" },
    el("table", null, head && el("thead", null, row(head, "th")), el("tbody", null, ...rows.map((/** @type {Json[]} */ each) => row(each, "td")))));
}

/** @param {Page} page @param {Json} cell @returns {Node} */
function content(page, cell) {
  if (cell.type === "raw_text") return document.createTextNode(cell.text ?? "");
  if (cell.type === "raw_number") return document.createTextNode(String(cell.text ?? cell.value));
  return cell.type === "rich_text" ? richText(page, cell) : unknownNode("cell", cell);
}
