/** Times and days as one person sees them, in their own zone. */

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {string} tz @param {Intl.DateTimeFormatOptions} options */
function format(tz, options) {
  const key = tz + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat("en-US", { timeZone: tz, ...options })));
  return found;
}

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const STYLES = {
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
  day: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { year: "numeric", month: "long", day: "numeric", weekday: "long" },
  divider: { month: "long", day: "numeric", weekday: "long" },
};

/** @param {number|string} seconds @returns {Date} */
const date = (seconds) => new Date(Number(seconds) * 1000);

/** @param {number|string} seconds @param {string} tz @returns {string} `9:41 AM` */
export function timeOf(seconds, tz) {
  return format(tz, STYLES.time).format(date(seconds));
}

/** @param {number|string} seconds @param {string} tz @returns {string} `March 6, 2026 at 9:41:07 AM` */
export function momentOf(seconds, tz) {
  return `${format(tz, STYLES.date).format(date(seconds))} at ${format(tz, STYLES.time_secs).format(date(seconds))}`;
}

/** @param {number|string} seconds @param {string} tz @returns {string} the day as a key: equal for equal days */
export function dayOf(seconds, tz) {
  // every zone's offset is a whole number of quarters, so a day begins with one: 5,000 messages need few of them
  const quarter = `${tz}/${Math.floor(Number(seconds) / 900)}`;
  let day = days.get(quarter);
  if (!day) days.set(quarter, (day = dayIn(seconds, tz)));
  return day;
}

/** @type {Map<string, string>} */
const days = new Map();

/** @param {number|string} seconds @param {string} tz */
function dayIn(seconds, tz) {
  const parts = Object.fromEntries(format(tz, STYLES.day).formatToParts(date(seconds)).map((each) => [each.type, each.value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** @param {number|string} seconds @param {string} tz @param {number} now @returns {string} `today`, `tomorrow`, `yesterday`, or nothing */
function near(seconds, tz, now) {
  const day = dayOf(seconds, tz);
  if (day === dayOf(now, tz)) return "today";
  if (day === dayOf(now - 86_400, tz)) return "yesterday";
  return day === dayOf(now + 86_400, tz) ? "tomorrow" : "";
}

/** @param {number|string} seconds @param {string} tz @param {number} now @returns {string} `Today`, or `Friday, March 6th` */
export function dayTitle(seconds, tz, now) {
  const word = near(seconds, tz, now);
  if (word) return word[0].toUpperCase() + word.slice(1);
  return format(tz, STYLES.divider).format(date(seconds)).replace(/\d+$/, ordinal);
}

/** @param {string} digits */
function ordinal(digits) {
  const number = Number(digits);
  const ending = number % 100 > 10 && number % 100 < 14 ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return digits + ending;
}

/**
 * Write a moment by Slack's date tokens, as `{date_short_pretty} at {time}`.
 * @param {number} seconds @param {string} pattern @param {string} tz @param {number} now
 */
export function written(seconds, pattern, tz, now) {
  return pattern.replace(/\{(\w+)\}/g, (whole, token) => {
    if (token === "date_num") return dayOf(seconds, tz);
    if (token === "ago") return ago(seconds, now);
    if (token === "day_divider_pretty") return dayTitle(seconds, tz, now);
    const plain = token.replace(/_pretty$/, "");
    if (!(plain in STYLES)) return whole;
    const word = token.endsWith("_pretty") ? near(seconds, tz, now) : "";
    return word || format(tz, STYLES[plain]).format(date(seconds));
  });
}

/** @param {number|string} seconds @param {number} now @returns {string} `3 minutes ago` */
export function ago(seconds, now) {
  const gone = now - Number(seconds);
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  if (Math.abs(gone) < 60) return "just now";
  if (Math.abs(gone) < 3600) return words.format(-Math.round(gone / 60), "minute");
  if (Math.abs(gone) < 86_400) return words.format(-Math.round(gone / 3600), "hour");
  return words.format(-Math.round(gone / 86_400), "day");
}

/** @param {number} bytes @returns {string} `972 kB` */
export function sizeOf(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
