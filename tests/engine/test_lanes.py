"""Worker processes: warm, idle, silent, dead; and what they are not told."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.engine.lanes import Lane, WorkerDied
from bot.errors import Failed
from tests.engine import lane_operations


@asynccontextmanager
async def lane(name: str, **more: Any) -> AsyncIterator[Lane]:
    opened = Lane(f"{lane_operations.__name__}:{name}", **more)
    try:
        yield opened
    finally:
        await opened.close()


async def ask(opened: Lane, request: Mapping[str, Any] | None = None) -> Any:
    async def told(_event: Mapping[str, Any]) -> None:
        pass

    return await opened.ask(request or {}, told)


async def test_a_worker_is_kept_warm_and_ended_when_idle() -> None:
    async with lane("pid", idle_seconds=0.3) as opened:
        first = await ask(opened)
        assert await ask(opened) == first
        async with asyncio.timeout(10):
            while await ask(opened) == first:  # noqa: ASYNC110 - idling is what is waited for
                await asyncio.sleep(0.5)


async def test_as_many_requests_as_there_is_room_for_are_answered_at_once() -> None:
    async with lane("pid", size=2) as opened:
        assert len(set(await asyncio.gather(*(ask(opened) for _ in range(5))))) == 2


async def test_a_worker_that_is_silent_for_too_long_is_ended() -> None:
    # long enough for a new process to begin on a busy machine
    async with lane("sleep", quiet_seconds=4.0) as opened:
        with pytest.raises(WorkerDied, match="silent"):
            await ask(opened, {"seconds": 60})
        assert await ask(opened, {"seconds": 0}) is None


async def test_a_worker_that_crashed_while_idle_is_replaced() -> None:
    async with lane("die_after_answering") as opened:
        first = await ask(opened)
        await asyncio.sleep(0.3)
        assert await ask(opened) != first


async def test_a_cancelled_request_leaves_no_worker_in_the_middle_of_it() -> None:
    async with lane("sleep") as opened:
        asking = asyncio.create_task(ask(opened, {"seconds": 60}))
        await asyncio.sleep(0.5)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert await ask(opened, {"seconds": 0}) is None


async def test_a_bug_in_an_operation_is_logged_and_answered_plainly(caplog: pytest.LogCaptureFixture) -> None:
    async with lane("broken") as opened:
        with pytest.raises(Failed, match="mistake"):
            await ask(opened)
    assert "ZeroDivisionError" in str([vars(record) for record in caplog.records])


async def test_what_libraries_print_does_not_disturb_and_large_answers_pass() -> None:
    async with lane("noisy") as opened:
        assert await ask(opened, {"text": "ä" * 1_000_000}) == "ä" * 1_000_000


async def test_secrets_of_the_environment_stay_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("ENGINE_APP_SECRET", "quite")
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    async with lane("environment") as opened:
        names = await ask(opened)
    assert "OMP_NUM_THREADS" in names
    assert not {"SLACK_BOT_TOKEN", "ENGINE_APP_SECRET"} & set(names)
