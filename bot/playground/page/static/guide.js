/** The first minute: three hints, each when its moment has come; never in the way, and gone when dismissed. */

import { byId, el, fill, iconButton } from "./dom.js";

/** @import {Page} from "./page.js" */
/** @import {Message} from "./types.js" */
/** @typedef {"share"|"wait"|"claim"|"second"|"done"|""} Step */

const CLAIMS = ["hand", "raised_hand", "raising_hand"];

export class Guide {
  #shown = "";

  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.node = byId("guide");
    page.workspace.on("messages", (change) => this.#notice(change));
    page.workspace.on("sample", () => this.refresh());
  }

  #kept() {
    return JSON.parse(sessionStorage.getItem("guide") ?? "{}");
  }

  /** @param {Record<string, any>} more */
  #keep(more) {
    sessionStorage.setItem("guide", JSON.stringify({ ...this.#kept(), ...more }));
    this.refresh();
  }

  /** @param {Record<string, any>} change */
  #notice(change) {
    const { me } = this.page.workspace;
    const kept = this.#kept();
    // a second person who is told privately that somebody was first has seen it all
    if (change.ephemeral && kept.claimed && kept.claimed !== me.id) this.#keep({ second: true });
    if (change.changed && this.#isItem(change.changed) && !kept.claimed && this.#claimant(change.changed) === me.id) this.#keep({ claimed: me.id, item: change.changed.ts });
    else this.refresh();
  }

  /** @param {Message} message */
  #isItem(message) {
    return message.user === this.page.workspace.app.user && Boolean(message.thread_ts) && message.thread_ts !== message.ts && /^Action item/.test(message.text ?? "");
  }

  /** @param {Message} message @returns {string} who has it */
  #claimant(message) {
    return /<@(\w+)> has it/.exec(message.text ?? "")?.[1] ?? message.reactions?.find((each) => CLAIMS.includes(each.name))?.users[0] ?? "";
  }

  /** @returns {Message|undefined} the first item that waits for somebody */
  #item() {
    for (const history of this.page.workspace.histories.values()) {
      for (const message of history.byTs.values()) if (this.#isItem(message)) return message;
    }
    return undefined;
  }

  /** @param {Message|undefined} item @returns {Step} */
  #step(item) {
    const { workspace } = this.page;
    const kept = this.#kept();
    if (kept.dismissed || kept.finished || !workspace.sample) return "";
    if (kept.second) return "done";
    if (kept.claimed) return "second";
    if (item) return "claim";
    return workspace.sample.waiting ? "share" : "wait";
  }

  refresh() {
    const { workspace, router } = this.page;
    if (!workspace.ready) return;
    const item = this.#item();
    const step = this.#step(item);
    const there = item && router.thread === item.thread_ts;
    const state = [step, workspace.me.id, there, router.thread === item?.thread_ts].join("/");
    if (state === this.#shown) return;
    this.#shown = state;
    this.node.hidden = !step;
    if (!step) return fill(this.node);
    const [words, action] = this.#words(step, item, Boolean(there));
    fill(this.node, el("span", { class: "guide-step", "aria-hidden": "true" }, { share: "1", wait: "1", claim: "2", second: "3", done: "✓" }[step]),
      el("span", { class: "guide-words" }, words), action,
      iconButton("close", "Put the hints away", () => this.#keep(step === "done" ? { finished: true } : { dismissed: true })));
  }

  /** @param {Step} step @param {Message|undefined} item @param {boolean} there @returns {[string, HTMLElement|null]} */
  #words(step, item, there) {
    const { workspace, router } = this.page;
    const go = (/** @type {string} */ label, /** @type {() => void} */ press) => el("button", { type: "button", class: "button small primary", on: { click: press } }, label);
    const open = item ? go("Open the thread", () => router.openThread(item.channel, item.thread_ts ?? "", true)) : null;
    switch (step) {
      case "share": return ["A recording of a meeting waits below. Share it.", null];
      case "wait": return [`${workspace.app.name} is listening. In about a minute its thread appears here.`, null];
      case "claim": return [there ? "Claim an action item: put ✋ on it, or press “I’ll take it”." : "The thread is here. Claim an action item in it with ✋.", there ? null : open];
      case "second": {
        const { claimed } = this.#kept();
        const other = [...workspace.people.values()].find((each) => !each.is_bot && each.id !== claimed);
        if (!other) return ["It is yours.", null];
        if (workspace.me.id !== claimed) return ["Now put ✋ on the same item: whoever is second is told so, privately.", there ? null : open];
        return [`It is yours. Now be ${other.name.split(" ")[0]}, and claim the same one.`, go(`Act as ${other.name.split(" ")[0]}`, () => this.page.actAs(other))];
      }
      default: return ["First come, first served; only you saw that. ✅ finishes an item, and taking a reaction back undoes it. That was it.", null];
    }
  }
}
