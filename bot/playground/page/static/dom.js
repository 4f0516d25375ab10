/** Makes DOM nodes. Text from the workspace only ever becomes a text node or an attribute's value, never HTML. */

/** @typedef {Node|string|number|null|undefined|false} Child */

/**
 * Make an element.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>|null} [props] `class`, `on` (listeners by event), `data` (data-…), or attributes
 * @param {...(Child|Child[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) set(node, name, value);
  append(node, children);
  return node;
}

/** @param {HTMLElement} node @param {string} name @param {any} value */
function set(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === "class") node.className = value;
  else if (name === "on") for (const [type, call] of Object.entries(value)) node.addEventListener(type, call);
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name === "value" || name === "checked" || name === "indeterminate") /** @type {any} */ (node)[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** @param {Node} node @param {(Child|Child[])[]} children */
export function append(node, children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    node.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** @param {Node} node @param {...(Child|Child[])} children */
export function fill(node, ...children) {
  node.textContent = "";
  append(node, children);
}

/** The element with this id, which the page's HTML holds. @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
}

let made = 0;

/** A fresh id, for labels. @param {string} stem */
export function freshId(stem) {
  made += 1;
  return `${stem}-${made}`;
}

const SHAPES = /** @type {const} */ ({
  react: "M8 14s1.5 2 4 2 4-2 4-2M9 9h.01M15 9h.01M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18",
  reply: "M20 5H4v11h4v4l5-4h7z",
  bolt: "M13 2 4 14h7l-1 8 9-12h-7z",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  bin: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
  close: "M6 6l12 12M18 6 6 18",
  send: "M4 12 3 4l18 8-18 8 1-8zm0 0h8",
  clip: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8L9.5 17a1.7 1.7 0 0 1-2.4-2.4L14.5 7",
  menu: "M4 7h16M4 12h16M4 17h16",
  down: "M6 9l6 6 6-6",
  back: "M15 5l-7 7 7 7",
  clock: "M12 7v5l3 2M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18",
  moon: "M20 14A8 8 0 1 1 10 4a7 7 0 0 0 10 10",
  pulse: "M3 12h4l3-8 4 16 3-8h4",
  hash: "M9 4 7 20M17 4l-2 16M4 9h16M4 15h16",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  home: "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
  plus: "M12 5v14M5 12h14",
  search: "M11 18a7 7 0 1 1 0-14 7 7 0 0 1 0 14M16 16l5 5",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
});

/** @typedef {keyof typeof SHAPES} Icon */

/** A small line drawing that says nothing to a screen reader. @param {Icon} name @returns {SVGElement} */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.appendChild(path);
  return svg;
}

/**
 * A button that is only a drawing; its label is read aloud and shown on hover.
 * @param {Icon} name @param {string} label @param {(event: MouseEvent) => void} press @param {Json} [props]
 */
export function iconButton(name, label, press, props = {}) {
  return el("button", { type: "button", "aria-label": label, title: label, ...props,
    class: `icon-button ${props.class ?? ""}`, on: { click: press } }, icon(name));
}

/** @typedef {Record<string, any>} Json */
