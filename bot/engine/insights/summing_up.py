"""Which sentences tell the most of the work in a conversation, and which one sums it up at the end.

The highlighter says for each item which words tell what it is about. A sentence that holds many of them is worth more
than “I'll ask him tonight”; and “So that's the deck for me, and Jolanta's phoning the analyst” holds those of several.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.engine.insights.merging import matter_of, names_of
from bot.engine.insights.sentences import Sentence

COST: Final = 0.08
"""Each word of a sentence must be worth that much of a word that is sure to tell what an item is about."""

TOLD: Final = 0.4
"""A sentence speaks of an item if it holds a word that tells it with at least this chance."""

ITEMS: Final = 2
"""Who sums up speaks of so many items at least,"""

ENOUGH: Final = 1.0
"""with words that are worth so much,"""

LAST: Final = 0.9
"""after so much of the conversation."""

LENGTHS: Final = (5, 40)
"""A sentence of fewer words, or of more, is not worth a quote."""

_LEANS: Final = re.compile(r"\W*(?:(?:and|but|so|then)\W+)*(?:it|that|this|they|he|she|those|these|which)\b")
"""“It went to the wrong mailbox” says nothing by itself."""

_THATS: Final = re.compile(r"\W*(?:(?:and|so|okay|right|then)\W+)+that's\b")
"""But “So that's cones tomorrow” does."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How much of the work a sentence tells.

    Attributes:
        worth: What its words are worth: 1 for each that is sure to tell what an item is about, and for each such item.
        sums_up: Whether it is the one that sums the conversation up.
    """

    worth: float
    sums_up: bool


def tellings(sentences: Sequence[Sentence], about: Sequence[Mapping[str, float]]) -> dict[int, Telling]:
    """Return how much of the work each sentence tells, by its number; nothing where there is no work.

    Args:
        sentences: Those that people say to people.
        about: Of each item, how likely words tell what it is about, 0 to 1, by their stems.
    """
    if not sentences or not any(about):
        return {}
    names = names_of(sentences)
    chances = Counter[str]()
    for item in about:
        chances.update(item)
    worth: dict[int, float] = {}
    summing: list[int] = []
    late = sentences[int(LAST * len(sentences))].number
    for sentence in sentences:
        words, stems = len(sentence.plain.split()), sorted(matter_of(sentence.plain) - names)
        worth[sentence.number] = sum(chances[stem] for stem in stems) - COST * words
        may_sum_up = sentence.number >= late and worth[sentence.number] >= ENOUGH and stands_alone(sentence)
        if may_sum_up and _spoken_of(stems, about) >= ITEMS:
            summing.append(sentence.number)
    sums_up = max(summing, key=lambda number: worth[number], default=None)
    return {number: Telling(each, number == sums_up) for number, each in worth.items()}


def _spoken_of(stems: Sequence[str], about: Sequence[Mapping[str, float]]) -> int:
    """Return of how many items a sentence speaks."""
    return sum(any(item.get(stem, 0.0) >= TOLD for stem in stems) for item in about)


def stands_alone(sentence: Sentence) -> bool:
    """Tell whether a sentence can be quoted without what was said before it."""
    words = len(sentence.plain.split())
    leans = _LEANS.match(sentence.plain) and not _THATS.match(sentence.plain)
    return LENGTHS[0] <= words <= LENGTHS[1] and "?" not in sentence.text and not leans
