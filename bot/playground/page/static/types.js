/**
 * What the server sends, as types. Blocks and elements are Slack's own JSON, so they are open records.
 * @typedef {Record<string, any>} Json
 *
 * @typedef {{id: string, name: string, handle: string, tz: string, tz_label: string, is_bot: boolean,
 *   colour?: string}} Person
 * @typedef {{id: string, name: string, kind: "public"|"private"|"im"|"group", member: boolean, members?: string[], archived: boolean,
 *   topic?: string, with?: string}} Channel
 * @typedef {{name: string, users: string[], count: number}} Reaction
 * @typedef {{id: string, name?: string, title?: string, mimetype?: string, size?: number, url?: string,
 *   preview?: string, mode?: string}} SharedFile
 * @typedef {{ts: string, channel: string, user?: string, text?: string, blocks?: Json[], thread_ts?: string,
 *   reactions?: Reaction[], files?: SharedFile[], attachments?: Json[], edited?: {user: string, ts: string},
 *   bot_id?: string, subtype?: string, username?: string}} Message
 * @typedef {{ts: string, channel: string, thread_ts?: string|null, text: string, blocks?: Json[],
 *   user?: string}} Ephemeral
 * @typedef {{id: string, type: string, callback_id?: string, title?: Json, submit?: Json|null, close?: Json|null,
 *   blocks: Json[], state?: {values: Json}, hash?: string, previous_view_id?: string|null,
 *   errors?: Record<string, string>}} View
 * @typedef {{command: string, usage_hint?: string, description?: string}} Command
 * @typedef {{type: "message"|"global", callback_id: string, name: string}} Shortcut
 * @typedef {{n: number, at: number, direction: "to_app"|"from_app", kind: string, method: string, body: any,
 *   answer: any, status: number|null, ms: number|null, error?: string, would_refuse?: any}} Traffic
 * @typedef {{name: string, url: string, size: number, text: string, waiting: boolean}} Sample
 * @typedef {{ok: boolean, error?: string, message?: string} & Json} Answer
 */

export {};
