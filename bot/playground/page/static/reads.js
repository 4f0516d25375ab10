/** What this person has read, remembered by this tab. */

/** @import {Workspace} from "./workspace.js" */
/** @import {Message} from "./types.js" */

export class Reads {
  /** @param {Workspace} workspace */
  constructor(workspace) {
    this.workspace = workspace;
  }

  /** @param {string} channel */
  #key(channel) {
    return `read/${this.workspace.me.id}/${channel}`;
  }

  /** The ts up to which a channel was read. @param {string} channel @returns {string} */
  until(channel) {
    const kept = sessionStorage.getItem(this.#key(channel));
    if (kept) return kept;
    // whoever looks for the first time finds what was said before they came read
    let first = sessionStorage.getItem("opened");
    if (!first) sessionStorage.setItem("opened", (first = this.workspace.now().toFixed(6)));
    return first;
  }

  /** @param {string} channel */
  mark(channel) {
    const roots = this.workspace.history(channel).roots;
    const last = roots[roots.length - 1];
    if (last && last > this.until(channel)) sessionStorage.setItem(this.#key(channel), last);
  }

  /** @param {string} channel @returns {{unread: number, mentions: number}} */
  count(channel) {
    const { me, channels } = this.workspace;
    const history = this.workspace.history(channel);
    const until = this.until(channel);
    let unread = 0;
    let mentions = 0;
    for (let at = history.roots.length - 1; at >= 0 && history.roots[at] > until; at -= 1) {
      const message = /** @type {Message} */ (history.byTs.get(history.roots[at]));
      if (message.user === me.id) continue;
      unread += 1;
      if (channels.get(channel)?.kind === "im" || message.text?.includes(`<@${me.id}`)) mentions += 1;
    }
    return { unread, mentions };
  }
}
