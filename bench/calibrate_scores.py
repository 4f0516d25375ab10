"""Fits what scores of work mean: `python -m bench.calibrate_scores`, a minute on one core.

On all that is found in the scripted meetings of train and tune, below the threshold as well; never on test. Prints the
slope for `bot/engine/insights/calibration.py`, and how far scores are from the share that is right without it and with
it, each meeting judged by a slope that was fitted without it. The weights that judge work were made with the train
meetings, so these flatter; tune stands beside them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.engine.insights.calibration import SLOPE, probability
from bot.evaluation.calibration import calibration_error, reliability
from bot.evaluation.counts import Share
from bot.evaluation.gold import Part, read_meetings
from bot.evaluation.report import of, percent
from bot.evaluation.scripted import outcome

PARTS: Final = (Part.TRAIN, Part.TUNE)

ROUNDS: Final = 30
"""So many halvings of a range find the slope to more places than it is worth."""

Scored = Sequence[tuple[float, bool]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A meeting: what was scored and whether it was right, without the slope, and the definitive items."""

    part: Part
    scored: Scored
    firm: Share


def judged() -> list[Judged]:
    """Have the meetings understood."""
    found = []
    for part in PARTS:
        for meeting in read_meetings(part)[0]:
            done = outcome(meeting)
            scored = [(probability(score, 1 / SLOPE), right) for score, right in done.scored]
            found.append(Judged(part, scored, done.items.firm))
    return found


def fit(scored: Scored) -> float:
    """Return the slope under which what happened is likeliest.

    The likelihood has one top, where expected and right items balance, weighed by their log odds.
    """
    low, high = 0.01, 4.0
    odds = [(math.log(score / (1 - score)), right) for score, right in scored if 0 < score < 1]
    for _ in range(ROUNDS):
        slope = (low + high) / 2
        pull = sum(each * (right - 1 / (1 + math.exp(-slope * each))) for each, right in odds)
        low, high = (slope, high) if pull > 0 else (low, slope)
    return (low + high) / 2


def left_out(meetings: Sequence[Judged]) -> list[list[tuple[float, bool]]]:
    """Return each meeting's calibrated scores, by a slope that was fitted without it."""
    found = []
    for place, one in enumerate(meetings):
        others = [*meetings[:place], *meetings[place + 1 :]]
        slope = fit([pair for each in others for pair in each.scored])
        found.append([(probability(score, slope), right) for score, right in one.scored])
    return found


def main() -> None:
    """Fit, and print how well it holds."""
    meetings = judged()
    print(f"slope {fit([pair for each in meetings for pair in each.scored]):.3f}, in use {SLOPE}")
    told = left_out(meetings)
    for name, parts in (("train and tune", PARTS), *((part.value, (part,)) for part in PARTS)):
        chosen = [place for place, each in enumerate(meetings) if each.part in parts]
        before = [pair for place in chosen for pair in meetings[place].scored]
        after = [pair for place in chosen for pair in told[place]]
        firm = sum((meetings[place].firm for place in chosen), Share())
        errors = " → ".join(percent(calibration_error(reliability(each)), 1) for each in (before, after))
        print(f"{name:14}  {len(before)} items, expected calibration error {errors}, definitive ones right {of(firm)}")


if __name__ == "__main__":
    main()
