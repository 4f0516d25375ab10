/** Files that wait in a composer, and how far each is while it is sent. */

import { el, fill, icon, iconButton } from "./dom.js";
import { sizeOf } from "./time.js";

/** @import {Server} from "./server.js" */
/** @import {Answer} from "./types.js" */
/** @typedef {{file: File, node: HTMLElement, share: number|null, cancel: (() => void)|null}} Staged */

export class StagedFiles {
  /** @type {Staged[]} */ #staged = [];

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
    this.node = el("div", { class: "staged", role: "list", "aria-label": "Files to send" });
    this.node.hidden = true;
  }

  get isEmpty() {
    return this.#staged.length === 0;
  }

  /** @param {File[]} files */
  add(files) {
    for (const file of files) {
      const staged = { file, node: el("div", { class: "staged-file", role: "listitem" }), share: null, cancel: null };
      this.#staged.push(staged);
      this.#draw(staged);
      this.node.appendChild(staged.node);
    }
    this.#note();
  }

  clear() {
    // what is on its way goes on: it was sent where it belongs
    for (const each of this.#staged.filter((one) => !one.cancel)) this.#remove(each);
  }

  /** Send them one after the other, the words with the first. @param {Server} server @param {{channel: string, thread_ts?: string}} target @param {string} text @returns {Promise<Answer>} the first that went wrong, or the last */
  async send(server, target, text) {
    /** @type {Answer} */
    let answer = { ok: true };
    let words = text;
    for (const staged of [...this.#staged]) {
      const upload = server.upload(staged.file, { ...target, text: words }, (share) => { staged.share = share; this.#progress(staged); });
      staged.cancel = upload.cancel;
      staged.share = 0;
      this.#draw(staged);
      answer = await upload.done;
      staged.cancel = null;
      staged.share = null;
      if (answer.ok || answer.error === "cancelled") this.#remove(staged);
      else {
        this.#draw(staged);
        return answer;
      }
      if (answer.ok) words = "";
    }
    return answer;
  }

  /** @param {Staged} staged */
  #draw(staged) {
    const { file, share, cancel } = staged;
    const undo = cancel ? iconButton("close", `Cancel ${file.name}`, cancel) : iconButton("close", `Remove ${file.name}`, () => this.#remove(staged));
    const bar = el("progress", { max: 1, value: share ?? 0, "aria-label": `Sending ${file.name}` });
    fill(staged.node, icon("file"), el("span", { class: "file-words" }, el("span", { class: "file-name" }, file.name),
      share === null ? el("small", null, sizeOf(file.size)) : bar), undo);
  }

  /** @param {Staged} staged */
  #progress(staged) {
    const bar = staged.node.querySelector("progress");
    if (bar) bar.value = staged.share ?? 0;
  }

  /** @param {Staged} staged */
  #remove(staged) {
    this.#staged = this.#staged.filter((each) => each !== staged);
    staged.node.remove();
    this.#note();
  }

  #note() {
    this.node.hidden = this.isEmpty;
    this.changed();
  }
}
