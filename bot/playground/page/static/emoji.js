/** Emoji by name: what `:hand:` looks like, and which names hold a word. */

import { EMOJI_TABLE } from "./emoji-table.js";
import { el } from "./dom.js";

/** @typedef {{name: string, names: string[], character: string, category: string}} Emoji */

/** @type {Emoji[]} */
export const EMOJI = EMOJI_TABLE.flatMap(([category, entries]) =>
  entries.split(",").map((entry) => {
    const [names, character] = entry.trim().split(/\s+/);
    return { name: names.split("|")[0], names: names.split("|"), character, category };
  }));

/** @type {Map<string, string>} */
const CHARACTERS = new Map(EMOJI.flatMap((each) => each.names.map((name) => [name, each.character])));

const USUAL = ["hand", "white_check_mark", "eyes", "+1", "raising_hand", "tada", "heart", "joy", "x", "wastebasket",
  "pray", "rocket"];

/** The ones offered first. */
export const FREQUENT = USUAL.map((name) => /** @type {Emoji} */ (EMOJI.find((each) => each.names.includes(name))));

/** @param {string} name perhaps with `::skin-tone-3` @returns {string} the character, or nothing when unknown */
export function characterOf(name) {
  const [plain, tone] = name.split("::skin-tone-");
  const character = CHARACTERS.get(plain) ?? "";
  const modifier = Number(tone) >= 2 && Number(tone) <= 6 ? String.fromCodePoint(0x1f3f9 + Number(tone)) : "";
  return character && modifier ? character.replace("\ufe0f", "") + modifier : character;
}

/** @param {string} name @returns {HTMLElement} the emoji as a picture with its name; `:name:` when nobody knows it */
export function emojiNode(name) {
  const character = characterOf(name);
  if (!character) return el("span", { class: "emoji-unknown", title: "This emoji is not known here" }, `:${name}:`);
  return el("span", { class: "emoji", role: "img", "aria-label": `${name.replaceAll("_", " ")} emoji`, title: `:${name}:` }, character);
}

/** @param {string} words @param {number} most @returns {Emoji[]} those whose names fit, the best first */
export function findEmoji(words, most) {
  const wanted = words.toLowerCase().trim().replace(/^:|:$/g, "").replaceAll(" ", "_");
  if (!wanted) return FREQUENT.slice(0, most);
  const rank = (/** @type {Emoji} */ each) => Math.min(...each.names.map((name) => {
    if (name === wanted) return 0;
    if (name.startsWith(wanted)) return 1;
    return name.includes(wanted) ? 2 : 9;
  }));
  return EMOJI.map((each) => /** @type {const} */ ([rank(each), each])).filter(([score]) => score < 9)
    .sort((one, other) => one[0] - other[0]).slice(0, most).map(([, each]) => each);
}
