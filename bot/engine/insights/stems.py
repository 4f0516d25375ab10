"""Inflections taken off English words: enough to see that "samples" and "sample" are one, no more."""

import re
from typing import Final

_KEEP: Final = 4
"""Words shorter than this stay as they are."""


def stem(word: str) -> str:
    """Return a word without plural, possessive, -ed and -ing; what is left need not be a word."""
    word = re.sub(r"'s?$", "", word)
    if len(word) < _KEEP:
        return word
    for ending, put in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + put
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= _KEEP - 1 and re.search(r"[aeiouy]", rest):
            word = rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "sl" else rest
            break
    return word[:-1] if word.endswith("e") and len(word) > _KEEP else word
