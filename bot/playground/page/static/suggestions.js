/** The list over a composer that offers what could be meant. */

import { avatar } from "./avatar.js";
import { el, fill, freshId } from "./dom.js";
import { completionAt } from "./completion.js";

/** @import {Workspace} from "./workspace.js" */
/** @import {Completion, Suggestion} from "./completion.js" */

export class Suggestions {
  /** @type {Completion|null} */ #offer = null;
  #active = 0;

  /** @param {Workspace} workspace @param {HTMLTextAreaElement} field @param {() => boolean} inThread */
  constructor(workspace, field, inThread) {
    this.workspace = workspace;
    this.field = field;
    this.inThread = inThread;
    this.node = el("div", { class: "suggestions", role: "listbox", id: freshId("suggestions"), "aria-label": "Suggestions", hidden: true });
    field.setAttribute("aria-controls", this.node.id);
    field.setAttribute("aria-autocomplete", "list");
    field.addEventListener("input", () => this.look());
    field.addEventListener("click", () => this.look());
    field.addEventListener("blur", () => this.close());
  }

  look() {
    const { value, selectionStart, selectionEnd } = this.field;
    this.#offer = selectionStart === selectionEnd ? completionAt(this.workspace, value, selectionStart, this.inThread()) : null;
    this.#active = 0;
    this.#draw();
  }

  close() {
    this.#offer = null;
    this.#draw();
  }

  /** Take a key when the list is open. @param {KeyboardEvent} event @returns {boolean} whether it was for the list */
  key(event) {
    if (!this.#offer) return false;
    const { items } = this.#offer;
    if (event.key === "ArrowDown") this.#active = (this.#active + 1) % items.length;
    else if (event.key === "ArrowUp") this.#active = (this.#active + items.length - 1) % items.length;
    else if (event.key === "Escape") this.#offer = null;
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) {
      // a command that is typed in full is sent, not completed
      if (event.key === "Enter" && this.field.value.trim() === items[this.#active].insert.trim()) {
        this.close();
        return false;
      }
      this.#take(items[this.#active]);
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    this.#draw();
    return true;
  }

  /** @param {Suggestion} item */
  #take(item) {
    const { from, to } = /** @type {Completion} */ (this.#offer);
    this.field.setRangeText(item.insert, from, to, "end");
    this.#offer = null;
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #draw() {
    const offer = this.#offer;
    this.node.hidden = !offer;
    if (!offer) {
      this.field.removeAttribute("aria-activedescendant");
      fill(this.node);
      return;
    }
    fill(this.node, el("div", { class: "suggestions-title", role: "presentation" }, offer.title), ...offer.items.map((item, at) => el("div", {
      role: "option", class: `option ${at === this.#active ? "active" : ""}`, id: `${this.node.id}-${at}`, "aria-selected": String(at === this.#active),
      on: { pointerdown: (/** @type {Event} */ event) => { event.preventDefault(); this.#take(item); this.field.focus(); this.#draw(); } } },
    item.person && avatar(item.person, "small"), item.character && el("span", { class: "emoji" }, item.character),
    el("span", { class: "option-label" }, item.label), item.hint && el("small", null, item.hint))));
    this.field.setAttribute("aria-activedescendant", `${this.node.id}-${this.#active}`);
  }
}
