/** Where one is: which conversation, which thread, which message; kept in the address, so that Back and reload work. */

/** @import {Workspace} from "./workspace.js" */
/** @typedef {{channel: string, ts: string, thread?: string}} Spot */

export class Router {
  channel = "";
  thread = "";
  /** @type {"home"|"messages"} */ tab = "messages";
  /** @type {Spot|null} a message to bring into view */ wanted = null;

  /** @param {Workspace} workspace @param {(change: {focusThread?: boolean}) => void} changed */
  constructor(workspace, changed) {
    this.workspace = workspace;
    this.changed = changed;
    window.addEventListener("popstate", () => { this.read(); changed({}); });
  }

  /** Take what the address says, as far as it is there. */
  read() {
    const permalink = this.messageAt(location.href);
    if (permalink) {
      const query = new URLSearchParams(location.search);
      for (const name of ["thread_ts", "cid"]) query.delete(name);
      this.#take(permalink);
      return history.replaceState(null, "", `/${query.size ? `?${query}` : ""}${this.#hash()}`);
    }
    const [channel, thread, tab] = location.hash.slice(1).split("/");
    this.channel = this.workspace.channels.has(channel) ? channel : this.#first();
    this.thread = this.workspace.message(this.channel, thread ?? "") ? thread : "";
    this.tab = tab === "home" ? "home" : "messages";
  }

  #first() {
    const channels = [...this.workspace.channels.values()].filter((each) => each.member && !each.archived && each.kind !== "im");
    const withApp = channels.filter((each) => each.members?.includes(this.workspace.app.user));
    return (withApp.find((each) => each.name !== "general") ?? withApp[0] ?? channels[0] ?? [...this.workspace.channels.values()][0])?.id ?? "";
  }

  /** @param {Spot} spot */
  #take(spot) {
    this.channel = this.workspace.channels.has(spot.channel) ? spot.channel : this.#first();
    this.tab = "messages";
    this.wanted = spot;
    const thread = spot.thread ?? "";
    this.thread = thread && this.workspace.message(spot.channel, thread) ? thread : "";
  }

  #hash() {
    return `#${[this.channel, this.thread, this.tab === "home" ? "home" : ""].join("/").replace(/\/+$/, "")}`;
  }

  /** @param {{focusThread?: boolean}} [change] */
  #go(change = {}) {
    const hash = this.#hash();
    if (hash !== location.hash) history.pushState(null, "", `${location.pathname}${location.search}${hash}`);
    this.changed(change);
  }

  /** Open a conversation. @param {string} channel @param {"home"|"messages"} [tab] */
  open(channel, tab = "messages") {
    if (this.channel !== channel) this.thread = "";
    this.channel = channel;
    this.tab = tab;
    this.#go();
  }

  /** @param {string} channel @param {string} ts the parent @param {boolean} [focus] go there with the keyboard too */
  openThread(channel, ts, focus = false) {
    this.channel = channel;
    this.tab = "messages";
    this.thread = ts;
    this.#go({ focusThread: focus });
  }

  closeThread() {
    this.thread = "";
    this.#go();
  }

  /** Bring a message into view. @param {Spot} spot */
  show(spot) {
    const message = this.workspace.message(spot.channel, spot.ts);
    const parent = spot.thread ?? message?.thread_ts;
    this.#take({ ...spot, thread: parent && parent !== spot.ts ? parent : undefined });
    if (this.workspace.replies(spot.channel, spot.ts).length) this.thread = spot.ts;
    this.#go();
  }

  /** A message's address. @param {string} channel @param {string} [ts] */
  address(channel, ts) {
    if (!ts) return `#${channel}`;
    const thread = this.workspace.message(channel, ts)?.thread_ts;
    const query = thread && thread !== ts ? `?thread_ts=${thread}&cid=${channel}` : "";
    return `/archives/${channel}/p${ts.replace(".", "")}${query}`;
  }

  /** The message that an address of this workspace means. @param {string} address @returns {Spot|null} */
  messageAt(address) {
    const url = new URL(address, location.href);
    const match = url.origin === location.origin ? /^\/archives\/(\w+)\/p(\d{10})(\d{6})$/.exec(url.pathname) : null;
    if (!match) return null;
    return { channel: match[1], ts: `${match[2]}.${match[3]}`, thread: url.searchParams.get("thread_ts") ?? undefined };
  }
}
