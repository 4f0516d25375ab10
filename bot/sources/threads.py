"""Blocking work in a thread, which nobody leaves before it is over."""

import asyncio
import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


# Of the processor, where it is short, such a thread gets a third of what the thread gets that answers people.
_NICENESS = 5


# Downloads that run side by side bring no more than this together, in bytes a second: a line of a gigabit. Without it,
# fifty of them from a near host made an acknowledgement wait three times as long as at rest (`python -m bench.fetch`).
_TOGETHER = 125_000_000
# So few hinder nobody.
_FEW = 4


def patient_threads(most: int, name: str) -> ThreadPoolExecutor:
    """Return threads for work that takes much of the processor and can wait for it."""
    return ThreadPoolExecutor(most, name, _give_way)


class Lanes(ThreadPoolExecutor):
    """Threads for downloads, and the measure that those of them keep that run side by side."""

    def __init__(self, most: int, name: str) -> None:
        super().__init__(most, name, _give_way)
        self._under_way = 0
        self._free_at = 0.0

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Count one download more, until the block ends."""
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1

    async def keep_measure(self, count: int) -> None:
        """Wait as long as so many bytes more have to, when many downloads run."""
        if self._under_way <= _FEW:
            return
        now = asyncio.get_running_loop().time()
        self._free_at = max(self._free_at, now) + count / _TOGETHER
        await asyncio.sleep(self._free_at - now)


def _give_way() -> None:
    if sys.platform == "linux":  # elsewhere a thread has no niceness of its own
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)


def begin(act: Callable[_P, _T], *arguments: _P.args, **named: _P.kwargs) -> asyncio.Future[_T]:
    """Begin work in a thread."""
    return asyncio.get_running_loop().run_in_executor(None, partial(act, *arguments, **named))


async def in_thread(act: Callable[_P, _T], *arguments: _P.args, **named: _P.kwargs) -> _T:
    """Do work in a thread; a cancellation waits until it is over, as what it works on is then closed."""
    return await in_thread_of(None, partial(act, *arguments, **named))


async def in_thread_of(threads: Executor | None, act: Callable[[], _T]) -> _T:
    """Do work in one of these threads, or of the event loop's own, as above."""
    work = asyncio.get_running_loop().run_in_executor(threads, act)
    await ended(work)
    return work.result()


async def ended(*works: asyncio.Future[Any]) -> None:
    """Wait until each work is over, even when cancelled meanwhile; whether it succeeded is in its future."""
    cancelled: asyncio.CancelledError | None = None
    while unfinished := [work for work in works if not work.done()]:
        try:
            await asyncio.wait(unfinished)
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        for work in works:
            work.exception()  # seen, so that nobody warns of it
        raise cancelled
