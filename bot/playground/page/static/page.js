/** The page as a whole: its parts, and what they need of one another. */

import { ChannelPane } from "./channel.js";
import { Connection } from "./connection.js";
import { byId } from "./dom.js";
import { Guide } from "./guide.js";
import { Inspector } from "./inspector.js";
import { authorOf, spoken } from "./message.js";
import { Modal } from "./modal.js";
import { Notices } from "./notices.js";
import { closePopover } from "./popover.js";
import { Reads } from "./reads.js";
import { Router } from "./router.js";
import { Server } from "./server.js";
import { Sidebar } from "./sidebar.js";
import { ThreadPane } from "./thread.js";
import { Topbar } from "./topbar.js";
import { Workspace } from "./workspace.js";

/** @import {Answer, Ephemeral, Json, Message, Person} from "./types.js" */

const FIRST_PERSON = "ana";

export class Page {
  workspace = new Workspace();
  server = new Server();
  notices = new Notices();
  #due = 0;
  #fresh = true;

  constructor() {
    this.reads = new Reads(this.workspace);
    this.router = new Router(this.workspace, (change) => this.#moved(change));
    this.act = this.act.bind(this);
    this.sidebar = new Sidebar(this);
    this.topbar = new Topbar(this);
    this.channel = new ChannelPane(this);
    this.thread = new ThreadPane(this);
    this.inspector = new Inspector(this);
    this.modal = new Modal(this);
    this.guide = new Guide(this);
    this.workspace.on("snapshot", () => this.#arrived());
    this.workspace.on("messages", (change) => this.#changed(change));
    for (const topic of ["channels", "clock", "reads"]) this.workspace.on(topic, () => this.later());
    this.workspace.on("moved", ({ from, to }) => { if (this.router.channel === from) this.router.channel = to; });
    this.workspace.on("home", () => this.channel.home.refresh());
    this.connection = new Connection((frame) => this.workspace.apply(frame), (state) => this.#connection(state));
    window.addEventListener("focus", () => { if (this.workspace.ready) this.later(); });
  }

  start() {
    this.connection.open(new URLSearchParams(location.search).get("as") || FIRST_PERSON);
  }

  /** Do something as this person; what goes wrong is shown. @param {string} action @param {Json} [body] @returns {Promise<Answer>} */
  async act(action, body) {
    const answer = await this.server.act(action, body);
    if (!answer.ok) this.notices.warn(answer.message ?? `That did not work: ${answer.error}`);
    return answer;
  }

  /** Be somebody else, in this tab. @param {Person} person */
  actAs(person) {
    closePopover();
    const query = new URLSearchParams(location.search);
    query.set("as", person.handle);
    history.replaceState(null, "", `${location.pathname}?${query}${location.hash}`);
    this.#fresh = true;
    this.connection.open(person.handle);
  }

  /** Open one of the app's tabs, and have the app told. @param {"home"|"messages"} tab @param {string} channel */
  openApp(tab, channel) {
    this.router.open(channel, tab);
    this.server.act("open_home", { tab });
  }

  /** Draw what may have changed, now. */
  refresh() {
    window.cancelAnimationFrame(this.#due);
    this.#due = 0;
    for (const part of [this.channel, this.thread, this.sidebar, this.guide]) {
      // one part's trouble leaves the others standing
      try { part.refresh(); } catch (error) { console.error(error); }
    }
    if (this.inspector.isOpen) this.inspector.faults.refresh();
  }

  /** Draw it with the next frame; many changes at once are drawn once. */
  later() {
    if (!this.#due) this.#due = window.requestAnimationFrame(() => this.refresh());
    // a tab that is not looked at has no frames
    if (document.hidden) this.refresh();
  }

  #arrived() {
    this.server.as = this.workspace.me.id;
    this.router.read();
    document.title = `${this.workspace.team.name ?? "Playground"} · ${this.workspace.me.name}`;
    document.body.classList.add("ready");
    this.topbar.refresh();
    this.refresh();
    this.modal.refresh();
    this.#reveal();
    if (this.router.tab === "home") this.server.act("open_home", { tab: "home" });
    if (this.#fresh) this.notices.readAloud(`You are ${this.workspace.me.name}.`);
    this.#fresh = false;
  }

  /** @param {{focusThread?: boolean}} change */
  #moved(change) {
    closePopover();
    this.refresh();
    if (change.focusThread) this.thread.focus();
    this.#reveal();
  }

  #reveal() {
    const { wanted } = this.router;
    if (!wanted) return;
    this.router.wanted = null;
    if (wanted.thread && this.router.thread) this.thread.conversation.list.reveal(wanted.ts);
    else this.channel.conversation.list.reveal(wanted.ts);
  }

  /** @param {Json} change */
  #changed(change) {
    this.later();
    const posted = /** @type {Message|undefined} */ (change.posted ?? change.ephemeral);
    if (!posted || posted.channel !== this.router.channel || posted.user === this.workspace.me.id) return;
    if (change.ephemeral) return this.#answered(change.ephemeral);
    this.notices.readAloud(`${authorOf(this, posted).name}: ${spoken(posted.text ?? "")}`);
  }

  /** What only this person sees answers what they just did: they are shown it wherever they read. @param {Ephemeral} ephemeral */
  #answered(ephemeral) {
    const words = `Only you see this: ${authorOf(this, ephemeral).name}: ${spoken(ephemeral.text)}`;
    this.refresh();
    const pane = ephemeral.thread_ts ? this.thread : this.channel;
    if (ephemeral.thread_ts && ephemeral.thread_ts !== this.router.thread) this.notices.say(words);
    else {
      if (!pane.conversation.list.atEnd) pane.conversation.list.reveal(ephemeral.ts);
      this.notices.readAloud(words);
    }
  }

  /** @param {"open"|"lost"|"nobody"} state */
  #connection(state) {
    if (state === "nobody") {
      this.notices.warn("There is nobody of the name in the address.");
      this.connection.open(FIRST_PERSON);
      return;
    }
    const lost = byId("lost");
    lost.hidden = state === "open";
    lost.textContent = state === "open" ? "" : this.workspace.ready
      ? "The connection is lost. Trying again; what you see may be old."
      : "The playground does not answer yet. Trying again.";
  }
}
