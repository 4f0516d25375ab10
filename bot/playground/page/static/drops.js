/** Takes files that are dropped on a part of the page. */

/** @param {HTMLElement} node @param {(files: File[]) => void} take */
export function acceptDrops(node, take) {
  let depth = 0;
  const hasFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;
  const mark = (/** @type {number} */ by) => {
    depth = Math.max(0, depth + by);
    node.classList.toggle("dropping", depth > 0);
  };
  node.addEventListener("dragenter", (event) => { if (hasFiles(event)) { event.preventDefault(); mark(1); } });
  node.addEventListener("dragleave", (event) => { if (hasFiles(event)) mark(-1); });
  node.addEventListener("dragover", (event) => { if (hasFiles(event)) event.preventDefault(); });
  node.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    depth = 0;
    node.classList.remove("dropping");
    take([...(event.dataTransfer?.files ?? [])]);
  });
}

/** A file that misses must not make the browser leave the page. */
export function ignoreStrayDrops() {
  for (const type of ["dragover", "drop"]) window.addEventListener(type, (event) => event.preventDefault());
}
