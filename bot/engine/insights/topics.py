"""What was talked about: key phrases, by how often, how widely and how unusually they are said."""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from bot.engine.insights.chapters import Stretch
from bot.engine.insights.common_words import COMMON
from bot.engine.insights.nouns import WORKING, Phrase, Phrases
from bot.engine.records import Topic

MOST: Final = 12
"""At most so many topics are returned; the caller's threshold leaves about eight."""

_FEW: Final = 60
"""In conversations of fewer sentences, what is said once can be a topic."""

_PER_LENGTH: Final = {1: 1.0, 2: 1.7, 3: 1.9}
"""How much more a phrase says than a word, said as often."""

_FULL: Final = 2.2
"""Worth from which on a topic has the full score: a phrase of two rare words said about thrice."""

_COMMON_WORTH: Final = 0.25
"""What a word is worth that is said in most meetings, whatever they are about."""

_LEADING: Final = 0.6
"""The title of a chapter scores at least so much as a topic: it is what several minutes are about."""

_WITHIN: Final = 0.6
"""A topic that is spoken of in one chapter in at least so many of its times is part of what that one is about."""


def find_topics(phrases: Phrases, stretches: Sequence[Stretch], total: int) -> list[Topic]:
    """Return the topics of a conversation, best first, with scores from 0 to 1.

    Args:
        phrases: What is named in it.
        stretches: Its chapters; their titles are topics, and parents of what is mostly spoken of in them.
        total: How many sentences it has.
    """
    worths = {key: worth(key, phrase, total) for key, phrase in phrases.items()}
    titles = {stretch.key for stretch in stretches if len(phrases[stretch.key].sentences) > 1}
    ranked = sorted((key for key in worths if worths[key] > 0), key=lambda key: (-worths[key], key))
    chosen = sorted(titles, key=lambda key: (-worths[key], key))[:MOST]
    for key in ranked:
        if len(chosen) == MOST:
            break
        if not any(_covers(other, key) for other in chosen):
            chosen.append(key)
    top = max([_FULL, *(worths[key] for key in chosen)])
    parents = _parents(phrases, chosen, stretches)
    topics = [
        Topic(
            phrases[key].text(),
            round(max(_LEADING * (key in titles), min(1.0, math.sqrt(worths[key] / top))), 4),
            tuple(phrases[key].message_ids),
            parents.get(key),
        )
        for key in chosen
    ]
    return sorted(topics, key=lambda topic: -topic.score)


def worth(key: tuple[str, ...], phrase: Phrase, total: int) -> float:
    """Return how much a phrase tells of what `total` sentences are about; 0 for what tells nothing."""
    times = len(phrase.sentences)
    if times < (2 if total >= _FEW or len(key) > 1 else 1) and not (total < _FEW and len(key) > 1):
        return 0.0
    common = [word in COMMON or word in WORKING for word in key]
    if all(common) and len(key) > 1:
        return 0.0
    rarity = sum(_COMMON_WORTH if is_common else 1.0 for is_common in common) / len(key)
    reach = (max(phrase.sentences) - min(phrase.sentences) + 1) / max(total, 1)
    return math.log1p(times) * _PER_LENGTH[len(key)] * rarity * (0.7 + 0.3 * math.sqrt(reach))


def _parents(
    phrases: Phrases, chosen: Sequence[tuple[str, ...]], stretches: Sequence[Stretch]
) -> Mapping[tuple[str, ...], str]:
    """Return the text of the chapter's topic that each finer topic is a part of."""
    leading = [stretch.key for stretch in stretches]
    starts = [stretch.first for stretch in stretches]
    parents: dict[tuple[str, ...], str] = {}
    for key in chosen:
        if key in leading or not starts:
            continue
        within = Counter(max(0, bisect_right(starts, number) - 1) for number in phrases[key].sentences)
        place, times = min(within.items(), key=lambda pair: (-pair[1], pair[0]))
        if times >= _WITHIN * within.total() and leading[place] in chosen:
            parents[key] = phrases[leading[place]].text()
    return parents


def _covers(taken: tuple[str, ...], key: tuple[str, ...]) -> bool:
    """Tell whether one phrase is part of the other: they are one topic."""
    return bool(set(taken) <= set(key) or set(key) <= set(taken))
