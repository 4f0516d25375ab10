/** The live connection: a snapshot first, then each change; it comes back by itself. */

const FIRST_WAIT = 400;
const LONGEST_WAIT = 5000;
const NOBODY = 4004; // the server's code for a name that nobody has

export class Connection {
  /** @type {WebSocket|null} */ #socket = null;
  #wait = FIRST_WAIT;
  #timer = 0;
  #as = "";

  /**
   * @param {(frame: Record<string, any>) => void} take called with each frame
   * @param {(state: "open"|"lost"|"nobody") => void} tell called when the connection comes and goes
   */
  constructor(take, tell) {
    this.take = take;
    this.tell = tell;
    window.addEventListener("online", () => this.open(this.#as));
  }

  /** Connect as somebody; an earlier connection is closed. @param {string} as an id or handle; empty for the first */
  open(as) {
    this.#as = as;
    clearTimeout(this.#timer);
    this.#socket?.close();
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/page/live${as ? `?as=${encodeURIComponent(as)}` : ""}`);
    this.#socket = socket;
    socket.addEventListener("message", (event) => {
      if (this.#socket !== socket) return;
      const frame = JSON.parse(event.data);
      if (frame.type === "snapshot") {
        this.#wait = FIRST_WAIT;
        this.tell("open");
      }
      this.take(frame);
    });
    socket.addEventListener("close", (event) => {
      if (this.#socket !== socket) return;
      if (event.code === NOBODY) return this.tell("nobody");
      this.tell("lost");
      this.#timer = window.setTimeout(() => this.open(this.#as), this.#wait);
      this.#wait = Math.min(LONGEST_WAIT, this.#wait * 2);
    });
  }
}
