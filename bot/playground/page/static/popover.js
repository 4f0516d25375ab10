/** A small panel beside what opened it: closes on Escape, on a press elsewhere, and gives the focus back. */

/** @type {{close: (refocus: boolean) => void, opener: HTMLElement}|null} */
let open = null;

/**
 * Show a panel.
 * @param {HTMLElement} opener what it belongs to
 * @param {HTMLElement} panel
 * @param {{closed?: () => void, matchWidth?: boolean, keepFocus?: boolean}} [how]
 * @returns {(refocus?: boolean) => void} closes it
 */
export function showPopover(opener, panel, how = {}) {
  closePopover(false);
  panel.classList.add("popover");
  // inside an open dialog everything outside is inert, so the panel goes where its opener is
  const home = opener.closest("dialog") ?? document.body;
  home.appendChild(panel);
  const place = () => position(opener, panel, how.matchWidth ?? false);
  place();
  opener.setAttribute("aria-expanded", "true");

  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close(true);
  };
  /** @param {Event} event */
  const onPress = (event) => {
    const target = /** @type {Node} */ (event.target);
    if (!panel.contains(target) && !opener.contains(target)) close(false);
  };
  const watcher = new ResizeObserver(place);
  watcher.observe(panel);
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("pointerdown", onPress, true);
  window.addEventListener("resize", place);

  /** @param {boolean} refocus */
  const close = (refocus) => {
    if (open?.close !== close) return;
    open = null;
    watcher.disconnect();
    document.removeEventListener("keydown", onKey, true);
    document.removeEventListener("pointerdown", onPress, true);
    window.removeEventListener("resize", place);
    panel.remove();
    opener.setAttribute("aria-expanded", "false");
    if (refocus && opener.isConnected) opener.focus();
    how.closed?.();
  };
  open = { close, opener };
  return (refocus = true) => close(refocus);
}

/** Close what is open, if anything. @param {boolean} [refocus] */
export function closePopover(refocus = false) {
  open?.close(refocus);
}

/** Whether this opener's panel is showing. @param {HTMLElement} opener */
export function isOpen(opener) {
  return open?.opener === opener;
}

/** @param {HTMLElement} opener @param {HTMLElement} panel @param {boolean} matchWidth */
function position(opener, panel, matchWidth) {
  const edge = 8;
  const at = opener.getBoundingClientRect();
  if (matchWidth) panel.style.minWidth = `${Math.min(at.width, innerWidth - 2 * edge)}px`;
  panel.style.maxHeight = `${innerHeight - 2 * edge}px`;
  const { width, height } = panel.getBoundingClientRect();
  const below = innerHeight - at.bottom - edge;
  const top = height <= below || below > at.top ? Math.min(at.bottom + 4, innerHeight - height - edge) : at.top - height - 4;
  const left = at.left + width > innerWidth - edge ? at.right - width : at.left;
  panel.style.top = `${Math.max(edge, top)}px`;
  panel.style.left = `${Math.max(edge, Math.min(left, innerWidth - width - edge))}px`;
}
