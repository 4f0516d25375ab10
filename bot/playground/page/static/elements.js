/** Block Kit's elements, by type: buttons, menus and pictures here, the rest in modules of their own. */

import { choiceGroup } from "./choices.js";
import { el, icon } from "./dom.js";
import { safeAddress, wordsOf } from "./inline.js";
import { numberInput, richTextInput, textInput } from "./inputs.js";
import { toggleMenu } from "./menu.js";
import { picker } from "./pickers.js";
import { selectElement } from "./select.js";
import { unknownNode } from "./unknown.js";

/** @import {Host} from "./host.js" */
/** @import {Json} from "./types.js" */
/** @typedef {{label?: string, describedBy?: string, invalid?: boolean, required?: boolean}} Labels ids of what describes an input */

/** @param {Host} host @param {Json} block @param {Json} element @param {Labels} [labels] @returns {HTMLElement} */
export function elementNode(host, block, element, labels = {}) {
  const node = drawn(host, block, element, labels);
  // by this, the focus finds its way back when the message or view is drawn anew
  node.dataset.focus = `${block.block_id}/${element.action_id ?? ""}`;
  return node;
}

/** @param {Host} host @param {Json} block @param {Json} element @param {Labels} labels @returns {HTMLElement} */
function drawn(host, block, element, labels) {
  switch (element.type) {
    case "button":
    case "workflow_button":
    case "icon_button": return button(host, block, element);
    case "feedback_buttons": return feedback(host, block, element);
    case "overflow": return overflow(host, block, element);
    case "image": return imageNode(element, "thumb");
    case "datepicker":
    case "timepicker":
    case "datetimepicker": return picker(host, block, element, labels);
    case "checkboxes":
    case "radio_buttons": return choiceGroup(host, block, element, labels);
    case "plain_text_input":
    case "email_text_input":
    case "url_text_input": return textInput(host, block, element, labels);
    case "number_input": return numberInput(host, block, element, labels);
    case "rich_text_input": return richTextInput(host, block, element, labels);
    default: return /select$/.test(element.type) ? selectElement(host, block, element, labels) : unknownNode("element", element);
  }
}

/** @param {Host} host @param {Json} block @param {Json} element */
function button(host, block, element) {
  const label = wordsOf(element.text);
  const node = el("button", { type: "button", class: `button ${element.style ?? ""}`,
    "aria-label": element.accessibility_label, on: { click: press } }, el("span", null, label), el("span", { class: "spinner", "aria-hidden": "true" }));
  return node;
  async function press() {
    const address = element.url && safeAddress(element.url);
    if (address) window.open(address, "_blank", "noopener,noreferrer");
    await host.press(block, element, undefined, node);
  }
}

/** @param {Host} host @param {Json} block @param {Json} element */
function feedback(host, block, element) {
  const one = (/** @type {Json} */ each, /** @type {string} */ sign) => {
    const node = el("button", { type: "button", class: "button", "aria-label": each.accessibility_label ?? wordsOf(each.text),
      on: { click: () => host.press(block, element, each.value, node) } }, `${sign} ${wordsOf(each.text)}`);
    return node;
  };
  return el("span", { class: "feedback" }, one(element.positive_button, "👍"), one(element.negative_button, "👎"));
}

/** @param {Host} host @param {Json} block @param {Json} element */
function overflow(host, block, element) {
  const node = el("button", { type: "button", class: "button overflow", "aria-label": "More actions", "aria-haspopup": "menu",
    "aria-expanded": "false", on: { click: open } }, icon("more"), el("span", { class: "spinner", "aria-hidden": "true" }));
  return node;
  function open() {
    toggleMenu(node, element.options.map((/** @type {Json} */ option) => ({
      label: wordsOf(option.text),
      hint: option.description ? wordsOf(option.description) : undefined,
      choose: () => {
        const address = option.url && safeAddress(option.url);
        if (address) window.open(address, "_blank", "noopener,noreferrer");
        host.press(block, element, option.value, node);
      },
    })), "More actions");
  }
}

/**
 * A picture; one from another host is not loaded, its description is shown in its place.
 * @param {Json} image @param {"tiny"|"thumb"} [size] @returns {HTMLElement}
 */
export function imageNode(image, size) {
  const alt = image.alt_text ?? "";
  const address = safeAddress(image.image_url ?? image.slack_file?.url ?? "");
  const ours = address && new URL(address).origin === location.origin;
  if (ours) return el("img", { src: address, alt, class: `picture ${size ?? ""}`, loading: "lazy" });
  return el("span", { class: `picture elsewhere ${size ?? ""}`, role: "img", "aria-label": alt || "Picture",
    title: `${alt}\nFrom another host, which the playground does not load: ${address}` }, size === "tiny" ? "" : alt || "Picture");
}
