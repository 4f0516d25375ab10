"""The client and the embedded engine speak the same protocol."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import httpx
import pytest

import bot
from bot.clock import SystemClock
from bot.conversations.client import ConversationsClient, open_client
from bot.engine.apps import App
from bot.engine.engine import Engine, EngineSettings
from bot.errors import Failed
from bot.ports import EngineJob, EngineState, SubmitOptions, TranscriptLine
from bot.queues.embedded import EmbeddedQueue
from bot.settings import Settings
from bot.store.migrations import migrate
from bot.store.sqlite import open_database
from tests.conversations.server import APP_ID, SECRET

ROOT = Path(bot.__file__).parent
MODELS = Settings().engine_model_cache.expanduser()
LATE = datetime(2026, 3, 10, 0, 30, tzinfo=timezone(timedelta(hours=2)))  # the 9th in UTC


@asynccontextmanager
async def engine_client(folder: Path) -> AsyncIterator[ConversationsClient]:
    """Open the real engine in this process, and a client of it."""
    clock = SystemClock()
    async with open_database(folder / "engine.db") as database:
        for part in ("engine", "queues"):
            await migrate(database, ROOT / part / "migrations")
        settings = EngineSettings((App(APP_ID, SECRET),), model_cache=MODELS)
        engine = Engine(database, EmbeddedQueue(database, clock), clock, folder / "engine", settings)
        await engine.start()
        try:
            async with open_client("http://engine.invalid", APP_ID, SECRET, httpx.ASGITransport(engine.app)) as client:
                yield client
        finally:
            await engine.stop()


async def ended(client: ConversationsClient, engine_job_id: str) -> EngineJob:
    """Wait until a job has ended."""
    while True:
        job = await client.job(engine_job_id)
        if job.state in {EngineState.COMPLETED, EngineState.FAILED}:
            return job
        await asyncio.sleep(0.02)


async def test_what_was_said_comes_back_understood_and_can_be_forgotten(tmp_path: Path) -> None:
    lines = (
        TranscriptLine("Ana", "Good morning. What is left to do?", 0.0, 4.0),
        TranscriptLine("Ben", "I'll finish the payment test by tomorrow.", 5.5, 9.0),
        TranscriptLine(None, "Thank you.", 9.5, 10.0),
    )
    async with engine_client(tmp_path) as client:
        submission = await client.submit_transcript(lines, SubmitOptions("Plan – 100 %", LATE))
        assert (await ended(client, submission.engine_job_id)).state is EngineState.COMPLETED
        conversation = await client.read(submission.conversation_id)
        assert conversation.title == "Plan – 100 %"
        assert conversation.started_at == LATE
        assert conversation.seconds == 10.0
        assert conversation.speakers == ("Ana", "Ben")
        assert [message.text for message in conversation.messages] == [
            "Good morning.",
            "What is left to do?",
            "I'll finish the payment test by tomorrow.",
            "Thank you.",
        ]
        (item,) = conversation.action_items
        assert (item.owner, item.evidence.speaker, item.evidence.at) == ("Ben", "Ben", 5.5)
        assert item.due == date(2026, 3, 11)  # the day after the 10th, which it was for them
        assert all(sentence.evidence for sentence in conversation.summary)
        assert "commitment" in {moment.kind for moment in conversation.key_moments}

        await client.forget(submission.conversation_id)
        await client.forget(submission.conversation_id)
        with pytest.raises(Failed, match="does not know"):
            await client.read(submission.conversation_id)
