/** The drawer that shows each request between the app and Slack. */

import { byId, el, fill, icon, iconButton } from "./dom.js";
import { Faults } from "./faults.js";
import { jsonTree } from "./json-tree.js";

/** @import {Page} from "./page.js" */
/** @import {Traffic} from "./types.js" */

const MOST_SHOWN = 400;
const SLOW = 1000; // milliseconds from which a request stands out

export class Inspector {
  /** @type {Traffic|null} */ #chosen = null;
  #due = 0;
  #words = "";
  #loaded = false;

  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.node = byId("inspector");
    this.faults = new Faults(page);
    this.rows = el("div", { class: "traffic-rows", role: "listbox", "aria-label": "Requests, the latest first", tabindex: "0" });
    this.detail = el("div", { class: "traffic-detail", tabindex: "0", role: "region", "aria-label": "The chosen request" });
    this.refusedOnly = el("input", { type: "checkbox", on: { change: () => this.draw() } });
    const filter = el("input", { type: "search", class: "field-input", placeholder: "Filter: chat.postMessage, reaction…", "aria-label": "Filter requests",
      on: { input: () => { this.#words = filter.value.toLowerCase(); this.draw(); } } });
    this.count = el("span", { class: "quiet", role: "status" });
    this.node.append(el("header", { class: "inspector-head" }, el("h2", null, "Inspector"), filter,
      el("label", { class: "fault" }, this.refusedOnly, el("span", null, "Refused only")), this.count, el("span", { class: "grow" }),
      el("a", { class: "button small", href: "/page/traffic", download: "traffic.json" }, icon("download"), "Export JSON"),
      iconButton("close", "Close the inspector", () => this.toggle(false))),
    this.faults.node, el("div", { class: "traffic" }, this.rows, this.detail));
    this.rows.addEventListener("keydown", (event) => this.#key(event));
    this.rows.addEventListener("click", (event) => this.#click(event));
    this.node.addEventListener("keydown", (event) => { if (event.key === "Escape") this.toggle(false); });
    page.workspace.on("traffic", () => this.later());
    this.#showDetail();
  }

  get isOpen() {
    return !this.node.hidden;
  }

  /** @param {boolean} [open] */
  async toggle(open = !this.isOpen) {
    this.node.hidden = !open;
    document.body.classList.toggle("with-inspector", open);
    byId("inspect").setAttribute("aria-expanded", String(open));
    if (!open) return byId("inspect").focus();
    this.faults.refresh();
    if (!this.#loaded) await this.#load();
    this.draw();
  }

  async #load() {
    this.#loaded = true;
    try {
      const { entries } = await (await fetch("/page/traffic")).json();
      const known = new Set(entries.map((/** @type {Traffic} */ each) => each.n));
      this.page.workspace.traffic = [...entries, ...this.page.workspace.traffic.filter((each) => !known.has(each.n))];
    } catch {
      this.#loaded = false;
    }
  }

  later() {
    if (!this.isOpen || this.#due) return;
    this.#due = window.setTimeout(() => { this.#due = 0; this.draw(); }, 120);
  }

  /** @returns {Traffic[]} the latest first */
  #fitting() {
    const fits = (/** @type {Traffic} */ each) => (!this.refusedOnly.checked || each.error)
      && (!this.#words || `${each.method} ${each.kind} ${each.error ?? ""} ${JSON.stringify(each.body)}`.toLowerCase().includes(this.#words));
    return this.page.workspace.traffic.filter(fits).reverse();
  }

  draw() {
    if (!this.isOpen) return;
    const all = this.#fitting();
    this.count.textContent = `${all.length} ${all.length === 1 ? "request" : "requests"}`;
    fill(this.rows, ...all.slice(0, MOST_SHOWN).map((each) => this.#row(each)));
    if (!all.length) fill(this.rows, el("p", { class: "quiet", role: "presentation" }, "Nothing went between the app and Slack yet, or nothing fits the filter."));
    const chosen = this.#chosen && all.some((each) => each.n === this.#chosen?.n);
    if (chosen) this.rows.setAttribute("aria-activedescendant", `traffic-${this.#chosen?.n}`);
    else this.rows.removeAttribute("aria-activedescendant");
  }

  /** @param {Traffic} entry */
  #row(entry) {
    const toApp = entry.direction === "to_app";
    const chosen = entry.n === this.#chosen?.n;
    return el("div", { role: "option", id: `traffic-${entry.n}`, class: `traffic-row ${entry.error ? "refused" : ""}`, "aria-selected": String(chosen), data: { n: String(entry.n) } },
      el("span", { class: `direction ${entry.direction}`, title: toApp ? "Slack to the app" : "The app to Slack" }, toApp ? "→ app" : "← app"),
      el("span", { class: "method" }, entry.method, el("small", null, entry.kind.replaceAll("_", " "))),
      el("span", { class: "status" }, entry.error ?? (entry.status ? String(entry.status) : "ok")),
      el("span", { class: `ms ${(entry.ms ?? 0) >= SLOW ? "slow" : ""}` }, entry.ms === null ? "…" : `${entry.ms < 10 ? entry.ms.toFixed(1) : Math.round(entry.ms)} ms`));
  }

  #showDetail() {
    const entry = this.#chosen;
    if (!entry) return fill(this.detail, el("p", { class: "quiet" }, "Choose a request to see what was sent and answered."));
    const reasons = [entry.would_refuse].flat().filter((each) => typeof each === "string");
    fill(this.detail, el("h3", null, entry.method, el("span", { class: "quiet" }, ` ${entry.direction === "to_app" ? "to the app" : "from the app"}, ${new Date(entry.at * 1000).toISOString().replace("T", " ").slice(0, 23)} UTC`)),
      entry.error && el("div", { class: "refusal" }, el("strong", null, `Refused: ${entry.error}`), ...reasons.map((each) => el("div", null, each))),
      el("h4", null, "Sent"), jsonTree(entry.body, undefined, 2), el("h4", null, "Answered"), jsonTree(entry.answer, undefined, 2));
    this.detail.scrollTop = 0;
  }

  /** @param {Traffic|undefined} entry */
  #choose(entry) {
    if (!entry) return;
    this.#chosen = entry;
    this.draw();
    this.#showDetail();
    this.rows.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }

  /** @param {Event} event */
  #click(event) {
    const row = /** @type {HTMLElement|null} */ (event.target instanceof Element ? event.target.closest(".traffic-row") : null);
    this.#choose(this.page.workspace.traffic.find((each) => String(each.n) === row?.dataset.n));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!["ArrowDown", "ArrowUp", "Home"].includes(event.key)) return;
    event.preventDefault();
    const all = this.#fitting();
    const at = all.findIndex((each) => each.n === this.#chosen?.n);
    const to = event.key === "Home" ? 0 : Math.max(0, Math.min(all.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)));
    this.#choose(all[to]);
  }
}
