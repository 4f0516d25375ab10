"""What is said right after work: by when, who instead, or that it is off."""

import pytest

from tests.engine.insights.talking import all_work, follow_ups, understood, work


@pytest.mark.parametrize(
    "after",
    [
        "Mei: I'll have that done by Friday.",
        "Mei: I'll have it ready by Friday.",
        "Mei: I can get it finished by Friday.",
        "Ines: By when?\nMei: You'll have it by Friday.",
        "Ines: When can we see it?\nMei: By Friday, yes.",
        "Ines: By Friday, please.",
        "Ines: Could you do it by Friday?\nMei: Sure.",
        "Ines: Great. The deadline is Friday.",
        "Mei: It should be done by Friday at the latest.",
    ],
)
def test_a_sentence_that_only_says_by_when_dates_the_work_before_and_is_none_itself(after: str) -> None:
    assert work(f"Mei: I still need to write the rollback script.\n{after}") == [
        ("Write the rollback script", "Mei", "2026-03-06")
    ]


@pytest.mark.parametrize(
    "after",
    [
        "Robert: Dan isn't here today.",
        "Robert: He is back on Friday.",
        "Robert: Friday was a good day.",
    ],
)
def test_a_day_in_what_somebody_says_next_is_no_deadline(after: str) -> None:
    assert work(f"Ines: Dan will update the roadmap.\n{after}") == [("Dan will update the roadmap", None, None)]


def test_the_deadline_is_quoted_with_the_work_when_one_breath_holds_both() -> None:
    (item,) = understood("Mei: I need to write the script, I'll have that done by Friday.").action_items
    assert item.quote == "I need to write the script, I'll have that done by Friday."


@pytest.mark.parametrize(
    "after",
    [
        "Actually no, that's too early.",
        "No wait, they are closed.",
        "On second thought, it's too early.",
        "Oh, forget it, it's fine.",
        "Scratch that.",
    ],
)
def test_what_somebody_takes_back_in_the_same_breath_is_no_work(after: str) -> None:
    assert all_work(f"Mei: I'll order the samples. {after}") == []
    assert all_work(f"Mei: I'll order the samples, {after[0].lower()}{after[1:]}") == []


def test_a_date_that_is_corrected_is_the_later_one() -> None:
    assert work("Mei: I'll book the hall for Friday. No wait, Thursday.") == [("Book the hall", "Mei", "2026-03-05")]


@pytest.mark.parametrize(
    "script",
    [
        "Ines: I'll ask the printer. Actually no, Mei, you know them better, could you do it?\nMei: Sure.",
        "Ines: I'll ask the printer.\nInes: On second thought, let Mei do it.\nMei: Fine, will do.",
        "Ines: Somebody has to ask the printer. Mei, can you take that?\nMei: Yes, no problem.",
        "Ines: I need to ask the printer.\nMei: I can do that for you.",
    ],
)
def test_work_that_is_handed_over_is_one_item_of_whoever_agrees(script: str) -> None:
    assert [item[:2] for item in work(script)] == [("Ask the printer", "Mei")]


def test_work_that_is_handed_over_is_nobodys_until_they_agree() -> None:
    script = "Ines: I'll ask the printer. Actually, let Mei do it instead.\nRobert: Good."
    assert work(script) == [("Ask the printer", None, None)]


def test_who_takes_it_up_in_their_own_words_is_quoted() -> None:
    script = (
        "Ines: I'll call them tonight. Actually no, Mei, you know them better, could you do it?\n"
        "Mei: Yes, I can call them tomorrow."
    )
    assert follow_ups(script) == [("Call them tomorrow", "Mei", "2026-03-05")]


def test_what_them_means_is_quoted_from_the_sentence_before() -> None:
    found = understood(
        "Ines: Fine.\nMei: The vendor hasn't answered about the licence.\nMei: Somebody should call them today."
    )
    (item,) = found.follow_ups
    assert item.text == "Call them today (“The vendor hasn't answered about the licence”)"
    assert item.quote == "The vendor hasn't answered about the licence. Somebody should call them today."
    assert item.message_ids == ("4000000000000001", "4000000000000002")


@pytest.mark.parametrize(("said", "due"), [("before then", "2026-03-19"), ("by then", "2026-03-20")])
def test_by_then_means_the_day_that_was_just_named(said: str, due: str) -> None:
    assert work(f"Ines: The demo is on March 20th. We need to prepare an account {said}.") == [
        (f"Prepare an account {said}", None, due)
    ]


def test_a_joke_that_goes_on_from_an_if_is_no_promise() -> None:
    assert all_work("Ines: If the test fails again, we lose the date.\nMei: Then I'll write poems for a living.") == []


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("{disfmarker} I'll, uh, I'll send the the figures to [laughter] finance.", "Send the figures to finance"),
        ("Um, I have to, um, update the pri- the price list (inaudible).", "Update the price list"),
        ("I'll write a a short report [inaudible 00:12:31].", "Write a short report"),
        ("I'll update the pre- and post-launch docs.", "Update the pre- and post-launch docs"),
    ],
)
def test_what_was_heard_but_not_meant_stays_in_the_quote_only(said: str, text: str) -> None:
    (item,) = understood(f"Ines: {said}").action_items
    assert (item.text, item.quote) == (text, said)
