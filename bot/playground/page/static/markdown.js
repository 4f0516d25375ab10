/** The markdown block: the common part of Markdown, drawn; anything else stays as it was typed. */

import { el } from "./dom.js";
import { emojiNode, characterOf } from "./emoji.js";
import { linkNode } from "./inline.js";

/** @import {Page} from "./page.js" */

const INLINE = /`([^`\n]+)`|\*\*(?=\S)(.+?)\*\*|~~(?=\S)(.+?)~~|(?<![\p{L}\p{N}])([*_])(?=\S)([^*_\n]+?)\4(?![\p{L}\p{N}])|!?\[([^\]\n]+)\]\((https?:[^\s)]+)\)|(https?:\/\/[^\s<>)]+)|:([a-z0-9_+-]+):/gu;

/** @param {Page} page @param {string} source @returns {HTMLElement} */
export function markdown(page, source) {
  const root = el("div", { class: "markdown" });
  const lines = source.split("\n");
  for (let at = 0; at < lines.length; ) at = block(page, root, lines, at);
  return root;
}

/** Draw what begins at a line and return where the next begins. @param {Page} page @param {HTMLElement} root @param {string[]} lines @param {number} at */
function block(page, root, lines, at) {
  const line = lines[at];
  if (!line.trim()) return at + 1;
  if (/^\s*```/.test(line)) return fence(root, lines, at);
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  if (heading) {
    root.appendChild(el("div", { class: `md-heading level-${heading[1].length}` }, ...spans(page, heading[2])));
    return at + 1;
  }
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
    root.appendChild(el("hr", null));
    return at + 1;
  }
  const until = (/** @type {(line: string) => boolean} */ fits) => {
    let end = at;
    while (end < lines.length && fits(lines[end])) end += 1;
    return end;
  };
  if (/^>\s?/.test(line)) {
    const end = until((each) => each.startsWith(">"));
    root.appendChild(el("blockquote", null, markdown(page, lines.slice(at, end).map((each) => each.replace(/^>\s?/, "")).join("\n"))));
    return end;
  }
  const item = /^\s*([-*+]|\d+[.)])\s+/;
  if (item.test(line)) {
    const end = until((each) => item.test(each));
    const points = lines.slice(at, end).map((each) => point(page, each.replace(item, ""), Math.floor((/^\s*/.exec(each)?.[0].length ?? 0) / 2)));
    root.appendChild(el(/^\s*\d/.test(line) ? "ol" : "ul", { class: "rich-list" }, ...points));
    return end;
  }
  const end = Math.max(at + 1, until((each) => each.trim() !== "" && !item.test(each) && !/^(>|#{1,6}\s|\s*```)/.test(each)));
  root.appendChild(el("p", null, ...lines.slice(at, end).flatMap((each, index) => [...(index ? [el("br", null)] : []), ...spans(page, each)])));
  return end;
}

/** @param {HTMLElement} root @param {string[]} lines @param {number} at */
function fence(root, lines, at) {
  let end = at + 1;
  while (end < lines.length && !/^\s*```/.test(lines[end])) end += 1;
  root.appendChild(el("pre", null, lines.slice(at + 1, end).join("\n")));
  return end + 1;
}

/** @param {Page} page @param {string} text @param {number} depth */
function point(page, text, depth) {
  const task = /^\[([ xX])\]\s+/.exec(text);
  return el("li", { class: `indent-${Math.min(8, depth)}` }, task && (task[1] === " " ? "☐ " : "☑ "),
    ...spans(page, task ? text.slice(task[0].length) : text));
}

/** @param {Page} page @param {string} text @returns {(Node|string)[]} */
function spans(page, text) {
  /** @type {(Node|string)[]} */
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(text.slice(at, match.index));
    at = match.index + match[0].length;
    const [whole, code, bold, strike, , italic, label, target, bare, emoji] = match;
    if (code) nodes.push(el("code", null, code));
    else if (bold) nodes.push(el("strong", null, ...spans(page, bold)));
    else if (strike) nodes.push(el("s", null, ...spans(page, strike)));
    else if (italic) nodes.push(el("em", null, ...spans(page, italic)));
    else if (label) nodes.push(linkNode(page, target, label));
    else if (bare) nodes.push(linkNode(page, bare));
    else nodes.push(characterOf(emoji) ? emojiNode(emoji) : whole);
  }
  nodes.push(text.slice(at));
  return nodes;
}
