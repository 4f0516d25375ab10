"""A language model behind the conversation API: from what the operator sets to what a client reads."""

import json
from pathlib import Path
from typing import Any

from bot.engine.insights.language_model.model import LanguageModel
from bot.engine.operations import UNDERSTAND
from bot.engine.plain import from_plain, to_plain
from tests.engine.insights.language_model.chat_server import NAME, NOTHING, chat_server, refused, said
from tests.engine.insights.language_model.meetings import entry, item
from tests.engine.serving import ended, engine_in, read, submitted
from tests.engine.serving import said as spoken

LINES = ("Ana Ruiz: I'll send the contract to the supplier.", "Bob Marsh: We go with the recycled paper.")
ANSWER: dict[str, Any] = {
    **NOTHING,
    "items": [item("Send the contract to the supplier", "I'll send the contract to the supplier", 1, owner="Ana Ruiz")],
    "decisions": [entry("Go with the recycled paper", "We go with the recycled paper", 2)],
    "summary": [entry("They go with the recycled paper.", "We go with the recycled paper", 2)],
}


async def test_a_client_reads_what_the_model_concluded(tmp_path: Path) -> None:
    with chat_server(lambda _: said(ANSWER)) as server:
        async with engine_in(tmp_path, understand=UNDERSTAND, language_model=server.model()) as client:
            conversation, job = await submitted(client, spoken(*LINES))
            assert (await ended(client, job))["status"] == "completed"
            items = (await read(client, conversation, "action-items"))["actionItems"]
            summary = await read(client, conversation, "summary")
    assert [(each["text"], each["assignee"]["name"]) for each in items] == [
        ("Send the contract to the supplier", "Ana Ruiz")
    ]
    assert "They go with the recycled paper." in json.dumps(summary)
    assert NAME in json.dumps(summary)


async def test_a_client_is_told_when_the_model_did_not_answer(tmp_path: Path) -> None:
    with chat_server(lambda _: refused(401, "no")) as server:
        async with engine_in(tmp_path, understand=UNDERSTAND, language_model=server.model()) as client:
            conversation, job = await submitted(client, spoken(*LINES))
            done = await ended(client, job)
            items = (await read(client, conversation, "action-items"))["actionItems"]
    assert done["status"] == "completed"
    assert [note["code"] for note in done["notes"]] == ["language-model-failed"]
    assert len(items) == 1


def test_a_model_crosses_the_pipe_to_a_worker_whole() -> None:
    model = LanguageModel("http://localhost:8080", "some-model", "a key", output_language="de")
    assert from_plain(LanguageModel, to_plain(model)) == model


def test_the_address_may_be_written_in_full_or_in_part() -> None:
    wanted = "http://localhost:8080/v1/chat/completions"
    for url in ("http://localhost:8080", "http://localhost:8080/v1/", wanted):
        assert LanguageModel(url, "m").endpoint == wanted
    hosted = LanguageModel("https://chat.example/api/v3?version=2", "m")
    assert hosted.endpoint == "https://chat.example/api/v3/chat/completions?version=2"
