/** The app's Home tab. */

import { blocksNode } from "./blocks.js";
import { el, fill } from "./dom.js";
import { Host } from "./host.js";

/** @import {Page} from "./page.js" */

export class Home {
  #shown = "";
  /** @type {Host|null} */ #host = null;

  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.node = el("div", { class: "home", hidden: true, tabindex: "0", role: "region", "aria-label": "App Home" });
  }

  refresh() {
    const { workspace } = this.page;
    const view = workspace.home;
    const state = JSON.stringify([workspace.me.id, view?.id, view?.blocks]);
    if (state === this.#shown) return;
    this.#shown = state;
    if (!view) {
      fill(this.node, el("div", { class: "home-empty" }, el("h2", null, workspace.app.name), el("p", null, "The app has shown no Home yet.")));
      return;
    }
    const focus = /** @type {HTMLElement|null} */ (this.node.contains(document.activeElement) ? document.activeElement?.closest("[data-focus]") ?? null : null)?.dataset.focus;
    this.#host ??= new Host(this.page, { view_id: view.id });
    this.#host.place = { view_id: view.id };
    this.#host.form.take(view.blocks, view.state?.values);
    fill(this.node, el("div", { class: "home-body" }, blocksNode(this.#host, view.blocks)));
    if (focus) /** @type {HTMLElement|null} */ (this.node.querySelector(`[data-focus="${CSS.escape(focus)}"]`))?.focus();
  }
}
