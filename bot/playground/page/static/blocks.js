/** Block Kit's blocks. One that fails is shown as broken, one that is not known as unknown. */

import { el, freshId } from "./dom.js";
import { elementNode, imageNode } from "./elements.js";
import { linkNode, textNode, wordsOf } from "./inline.js";
import { markdown } from "./markdown.js";
import { richText } from "./rich-text.js";
import { table } from "./table.js";
import { brokenNode, unknownNode } from "./unknown.js";

/** @import {Host} from "./host.js" */
/** @import {Json} from "./types.js" */

/** @param {Host} host @param {Json[]} blocks @param {Record<string, string>} [errors] by block_id @returns {HTMLElement} */
export function blocksNode(host, blocks, errors = {}) {
  const root = el("div", { class: "blocks" });
  for (const block of blocks) {
    try {
      root.appendChild(blockNode(host, block, errors[block.block_id]));
    } catch (error) {
      console.error(error);
      root.appendChild(brokenNode(`${block?.type} block`, error));
    }
  }
  return root;
}

/** @param {Host} host @param {Json} block @param {string} [error] @returns {HTMLElement} */
function blockNode(host, block, error) {
  const page = host.page;
  switch (block.type) {
    case "header": return el(host.isView ? "h3" : "div", { class: "block-header", role: host.isView ? undefined : "heading", "aria-level": host.isView ? undefined : "4" }, textNode(page, block.text));
    case "section": return section(host, block);
    case "context": return el("div", { class: "block-context" }, ...block.elements.map((/** @type {Json} */ each) =>
      each.type === "image" ? imageNode(each, "tiny") : el("span", { class: "context-text" }, textNode(page, each))));
    case "divider": return el("hr", { class: "block-divider" });
    case "actions":
    case "context_actions": return el("div", { class: "block-actions" }, ...block.elements.map((/** @type {Json} */ each) => elementNode(host, block, each)));
    case "image": return el("figure", { class: "block-image" }, block.title && el("figcaption", null, textNode(page, block.title)), imageNode(block));
    case "rich_text": return richText(page, block);
    case "input": return input(host, block, error);
    case "markdown": return markdown(page, block.text ?? "");
    case "table": return table(page, block);
    case "video": return el("div", { class: "block-video" }, linkNode(page, block.title_url ?? block.video_url, wordsOf(block.title)),
      block.description && el("div", null, textNode(page, block.description)),
      el("small", null, `A video from ${block.provider_name ?? "another host"}, which the playground does not load: ${block.alt_text}`));
    default: return unknownNode("block", block);
  }
}

/** @param {Host} host @param {Json} block */
function section(host, block) {
  const fields = (block.fields ?? []).map((/** @type {Json} */ each) => el("div", { class: "field" }, textNode(host.page, each)));
  return el("div", { class: "block-section" },
    el("div", { class: "section-body" },
      block.text && el("div", { class: "section-text" }, textNode(host.page, block.text)),
      fields.length ? el("div", { class: "fields" }, fields) : null),
    block.accessory && el("div", { class: "accessory" }, block.accessory.type === "image"
      ? imageNode(block.accessory, "thumb") : elementNode(host, block, block.accessory)));
}

/** @param {Host} host @param {Json} block @param {string} [error] */
function input(host, block, error) {
  const label = freshId("label");
  const hint = block.hint ? freshId("hint") : "";
  const wrong = freshId("error");
  const node = elementNode(host, block, block.element, {
    label, describedBy: [error && wrong, hint].filter(Boolean).join(" "), invalid: Boolean(error), required: !block.optional });
  const group = node.matches("fieldset, .select-row");
  return el("div", { class: `block-input ${error ? "invalid" : ""}`, data: { block: block.block_id } },
    el(group || !node.id ? "div" : "label", { id: label, class: "input-label", for: group ? undefined : node.id || undefined },
      textNode(host.page, block.label), block.optional && el("span", { class: "optional" }, " (optional)")),
    node,
    el("div", { id: wrong, class: "input-error", role: "alert" }, error ?? ""),
    hint && el("div", { id: hint, class: "input-hint" }, textNode(host.page, block.hint)));
}
