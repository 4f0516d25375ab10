"""Who says a line: "Name: words" told from "Remember: words"."""

import re
from collections import Counter
from collections.abc import Iterable

_MAX_NAME = 60
_MAX_WORDS = 5
#: Label and words. A colon needs a space after it (10:30, https://), the full-width one of Chinese and Japanese none.
_LABEL = re.compile(r"^(?:>>\s*|[-–—•*]\s+)?(?P<name>[^:：\n]{1,80})(?::(?=\s|$)|：)\s*(?P<words>.*)$")
_NAME = re.compile(r"^[^\W\d_][\w .,'’`@&/|()\[\]+-]*$")
_ADDED = re.compile(
    r"\s*[(\[](guest|external|you|me|host|co-?host|presenter|organi[sz]er|unverified|he|she|they|[a-z]+/[a-z]+)[)\]]$",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    {"al", "bin", "da", "das", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "la", "le", "of", "the"}
    | {"ter", "van", "von", "y", "zu", "and", "from", "in"}
)
#: What stands before a colon in texts of every kind, and is nobody's name.
_NOBODY = frozenset(
    {"action", "action item", "action items", "actions", "agenda", "also", "apologies", "attendees", "because", "but"}
    | {
        "cc",
        "client",
        "conclusion",
        "context",
        "date",
        "deadline",
        "decision",
        "decisions",
        "duration",
        "e.g",
        "example",
    }
    | {"first", "from", "fyi", "goal", "however", "i.e", "idea", "important", "invited", "kind", "language", "link"}
    | {"location", "meeting", "minutes", "next steps", "no", "note", "notes", "ok", "okay", "outcome", "participants"}
    | {
        "passcode",
        "password",
        "place",
        "present",
        "ps",
        "re",
        "recording",
        "remember",
        "result",
        "second",
        "so",
        "start",
    }
    | {"status", "style", "subject", "summary", "time", "title", "to", "to do", "todo", "topic", "topics", "transcript"}
    | {"update", "url", "warning", "well", "when", "where", "yes"}
)
_OFTEN = 3
_TWICE = 2


def split_label(line: str) -> tuple[str, str] | None:
    """Split "Name: words" when what stands before the colon can be a name; the words may be empty."""
    match = _LABEL.match(line)
    if match is None:
        return None
    name = clean_name(match["name"])
    return (name, match["words"].strip()) if can_be_name(name) else None


def clean_name(name: str) -> str:
    """Return a name without what meeting programs add to it: brackets, stars, (Guest)."""
    bare = " ".join(name.replace("**", "").replace("__", "").split()).strip(" *_|,-–—")
    if bare.startswith("[") and bare.endswith("]"):
        bare = bare[1:-1].strip()
    while True:
        shorter = _ADDED.sub("", bare)
        if shorter == bare:
            return bare
        bare = shorter


def can_be_name(name: str) -> bool:
    """Say whether this is shaped like a name, or "Speaker 1"; in small letters it may be."""
    return (
        0 < len(name) <= _MAX_NAME
        and len(name.split()) <= _MAX_WORDS
        and name.casefold().rstrip(".") not in _NOBODY
        and _NAME.match(name) is not None
    )


def is_name_like(name: str) -> bool:
    """Say whether a name is written as one: each word with a capital, or in a script that has none."""
    words = re.findall(r"[^\W\d_][^\W_]*", name)
    return can_be_name(name) and bool(words) and words[0].lower() not in _PARTICLES and all(
        not word[0].islower() or word.lower() in _PARTICLES or "@" in name for word in words
    )  # fmt: skip


def trusted_names(labels: Iterable[str | None]) -> frozenset[str]:
    """Say which labels are speakers, given each turn's label or None.

    A name comes back, or nearly every turn of the text has one; "Remember: we ship on Friday" does neither. What is
    not written like a name has to come back often.
    """
    turns = list(labels)
    counts = Counter(label for label in turns if label is not None)
    mostly = sum(counts[label] for label in counts if is_name_like(label)) * 2 >= len(turns)
    return frozenset(
        label
        for label, count in counts.items()
        if (count >= _OFTEN or ((count >= _TWICE or mostly) and is_name_like(label)))
    )
