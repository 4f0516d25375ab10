"""What an item is about is quoted beside it, where its own words do not tell, and nothing that nobody said."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.insights.passages import Origin
from bot.engine.insights.sentences import Sentence, cut
from bot.engine.insights.spoken_of import LONGEST, MOST, spoken_of
from tests.engine.insights.talking import WARD, all_work, conversation, understood

ROUND = f"""{WARD}
Ines: Somebody has to order size five boots from the warehouse in Ghent.
Omar: I'll do that on Friday.
"""


def sentences(*texts: str) -> list[Sentence]:
    """Return what one person says."""
    return cut(conversation("\n".join(f"Ana: {text}" for text in texts)))


def likely(told: list[Sentence], *words: str) -> dict[Origin, float]:
    """Return highlights in which some words are sure to tell what the work is about, and no others."""
    return {
        (each.number, word.start()): 0.9 if word[0].lower() in words else 0.0
        for each in told
        for word in re.finditer(r"\w+", each.text)
    }


def test_whom_and_what_is_told_beside_what_does_not_say_it() -> None:
    text = next(text for text in all_work(ROUND) if text.endswith("“Tonight, before I go”"))
    assert "“Bed four, Mr Lowry”" in text


def test_what_says_it_itself_stays_as_it_is() -> None:
    assert "Order size five boots from the warehouse in Ghent" in all_work(ROUND)


def test_the_messages_of_what_is_quoted_are_evidence_and_the_items_own_stay_first() -> None:
    said = {message.id: message.text for message in conversation(ROUND)}
    found = understood(ROUND)
    item = next(
        each for each in (*found.action_items, *found.follow_ups) if each.text.endswith("“Tonight, before I go”")
    )
    assert said[item.evidence[0]] == "Tonight, before I go."
    assert any("Mr Lowry" in said[one] for one in item.rests_on)


def test_an_item_is_told_in_the_same_words_whatever_the_threshold() -> None:
    few = understood(ROUND, threshold=0.6)
    all_of_it = understood(ROUND, threshold=0.0)
    assert {item.text for item in few.action_items} <= {item.text for item in all_of_it.action_items}


def test_of_a_long_sentence_the_clause_that_tells_is_quoted() -> None:
    told = sentences(
        "I was there on Sunday with the children and the dog, and the third insurer hasn't answered, which is odd.",
        "I'll corner him.",
    )
    about = spoken_of("Corner him", likely(told, "insurer", "answered"), told)
    assert [each.text for each in about] == ["“…and the third insurer hasn't answered…”"]


@pytest.mark.parametrize("said", ['He calls it "broken Barbara".', "He calls it “broken Barbara”."])
def test_quotation_marks_inside_a_quote_keep_their_partner(said: str) -> None:
    told = sentences(said, "I'll do it.")
    (about,) = spoken_of("Do it", likely(told, "calls", "broken", "barbara"), told)
    assert about.text == f"“{said.removesuffix('.')}”"


def test_what_tells_other_work_is_not_quoted() -> None:
    told = sentences("Somebody must ring the insurer.", "The insurer hasn't answered.", "I'll corner him.")
    highlights = likely(told, "ring", "insurer", "answered")
    assert [each.text for each in spoken_of("Corner him", highlights, told, {0})] == ["“The insurer hasn't answered”"]


def test_who_speaks_is_not_what_it_is_about() -> None:
    told = sentences("Ana will know.", "I'll do it.")
    assert spoken_of("Do it", likely(told, "ana"), told) == ()


@pytest.mark.parametrize("text", ["Tell him", "Tell the old man about the road"])
def test_where_nothing_is_highlighted_nothing_is_quoted(text: str) -> None:
    told = sentences("The road is closed.", "I'll tell him.")
    assert spoken_of(text, {}, told) == ()
    assert spoken_of(text, likely(told), told) == ()


@settings(deadline=None, max_examples=200)
@given(
    texts=st.lists(st.text(st.sampled_from("abc klm,;:.\"'?“” \n"), min_size=1, max_size=160), min_size=1, max_size=5),
    chances=st.lists(st.floats(0, 1), min_size=1, max_size=40),
)
def test_a_quote_is_short_and_stands_word_for_word_in_its_messages(texts: list[str], chances: list[float]) -> None:
    messages = conversation("\n".join(f"Ana: {' '.join(text.split())}" for text in texts if text.strip()))
    told = cut(messages)
    spoken = {message.id: " ".join(message.text.split()) for message in messages}
    places = [(each.number, word.start()) for each in told for word in re.finditer(r"\S+", each.text)]
    highlights = {place: chances[number % len(chances)] for number, place in enumerate(places)}
    found = spoken_of("Do it", highlights, told)
    assert len(found) <= MOST
    for each in found:
        words = each.text.removeprefix("“").removesuffix("”").strip("…")
        assert len(words.split()) <= LONGEST
        assert words in " ".join(spoken[one] for one in each.message_ids)
