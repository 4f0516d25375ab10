/** The channels, direct messages and apps at the side; a drawer where there is little room. */

import { avatar } from "./avatar.js";
import { byId, el, fill, icon } from "./dom.js";

/** @import {Page} from "./page.js" */
/** @import {Channel} from "./types.js" */

export class Sidebar {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.node = byId("sidebar");
    this.lists = el("div", { class: "sidebar-lists" });
    this.node.append(this.lists);
    this.shade = byId("sidebar-shade");
    this.shade.addEventListener("click", () => this.toggle(false));
    this.node.addEventListener("keydown", (event) => { if (event.key === "Escape") this.toggle(false); });
  }

  /** @param {boolean} [open] */
  toggle(open = !document.body.classList.contains("with-sidebar")) {
    document.body.classList.toggle("with-sidebar", open);
    const opener = byId("menu-button");
    opener.setAttribute("aria-expanded", String(open));
    if (open) /** @type {HTMLElement|null} */ (this.node.querySelector('[aria-current="page"]') ?? this.node.querySelector("a"))?.focus();
    else if (this.node.contains(document.activeElement)) opener.focus();
  }

  refresh() {
    const { workspace } = this.page;
    const all = [...workspace.channels.values()];
    const rooms = all.filter((each) => each.kind === "public" || each.kind === "private").sort((one, other) => Number(one.archived) - Number(other.archived));
    const direct = all.filter((each) => each.kind === "im" && each.with !== workspace.app.user);
    const apps = all.filter((each) => each.kind === "im" && each.with === workspace.app.user);
    const focused = this.lists.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.channel : undefined;
    fill(this.lists, this.#group("Channels", rooms), this.#group("Direct messages", direct), this.#group("Apps", apps));
    if (focused) /** @type {HTMLElement|null} */ (this.lists.querySelector(`[data-channel="${focused}"]`))?.focus();
  }

  /** @param {string} title @param {Channel[]} channels */
  #group(title, channels) {
    if (!channels.length) return null;
    return el("section", null, el("h2", null, title), el("ul", { "aria-label": title }, ...channels.map((each) => el("li", null, this.#entry(each)))));
  }

  /** @param {Channel} channel */
  #entry(channel) {
    const { workspace, router, reads } = this.page;
    const { unread, mentions } = reads.count(channel.id);
    const current = channel.id === router.channel;
    const other = channel.kind === "im" ? workspace.person(channel.with) : null;
    const isApp = channel.with === workspace.app.user;
    const own = other?.id === workspace.me.id;
    return el("a", { href: router.address(channel.id), "aria-current": current ? "page" : undefined, data: { channel: channel.id },
      class: `entry ${unread && !current ? "unread" : ""} ${channel.archived || !channel.member ? "faint" : ""}`,
      on: { click: (/** @type {Event} */ event) => {
        event.preventDefault();
        if (isApp && !unread) this.page.openApp(workspace.app.home === false ? "messages" : "home", channel.id);
        else router.open(channel.id);
        this.toggle(false);
      } } },
    other ? avatar(other, "small") : icon(channel.kind === "private" ? "lock" : "hash"),
    el("span", { class: "entry-name" }, other ? other.name : channel.name, own && el("small", null, " you")),
    channel.archived && el("small", null, "archived"),
    mentions && !current ? el("span", { class: "mentions" }, mentions, el("span", { class: "visually-hidden" }, " new")) : null,
    unread && !mentions && !current ? el("span", { class: "visually-hidden" }, ", unread") : null);
  }
}
