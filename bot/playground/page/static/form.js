/** What is typed and chosen in a view or message, in the shape of Slack's `state.values`. */

/** @import {Json} from "./types.js" */

/** For each type of element: the field that holds what is chosen, and the one that says what is chosen at first. */
const FIELDS = /** @type {const} */ ({
  datepicker: ["selected_date", "initial_date"],
  timepicker: ["selected_time", "initial_time"],
  datetimepicker: ["selected_date_time", "initial_date_time"],
  users_select: ["selected_user", "initial_user"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  channels_select: ["selected_channel", "initial_channel"],
  multi_users_select: ["selected_users", "initial_users"],
  multi_conversations_select: ["selected_conversations", "initial_conversations"],
  multi_channels_select: ["selected_channels", "initial_channels"],
  static_select: ["selected_option", "initial_option"],
  external_select: ["selected_option", "initial_option"],
  radio_buttons: ["selected_option", "initial_option"],
  multi_static_select: ["selected_options", "initial_options"],
  multi_external_select: ["selected_options", "initial_options"],
  checkboxes: ["selected_options", "initial_options"],
  plain_text_input: ["value", "initial_value"],
  email_text_input: ["value", "initial_value"],
  url_text_input: ["value", "initial_value"],
  number_input: ["value", "initial_value"],
  rich_text_input: ["rich_text_value", "initial_value"],
});

/** @param {string} type @returns {string|undefined} the field that holds what is chosen in such an element */
export function fieldOf(type) {
  return FIELDS[/** @type {keyof typeof FIELDS} */ (type)]?.[0];
}

export class Form {
  /** @type {Record<string, Record<string, Json>>} */ values = {};

  /** Take the fields of these blocks; what was typed stays where the ids and types stay. @param {Json[]} blocks @param {Json} [known] */
  take(blocks, known = {}) {
    const before = this.values;
    this.values = {};
    for (const [block, element] of fields(blocks)) {
      const kept = before[block.block_id]?.[element.action_id] ?? known[block.block_id]?.[element.action_id];
      const field = fieldOf(element.type) ?? "value";
      const fits = kept?.type === element.type && kept[field] !== null && kept[field] !== undefined;
      (this.values[block.block_id] ??= {})[element.action_id] = fits ? kept : initial(element, kept?.type === element.type);
    }
  }

  /** @param {Json} block @param {Json} element @returns {any} what is chosen now */
  get(block, element) {
    const entry = this.values[block.block_id]?.[element.action_id] ?? initial(element);
    return entry[fieldOf(element.type) ?? "value"];
  }

  /** @param {Json} block @param {Json} element @param {any} value */
  set(block, element, value) {
    const field = fieldOf(element.type);
    if (field) (this.values[block.block_id] ??= {})[element.action_id] = { type: element.type, [field]: value };
  }
}

/** @param {Json} element @param {boolean} [emptied] whether a person has emptied it @returns {Json} */
function initial(element, emptied = false) {
  const [field, first] = FIELDS[/** @type {keyof typeof FIELDS} */ (element.type)] ?? ["value", "initial_value"];
  const many = element.type.startsWith("multi_") || element.type === "checkboxes";
  return { type: element.type, [field]: (emptied ? null : element[first]) ?? (many ? [] : null) };
}

/** @param {Json[]} blocks @returns {Generator<[Json, Json]>} each element that holds a value, with its block */
function* fields(blocks) {
  for (const block of blocks) {
    for (const element of [...(block.elements ?? []), block.accessory, block.element]) {
      if (element?.action_id && fieldOf(element.type)) yield [block, element];
    }
  }
}
