"""Fits how the rules and the reader are weighed: `python -m bench.weigh_tasks [FOLDER]`.

FOLDER holds written meetings that the reader did not learn from (`bench/train_reader.py --without`, or those in
`bench/meetings/unseen`): what it says of those it learned from is too sure. Prints the weights for
`bot/engine/insights/weighing.py`, what the tasks' scores are worth with each meeting left out, and how right the days
are at some thresholds; then the weights for `bot/engine/insights/same_work.py`, from these meetings and the scripted
tune meetings together, and what they are worth.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bench.reader_examples import Lesson, of_gold, of_written
from bench.written_meetings import UNSEEN, read_written
from bot.engine.insights import same_work, weighed_days
from bot.engine.insights.action_items import proposed
from bot.engine.insights.afterthoughts import OPEN
from bot.engine.insights.deadlines import with_deadlines
from bot.engine.insights.meaning import Meanings
from bot.engine.insights.merging import Task
from bot.engine.insights.people import roster
from bot.engine.insights.reader import Pair, Reading, Told, reader
from bot.engine.insights.same_work import told_once_more
from bot.engine.insights.told_again import told_once
from bot.engine.insights.weighing import WEIGHTS, evidence, weighed
from bot.evaluation.gold import Part, read_meetings

STIFFNESS: Final = 1.0
ROUNDS: Final = 25
THRESHOLDS: Final = (0.3, 0.4, 0.5, 0.6, 0.7)

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Found:
    """What was found in a meeting: what speaks for each task, whether it is work, and the days of those that are.

    Attributes:
        evidence: Of each task, a row.
        work: Whether it is.
        days: Of each item that was found: when it is due, what the rules say, and the days named around it.
        pairs: Of each two tasks that may be one, a row of what speaks for it.
        same: Whether they are.
    """

    evidence: Numbers
    work: Numbers
    days: Sequence[tuple[date | None, date | None, Mapping[date, float]]]
    pairs: Numbers
    same: Numbers


def found(lesson: Lesson, base: date) -> Found:
    """Return what is found in a meeting that was held on a day."""
    people = roster(lesson.sentences)
    reading = Reading(lesson.sentences, reader())
    tasks = proposed(lesson.sentences, people, base, Meanings(), reading)
    judged = [(task, carried) for task in tasks if (carried := _carried(task, lesson)) is not None]
    once = told_once(sorted(weighed(tasks, reading), key=lambda task: task.said_last), lesson.sentences, OPEN)
    pairs = list(_pairs([task for task in once if task.score >= OPEN], lesson, reading))
    compared = np.array([row for row, _ in pairs]).reshape(len(pairs), len(same_work.WEIGHTS))
    dated = with_deadlines(told_once_more(once, reading, OPEN), lesson.sentences, base, OPEN)
    firm = [task for task in dated if task.score >= OPEN]
    telling = frozenset[int]().union(*(task.told_in for task in firm))
    days = lesson.named
    return Found(
        np.array([evidence(task, reading) for task, _ in judged]).reshape(len(judged), len(WEIGHTS)),
        np.array([float(bool(carried)) for _, carried in judged]),
        [
            (
                lesson.items[min(carried)].due,
                task.due[0] if task.due else None,
                weighed_days.likely(task, telling, days, reading),
            )
            for task in firm
            if (carried := _carried(task, lesson))
        ],
        compared,
        np.array([float(same) for _, same in pairs]),
    )


def _carried(task: Task, lesson: Lesson) -> frozenset[int] | None:
    """Return the items that a task tells; None when they are only such as sane people differ over."""
    places = frozenset(place for number in task.told_or_taken_in for place in lesson.carries.get(number, ()))
    firm = frozenset(place for place in places if not lesson.items[place].optional)
    return None if places and not firm else firm


def _pairs(tasks: Sequence[Task], lesson: Lesson, reading: Reading) -> Iterator[tuple[tuple[float, ...], bool]]:
    for earlier, later in combinations(sorted(tasks, key=lambda task: task.cue.sentence.number), 2):
        one, other = _carried(earlier, lesson), _carried(later, lesson)
        if one and other and same_work.may_be_same(earlier, later):
            pair = Pair(earlier.cue.sentence.number, later.cue.sentence.number)
            odds = reading.of_pairs([pair], Told.SAME)[0]
            yield same_work.evidence(earlier, later, odds), bool(one & other)


def fitted(rows: Numbers, work: Numbers) -> Numbers:
    """Return the weights that tell work best, by Newton's method; large ones cost, but not the last one."""
    weights = np.zeros(rows.shape[1])
    stiff = np.diag([*[STIFFNESS] * (rows.shape[1] - 1), 1e-6])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (work - chance) - stiff @ weights
        weights += np.linalg.solve((rows * (chance * (1 - chance))[:, None]).T @ rows + stiff, slope)
    return weights


def left_out(rows: Numbers, right: Numbers, sizes: Sequence[int]) -> Numbers:
    """Return how likely each row is right by the weights from all meetings but its own; `sizes` are their rows."""
    place = np.repeat(np.arange(len(sizes)), sizes)
    chances = np.empty(len(right))
    for number in range(len(sizes)):
        weights = fitted(rows[place != number], right[place != number])
        chances[place == number] = 1 / (1 + np.exp(-rows[place == number] @ weights))
    return chances


def main() -> None:
    """Fit, and print."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else UNSEEN
    every = [found(of_written(one), one.gold.held_on) for one in read_written(folder)]
    rows, work = np.vstack([one.evidence for one in every]), np.concatenate([one.work for one in every])
    print("tasks:", tuple(round(float(each), 3) for each in fitted(rows, work)))
    _print_worth(left_out(rows, work, [len(one.work) for one in every]), work)
    days = [day for one in every for day in one.days]
    for settings in product((-8.0, -4.0, -2.0), (-0.5, 0.0, 1.0), (1.0, 3.0, 5.0)):
        dated = [(due, weighed_days.chosen(said, likely, *settings)) for due, said, likely in days]
        counted = [due == day for due, day in dated if due or day]
        print(f"days with {settings}: {np.mean(counted):.3f}")
    every += [found(of_gold(one), one.held_on) for one in read_meetings(Part.TUNE)[0]]
    rows, same = np.vstack([one.pairs for one in every]), np.concatenate([one.same for one in every])
    print("pairs:", tuple(round(float(each), 2) for each in fitted(rows, same)))
    _print_worth(left_out(rows, same, [len(one.same) for one in every]), same)


def _print_worth(chances: Numbers, right: Numbers) -> None:
    for threshold in THRESHOLDS:
        told = chances >= threshold
        print(f"  at {threshold}: P {right[told].mean():.3f}  R {right[told].sum() / right.sum():.3f}")


if __name__ == "__main__":
    main()
