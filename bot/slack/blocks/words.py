"""Words from outside made safe to show: nothing that somebody said or named can mention, link, format or overflow.

In blocks such words stand in rich text and plain text, which Slack shows as they are. A message's top-level text is
always Slack's markup, so there they are escaped, and what would format or turn into an emoji is made inert.
"""

import re
import unicodedata

_ELLIPSIS = "…"
_SPACES = re.compile(r"\s+")
# formatting marks act at the edge of a word only, so names like `snake_case` are left alone
_MARKS = re.compile(r"(?<![^\W_])[*_~]|[*_~](?![^\W_])|`|^>+")
_INERT = str.maketrans("*_~`>", "∗ˍ∼ˋ›")
_PLAIN = str.maketrans("∗ˍ∼ˋ›", "*_~`>", "\u200b")
# `:tada:` becomes a picture; the time 12:40:05 does not
_EMOJI_CODE = re.compile(r"(?<!\d):(?=[\w+'-]+:)|:(?!\d+:)(?=[\w+'-]+:)")
_ADDRESS = re.compile(r":(?=//)|(?<=mailto):", re.IGNORECASE)
# control characters, lone surrogates, and marks that are not seen or turn the direction of writing around
_UNWANTED = frozenset({"Cc", "Cs"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2028\u2029\ufeff")


def clean(text: str) -> str:
    """Return `text` on one line, without characters that cannot be seen or that turn the writing around."""
    kept = "".join(" " if _unwanted(character) else character for character in text)
    return _SPACES.sub(" ", kept).strip()


def _unwanted(character: str) -> bool:
    return character in _TURNING or unicodedata.category(character) in _UNWANTED


def size(text: str) -> int:
    """Return how long Slack may count `text`: in UTF-16 units, of which an emoji has two."""
    return len(text) + sum(character > "\uffff" for character in text)


def shorten(text: str, limit: int) -> str:
    """Return `text` cleaned and cut to `limit`, at a word where one ends near, with … for what is gone."""
    whole = clean(text)
    if size(whole) <= limit:
        return whole
    room = limit - 1
    kept = whole[:room]
    while size(kept) > room:
        kept = kept[:-1]
    last_space = kept.rfind(" ")
    if last_space > len(kept) * 2 // 3:
        kept = kept[:last_space]
    return kept.rstrip(" ,;:.–-") + _ELLIPSIS


def escape(text: str) -> str:
    """Return `text` for a place that is read as Slack's markup, so that it shows as it is and does nothing."""
    inert = _MARKS.sub(lambda found: found[0].translate(_INERT), text)
    inert = _ADDRESS.sub(":\u200b", _EMOJI_CODE.sub(":\u200b", inert))
    return inert.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fit(markup: str, limit: int) -> str:
    """Return Slack's markup cut to `limit`, never within a link, a mention or an escaped character."""
    if size(markup) <= limit:
        return markup
    kept = markup[: limit - 1]
    while size(kept) > limit - 1:
        kept = kept[:-1]
    for opening, closing in (("&", ";"), ("<", ">")):
        start = kept.rfind(opening)
        if start > kept.rfind(closing):
            kept = kept[:start]
    return kept.rstrip() + _ELLIPSIS


def plain(text: str) -> str:
    """Return a message's top-level text for a place that knows no markup, such as a terminal."""
    unescaped = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return unescaped.translate(_PLAIN)


def ended(sentence: str) -> str:
    """Return a sentence with a full stop, when it has no other end."""
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."


def clock(seconds: float) -> str:
    """Return a moment of a recording as `mm:ss`, or `h:mm:ss` from an hour on."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes:02}:{left:02}"


def length(seconds: float) -> str:
    """Return a recording's length as people say it: `40 s`, `42 min`, `1 h 05 min`."""
    if seconds < 60:  # noqa: PLR2004 - a minute
        return f"{max(0, round(seconds))} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min"


def count(number: int, one: str, many: str = "") -> str:
    """Return `number` with its noun: `1 action item`, `3 action items`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
