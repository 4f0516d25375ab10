"""The text of an item can be read alone, and says nothing that was not said."""

import pytest

from bot.engine.insights.vocabulary import STOP_WORDS
from tests.engine.insights.talking import all_work, conversation, understood


@pytest.mark.parametrize(
    ("said", "item"),
    [
        ("I'll ring Hollins myself, I know the account manager there.", "Ring Hollins"),
        ("I'd better pay that invoice, hadn't I.", "Pay that invoice"),
        ("I'll book the small room again, this echo's killing me.", "Book the small room again"),
        ("I'll send round the calendar entry, and yes, with the room.", "Send round the calendar entry"),
        ("Today I'm picking up the dedupe ticket, it should be in review by tonight.", "Pick up the dedupe ticket"),
        ("Somebody needs to run the stand-up while I'm gone.", "Run the stand-up while Oskar is gone"),
        ("I'll write the report with the numbers by Friday.", "Write the report with the numbers by Friday"),
    ],
)
def test_what_is_said_around_the_work_is_left_out(said: str, item: str) -> None:
    assert all_work(f"Oskar: {said}") == [item]


@pytest.mark.parametrize(
    ("said", "item"),
    [
        ("I'll send you her CV.", "Send Leila her CV"),
        ("I'll ship you a sample case tomorrow.", "Ship Leila a sample case tomorrow"),
        ("I'll ask the bank and come back to you by Friday.", "Ask the bank and come back to Leila by Friday"),
        ("I'll tell the bank that you'll be in touch.", "I'll tell the bank that you'll be in touch"),
    ],
)
def test_you_is_the_one_who_spoke_before_and_speaks_next(said: str, item: str) -> None:
    assert all_work(f"Leila: The interview went well.\nOskar: Thank you. {said}\nLeila: Cheers.") == [item]


def test_who_does_something_is_told_as_what_is_to_be_done() -> None:
    assert all_work("Ana: Who makes the loading plan?\nBo: I'll do it by Friday.\nAna: ok") == ["Make the loading plan"]


def test_him_is_no_rita() -> None:
    assert all_work("Ana: Ask Rita.\nBo: I'll call him tomorrow.")[-1:] == ["Call him tomorrow"]


def test_you_is_nobody_where_it_can_be_two() -> None:
    assert all_work("Leila: Hm.\nOskar: Well. I'll send you the CV.\nBenji: Good.") == ["Send the CV"]


@pytest.mark.parametrize(
    ("before", "said", "item"),
    [
        ("I'd like the prefects briefed.", "I'll tell them on Friday.", "Tell them (the prefects) on Friday"),
        (
            "You owe me a proper number, by week.",
            "You'll have it by Thursday lunch.",
            "You'll have it (a proper number) by Thursday lunch",
        ),
        (
            "The account is in Ravi's name, and Ravi has left.",
            "I'll ask him on Wednesday.",
            "Ask him (Ravi) on Wednesday",
        ),
    ],
)
def test_a_pronoun_is_told_with_what_it_stands_for(before: str, said: str, item: str) -> None:
    assert item in all_work(f"Dawn: {before}\nPete: Sure. {said}\nDawn: Fine.")


@pytest.mark.parametrize(
    ("before", "said", "item"),
    [
        (
            "The draft and the budget are with the lawyer.",
            "I'll send it out on Friday.",
            "Send it out on Friday (“The draft and the budget are with the lawyer”)",
        ),
        (
            "Pete, you've got the template.",
            "Give it here then, I'll draw it up by Friday.",
            "Draw it up by Friday (“Pete, you've got the template”)",
        ),
        (
            "We spoke about the audit. The weather broke the roof.",
            "I'll review it by Friday.",
            "Review it by Friday (“The weather broke the roof”)",
        ),
        (
            "Three people haven't paid since the spring.",
            "I'll write to them on Monday.",
            "Write to them on Monday (“Three people haven't paid since the spring”)",
        ),
    ],
)
def test_where_more_than_one_thing_can_be_meant_what_was_said_before_is_quoted(
    before: str, said: str, item: str
) -> None:
    assert item in all_work(f"Dawn: {before}\nPete: {said}\nDawn: Fine.")


def test_each_word_of_an_items_text_stands_in_the_messages_it_names() -> None:
    script = """
        Dawn: I'd like the prefects briefed.
        Pete: I see them Friday anyway, I'll tell them then.
        Dawn: Do you have a photo of the menu?
        Pete: I've got a photo of the menu. I'll dig it out tonight.
        Dawn: The account is in Ravi's name, and Ravi has left.
        Pete: I'll ask him on Wednesday.
    """
    by_id = {message.id: message for message in conversation(script)}
    found = understood(script)
    items = (*found.action_items, *found.follow_ups)
    assert any("(" in item.text for item in items)
    for item in items:
        heard = " ".join(by_id[one].text for one in item.evidence).lower()
        words = [word.strip("(),.'?“”").lower() for word in item.text.split()]
        assert all(word in heard for word in words if word not in STOP_WORDS)
