/** What stands within a line: people, channels, links, dates, styles; drawn from mrkdwn and rich text alike. */

import { el } from "./dom.js";
import { characterOf, emojiNode } from "./emoji.js";
import { readMarkup } from "./markup.js";
import { momentOf, written } from "./time.js";

/** @import {Page} from "./page.js" */
/** @import {Node as Markup} from "./markup.js" */
/** @import {Json} from "./types.js" */

/** @param {Page} page @param {string} id @param {string} [label] */
export function userNode(page, id, label) {
  const known = page.workspace.people.get(id);
  const name = known ? known.handle || known.name : label || id;
  return el("span", { class: `mention ${id === page.workspace.me.id ? "mine" : ""}`, title: known?.name }, `@${name}`);
}

/** @param {Page} page @param {string} id @param {string} [label] */
export function channelNode(page, id, label) {
  const known = page.workspace.channels.get(id);
  if (!known) return el("span", { class: "mention" }, `#${label || "private channel"}`);
  return el("a", { class: "mention", href: page.router.address(id), on: { click: open } }, `#${known.name}`);
  /** @param {Event} event */
  function open(event) {
    event.preventDefault();
    page.router.open(id);
  }
}

/** @param {string} range `here`, `channel`, `everyone` */
export function broadcastNode(range) {
  return el("span", { class: "mention mine" }, `@${range.split("|")[0]}`);
}

/** @param {Page} page @param {string} url @param {...(Node|string)} label */
export function linkNode(page, url, ...label) {
  const address = safeAddress(url);
  const shown = label.length ? label : [url];
  if (!address) return el("span", { class: "dead-link", title: "This address is not opened here" }, ...shown);
  const inside = page.router.messageAt(address);
  if (!inside) return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...shown);
  return el("a", { href: address, on: { click: (/** @type {Event} */ event) => {
    event.preventDefault();
    page.router.show(inside);
  } } }, ...shown);
}

/** @param {string} url @returns {string} the address when it is one that may be opened, else nothing */
export function safeAddress(url) {
  try {
    const parsed = new URL(url, location.href);
    return ["http:", "https:", "mailto:", "tel:"].includes(parsed.protocol) ? parsed.href : "";
  } catch {
    return "";
  }
}

/** @param {Page} page @param {number} at @param {string} pattern @param {string} fallback @param {string} [url] */
export function dateNode(page, at, pattern, fallback, url) {
  if (!Number.isFinite(at)) return el("span", null, fallback);
  const { tz } = page.workspace.me;
  const text = written(at, pattern || "{date_num} {time}", tz, page.workspace.now());
  const node = el("time", { datetime: new Date(at * 1000).toISOString(), title: momentOf(at, tz) }, text);
  return url ? linkNode(page, url, node) : node;
}

/** @param {Page} page @param {string} source @param {{verbatim?: boolean}} [how] @returns {DocumentFragment} */
export function mrkdwn(page, source, how) {
  return drawn(page, readMarkup(source ?? "", how));
}

/** @param {Page} page @param {Markup[]} nodes @returns {DocumentFragment} */
function drawn(page, nodes) {
  const fragment = document.createDocumentFragment();
  for (const node of nodes) fragment.appendChild(one(page, node));
  return fragment;
}

/** @param {Page} page @param {Markup} node @returns {Node} */
function one(page, node) {
  switch (node.kind) {
    case "text": return document.createTextNode(node.text);
    case "break": return el("br", null);
    case "code": return el("code", null, node.text);
    case "pre": return el("pre", null, node.text);
    case "bold": return el("strong", null, drawn(page, node.inside));
    case "italic": return el("em", null, drawn(page, node.inside));
    case "strike": return el("s", null, drawn(page, node.inside));
    case "quote": return el("blockquote", null, drawn(page, node.inside));
    case "emoji": return characterOf(node.name) ? emojiNode(node.name) : document.createTextNode(`:${node.name}:`);
    case "link": return node.label ? linkNode(page, node.url, drawn(page, node.label)) : linkNode(page, node.url);
    case "user": return userNode(page, node.id, node.label);
    case "channel": return channelNode(page, node.id, node.label);
    case "group": return el("span", { class: "mention" }, node.label || `@${node.id}`);
    case "broadcast": return broadcastNode(node.range);
    case "date": return dateNode(page, node.at, node.pattern, node.fallback, node.url);
  }
}

/** Characters for `:names:` in plain text, where the app wants that. @param {string} text */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/g, (whole, name) => characterOf(name) || whole);
}

/** A text object: plain or mrkdwn. @param {Page} page @param {Json|string|undefined} object @returns {Node} */
export function textNode(page, object) {
  if (typeof object === "string") return document.createTextNode(object);
  if (!object) return document.createTextNode("");
  if (object.type === "mrkdwn") return mrkdwn(page, object.text, { verbatim: Boolean(object.verbatim) });
  const text = object.emoji === false ? object.text : withEmoji(object.text ?? "");
  return el("span", { class: "plain" }, text);
}

/** A text object's words alone, for labels. @param {Json|string|undefined} object @returns {string} */
export function wordsOf(object) {
  if (typeof object === "string") return object;
  const text = object?.text ?? "";
  return object?.emoji === false ? text : withEmoji(text);
}
