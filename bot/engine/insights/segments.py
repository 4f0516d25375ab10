"""Where a conversation turns to something else: the cuts that make what lies between them most alike.

A conversation is read in units: whole turns, put together until they are some words long. Each unit is a vector of its
words (by how rare they are) and of who speaks. Of all ways to cut the conversation the one is taken that explains most
of the units' variance, less a cost for each cut; a cut where somebody says that something else comes next is cheaper.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.engine.insights.common_words import COMMON, FOREIGN_STOP_WORDS
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.shifts import shift, turns_away
from bot.engine.insights.stems import stem
from bot.engine.insights.vocabulary import CALENDAR_WORDS, FILLERS, STOP_WORDS, words

UNIT: Final = 25
"""Words that a unit has at least. From 15 to 35 the cuts of AMI's meetings are about equally good."""

MOST_UNITS: Final = 600
"""Longer conversations have larger units: the time is quadratic in their number."""

LONGEST_UNIT: Final = 8
"""A turn of more than so many units' words is cut: a talk has chapters too."""

SHORTEST: Final = 60
"""Words of a chapter, at least."""

COST: Final = 0.35
"""What a cut costs, in the mean variance of a unit, times the root of the number of units: long meetings have more
chapters, but not in proportion. From 0.28 to 0.4 the cuts of AMI's meetings are about equally good."""

COST_UNHEARD: Final = 0.22
"""The same where nobody knows who speaks: words alone vary more from unit to unit, and less from chapter to chapter."""

SPEAKERS: Final = 0.7
"""How much who speaks counts beside what is said: reports and presentations are chapters."""

_EARLY: Final = 6
"""Words after which a unit ends early where somebody says that something else comes next."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_ECHO: Final = FILLERS | words(
    "yeah yes yep yup no nope okay ok right sure alright exactly true well so and but good great fine nice cool thanks"
    " thank you kay 'cause it's that's i see know all the a of course mm"
)
_LONGEST_ECHO: Final = 5
_SHORTEST_WORD: Final = 3

Matrix = NDArray[np.float64]


@dataclass(slots=True)
class _Unit:
    """Sentences that are read together: the first one's number, their words, and how many of them each one says."""

    first: int
    words: list[str]
    said_by: Counter[str]
    shift: float


def chapter_starts(sentences: Sequence[Sentence], language: str | None) -> list[int]:
    """Return the numbers of the sentences that begin a chapter, the first one among them.

    Args:
        sentences: The whole conversation.
        language: Two letters, or None; how people turn to something else is known for English only.
    """
    english = language in {None, "en"}
    units = list(_units(sentences, english=english))
    if not units:
        return []
    # who said the first words begins the first chapter, whatever was left out before
    return [0, *(units[place].first for place in _cuts(units, _vectors(units, language)))]


def _units(sentences: Sequence[Sentence], *, english: bool) -> Iterator[_Unit]:
    size = max(UNIT, math.ceil(sum(len(_spoken(each.plain)) for each in sentences) / MOST_UNITS))
    unit: _Unit | None = None
    before: Sentence | None = None
    for sentence in sentences:
        spoken = _spoken(sentence.plain)
        if not spoken or (english and len(spoken) <= _LONGEST_ECHO and _ECHO.issuperset(spoken)):
            continue
        in_turn = before is not None and before.speaker is not None and before.speaker == sentence.speaker
        before = sentence
        if unit is not None and _is_full(unit, size, sentence, in_turn=in_turn, english=english):
            yield unit
            unit = None
        if unit is None:
            unit = _Unit(sentence.number, [], Counter(), shift(sentence.plain) if english else 0.0)
        unit.words += spoken
        unit.said_by[sentence.speaker.id or sentence.speaker.name if sentence.speaker else ""] += len(spoken)
    if unit is not None:
        yield unit


def _is_full(unit: _Unit, size: int, following: Sentence, *, in_turn: bool, english: bool) -> bool:
    away = english and turns_away(following.plain)
    if in_turn:
        return len(unit.words) >= size * (1 if away else LONGEST_UNIT)
    return len(unit.words) >= (_EARLY if away else size)


def _spoken(flat: str) -> list[str]:
    """Return the words of a text; of writing without blanks, each two letters that stand side by side."""
    found = _WORD.findall(flat)
    if not _UNSPACED.search(flat):
        return found
    parts: list[str] = []
    for word in found:
        unspaced = bool(_UNSPACED.search(word)) and len(word) > 1
        parts += [word[place : place + 2] for place in range(len(word) - 1)] if unspaced else [word]
    return parts


def _vectors(units: Sequence[_Unit], language: str | None) -> Matrix:
    """Return a row for each unit: its words and its speakers, both with a mean of zero and a mean length of one."""
    weights = _weights(units)
    said = _centred(_words(units, language), weights)
    column = {who: place for place, who in enumerate(sorted({who for unit in units for who in unit.said_by}))}
    shares = np.zeros((len(units), len(column)))
    for row, unit in zip(shares, units, strict=True):
        for who, spoken_words in unit.said_by.items():
            row[column[who]] = spoken_words / len(unit.words)
    spoken = _centred(shares, weights) * SPEAKERS
    return np.hstack([said, spoken]) / math.sqrt(1 + SPEAKERS**2)


def _words(units: Sequence[_Unit], language: str | None) -> Matrix:
    bags = [Counter(_telling(unit.words, language)) for unit in units]
    spread = Counter(word for bag in bags for word in bag)
    column = {word: place for place, word in enumerate(sorted(word for word in spread if spread[word] > 1))}
    rows = np.zeros((len(units), max(1, len(column))))
    for row, bag in zip(rows, bags, strict=True):
        for word, times in bag.items():
            if word in column:
                row[column[word]] = math.log1p(times) * math.log(len(units) / spread[word])
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    result: Matrix = rows / np.maximum(lengths, 1e-9)
    return result


def _telling(spoken: Sequence[str], language: str | None) -> Iterator[str]:
    """Leave out what is said in every conversation; of English words keep the stem."""
    if language in {None, "en"}:
        stems = (stem(word) for word in spoken if word not in STOP_WORDS and word not in CALENDAR_WORDS)
        yield from (word for word in stems if len(word) >= _SHORTEST_WORD and word not in COMMON)
        return
    small = FOREIGN_STOP_WORDS.get(language or "", frozenset())
    long_enough = (word for word in spoken if len(word) >= _SHORTEST_WORD or _UNSPACED.search(word))
    yield from (word for word in long_enough if word not in small)


def telling(flat: str, language: str | None) -> Iterator[str]:
    """Return the words of a text that are not said in every conversation; of English words the stem."""
    yield from _telling(_spoken(flat), language)


def _weights(units: Sequence[_Unit]) -> Matrix:
    lengths = np.array([len(unit.words) for unit in units], dtype=float)
    weights: Matrix = lengths / lengths.mean()
    return weights


def _centred(rows: Matrix, weights: Matrix) -> Matrix:
    centred = rows - np.average(rows, axis=0, weights=weights)
    length = math.sqrt(float(np.average((centred**2).sum(axis=1), weights=weights)))
    result: Matrix = centred / (length or 1.0)
    return result


def _cuts(units: Sequence[_Unit], vectors: Matrix) -> list[int]:
    """Return the units that begin a chapter, but the first: the best of all ways to cut."""
    weights = _weights(units)
    total = len(units)
    told_apart = len({who for unit in units for who in unit.said_by}) > 1
    cost = (COST if told_apart else COST_UNHEARD) * math.sqrt(total)
    cheaper = np.array([unit.shift for unit in units]) * cost
    # the squared length of any stretch's sum, from the products of all sums from the beginning
    sums = np.vstack([np.zeros(vectors.shape[1]), np.cumsum(vectors * weights[:, None], axis=0)])
    products: Any = sums @ sums.T
    squares = np.diag(products)
    lengths = np.concatenate([[0.0], np.cumsum(weights)])
    shortest = SHORTEST / (sum(len(unit.words) for unit in units) / total)
    best = np.full(total + 1, -np.inf)
    best[0] = 0.0
    begins = np.zeros(total + 1, dtype=int)
    for end in range(1, total + 1):
        length = lengths[end] - lengths[:end]
        alike = (squares[end] - 2 * products[end, :end] + squares[:end]) / length
        worth = best[:end] + alike - cost + np.where(np.arange(end) > 0, cheaper[:end], 0.0)
        worth[(length < shortest) & (np.arange(end) > 0)] = -np.inf
        if end < total and length[0] < shortest:
            worth[0] = -np.inf
        begins[end] = int(np.argmax(worth))
        best[end] = worth[begins[end]]
    cuts: list[int] = []
    place = int(begins[total])
    while place > 0:
        cuts.append(place)
        place = int(begins[place])
    return cuts[::-1]
