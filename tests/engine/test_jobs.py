"""The life of a job: partial reads, appends in order, workers that die, engines that are killed, deletion."""

import asyncio
import json
import sys
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.engine import recordings
from bot.errors import NoAccess, Unavailable
from tests.children import started
from tests.clocks import SettableClock
from tests.databases import KINDS, opened
from tests.engine.serving import (
    asking,
    ended,
    engine_in,
    engine_on,
    hearing,
    job_when,
    read,
    said,
    sent,
    settings,
    sound,
    submitted,
)


async def texts(api: httpx.AsyncClient, conversation_id: str) -> list[str]:
    return [message["text"] for message in (await read(api, conversation_id, "messages"))["messages"]]


async def test_what_was_heard_so_far_can_be_read_while_the_job_runs(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    async with engine_in(tmp_path) as api:
        conversation_id, job_id = await sent(api, "I will go.", "Two.", f"WAIT {gate}", "Three.")
        job = await job_when(api, job_id, lambda job: job["progress"] > 0.4)
        assert job["status"] == "in_progress"
        assert job["seconds"] == 0.5
        assert await texts(api, conversation_id) == ["I will go.", "Two."]
        assert (await read(api, conversation_id, "action-items")) == {"actionItems": []}
        summary = await api.get(f"/v1/conversations/{conversation_id}/summary")
        assert summary.status_code == 404
        assert summary.json()["message"]
        gate.touch()
        job = await ended(api, job_id)
        assert (job["status"], job["progress"]) == ("completed", 1.0)
        assert await texts(api, conversation_id) == ["I will go.", "Two.", "Three."]
        assert len((await read(api, conversation_id, "action-items"))["actionItems"]) == 1
        assert (await read(api, conversation_id))["metadata"] == {"language": "en"}


async def test_appends_are_understood_one_after_another_in_the_order_they_were_sent(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    async with engine_in(tmp_path, speech_workers=2) as api:
        conversation_id, first = await sent(api, f"WAIT {gate}", "First.")
        _, second = await sent(api, "Second.", conversation_id=conversation_id)
        same, third = await submitted(api, said("Anna: I will be third."), conversation_id)
        assert same == conversation_id
        assert len({first, second, third}) == 3
        await job_when(api, first, lambda job: job["status"] == "in_progress")
        for later in (second, third):
            assert (await api.get(f"/v1/job/{later}")).json()["status"] == "scheduled"
        gate.touch()
        await ended(api, third)
        assert await texts(api, conversation_id) == ["First.", "Second.", "I will be third."]
        messages = (await read(api, conversation_id, "messages"))["messages"]
        # an appended part begins where the one before it ended
        assert [message["timeOffset"] for message in messages] == [2, 4, 6]
        words = (await read(api, conversation_id, "messages", verbose="true"))["messages"][1]["words"]
        assert words[0]["timeOffset"] == 4


async def test_insights_keep_their_ids_when_something_is_appended(api: httpx.AsyncClient) -> None:
    conversation_id, job_id = await submitted(api, said("Anna: I will go."))
    await ended(api, job_id)
    (before,) = (await read(api, conversation_id, "action-items"))["actionItems"]
    _, job_id = await submitted(api, said("Anna: I will come back.", name="Renamed"), conversation_id)
    await ended(api, job_id)
    items = (await read(api, conversation_id, "action-items"))["actionItems"]
    assert items[0] == before
    assert len(items) == 2
    body = await read(api, conversation_id)
    assert body["name"] == "Renamed"
    assert len(body["members"]) == 1


async def test_an_appended_part_with_a_start_of_its_own_is_placed_there(api: httpx.AsyncClient) -> None:
    conversation_id, job_id = await submitted(api, said("One.", startTime="2026-02-03T09:00:00Z"))
    await ended(api, job_id)
    _, job_id = await sent(api, "Two.", conversation_id=conversation_id, startTime="2026-02-03T09:10:00Z")
    await ended(api, job_id)
    body = await read(api, conversation_id)
    assert (body["startTime"], body["endTime"]) == ("2026-02-03T09:00:00.000Z", "2026-02-03T09:10:02.000Z")


async def test_a_worker_that_dies_is_replaced_and_nothing_is_heard_twice(tmp_path: Path) -> None:
    async with engine_in(tmp_path) as api:
        conversation_id, job_id = await sent(api, "One.", f"DIE {tmp_path / 'died'}", "Two.")
        assert (await ended(api, job_id))["status"] == "completed"
        assert await texts(api, conversation_id) == ["One.", "Two."]


async def test_a_job_over_which_workers_always_die_fails_with_a_plain_reason(tmp_path: Path) -> None:
    async with engine_in(tmp_path) as api:
        _, job_id = await sent(api, "One.", "DIE-ALWAYS")
        job = await ended(api, job_id)
        assert (job["status"], job["statusCode"]) == ("failed", 500)
        assert "broke down" in job["message"]
        _, job_id = await sent(api, "Fine.")
        assert (await ended(api, job_id))["status"] == "completed"
        assert list((tmp_path / "recordings").iterdir()) == []


async def test_each_channel_is_a_speaker_who_keeps_the_name_that_the_caller_gave(tmp_path: Path) -> None:
    robert = {"channel": 1, "speaker": {"name": "Robert", "email": "robert@example.com"}}
    asked = {"enableSeparateRecognitionPerChannel": "true", "channelMetadata": json.dumps([robert])}
    lines = ["channel 1: Hello.", "channel 2: Hi.", "channel 1: Bye."]
    async with engine_in(tmp_path) as api:
        conversation_id, job_id = await sent(api, *lines, channels=2, **asked)
        await ended(api, job_id)
        said = (await read(api, conversation_id, "messages"))["messages"]
        assert [message["from"]["name"] for message in said] == ["Robert", "Speaker 1", "Robert"]
        assert said[0]["from"]["email"] == "robert@example.com"
        assert len((await read(api, conversation_id, "members"))["members"]) == 2


async def test_deleting_a_conversation_ends_what_runs_for_it(tmp_path: Path) -> None:
    async with engine_in(tmp_path, max_jobs=1) as api:
        conversation_id, job_id = await sent(api, "One.", f"WAIT {tmp_path / 'never'}")
        await job_when(api, job_id, lambda job: job["progress"] > 0.1)
        assert (await api.delete(f"/v1/conversations/{conversation_id}")).status_code == 200
        assert (await api.get(f"/v1/job/{job_id}")).status_code == 404
        assert list((tmp_path / "recordings").iterdir()) == []
        # the slot and the worker are free again
        _, job_id = await sent(api, "Two.")
        assert (await ended(api, job_id))["status"] == "completed"


async def test_transcripts_do_not_wait_behind_recordings(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    async with engine_in(tmp_path) as api:
        _, slow = await sent(api, f"WAIT {gate}", "Slow.")
        _, waiting = await sent(api, "Waits for its turn.")
        _, quick = await submitted(api, said("Anna: Quick."))
        assert (await ended(api, quick))["status"] == "completed"
        assert (await job_when(api, slow, lambda job: job["progress"] > 0))["status"] == "in_progress"
        assert (await api.get(f"/v1/job/{waiting}")).json()["status"] == "scheduled"
        gate.touch()
        assert (await ended(api, slow))["status"] == "completed"
        assert (await ended(api, waiting))["status"] == "completed"


async def test_a_stopped_engine_goes_on_after_its_next_start(tmp_path: Path) -> None:
    gate, clock = tmp_path / "gate", SettableClock()
    async with engine_in(tmp_path, clock=clock) as api:
        conversation_id, job_id = await sent(api, "One.", f"WAIT {gate}", "Two.")
        await job_when(api, job_id, lambda job: job["progress"] > 0.1)
    gate.touch()
    clock.move(seconds=1)
    async with engine_in(tmp_path, clock=clock) as api:
        assert (await ended(api, job_id))["status"] == "completed"
        assert await texts(api, conversation_id) == ["One.", "Two."]


SERVER = """
import asyncio, sys
from pathlib import Path
from tests.engine.serving import engine_in, sent, submitted, said, job_when

async def main():
    folder = Path(sys.argv[1])
    async with engine_in(folder) as api:
        conversation, job = await sent(api, "One.", f"WAIT {folder / 'gate'}", "Two.")
        _, appended = await submitted(api, said("Three."), conversation)
        await job_when(api, job, lambda job: job["progress"] > 0.1)
        print(conversation, job, appended, flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_jobs_of_a_killed_engine_end_once_after_the_next_start(tmp_path: Path) -> None:
    child = await started(SERVER, str(tmp_path))
    conversation_id, job_id, appended = (await child.line()).split()
    await child.kill()
    (tmp_path / "recordings" / "left-behind.upload").touch()
    async with engine_in(tmp_path) as api:
        assert (await api.get(f"/v1/job/{job_id}")).json()["status"] == "in_progress"
        (tmp_path / "gate").touch()
        assert (await ended(api, appended))["status"] == "completed"
        assert (await api.get(f"/v1/job/{job_id}")).json()["status"] == "completed"
        assert await texts(api, conversation_id) == ["One.", "Two.", "Three."]
        assert list((tmp_path / "recordings").iterdir()) == []


KILLED_TWICE = """
import asyncio, sys
from pathlib import Path
from tests.engine.serving import ended, engine_in, job_when, sent

async def main():
    folder, far, lines = Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]
    async with engine_in(folder) as api:
        if lines[0].startswith("job "):
            _, conversation, job = lines[0].split()
        else:
            conversation, before = await sent(api, "Before.")
            await ended(api, before)
            _, job = await sent(api, *lines, conversation_id=conversation)
        now = await job_when(api, job, lambda job: job["progress"] >= far)
        print("job", conversation, job, now["progress"], flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_a_recording_goes_on_where_it_was_though_engine_and_workers_are_killed(tmp_path: Path) -> None:
    gates, heard = [tmp_path / "gate-1", tmp_path / "gate-2"], tmp_path / "heard"
    lines = ["ana: One.", f"COUNT {heard}", "bo: Two.", f"WAIT {gates[0]}", f"COUNT {heard}", "ana: Three."]
    lines += [f"DIE {tmp_path / 'died'}", f"COUNT {heard}", "bo: Four.", f"WAIT {gates[1]}", "Five."]
    shown: list[float] = []
    for gate, far in zip(gates, ("0.2", "0.7"), strict=True):
        child = await started(KILLED_TWICE, str(tmp_path), far, *lines)
        _, conversation_id, job_id, progress = (await child.line()).split()
        await child.kill()
        gate.touch()
        shown.append(float(progress))
        (tmp_path / "recordings" / f"{job_id}.upload").unlink(missing_ok=True)  # what was decoded is not decoded again
        lines = [f"job {conversation_id} {job_id}"]
    async with engine_in(tmp_path) as api:
        shown.append((await api.get(f"/v1/job/{job_id}")).json()["progress"])
        assert (await ended(api, job_id))["status"] == "completed"
        said = (await read(api, conversation_id, "messages"))["messages"]
    assert [message["text"] for message in said] == ["Before.", "One.", "Two.", "Three.", "Four.", "Five."]
    # what is appended stays where it began
    assert [message["timeOffset"] for message in said] == [0, 2, 6, 12, 18, 22]
    # and so do the voices
    names = [message["from"].get("name") for message in said]
    assert names == [None, "Speaker 1", "Speaker 2", "Speaker 1", "Speaker 2", None]
    assert shown == sorted(shown)
    # each of these stands before a sentence, and is carried out whenever that is heard
    assert heard.read_text().split() == ["2", "5", "8"]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_workers_end_with_the_engine_that_started_them(tmp_path: Path) -> None:
    child = await started(SERVER, str(tmp_path))
    await child.line()
    workers = _workers_below(str(tmp_path))
    assert workers
    await child.kill()
    async with asyncio.timeout(10):
        while any(_is_alive(worker) for worker in workers):  # noqa: ASYNC110 - another process tells no event
            await asyncio.sleep(0.02)


def _workers_below(argument: str) -> list[Path]:
    """Return the workers of the program that was started with an argument."""
    programs = {process.name for process in _processes() if argument in _command(process)}
    return [each for each in _processes() if "bot.engine.worker" in _command(each) and _stat(each)[1] in programs]


def _processes() -> list[Path]:
    return list(Path("/proc").glob("[0-9]*"))


def _command(process: Path) -> list[str]:
    try:
        return (process / "cmdline").read_text().split("\0")
    except OSError:
        return []


def _stat(process: Path) -> list[str]:
    """Return a process's state, its parent, and more."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ["gone", ""]


def _is_alive(process: Path) -> bool:
    return _stat(process)[0] not in {"gone", "Z", "X"}


async def test_an_upload_is_streamed_to_disk(tmp_path: Path) -> None:
    size = 200_000_000
    head = sound(0)[:40] + (size - 44).to_bytes(4, "little")

    async def pieces() -> AsyncIterator[bytes]:
        yield head
        piece = bytes(65_536)
        for start in range(len(head), size, len(piece)):
            yield piece[: min(len(piece), size - start)]

    async with engine_in(tmp_path, longest_seconds=1.0) as api:
        tracemalloc.start()
        try:
            headers = {"Content-Length": str(size)}
            answer = await api.post("/v1/process/audio", params=hearing("x"), content=pieces(), headers=headers)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert answer.status_code == 201
        assert peak < 8_000_000
        job = await ended(api, answer.json()["jobId"])
        assert (job["status"], job["statusCode"]) == ("failed", 400)
        assert list((tmp_path / "recordings").iterdir()) == []


async def test_a_slow_server_of_one_caller_keeps_nobody_waiting(tmp_path: Path) -> None:
    arrived = asyncio.Event()

    async def download(_url: str, target: Path) -> None:
        await arrived.wait()
        await asyncio.to_thread(target.write_bytes, sound())

    async with engine_in(tmp_path, download=download) as api:
        body = {"url": "https://slow.example.com/a.mp3", "customVocabulary": ["One."]}
        slow = (await api.post("/v1/process/audio/url", json=body)).json()["jobId"]
        _, quick = await sent(api, "Two.")
        assert (await ended(api, quick))["status"] == "completed"
        assert (await api.get(f"/v1/job/{slow}")).json()["status"] == "scheduled"
        arrived.set()
        assert (await ended(api, slow))["status"] == "completed"


async def test_an_address_is_fetched_and_tried_again_when_it_does_not_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recordings, "DOWNLOAD_WAITS_SECONDS", (0.0, 0.0))
    asked: list[str] = []

    async def download(url: str, target: Path) -> None:
        asked.append(url)
        if "private" in url:
            raise NoAccess("This recording is private.", "Share it with everybody who has the link.")
        if "down" in url or len(asked) == 1:
            raise Unavailable("files.example.com did not answer.")
        await asyncio.to_thread(target.write_bytes, sound())

    async with engine_in(tmp_path, download=download) as api:

        async def fetched(url: str) -> dict[str, object]:
            body = {"url": url, "customVocabulary": ["Hello."]}
            answer = await api.post("/v1/process/audio/url", json=body)
            return await ended(api, answer.json()["jobId"])

        assert (await fetched("https://files.example.com/a.mp3"))["status"] == "completed"
        assert asked == ["https://files.example.com/a.mp3"] * 2
        job = await fetched("https://files.example.com/private.mp3")
        assert (job["statusCode"], job["message"]) == (
            400,
            "This recording is private. Share it with everybody who has the link.",
        )
        job = await fetched("https://files.example.com/down.mp3")
        assert (job["statusCode"], job["message"]) == (500, "files.example.com did not answer.")
        assert list((tmp_path / "recordings").iterdir()) == []


async def test_a_mistake_in_the_engine_fails_the_job_and_not_the_engine(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.engine.runner.sentences", lambda *_: 1 / 0)
    _, job_id = await submitted(api, said("Hello."))
    job = await ended(api, job_id)
    assert (job["status"], job["statusCode"]) == ("failed", 500)
    assert "mistake" in job["message"]


@pytest.mark.parametrize("kind", KINDS)
async def test_the_same_sql_runs_on_every_database(kind: str, tmp_path: Path) -> None:
    async with (
        opened(kind, tmp_path) as database,
        engine_on(database, tmp_path, settings()) as engine,
        asking(engine) as api,
    ):
        body = said(*(f"Anna: I will do number {n}." for n in range(450)), name="Many")
        conversation_id, job_id = await submitted(api, body)
        _, appended = await sent(api, "Hello.", conversation_id=conversation_id)
        assert (await ended(api, job_id))["status"] == "completed"
        assert (await ended(api, appended))["status"] == "completed"
        found = await texts(api, conversation_id)
        assert found == [*(f"I will do number {n}." for n in range(450)), "Hello."]
        assert len((await read(api, conversation_id, "action-items"))["actionItems"]) == 450
        listed = (await api.get("/v1/conversations", params={"startTime": "2026-01-01", "order": "desc"})).json()
        assert [conversation["name"] for conversation in listed["conversations"]] == ["Many"]
        assert (await api.delete(f"/v1/conversations/{conversation_id}")).status_code == 200
