/** A long list of which only what is seen is drawn: heights are measured, and what one reads stays where it is. */

import { el } from "./dom.js";

const GUESS = 64;
const BEYOND = 600;
const NEAR_END = 40;

/** @typedef {{key: string, same: any[], draw: () => HTMLElement}} Row `same` says what it was drawn from: equal parts, no new drawing */

export class MessageList {
  /** @type {Row[]} */ #rows = [];
  /** @type {Map<string, number>} */ #places = new Map();
  /** @type {Map<string, number>} */ #heights = new Map();
  /** @type {Map<string, {node: HTMLElement, same: any[]}>} */ #drawn = new Map();
  /** @type {Float64Array} */ #tops = new Float64Array(1);
  #atEnd = true;
  #frame = 0;

  /** @param {HTMLElement} scroller @param {string} label @param {{scrolled: (atEnd: boolean) => void}} tell */
  constructor(scroller, label, tell) {
    this.scroller = scroller;
    this.tell = tell;
    this.canvas = el("div", { class: "canvas", role: "feed", "aria-label": label });
    scroller.appendChild(this.canvas);
    scroller.addEventListener("scroll", () => this.#later(), { passive: true });
    this.watcher = new ResizeObserver((entries) => this.#resized(entries));
    this.watcher.observe(scroller);
    this.canvas.addEventListener("keydown", (event) => this.#key(event));
  }

  get atEnd() {
    return this.#atEnd;
  }

  /** @param {string} label */
  name(label) {
    this.canvas.setAttribute("aria-label", label);
  }

  /** Show these rows; stays at the end when it was there. @param {Row[]} rows @param {{fresh?: boolean}} [how] fresh: another list, from its end */
  show(rows, how = {}) {
    if (how.fresh) {
      this.#atEnd = true;
      this.#heights.clear();
      for (const { node } of this.#drawn.values()) node.remove();
      this.#drawn.clear();
    }
    const anchor = this.#anchor();
    this.#rows = rows;
    this.#places = new Map(rows.map((row, index) => [row.key, index]));
    for (const [key, one] of this.#drawn) if (!this.#places.has(key)) this.#discard(key, one.node);
    this.#layout();
    this.#hold(anchor);
    this.#draw();
  }

  toEnd() {
    this.#atEnd = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#draw();
  }

  /** Bring a row into view and mark it for a moment. @param {string} key @param {{focus?: boolean}} [how] @returns {boolean} whether there is such a row */
  reveal(key, how = {}) {
    const at = this.#places.get(key);
    if (at === undefined) return false;
    this.#atEnd = false;
    // its true place is known once what is around it was measured
    for (let tries = 0; tries < 4; tries += 1) {
      this.scroller.scrollTop = Math.max(0, this.#tops[at] - this.scroller.clientHeight / 3);
      this.#draw();
    }
    const node = this.#drawn.get(key)?.node;
    node?.classList.add("revealed");
    window.setTimeout(() => node?.classList.remove("revealed"), 2500);
    if (how.focus) node?.focus({ preventScroll: true });
    return true;
  }

  #later() {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#note();
      this.#draw();
    });
  }

  #note() {
    const { scrollTop, clientHeight, scrollHeight } = this.scroller;
    const now = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (now === this.#atEnd) return;
    this.#atEnd = now;
    this.tell.scrolled(now);
  }

  #layout() {
    const tops = new Float64Array(this.#rows.length + 1);
    for (let at = 0; at < this.#rows.length; at += 1) tops[at + 1] = tops[at] + (this.#heights.get(this.#rows[at].key) ?? GUESS);
    this.#tops = tops;
    this.canvas.style.height = `${tops[this.#rows.length]}px`;
  }

  /** @param {number} y @returns {number} the row at this height */
  #rowAt(y) {
    let low = 0;
    let high = this.#rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#tops[middle] <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** What is read now, so that it can be kept there. @returns {{key: string, by: number}|null} */
  #anchor() {
    if (!this.#rows.length || this.#atEnd) return null;
    const at = this.#rowAt(this.scroller.scrollTop - this.canvas.offsetTop);
    return { key: this.#rows[at].key, by: this.#tops[at] - this.scroller.scrollTop };
  }

  /** @param {{key: string, by: number}|null} anchor */
  #hold(anchor) {
    if (this.#atEnd) {
      this.scroller.scrollTop = this.scroller.scrollHeight;
      return;
    }
    const at = anchor && this.#places.get(anchor.key);
    if (!anchor || at === null || at === undefined) return;
    const wanted = this.#tops[at] - anchor.by;
    if (Math.abs(wanted - this.scroller.scrollTop) >= 1) this.scroller.scrollTop = wanted;
  }

  #draw() {
    if (!this.scroller.clientHeight) return;
    // measuring what is new moves what is below it: a second look nearly always settles it
    for (let tries = 0; tries < 5; tries += 1) if (!this.#drawOnce()) break;
  }

  /** @returns {boolean} whether heights turned out other than thought */
  #drawOnce() {
    const top = this.scroller.scrollTop - this.canvas.offsetTop;
    const first = this.#rows.length ? this.#rowAt(Math.max(0, top - BEYOND)) : 0;
    const last = this.#rows.length ? this.#rowAt(top + this.scroller.clientHeight + BEYOND) : -1;
    const focused = document.activeElement;
    for (const [key, one] of this.#drawn) {
      const at = this.#places.get(key) ?? -1;
      if ((at < first || at > last) && !one.node.contains(focused)) this.#discard(key, one.node);
    }
    /** @type {[Row, HTMLElement][]} */
    const fresh = [];
    /** @type {ChildNode|null} */
    let next = this.canvas.firstChild;
    for (const at of this.#wanted(first, last)) {
      const row = this.#rows[at];
      const known = this.#drawn.get(row.key);
      let node = known?.node;
      if (!known || known.same.length !== row.same.length || known.same.some((part, index) => part !== row.same[index])) {
        if (next === node) next = next?.nextSibling ?? null;
        node = this.#make(row, node);
        fresh.push([row, node]);
      }
      if (next === node) next = next?.nextSibling ?? null;
      // one that is in its place already stays: moving it would take the focus from it
      else if (node && (node.parentNode !== this.canvas || node.nextSibling !== next)) this.canvas.insertBefore(node, next);
      this.#put(/** @type {HTMLElement} */ (node), at);
    }
    return this.#measure(fresh);
  }

  /** @param {number} first @param {number} last @returns {number[]} what is to be drawn: what is seen, and what has the focus */
  #wanted(first, last) {
    const places = new Set();
    for (const key of this.#drawn.keys()) places.add(this.#places.get(key));
    for (let at = first; at <= last; at += 1) places.add(at);
    return [...places].sort((one, other) => one - other);
  }

  /** @param {HTMLElement} node @param {number} at */
  #put(node, at) {
    node.style.transform = `translateY(${this.#tops[at]}px)`;
    node.setAttribute("aria-posinset", String(at + 1));
    node.setAttribute("aria-setsize", String(this.#rows.length));
  }

  /** @param {Row} row @param {HTMLElement|undefined} old */
  #make(row, old) {
    const node = row.draw();
    node.dataset.key = row.key;
    const focused = old?.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
    if (old) {
      this.watcher.unobserve(old);
      old.replaceWith(node);
      if (old.classList.contains("revealed")) node.classList.add("revealed");
    }
    this.#drawn.set(row.key, { node, same: row.same });
    this.watcher.observe(node);
    if (focused) (findFocus(node, focused) ?? node).focus({ preventScroll: true });
    return node;
  }

  /** @param {[Row, HTMLElement][]} fresh @returns {boolean} */
  #measure(fresh) {
    let changed = false;
    const anchor = this.#anchor();
    for (const [row, node] of fresh) {
      if (!node.isConnected) this.canvas.appendChild(node);
      const height = node.offsetHeight;
      if (this.#heights.get(row.key) !== height) changed = true;
      this.#heights.set(row.key, height);
    }
    if (changed) {
      this.#layout();
      this.#hold(anchor);
    }
    return changed;
  }

  /** @param {ResizeObserverEntry[]} entries */
  #resized(entries) {
    const anchor = this.#anchor();
    let changed = false;
    for (const { target } of entries) {
      const node = /** @type {HTMLElement} */ (target);
      const key = node.dataset.key;
      if (node === this.scroller) changed = true;
      else if (key && node.isConnected && node.offsetHeight && node.offsetHeight !== this.#heights.get(key)) {
        this.#heights.set(key, node.offsetHeight);
        changed = true;
      }
    }
    if (!changed) return;
    this.#layout();
    this.#hold(anchor);
    this.#draw();
  }

  /** @param {string} key @param {HTMLElement} node */
  #discard(key, node) {
    this.watcher.unobserve(node);
    node.remove();
    this.#drawn.delete(key);
  }

  /** Arrows walk from message to message. @param {KeyboardEvent} event */
  #key(event) {
    const article = /** @type {HTMLElement} */ (event.target);
    if (!article.matches?.("article")) return;
    const at = this.#places.get(article.dataset.key ?? "") ?? 0;
    const steps = /** @type {Record<string, number>} */ ({ ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: this.#rows.length - 1 });
    if (event.key in steps && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.focusRow(Math.max(0, Math.min(this.#rows.length - 1, steps[event.key])));
    }
  }

  /** @param {number} at */
  focusRow(at) {
    const row = this.#rows[at];
    if (!row) return;
    const top = this.#tops[at];
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop || this.#tops[at + 1] > scrollTop + clientHeight) this.scroller.scrollTop = top - clientHeight / 3;
    this.#note();
    this.#draw();
    this.#drawn.get(row.key)?.node.focus();
  }

  focusLast() {
    this.focusRow(this.#rows.length - 1);
  }
}

/** @param {HTMLElement} node @param {HTMLElement} focused @returns {HTMLElement|null} what had the focus, in the new drawing */
function findFocus(node, focused) {
  const name = /** @type {HTMLElement|null} */ (focused.closest("[data-focus]"))?.dataset.focus;
  return name ? node.querySelector(`[data-focus="${CSS.escape(name)}"]`) : null;
}
