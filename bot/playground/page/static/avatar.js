/** A person's initials on their colour. */

import { el } from "./dom.js";

/** @import {Person} from "./types.js" */

const COLOURS = 8;

/** @param {Person} person @param {"small"|"usual"} [size] @returns {HTMLElement} */
export function avatar(person, size = "usual") {
  const words = person.name.split(/[\s.-]+/).filter(Boolean);
  const letters = person.is_bot ? [...person.name].slice(0, 1) : words.slice(0, 2).map((word) => [...word][0]);
  const shade = [...person.id].reduce((sum, each) => (sum * 31 + each.charCodeAt(0)) % 9973, 7) % COLOURS;
  const node = el("span", { class: `avatar ${size} ${person.is_bot ? "bot" : ""} shade-${shade}`, "aria-hidden": "true",
    data: { letters: letters.join("").toUpperCase() } });
  if (person.colour) node.style.setProperty("--shade", person.colour);
  return node;
}
