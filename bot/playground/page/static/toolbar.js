/** What can be done with a message: the bar that shows over it. */

import { confirmed } from "./confirm.js";
import { el, iconButton } from "./dom.js";
import { toggleMenu } from "./menu.js";
import { pickReaction, toggleReaction } from "./reactions.js";
import { emojiNode } from "./emoji.js";

/** @import {Page} from "./page.js" */
/** @import {Json, Message} from "./types.js" */
/** @import {MenuItem} from "./menu.js" */

const QUICK = ["hand", "white_check_mark"];

/** @param {Page} page @param {Message} message @param {{inThread: boolean, edit: () => void}} around @returns {HTMLElement} */
export function toolbar(page, message, around) {
  const own = message.user === page.workspace.me.id && !message.bot_id;
  const react = iconButton("react", "React", () => pickReaction(page, message, react), { "aria-haspopup": "dialog", "aria-expanded": "false", data: { key: "r" } });
  const more = iconButton("more", "More actions", () => toggleMenu(more, moreItems(page, message, around, own, more), "Message actions"),
    { "aria-haspopup": "menu", "aria-expanded": "false", data: { key: "m" } });
  return el("div", { class: "toolbar", role: "group", "aria-label": "Message actions", data: { ts: message.ts } },
    ...QUICK.map((name) => el("button", { type: "button", class: "icon-button quick", title: `React with :${name}:`, "aria-label": `React with ${name.replaceAll("_", " ")}`,
      on: { click: () => toggleReaction(page, message, name) } }, emojiNode(name))),
    react,
    !around.inThread && iconButton("reply", "Reply in thread", () => page.router.openThread(message.channel, message.thread_ts ?? message.ts, true), { data: { key: "t" } }),
    own && iconButton("edit", "Edit", around.edit, { data: { key: "e" } }),
    more);
}

/** @param {Page} page @param {Message} message @param {{edit: () => void}} around @param {boolean} own @param {HTMLElement} opener @returns {MenuItem[]} */
function moreItems(page, message, around, own, opener) {
  const place = { channel: message.channel, ts: message.ts };
  const shortcuts = page.workspace.app.shortcuts.filter((/** @type {Json} */ each) => each.type === "message");
  /** @type {MenuItem[]} */
  const items = [{ label: "Copy link", icon: "clip", choose: () => copy(page, message) }];
  if (own) items.push({ label: "Edit message", icon: "edit", choose: around.edit }, { label: "Delete message…", icon: "bin", danger: true, choose: () => remove(page, place, opener) });
  if (shortcuts.length) items.push({ label: page.workspace.app.name, heading: true });
  for (const each of shortcuts) items.push({ label: each.name, icon: "bolt", choose: () => page.act("message_shortcut", { ...place, callback_id: each.callback_id }) });
  return items;
}

/** @param {Page} page @param {Message} message */
async function copy(page, message) {
  const address = new URL(page.router.address(message.channel, message.ts), location.href).href;
  try {
    await navigator.clipboard.writeText(address);
    page.notices.say("The link is copied.");
  } catch {
    page.notices.say(address);
  }
}

/** @param {Page} page @param {{channel: string, ts: string}} place @param {HTMLElement} opener */
async function remove(page, place, opener) {
  const sure = await confirmed(page, { title: "Delete this message?", text: "Nobody will see it any more.", confirm: "Delete", deny: "Keep it", style: "danger" }, opener);
  if (sure) await page.act("delete", place);
}
