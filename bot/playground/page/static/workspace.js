/** What this person can see, kept up to date by the server's frames; parts of the page listen to what changes. */

/** @import {Channel, Ephemeral, Json, Message, Person, Traffic, View, Sample} from "./types.js" */

const MOST_TRAFFIC = 2000;

/** @param {string[]} sorted @param {string} ts @returns {number} the first place whose ts is not before `ts` */
function place(sorted, ts) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One channel's messages by ts, with the order of its roots and of each thread's replies. */
class History {
  /** @type {Map<string, Message>} */ byTs = new Map();
  /** @type {string[]} */ roots = [];
  /** @type {Map<string, string[]>} */ threads = new Map();

  /** @param {Message} message */
  put(message) {
    const known = this.byTs.has(message.ts);
    this.byTs.set(message.ts, message);
    if (known) return;
    const isReply = message.thread_ts && message.thread_ts !== message.ts;
    if (isReply) {
      const replies = this.threads.get(/** @type {string} */ (message.thread_ts)) ?? [];
      replies.splice(place(replies, message.ts), 0, message.ts);
      this.threads.set(/** @type {string} */ (message.thread_ts), replies);
    }
    if (!isReply || message.subtype === "thread_broadcast") this.roots.splice(place(this.roots, message.ts), 0, message.ts);
  }

  /** @param {string} ts */
  drop(ts) {
    this.byTs.delete(ts);
    this.roots = this.roots.filter((each) => each !== ts);
    for (const [root, replies] of this.threads) {
      const left = replies.filter((each) => each !== ts);
      if (left.length) this.threads.set(root, left);
      else this.threads.delete(root);
    }
  }
}

export class Workspace {
  /** @type {Person} */ me = { id: "", name: "", handle: "", tz: "UTC", tz_label: "", is_bot: false };
  /** @type {Json} */ team = {};
  /** @type {Json} */ app = { command: [], shortcuts: [] };
  /** @type {Map<string, Person>} */ people = new Map();
  /** @type {Map<string, Channel>} */ channels = new Map();
  /** @type {Map<string, History>} */ histories = new Map();
  /** @type {Map<string, Ephemeral>} */ ephemerals = new Map();
  /** @type {View|null} */ modal = null;
  /** @type {View|null} */ home = null;
  /** @type {Json} */ rules = {};
  /** @type {Sample|null} */ sample = null;
  /** @type {Traffic[]} */ traffic = [];
  clock = { now: 0, offset: 0 };
  ready = false;
  /** @type {Map<string, Set<(detail: any) => void>>} */ #listeners = new Map();
  #clockReadAt = 0;

  /** @param {string} topic @param {(detail: any) => void} call */
  on(topic, call) {
    const calls = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, calls.add(call));
  }

  /** @param {string} topic @param {any} [detail] */
  tell(topic, detail) {
    for (const call of this.#listeners.get(topic) ?? []) {
      // one part's trouble is not another's
      try { call(detail); } catch (error) { console.error(error); }
    }
  }

  /** Seconds since 1970 by the workspace's clock, which people can move forward. */
  now() {
    return this.clock.now + (performance.now() - this.#clockReadAt) / 1000;
  }

  /** @param {string} channel @returns {History} */
  history(channel) {
    let found = this.histories.get(channel);
    if (!found) this.histories.set(channel, (found = new History()));
    return found;
  }

  /** @param {string} channel @param {string} ts @returns {Message|undefined} */
  message(channel, ts) {
    return this.histories.get(channel)?.byTs.get(ts);
  }

  /** @param {string} channel @param {string} ts @returns {Message[]} a thread's replies, oldest first */
  replies(channel, ts) {
    const history = this.history(channel);
    return (history.threads.get(ts) ?? []).map((each) => /** @type {Message} */ (history.byTs.get(each)));
  }

  /** @param {string|undefined} id @returns {Person} */
  person(id) {
    const known = this.people.get(id ?? "");
    if (known) return known;
    const name = id === "USLACKBOT" ? "Slackbot" : (id ?? "Somebody");
    return { id: id ?? "", name, handle: name.toLowerCase(), tz: "UTC", tz_label: "", is_bot: true };
  }

  /** @param {Json} frame one of the server's frames */
  apply(frame) {
    switch (frame.type) {
      case "snapshot": return this.#snapshot(frame);
      case "message_posted": return this.#posted(frame.message);
      case "message_edited":
      case "reaction_added":
      case "reaction_removed": return this.#changed(frame);
      case "message_deleted": return this.#deleted(frame.channel, frame.ts);
      case "ephemeral_shown":
        this.ephemerals.set(frame.ephemeral.ts, frame.ephemeral);
        this.tell("messages", { channel: frame.ephemeral.channel, ephemeral: frame.ephemeral });
        return;
      case "ephemeral_gone": return this.#ephemeralGone(frame.ts);
      case "modal_shown": return this.#set("modal", frame.view);
      case "modal_closed": return this.#set("modal", frame.view ?? null);
      case "home_shown": return this.#set("home", frame.view);
      case "channel_changed": return this.#channelChanged(frame);
      case "channel_gone":
        this.channels.delete(frame.channel);
        this.histories.delete(frame.channel);
        this.tell("channels");
        return;
      case "clock":
        this.#setClock(frame);
        return;
      case "rules": return this.#set("rules", frame.rules ?? frame);
      case "traffic":
        this.traffic.push(frame.entry);
        if (this.traffic.length > MOST_TRAFFIC) this.traffic.splice(0, this.traffic.length - MOST_TRAFFIC);
        this.tell("traffic", frame.entry);
    }
  }

  /** @param {Json} frame */
  #snapshot(frame) {
    this.team = frame.team ?? {};
    this.app = { command: [], shortcuts: [], ...frame.app };
    this.people = new Map(frame.people.map((/** @type {Person} */ each) => [each.id, each]));
    this.me = this.person(frame.me);
    this.channels = new Map(frame.channels.map((/** @type {Channel} */ each) => [each.id, each]));
    this.histories = new Map();
    for (const [channel, messages] of Object.entries(frame.messages ?? {})) {
      const history = this.history(channel);
      for (const message of messages) history.put({ ...message, channel });
    }
    this.ephemerals = new Map((frame.ephemerals ?? []).map((/** @type {Ephemeral} */ each) => [each.ts, each]));
    this.modal = frame.modal ?? null;
    this.home = frame.home ?? null;
    this.rules = frame.rules ?? {};
    this.sample = frame.sample ?? null;
    if (frame.traffic) this.traffic = frame.traffic;
    this.#setClock(frame.clock ?? { now: Date.now() / 1000, offset: 0 });
    this.#offerPeople();
    this.ready = true;
    this.tell("snapshot");
  }

  /** @param {Json} clock */
  #setClock(clock) {
    this.clock = { now: clock.now, offset: clock.offset };
    this.#clockReadAt = performance.now();
    this.tell("clock");
  }

  /** Have a place for direct messages with each colleague, also before the first one made it a real one. */
  #offerPeople() {
    const known = new Set([...this.channels.values()].map((each) => each.with));
    for (const { id, handle, is_bot: isBot } of this.people.values()) {
      if (isBot || known.has(id) || id === this.me.id) continue;
      this.channels.set(`@${handle}`, { id: `@${handle}`, name: "", kind: "im", member: true, archived: false, with: id });
    }
  }

  /** @param {Json} frame */
  #channelChanged(frame) {
    const offered = `@${this.person(frame.channel.with).handle}`;
    if (frame.channel.kind === "im" && this.channels.delete(offered)) this.tell("moved", { from: offered, to: frame.channel.id });
    this.channels.set(frame.channel.id, frame.channel);
    for (const message of frame.messages ?? []) this.history(frame.channel.id).put({ ...message, channel: frame.channel.id });
    this.tell("channels");
    if (frame.messages) this.tell("messages", { channel: frame.channel.id });
  }

  /** @param {Message} message */
  #posted(message) {
    this.history(message.channel).put(message);
    if (this.sample?.waiting && message.files?.some((each) => each.name === this.sample?.name)) {
      this.#set("sample", { ...this.sample, waiting: false });
    }
    this.tell("messages", { channel: message.channel, posted: message });
  }

  /** @param {Json} frame */
  #changed(frame) {
    const message = frame.message;
    if (!message) return;
    const channel = message.channel ?? frame.channel;
    this.history(channel).put({ ...message, channel });
    this.tell("messages", { channel, changed: message, reaction: frame.name ? frame : undefined });
  }

  /** @param {string} channel @param {string} ts */
  #deleted(channel, ts) {
    this.history(channel).drop(ts);
    this.tell("messages", { channel, deleted: ts });
  }

  /** @param {string} ts */
  #ephemeralGone(ts) {
    const gone = this.ephemerals.get(ts);
    this.ephemerals.delete(ts);
    if (gone) this.tell("messages", { channel: gone.channel });
  }

  /** @param {"modal"|"home"|"rules"|"sample"} name @param {any} value */
  #set(name, value) {
    /** @type {any} */ (this)[name] = value;
    this.tell(name);
  }
}
