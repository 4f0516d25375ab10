"""A long recording whose engine is killed on the way: what that costs, and whether anything is lost or said twice.

Run with `python -m bench.killed [--corpus PATH] [--hours 2] [--kills 2]`. The engine is the real program in a process
of its own; it is ended with SIGKILL, and started again on the same data, at even distances. A corpus is a folder of
recordings; it is repeated to the length that is asked for. With `--compare` the same recording is heard once more
without a kill, and the transcripts are compared word for word.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bench.speech import AUDIO, DEFAULT_CORPUS, lengthen
from bot.evaluation.machine import peak_megabytes

PORT = 8791
APP = {"type": "application", "appId": "bench", "appSecret": "quite a secret of the bench"}
PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a recording: messages, wall seconds, the most memory of a worker in MB, progress at each kill."""

    messages: list[dict[str, Any]]
    seconds: float
    memory: float
    kills: list[float]


@contextmanager
def engine(data: Path) -> Iterator[tuple[httpx.Client, subprocess.Popen[bytes]]]:
    """Run the engine on a data directory, and give a client of it."""
    environment = {
        "ENGINE_APP_ID": APP["appId"],
        "ENGINE_APP_SECRET": APP["appSecret"],
        "ENGINE_PORT": str(PORT),
        "DATA_DIR": str(data),
        "LOG_LEVEL": "ERROR",
    }
    process = subprocess.Popen([sys.executable, "-m", "bot", "engine"], env=os.environ | environment)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=PATIENCE_SECONDS) as client:
            _wait_for(client)
            token = client.post("/oauth2/token:generate", json=APP).raise_for_status().json()["accessToken"]
            client.headers["Authorization"] = f"Bearer {token}"
            yield client, process
    finally:
        process.terminate()
        process.wait()


def heard(recording: Path, kills: int) -> Heard:
    """Have a recording heard by an engine that is killed so many times."""
    at: list[float] = []
    memory = 0.0
    ids: dict[str, str] = {}
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for run in range(kills + 1):
            with engine(Path(folder)) as (client, process):
                if not ids:
                    with recording.open("rb") as file:
                        ids = client.post("/v1/process/audio", content=file).raise_for_status().json()
                until = (run + 1) / (kills + 1) if run < kills else 1.0
                while True:
                    job = client.get(f"/v1/job/{ids['jobId']}").json()
                    memory = max([memory, *_peaks(process.pid)])
                    if job["progress"] >= until or job["status"] in {"completed", "failed"}:
                        break
                    time.sleep(0.2)
                if run < kills:
                    at.append(job["progress"])
                    process.send_signal(signal.SIGKILL)
                    process.wait()
                else:
                    assert job["status"] == "completed", job
                    said = client.get(f"/v1/conversations/{ids['conversationId']}/messages").json()["messages"]
    return Heard(said, time.perf_counter() - started, memory, at)


def _wait_for(client: httpx.Client) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            client.get("/")
        except httpx.TransportError:
            assert time.monotonic() < until, "the engine does not start"
            time.sleep(0.1)
        else:
            return


def _peaks(pid: int) -> Iterator[float]:
    """Yield the most memory that each child of a process has held."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    for child in children.read_text().split() if children.exists() else ():
        with suppress(StopIteration):  # it has ended meanwhile
            yield peak_megabytes(int(child))


def _row(name: str, found: Heard) -> None:
    kills = ", ".join(f"{each:.0%}" for each in found.kills) or "–"
    print(f"{name:16}{kills:>12}{found.seconds:>9.0f}{found.memory:>8.0f} MB{len(found.messages):>10}", flush=True)


def main() -> None:
    """Read the command line, measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=DEFAULT_CORPUS)
    parser.add_argument("--hours", type=float, default=0.1)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--compare", action="store_true")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        recording = Path(folder) / "long.wav"
        lengthen(sorted(path for path in said.corpus.iterdir() if path.suffix in AUDIO), said.hours, recording)
        print(f"{said.hours:g} hours of sound from {said.corpus}\n")
        print(f"{'engine':16}{'killed at':>12}{'seconds':>9}{'memory':>11}{'messages':>10}")
        killed = heard(recording, said.kills)
        _row("killed", killed)
        starts = [message["timeOffset"] for message in killed.messages]
        print("messages in order of their time, none twice:", starts == sorted(set(starts)))
        if said.compare:
            whole = heard(recording, 0)
            _row("left alone", whole)
            same = [m["text"] for m in whole.messages] == [m["text"] for m in killed.messages]
            print("the same text:", same)


if __name__ == "__main__":
    main()
