"""A long recording that is gone on with: the engine is killed on the way, twice, and starts again.

Run with `python -m bench.killed [--hours 2]`. The engine is the real one, in a process of its own, and is ended by
`kill -9` when a third and when two thirds of the recording are done. The recording is the sample meeting again and
again, so that each round of it should give about as many messages; a part that was lost or heard twice shows.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bench.speech import lengthen
from bot.playground import sample

PORT = 8765
SECRET = "bench-bench-bench"  # noqa: S105 - opens nothing
KILLED_AT = (1 / 3, 2 / 3)
LOOK_SECONDS = 1.0
START_SECONDS = 60.0
MB = 1024  # /proc counts kilobytes


@dataclass
class Course:
    """What happened: the peak of the engine's processes together, and how far it was before and after each kill."""

    memory: float = 0.0
    kills: tuple[tuple[float, float], ...] = ()


@asynccontextmanager
async def engine(folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `python -m bot engine` until the block ends."""
    environment = os.environ | {
        "DATA_DIR": str(folder),
        "ENGINE_PORT": str(PORT),
        "ENGINE_APP_ID": "bench",
        "ENGINE_APP_SECRET": SECRET,
        "LOG_LEVEL": "ERROR",
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "engine", env=environment)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


@asynccontextmanager
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """Open a client that the engine knows, once it answers."""
    grant = {"type": "application", "appId": "bench", "appSecret": SECRET}
    give_up = time.monotonic() + START_SECONDS
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{PORT}", timeout=600) as http:
        while "Authorization" not in http.headers:
            try:
                token = (await http.post("/oauth2/token:generate", json=grant)).json()["accessToken"]
            except httpx.TransportError:
                assert time.monotonic() < give_up, "the engine does not answer"
                await asyncio.sleep(0.2)
            else:
                http.headers["Authorization"] = f"Bearer {token}"
        yield http


async def watch(job: str, process: asyncio.subprocess.Process, until: float, course: Course) -> dict[str, Any]:
    """Look at a job until it has ended or is `until` done, and return it."""
    async with client() as http:
        while True:
            found: dict[str, Any] = (await http.get(f"/v1/job/{job}")).json()
            course.memory = max(course.memory, _memory(process.pid))
            if found["status"] in {"completed", "failed"} or found.get("progress", 0) >= until:
                return found
            await asyncio.sleep(LOOK_SECONDS)


def _memory(pid: int) -> float:
    """Return the resident memory of a process and all that it started, in MB."""
    total, waiting = 0.0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            status = Path(f"/proc/{one}/status").read_text()
            children = Path(f"/proc/{one}/task/{one}/children").read_text()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0) / MB
        waiting += map(int, children.split())
    return total


async def submit(recording: Path) -> tuple[str, str]:
    """Send a recording, streamed, and return the ids of its job and its conversation."""

    async def body() -> AsyncIterator[bytes]:
        with recording.open("rb") as file:
            while part := file.read(1 << 20):
                yield part

    async with client() as http:
        asked = {"enableSpeakerDiarization": "true", "languageCode": "en-US"}
        answer = (await http.post("/v1/process/audio", content=body(), params=asked)).json()
    return answer["jobId"], answer["conversationId"]


async def main(hours: float) -> None:
    """Process a recording with two kills on the way, and print what became of it."""
    course = Course()
    with tempfile.TemporaryDirectory() as folder:
        recording = Path(folder) / "long.wav"
        await asyncio.to_thread(lengthen, [sample.RECORDING], hours, recording)
        started = time.monotonic()
        job = conversation = ""
        for until in (*KILLED_AT, 2.0):
            async with engine(Path(folder) / "data") as process:
                if not job:
                    job, conversation = await submit(recording)
                elif course.kills:
                    async with client() as http:
                        after = (await http.get(f"/v1/job/{job}")).json().get("progress", 0.0)
                    course.kills = (*course.kills[:-1], (course.kills[-1][0], after))
                found = await watch(job, process, until, course)
                if found["status"] == "in_progress":
                    course.kills = (*course.kills, (found["progress"], 0.0))
                    process.send_signal(signal.SIGKILL)
                    await process.wait()
                    continue
                taken = time.monotonic() - started
                async with client() as http:
                    read = (await http.get(f"/v1/conversations/{conversation}/messages")).json()["messages"]
    _report(found, read, course, taken)


def _report(job: dict[str, Any], messages: list[dict[str, Any]], course: Course, taken: float) -> None:
    starts = [message["startTime"] for message in messages]
    twice = sum(
        count - 1 for count in Counter((message["startTime"], message["text"]) for message in messages).values()
    )
    said = Counter(message["text"] for message in messages)
    print("A long recording, with the engine killed on the way")
    print(f"{'ended as':<44} {job['status']}")
    print(f"{'length':<44} {job['seconds']:.0f} s")
    print(f"{'taken, all in all':<44} {taken:.0f} s ({taken / job['seconds']:.3f} of its length)")
    for before, after in course.kills:
        print(f"{'killed at, gone on from':<44} {before:.1%}, {after:.1%}")
    print(f"{'memory of all its processes, peak':<44} {course.memory:.0f} MB")
    print(f"{'messages':<44} {len(messages)}, in order: {starts == sorted(starts)}")
    print(f"{'messages that are there twice':<44} {twice}")
    print(f"{'how often the five commonest sentences came':<44} {[count for _, count in said.most_common(5)]}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=2.0)
    asyncio.run(main(parser.parse_args().hours))
