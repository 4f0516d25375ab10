"""What was talked about: key phrases, by how often, how widely and how unusually they are said."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.engine.insights.common_words import COMMON, FOREIGN_STOP_WORDS
from bot.engine.insights.names import GIVEN_NAMES
from bot.engine.insights.people import AMBIGUOUS, Roster
from bot.engine.insights.sentences import Sentence, plain
from bot.engine.insights.stems import stem
from bot.engine.insights.vocabulary import (
    CALENDAR_WORDS,
    FILLERS,
    NUMBER_WORDS,
    ORDINALS,
    STOP_WORDS,
    TASK_VERBS,
    WEAK_VERBS,
    words,
)
from bot.engine.records import Topic

MOST: Final = 12
"""At most so many topics are returned; the caller's threshold leaves about eight."""

LONGEST: Final = 3
"""Words in a topic, at most."""

_FEW: Final = 60
"""In conversations of fewer sentences, what is said once can be a topic."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PER_LENGTH: Final = {1: 1.0, 2: 1.7, 3: 1.9}
"""How much more a phrase says than a word, said as often."""

_FULL: Final = 2.2
"""Worth from which on a topic has the full score: a phrase of two rare words said about thrice."""

_WORKING: Final = frozenset(map(stem, TASK_VERBS | WEAK_VERBS))
"""Verbs of work are what one does with a topic."""

_SUBJECT_BEFORE: Final = re.compile(
    r"(?:\b(?:does|do|did|will|can|could|should)\s+(?:it|this|that|you)|\b(?:i|we|they|he|she|will|would|can|could|should|shall|must|cannot|let's|gonna|who|please)|'ll|n't|'d)"
    r"(?:\s+(?:also|just|still|really|always|never|not|all|\w+ly))*\s+$"
)
"""What is followed by a verb."""

_VERB_BEFORE: Final = re.compile(r"\b(?:to|you|it|this|that|and then|not|or)\s+$")
_OBJECT_AFTER: Final = re.compile(
    r"\s+(?:to|the|a|an|it|them|us|me|him|her|you|our|my|your|their|his|these|those|this|that|all|some|any)\b"
)
"""What follows a verb, and seldom a noun."""

_PARTICIPLE: Final = re.compile(
    r"[a-z]{3}(?<!e)ed$|^(?:paid|broke|broken|sent|sold|told|lost|went|ran|came|fell|wrote|grew|drew|won|led|hit)$"
)
"""“Page loaded” is a happening; “recycled paper” is a thing."""

_SHORTEST_ADVERB: Final = 5
_NO_ADVERBS: Final = words(
    "family supply assembly anomaly monopoly butterfly italy reply weekly monthly daily quarterly"
)

_COMMON_WORTH: Final = 0.25
"""What a word is worth that is said in most meetings, whatever they are about."""


@dataclass(slots=True)
class _Phrase:
    spoken: Counter[str] = field(default_factory=Counter)
    sentences: list[int] = field(default_factory=list)
    message_ids: dict[str, None] = field(default_factory=dict)


def find_topics(sentences: Sequence[Sentence], people: Roster, language: str | None) -> list[Topic]:
    """Return the topics of a conversation, best first, with scores from 0 to 1.

    Args:
        sentences: The whole conversation.
        people: Who speaks and is spoken of: names are no topics.
        language: Two letters, or None; other languages than English have short lists of stop words, or none.
    """
    english = (language or "en")[:2].lower() == "en"
    dull = _dull(people, language)
    phrases: dict[tuple[str, ...], _Phrase] = defaultdict(_Phrase)
    for sentence in sentences:
        for run in _runs(sentence, dull, english=english):
            for size in range(1, LONGEST + 1):
                for first in range(len(run) - size + 1):
                    chunk = run[first : first + size]
                    if english and _PARTICIPLE.search(chunk[-1][0].lower()):
                        continue
                    phrase = phrases[tuple(stem(plain(word)) for word, _ in chunk)]
                    phrase.spoken[" ".join(word for word, _ in chunk)] += 1
                    phrase.sentences.append(sentence.number)
                    start, end = chunk[0][1], chunk[-1][1] + len(chunk[-1][0])
                    phrase.message_ids.update(dict.fromkeys(sentence.message_ids(start, end)))
    return _chosen(phrases, len(sentences))


def _dull(people: Roster, language: str | None) -> frozenset[str]:
    names = {part for person in people.speakers for part in re.split(r"[\s._-]+", plain(person.name))}
    names |= {part for name in people.others for part in plain(name).split()}
    names |= GIVEN_NAMES - AMBIGUOUS
    english = (language or "en")[:2].lower() == "en"
    stop = STOP_WORDS if english else FOREIGN_STOP_WORDS.get((language or "")[:2].lower(), frozenset()) | FILLERS
    return frozenset(names) | stop | CALENDAR_WORDS | NUMBER_WORDS.keys() | ORDINALS.keys()


def _acts(flat: str, match: re.Match[str]) -> bool:
    """Tell a verb by its neighbours: "we invite marketing", "the app moves to", "to send the"."""
    before, after = flat[: match.start()], flat[match.end() :]
    if _SUBJECT_BEFORE.search(before):
        return True
    return stem(match[0].lower()) in _WORKING and bool(
        _VERB_BEFORE.search(before) or _OBJECT_AFTER.match(after) or not re.search(r"\w", before)
    )


def _runs(sentence: Sentence, dull: frozenset[str], *, english: bool) -> Iterator[list[tuple[str, int]]]:
    """Find the stretches of words that say something, unbroken by stop words and punctuation."""
    run: list[tuple[str, int]] = []
    end = 0
    for match in _WORD.finditer(sentence.text):
        flat = sentence.plain[match.start() : match.end()]
        empty = _says_nothing(flat, dull) or (english and (_is_adverb(flat) or _acts(sentence.plain, match)))
        broken = sentence.plain[end : match.start()].strip() != "" or empty
        if broken and run:
            yield run
            run = []
        if not empty:
            run.append((match[0], match.start()))
        end = match.end()
    if run:
        yield run


def _is_adverb(flat: str) -> bool:
    return flat.endswith("ly") and len(flat) > _SHORTEST_ADVERB and flat not in _NO_ADVERBS


def _says_nothing(flat: str, dull: frozenset[str]) -> bool:
    return (
        flat in dull
        or flat.removesuffix("'s") in dull
        or len(flat) < LONGEST
        or not flat[0].isalpha()
        or "'" in flat[:-2]
    )


def _chosen(phrases: dict[tuple[str, ...], _Phrase], total: int) -> list[Topic]:
    worth = {key: _worth(key, phrase, total) for key, phrase in phrases.items()}
    ranked = sorted((key for key in worth if worth[key] > 0), key=lambda key: (-worth[key], key))
    chosen: list[tuple[str, ...]] = []
    for key in ranked:
        if not any(_covers(other, key) for other in chosen):
            chosen.append(key)
        if len(chosen) == MOST:
            break
    if not chosen:
        return []
    top = max(worth[chosen[0]], _FULL)
    return [
        Topic(
            _spoken(phrases[key]),
            round(min(1.0, math.sqrt(worth[key] / top)), 4),
            tuple(phrases[key].message_ids),
        )
        for key in chosen
    ]


def _worth(key: tuple[str, ...], phrase: _Phrase, total: int) -> float:
    times = len(phrase.sentences)
    if times < (2 if total >= _FEW or len(key) > 1 else 1) and not (total < _FEW and len(key) > 1):
        return 0.0
    common = [word in COMMON or word in _WORKING for word in key]
    if all(common) and len(key) > 1:
        return 0.0
    rarity = sum(_COMMON_WORTH if is_common else 1.0 for is_common in common) / len(key)
    reach = (max(phrase.sentences) - min(phrase.sentences) + 1) / max(total, 1)
    return math.log1p(times) * _PER_LENGTH[len(key)] * rarity * (0.7 + 0.3 * math.sqrt(reach))


def _covers(taken: tuple[str, ...], key: tuple[str, ...]) -> bool:
    """Tell whether one phrase is part of the other: they are one topic."""
    return bool(set(taken) <= set(key) or set(key) <= set(taken))


def _spoken(phrase: _Phrase) -> str:
    """Return the commonest way to say it; in lower case, unless it is always written otherwise."""
    by_form: Counter[str] = Counter()
    for form, times in phrase.spoken.items():
        by_form[form.lower()] += times
    lower = min(by_form, key=lambda form: (-by_form[form], form))
    written = [form for form in phrase.spoken if form.lower() == lower]
    return lower if lower in written or len(written) > 1 else written[0]
