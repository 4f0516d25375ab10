"""What the reader learns from: passages of written meetings, and what it should say of each.

Three kinds of passages: every sentence with what is around it; a sentence that tells work beside a day that is named
near it; two sentences that tell work. Where a mark leaves it open, nothing is learned.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Final

from tokenizers import Tokenizer

from bench.written_meetings import Mark, WrittenMeeting
from bot.engine.insights.action_items import best_sign
from bot.engine.insights.passages import Passage, Passages
from bot.engine.insights.people import roster
from bot.engine.insights.reader import Told
from bot.engine.insights.sentences import TERMINAL, Sentence, cut
from bot.engine.insights.weighed_days import BACK, ON, Named, named_days
from bot.evaluation.gold import GoldItem, GoldMeeting
from bot.evaluation.talk import Talk, talk_of

TRAP: Final = 0.3
OWN: Final = 0.7
KIND: Final = 0.5
"""What these answers count beside the others: they are asked less, or marked less carefully."""

UNSURE: Final = 0.7
"""What a sentence counts that the rules chose among those of a turn."""

SIGN: Final = 0.2
"""Which of a turn's sentences carries its work, the rules' signs say from this score on."""

PAIRS: Final = 30
"""At most so many pairs of sentences that tell the same work are learned from in a meeting, and as many that do not."""

SHORTEST: Final = 3
"""Sentences of fewer words are not learned from: what “Sure.” answers teaches more."""

NEAR: Final = 2
CHOSEN: Final = 0.5
"""Of the sentences that stand further than that from any that is marked so many are learned from; each counts more."""


@dataclass(frozen=True, slots=True)
class Example:
    """A passage, what should be said of it, and what each answer counts; what is not named is not learned."""

    passage: Passage
    answers: Mapping[Told, float]
    counts: Mapping[Told, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Lesson:
    """A meeting with what its sentences carry.

    Attributes:
        sentences: The meeting's.
        items: Its items.
        carries: The items that a sentence carries, by its number.
        taken_on: Those that are taken on or given in it.
        dated: Those whose day is said in it.
        traps: The sentences that sound like work and are none.
        unsure: Those of which nothing is known.
        weight: What its sentences count.
        named: The days that each sentence names.
    """

    sentences: Sequence[Sentence]
    items: Sequence[GoldItem]
    carries: Mapping[int, frozenset[int]]
    taken_on: Mapping[int, frozenset[int]]
    dated: Mapping[int, frozenset[int]]
    traps: frozenset[int]
    unsure: frozenset[int]
    weight: float
    named: Mapping[int, Sequence[Named]]


def of_written(meeting: WrittenMeeting) -> Lesson:
    """Return what a meeting with marked sentences teaches."""
    talk, sentences = _heard(meeting.gold)
    marked = meeting.marked(sentences, talk)
    named = named_days(sentences, meeting.gold.held_on)
    unsure = {
        sentence.number
        for sentence, after in pairwise(sentences)
        if sentence.number not in marked and after.number in marked and _goes_on(sentence, after, talk)
    }
    return Lesson(
        sentences,
        meeting.gold.items,
        {number: _items(marks) for number, marks in marked.items() if _items(marks)},
        {number: _items(mark for mark in marks if mark.taken_on) for number, marks in marked.items()},
        _dated(meeting, marked, sentences, named, talk),
        frozenset(number for number, marks in marked.items() if any(mark.item is None for mark in marks)),
        frozenset(unsure),
        1.0,
        named,
    )


def of_gold(meeting: GoldMeeting) -> Lesson:
    """Return what a gold meeting teaches, which marks turns and not sentences."""
    talk, sentences = _heard(meeting)
    people = roster(sentences)
    named = named_days(sentences, meeting.held_on)
    turn = {sentence.number: talk.turn_of[sentence.parts[0][0]] for sentence in sentences}
    alone = [number for number in turn if sum(other == turn[number] for other in turn.values()) == 1]
    signs = {sentence.number: best_sign(sentence, people, meeting.held_on) for sentence in sentences}
    telling = {number for number in turn if number in alone or ((sign := signs[number]) and sign.score >= SIGN)}
    worked = {place for item in meeting.items for place in item.turns}
    return Lesson(
        sentences,
        meeting.items,
        {
            number: frozenset(place for place, item in enumerate(meeting.items) if turn[number] in item.turns)
            for number in telling
            if turn[number] in worked
        },
        {
            number: frozenset(place for place, item in enumerate(meeting.items) if turn[number] == item.turns[0])
            for number in telling
        },
        {
            number: frozenset(
                place
                for place, item in enumerate(meeting.items)
                if turn[number] in item.turns and any(day == item.due for _, day in days)
            )
            for number, days in named.items()
        },
        frozenset(),
        frozenset(number for number in turn if turn[number] in worked and number not in telling),
        UNSURE,
        named,
    )


def examples(lesson: Lesson, tokenizer: Tokenizer, seed: int) -> Iterator[Example]:
    """Yield the examples of a lesson, the same for the same seed."""
    sentences = lesson.sentences
    passages = Passages([one.text for one in sentences], [one.speaker for one in sentences], tokenizer)
    chance = random.Random(seed)
    telling = {near for number in (*lesson.carries, *lesson.traps) for near in range(number - NEAR, number + NEAR + 1)}
    for sentence in sentences:
        if sentence.number in lesson.unsure or len(sentence.plain.split()) < SHORTEST:
            continue
        if sentence.number in telling:
            yield from _alone(lesson, sentence, passages, 1.0)
        elif chance.random() < CHOSEN:
            yield from _alone(lesson, sentence, passages, 1 / CHOSEN)
    for number, items in lesson.carries.items():
        yield from _days(lesson, number, items, passages)
    yield from _pairs(lesson, passages, chance)


def _alone(lesson: Lesson, sentence: Sentence, passages: Passages, count: float) -> Iterator[Example]:
    number = sentence.number
    carried = lesson.carries.get(number, frozenset())
    firm = [place for place in carried if not lesson.items[place].optional]
    if carried and not firm:
        return
    first = {place: min(n for n, places in lesson.carries.items() if place in places) for place in firm}
    taken = [place for place in firm if place in lesson.taken_on.get(number, frozenset())]
    told = taken or firm
    who = sentence.speaker.name if sentence.speaker else None
    answers = {
        Told.WORK: float(bool(firm)),
        Told.TAKEN_ON: float(bool(taken)),
        Told.FIRST: float(any(first[place] == number for place in firm)),
        Told.TRAP: float(number in lesson.traps and not firm),
        Told.FOLLOW_UP: _share([lesson.items[place].follow_up for place in told]),
        Told.OWN: _share([lesson.items[place].owner == who for place in told]),
    }
    counts = {
        Told.WORK: lesson.weight if firm else count,
        Told.TAKEN_ON: lesson.weight if firm else count,
        Told.FIRST: lesson.weight if firm else count,
        Told.TRAP: TRAP,
        Told.FOLLOW_UP: KIND if firm else 0.0,
        Told.OWN: OWN if firm and who else 0.0,
    }
    yield Example(passages.around(number), answers, counts)


def _days(lesson: Lesson, number: int, items: frozenset[int], passages: Passages) -> Iterator[Example]:
    """Yield a sentence that tells work beside each day that is named near it, or is its own."""
    far = {other for other, places in lesson.dated.items() if places & items}
    for other in sorted({*range(number - BACK, number + ON + 1), *far}):
        for span, day in lesson.named.get(other, ()):
            due = any(
                place in lesson.dated.get(other, frozenset()) and lesson.items[place].due == day for place in items
            )
            open_still = all(lesson.items[place].optional for place in items)
            if not due and (open_still or any(lesson.items[place].due == day for place in items)):
                continue
            yield Example(
                passages.of_two(number, other, span),
                {Told.DUE: float(due)},
                {Told.DUE: 1.0 if due or len(items) == 1 else UNSURE},
            )


def _pairs(lesson: Lesson, passages: Passages, chance: random.Random) -> Iterator[Example]:
    """Yield pairs of sentences that tell work: the same, or not."""
    pairs = list(combinations(sorted(lesson.carries), 2))
    same = [pair for pair in pairs if lesson.carries[pair[0]] & lesson.carries[pair[1]]]
    other = [pair for pair in pairs if not lesson.carries[pair[0]] & lesson.carries[pair[1]]]
    chance.shuffle(same)
    chance.shuffle(other)
    near = sorted(other, key=lambda pair: pair[1] - pair[0])[: PAIRS // 2]
    others = list(dict.fromkeys([*near, *other]))[:PAIRS]
    for first, last in [*same[:PAIRS], *others]:
        one = float(bool(lesson.carries[first] & lesson.carries[last]))
        yield Example(passages.of_two(first, last), {Told.SAME: one}, {Told.SAME: 1.0})


def _heard(meeting: GoldMeeting) -> tuple[Talk, list[Sentence]]:
    talk = talk_of(meeting)
    return talk, cut(talk.messages)


def _dated(
    meeting: WrittenMeeting,
    marked: Mapping[int, Sequence[Mark]],
    sentences: Sequence[Sentence],
    named: Mapping[int, Sequence[Named]],
    talk: Talk,
) -> dict[int, frozenset[int]]:
    """Return whose day is said in each sentence: the marked one, or a clause of it before."""
    found: dict[int, set[int]] = {}
    for number, marks in marked.items():
        for mark in marks:
            if mark.item is None or not mark.dated:
                continue
            due, place = meeting.gold.items[mark.item].due, number
            while not any(day == due for _, day in named[place]):
                if not place or not _goes_on(sentences[place - 1], sentences[place], talk):
                    break
                place -= 1
            found.setdefault(place, set()).add(mark.item)
    return {number: frozenset(items) for number, items in found.items()}


def _goes_on(sentence: Sentence, after: Sentence, talk: Talk) -> bool:
    """Tell whether the second is a clause of the same sentence and turn."""
    same_turn = talk.turn_of[sentence.parts[0][0]] == talk.turn_of[after.parts[0][0]]
    return same_turn and not TERMINAL.search(sentence.text)


def _items(marks: Iterator[Mark] | Sequence[Mark]) -> frozenset[int]:
    return frozenset(mark.item for mark in marks if mark.item is not None)


def _share(found: Sequence[bool]) -> float:
    return sum(found) / len(found) if found else 0.0
