"""Work that is told again in other words: an answer, a recap, a promise renewed, a plan that is asked for again.

`told_again` knows what is told twice in a row by its words. Where they do not tell, the reader is asked, and what it
says is weighed with what is known of both, by weights from `bench/weigh_tasks.py`.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.engine.insights.merging import Task, merged
from bot.engine.insights.reader import Pair, Reading, Told
from bot.engine.insights.told_again import goes_on_to_more

WEIGHTS: Final = (0.49, -0.51, 1.39, -0.48, -0.49, 1.14, -0.59, 1.72)
"""Of what `evidence` tells, in its order: fitted as `bench/weigh_tasks.py` does.

That was before `may_be_same` ruled out what it does now; the fit after it did no better on the same meetings.
"""

SAME: Final = math.log(0.6 / (1 - 0.6))
"""From these log odds on two tasks are one,"""

SAME_THOUGH: Final = 2.0
"""and from these though each names its own matter: “Say that pay isn't affected” belongs to “I'll write to them”."""

MOST: Final = 3
"""A task is compared with so many before it at most: an hour that repeats itself must not take long."""

POSSIBLE: Final = 0.0
"""And with those only that have these log odds of being the same before the reader is asked."""

_SHARED: Final = 2
"""More words that both share say no more."""

_OWN_MATTER: Final = 2
"""What is told in so many telling words, none of which the other one has, is something else."""


def told_once_more(tasks: Sequence[Task], reading: Reading, firm: float) -> list[Task]:
    """Return the tasks, those that the reader takes for the same work as one.

    Args:
        tasks: In any order.
        reading: What the reader makes of the conversation.
        firm: Tasks with a lower score are left as they are.
    """
    weak = [task for task in tasks if task.score < firm]
    told = sorted((task for task in tasks if task.score >= firm), key=lambda task: task.cue.sentence.number)
    asked = [
        _pair(told[earlier], task) for place, task in enumerate(told) for earlier in _like(task, told[:place], reading)
    ]
    reading.of_pairs(asked, Told.SAME)  # together: one by one takes twice as long
    kept: list[Task] = []
    for task in told:
        place = _place(task, kept, reading)
        if place is None:
            kept.append(task)
        else:
            kept[place] = _one(kept[place], task)
    return [*weak, *kept]


def evidence(earlier: Task, later: Task, odds: float) -> tuple[float, ...]:
    """Return what speaks for two tasks being one; `odds` is what the reader says, in log odds."""
    owned = earlier.owner is not None and later.owner is not None
    shared = len(earlier.matter & later.matter)
    return (
        odds,
        math.log1p(later.cue.sentence.number - earlier.cue.sentence.number),
        float(min(shared, _SHARED)),
        float(bool(earlier.matter and later.matter) and not shared),
        float(owned and earlier.owner != later.owner),
        float(owned and earlier.owner == later.owner),
        float(earlier.due is not None and later.due is not None and earlier.due[0] != later.due[0]),
        1.0,
    )


def likelihood(task: Task, others: Sequence[Task], reading: Reading) -> float:
    """Return the log odds that a task is the same as any of some others, before or after it."""
    compared = sorted(others, key=lambda other: -_weighed(*_in_order(task, other)))[:MOST]
    pairs = [_in_order(task, other) for other in compared]
    return max(_heard(pairs, reading), default=-math.inf)


def _one(earlier: Task, later: Task) -> Task:
    """Return one task of two; what names something else may be a part of it only, and whose that is says nothing."""
    both = merged(earlier, later)
    if not later.matter or earlier.matter & later.matter:
        return both
    return replace(both, owner=(earlier if both.cue.sentence == earlier.cue.sentence else later).owner)


def _in_order(one: Task, other: Task) -> tuple[Task, Task]:
    return (one, other) if one.cue.sentence.number <= other.cue.sentence.number else (other, one)


def _weighed(earlier: Task, later: Task, odds: float = 0.0) -> float:
    """Return the log odds that two tasks are one."""
    return sum(weight * each for weight, each in zip(WEIGHTS, evidence(earlier, later, odds), strict=True))


def _heard(pairs: Sequence[tuple[Task, Task]], reading: Reading) -> list[float]:
    """Return the log odds that tasks, an earlier and a later one each, are one, now that the reader is asked."""
    told = reading.of_pairs([_pair(*pair) for pair in pairs], Told.SAME)
    return [_weighed(*pair, odds) for pair, odds in zip(pairs, told, strict=True)]


def _place(task: Task, kept: Sequence[Task], reading: Reading) -> int | None:
    """Return which of the tasks before tells the same work most likely."""
    compared = _like(task, kept, reading)
    heard = _heard([(kept[place], task) for place in compared], reading)
    sure = [
        (odds, place)
        for odds, place in zip(heard, compared, strict=True)
        if odds >= (SAME_THOUGH if _names_its_own(kept[place], task) else SAME)
    ]
    return max(sure)[1] if sure else None


def _like(task: Task, before: Sequence[Task], reading: Reading) -> list[int]:
    """Return the places of those tasks before that most likely tell the same work."""
    if not reading.heard(task.cue.sentence.number):
        return []
    others = {
        place: _weighed(earlier, task)
        for place, earlier in enumerate(before)
        if reading.heard(earlier.cue.sentence.number) and may_be_same(earlier, task)
    }
    possible = [place for place, odds in others.items() if odds >= POSSIBLE]
    return sorted(sorted(possible, key=lambda place: -others[place])[:MOST])


def may_be_same(earlier: Task, later: Task) -> bool:
    """Tell whether nothing rules it out: one sentence that tells two things, or somebody named who gets something."""
    if earlier.cue.sentence.number == later.cue.sentence.number or goes_on_to_more(later):
        return False
    return later.cue.named is None or bool(earlier.matter & later.matter)  # "Maria, can you do the dry goods?"


def _names_its_own(earlier: Task, later: Task) -> bool:
    """Tell whether the later one is told in words of its own, none of which the earlier one has."""
    return len(later.matter) >= _OWN_MATTER and bool(earlier.matter) and not earlier.matter & later.matter


def _pair(earlier: Task, later: Task) -> Pair:
    return Pair(earlier.cue.sentence.number, later.cue.sentence.number)
