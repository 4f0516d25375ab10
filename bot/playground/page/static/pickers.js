/** Dates and times: the browser's own fields, which every keyboard and screen reader knows. */

import { el, freshId } from "./dom.js";
import { wordsOf } from "./inline.js";

/** @import {Host} from "./host.js" */
/** @import {Labels} from "./elements.js" */
/** @import {Json} from "./types.js" */

const KINDS = /** @type {Record<string, string>} */ ({ datepicker: "date", timepicker: "time", datetimepicker: "datetime-local" });
// a date is typed in parts; each part is a change
const SETTLED = 700;

/** @param {Host} host @param {Json} block @param {Json} element @param {Labels} labels @returns {HTMLElement} */
export function picker(host, block, element, labels) {
  const input = el("input", { id: freshId("pick"), type: KINDS[element.type], class: "field-input pick", max: element.type === "timepicker" ? undefined : element.type === "datepicker" ? "9999-12-31" : "9999-12-31T23:59",
    "aria-label": labels.label ? undefined : wordsOf(element.placeholder) || { date: "Date", time: "Time" }[KINDS[element.type]] || "Date and time",
    "aria-describedby": labels.describedBy || undefined, "aria-invalid": labels.invalid ? "true" : undefined,
    "aria-required": labels.required ? "true" : undefined });
  input.value = shown(element, host.form.get(block, element));
  let timer = 0;
  let sent = input.value;
  const send = () => {
    clearTimeout(timer);
    if (input.value === sent || (input.value && input.value < "1000" && element.type !== "timepicker")) return;
    sent = input.value;
    const value = chosen(element, input.value);
    host.changed(block, element, value, value, input);
  };
  input.addEventListener("input", () => host.form.set(block, element, chosen(element, input.value)));
  input.addEventListener("change", () => { clearTimeout(timer); timer = window.setTimeout(send, SETTLED); });
  input.addEventListener("blur", send);
  return input;
}

/** @param {Json} element @param {any} value @returns {string} as the field takes it */
function shown(element, value) {
  if (value === null || value === undefined) return "";
  if (element.type !== "datetimepicker") return String(value);
  const local = new Date(value * 1000);
  return new Date(local.getTime() - local.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** @param {Json} element @param {string} text @returns {string|number|null} as Slack has it */
function chosen(element, text) {
  if (!text) return null;
  return element.type === "datetimepicker" ? Math.round(new Date(text).getTime() / 1000) : text;
}
