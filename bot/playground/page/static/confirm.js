/** Asks before something is done: an app's confirm object, or our own question. */

import { el, freshId } from "./dom.js";
import { textNode, wordsOf } from "./inline.js";

/** @import {Page} from "./page.js" */
/** @import {Json} from "./types.js" */

/**
 * @param {Page} page @param {Json} question a confirm object: title, text, confirm, deny, style
 * @param {HTMLElement} opener gets the focus back
 * @returns {Promise<boolean>}
 */
export function confirmed(page, question, opener) {
  const title = freshId("confirm");
  const yes = el("button", { type: "submit", value: "yes", class: `button ${question.style ?? "primary"}` }, wordsOf(question.confirm) || "Yes");
  const no = el("button", { type: "button", class: "button", on: { click: () => dialog.close("") } }, wordsOf(question.deny) || "Cancel");
  const form = el("form", { method: "dialog" },
    el("h2", { id: title }, wordsOf(question.title)),
    el("div", { class: "dialog-text" }, textNode(page, question.text)),
    el("div", { class: "dialog-actions" }, no, yes));
  const dialog = el("dialog", { class: "dialog confirm", "aria-labelledby": title }, form);
  form.addEventListener("submit", (event) => { event.preventDefault(); dialog.close("yes"); });
  document.body.appendChild(dialog);
  dialog.showModal();
  yes.focus();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    dialog.remove();
    if (opener.isConnected) opener.focus();
    resolve(dialog.returnValue === "yes");
  }));
}
