/** The rich_text block: sections, lists, quotes, preformatted text. */

import { el } from "./dom.js";
import { emojiNode } from "./emoji.js";
import { broadcastNode, channelNode, dateNode, linkNode, userNode } from "./inline.js";
import { unknownNode } from "./unknown.js";

/** @import {Page} from "./page.js" */
/** @import {Json} from "./types.js" */

/** @param {Page} page @param {Json} block @returns {HTMLElement} */
export function richText(page, block) {
  return el("div", { class: "rich-text" }, ...containers(page, block.elements ?? []));
}

/** @param {Page} page @param {Json[]} elements @returns {HTMLElement[]} */
function containers(page, elements) {
  /** @type {HTMLElement[]} */
  const drawn = [];
  for (const element of elements) {
    if (element.type === "rich_text_list") drawn.push(list(page, element));
    else drawn.push(container(page, element));
  }
  return drawn;
}

/** @param {Page} page @param {Json} element @returns {HTMLElement} */
function container(page, element) {
  const inside = element.elements ?? [];
  switch (element.type) {
    case "rich_text_section": return el("div", { class: "rich-section" }, ...inside.map((/** @type {Json} */ each) => piece(page, each)));
    case "rich_text_quote": return el("blockquote", null, ...inside.map((/** @type {Json} */ each) => piece(page, each)));
    case "rich_text_preformatted": return el("pre", null, ...inside.map((/** @type {Json} */ each) => piece(page, each)));
    default: return unknownNode("rich text element", element);
  }
}

/** @param {Page} page @param {Json} element @returns {HTMLElement} */
function list(page, element) {
  const ordered = element.style === "ordered";
  const items = (element.elements ?? []).map((/** @type {Json} */ each) =>
    el("li", null, each.type === "rich_text_list" ? list(page, each) : container(page, each)));
  const node = el(ordered ? "ol" : "ul", { class: `rich-list indent-${Math.min(8, element.indent ?? 0)}` }, ...items);
  if (ordered && element.offset) node.setAttribute("start", String(element.offset + 1));
  return node;
}

/** @param {Page} page @param {Json} element @returns {Node} */
function piece(page, element) {
  return styled(plainPiece(page, element), element.style);
}

/** @param {Page} page @param {Json} element @returns {Node} */
function plainPiece(page, element) {
  switch (element.type) {
    case "text": return document.createTextNode(element.text ?? "");
    case "link": return linkNode(page, element.url, element.text || element.url);
    case "user": return userNode(page, element.user_id);
    case "usergroup": return el("span", { class: "mention" }, `@${element.usergroup_id}`);
    case "team": return el("span", { class: "mention" }, `@${element.team_id}`);
    case "channel": return channelNode(page, element.channel_id);
    case "broadcast": return broadcastNode(element.range);
    case "emoji": return emojiNode(element.name + (element.skin_tone ? `::skin-tone-${element.skin_tone}` : ""));
    case "date": return dateNode(page, Number(element.timestamp), element.format, element.fallback ?? "", element.url);
    case "color": return colour(element.value);
    default: return unknownNode("rich text element", element);
  }
}

/** @param {string} value */
function colour(value) {
  const swatch = el("span", { class: "swatch", "aria-hidden": "true" });
  if (/^#[0-9a-f]{3,8}$/i.test(value)) swatch.style.background = value;
  return el("span", null, swatch, value);
}

/** @param {Node} node @param {Json|undefined} style @returns {Node} */
function styled(node, style) {
  let shown = node;
  if (style?.code) shown = el("code", null, shown);
  if (style?.bold) shown = el("strong", null, shown);
  if (style?.italic) shown = el("em", null, shown);
  if (style?.strike) shown = el("s", null, shown);
  if (style?.underline) shown = el("u", null, shown);
  return shown;
}
