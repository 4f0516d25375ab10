/** Switches that break things, to see how the app bears it. */

import { el, fill } from "./dom.js";

/** @import {Page} from "./page.js" */
/** @import {Json} from "./types.js" */

const SLOW = 3;
const FLAGS = [
  ["duplicates", "Every event twice", "As when Slack delivers again what was acknowledged late"],
  ["too_fast", "Too fast (429)", "Every call of the Web API is told to wait"],
  ["hide_files", "Files by id only", "As files of another workspace are shown"],
];

export class Faults {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.node = el("div", { class: "faults", role: "group", "aria-label": "Break something" });
    page.workspace.on("rules", () => this.refresh());
  }

  refresh() {
    const { workspace, router } = this.page;
    const { rules, app } = workspace;
    const focused = this.node.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.focus : "";
    const channel = workspace.channels.get(router.channel);
    const room = channel && channel.kind !== "im" && channel.member && !channel.archived ? channel : null;
    const inside = room?.members?.includes(app.user);
    fill(this.node, el("span", { class: "faults-title" }, "Break something:"),
      this.#box("slow", `Slow Slack (${SLOW} s)`, "Each answer of the Web API takes this long", rules.slow_seconds > 0, (on) => ({ slow_seconds: on ? SLOW : 0 })),
      ...FLAGS.filter(([name]) => name in rules).map(([name, label, hint]) => this.#box(name, label, hint, Boolean(rules[name]), (on) => ({ [name]: on }))),
      ...(rules.switches ?? []).map((/** @type {Json} */ each) => this.#box(each.name, each.label, "", each.on, (on) => ({ switches: { [each.name]: on } }))),
      el("button", { type: "button", class: "button small", data: { focus: "drop" }, title: "The app's Socket Mode connections end without a word", on: { click: () => this.page.act("drop_sockets") } }, "Drop the sockets"),
      room && el("button", { type: "button", class: "button small", data: { focus: "room" }, on: { click: () => this.page.act(inside ? "leave" : "invite", { channel: room.id, user: app.user }) } },
        inside ? `Take ${app.name} out of #${room.name}` : `Invite ${app.name} to #${room.name}`));
    if (focused) /** @type {HTMLElement|null} */ (this.node.querySelector(`[data-focus="${focused}"]`))?.focus();
  }

  /** @param {string} name @param {string} label @param {string} hint @param {boolean} on @param {(on: boolean) => Json} change */
  #box(name, label, hint, on, change) {
    const box = el("input", { type: "checkbox", checked: on, data: { focus: name }, on: { change: () => this.page.act("rules", { rules: change(box.checked) }) } });
    return el("label", { class: "fault", title: hint }, box, el("span", null, label));
  }
}
