"""Work that is told again later, in other words: a recap, a promise renewed, a plan that is asked for again.

`told_again` knows what is told twice in a row. What comes back after other talk shares few words with the first time;
whether it is the same, the reader says.
"""

from collections.abc import Sequence
from typing import Final

from bot.engine.insights.merging import Task, leans, merged
from bot.engine.insights.reader import Pair, Reading, Told

SAME: Final = 0.0
"""From these log odds on two tasks are one."""

NEAR: Final = 4
"""What names nothing of its own may be work that was told at most so many sentences before."""

MOST: Final = 2
"""And it is compared with so many at most, the latest ones: an hour that repeats itself must not take long."""


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
            kept[place] = merged(kept[place], task)
    return [*weak, *kept]


def _place(task: Task, kept: Sequence[Task], reading: Reading) -> int | None:
    """Return which of the tasks before tells the same work most likely."""
    compared = _like(task, kept, reading)
    odds = reading.of_pairs([_pair(kept[place], task) for place in compared], Told.SAME)
    best = max(zip(odds, compared, strict=True), default=None)
    return best[1] if best is not None and best[0] >= SAME else None


def _like(task: Task, before: Sequence[Task], reading: Reading) -> list[int]:
    """Return the places of those tasks before that may tell the same work."""
    if not reading.heard(task.cue.sentence.number):
        return []
    return [
        place
        for place, earlier in enumerate(before)
        if reading.heard(earlier.cue.sentence.number) and _may_be_same(earlier, task)
    ][-MOST:]


def _pair(earlier: Task, later: Task) -> Pair:
    return Pair(earlier.cue.sentence.number, later.cue.sentence.number)


def _may_be_same(earlier: Task, later: Task) -> bool:
    """Tell whether nothing speaks against it: one sentence that tells two things, other people, another day."""
    if earlier.cue.sentence.number == later.cue.sentence.number:
        return False
    if earlier.owner and later.owner and earlier.owner != later.owner:
        return False
    if earlier.due and later.due and earlier.due[0] != later.due[0]:
        return False
    near = later.cue.sentence.number - earlier.said_last <= NEAR
    open_to_it = leans(later.cue) or not later.matter
    return (near and open_to_it) or bool(earlier.matter & later.matter)
