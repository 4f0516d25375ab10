"""The gold meetings: what the engine concludes of scripted talk, beside what people wrote down."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path
from statistics import mean
from typing import Final

from bot.engine.insights.understanding import understand
from bot.engine.records import InsightOptions, Insights
from bot.evaluation.calibration import Bin, calibration_error, reliability
from bot.evaluation.conclusions import ConclusionTally, tally_conclusions
from bot.evaluation.counts import Counts, Share
from bot.evaluation.gold import MEETINGS, TRAPS, GoldMeeting, Part, read_meetings
from bot.evaluation.items import ItemTally, has_wrong_owner, pair, tally
from bot.evaluation.report import Figure, Findings, Table, of, percent
from bot.evaluation.talk import Talk, talk_of

_ALL: Final = 0.0
"""A threshold that leaves everything in: scores are judged on all that is scored."""


@dataclass(frozen=True)
class Outcome:
    """What the engine made of one meeting: as it is served, and counted."""

    meeting: GoldMeeting
    talk: Talk
    insights: Insights
    items: ItemTally
    conclusions: ConclusionTally
    scored: tuple[tuple[float, bool], ...]
    seconds: float


def evaluate_scripted(folder: Path = MEETINGS) -> Findings:
    """Measure on the meetings that ship, or on those of another folder."""
    read = {part: read_meetings(part, folder) for part in Part}
    outcomes = {part: [outcome(meeting) for meeting in meetings] for part, (meetings, _) in read.items()}
    sums = {part: reduce(add, (each.items for each in done), ItemTally()) for part, done in outcomes.items()}
    rest = {
        part: reduce(add, (each.conclusions for each in done), ConclusionTally()) for part, done in outcomes.items()
    }
    scored = [pair for part in (Part.TUNE, Part.TEST) for each in outcomes[part] for pair in each.scored]
    return Findings(
        figures=_figures(sums[Part.TEST], rest[Part.TEST], len(outcomes[Part.TEST]), scored),
        tables=(
            _item_table(sums, outcomes),
            _hands_table(outcomes[Part.TEST]),
            _conclusion_table(rest),
            _trap_table(sums),
            _reliability_table(reliability(scored)),
        ),
        absent=tuple(trouble for _, troubles in read.values() for trouble in troubles),
    )


def outcome(meeting: GoldMeeting) -> Outcome:
    """Have one meeting understood, and count."""
    talk = talk_of(meeting)
    began = time.process_time()
    insights = understand(talk.messages, InsightOptions(talk.began))
    seconds = time.process_time() - began
    everything = understand(talk.messages, InsightOptions(talk.began, confidence_threshold=_ALL))
    return Outcome(
        meeting,
        talk,
        insights,
        tally((*insights.action_items, *insights.follow_ups), meeting, talk),
        tally_conclusions(insights, meeting, talk),
        tally((*everything.action_items, *everything.follow_ups), meeting, talk).scored,
        seconds,
    )


def _figures(
    items: ItemTally, rest: ConclusionTally, meetings: int, scored: Sequence[tuple[float, bool]]
) -> tuple[Figure, ...]:
    data = f"{meetings} scripted meetings, test"
    error = calibration_error(reliability(scored))
    return (
        _at_least("items, precision", data, items.items.precision, 0.90),
        _at_least("items, recall", data, items.items.recall, 0.80),
        Figure("items, F1", data, percent(items.items.f1)),
        _at_most("items with a wrong owner", data, items.wrong_owners.value or 0.0, 0.02),
        _none("items with the obligation inverted", data, items.inverted.part),
        _at_least("due dates right", data, _all_right(items.due_right), 0.95),
        _none("items without a verbatim quote", data, items.unsupported.part),
        _none("summary sentences that nobody said", data, rest.unsupported.part),
        Figure("error of the scores (ECE)", "scripted, tune and test", percent(error)),
    )


def _at_least(what: str, data: str, value: float, aim: float) -> Figure:
    return Figure(what, data, percent(value), f"≥ {percent(aim)}", value >= aim)


def _all_right(share: Share) -> float:
    """Return a share; of nothing, all is right."""
    return 1.0 if share.value is None else share.value


def _at_most(what: str, data: str, value: float, aim: float) -> Figure:
    return Figure(what, data, percent(value), f"≤ {percent(aim)}", value <= aim)


def _none(what: str, data: str, count: int) -> Figure:
    return Figure(what, data, str(count), "0", count == 0)


def _item_table(sums: dict[Part, ItemTally], outcomes: dict[Part, list[Outcome]]) -> Table:
    def row(what: str, values: Sequence[str]) -> tuple[str, ...]:
        return (what, *values)

    each = list(sums.values())
    return Table(
        "Action items and follow-ups, scripted meetings",
        ("", *sums),
        (
            row("meetings", [str(len(done)) for done in outcomes.values()]),
            row("items, precision · recall · F1", [prf(one.items) for one in each]),
            row("of them follow-ups", [prf(one.follow_ups) for one in each]),
            row("turns that carry work", [prf(one.turns) for one in each]),
            row("wrong ones that repeat work", [of(one.repeated) for one in each]),
            row("found as the right kind", [of(one.kinds) for one in each]),
            row("definitive ones that are right", [of(one.firm) for one in each]),
            row("owner right, where there is one", [of(one.owners_right) for one in each]),
            row("owner withheld, where there is one", [of(one.abstained) for one in each]),
            row("owner wrong, of all found", [of(one.wrong_owners) for one in each]),
            row("obligation inverted", [of(one.inverted) for one in each]),
            row("due date right", [of(one.due_right) for one in each]),
            row("words of the marked text in the item's", [of(one.told) for one in each]),
            row("no verbatim quote", [of(one.unsupported) for one in each]),
        ),
    )


def _hands_table(outcomes: Sequence[Outcome]) -> Table:
    """Return the test meetings by how they came to be: those written first are by other hands than what is learned."""
    groups = {
        "written first": [each.items for each in outcomes if not each.meeting.only_work],
        "written later": [each.items for each in outcomes if each.meeting.only_work],
    }
    sums = [reduce(add, each, ItemTally()) for each in groups.values()]
    return Table(
        "The test meetings, by hand",
        ("", *groups),
        (
            ("how many", *(str(len(each)) for each in groups.values())),
            ("precision · recall · F1", *(prf(one.items) for one in sums)),
            ("wrong owner", *(of(one.wrong_owners) for one in sums)),
            ("inverted", *(of(one.inverted) for one in sums)),
            ("due dates", *(of(one.due_right) for one in sums)),
        ),
    )


def prf(counts: Counts) -> str:
    """Return precision, recall and F1 with what they were counted on."""
    shares = " · ".join(f"{100 * value:.0f}" for value in (counts.precision, counts.recall, counts.f1))
    return f"{shares} % ({counts.right}/{counts.predicted}/{counts.gold})"


def _conclusion_table(rest: dict[Part, ConclusionTally]) -> Table:
    each = list(rest.values())
    return Table(
        "The other conclusions, scripted meetings",
        ("", *rest),
        (
            ("decisions, precision · recall · F1", *(prf(one.decisions) for one in each)),
            ("questions, precision · recall · F1", *(prf(one.questions) for one in each)),
            ("told right whether it was answered", *(of(one.answered) for one in each)),
            ("summary, sentences that nobody said", *(of(one.unsupported) for one in each)),
            ("chapter boundaries, Pk (uncut)", *map(_borders, each)),
        ),
    )


def _borders(tally: ConclusionTally) -> str:
    if not tally.cuts:
        return "–"
    found, uncut = (mean(values) for values in zip(*((cut.pk, cut.pk_uncut) for cut in tally.cuts), strict=True))
    return f"{found:.2f} ({uncut:.2f})"


def _trap_table(sums: dict[Part, ItemTally]) -> Table:
    def stepped(tally: ItemTally, wanted: str) -> str:
        told = [fell for kind, fell in tally.traps if kind == wanted]
        return of(Share(sum(told), len(told)))

    return Table(
        "Traps that were stepped into",
        ("kind", *sums),
        tuple((kind, *(stepped(one, kind) for one in sums.values())) for kind in TRAPS),
        "An item was found where there is none; for *same name* and *inverted*, or its owner is wrong.",
    )


def _reliability_table(bins: Sequence[Bin]) -> Table:
    rows = tuple(
        (
            f"{each.low:.1f}–{each.high:.1f}",
            str(each.count),
            f"{each.mean_score:.2f}" if each.count else "–",
            f"{each.share_right:.2f}" if each.count else "–",
            "█" * round(10 * each.share_right),
        )
        for each in bins
    )
    return Table(
        "Whether scores mean what they say",
        ("score", "items", "mean score", "share right", ""),
        rows,
        "Of all that is scored in the *tune* and *test* meetings, below the threshold as well. Expected calibration "
        f"error {percent(calibration_error(bins), 1)}.",
    )


def misses(part: Part) -> list[str]:
    """Return what went wrong in the meetings of a part, for those who work on the engine; never of *test*.

    Raises:
        ValueError: It is *test*: who has read its sentences can no longer be measured with them.
    """
    if part is Part.TEST:
        raise ValueError("nobody looks at the sentences of the test meetings")
    return [line for meeting in read_meetings(part)[0] for line in _misses(outcome(meeting))]


def _misses(done: Outcome) -> list[str]:
    meeting, talk = done.meeting, done.talk
    pairing = pair((*done.insights.action_items, *done.insights.follow_ups), meeting, talk)
    lines = [f"{meeting.part}/{meeting.name}"]
    lines += [f"  missed    {item.turns} {item.text}  [{item.owner}, {item.due}]" for item in pairing.missed]
    for insight in pairing.wrong:
        turns = talk.turns(insight.message_ids)
        kinds = sorted({trap.kind for trap in meeting.traps if turns & set(trap.turns)})
        lines.append(f"  wrong     {sorted(turns)} {insight.score:.2f} “{insight.quote}” {', '.join(kinds)}")
    for insight, item in pairing.counted:
        owner = insight.owner.name if insight.owner else None
        if has_wrong_owner(insight, item, meeting) or (owner is None and item.owner):
            lines.append(f"  owner     {item.turns} {owner} for {item.owner}: “{insight.quote}”")
        if insight.due != item.due:
            lines.append(f"  due       {item.turns} {insight.due} for {item.due}: “{insight.quote}”")
        if item.follow_up is not (insight in done.insights.follow_ups):
            lines.append(f"  kind      {item.turns} {insight.kind}: “{insight.quote}”")
    return lines
