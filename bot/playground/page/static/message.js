/** One message, drawn. */

import { avatar } from "./avatar.js";
import { blocksNode } from "./blocks.js";
import { el, icon } from "./dom.js";
import { fileNode } from "./files.js";
import { Host } from "./host.js";
import { linkNode, mrkdwn } from "./inline.js";
import { reactionsNode } from "./reactions.js";
import { ago, momentOf, timeOf } from "./time.js";
import { brokenNode } from "./unknown.js";

/** @import {Page} from "./page.js" */
/** @import {Ephemeral, Json, Message} from "./types.js" */
/** @typedef {{divider?: string, unread?: boolean, continued?: boolean, replies?: Message[], divided?: string,
 *   ephemeral?: boolean}} Setting how a message stands in its list; `divided` is a line under it, as above replies */

const SPOKEN = 200;

/** @param {Page} page @param {Message|Ephemeral} message @param {Setting} setting @returns {HTMLElement} an article */
export function messageNode(page, message, setting) {
  const { workspace } = page;
  const author = authorOf(page, message);
  const time = timeOf(message.ts, workspace.me.tz);
  const only = setting.ephemeral ? "Only visible to you. " : "";
  const article = el("article", { class: `message ${setting.continued ? "continued" : ""} ${setting.ephemeral ? "ephemeral" : ""}`,
    tabindex: "-1", data: { ts: message.ts }, "aria-label": `${only}${author.name}, ${time}. ${spoken(message.text ?? "")}` });
  const stamp = el("a", { class: "time", href: page.router.address(message.channel, message.ts), title: momentOf(message.ts, workspace.me.tz), tabindex: "-1",
    on: { click: (/** @type {Event} */ event) => { event.preventDefault(); page.router.show({ channel: message.channel, ts: message.ts, thread: message.thread_ts ?? undefined }); } } },
  el("time", { datetime: new Date(Number(message.ts) * 1000).toISOString() }, time));
  const gutter = el("div", { class: "gutter" }, setting.continued ? stamp : avatar(author));
  const body = el("div", { class: "message-body" });
  if (setting.ephemeral) body.appendChild(onlyYou(page, /** @type {Ephemeral} */ (message)));
  if (!setting.continued) {
    body.appendChild(el("div", { class: "message-head" }, el("span", { class: "author" }, author.name),
      author.is_bot && el("span", { class: "badge" }, "APP"), stamp));
  }
  try {
    fillBody(page, body, message);
  } catch (error) {
    console.error(error);
    body.appendChild(brokenNode("message", error));
  }
  const full = /** @type {Message} */ (message);
  if (!setting.ephemeral) {
    const reactions = reactionsNode(page, full);
    if (reactions) body.appendChild(reactions);
    if (setting.replies?.length) body.appendChild(repliesNode(page, full, setting.replies));
  }
  if (setting.unread) article.appendChild(el("div", { class: "divider new" }, el("span", null, "New")));
  if (setting.divider) article.appendChild(el("div", { class: "divider" }, el("span", null, setting.divider)));
  article.appendChild(el("div", { class: "message-row" }, gutter, body));
  if (setting.divided) article.appendChild(el("div", { class: "divider replies-divider" }, el("span", null, setting.divided)));
  return article;
}

/** @param {Page} page @param {Message|Ephemeral} message */
export function authorOf(page, message) {
  const author = page.workspace.person(message.user ?? page.workspace.app.user);
  const username = /** @type {Message} */ (message).username;
  return username ? { ...author, name: username, is_bot: true } : author;
}

/** @param {Page} page @param {HTMLElement} body @param {Message|Ephemeral} message */
function fillBody(page, body, message) {
  const { blocks, text, files, attachments, edited, subtype } = /** @type {Message} */ (message);
  const place = { channel: message.channel, ts: message.ts };
  if (subtype && SYSTEM.test(subtype)) body.appendChild(el("div", { class: "message-text system" }, mrkdwn(page, text ?? "")));
  else if (blocks?.length) {
    const host = new Host(page, place, { channel: message.channel });
    host.form.take(blocks);
    body.appendChild(blocksNode(host, blocks));
  } else if (text) body.appendChild(el("div", { class: "message-text" }, mrkdwn(page, text)));
  if (edited && !message.user?.startsWith("B") && !(/** @type {Message} */ (message).bot_id)) {
    const last = body.lastElementChild?.querySelector(".rich-section:last-child") ?? body.lastElementChild ?? body;
    last.appendChild(el("span", { class: "edited", title: momentOf(edited.ts, page.workspace.me.tz) }, " (edited)"));
  }
  for (const attachment of attachments ?? []) body.appendChild(attachmentNode(page, place, attachment));
  if (files?.length) body.appendChild(el("div", { class: "files" }, ...files.map(fileNode)));
}

const SYSTEM = /^(channel_|group_|bot_add)/;

/** @param {Page} page @param {{channel: string, ts: string}} place @param {Json} attachment */
function attachmentNode(page, place, attachment) {
  const node = el("div", { class: "attachment" });
  if (/^#?[0-9a-f]{6}$/i.test(attachment.color ?? "")) node.style.borderColor = `#${attachment.color.replace("#", "")}`;
  if (attachment.pretext) node.appendChild(el("div", null, mrkdwn(page, attachment.pretext)));
  const url = attachment.title_link ?? attachment.from_url;
  if (attachment.title) node.appendChild(el("div", { class: "attachment-title" }, url ? linkNode(page, url, attachment.title) : attachment.title));
  if (attachment.blocks) node.appendChild(blocksNode(new Host(page, place), attachment.blocks));
  else if (attachment.text ?? attachment.fallback) node.appendChild(el("div", null, mrkdwn(page, attachment.text ?? attachment.fallback)));
  return node;
}

/** @param {Page} page @param {Ephemeral} message */
function onlyYou(page, message) {
  return el("div", { class: "only-you" }, "Only visible to you",
    el("button", { type: "button", class: "link-button", on: { click: () => page.act("dismiss_ephemeral", { ts: message.ts }) } }, "Dismiss"));
}

/** @param {Page} page @param {Message} message @param {Message[]} replies */
function repliesNode(page, message, replies) {
  const who = [...new Set(replies.map((each) => each.user ?? ""))].slice(0, 4);
  const last = replies[replies.length - 1];
  return el("button", { type: "button", class: "replies", data: { focus: "replies" }, on: { click: () => page.router.openThread(message.channel, message.ts, true) } },
    el("span", { class: "faces" }, ...who.map((each) => avatar(page.workspace.person(each), "small"))),
    el("span", { class: "replies-count" }, replies.length === 1 ? "1 reply" : `${replies.length} replies`),
    el("span", { class: "replies-last" }, `Last reply ${ago(last.ts, page.workspace.now())}`), icon("back"));
}

/** What a screen reader is told first. @param {string} text */
export function spoken(text) {
  const plain = text.replace(/<[^<>|]*\|([^<>]*)>/g, "$1").replace(/<([^<>]*)>/g, "$1").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
  return plain.length > SPOKEN ? `${plain.slice(0, SPOKEN)}…` : plain;
}
