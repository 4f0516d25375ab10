"""What people take on without saying what: it stands in what was said right before."""

import pytest

from tests.engine.insights.talking import told, understood


def taken(script: str) -> list[tuple[str, str | None, str | None]]:
    """Return all work of a script as what, who and by when, in order."""
    found = understood(script)
    return [told(item) for item in (*found.action_items, *found.follow_ups)]


@pytest.mark.parametrize(
    "words",
    [
        "Mine.",
        "Yep, mine.",
        "Me.",
        "That's me.",
        "On it.",
        "Leave it with me.",
        "Leave that to me.",
        "Give it here.",
        "Consider it done.",
        "That's on my list.",
        "Fine, I'll.",
        "I'll have a go.",
        "It'll be with you before Friday.",
    ],
)
def test_who_takes_a_thing_on_has_it_though_nobody_asked_them(words: str) -> None:
    ((what, who, _),) = taken(f"Ana: Next. And the status page?\nBo: {words}\nAna: Thanks.")
    assert what == "And the status page?".rstrip("?").removeprefix("And ").capitalize()
    assert who == "Bo"


@pytest.mark.parametrize(
    ("asked", "answer", "day"),
    [
        ("The printer needs the file.", "So by Friday.", "2026-03-06"),
        ("I need the floor plan with names on it.", "Tomorrow, then.", "2026-03-05"),
        ("When would I see the drawings?", "On Monday.", "2026-03-09"),
    ],
)
def test_a_day_is_answer_enough_to_who_needs_something(asked: str, answer: str, day: str) -> None:
    ((_, who, when),) = taken(f"Ana: {asked}\nBo: {answer}\nAna: Good.")
    assert (who, when) == ("Bo", day)


@pytest.mark.parametrize(
    "script",
    [
        "Ana: When does the lorry get here?\nBo: On Monday.",
        "Ana: Whose bag is that?\nBo: Mine.",
        "Ana: Can you hear me?\nBo: Now I can.",
        "Ana: Somebody has to do the minutes.\nBo: Not me.",
        "Ana: And the status page?\nBo: If it were mine, I'd burn it.",
        "Ana: I need a weekday for the import.\nBo: Thursday the twelfth.",
    ],
)
def test_what_only_sounds_like_taking_on_is_none(script: str) -> None:
    assert [who for _, who, _ in taken(script)] in ([], [None])


def test_what_is_handed_over_by_name_and_nodded_at_is_taken() -> None:
    script = "Ana: Greg, the summary for Martin.\nGreg: Okay.\nBo: Poor Greg."
    assert taken(script) == [("Greg, the summary for Martin", "Greg", None)]


def test_a_short_promise_is_work_when_it_answers_what_is_wrong_or_needed() -> None:
    ((what, who, _),) = taken("Ana: The opening hours on page two still need a look.\nBo: I'll swap them.")
    assert what.startswith("Swap them (")
    assert who == "Bo"


def test_the_words_of_who_agreed_are_evidence_but_nobody_elses_quote() -> None:
    found = understood("Ana: Somebody has to write to the sponsor.\nBo: Leave that with me.")
    (item,) = (*found.action_items, *found.follow_ups)
    assert item.quote == "Somebody has to write to the sponsor."
    assert len(item.message_ids) == 2


@pytest.mark.parametrize(
    ("offer", "relief"),
    [
        ("I'll order a taxi for all of us.", "No no, don't, we walk."),
        ("I'll find the meter number in the parlour.", "No, love, leave it, we have it."),
        ("I'll put it on the website tonight.", "Please wait.\nAna: Okay, scrap that."),
        ("I'll book the small room.", "I can do the booking.\nAna: Even better, then it's not me."),
    ],
)
def test_who_is_relieved_of_a_thing_does_not_have_it_any_more(offer: str, relief: str) -> None:
    assert "Ana" not in [who for _, who, _ in taken(f"Ana: {offer}\nBo: {relief}")]


def test_what_somebody_has_done_already_is_not_asked_for_any_more() -> None:
    assert taken("Ana: Could somebody ask the vendor about the filter?\nBo: I've asked, twice.") == []


@pytest.mark.parametrize(
    "said",
    [
        "Would you pay more for speech recognition in a remote control?\nBo: Alright, okay.",
        "You could you could have a number of different designs.\nBo: Alright.",
        "You should be able to and\nBo: Mm-hmm.",
        "We should have something that lights up.\nBo: Yeah.",
        "They'll want it in yellow.\nBo: Sure.",
        "We can do that in rubber.\nBo: Yes.",
    ],
)
def test_what_one_could_have_or_would_pay_is_no_work(said: str) -> None:
    assert taken(f"Ana: {said}") == []
