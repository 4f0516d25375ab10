"""A file that is on its way: there under its own name only when it is whole."""

import asyncio
import contextlib
import hashlib
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor, Future
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any, BinaryIO, Self
from uuid import uuid4

from bot.sources.threads import begin, ended, in_thread, in_thread_of, patient_threads

Progress = Callable[[int, int | None], Awaitable[None]]
"""Called now and then with the bytes so far, and how many there will be when that is known."""

Take = Callable[[memoryview, Callable[[memoryview], object]], int]
"""Fills memory with what is waiting, writes it with what it is given, and returns how many bytes it was."""

_PROGRESS_SECONDS = 0.5


class Pace:
    """Tells a progress at most twice a second."""

    def __init__(self, progress: Progress | None, total: int | None) -> None:
        self._progress = progress
        self._total = total
        self._told = 0.0
        self._size = -1

    async def tell(self, size: int, *, last: bool = False) -> None:
        """Say how many bytes there are; the last word is always told."""
        now = time.monotonic()
        if self._progress is None or size == self._size or (not last and now - self._told < _PROGRESS_SECONDS):
            return
        self._told, self._size = now, size
        await self._progress(size, self._total)


class PartialFile:
    """A file under another name beside its target, until it is whole; gone when it never is.

    Its bytes are hashed as they come, each piece in a thread while the next one is fetched.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        self._path = target.with_name(f".{target.name}.{uuid4().hex[:8]}.part")
        self._file: BinaryIO | None = None
        self._hash = hashlib.sha256()
        self._hasher = patient_threads(1, "hash")
        self._under_way: tuple[asyncio.Future[Any], ...] = ()
        self.size = 0

    async def __aenter__(self) -> Self:
        self._file = await in_thread(self._open)
        return self

    async def __aexit__(self, *_: object) -> None:
        try:
            await ended(*self._under_way)
        finally:
            self._hasher.shutdown(wait=False)
            await in_thread(self._forget)

    @property
    def sha256(self) -> str:
        """Return the hash of what was written, as hex; all of it, once it is kept."""
        return self._hash.hexdigest()

    async def write(self, piece: bytes | memoryview) -> None:
        """Begin to add bytes; they stay as they are until the next call has returned.

        Raises:
            OSError: This piece or the one before cannot be written.
        """
        await self._settle()
        self._under_way = (begin(self._write, piece), begin(self._hash.update, piece))
        self.size += len(piece)

    async def pour(self, take: Take, rooms: Sequence[memoryview], most: int, lanes: Executor) -> int:
        """Let `take` fill one room after the other in a thread, and write what comes.

        Args:
            take: Where the bytes come from.
            rooms: At least two: one is hashed while the next is filled.
            most: Bytes, about; fewer when no more are waiting.
            lanes: The threads.

        Returns:
            How many bytes were added; when an error is raised, those before it were.
        """
        await self._settle()
        before = self.size
        await in_thread_of(lanes, partial(self._pour, take, rooms, most))
        return self.size - before

    def _pour(self, take: Take, rooms: Sequence[memoryview], most: int) -> None:
        enough = self.size + most
        hashing: Future[None] | None = None
        try:
            for room in cycle(rooms):
                count = take(room, self._write)
                if hashing is not None:
                    hashing.result()
                hashing = self._hasher.submit(self._hash.update, room[:count])
                self.size += count
                if count < len(room) or self.size >= enough:
                    return
        finally:
            if hashing is not None:
                hashing.result()

    async def restart(self) -> None:
        """Forget what was written: it was another file."""
        await self._settle()
        if self._file is not None:
            self._file.seek(0)
            self._file.truncate()
        self._hash = hashlib.sha256()
        self.size = 0

    async def keep(self) -> None:
        """Give the file its own name: it is whole."""
        await self._settle()
        await in_thread(self._keep)

    async def _settle(self) -> None:
        works, self._under_way = self._under_way, ()
        await ended(*works)
        for work in works:
            work.result()

    def _open(self) -> BinaryIO:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        return self._path.open("wb")

    def _write(self, piece: bytes | memoryview) -> None:
        if self._file is not None:
            self._file.write(piece)

    def _forget(self) -> None:
        if self._file is not None:
            self._file.close()
        with contextlib.suppress(FileNotFoundError):
            self._path.unlink()

    def _keep(self) -> None:
        if self._file is not None:
            self._file.close()
            self._path.replace(self._target)
