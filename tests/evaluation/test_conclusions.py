import pytest

from bot.engine.records import Answer, Decision, Insight, InsightKind, Insights, SummarySentence
from bot.evaluation.conclusions import is_said, tally_conclusions
from bot.evaluation.counts import Counts, Share
from tests.evaluation.samples import MEETING, TALK

IDS = {turn: tuple(one for one, of in TALK.turn_of.items() if of == turn) for turn in range(6)}


def question(turn: int, *, answered: bool = False) -> Insight:
    answer = Answer("Sure.", IDS[1][0]) if answered else None
    return Insight(InsightKind.QUESTION, "What?", "What?", IDS[turn], None, 0.9, answer=answer)


def test_decisions_and_questions_are_right_where_they_are_said() -> None:
    insights = Insights(
        questions=(question(2), question(3)),
        decisions=(Decision("Recycled", "recycled", IDS[2], None, 0.9), Decision("Mill", "mill", IDS[3], None, 0.9)),
    )
    found = tally_conclusions(insights, MEETING, TALK)
    assert found.decisions == Counts(1, 2, 1)
    assert found.questions == Counts(1, 2, 1)
    assert found.answered == Share(1, 1)


def test_an_open_question_that_is_called_answered_is_told_wrong() -> None:
    assert tally_conclusions(Insights(questions=(question(2, answered=True),)), MEETING, TALK).answered == Share(0, 1)


def test_the_same_question_twice_is_one_too_many() -> None:
    assert tally_conclusions(Insights(questions=(question(2),) * 2), MEETING, TALK).questions == Counts(1, 2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "We go with the recycled paper.",
        "Ana Ruiz decided: recycled paper.",
        "They agreed to go with recycled papers, and it's about the cost.",
    ],
)
def test_a_summary_may_say_in_other_words_who_said_what(text: str) -> None:
    assert is_said(SummarySentence(text, IDS[2]), TALK.messages)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("We go with the glossy paper.", IDS[2]),
        ("Bo decided: recycled paper.", IDS[2]),
        ("We go with 20 recycled papers.", IDS[2]),
        ("We go with the recycled paper.", IDS[3]),
        ("We go with the recycled paper.", ()),
        ("We go with the recycled paper.", (*IDS[2], "nowhere")),
    ],
)
def test_a_summary_may_not_say_what_its_messages_do_not(text: str, ids: tuple[str, ...]) -> None:
    assert not is_said(SummarySentence(text, ids), TALK.messages)
    unsupported = tally_conclusions(Insights(summary=(SummarySentence(text, ids),)), MEETING, TALK).unsupported
    assert unsupported == Share(1, 1)
