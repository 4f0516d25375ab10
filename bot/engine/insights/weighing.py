"""How likely a task is work, when the rules and the reader are both heard.

The rules know words, the reader what is said around them; each is wrong where the other is not. What they say is
weighed in log odds, by weights from `bench/weigh_tasks.py`, which were fitted on meetings that the reader had not seen.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from bot.engine.insights.cues import Cue
from bot.engine.insights.follow_ups import is_follow_up
from bot.engine.insights.likeness import log_odds
from bot.engine.insights.merging import Task
from bot.engine.insights.owners import REACH
from bot.engine.insights.reader import Reading, Told
from bot.engine.insights.turns import FIRST_PERSON, Family

WEIGHTS: Final = (0.389, 0.128, -0.259, 0.142, 1.138, 0.273, 0.014, -0.7)
"""Of what `evidence` tells, in its order: halfway between those that were fitted for two readers, on other meetings.

The last is lower than either, by what made the items of the tune meetings and of the unseen ones right more often, and
hardly any fewer.
"""

FAINT: Final = 0.3
"""By the rules, what only the reader hears is so likely work, before both are weighed."""

PLAINLY: Final = 0.9
MEETING: Final = 0.6
"""“We meet again next Wednesday” is a follow-up so likely, though the reader takes it for a plan that is nobody's."""

NOT_OWN: Final = 0.0
"""Whose own words the reader hears as somebody else's work, by less than these log odds, is not its owner."""

NOT_TAKEN: Final = 0.0
"""Nor is who speaks as if they took something on, and does so by less than these: “I'd want to see both”."""

PUT_SO, NOT_PUT_SO = -1.5, 0.5
"""What is put as a follow-up is one from these log odds of the reader on, and what is put otherwise from those."""

_TOGETHER: Final = frozenset({Family.LETS, Family.OUR_NEED, Family.OUR_PLAN})


def weighed(tasks: Sequence[Task], reading: Reading) -> list[Task]:
    """Return the tasks with how likely each is work."""
    if not tasks:
        return []
    reading.listen(number for task in tasks for number in (*task.told_in, *_answers(task)))
    odds = np.array([evidence(task, reading) for task in tasks]) @ np.array(WEIGHTS)
    chances = 1 / (1 + np.exp(-odds))
    return [_with(_owned(task, reading), float(chance)) for task, chance in zip(tasks, chances, strict=True)]


def _owned(task: Task, reading: Reading) -> Task:
    """Return a task without its owner, if that is who tells it and the reader hears another's work, or nobody's."""
    said = task.cue.sentence
    if task.owner is None or task.owner != said.speaker:
        return task
    if task.cue.family is Family.PROMISE:
        own = takes_on_their_own(said.number, reading)
    else:
        own = reading.of(said.number, Told.OWN) >= NOT_OWN
    return task if own else replace(task, owner=None)


def takes_on_their_own(number: int, reading: Reading) -> bool:
    """Tell whether the reader hears in a sentence that its speaker takes on work of their own."""
    return reading.of(number, Told.OWN) >= NOT_OWN and reading.of(number, Told.TAKEN_ON) >= NOT_TAKEN


def _with(task: Task, chance: float) -> Task:
    """Return a task with how likely it is; what is called an action item in so many words is one."""
    if task.cue.family is Family.MARKER:
        return replace(task, score=max(task.score, chance))
    if task.due and task.score >= PLAINLY and task.cue.family in _TOGETHER and is_follow_up(task.cue):
        return replace(task, score=max(MEETING, chance))
    if task.cue.family is Family.ASKED and not task.agreed:
        return replace(task, score=min(task.score, chance))  # a question still, and shown as one
    return replace(task, score=chance)


def follows_up(cue: Cue, reading: Reading | None) -> bool:
    """Tell whether work is a follow-up: getting in touch with somebody, or coming together.

    Args:
        cue: Where the work is told.
        reading: What the reader makes of the conversation; None where the rules are to say it alone.
    """
    put_so = is_follow_up(cue)
    if reading is None or cue.family is Family.MARKER:
        return put_so
    return reading.of(cue.sentence.number, Told.FOLLOW_UP) >= (PUT_SO if put_so else NOT_PUT_SO)


def evidence(task: Task, reading: Reading) -> tuple[float, ...]:
    """Return what speaks for a task: what the reader and the rules say, in log odds, and what is known of it."""
    return (
        max(reading.of(number, Told.WORK) for number in task.told_in),
        max(reading.of(number, Told.TAKEN_ON) for number in (*task.told_in, *_answers(task))),
        max(reading.of(number, Told.TRAP) for number in task.told_in),
        float(log_odds([task.score])[0]),
        float(task.agreed),
        float(task.cue.family in FIRST_PERSON),
        float(task.due is not None),
        1.0,
    )


def _answers(task: Task) -> Sequence[int]:
    """Return the numbers of the sentences in which somebody else may take the work on."""
    if task.cue.family in FIRST_PERSON:
        return ()
    number = task.cue.sentence.number
    return (task.accepted,) if task.accepted is not None else range(number + 1, number + 1 + REACH)
