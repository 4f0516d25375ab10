"""By when work is due when its own sentence does not say."""

import pytest

from tests.engine.insights.talking import understood, work


def due_of(script: str) -> list[str | None]:
    """Return the deadlines of everything that is to be done."""
    found = understood(script)
    return [item.due.isoformat() if item.due else None for item in (*found.action_items, *found.follow_ups)]


@pytest.mark.parametrize(
    "said",
    [
        "I'll send the price list right after this call.",
        "I'll send the price list before I go home.",
        "I'll send the price list by five.",
        "I'll send the price list at lunch.",
        "I'll send the price list as soon as we're done here.",
        "I'll send the price list in the next two hours.",
        "I'll send the price list this morning.",
        "I'll send the price list now.",
        "I'll send the price list right away.",
    ],
)
def test_a_time_without_a_day_is_one_of_the_meetings_own_day(said: str) -> None:
    assert due_of(f"Ana: {said}") == ["2026-03-04"]


@pytest.mark.parametrize(
    "said",
    [
        "I'll send two copies of the price list.",
        "I'll send the price list to all five shops.",
        "I'll send the price list by post.",
        "I'll send the price list after the audit.",
        "I'll send the price list, but not now.",
    ],
)
def test_a_number_or_another_event_is_no_time_of_today(said: str) -> None:
    assert due_of(f"Ana: {said}") == [None]


@pytest.mark.parametrize(
    "answer",
    [
        "Friday by close.",
        "Make it Friday, I'm away after that.",
        "Before the week's out, please.",
        "End of the week, if the scanner works.",
    ],
)
def test_by_when_is_answered_in_the_next_turns(answer: str) -> None:
    assert due_of(f"Ana: I'll draw up the floor plan. When d'you need it?\nBo: {answer}\nAna: Fine.") == ["2026-03-06"]


@pytest.mark.parametrize(
    "reason",
    ["They give us till the ninth.", "They need two days, so it can't be later than Monday."],
)
def test_until_when_there_is_time_says_by_when(reason: str) -> None:
    assert due_of(f"Ana: I'll fill in the insurance form. {reason}\nBo: Good.") == ["2026-03-09"]


def test_what_somebody_will_have_by_a_day_dates_the_work_and_is_no_item_of_its_own() -> None:
    script = """
        Ana: Bo, can you write the apology?
        Bo: Yep. You'll have a draft by Friday.
    """
    assert [item[1:] for item in work(script)] == [("Bo", "2026-03-06")]


def test_a_day_that_was_settled_just_before_is_the_day_of_the_invitation() -> None:
    assert due_of("Ana: Friday at ten, then. I'll send the invitation to the review.") == ["2026-03-06"]


def test_what_is_done_then_is_done_on_the_day_named_before() -> None:
    assert due_of("Ana: The landlord is here on Monday. I'll ask for the keys then.") == ["2026-03-09"]


def test_a_day_that_is_said_of_something_else_is_nobodys_deadline() -> None:
    script = """
        Ana: I'll send the contract to the printer.
        Bo: The fair was on Monday and we sold out on Tuesday.
        Cy: Next week I'm on holiday.
    """
    assert due_of(script) == [None]


def test_the_deadline_of_the_next_piece_of_work_is_its_own() -> None:
    script = """
        Ana: I'll send the contract to the printer.
        Bo: And I'll order the paper by Friday.
    """
    assert due_of(script) == [None, "2026-03-06"]


def test_a_week_today_and_two_weeks_on_a_weekday_are_counted() -> None:
    assert due_of("Ana: I'll send the contract to the printer a week today.") == ["2026-03-11"]
    assert due_of("Ana: I'll send the contract to the printer a week on Friday.") == ["2026-03-13"]


def test_before_friday_evening_is_friday() -> None:
    assert due_of("Ana: I'll send the contract to the printer before Friday evening.") == ["2026-03-06"]
