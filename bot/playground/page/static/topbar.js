/** The bar on top: who acts, what time it is, how it looks, and the way to the inspector. */

import { avatar } from "./avatar.js";
import { byId, el, fill, icon } from "./dom.js";
import { toggleMenu } from "./menu.js";
import { timeOf, dayTitle } from "./time.js";

/** @import {Page} from "./page.js" */

const HOUR = 3600;

export class Topbar {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.who = byId("who");
    this.clock = byId("clock");
    byId("menu-button").append(icon("menu"));
    byId("menu-button").addEventListener("click", () => page.sidebar.toggle());
    byId("theme").append(icon("moon"));
    byId("theme").addEventListener("click", () => toggleTheme());
    byId("inspect").append(icon("pulse"), el("span", { class: "only-wide" }, "Inspector"));
    byId("inspect").addEventListener("click", () => page.inspector.toggle());
    this.who.addEventListener("click", () => this.#choosePerson());
    this.clock.addEventListener("click", () => this.#chooseTime());
    page.workspace.on("clock", () => this.#drawClock());
    window.setInterval(() => this.#drawClock(), 10_000);
  }

  refresh() {
    const { me, team } = this.page.workspace;
    byId("team").textContent = team.name ?? "Playground";
    fill(this.who, avatar(me, "small"), el("span", { class: "who-words" }, el("span", { class: "act-as" }, "Acting as "), el("span", { class: "who-name" }, me.name)), icon("down"));
    this.#drawClock();
  }

  #drawClock() {
    const { workspace } = this.page;
    if (!workspace.ready) return;
    const { tz } = workspace.me;
    const now = workspace.now();
    const moved = workspace.clock.offset >= 1;
    const day = moved ? new Date(now * 1000).toLocaleDateString("en-US", { timeZone: tz, weekday: "short", month: "short", day: "numeric" }) : "";
    const text = [day, timeOf(now, tz)].filter(Boolean).join(", ");
    if (this.clock.dataset.text === text + moved) return;
    this.clock.dataset.text = text + moved;
    fill(this.clock, icon("clock"), el("span", { class: moved ? "moved" : "" }, text));
    this.clock.setAttribute("aria-label", `${text} for ${workspace.me.name}${moved ? ", moved forward" : ""}. Move time forward`);
  }

  #choosePerson() {
    const { workspace } = this.page;
    const people = [...workspace.people.values()].filter((each) => !each.is_bot);
    toggleMenu(this.who, [{ label: "Act as", heading: true }, ...people.map((each) => ({
      label: each.name, hint: `${timeOf(workspace.now(), each.tz)} in ${each.tz_label}`, checked: each.id === workspace.me.id, choose: () => this.page.actAs(each) })),
    { label: "Open a tab as somebody else", heading: true }, ...people.filter((each) => each.id !== workspace.me.id).map((each) => ({
      label: `${each.name}, in a new tab`, choose: () => { window.open(`/?as=${encodeURIComponent(each.handle)}${location.hash}`, "_blank"); } }))], "Act as");
  }

  #chooseTime() {
    const { workspace, act } = this.page;
    const { tz } = workspace.me;
    const now = workspace.now();
    const forward = (/** @type {number} */ seconds) => () => { act("clock", { forward: seconds }); };
    const local = new Date(new Date(now * 1000).toLocaleString("en-US", { timeZone: tz }));
    const toMorning = ((24 + 9 - local.getHours()) % 24 || 24) * HOUR - local.getMinutes() * 60 - local.getSeconds();
    const morning = toMorning > 0 ? toMorning : toMorning + 24 * HOUR;
    toggleMenu(this.clock, [{ label: "Move time forward", heading: true },
      { label: "10 minutes", choose: forward(600) }, { label: "1 hour", choose: forward(HOUR) },
      { label: "To the next morning, 9:00", hint: dayTitle(now + morning, tz, now), choose: forward(morning) },
      { label: "1 day", choose: forward(24 * HOUR) }, { label: "1 week", choose: forward(7 * 24 * HOUR) }], "Move time forward");
  }
}

/** Dark where it was light, and the other way; remembered. */
function toggleTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
}

/** Look as it was chosen before; `?theme=dark` chooses too. */
export function applyTheme() {
  const theme = new URLSearchParams(location.search).get("theme") ?? localStorage.getItem("theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
}
