"""The chapters of a conversation: stretches that are about one thing, each called by what is named most in it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.engine.insights.common_words import COMMON
from bot.engine.insights.nouns import WORKING, Phrases
from bot.engine.insights.segments import chapter_starts
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.shifts import names_what_comes
from bot.engine.records import Chapter

_OPENING: Final = 3
"""Sentences at the beginning of a chapter in which people name what comes."""

_NAMED: Final = 1.5
"""How much more a phrase counts that is named there."""

_ANNOUNCED: Final = 2.5
"""How much more it counts when the chapter begins with its mere name."""

_SHORT_REACH: Final = 0.8
"""What is spoken of from a chapter's beginning to its end tells (1 + this) / this times as much as a passing joke."""

_TWICE: Final = 2

_LONGER: Final = {1: 1.0, 2: 1.5, 3: 1.6}
_COMMON_WORTH: Final = 0.25


@dataclass(frozen=True, slots=True)
class Stretch:
    """A chapter before it is shown: its sentences, from `first` to `last`, and the stems of its title's words."""

    first: int
    last: int
    key: tuple[str, ...]
    title: str


def find_stretches(sentences: Sequence[Sentence], phrases: Phrases, language: str | None) -> list[Stretch]:
    """Return the chapters in order; what has no name of its own belongs to the chapter before it.

    Args:
        sentences: The whole conversation.
        phrases: What is named in it.
        language: Two letters, or None.

    Returns:
        None at all where a conversation is about one thing.
    """
    starts = chapter_starts(sentences, language)
    edges = [*starts, len(sentences)]
    found: list[Stretch] = []
    taken: set[str] = set()
    begin = 0
    for start, end in pairwise(edges):
        key = _title(phrases, sentences[start:end], len(sentences), taken)
        if key is None and found:
            found[-1] = Stretch(found[-1].first, end - 1, found[-1].key, found[-1].title)
            begin = end
        elif key is not None:
            title = phrases[key].text()
            taken.update(key)
            found.append(Stretch(begin, end - 1, key, title[:1].upper() + title[1:]))
            begin = end
    return found if len(found) > 1 else []


def chapters_of(stretches: Sequence[Stretch], sentences: Sequence[Sentence]) -> tuple[Chapter, ...]:
    """Return chapters with their messages; one that is cut inside a message gives it to the earlier chapter."""
    chapters: list[Chapter] = []
    used: set[str] = set()
    for stretch in stretches:
        held = [one for each in sentences[stretch.first : stretch.last + 1] for one in each.message_ids()]
        own = tuple(one for one in dict.fromkeys(held) if one not in used)
        used.update(own)
        if own:
            chapters.append(Chapter(stretch.title, own))
    return tuple(chapters)


def _title(phrases: Phrases, here: Sequence[Sentence], total: int, taken: set[str]) -> tuple[str, ...] | None:
    """Return what is named most here and least elsewhere; None when nothing is named twice, or to begin with."""
    start, end = here[0].number, here[-1].number + 1
    announced = names_what_comes(here[0].plain)
    best: tuple[float, tuple[str, ...]] | None = None
    for key, phrase in phrases.items():
        times = [number for number in phrase.sentences if start <= number < end]
        first = announced and times[:1] == [start]
        if (len(times) < _TWICE and not first) or taken & set(key):
            continue
        common = [word in COMMON or word in WORKING for word in key]
        if all(common):
            continue
        rarity = sum(_COMMON_WORTH if is_common else 1.0 for is_common in common) / len(key)
        own = len(times) / (len(times) + len(phrase.sentences) * (end - start) / total)
        named = _ANNOUNCED if first else _NAMED if times[0] < start + _OPENING else 1.0
        reach = 1.0 if first else (times[-1] - times[0] + 1) / (end - start)
        worth = math.log1p(len(times)) * own * rarity * _LONGER[len(key)] * named * (_SHORT_REACH + reach)
        if best is None or (worth, key) > best:
            best = worth, key
    return best[1] if best else None
