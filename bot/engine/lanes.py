"""Worker processes of one kind, as the event loop sees them: started when needed, kept warm, ended when idle."""

import asyncio
import contextlib
import json
import logging
import os
import re
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import bot
from bot.engine.worker import LENGTH_BYTES, frame
from bot.errors import BadInput, Failed

log = logging.getLogger(__name__)

QUIET_SECONDS = 900.0
"""A worker that says nothing for so long hangs: a chunk of speech takes far less even on a slow machine."""

IDLE_SECONDS = 300.0

_SECRET = re.compile(r"TOKEN|SECRET|PASSWORD|KEY|CREDENTIAL|DATABASE_URL|ENGINE_APPS", re.IGNORECASE)

Told = Callable[[Mapping[str, Any]], Awaitable[None]]


class WorkerDied(Exception):
    """A worker ended or hung in the middle of a request; another one may do better."""


class Lane:
    """Runs one operation (see `bot/engine/operations.py`) in processes of its own.

    Args:
        operation: `MODULE:FUNCTION`.
        size: How many requests are worked on at once, each in a process of its own; more wait.
        idle_seconds: After so long without work a process is ended, for the memory it holds.
        quiet_seconds: A process that is silent for so long during a request is ended.
        died: Called for each process that ended or hung in the middle of a request.
    """

    def __init__(
        self,
        operation: str,
        size: int = 1,
        idle_seconds: float = IDLE_SECONDS,
        quiet_seconds: float = QUIET_SECONDS,
        died: Callable[[], object] = lambda: None,
    ) -> None:
        self._operation = operation
        self._room = asyncio.Semaphore(size)
        self._idle_seconds = idle_seconds
        self._quiet_seconds = quiet_seconds
        self._died = died
        self._idle: list[_Worker] = []
        self._ending: set[asyncio.Task[None]] = set()

    async def ask(self, request: Mapping[str, Any], told: Told) -> Any:
        """Have a worker answer `request`; what it says meanwhile is passed to `told`.

        Raises:
            BadInput: What was sent is the reason that there is no answer.
            Failed: Nobody can change that there is none.
            WorkerDied: The worker ended or hung.
        """
        async with self._room:
            worker = await self._take()
            try:
                answer = await worker.ask(request, told, self._quiet_seconds)
            except BaseException as error:
                if isinstance(error, WorkerDied):
                    self._died()
                # It may be in the middle of anything, and its memory with it.
                await worker.end()
                raise
            self._put_back(worker)
        return _unpacked(answer)

    async def close(self) -> None:
        """End every process that is idle; a request that runs ends its own when it is cancelled."""
        for worker in self._idle:
            self._end_later(worker)
        self._idle.clear()
        if self._ending:
            await asyncio.wait(self._ending)

    async def _take(self) -> "_Worker":
        while self._idle:
            worker = self._idle.pop()
            if worker.wake():
                return worker
            await worker.end()
        return await _Worker.start(self._operation)

    def _put_back(self, worker: "_Worker") -> None:
        self._idle.append(worker)
        worker.sleep(self._idle_seconds, self._retire)

    def _retire(self, worker: "_Worker") -> None:
        if worker in self._idle:
            self._idle.remove(worker)
            self._end_later(worker)

    def _end_later(self, worker: "_Worker") -> None:
        ending = asyncio.create_task(worker.end(), name=f"end of worker {self._operation}")
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)


class _Worker:
    """One process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._alarm: asyncio.TimerHandle | None = None

    @classmethod
    async def start(cls, operation: str) -> "_Worker":
        """Start a process in a group of its own, so that it can be ended together with what it starts."""
        root = str(Path(bot.__file__).parent.parent)
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        environment = {name: value for name, value in os.environ.items() if not _SECRET.search(name)}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # nothing that happens to lie in the working directory is imported
            "-m",
            "bot.engine.worker",
            operation,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=environment | {"PYTHONPATH": path},
            start_new_session=True,
        )
        log.info("worker started", extra={"operation": operation, "pid": process.pid})
        return cls(process)

    def sleep(self, seconds: float, then: Callable[["_Worker"], None]) -> None:
        """Have `then` called when nobody woke the worker for so long."""
        self._alarm = asyncio.get_running_loop().call_later(seconds, then, self)

    def wake(self) -> bool:
        """Stop the alarm; False when the process has ended meanwhile."""
        if self._alarm:
            self._alarm.cancel()
        return self._process.returncode is None

    async def ask(self, request: Mapping[str, Any], told: Told, quiet_seconds: float) -> Mapping[str, Any]:
        """Return the last frame that answers a request."""
        inlet, outlet = self._process.stdin, self._process.stdout
        if inlet is None or outlet is None:
            raise WorkerDied("It has no pipes.")
        try:
            inlet.write(frame(request))
            await asyncio.wait_for(inlet.drain(), quiet_seconds)
            while True:
                head = await asyncio.wait_for(outlet.readexactly(LENGTH_BYTES), quiet_seconds)
                body = await asyncio.wait_for(outlet.readexactly(int.from_bytes(head, "big")), quiet_seconds)
                said: dict[str, Any] = json.loads(body)
                if "told" not in said:
                    return said
                await told(said["told"])
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise WorkerDied(f"The worker ended with {await self._process.wait()}.") from error
        except TimeoutError as error:
            raise WorkerDied(f"The worker was silent for {quiet_seconds:.0f} seconds.") from error

    async def end(self) -> None:
        """End the process and all that it started."""
        if self._alarm:
            self._alarm.cancel()
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        if self._process.stdin:
            self._process.stdin.close()
        await self._process.wait()


def _unpacked(said: Mapping[str, Any]) -> Any:
    if "answer" in said:
        return said["answer"]
    if "refused" in said:
        raise BadInput(*said["refused"])
    if "failed" in said:
        raise Failed(*said["failed"])
    log.error("A worker's operation broke", extra={"traceback": said.get("broke")})
    raise Failed("The engine made a mistake while it worked on this.", "Its log tells more; please report it.")
