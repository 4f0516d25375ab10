/** Fields to type into. */

import { el, freshId } from "./dom.js";
import { wordsOf } from "./inline.js";

/** @import {Host} from "./host.js" */
/** @import {Labels} from "./elements.js" */
/** @import {Json} from "./types.js" */

const TYPES = /** @type {Record<string, string>} */ ({ email_text_input: "email", url_text_input: "url" });

/** @param {Json} element @param {Labels} labels */
function attributes(element, labels) {
  return { id: freshId("field"), class: "field-input", placeholder: wordsOf(element.placeholder) || undefined,
    minlength: element.min_length, maxlength: element.max_length, autocomplete: "off",
    "aria-labelledby": labels.label, "aria-label": labels.label ? undefined : wordsOf(element.placeholder) || "Text",
    "aria-describedby": labels.describedBy || undefined, "aria-invalid": labels.invalid ? "true" : undefined,
    "aria-required": labels.required ? "true" : undefined, data: { autofocus: element.focus_on_load ? "yes" : "" } };
}

/** @param {Host} host @param {Json} block @param {Json} element @param {Labels} labels @returns {HTMLElement} */
export function textInput(host, block, element, labels) {
  const node = element.multiline
    ? el("textarea", { ...attributes(element, labels), rows: 4 })
    : el("input", { ...attributes(element, labels), type: TYPES[element.type] ?? "text" });
  node.value = host.form.get(block, element) ?? "";
  return follow(host, block, element, node, (text) => text || null);
}

/** @param {Host} host @param {Json} block @param {Json} element @param {Labels} labels @returns {HTMLElement} */
export function numberInput(host, block, element, labels) {
  const node = el("input", { ...attributes(element, labels), type: "number", min: element.min_value, max: element.max_value,
    step: element.is_decimal_allowed ? "any" : "1", inputmode: element.is_decimal_allowed ? "decimal" : "numeric" });
  node.value = host.form.get(block, element) ?? "";
  return follow(host, block, element, node, (text) => text || null);
}

/** @param {Host} host @param {Json} block @param {Json} element @param {Labels} labels @returns {HTMLElement} */
export function richTextInput(host, block, element, labels) {
  const node = el("textarea", { ...attributes(element, labels), rows: 4 });
  const first = host.form.get(block, element);
  node.value = (first?.elements ?? []).flatMap((/** @type {Json} */ each) => each.elements ?? []).map((/** @type {Json} */ each) => each.text ?? "").join("");
  return follow(host, block, element, node, (text) => text
    ? { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }] } : null);
}

/**
 * Keep what is typed; tell the app on Enter or on each character, where the block asks for that.
 * @template {HTMLInputElement|HTMLTextAreaElement} T
 * @param {Host} host @param {Json} block @param {Json} element @param {T} node @param {(text: string) => any} value @returns {T}
 */
function follow(host, block, element, node, value) {
  const on = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const tells = block.type !== "input" || block.dispatch_action;
  node.addEventListener("input", () => {
    host.form.set(block, element, value(node.value));
    if (tells && on.includes("on_character_entered")) host.press(block, element, value(node.value), node);
  });
  node.addEventListener("keydown", (event) => {
    const key = /** @type {KeyboardEvent} */ (event);
    if (key.key !== "Enter" || key.shiftKey || !tells || !on.includes("on_enter_pressed")) return;
    event.preventDefault();
    host.press(block, element, value(node.value), node);
  });
  return node;
}
