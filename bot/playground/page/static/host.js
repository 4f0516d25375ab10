/** What blocks belong to: a message, or a view; it carries what people press there to the app. */

import { confirmed } from "./confirm.js";
import { Form } from "./form.js";

/** @import {Page} from "./page.js" */
/** @import {Answer, Json} from "./types.js" */

export class Host {
  form = new Form();

  /**
   * @param {Page} page
   * @param {{channel: string, ts: string}|{view_id: string}} place
   * @param {{channel?: string}} [around] where the person was, for what asks for "this conversation"
   */
  constructor(page, place, around = {}) {
    this.page = page;
    this.place = place;
    this.around = around;
  }

  get isView() {
    return "view_id" in this.place;
  }

  /** Keep a choice, and tell the app when this element tells at once. @param {Json} block @param {Json} element @param {any} value @param {any} choice @param {HTMLElement} node */
  async changed(block, element, value, choice, node) {
    this.form.set(block, element, value);
    if (block.type === "input" && !block.dispatch_action) return;
    await this.press(block, element, choice, node);
  }

  /**
   * Tell the app that an element was used; the node shows that until the app has answered.
   * @param {Json} block @param {Json} element @param {any} choice @param {HTMLElement} node
   * @returns {Promise<Answer|null>} null when the person changed their mind
   */
  async press(block, element, choice, node) {
    if (node.getAttribute("aria-busy") === "true") return null;
    if (element.confirm && !(await confirmed(this.page, element.confirm, node))) return null;
    node.setAttribute("aria-busy", "true");
    const body = { ...this.place, block_id: block.block_id, action_id: element.action_id, choice };
    const answer = await this.page.act("press", this.isView ? { ...body, values: this.form.values } : body);
    node.removeAttribute("aria-busy");
    return answer;
  }
}
