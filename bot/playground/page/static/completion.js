/** What could be meant by what is being typed: commands, people, channels, emoji. */

import { findEmoji } from "./emoji.js";

/** @import {Workspace} from "./workspace.js" */
/** @import {Command, Person} from "./types.js" */
/** @typedef {{insert: string, label: string, hint: string, character?: string, person?: Person}} Suggestion */
/** @typedef {{from: number, to: number, title: string, items: Suggestion[]}} Completion where it goes in the text, and what it may be */

const MOST = 8;

/** @param {Workspace} workspace @param {string} text @param {number} caret @param {boolean} inThread @returns {Completion|null} */
export function completionAt(workspace, text, caret, inThread) {
  const before = text.slice(0, caret);
  const command = /^\/\S*$/.exec(before);
  if (command) return inThread ? null : offered(0, caret, "Commands", commands(workspace, before));
  const mark = /(?:^|[\s(])([@#:])([\w.+'-]*)$/.exec(before);
  if (!mark) return null;
  const [, sign, word] = mark;
  const from = caret - word.length - 1;
  if (sign === "@") return offered(from, caret, "People", people(workspace, word));
  if (sign === "#") return offered(from, caret, "Channels", channels(workspace, word));
  if (word.length < 2) return null;
  return offered(from, caret, "Emoji", findEmoji(word, MOST).map((each) => ({ insert: `:${each.name}: `, label: `:${each.name}:`, hint: "", character: each.character })));
}

/** @param {number} from @param {number} to @param {string} title @param {Suggestion[]} items @returns {Completion|null} */
function offered(from, to, title, items) {
  return items.length ? { from, to, title, items: items.slice(0, MOST) } : null;
}

/** @param {Workspace} workspace @param {string} typed @returns {Suggestion[]} */
function commands(workspace, typed) {
  return workspace.app.command.filter((/** @type {Command} */ each) => each.command.startsWith(typed))
    .map((/** @type {Command} */ each) => ({ insert: `${each.command} `, label: `${each.command} ${each.usage_hint ?? ""}`.trim(), hint: each.description ?? "" }));
}

/** @param {Workspace} workspace @param {string} word @returns {Suggestion[]} */
function people(workspace, word) {
  const wanted = word.toLowerCase();
  const found = [...workspace.people.values()]
    .filter((each) => each.handle.toLowerCase().startsWith(wanted) || each.name.toLowerCase().split(" ").some((part) => part.startsWith(wanted)))
    .map((each) => ({ insert: `@${each.handle} `, label: each.name, hint: `@${each.handle}`, person: each }));
  const all = [["here", "Everybody who is active in this channel"], ["channel", "Everybody in this channel"]]
    .filter(([name]) => name.startsWith(wanted)).map(([name, hint]) => ({ insert: `@${name} `, label: `@${name}`, hint }));
  return [...found, ...all];
}

/** @param {Workspace} workspace @param {string} word @returns {Suggestion[]} */
function channels(workspace, word) {
  return [...workspace.channels.values()].filter((each) => each.kind !== "im" && each.name.includes(word.toLowerCase()))
    .map((each) => ({ insert: `#${each.name} `, label: `#${each.name}`, hint: each.topic ?? "" }));
}
