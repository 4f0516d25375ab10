"""An engine to ask, as a client has it: on a database of its own, with workers that the tests can steer."""

import asyncio
import io
import json
import wave
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from bot.engine.apps import App
from bot.engine.engine import Engine, EngineSettings
from bot.engine.recordings import Download
from bot.engine.storage import ENGINE_MIGRATIONS
from bot.engine.webhooks import Notify
from bot.ports import Clock, Database
from bot.queues.embedded import EmbeddedQueue
from bot.queues.tasks import QUEUE_MIGRATIONS
from bot.serving import served
from bot.store.migrations import migrate
from bot.store.sqlite import open_database
from tests.clocks import SettableClock

APP_ID, APP_SECRET = "tests", "quite secret"
TESTS = App(APP_ID, APP_SECRET)
CREDENTIALS = {"type": "application", "appId": APP_ID, "appSecret": APP_SECRET}
ENDED = {"completed", "failed"}


def settings(**changes: Any) -> EngineSettings:
    """Return settings with the tests' own operations."""
    operations: dict[str, Any] = {
        "recognise": "tests.engine.operations:recognise",
        "understand": "tests.engine.operations:understand",
        "speech_workers": 1,
    }
    return EngineSettings(**{"apps": (TESTS,), **operations, **changes})


@asynccontextmanager
async def engine_on(
    database: Database,
    folder: Path,
    engine_settings: EngineSettings,
    *,
    clock: Clock | None = None,
    download: Download | None = None,
    notify: Notify | None = None,
) -> AsyncIterator[Engine]:
    """Run an engine on a database whose tables are made when they are missing."""
    for migrations in (ENGINE_MIGRATIONS, QUEUE_MIGRATIONS):
        await migrate(database, migrations)
    clock = clock or SettableClock()
    queue = EmbeddedQueue(database, clock)
    engine = Engine(database, queue, clock, folder / "recordings", engine_settings, download=download, notify=notify)
    await engine.start()
    try:
        yield engine
    finally:
        await engine.stop()


@asynccontextmanager
async def engine_in(folder: Path, **more: Any) -> AsyncIterator[httpx.AsyncClient]:
    """Run an engine in a folder and give a client with a token; settings, `clock`, `download` and `notify` by name."""
    parts = {name: more.pop(name) for name in ("clock", "download", "notify") if name in more}
    async with (
        open_database(folder / "engine.db") as database,
        engine_on(database, folder, settings(**more), **parts) as engine,
        asking(engine) as client,
    ):
        yield client


@asynccontextmanager
async def asking(engine: Engine, app: App = TESTS) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client of an engine in this process, with an app's token."""
    transport = httpx.ASGITransport(engine.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://engine.test") as client:
        credentials = {"type": "application", "appId": app.id, "appSecret": app.secret}
        answer = await client.post("/oauth2/token:generate", json=credentials)
        client.headers["Authorization"] = f"Bearer {answer.json()['accessToken']}"
        yield client


@asynccontextmanager
async def listening(engine: Engine) -> AsyncIterator[str]:
    """Serve an engine of this process over HTTP, and give its address."""
    async with served(engine.app, "127.0.0.1", 0, "ENGINE_PORT") as port:
        yield f"http://127.0.0.1:{port}"


def said(*lines: str, **more: Any) -> dict[str, Any]:
    """Return a text submit; a line is `Name: words`, or words that nobody in particular says."""
    messages: list[dict[str, Any]] = []
    for line in lines:
        name, colon, words = line.partition(": ")
        message: dict[str, Any] = {"payload": {"content": words if colon else line, "contentType": "text/plain"}}
        if colon:
            message["from"] = {"name": name, "userId": f"{name.lower()}@example.com"}
        messages.append(message)
    return {"messages": messages, **more}


def sound(seconds: float = 0.5, channels: int = 1) -> bytes:
    """Return a WAV file of a quiet hum: the tests' recogniser hears in it what it is told to."""
    file = io.BytesIO()
    with wave.open(file, "wb") as recording:
        recording.setnchannels(channels)
        recording.setsampwidth(2)
        recording.setframerate(16_000)
        recording.writeframes(bytes((n * 7) % 64 for n in range(int(seconds * 16_000) * 2)))
    return file.getvalue()


def hearing(*lines: str, **more: str) -> dict[str, str]:
    """Return the query that makes the tests' recogniser hear `lines`; see `tests/engine/operations.py`."""
    return {"customVocabulary": json.dumps(lines), **more}


async def submitted(client: httpx.AsyncClient, body: Mapping[str, Any], conversation_id: str = "") -> tuple[str, str]:
    """Submit or append a text, and return the ids of the conversation and the job."""
    method, path = ("PUT", f"/v1/process/text/{conversation_id}") if conversation_id else ("POST", "/v1/process/text")
    return _ids(await client.request(method, path, json=body))


async def sent(
    client: httpx.AsyncClient, *lines: str, conversation_id: str = "", channels: int = 1, **more: str
) -> tuple[str, str]:
    """Submit or append a recording in which `lines` are heard, and return both ids."""
    method, path = ("PUT", f"/v1/process/audio/{conversation_id}") if conversation_id else ("POST", "/v1/process/audio")
    return _ids(await client.request(method, path, params=hearing(*lines, **more), content=sound(channels=channels)))


async def ended(client: httpx.AsyncClient, job_id: str, within: float = 30.0) -> dict[str, Any]:
    """Wait until a job has ended, and return it."""
    return await job_when(client, job_id, lambda job: job["status"] in ENDED, within)


async def job_when(client: httpx.AsyncClient, job_id: str, true: Any, within: float = 30.0) -> dict[str, Any]:
    """Wait until something is true of a job, and return it."""
    async with asyncio.timeout(within):
        while True:
            job: dict[str, Any] = (await client.get(f"/v1/job/{job_id}")).json()
            if true(job):
                return job
            await asyncio.sleep(0.02)


async def read(client: httpx.AsyncClient, conversation_id: str, part: str = "", **query: Any) -> Any:
    """Return a part of a conversation."""
    path = f"/v1/conversations/{conversation_id}" + (f"/{part}" if part else "")
    answer = await client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _ids(answer: httpx.Response) -> tuple[str, str]:
    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert body.keys() == {"conversationId", "jobId"}
    return body["conversationId"], body["jobId"]
