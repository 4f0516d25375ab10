"""What is concluded with a language model that does as it is told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.engine.insights.language_model import conclusions
from bot.engine.plain import from_plain, to_plain
from bot.engine.records import Insights
from tests.engine.insights.language_model.chat_server import (
    NAME,
    NOTHING,
    Raw,
    asked_about,
    chat_server,
    is_repair,
    lines_of,
    refused,
    said,
)
from tests.engine.insights.language_model.meetings import (
    GOOD,
    PLANNING,
    concluded,
    conversation,
    entry,
    item,
    long_conversation,
)


def test_what_a_good_model_says_is_what_leaves_the_engine() -> None:
    messages = conversation(PLANNING)
    with chat_server(lambda _: said(GOOD)) as server:
        found = concluded(server.model(), messages)
    invoice, studio = found.action_items
    assert (invoice.text, invoice.due) == ("Send Ana the March invoice", date(2026, 3, 6))
    assert invoice.owner == messages[1].speaker
    assert studio.owner == messages[3].speaker
    assert [each.text for each in found.follow_ups] == ["Ask the printer for a sample"]
    assert [each.text for each in found.decisions] == ["Go with the recycled paper"]
    assert found.questions[0].answer is not None
    assert [(each.text, each.parent) for each in found.topics] == [("printer", None), ("recycled paper", "printer")]
    assert [each.title for each in found.chapters] == ["The March invoice", "Printer and photo day"]
    assert len(found.summary) == 2
    assert found.author == NAME
    assert from_plain(Insights, to_plain(found)) == found


def test_the_model_is_asked_strictly_and_once_when_all_of_it_holds() -> None:
    with chat_server(lambda _: said(GOOD)) as server:
        concluded(server.model(), conversation(PLANNING))
    assert len(server.asked) == 1
    assert server.asked[0]["response_format"]["type"] == "json_schema"
    assert server.asked[0]["temperature"] == 0
    assert lines_of(server.asked[0])[1] == (2, "Bob Marsh", "Sure, will do.")


@pytest.mark.parametrize(("known", "used"), [(["json_object", "text"], "json_object"), (["text"], None)])
def test_a_server_that_knows_no_schema_is_asked_for_less(known: list[str], used: str | None) -> None:
    with chat_server(lambda _: said(GOOD)) as server:
        server.formats = known
        found = concluded(server.model(), conversation(PLANNING))
    assert found.author == NAME
    assert server.asked[0].get("response_format", {}).get("type") == used


def test_a_model_that_takes_no_temperature_is_asked_without() -> None:
    with chat_server(lambda _: said(GOOD)) as server:
        server.takes_temperature = False
        found = concluded(server.model(), conversation(PLANNING))
    assert found.author == NAME
    assert "temperature" not in server.asked[0]
    assert server.asked[0]["response_format"]["type"] == "json_schema"


def test_an_entry_that_does_not_hold_is_repaired_once() -> None:
    wrong = item("Book the studio for the second photo day", "I will book a studio soon", 4, owner="Mei Lin")

    def answer(body: Mapping[str, Any]) -> Raw:
        return said({**NOTHING, "items": [GOOD["items"][1]]} if is_repair(body) else {**GOOD, "items": [wrong]})

    with chat_server(answer) as server:
        found = concluded(server.model(), conversation(PLANNING))
    assert [each.text for each in found.action_items] == ["Book the studio for the second photo day"]
    assert len(server.asked) == 2
    assert "its quote does not stand in its lines" in server.asked[1]["messages"][-1]["content"]


def test_an_entry_that_fails_again_is_dropped() -> None:
    invented = item("Order twelve new chairs", "I'll order twelve new chairs", 4)
    with chat_server(lambda _: said({**GOOD, "items": [*GOOD["items"], invented]})) as server:
        found = concluded(server.model(), conversation(PLANNING))
    assert "chairs" not in str(found)
    assert len(found.action_items) == 2
    assert len(server.asked) == 2


def test_a_long_meeting_is_read_in_windows_and_each_thing_is_found_once() -> None:
    messages = long_conversation(600)

    def answer(body: Mapping[str, Any]) -> Raw:
        # everything that is seen is reported, that of the neighbouring windows as well
        promised = [
            item(text[:-1].replace("I'll check", "Check"), text, number, owner=who, due="2026-03-04")
            for number, who, text in lines_of(body)
            if text.startswith("I'll")
        ]
        first, _ = asked_about(body)
        told = [entry("A hall was quiet all of last week.", "was quiet all of last week", first + 1)]
        return said(
            {**NOTHING, "items": promised, "summary": told, "chapters": [{"title": "Quiet halls", "first": first}]}
        )

    with chat_server(answer) as server:
        found = concluded(server.model(), messages)
    assert len(server.asked) > 3
    assert [each.message_ids[0] for each in found.action_items] == [messages[n].id for n in range(0, 600, 10)]
    assert all(each.owner == messages[0].speaker for each in found.action_items)
    assert [each.title for each in found.chapters] == ["Quiet halls"]
    assert len(found.summary) == 1


def test_the_summaries_of_many_windows_become_one_of_at_most_five_sentences() -> None:
    messages = long_conversation(600)

    def answer(body: Mapping[str, Any]) -> Raw:
        if "Conclude from" not in body["messages"][1]["content"]:
            two = lines_of(body)[:2]
            return said({"summary": [entry(text, text, number) for number, _, text in two]})
        first, last = asked_about(body)
        quiet = [line for line in lines_of(body) if first <= line[0] <= last and "quiet" in line[2]][::20]
        return said({**NOTHING, "summary": [entry(text, text, number) for number, _, text in quiet]})

    with chat_server(answer) as server:
        found = concluded(server.model(), messages)
    assert len(found.summary) == 2
    assert all(each.text in {message.text for message in messages} for each in found.summary)


def test_what_is_too_long_for_the_model_is_read_in_smaller_windows() -> None:
    messages = long_conversation(100)

    def answer(body: Mapping[str, Any]) -> Raw:
        if len(lines_of(body)) > 40:
            return refused(400, "This model's maximum context length is 2048 tokens; please reduce the length")
        first, _ = asked_about(body)
        return said({**NOTHING, "topics": [{"text": "quiet halls", "lines": [first + 1], "parent": None}]})

    with chat_server(answer) as server:
        found = concluded(server.model(), messages)
    assert found.author == NAME
    assert len(found.topics[0].message_ids) == 4


def test_a_window_that_nobody_answers_for_is_understood_by_the_engine_itself() -> None:
    messages = [*long_conversation(400), *conversation([("Mei Lin", "I'll send the contract to the supplier.")])]
    messages = [replace(message, id=f"{n:016}") for n, message in enumerate(messages)]

    def answer(body: Mapping[str, Any]) -> Raw:
        first, _ = asked_about(body)
        if first > 1:
            return refused(500, "out of memory")
        return said({**NOTHING, "items": [item("Check the pump of hall 100", "I'll check the pump of hall 100", 1)]})

    with chat_server(answer) as server:
        found = concluded(server.model(concurrency=1), messages)
    assert found.action_items[0].text == "Check the pump of hall 100"
    assert found.action_items[-1].text == "Send the contract to the supplier"
    assert [note.code for note in found.notes] == [conclusions.PARTIAL]


def test_the_texts_may_be_in_another_language_than_the_meeting() -> None:
    german = {
        **NOTHING,
        "items": [item("Die Rechnung vom März an Ana schicken", "can you send me the March invoice", 1, 2)],
        "summary": [entry("Das Team nimmt Recyclingpapier.", "We go with the recycled paper", 3)],
    }
    with chat_server(lambda _: said(german)) as server:
        found = concluded(server.model(output_language="de"), conversation(PLANNING))
    assert [each.text for each in found.action_items] == ["Die Rechnung vom März an Ana schicken"]
    assert found.summary[0].text == "Das Team nimmt Recyclingpapier."
    assert 'language "de"' in server.asked[0]["messages"][1]["content"]


def test_other_languages_than_english_have_conclusions_too() -> None:
    messages = conversation(
        [
            ("Ana Ruiz", "Ich schicke den Vertrag bis Freitag an die Druckerei."),
            ("Bob Marsh", "Wir nehmen das Recyclingpapier."),
        ]
    )
    concluded_by = {
        **NOTHING,
        "items": [
            item("Den Vertrag an die Druckerei schicken", "Ich schicke den Vertrag bis Freitag an die Druckerei", 1)
        ],
        "decisions": [entry("Recyclingpapier nehmen", "Wir nehmen das Recyclingpapier", 2)],
    }
    with chat_server(lambda _: said(concluded_by)) as server:
        found = concluded(server.model(), messages, language="de")
    assert [each.text for each in found.action_items] == ["Den Vertrag an die Druckerei schicken"]
    assert [each.text for each in found.decisions] == ["Recyclingpapier nehmen"]
    assert conclusions.OWNERS_IN_ENGLISH in found.notes
    assert not any(
        "needs a language model" in note.text or "need a language model" in note.text for note in found.notes
    )


def test_words_below_the_threshold_are_left_out() -> None:
    with chat_server(lambda _: said(GOOD)) as server:
        found = concluded(server.model(), conversation(PLANNING), confidence_threshold=0.95)
    assert found.action_items == ()


def test_a_conversation_without_words_is_not_sent_anywhere() -> None:
    with chat_server(lambda _: said(GOOD)) as server:
        concluded(server.model(), conversation([("Ana Ruiz", "..."), (None, "")]))
    assert server.seen == 0
