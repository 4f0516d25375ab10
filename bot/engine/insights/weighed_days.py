"""By when work is due, when the rules and the reader are both heard.

The rules find days and what they mean, and say which one is the deadline; the reader says of each day that is named
around the work how likely it is. Only days that were named count, so the reader cannot make one up.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bot.engine.insights.due_dates import last_day
from bot.engine.insights.merging import Task
from bot.engine.insights.named_days import NamedDays
from bot.engine.insights.reader import Pair, Reading, Told
from bot.engine.insights.same_days import same_day_at
from bot.engine.insights.sentences import Sentence

BACK, ON = 10, 14
"""A day that is named at most so many sentences before the work, or after what was last said of it, may be its own."""

MOST: Final = 4
"""The reader is asked of so many days at most, the one that the rules say and the nearest: each takes milliseconds."""

AGREED: Final = -8.0
"""What the rules say holds, unless the reader gives it less than this, in log odds."""

ALONE: Final = -0.5
"""A day that only the reader takes for the deadline needs so much."""

RATHER: Final = 3.0
"""And so much more than the one that the rules say."""

OTHERS: Final = 3.0
"""A day in a sentence that tells other work is so much less likely than the reader says."""


Named = tuple[tuple[int, int], date]
"""From which character to which a sentence names a day, and the day it is if it is a deadline."""


def weighed_days(
    tasks: Sequence[Task], sentences: Sequence[Sentence], base: date, reading: Reading, firm: float
) -> list[Task]:
    """Return the tasks, each with the deadline that the rules and the reader together find.

    Args:
        tasks: With the deadlines that the rules say.
        sentences: The whole conversation.
        base: The day of the meeting.
        reading: What the reader makes of it.
        firm: Tasks with a lower score are left as they are.
    """
    named = named_days(sentences, base)
    told = [task for task in tasks if task.score >= firm]
    telling = frozenset[int]().union(*(task.told_in for task in told))
    open_still = [task for task in told if not (task.due and task.due[1])]
    reading.of_pairs([pair for task in open_still for pair, _ in _asked(task, named, reading)], Told.DUE)  # together
    return [_dated(task, telling, named, reading) if task.score >= firm else task for task in tasks]


def named_days(sentences: Sequence[Sentence], base: date) -> dict[int, tuple[Named, ...]]:
    """Return the days that each sentence names, by its number."""
    days = NamedDays(sentences, base)
    return {sentence.number: tuple(mentions(sentence, days, base)) for sentence in sentences}


def mentions(sentence: Sentence, named: NamedDays, base: date) -> Iterator[Named]:
    """Yield the days that a sentence names; those that are over are left out."""
    spans = [((each.offset, each.stop), last_day(sentence.plain, each)) for each in named.of(sentence)]
    at = same_day_at(sentence.plain)
    if at is not None and not any(start < at[1] and at[0] < stop for (start, stop), _ in spans):
        spans.append((at, base))
    return (each for each in spans if each[1] >= base)


def likely(
    task: Task, telling: frozenset[int], named: Mapping[int, Sequence[Named]], reading: Reading
) -> dict[date, float]:
    """Return the days that are named around a task, with how likely it is due then, in log odds.

    Args:
        task: What is due.
        telling: The numbers of the sentences that tell this or other work.
        named: The days that each sentence names.
        reading: What the reader makes of the conversation.
    """
    found = _asked(task, named, reading)
    others = telling - task.told_or_taken_in
    odds: dict[date, float] = {}
    for (pair, day), told in zip(found, reading.of_pairs([pair for pair, _ in found], Told.DUE), strict=True):
        weighed = told - OTHERS if pair.other in others else told
        odds[day] = max(weighed, odds.get(day, weighed))
    return odds


def _asked(task: Task, named: Mapping[int, Sequence[Named]], reading: Reading) -> list[tuple[Pair, date]]:
    """Return what the reader is asked of a task: the days that are named around it, each beside what tells the task."""
    told = [number for number in sorted(task.told_or_taken_in) if reading.heard(number)]
    first, last = task.cue.sentence.number, max(task.said_last, task.cue.sentence.number)
    if first not in told:
        return []
    found = [
        (number, span, day)
        for number in range(max(0, first - BACK), last + ON + 1)
        if reading.heard(number)
        for span, day in named.get(number, ())
    ]
    said = task.due[0] if task.due else None
    nearest = sorted(found, key=lambda each: (each[2] != said, min(abs(each[0] - one) for one in told)))[:MOST]
    return [
        (Pair(teller, number, span), day)
        for number, span, day in nearest
        for teller in {first, min(told, key=lambda each: abs(each - number))}
    ]


def chosen(
    said: date | None,
    odds: Mapping[date, float],
    agreed: float = AGREED,
    alone: float = ALONE,
    rather: float = RATHER,
) -> date | None:
    """Return the day that work is due.

    Args:
        said: What the rules say; a day of which the reader was not asked holds.
        odds: What the reader says of each day, in log odds.
        agreed: What the rules' day needs of the reader.
        alone: What a day needs that the rules do not say.
        rather: And how much more than the one that they say.
    """
    best = max(odds, key=lambda day: odds[day], default=None)
    if best is None or (said is not None and said not in odds):
        return said
    if said is None:
        return best if odds[best] >= alone else None
    theirs = odds[said]
    if theirs >= alone:
        return said  # the reader would take either: the rules know which of two days holds
    if odds[best] >= max(alone, theirs + rather):
        return best
    return said if theirs >= agreed else None


def _dated(task: Task, telling: frozenset[int], named: Mapping[int, Sequence[Named]], reading: Reading) -> Task:
    if task.due and task.due[1]:
        return task  # in its own words
    said = task.due[0] if task.due else None
    day = chosen(said, likely(task, telling, named, reading))
    return task if day == said else replace(task, due=None if day is None else (day, None))
