"""Decisions, questions, chapters and the summary of a meeting, against gold and against what was said."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.engine.records import Insights, Message, SummarySentence
from bot.evaluation.borders import Cut, compared, found_borders
from bot.evaluation.counts import Counts, Share, Sum
from bot.evaluation.gold import GoldMeeting
from bot.evaluation.matching import best_pairs
from bot.evaluation.support import content_words
from bot.evaluation.talk import Talk

_REPORTING: Final = content_words(
    "agreed decided settled promised offered asked answered discussed talked spoke said told reported planned named "
    "meeting conversation question open team"
)


@dataclass(frozen=True)
class ConclusionTally(Sum):
    """What was counted.

    Attributes:
        decisions: Right when they share a turn.
        questions: Right when they are asked in the same turn.
        answered: Found questions of which it is told right whether they were answered.
        unsupported: Sentences of the summary that say what their messages do not.
        cuts: Where each meeting was cut into chapters, and should have been.
    """

    decisions: Counts = field(default_factory=Counts)
    questions: Counts = field(default_factory=Counts)
    answered: Share = field(default_factory=Share)
    unsupported: Share = field(default_factory=Share)
    cuts: tuple[Cut, ...] = ()


def tally_conclusions(insights: Insights, meeting: GoldMeeting, talk: Talk) -> ConclusionTally:
    """Count how right a meeting's decisions, questions and summary are; of work alone, only the summary."""
    said = Share(sum(not is_said(sentence, talk.messages) for sentence in insights.summary), len(insights.summary))
    if meeting.only_work:
        return ConclusionTally(unsupported=said)
    settled = _pairs(
        [talk.turns(decision.message_ids) for decision in insights.decisions],
        [frozenset(decision.turns) for decision in meeting.decisions],
    )
    asked = _pairs(
        [talk.turns(question.message_ids) for question in insights.questions],
        [frozenset((question.turn,)) for question in meeting.questions],
    )
    told = [
        (insights.questions[row].answer is not None) is bool(meeting.questions[column].answer_turns)
        for row, column in asked
    ]
    return ConclusionTally(
        decisions=Counts(len(settled), len(insights.decisions), len(meeting.decisions)),
        questions=Counts(len(asked), len(insights.questions), len(meeting.questions)),
        answered=Share(sum(told), len(told)),
        unsupported=said,
        cuts=(
            compared(
                {chapter.first for chapter in meeting.chapters},
                found_borders(insights.chapters, talk),
                len(meeting.turns),
            ),
        ),
    )


def is_said(sentence: SummarySentence, messages: Sequence[Message]) -> bool:
    """Tell whether a sentence of the summary says only what the messages it points at say.

    Each of its content words, names and numbers has to be in them, or in their speakers' names; what reports them
    ("agreed", "talked about") does not.
    """
    by_id = {message.id: message for message in messages}
    if not sentence.message_ids or any(one not in by_id for one in sentence.message_ids):
        return False
    told = [by_id[one] for one in sentence.message_ids]
    words = " ".join(f"{message.text} {message.speaker.name if message.speaker else ''}" for message in told)
    return content_words(sentence.text) <= content_words(words) | _REPORTING


def _pairs(found: Sequence[frozenset[int]], gold: Sequence[frozenset[int]]) -> list[tuple[int, int]]:
    return best_pairs([[float(bool(one & other)) for other in gold] for one in found])
