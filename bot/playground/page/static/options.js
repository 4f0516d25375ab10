/** Where a select's options come from: its own list, the people, the channels, or the app. */

import { wordsOf } from "./inline.js";

/** @import {Host} from "./host.js" */
/** @import {Channel, Json} from "./types.js" */
/** @typedef {{value: string, label: string, hint?: string, option?: Json}} Choice */
/** @typedef {{label: string, choices: Choice[]}} Group */

/** @param {Json} option @returns {Choice} */
const fromOption = (option) => ({ value: option.value, label: wordsOf(option.text), hint: option.description && wordsOf(option.description), option });

/** @param {Choice[]} choices @param {string} words */
const fitting = (choices, words) => choices.filter((each) => each.label.toLowerCase().includes(words.toLowerCase()));

/** @param {Host} host @param {Json} block @param {Json} element */
export function optionsFor(host, block, element) {
  const { workspace } = host.page;
  const kind = element.type.replace(/^multi_/, "").replace(/_select$/, "");
  const many = element.type.startsWith("multi_");
  const isRecord = kind === "static" || kind === "external";
  let chosen = first();

  return {
    isSlow: kind === "external",
    chosen: () => chosen,
    /** @param {Choice[]} choices */
    choose: (choices) => { chosen = choices; },
    /** What `state.values` holds for it. @returns {any} */
    entry: () => {
      const values = chosen.map((each) => (isRecord ? each.option : each.value));
      return many ? values : values[0] ?? null;
    },
    /** @param {string} words */
    emptyNote: (words) => (kind === "external" && words.length < (element.min_query_length ?? 3)
      ? `Type ${element.min_query_length ?? 3} letters or more.` : "Nothing fits."),
    find,
  };

  /** @param {string} words @returns {Promise<Group[]>} */
  async function find(words) {
    if (kind === "external") return words.length < (element.min_query_length ?? 3) ? [] : asked(words);
    if (kind === "static") return groups(element, words);
    return [{ label: "", choices: fitting(kind === "users" ? people() : conversations(), words) }];
  }

  /** @param {string} words @returns {Promise<Group[]>} */
  async function asked(words) {
    const answer = await host.page.act("suggest", { ...host.place, block_id: block.block_id, action_id: element.action_id, value: words });
    return answer.ok ? groups(answer, "") : [];
  }

  /** @returns {Choice[]} */
  function people() {
    return [...workspace.people.values()].filter((each) => !each.is_bot)
      .map((each) => ({ value: each.id, label: each.name, hint: `@${each.handle}` }));
  }

  /** @returns {Choice[]} */
  function conversations() {
    const wanted = element.filter?.include ?? (kind === "channels" ? ["public"] : ["public", "private", "im"]);
    const withBots = !element.filter?.exclude_bot_users;
    return [...workspace.channels.values()]
      .filter((each) => wanted.includes(each.kind) && !each.archived && (withBots || each.kind !== "im" || !workspace.person(each.with).is_bot))
      .map((each) => ({ value: each.id, label: nameOf(each) }));
  }

  /** @param {Channel} channel */
  function nameOf(channel) {
    return channel.kind === "im" ? workspace.person(channel.with).name : `#${channel.name}`;
  }

  /** @returns {Choice[]} */
  function first() {
    const now = host.form.get(block, element);
    const given = (many ? now : [now]).filter((/** @type {any} */ each) => each !== null && each !== undefined);
    if (isRecord) return given.map(fromOption);
    const everything = kind === "users" ? people() : conversations();
    if (!given.length && element.default_to_current_conversation && host.around.channel) {
      const here = everything.filter((each) => each.value === host.around.channel);
      if (here.length) host.form.set(block, element, many ? [here[0].value] : here[0].value);
      return here;
    }
    return given.map((/** @type {string} */ id) => everything.find((each) => each.value === id) ?? { value: id, label: id });
  }
}

/** @param {Json} given options or option_groups @param {string} words @returns {Group[]} */
function groups(given, words) {
  const lists = given.option_groups?.length ? given.option_groups : [{ options: given.options ?? [] }];
  return lists.map((/** @type {Json} */ group) => ({
    label: group.label ? wordsOf(group.label) : "", choices: fitting(group.options.map(fromOption), words) }))
    .filter((/** @type {Group} */ group) => group.choices.length);
}
