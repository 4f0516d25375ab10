"""Real meetings: how many items, how many of the annotators' own, where topics change, and how long it takes."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Final

from bot.engine.insights.understanding import understand
from bot.engine.records import Insight, InsightOptions, Insights
from bot.evaluation.borders import Cut, compared, found_borders
from bot.evaluation.counts import Share
from bot.evaluation.meeting_files import FOLDER, RealMeeting, read_real_meetings
from bot.evaluation.official import FILE, is_found, read_actions
from bot.evaluation.report import Figure, Findings, Table, of

MOST_ITEMS: Final = 8
MOST_PK: Final = 0.36
MOST_SECONDS: Final = 5.0
HOUR_OF_WORDS: Final = 9000
"""At 150 words a minute."""


@dataclass(frozen=True)
class Understood:
    """A real meeting and what was made of it, in how many seconds of time and of the processor's."""

    meeting: RealMeeting
    insights: Insights
    cut: Cut
    wall: float
    cpu: float

    @property
    def items(self) -> tuple[Insight, ...]:
        """Action items and follow-ups."""
        return (*self.insights.action_items, *self.insights.follow_ups)

    @property
    def words(self) -> int:
        """How many words were said."""
        return sum(len(text.split()) for _, text in self.meeting.turns)


def evaluate_real(corpus: Path | None) -> Findings:
    """Measure on the real meetings of a corpus.

    Raises:
        BadInput: A file is not what it should be.
    """
    done = [_understood(meeting) for meeting in read_real_meetings(corpus)]
    if corpus is None or not done:
        return Findings(absent=(f"Topics and items in real meetings: {FOLDER} is not in the corpus.",))
    data = f"{len(done)} real meetings"
    items = mean(len(each.items) for each in done)
    figures = [
        Figure("items in a meeting", data, f"{items:.1f}", f"≤ {MOST_ITEMS}", items <= MOST_ITEMS),
        _topics(data, done),
        _time(data, done),
    ]
    actions = read_actions(corpus / FILE)
    official = _official(done, actions)
    absent = () if official else (f"Official action sentences: {FILE} speaks of no meeting in {FOLDER}.",)
    return Findings((*figures, *official), (_table(done),), absent)


def _understood(meeting: RealMeeting) -> Understood:
    talk = meeting.talk()
    wall, cpu = time.perf_counter(), time.process_time()
    insights = understand(talk.messages, InsightOptions(talk.began))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    first, last = meeting.spans[0][0], max(end for _, end in meeting.spans)
    meant = {start - first for start, _ in meeting.spans}
    found = {turn - first for turn in found_borders(insights.chapters, talk)}
    return Understood(meeting, insights, compared(meant, found, last - first + 1), wall, cpu)


def _topics(data: str, done: Sequence[Understood]) -> Figure:
    pk = mean(each.cut.pk for each in done)
    return Figure("topic boundaries, Pk", data, f"{pk:.2f}", f"≤ {MOST_PK}", pk <= MOST_PK)


def _time(data: str, done: Sequence[Understood]) -> Figure:
    share = HOUR_OF_WORDS / sum(each.words for each in done)
    wall, cpu = (share * sum(times) for times in zip(*((each.wall, each.cpu) for each in done), strict=True))
    value = f"{wall:.1f} s ({cpu:.1f} s of processor time)"
    return Figure("conclusions for an hour of talk", data, value, f"≤ {MOST_SECONDS:.0f} s", wall <= MOST_SECONDS)


def _official(done: Sequence[Understood], actions: Mapping[str, Sequence[str]]) -> tuple[Figure, ...]:
    both = [each for each in done if each.meeting.name in actions]
    if not both:
        return ()
    found = [is_found(sentence, each.items) for each in both for sentence in actions[each.meeting.name]]
    share = Share(sum(found), len(found))
    reached = share.value is not None and 2 * share.part >= share.whole
    return (Figure("official action sentences found", f"{len(both)} real meetings", of(share), "≥ 50 %", reached),)


def _table(done: Sequence[Understood]) -> Table:
    rows = tuple(
        (
            each.meeting.name,
            str(len(each.meeting.turns)),
            str(each.words),
            str(len(each.items)),
            f"{each.cut.meant}",
            f"{each.cut.found}",
            f"{each.cut.pk:.2f}",
            f"{each.cut.window_diff:.2f}",
            f"{each.cut.pk_uncut:.2f}",
            f"{each.wall:.1f} s",
        )
        for each in done
    )
    return Table(
        "Real meetings",
        ("meeting", "turns", "words", "items", "topics", "chapters", "Pk", "WindowDiff", "Pk uncut", "time"),
        rows,
        "By turn, between the first and the last topic of the annotators. *Uncut*: what no cut at all would have.",
    )
