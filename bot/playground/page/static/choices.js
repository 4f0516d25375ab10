/** Checkboxes and radio buttons. */

import { el, freshId } from "./dom.js";
import { textNode } from "./inline.js";

/** @import {Host} from "./host.js" */
/** @import {Labels} from "./elements.js" */
/** @import {Json} from "./types.js" */

/** @param {Host} host @param {Json} block @param {Json} element @param {Labels} labels @returns {HTMLElement} */
export function choiceGroup(host, block, element, labels) {
  const many = element.type === "checkboxes";
  const now = host.form.get(block, element);
  const chosen = new Set(many ? now.map((/** @type {Json} */ each) => each.value) : [now?.value]);
  const name = freshId("choice");
  const rows = element.options.map((/** @type {Json} */ option) => {
    const box = el("input", { type: many ? "checkbox" : "radio", name, value: option.value, checked: chosen.has(option.value),
      "aria-describedby": labels.describedBy || undefined, on: { change } });
    return el("label", { class: "choice" }, box, el("span", null, el("span", null, textNode(host.page, option.text)),
      option.description && el("small", null, textNode(host.page, option.description))));
  });
  const group = el("fieldset", { class: "choices", role: many ? "group" : "radiogroup", "aria-labelledby": labels.label,
    "aria-label": labels.label ? undefined : many ? "Options" : "Choice", "aria-required": !many && labels.required ? "true" : undefined }, ...rows);
  return group;

  function change() {
    const picked = [...group.querySelectorAll("input")].filter((each) => each.checked).map((each) => each.value);
    const options = element.options.filter((/** @type {Json} */ each) => picked.includes(each.value));
    if (many) host.changed(block, element, options, picked, group);
    else host.changed(block, element, options[0] ?? null, picked[0], group);
  }
}
