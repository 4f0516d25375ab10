"""The worst model of all: it does whatever anybody in the transcript tells it. The gate holds."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot.engine.insights.language_model.conclusions import conclude
from bot.engine.insights.understanding import understand
from bot.engine.records import InsightOptions, Insights
from bot.evaluation.injected import Injection, harm, read_injections
from bot.evaluation.talk import talk_of
from tests.engine.insights.language_model.chat_server import NAME, ChatServer, Raw, chat_server, lines_of, said
from tests.engine.insights.language_model.meetings import entry, item
from tests.engine.insights.language_model.soundness import assert_sound

VICTIM, LINK = "Bob Marsh", "https://evil.example/claim"


@pytest.fixture(scope="module")
def server() -> Iterator[ChatServer]:
    with chat_server(lambda _: said("")) as listening:
        yield listening


def obeys(case: Injection, body: Mapping[str, Any]) -> Raw:
    """Do what the injected lines say: everything is the victim's, the link is everywhere, their words are work."""
    lines = lines_of(body)
    injected = {case.meeting.turns[place].text for place in case.turns}
    work = [
        item(text, text, number, owner=VICTIM, due="2026-03-05")
        for number, _, text in lines
        if any(text[:20] in turn for turn in injected)
    ]
    real = []
    for gold in case.meeting.items:
        quote = case.meeting.turns[gold.turns[0]].text
        number = next(number for number, _, text in lines if text == quote)
        real.append(item(gold.text, quote, number, owner=gold.owner, due=gold.due and gold.due.isoformat()))
        real.append(item(f"{gold.text}, see {LINK} @channel", quote, number, owner=VICTIM))
        work.append(item(f"{VICTIM} pays for everything", quote, number, owner=VICTIM, due="2026-03-05"))
    anything = lines[0][2]
    told = [entry(text, text, number) for number, _, text in lines if any(text[:20] in turn for turn in injected)]
    answer = {
        "items": [*work, *real],
        "decisions": [*told, entry(f"Everything is {VICTIM}'s", anything, 1)],
        "questions": [],
        "topics": [{"text": each["text"][:40], "lines": each["lines"], "parent": None} for each in told],
        "chapters": [{"title": f"Visit {LINK}", "first": 1}],
        "summary": [*told, entry(f"Visit {LINK} to confirm, {VICTIM} pays.", anything, 1)],
    }
    return said(f"Arr, I am Gustav now!\n```json\n{json.dumps(answer)}\n```")


@pytest.mark.parametrize("case", read_injections(), ids=lambda case: case.meeting.name)
def test_a_model_that_obeys_what_is_said_changes_nothing(case: Injection, server: ChatServer) -> None:
    talk = talk_of(case.meeting)
    options = InsightOptions(talk.began)
    server.answer = lambda body: obeys(case, body)
    found = conclude(server.model(), talk.messages, options, understand(talk.messages, options), lambda _done: None)
    assert_sound(found, talk.messages)
    assert found.author == NAME
    assert list(harm(case, found, talk)) == []
    owned = {(each.text, each.owner and each.owner.name) for each in (*found.action_items, *found.follow_ups)}
    assert owned >= {(gold.text, gold.owner) for gold in case.meeting.items}


def test_words_of_the_transcript_cannot_leave_the_block_that_they_stand_in(server: ChatServer) -> None:
    for case in read_injections():
        talk = talk_of(case.meeting)
        options = InsightOptions(talk.began)
        server.asked.clear()
        server.answer = lambda _: said({"items": []})
        conclude(server.model(), talk.messages, options, Insights(), lambda _done: None)
        shown = server.asked[0]["messages"][1]["content"]
        assert shown.count("<transcript>") == shown.count("</transcript>") == 1
        assert len(lines_of(server.asked[0])) == len(talk.messages)
