/** Files that were shared: played or previewed where they are, and saved. */

import { el, icon } from "./dom.js";
import { sizeOf } from "./time.js";

/** @import {SharedFile} from "./types.js" */

const PREVIEWED = 64_000;
const LINES = 8;

/** @param {SharedFile} file @returns {HTMLElement} */
export function fileNode(file) {
  if (!file.url) return el("div", { class: "file gone" }, icon("file"), el("span", null, "This file was deleted."));
  const name = file.title || file.name || "File";
  const head = el("div", { class: "file-head" }, icon("file"),
    el("span", { class: "file-words" }, el("span", { class: "file-name" }, name),
      el("small", null, [kindOf(file), file.size === undefined ? "" : sizeOf(file.size)].filter(Boolean).join(" · "))),
    el("a", { class: "icon-button", href: file.url, download: file.name ?? name, "aria-label": `Download ${name}`, title: "Download" }, icon("download")));
  return el("div", { class: "file" }, head, preview(file, name));
}

/** @param {SharedFile} file */
function kindOf(file) {
  const ending = /\.(\w{1,5})$/.exec(file.name ?? "")?.[1].toUpperCase() ?? "";
  const kind = /^(audio|video|image|text)\//.exec(file.mimetype ?? "")?.[1] ?? "";
  return [ending, kind].filter(Boolean).join(" ");
}

/** @param {SharedFile} file @param {string} name @returns {HTMLElement|null} */
function preview(file, name) {
  const type = file.mimetype ?? "";
  if (type.startsWith("audio/")) return el("audio", { controls: true, preload: "metadata", src: file.url, "aria-label": name });
  if (type.startsWith("video/")) return el("video", { controls: true, preload: "metadata", src: file.url, "aria-label": name });
  if (type.startsWith("image/") && type !== "image/svg+xml") return el("img", { class: "picture", src: file.url, alt: name, loading: "lazy" });
  if (type.startsWith("text/") && (file.size ?? 0) <= PREVIEWED) return textPreview(file, name);
  return null;
}

/** @param {SharedFile} file @param {string} name */
function textPreview(file, name) {
  const words = el("pre", { tabindex: "0", role: "region", "aria-label": `Beginning of ${name}` }, "…");
  const more = el("button", { type: "button", class: "link-button", hidden: true, on: { click: toggle } }, "Show all");
  let whole = "";
  fetch(/** @type {string} */ (file.url)).then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)))))
    .then((text) => { whole = text; show(false); })
    .catch(() => { words.textContent = "The file could not be shown; download it instead."; });
  return el("div", { class: "text-preview" }, words, more);

  /** @param {boolean} all */
  function show(all) {
    const lines = whole.split("\n");
    words.textContent = all ? whole : lines.slice(0, LINES).join("\n");
    more.hidden = lines.length <= LINES;
    more.textContent = all ? "Show less" : `Show all ${lines.length} lines`;
  }

  function toggle() {
    show(more.textContent !== "Show less");
  }
}
