"""Days that are counted from days, and days that are proposed, moved and agreed on."""

import pytest

from tests.engine.insights.talking import understood


def due_of(script: str) -> list[str | None]:
    """Return the deadlines of everything that is to be done."""
    found = understood(script)
    return [item.due.isoformat() if item.due else None for item in (*found.action_items, *found.follow_ups)]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("The launch is on the twentieth. I'll send the notes the day before.", "2026-03-19"),
        ("The launch is on the twentieth. I'll send the notes a week before.", "2026-03-13"),
        ("The launch is on the twentieth. I'll send the notes the same day.", "2026-03-20"),
        ("The launch is on the twentieth. I'll send the notes the Monday before.", "2026-03-16"),
        ("The fair is on the thirteenth of June. I'll send the notes two days before the fair.", "2026-06-11"),
        ("They want to know by the thirtieth who's coming. I'll send the notes the day before that.", "2026-03-29"),
        ("The report is due on the twenty-ninth, so I'll send the notes on the Friday.", "2026-03-27"),
    ],
)
def test_a_day_is_counted_from_the_one_on_which_something_happens(said: str, day: str) -> None:
    assert day in due_of(f"Ana: {said}")


def test_a_day_before_nothing_that_was_dated_is_no_day() -> None:
    assert due_of("Ana: I'll send the notes to the printer the day before.") == [None]


@pytest.mark.parametrize(
    ("talk", "day"),
    [
        ("Bo: Can you make that Thursday?\nAna: Thursday's fine.", "2026-03-05"),
        ("Bo: I was hoping for a bit sooner.\nAna: Then let's make it Thursday.", "2026-03-05"),
        ("Bo: The end of next week okay?\nAna: Sure.", "2026-03-13"),
        ("Bo: I'm off on Friday.\nAna: Okay.", "2026-03-06"),
        ("Bo: Good. And the posters?\nCy: Tuesday, I think.", "2026-03-06"),
        ("Bo: By Friday, then.\nAna: Friday.", "2026-03-06"),
    ],
)
def test_the_last_day_that_is_agreed_on_holds(talk: str, day: str) -> None:
    assert due_of(f"Ana: I'll draw up the floor plan by Friday.\n{talk}")[0] == day


@pytest.mark.parametrize(
    ("answer", "day"),
    [
        ("Two weeks.", "2026-03-18"),
        ("Give me a week.", "2026-03-11"),
        ("An hour.", "2026-03-04"),
        ("Say Monday.", "2026-03-09"),
    ],
)
def test_how_long_somebody_needs_says_by_when(answer: str, day: str) -> None:
    assert due_of(f"Ana: Bo, could you write the report?\nBo: Yes.\nAna: How long do you need?\nBo: {answer}") == [day]


def test_a_weekday_is_the_one_of_the_week_that_was_spoken_of() -> None:
    script = "Ana: I'll send the notes next week.\nBo: Which day?\nAna: Thursday."
    assert due_of(script) == ["2026-03-12"]


def test_a_day_in_another_week_keeps_its_week() -> None:
    script = """
        Ana: I'll show you the module on Thursday the nineteenth.
        Bo: The day after?
        Ana: Friday at nine, then.
    """
    assert due_of(script) == ["2026-03-20"]


def test_what_is_brought_along_is_due_when_people_meet_again() -> None:
    assert "2026-03-10" in due_of("Ana: We meet again on the tenth. Bo, bring the list of stalls.\nBo: I will.")


def test_when_somebody_else_closes_is_not_when_they_are_told() -> None:
    assert due_of("Ana: I'll tell the shops that the office closes on Friday.") == [None]


def test_the_day_that_was_named_last_tells_which_week_is_spoken_of() -> None:
    script = """
        Ana: Bo, could you cost the lamb? The printer wants prices on the eleventh, so before that, please.
        Bo: Sunday, then.
    """
    assert due_of(script) == ["2026-03-08"]


def test_that_on_a_weekday_is_a_thing_and_not_the_weekday_of_another_week() -> None:
    assert due_of("Ana: The fair is on the twenty-fifth of August.\nBo: You'll have that Tuesday.")[-1] == "2026-03-10"
