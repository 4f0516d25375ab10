"""Nothing is invented: every claim is verbatim, whatever was said."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.insights.understanding import understand
from bot.engine.records import InsightOptions, Insights, Message, Person
from tests.engine.insights.talking import WEDNESDAY, conversation, understood

PIECES = (
    "i'll",
    "I'll send the deck",
    "by Friday",
    "can you",
    "Robert,",
    "Mei",
    "book the studio",
    "we need to",
    "somebody has to",
    "sure",
    "will do",
    "never mind",
    "who is going to",
    "the",
    "<b>now</b>",
    "😀",
    "I’ll",
    "İ",
    "uh",
    "action item:",
    "let's meet",
    "next week",
    "we decided to",
    "the risk is",
    "two million dollars",
    "{noise}",
    ".",
    "?",
    "!",
    ",",
    "\n",
    "  ",
    "a.m.",
)
SPEAKERS = (None, Person("1", "Mei"), Person("2", "Robert Fox"), Person("3", "Speaker 3"), Person("4", ""))
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join) | st.text(max_size=60)
TALKS = st.lists(st.tuples(TEXTS, st.sampled_from(SPEAKERS)), max_size=12).map(
    lambda lines: [Message(str(n), text, speaker, n * 2.0, n * 2.0 + 1) for n, (text, speaker) in enumerate(lines)]
)


def in_a_row(ids: tuple[str, ...], order: list[str]) -> bool:
    """Tell whether messages follow one another."""
    first = order.index(ids[0]) if ids else 0
    return not ids or tuple(order[first : first + len(ids)]) == ids


def check(messages: list[Message], found: Insights) -> None:
    """Assert that every claim stands in the messages it names, and in no others."""
    order = [message.id for message in messages]
    texts = {message.id: message.text for message in messages}
    for insight in (*found.action_items, *found.follow_ups, *found.questions):
        first = order.index(insight.message_ids[0])
        quoting = insight.message_ids
        assert all(order.index(one) >= first for one in quoting)
        # the quote's messages follow one another, and so do those of who agreed, who may stand a little later
        runs = ((quoting[:cut], quoting[cut:]) for cut in range(1, len(quoting) + 1))
        assert any(all(in_a_row(run, order) for run in each) for each in runs) or any(
            not texts[one].strip() or not any(map(str.isalnum, texts[one])) for one in order[first:]
        )
        assert insight.quote in " ".join(texts[one] for one in quoting)
        assert insight.text
        assert 0.5 <= insight.score <= 1
        assert insight.speaker == next(m.speaker for m in messages if m.id == insight.message_ids[0])
        for mention in insight.mentions:
            assert insight.text[mention.offset :].startswith(mention.text)
    for moment in found.key_moments:
        start = order.index(moment.message_id)
        assert moment.quote in " ".join(texts[one] for one in order[start:] if any(map(str.isalnum, texts[one])))
    for topic in found.topics:
        assert set(topic.message_ids) <= set(order)
    for message_id, phrases in found.phrases.items():
        assert all(phrase in texts[message_id] for phrase in phrases)
    for message_id, mentions in found.entities.items():
        assert all(texts[message_id][mention.offset :].startswith(mention.text) for mention in mentions)


@settings(deadline=None, max_examples=150)
@given(TALKS)
def test_every_claim_is_verbatim_and_names_messages_that_exist(messages: list[Message]) -> None:
    check(messages, understand(messages, InsightOptions(WEDNESDAY)))


@settings(deadline=None, max_examples=50)
@given(TALKS)
def test_the_same_conversation_is_understood_the_same_way_again(messages: list[Message]) -> None:
    options = InsightOptions(WEDNESDAY, 0.0)
    assert understand(messages, options) == understand(messages, options)


@settings(deadline=None, max_examples=100)
@given(TALKS)
def test_an_owner_is_somebody_who_speaks_or_was_called_by_name(messages: list[Message]) -> None:
    found = understand(messages, InsightOptions(WEDNESDAY))
    for item in (*found.action_items, *found.follow_ups):
        if item.owner is None:
            continue
        speaks = item.owner in [message.speaker for message in messages]
        assert speaks or (not item.owner.id and any(item.owner.name.lower() in m.text.lower() for m in messages))
        assert item.owner.name not in {"Speaker 3", ""}


def split(text: str) -> tuple[str, str]:
    """Return the words of an item, and those from other messages that tell what it is about."""
    about, _, own = text.partition("” – “")
    if own:
        return own, about.removeprefix("“")
    own, _, about = text.partition("(“")
    return own, about.removesuffix("”)")


@settings(deadline=None, max_examples=100)
@given(TALKS)
def test_the_short_wording_has_no_words_that_nobody_said(messages: list[Message]) -> None:
    found = understand(messages, InsightOptions(WEDNESDAY))
    spoken = {message.id: message.text for message in messages}
    for item in (*found.action_items, *found.follow_ups):
        own, about = split(item.text)
        said = {
            *re.findall(r"\w+", item.quote.lower()),
            *(re.findall(r"\w+", (item.speaker or Person("", "")).name.lower())),
        }
        assert set(re.findall(r"\w+", own.lower())) <= said
        for words in re.split("”, “", about):
            assert any(words.strip("…") in spoken[one] for one in item.evidence)


def test_a_sentence_that_captions_cut_is_quoted_across_its_lines() -> None:
    messages = conversation("Ines: Okay. So I'll send the\nInes: figures to the printer\nInes: by Friday.")
    found = understand(messages, InsightOptions(WEDNESDAY))
    (item,) = found.action_items
    assert item.text == "Send the figures to the printer by Friday"
    assert item.quote == "So I'll send the figures to the printer by Friday."
    assert item.message_ids == tuple(message.id for message in messages)
    check(messages, found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "?",
        "hi",
        "I'll",
        "I'll.",
        "word " * 10_000,
        "i'll send the deck and " * 2_000,
        "Can you " * 3_000,
        "a" * 50_000,
        "I'll send the <i>deck</i> by Friday 😀",
        "((((" * 2_000,
        "by the next " * 3_000,
    ],
)
def test_no_input_is_too_strange(text: str) -> None:
    messages = [Message("1", text, None, 0, 1)]
    check(messages, understand(messages, InsightOptions(WEDNESDAY)))


def test_an_empty_conversation_is_understood_as_nothing() -> None:
    assert understand([], InsightOptions(WEDNESDAY)) == Insights()


def test_a_higher_threshold_leaves_less() -> None:
    script = "Ines: I'll send the report by Friday.\nMei: You should update the readme.\nInes: Who pays?"
    assert len(understood(script, threshold=0.9).action_items) == 1
    assert len(understood(script, threshold=0.5).action_items) == 2
