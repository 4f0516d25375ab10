/** Slack's mrkdwn, read into a tree. Nothing here touches the page. */

/**
 * @typedef {{kind: "text", text: string} | {kind: "break"} | {kind: "code", text: string} | {kind: "pre", text: string}
 *   | {kind: "bold"|"italic"|"strike"|"quote", inside: Node[]} | {kind: "emoji", name: string}
 *   | {kind: "link", url: string, label: Node[]|null} | {kind: "user", id: string, label: string}
 *   | {kind: "channel", id: string, label: string} | {kind: "group", id: string, label: string}
 *   | {kind: "broadcast", range: string} | {kind: "date", at: number, pattern: string, url: string, fallback: string}
 * } Node
 */

const STYLES = /** @type {const} */ ({ "*": "bold", _: "italic", "~": "strike" });
// in order: a reference, code, a style's span (its marks at word edges), an emoji, a line's end
const INLINE = /<([^<>\n]+)>|`([^`\n]+)`|(?<![\p{L}\p{N}])([*_~])(?=\S)((?:(?!\3)[^\n])*\S)\3(?![\p{L}\p{N}])|:([a-z0-9_+'-]+(?:::skin-tone-\d)?):|\n/gu;
const BARE_LINK = /https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)\]}'"*_~]/g;

/** @param {string} text @returns {string} */
export function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/**
 * @param {string} source escaped as Slack has it
 * @param {{verbatim?: boolean}} [how] verbatim: bare addresses stay words
 * @returns {Node[]}
 */
export function readMarkup(source, how = {}) {
  /** @type {Node[]} */
  const nodes = [];
  for (const [index, part] of source.split(/```/).entries()) {
    const closed = index % 2 === 1 && source.split(/```/).length > index + 1;
    if (closed) nodes.push({ kind: "pre", text: unescape(part.replace(/<([^<>|]+)(?:\|([^<>]*))?>/g, (_, url, label) => label ?? url).replace(/^\n|\n$/g, "")) });
    else if (index % 2 === 1) nodes.push(...lines("```" + part, how));
    else nodes.push(...lines(part, how));
  }
  return trimmed(nodes);
}

/** @param {Node[]} nodes @returns {Node[]} without the line ends around what stands on lines of its own */
function trimmed(nodes) {
  const block = (/** @type {Node|undefined} */ node) => node?.kind === "pre" || node?.kind === "quote";
  return nodes.filter((node, index) => !(node.kind === "break" && (block(nodes[index - 1]) || block(nodes[index + 1]))));
}

/** @param {string} source @param {{verbatim?: boolean}} how @returns {Node[]} */
function lines(source, how) {
  if (!source) return [];
  /** @type {Node[]} */
  const nodes = [];
  /** @type {string[]} */
  let plain = [];
  /** @type {string[]} */
  let quoted = [];
  const flush = () => {
    if (plain.length) nodes.push(...inline(plain.join("\n"), how));
    if (quoted.length) nodes.push({ kind: "quote", inside: inline(quoted.join("\n"), how) });
    plain = [];
    quoted = [];
  };
  for (const line of source.split("\n")) {
    const quote = /^(?:&gt;|>)(?:&gt;&gt;)? ?(.*)$/.exec(line);
    if (quote ? plain.length : quoted.length) {
      if (quote) plain.push("");
      flush();
    }
    if (quote) quoted.push(quote[1]);
    else plain.push(line);
  }
  flush();
  return nodes;
}

/** @param {string} source @param {{verbatim?: boolean}} how @returns {Node[]} */
function inline(source, how) {
  /** @type {Node[]} */
  const nodes = [];
  let at = 0;
  for (const match of source.matchAll(INLINE)) {
    nodes.push(...words(source.slice(at, match.index), how));
    at = match.index + match[0].length;
    if (match[1] !== undefined) nodes.push(reference(match[1]));
    else if (match[2] !== undefined) nodes.push({ kind: "code", text: unescape(match[2]) });
    else if (match[3] !== undefined) {
      nodes.push({ kind: STYLES[/** @type {"*"|"_"|"~"} */ (match[3])], inside: inline(match[4], how) });
    } else if (match[5] !== undefined) nodes.push({ kind: "emoji", name: match[5] });
    else nodes.push({ kind: "break" });
  }
  nodes.push(...words(source.slice(at), how));
  return nodes;
}

/** @param {string} source @param {{verbatim?: boolean}} how @returns {Node[]} */
function words(source, how) {
  if (!source) return [];
  if (how.verbatim) return [{ kind: "text", text: unescape(source) }];
  /** @type {Node[]} */
  const nodes = [];
  let at = 0;
  for (const match of source.matchAll(BARE_LINK)) {
    if (match.index > at) nodes.push({ kind: "text", text: unescape(source.slice(at, match.index)) });
    nodes.push({ kind: "link", url: unescape(match[0]), label: null });
    at = match.index + match[0].length;
  }
  if (at < source.length) nodes.push({ kind: "text", text: unescape(source.slice(at)) });
  return nodes;
}

/** @param {string} inside what stands between < and > @returns {Node} */
function reference(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : unescape(inside.slice(bar + 1));
  if (target.startsWith("@")) return { kind: "user", id: target.slice(1), label };
  if (target.startsWith("#")) return { kind: "channel", id: target.slice(1), label };
  if (target.startsWith("!date^")) {
    const [, at, pattern, ...url] = target.split("^");
    return { kind: "date", at: Number(at), pattern: unescape(pattern ?? ""), url: unescape(url.join("^")), fallback: label };
  }
  if (target.startsWith("!subteam^")) return { kind: "group", id: target.slice(9), label };
  if (target.startsWith("!")) return { kind: "broadcast", range: target.slice(1) };
  if (/^(https?:\/\/|mailto:|tel:)/i.test(target)) {
    return { kind: "link", url: unescape(target), label: label ? inline(inside.slice(bar + 1), { verbatim: true }) : null };
  }
  return { kind: "text", text: unescape(`<${inside}>`) };
}
