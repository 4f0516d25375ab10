/** A message of one's own while it is edited. */

import { el } from "./dom.js";

/** @import {Page} from "./page.js" */
/** @import {Message} from "./types.js" */

/** @param {Page} page @param {Message} message @param {() => void} done @returns {HTMLElement} */
export function editNode(page, message, done) {
  const field = el("textarea", { class: "field-input", rows: 3, "aria-label": "Edit your message" });
  field.value = typedAs(page, message.text ?? "");
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      done();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      save();
    }
  });
  return el("article", { class: "message editing", tabindex: "-1", data: { ts: message.ts }, "aria-label": "Your message, being edited" }, field,
    el("div", { class: "edit-actions" },
      el("button", { type: "button", class: "button", on: { click: done } }, "Cancel"),
      el("button", { type: "button", class: "button primary", on: { click: save } }, "Save")));

  async function save() {
    const answer = await page.act("edit", { channel: message.channel, ts: message.ts, text: field.value });
    if (answer.ok) done();
  }
}

/** What a person would type to get this text. @param {Page} page @param {string} text */
function typedAs(page, text) {
  return text.replace(/<@(\w+)(?:\|[^>]*)?>/g, (_, id) => `@${page.workspace.person(id).handle}`)
    .replace(/<#\w+\|([^>]*)>/g, "#$1").replace(/<!(\w+)>/g, "@$1")
    .replace(/<([^<>|]+)\|([^<>]*)>/g, "[$2]($1)").replace(/<([^<>]+)>/g, "$1")
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
