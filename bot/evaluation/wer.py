"""Word errors: how many words must be put in, left out or replaced to come from what was said to what was heard.

Both are made plain first, the same way: lower case; no marks but apostrophes within words; hyphens part words; "okay"
and "ok", "mister" and "mr" and their like are one spelling; a number up to twenty in figures is its word.
Contractions stay as they are: whether "you will" was heard for "you'll" is an error.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.evaluation.counts import Sum

_SPELLINGS: Final = {
    "ok": "okay",
    "mister": "mr",
    "missus": "mrs",
    "doctor": "dr",
    "saint": "st",
    "%": "percent",
    "&": "and",
    "alright": "all right",
    "cannot": "can not",
}
_NUMBERS: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[%&]")


@dataclass(frozen=True)
class WordErrors(Sum):
    """How many words were put in, left out and replaced, and how many were said."""

    inserted: int = 0
    deleted: int = 0
    replaced: int = 0
    said: int = 0

    @property
    def wrong(self) -> int:
        """All of them together."""
        return self.inserted + self.deleted + self.replaced

    @property
    def rate(self) -> float:
        """Errors by words said; more than 1 when much was made up; of silence each word is one error."""
        return self.wrong / max(1, self.said)


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    found: list[str] = []
    for word in _WORD.findall(plain):
        spelled = _NUMBERS[int(word)] if word.isascii() and word.isdigit() and int(word) < len(_NUMBERS) else word
        found += _SPELLINGS.get(spelled, spelled).split()
    return found


def word_errors(said: str, heard: str) -> WordErrors:
    """Return the fewest errors that lead from what was said to what was heard."""
    return compare(words(said), words(heard))


def compare(said: Sequence[str], heard: Sequence[str]) -> WordErrors:
    """Return the fewest errors between two lists of words; of equally few, those with the most words replaced."""
    # each cell: errors, then words put in, left out and replaced
    row = [(place, place, 0, 0) for place in range(len(heard) + 1)]
    for left_out, word in enumerate(said, start=1):
        diagonal, row[0] = row[0], (left_out, 0, left_out, 0)
        for place, other in enumerate(heard, start=1):
            above, before = row[place], row[place - 1]
            same = word == other
            kept = (diagonal[0] + (not same), diagonal[1], diagonal[2], diagonal[3] + (not same))
            left = (above[0] + 1, above[1], above[2] + 1, above[3])
            put = (before[0] + 1, before[1] + 1, before[2], before[3])
            diagonal, row[place] = above, min(kept, left, put, key=_fewest)
    _, inserted, deleted, replaced = row[-1]
    return WordErrors(inserted, deleted, replaced, len(said))


def _fewest(cell: tuple[int, int, int, int]) -> tuple[int, int]:
    return cell[0], -cell[3]
