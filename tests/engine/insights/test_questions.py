"""What was asked, and what only looks like a question."""

import pytest

from tests.engine.insights.talking import understood


def questions(script: str) -> list[str]:
    """Return the open questions of a script."""
    return [question.text for question in understood(script).questions if question.answer is None]


def answers(script: str) -> list[tuple[str, str]]:
    """Return the answered questions of a script, each with what answered it."""
    return [(each.text, each.answer.quote) for each in understood(script).questions if each.answer]


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
        "And the pictures?",
        "Can you see my screen?",
        "Can you see it okay?",
        "Who wants to go first?",
        "How hard can it be?",
        "How was your weekend?",
        "Mei, could you do it?",
        "Is is the small one that I like.",
    ],
)
def test_tags_courtesies_and_statements_are_no_questions(said: str) -> None:
    assert questions(f"Ines: {said}") == []


def test_a_request_that_became_an_item_is_not_a_question_too() -> None:
    assert questions("Ines: Robert, can you send me the figures by Friday?\nRobert: Sure.") == []


def test_a_question_asked_twice_is_one() -> None:
    assert len(questions("Ines: Who pays for the paper?\nMei: Sorry?\nInes: Who pays for the paper?")) == 1


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Is there any news from the bank?", "No, they have not answered."),
        ("Do we have a budget for that?", "Yes, two thousand."),
        ("How many people came?", "About eighty."),
        ("When is the launch?", "On the third of April, I believe."),
        ("What is still missing?", "The payment test. I'll finish the payment test by Friday."),
        ("So what does the new page do?", "The page shows the free hours of every mechanic."),
        ("Why did it fail?", "Because the certificate had expired."),
        ("Who can take the minutes?", "I can."),
        ("Do we ask for a deposit, or not?", "It would help.\nInes: All right, we go with a deposit of ten euros."),
    ],
)
def test_what_is_answered_right_away_is_not_open_but_was_asked(question: str, answer: str) -> None:
    script = f"Ines: {question}\nMei: {answer}"
    assert questions(script) == []
    ((asked, told),) = answers(script)
    assert asked == question
    assert told in answer


def test_the_answer_is_the_sentence_that_says_what_was_asked_for() -> None:
    script = "Ines: When does the part land?\nRobert: They wrote to me. It comes on Friday. Then we fit it."
    assert answers(script) == [("When does the part land?", "It comes on Friday.")]


def test_an_answer_points_at_the_message_that_holds_it() -> None:
    (question,) = understood("Ines: Do we have a budget?\nMei: Yes, two thousand.").questions
    assert question.answer is not None
    assert question.answer.message_id == "4000000000000001"


def test_a_question_of_two_words_is_told_only_with_its_answer() -> None:
    assert answers("Ines: By when?\nMei: By Friday.") == [("By when?", "By Friday.")]
    assert understood("Ines: By when?\nMei: Good question.").questions == ()


def test_where_nobody_knows_who_speaks_only_a_plain_answer_is_one() -> None:
    assert questions("Did the alert fire?\nSo the lamps are here and we can begin with them.") == [
        "Did the alert fire?"
    ]
    assert answers("Did the alert fire?\nNo, it did not.") == [("Did the alert fire?", "No, it did not.")]


@pytest.mark.parametrize(
    "answer",
    [
        "Good question. I don't know yet.",
        "No idea.",
        "That depends on the budget.",
        "What do you think?",
        "We have to ask the lawyer.",
        "The weather is nice today.",
    ],
)
def test_what_nobody_can_answer_stays_open(answer: str) -> None:
    assert questions(f"Ines: Should we invite marketing?\nMei: {answer}")[0] == "Should we invite marketing?"
