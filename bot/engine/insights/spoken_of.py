"""What an item is about, where its own words do not say it: “Tonight, before I go” is no use to anybody alone.

What was said around it is looked through for a sentence that tells more, and that is quoted in brackets. Sentences that
told the same work come first; of others the reader must say that they are about the same.
"""

import re
from collections.abc import Sequence
from typing import Final

from bot.engine.insights.merging import Task, matter_of
from bot.engine.insights.reader import Pair, Reading, Told
from bot.engine.insights.referents import CHATTER, LEANS, Referent, quotation, things
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.turns import Family

BACK, ON = 8, 4
"""So many sentences before and after are looked at."""

ASKED: Final = 3
"""So many of them, those that tell most, the reader is asked about."""

SAME: Final = 0.0
"""And it must say so with these log odds."""

ENOUGH: Final = 4.0
"""And it must tell so much, unless the item has no words of work at all."""

NEW: Final = 2
"""A sentence tells more when so many of its telling words are not in the item."""

_MOST: Final = 6
"""More words than that tell no more."""

_LATER: Final = 0.33
"""What is said later tells less what something is about, by so much for each sentence."""

_PRONOUN: Final = re.compile(
    r"\b(?:it|them|that|this|those|these|one|him|her|he|she|they|there|then|so|some|any|both)\b"
)
_ASKS: Final = re.compile(
    r"\?\s*$|^\W*(?:can|could|would|will|who|shall|should)\b"
    r"|\b(?:need|needs|want|wants|has to|have to|should|must|somebody|someone)\b"
)


def spoken_of(task: Task, text: str, sentences: Sequence[Sentence], reading: Reading) -> Referent | None:
    """Return what was said around a task that tells what it is about; None where its text does, or nothing does.

    Args:
        task: What is to be done.
        text: In which words it is shown.
        sentences: The whole conversation.
        reading: What the reader makes of it.
    """
    known = matter_of(text.lower())
    if "“" in text or not _is_vague(text.lower(), known) or not reading.heard(task.cue.sentence.number):
        return None
    place = task.cue.sentence.number
    worth = {
        number: tells
        for number in range(max(0, place - BACK), min(len(sentences), place + ON + 1))
        if number != place and (tells := _tells(sentences[number], known, number - place)) and reading.heard(number)
    }
    told = [number for number in worth if number in task.told_or_taken_in]
    if told:
        return quotation(sentences[max(told, key=worth.__getitem__)])
    if task.cue.family is not Family.HEARD:
        worth = {number: tells for number, tells in worth.items() if tells >= ENOUGH}
    return _alike(place, worth, sentences, reading)


def _alike(place: int, worth: dict[int, float], sentences: Sequence[Sentence], reading: Reading) -> Referent | None:
    """Return what the reader takes for the same work, the sentence that tells most first."""
    best = sorted(worth, key=lambda number: -worth[number])[:ASKED]
    odds = reading.of_pairs([Pair(min(place, other), max(place, other)) for other in best], Told.SAME)
    return next((quotation(sentences[other]) for other, like in zip(best, odds, strict=True) if like >= SAME), None)


def _is_vague(flat: str, known: frozenset[str]) -> bool:
    """Tell whether nobody knows from a text alone what it is about."""
    return not known or (len(known) < NEW and bool(_PRONOUN.search(flat)))


def _tells(sentence: Sentence, known: frozenset[str], after: int) -> float:
    """Return how much a sentence tells besides what is known; 0 when that is too little."""
    new = len(matter_of(sentence.plain) - known)
    if new < NEW or CHATTER.match(sentence.plain):
        return 0.0
    good = bool(things(sentence.plain)) + bool(_ASKS.search(sentence.plain)) - bool(LEANS.match(sentence.plain))
    return min(new, _MOST) + good - _LATER * max(0, after)
