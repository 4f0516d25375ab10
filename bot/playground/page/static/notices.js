/** Short notes at the edge of the page, and what is only read aloud. */

import { byId, el, iconButton } from "./dom.js";

const STAYS = 8000;

export class Notices {
  constructor() {
    this.node = byId("notices");
    this.aloud = byId("aloud");
  }

  /** @param {string} words */
  say(words) {
    this.#show(words, "");
  }

  /** Something went wrong; it stays until it is dismissed. @param {string} words */
  warn(words) {
    this.#show(words, "warning");
  }

  /** @param {string} words @param {string} kind */
  #show(words, kind) {
    for (const other of this.node.children) if (other.textContent === words) other.remove();
    const note = el("div", { class: `notice ${kind}` }, el("span", null, words), iconButton("close", "Dismiss", () => note.remove()));
    this.node.appendChild(note);
    while (this.node.children.length > 3) this.node.firstElementChild?.remove();
    window.setTimeout(() => note.remove(), kind ? STAYS * 2 : STAYS);
  }

  /** Have a screen reader say something when it has time. @param {string} words */
  readAloud(words) {
    const line = el("p", null, words);
    this.aloud.appendChild(line);
    while (this.aloud.children.length > 4) this.aloud.firstElementChild?.remove();
    window.setTimeout(() => line.remove(), STAYS);
  }
}
