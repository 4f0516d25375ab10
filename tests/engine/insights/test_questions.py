"""What was asked, and what only looks like a question."""

import pytest

from tests.engine.insights.talking import understood


def questions(script: str) -> list[str]:
    """Return the questions of a script."""
    return [question.text for question in understood(script).questions]


@pytest.mark.parametrize(
    "said",
    [
        "Who is going to write the copy?",
        "How many customers were affected?",
        "Do we have a budget for that?",
        "So what should we do about the budget?",
        "The deadline is Friday?",
        "I don't know about that, what do you think?",
        "who is going to write the copy",
        "how much does the recycled paper cost",
        "do we have enough paper for the second print run",
        "When is the next release.",
    ],
)
def test_what_wants_an_answer_is_a_question(said: str) -> None:
    assert questions(f"Ines: {said}") == [said]


@pytest.mark.parametrize(
    "said",
    [
        "That was a good meeting, right?",
        "It is cheaper, isn't it?",
        "You know?",
        "Really?",
        "What?",
        "Can you hear me?",
        "Does that make sense?",
        "Any questions?",
        "Who knows?",
        "Shall we start?",
        "What I mean is that we are late.",
        "When we go there we will see it.",
        "Is is the small one that I like.",
    ],
)
def test_tags_courtesies_and_statements_are_no_questions(said: str) -> None:
    assert questions(f"Ines: {said}") == []


def test_a_request_that_became_an_item_is_not_a_question_too() -> None:
    assert questions("Ines: Robert, can you send me the figures by Friday?\nRobert: Sure.") == []


def test_a_question_asked_twice_is_one() -> None:
    assert len(questions("Ines: Who pays for the paper?\nMei: Sorry?\nInes: Who pays for the paper?")) == 1
