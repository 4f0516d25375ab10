/** The recording that waits in the composer, to try the app with. */

import { el, fill, icon, iconButton } from "./dom.js";
import { sizeOf } from "./time.js";

/** @import {Page} from "./page.js" */

export class SampleCard {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.node = el("div", { class: "sample-card", hidden: true });
    page.workspace.on("sample", () => this.refresh());
  }

  refresh() {
    const { workspace, router } = this.page;
    const { sample } = workspace;
    const channel = workspace.channels.get(router.channel);
    const fits = channel?.member && !channel.archived && channel.kind !== "im" && channel.members?.includes(workspace.app.user);
    const show = Boolean(sample?.waiting && fits && sessionStorage.getItem("sample") !== "dismissed");
    this.node.hidden = !show;
    if (!show || !sample || this.node.childElementCount) return;
    const share = el("button", { type: "button", class: "button primary", on: { click: async () => {
      share.setAttribute("aria-busy", "true");
      await this.page.act("share_sample", { channel: this.page.router.channel });
      share.removeAttribute("aria-busy");
    } } }, el("span", null, "Share this"), el("span", { class: "spinner", "aria-hidden": "true" }));
    fill(this.node, icon("file"), el("span", { class: "file-words" }, el("span", { class: "file-name" }, sample.name),
      el("small", null, `A sample meeting to try it with · ${sizeOf(sample.size)}`)),
    share, iconButton("close", "Put the sample away", () => { sessionStorage.setItem("sample", "dismissed"); this.refresh(); }));
  }
}
