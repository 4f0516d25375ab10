"""The documented quickstart, step by step, with the fields that its samples print, over real HTTP."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.store.sqlite import open_database
from tests.engine.serving import CREDENTIALS, ended, engine_on, listening, settings, sound

NUMERIC_ID = re.compile(r"[1-9]\d{15}")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")

HEARD = ["Best package for you is $69.99 per month.", "I will send the offer to Roger.", "Is that fine?"]


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[str]:
    """The engine alone, under uvicorn; addresses lead to the same short recording."""

    async def download(_url: str, target: Path) -> None:
        await asyncio.to_thread(target.write_bytes, sound())

    async with (
        open_database(tmp_path / "engine.db") as database,
        engine_on(database, tmp_path, settings(), download=download) as engine,
        listening(engine) as address,
    ):
        yield address


async def test_the_quickstart_works_as_it_is_printed(server: str) -> None:
    async with httpx.AsyncClient(base_url=server, trust_env=False) as client:
        answer = await client.post("/oauth2/token:generate", json=CREDENTIALS)
        headers = {"Authorization": f"Bearer {answer.json()['accessToken']}", "Content-Type": "application/json"}

        # process a video file, with every parameter of the page
        payload = {
            "url": "https://files.example.com/meeting.mp4",
            "name": "BusinessMeeting",
            "customVocabulary": HEARD,
            "confidenceThreshold": 0.6,
            "detectPhrases": True,
            "languageCode": "en-US",
            "entities": [{"customType": "Offer_Word", "text": "package"}],
        }
        response = await client.post("/v1/process/video/url", headers=headers, json=payload)
        assert response.status_code == 201
        conversation_id, job_id = response.json()["conversationId"], response.json()["jobId"]
        assert NUMERIC_ID.fullmatch(conversation_id)
        assert UUID.fullmatch(job_id)

        client.headers.update(headers)
        assert (await ended(client, job_id))["status"] == "completed"

        # get messages: the sample sends its query as one JSON object
        path = f"/v1/conversations/{conversation_id}/messages"
        response = await client.get(f"{path}?%7B%22verbose%22:%20true,%20%22sentiment%22:%20true%7D")
        assert response.status_code == 200
        messages: list[dict[str, Any]] = response.json()["messages"]
        assert [message["text"] for message in messages] == HEARD
        printed = {"id", "text", "from", "startTime", "endTime", "conversationId", "words", "phrases", "sentiment"}
        for message in messages:
            assert message.keys() >= printed
            assert NUMERIC_ID.fullmatch(message["id"])
            assert MOMENT.fullmatch(message["startTime"])
            assert MOMENT.fullmatch(message["endTime"])
            assert message["conversationId"] == conversation_id
            assert {word["word"] for word in message["words"]} == set(message["text"].split())
        assert messages[1]["phrases"] == [{"type": "action_phrase", "text": "will"}]

        # generate more insights
        items = (await client.get(f"/v1/conversations/{conversation_id}/action-items")).json()["actionItems"]
        assert [item["text"] for item in items] == ["I will send the offer to Roger."]
        assert items[0]["messageIds"] == [messages[1]["id"]]
        assert (await client.get(f"/v1/conversations/{conversation_id}/topics")).json()["topics"]
        assert (await client.get(f"/v1/conversations/{conversation_id}/follow-ups")).json() == {"followUps": []}
        found = (await client.get(f"/v1/conversations/{conversation_id}/entities")).json()["entities"]
        assert [(entity["customType"], entity["text"]) for entity in found] == [("Offer_Word", "package")]


async def test_a_query_in_the_form_of_the_node_sample_is_understood(server: str) -> None:
    async with httpx.AsyncClient(base_url=server, trust_env=False) as client:
        token = (await client.post("/oauth2/token:generate", json=CREDENTIALS)).json()["accessToken"]
        client.headers["Authorization"] = f"Bearer {token}"
        query = "entities[0][customType]=Custom_Entity_Type&entities[0][text]=offer"
        body = {"url": "https://files.example.com/a.mp4", "customVocabulary": HEARD}
        response = await client.post(f"/v1/process/video/url?{query}", json=body)
        await ended(client, response.json()["jobId"])
        path = f"/v1/conversations/{response.json()['conversationId']}/entities"
        found = (await client.get(path)).json()["entities"]
        assert [(entity["customType"], entity["value"]) for entity in found] == [("Custom_Entity_Type", "offer")]


async def test_a_large_upload_that_is_refused_still_gets_its_answer(server: str, tmp_path: Path) -> None:
    recording = tmp_path / "large.wav"
    recording.write_bytes(sound() + bytes(20_000_000))
    async with httpx.AsyncClient(base_url=server, trust_env=False) as client:
        for _ in range(3):
            with recording.open("rb") as file:
                answer = await client.post("/v1/process/audio", content=_pieces(file.read()))
            assert answer.status_code == 401
            assert answer.json() == {"message": "Token validation failed for provided token."}


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 65_536):
        yield content[start : start + 65_536]
