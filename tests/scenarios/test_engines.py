"""The engine behind the bot: full, elsewhere, not there yet, and not willing."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from bot.domain.jobs import JobState
from tests.scenarios.house import ONE_ITEM, ROOT, free_port, open_house
from tests.sources.servers import LocalServer

APP_ID, SECRET = "followthrough", "opens nothing"


@asynccontextmanager
async def engine_process(folder: Path, port: int, *allow_hosts: str) -> AsyncIterator[None]:
    """Run `python -m bot engine` as an operator does, until the block ends."""
    environment = os.environ | {
        "DATA_DIR": str(folder),
        "ENGINE_PORT": str(port),
        "ENGINE_APP_ID": APP_ID,
        "ENGINE_APP_SECRET": SECRET,
        "FETCH_ALLOW_HOSTS": ",".join(allow_hosts),
        "LOG_LEVEL": "ERROR",
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "engine", cwd=ROOT, env=environment)
    try:
        yield
    finally:
        process.terminate()
        assert await process.wait() == 0


async def answers(port: int) -> None:
    """Wait until somebody listens on a port."""
    async with asyncio.timeout(30):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


async def test_more_recordings_than_the_engine_takes_at_once_all_become_threads(tmp_path: Path) -> None:
    async with open_house(tmp_path, engine_max_jobs=1) as house:
        rooms = [house.room() for _ in range(3)]
        for number, room in enumerate(rooms):
            name = f"meeting_{number}.txt"
            await house.slack.say("ana", room.id, "Planning", files=[(name, ONE_ITEM + b"Bo: %d.\n" % number)])
        for room in rooms:
            assert len(await room.items(within=60)) == 1
            assert len(room.heads()) == 1
            assert not room.refused()


async def test_an_engine_elsewhere_makes_the_same_thread_and_calls_back(tmp_path: Path) -> None:
    engine = free_port()
    async with (
        LocalServer() as front,
        engine_process(tmp_path / "engine", engine, front.place),
        open_house(
            tmp_path / "bot",
            over_http=True,
            # where the world reaches the bot: a front that notes what comes, and passes it on below
            public_url=front.url(""),
            conversation_api_url=f"http://127.0.0.1:{engine}",
            conversation_api_id=APP_ID,
            conversation_api_secret=SECRET,
        ) as house,
    ):
        await answers(engine)
        room = house.room()
        await house.slack.say("ana", room.id, "Planning", files=[("one.txt", ONE_ITEM)])
        assert len(await room.items()) == 1
        assert "Mei Tanaka, Ana Ruiz" in room.posted()[1].text
        assert not room.refused()

        (job,) = await house.jobs(room)
        called = {each.target for each in front.asked if each.target.startswith(f"/hooks/conversations/{job.id}-")}
        assert len(called) == 1, "the engine calls the job's own address"
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{house.bot.port}", trust_env=False) as client:
            assert (await client.post(called.pop(), json={"id": "1", "status": "completed"})).status_code == 204
            assert (await client.post(f"/hooks/conversations/{job.id}-{'0' * 32}", json={})).status_code == 404


async def test_an_engine_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    engine = free_port()
    async with open_house(
        tmp_path / "bot",
        conversation_api_url=f"http://127.0.0.1:{engine}",
        conversation_api_id=APP_ID,
        conversation_api_secret=SECRET,
    ) as house:
        room = house.room()
        await house.slack.say("ana", room.id, "Planning", files=[("one.txt", ONE_ITEM)])
        waiting = await room.told("I keep trying.")
        assert "The conversation server at 127.0.0.1 could not be reached." in waiting.text
        async with engine_process(tmp_path / "engine", engine):
            assert len(await room.items(within=60)) == 1
        assert len(room.heads()) == 1


async def test_a_wrong_secret_is_named_by_its_setting(tmp_path: Path) -> None:
    engine = free_port()
    async with (
        engine_process(tmp_path / "engine", engine),
        open_house(
            tmp_path / "bot",
            conversation_api_url=f"http://127.0.0.1:{engine}",
            conversation_api_id=APP_ID,
            conversation_api_secret="another",
        ) as house,
    ):
        await answers(engine)
        room = house.room()
        await house.slack.say("ana", room.id, "Planning", files=[("one.txt", ONE_ITEM)])
        ended = await room.ended()
        assert "could not be done" in ended.text
        assert "does not accept our credentials" in ended.text
        assert "CONVERSATION_API_SECRET" in ended.text
        assert "another" not in ended.text
        (job,) = await house.jobs(room)
        assert job.state is JobState.FAILED
