/** What this page cannot draw is shown as what it is, never left out. */

import { el } from "./dom.js";

/** @import {Json} from "./types.js" */

/** @param {string} what a block, an element… @param {Json} given @returns {HTMLElement} */
export function unknownNode(what, given) {
  return el("details", { class: "unknown" },
    el("summary", null, `The playground does not draw this ${what}: `, el("code", null, String(given?.type ?? "no type"))),
    el("pre", { tabindex: "0" }, JSON.stringify(given, null, 2)));
}

/** @param {string} what @param {unknown} error @returns {HTMLElement} */
export function brokenNode(what, error) {
  return el("div", { class: "broken" }, `This ${what} could not be drawn: ${error instanceof Error ? error.message : error}`);
}
