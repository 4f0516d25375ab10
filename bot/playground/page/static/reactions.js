/** The reactions under a message. */

import { el, icon } from "./dom.js";
import { emojiNode } from "./emoji.js";
import { toggleEmojiPicker } from "./emoji-picker.js";

/** @import {Page} from "./page.js" */
/** @import {Message, Reaction} from "./types.js" */

/** @param {Page} page @param {Message} message @returns {HTMLElement|null} */
export function reactionsNode(page, message) {
  const reactions = message.reactions ?? [];
  if (!reactions.length) return null;
  return el("div", { class: "reactions" }, ...reactions.map((each) => chip(page, message, each)), addButton(page, message));
}

/** @param {Page} page @param {Message} message @param {Reaction} reaction */
function chip(page, message, reaction) {
  const mine = reaction.users.includes(page.workspace.me.id);
  const names = reaction.users.map((each) => (each === page.workspace.me.id ? "you" : page.workspace.person(each).name));
  const said = `${names.join(", ")} reacted with :${reaction.name}:`;
  return el("button", { type: "button", class: `reaction ${mine ? "mine" : ""}`, "aria-pressed": String(mine), title: said,
    "aria-label": `${reaction.name.replaceAll("_", " ")}, ${reaction.count}: ${said}`, data: { focus: `reaction/${reaction.name}` },
    on: { click: () => toggleReaction(page, message, reaction.name) } },
  emojiNode(reaction.name), el("span", { class: "count" }, reaction.count ?? reaction.users.length));
}

/** @param {Page} page @param {Message} message */
function addButton(page, message) {
  const button = el("button", { type: "button", class: "reaction add", "aria-label": "Add a reaction", title: "Add a reaction",
    "aria-haspopup": "dialog", "aria-expanded": "false", on: { click: () => pickReaction(page, message, button) } }, icon("react"));
  return button;
}

/** @param {Page} page @param {Message} message @param {HTMLElement} opener */
export function pickReaction(page, message, opener) {
  toggleEmojiPicker(opener, (name) => toggleReaction(page, message, name));
}

/** Put an emoji on a message, or take it back. @param {Page} page @param {Message} message @param {string} name */
export function toggleReaction(page, message, name) {
  const now = page.workspace.message(message.channel, message.ts) ?? message;
  const mine = now.reactions?.some((each) => each.name === name && each.users.includes(page.workspace.me.id));
  return page.act(mine ? "unreact" : "react", { channel: message.channel, ts: message.ts, name });
}
