/** What a person does, sent to the server. */

/** @import {Answer, Json} from "./types.js" */

const UNREACHABLE = "The playground did not answer. Is it still running? Start it again with: make demo";

export class Server {
  /** Who acts: an id. */
  as = "";

  /**
   * Do something as this person. Never throws: what went wrong is in the answer, with a sentence for people.
   * @param {string} action @param {Json} [body] @returns {Promise<Answer>}
   */
  async act(action, body = {}) {
    try {
      const response = await fetch(`/page/do/${action}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ as: this.as, ...body }),
      });
      return await response.json();
    } catch {
      return { ok: false, error: "unreachable", message: UNREACHABLE };
    }
  }

  /**
   * Share a file.
   * @param {File} file @param {{channel: string, thread_ts?: string, text: string}} where
   * @param {(share: number) => void} progress called with 0…1
   * @returns {{done: Promise<Answer>, cancel: () => void}}
   */
  upload(file, where, progress) {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ as: this.as, channel: where.channel, name: file.name, text: where.text });
    if (where.thread_ts) query.set("thread_ts", where.thread_ts);
    request.open("POST", `/page/upload?${query}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    /** @type {Promise<Answer>} */
    const done = new Promise((resolve) => {
      request.upload.onprogress = (event) => progress(event.total ? event.loaded / event.total : 0);
      request.onload = () => resolve(request.response ?? { ok: false, message: UNREACHABLE });
      request.onerror = () => resolve({ ok: false, error: "unreachable", message: UNREACHABLE });
      request.onabort = () => resolve({ ok: false, error: "cancelled" });
    });
    request.send(file);
    return { done, cancel: () => request.abort() };
  }
}
