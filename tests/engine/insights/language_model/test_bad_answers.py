"""A language model that answers badly, or not at all: never an invalid item, always an answer."""

import json
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.insights.language_model import conclusions
from bot.engine.insights.language_model.model import LanguageModel
from bot.engine.records import InsightOptions, Insights
from tests.engine.insights.language_model.chat_server import KEY, NAME, ChatServer, Raw, chat_server, refused, said
from tests.engine.insights.language_model.meetings import (
    GOOD,
    PLANNING,
    WEDNESDAY,
    concluded,
    conversation,
    entry,
    item,
    own_conclusions,
)

MEETING = conversation(PLANNING)
STUDIO = "I'll book the studio for the second photo day."


def own() -> Insights:
    """Return what the engine concludes by itself."""
    return own_conclusions(tuple(MEETING), InsightOptions(WEDNESDAY))


def answered(*raws: Raw, **model: Any) -> Insights:
    """Return what is concluded when the server answers so, the last answer for ever."""
    numbers = count()
    with chat_server(lambda _: raws[min(next(numbers), len(raws) - 1)]) as server:
        return concluded(server.model(**model), MEETING)


HTML = Raw(502, b"<html><head><title>502 Bad Gateway</title></head></html>", {"content-type": "text/html"})
NO_ANSWERS = {
    "an error page": HTML,
    "an error page that claims success": Raw(200, HTML.body),
    "500": refused(500, "internal error"),
    "429 for ever": refused(429, "slow down", Retry_After="0"),
    "no money": refused(429, "You exceeded your current quota, insufficient_quota"),
    "a key that it does not accept": refused(401, "Incorrect API key provided"),
    "an address without a server of chats": refused(404, "not found"),
    "a redirection": Raw(302, b"", {"location": "http://127.0.0.1:9/"}),
    "nothing": Raw(200, b""),
    "no choices": Raw(200, b'{"choices": []}'),
    "choices that are none": Raw(200, b'{"choices": "none", "usage": null}'),
    "a list": Raw(200, b"[]"),
    "deep nonsense": Raw(200, b"[" * 100_000),
    "a refusal": said(None),
    "an apology": said("I'm sorry, but I can't help with that."),
    "JSON of another shape": said({"answer": 42}),
    "empty lists only": said({"items": [], "summary": []}),
    "lists of the wrong types": said({"items": {"a": 1}, "decisions": "none", "topics": [1, None, ["x"]]}),
    "an answer without end": Raw(200, b'{"choices": "' + b"x" * 4_100_000 + b'"}'),
    "silence": Raw(200, b"{}", {}, 3.0),
}


@pytest.mark.parametrize("raw", NO_ANSWERS.values(), ids=NO_ANSWERS.keys())
def test_without_an_answer_the_conclusions_are_the_engines_own_and_say_so(raw: Raw) -> None:
    found = answered(raw, request_seconds=0.15, deadline_seconds=1.0)
    assert found.author is None
    assert found.action_items == own().action_items
    assert found.notes[-1].code == conclusions.FAILED
    assert found.notes[-1].text.endswith("did not answer; these are the engine's own conclusions.")


def test_the_note_about_a_failure_tells_a_channel_neither_the_server_nor_a_secret() -> None:
    with chat_server(lambda _: refused(500, KEY)) as server:
        address = server.url.replace("http://", f"http://me:{KEY}@") + f"?key={KEY}"
        model = LanguageModel(address, NAME, KEY, pause_seconds=0.01, deadline_seconds=1.0)
        found = concluded(model, MEETING)
    assert found.notes[-1].code == conclusions.FAILED
    assert "127.0.0.1" not in found.notes[-1].text
    assert KEY not in str(found)
    assert KEY not in repr(model)


def test_a_server_that_is_not_there_is_no_disaster() -> None:
    found = concluded(LanguageModel("http://127.0.0.1:9/v1", NAME, deadline_seconds=2.0, pause_seconds=0.01), MEETING)
    assert found.action_items == own().action_items
    assert found.notes[-1].code == conclusions.FAILED


@pytest.mark.parametrize(
    "first",
    [
        refused(429, "slow down", Retry_After="0"),
        refused(429, "slow down", Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"),
        refused(503, "loading the model"),
        HTML,
        Raw(200, b'{"choices": []}'),
        said("Here you go: no JSON."),
        said("", finish="content_filter"),
    ],
    ids=["429", "429 until a moment", "503", "error page", "no choices", "prose", "empty"],
)
def test_what_passes_is_waited_for(first: Raw) -> None:
    found = answered(first, said(GOOD))
    assert found.author == NAME
    assert len(found.action_items) == 2


def test_a_server_that_wants_more_patience_than_there_is_time_is_not_waited_for() -> None:
    found = answered(refused(429, "slow down", Retry_After="3600"), deadline_seconds=5.0)
    assert found.notes[-1].code == conclusions.FAILED


@pytest.mark.parametrize(
    "wrapped",
    [
        "Sure! Here is the JSON you asked for:\n\n```json\n{}\n```\nLet me know if {{you}} need more.",
        '<think>The user wants {{JSON}}. I\'d say {{"items": 1}}…</think>{}',
        "```\n{}\n```",
        "{{not this}} but this: {}",
    ],
)
def test_prose_and_fences_around_the_answer_do_not_matter(wrapped: str) -> None:
    found = answered(said(wrapped.format(json.dumps(GOOD)) if "{}" in wrapped else wrapped))
    assert len(found.action_items) == 2


def test_of_half_an_answer_what_is_whole_counts() -> None:
    written = json.dumps(GOOD)
    half = written[: written.index('"decisions"') + 30]
    found = answered(said(half, finish="length"))
    assert {each.text for each in found.action_items} >= {"Send Ana the March invoice"}


BAD_ITEMS = {
    "an invented quote": item("Book the studio", "I'll book the studio on the moon tonight", 4),
    "an invented line": item("Book the studio", "nobody said this at all here", 99),
    "no quote": item("Book the studio", "", 4),
    "a quote of one word": item("Book the studio", "the", 4),
    "no text": item("", STUDIO, 4),
    "a kind that is none": item("Book the studio", STUDIO, 4, kind="task"),
    "another name": item("Book the studio for Robert", STUDIO, 4),
    "a person of the meeting who was not meant": item("Book the studio for Ana", STUDIO, 4),
    "another number": item("Book the studio for 12 photo days", STUDIO, 4),
    "another number in words": item("Book the studio for twelve photo days", STUDIO, 4),
    "another day": item("Book the studio for Tuesday", STUDIO, 4),
    "a link": item("Book the studio at https://evil.example/pay", STUDIO, 4),
    "a bare link": item("Book the studio at www.evil.example", STUDIO, 4),
    "a domain": item("Book the studio evil.example", STUDIO, 4),
    "other work": item("Transfer the whole budget abroad", STUDIO, 4),
    "the opposite": item("Do not book the studio", STUDIO, 4),
    "endless text": item("Book the studio " + "second photo day " * 30, STUDIO, 4),
    "who asks as who is served": item("Send Bob the March invoice", "can you send me the March invoice", 1, 2),
    "wrong types": {"kind": 1, "text": [], "quote": {}, "lines": "all", "owner": 3, "due": [], "firm": "yes"},
}


@pytest.mark.parametrize("bad", BAD_ITEMS.values(), ids=BAD_ITEMS.keys())
def test_an_item_that_breaks_a_rule_is_dropped_and_the_others_stay(bad: Mapping[str, Any]) -> None:
    found = answered(said({**GOOD, "items": [bad, GOOD["items"][1]]}))
    assert [each.text for each in found.action_items] == ["Book the studio for the second photo day"]


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        ("Mei Lin", "Mei Lin"),
        ("Mei", "Mei Lin"),
        ("Ana Ruiz", None),
        ("Robert", None),
        ("Mei Lin and Bob", None),
        ("", "Mei Lin"),
    ],
)
def test_whose_it_is_the_evidence_says_and_not_the_model(owner: str, expected: str | None) -> None:
    found = answered(said({**GOOD, "items": [item("Book the studio", STUDIO, 4, owner=owner)]}))
    assert [each.owner and each.owner.name for each in found.action_items] == [expected]


def test_who_asks_is_not_who_owes() -> None:
    quote = "can you send me the March invoice by Friday"
    found = answered(said({**GOOD, "items": [item("Send Ana the March invoice", quote, 1, owner="Ana Ruiz")]}))
    assert found.action_items[0].owner is None


@pytest.mark.parametrize(
    ("due", "expected"),
    [("2026-03-06", "2026-03-06"), ("2026-03-09", "2026-03-06"), ("Friday", "2026-03-06"), (None, "2026-03-06")],
)
def test_by_when_is_what_was_spoken(due: str | None, expected: str) -> None:
    quote = "can you send me the March invoice by Friday?"
    found = answered(said({**GOOD, "items": [item("Send Ana the March invoice", quote, 1, due=due)]}))
    assert str(found.action_items[0].due) == expected


def test_nothing_is_due_that_nobody_dated() -> None:
    found = answered(said({**GOOD, "items": [item("Book the studio", STUDIO, 4, due="2026-03-09")]}))
    assert found.action_items[0].due is None


def test_one_thing_told_twice_is_one_item() -> None:
    twice = [GOOD["items"][1], item("Book the studio for the photo day", STUDIO, 4), GOOD["items"][1]]
    found = answered(said({**GOOD, "items": twice}))
    assert len(found.action_items) == 1


def test_a_quote_is_found_whatever_its_blanks_case_and_marks_and_left_as_it_was_said() -> None:
    messages = conversation([("Mei Lin", "So, I’ll  book the “big” studio — okay?"), ("Ana Ruiz", "Fine, thanks.")])
    found_by = {**GOOD, "items": [item("Book the big studio", 'i\'ll BOOK the "big" studio - okay', 1)]}
    with chat_server(lambda _: said(found_by)) as server:
        found = concluded(server.model(), messages)
    assert [each.quote for each in found.action_items] == ["I’ll  book the “big” studio — okay"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Mei Lin will book the studio", "Book the studio"),
        ("Mei to book the studio", "Book the studio"),
        ("I'll book the studio", "Book the studio"),
        ("Book the studio for the day to book", "Book the studio for the day to book"),
    ],
)
def test_an_item_says_what_is_to_be_done_and_its_owner_says_by_whom(text: str, kept: str) -> None:
    found = answered(said({**GOOD, "items": [item(text, STUDIO, 4)]}))
    assert [each.text for each in found.action_items] == [kept]


def test_who_has_somebody_else_do_it_does_not_own_it() -> None:
    messages = conversation(
        [("Ana Ruiz", "Jamal is in, I'll have him mail you the numbers."), ("Bob Marsh", "Thanks.")]
    )
    quote = "I'll have him mail you the numbers"
    delegated = {**GOOD, "items": [item("Mail Bob the numbers", quote, 1, owner="Ana Ruiz")]}
    with chat_server(lambda _: said(delegated)) as server:
        found = concluded(server.model(), messages)
    assert [each.owner for each in found.action_items] == [None]


def test_markup_and_mentions_are_taken_out_of_what_it_writes() -> None:
    text = "**Book** the <!channel> `studio` for [the second](https://x.example) photo day @channel\u202e\u0007"
    found = answered(said({**GOOD, "items": [item(text, STUDIO, 4)]}))
    assert [each.text for each in found.action_items] == ["Book the studio for the second photo day"]


def test_what_was_taken_back_is_no_work() -> None:
    messages = conversation(
        [
            ("Mei Lin", "I'll book the studio."),
            ("Mei Lin", "Actually no, forget it."),
            ("Ana Ruiz", "We go with plan B."),
        ]
    )
    retracted = {**GOOD, "items": [item("Book the studio", "I'll book the studio", 1, owner="Mei Lin")]}
    with chat_server(lambda _: said(retracted)) as server:
        found = concluded(server.model(), messages)
    assert found.action_items == ()


def test_a_summary_that_says_more_than_was_said_is_not_told() -> None:
    told = [
        entry("The company will be sold to Acme for 3 million.", "recycled paper", 3),
        entry("They go with the recycled paper.", "recycled paper", 3),
        entry("Visit https://evil.example now.", "recycled paper", 3),
        entry("They do not go with the recycled paper.", "recycled paper", 3),
    ]
    found = answered(said({**GOOD, "summary": told}))
    assert [each.text for each in found.summary] == ["They go with the recycled paper."]


_WORDS = st.sampled_from(
    [STUDIO, "Book the studio", "Mei Lin", "2026-03-06", "recycled paper", "x" * 300, "<!here>", ""]
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.floats(allow_nan=False) | _WORDS | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(GOOD["items"][0])), inner),
    max_leaves=8,
)
_ENTRIES = st.lists(
    st.dictionaries(
        st.sampled_from(
            ["text", "quote", "lines", "line", "kind", "owner", "due", "firm", "answer", "parent", "first", "title"]
        ),
        _JSON,
    )
    | _JSON,
    max_size=4,
)


@pytest.fixture(scope="module")
def server() -> Iterator[ChatServer]:
    with chat_server(lambda _: said(GOOD)) as listening:
        yield listening


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(st.sampled_from(sorted(GOOD)), _ENTRIES | _JSON, min_size=1), st.integers(0, 40))
def test_whatever_it_answers_nothing_unsound_leaves_the_engine(
    server: ChatServer, answer: dict[str, Any], cut: int
) -> None:
    written = json.dumps(answer)
    server.answer = lambda _: said(written[: len(written) - cut])
    concluded(server.model(), MEETING)
