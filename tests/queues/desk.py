"""A queue under test, with a clock that stands still and a record of what its tasks did."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from bot.ports import Database, Json, Task, TaskHandler
from bot.queues.embedded import EmbeddedQueue
from tests.clocks import SettableClock

Payload = Mapping[str, Json]


class Desk:
    """A queue under test, and what came of its tasks.

    Attributes:
        clock: Moves only when a test moves it.
        begun: The payloads that handlers were given, in order.
        lost: The tasks that were given up, with the errors.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = SettableClock()
        self.begun: list[Payload] = []
        self.lost: list[tuple[Task, Exception]] = []
        self._begins = asyncio.Condition()
        self.queue = EmbeddedQueue(database, self.clock, concurrency=4, grace=0.05)

    async def note(self, payload: Payload) -> None:
        """Handle a task."""
        async with self._begins:
            self.begun.append(payload)
            self._begins.notify_all()

    async def gave_up(self, task: Task, error: Exception) -> None:
        """Be told of a task that was given up."""
        self.lost.append((task, error))

    async def defer(self, *tasks: Task) -> None:
        """Defer tasks in one transaction."""
        async with self.database.transaction() as tx:
            for task in tasks:
                await self.queue.defer(tx, task)

    @asynccontextmanager
    async def running(self, **handlers: TaskHandler) -> AsyncIterator[None]:
        """Run the queue; tasks named `note` are noted."""
        await self.queue.start({"note": self.note, **handlers}, self.gave_up)
        try:
            yield
        finally:
            await self.queue.stop()

    async def pass_time(self, **by: float) -> None:
        """Move the clock and have the queue look at it, as its timer would."""
        self.clock.move(**by)
        self.queue.wake()
        await asyncio.sleep(0)

    async def rows(self) -> int:
        """Count the tasks that are not finished."""
        async with self.database.reading() as tx:
            row = await tx.fetch_one("SELECT COUNT(*) AS count FROM tasks")
        assert row is not None
        return int(row["count"])

    async def begins(self, count: int) -> None:
        """Wait until `count` tasks have begun."""
        async with self._begins:
            await self._begins.wait_for(lambda: len(self.begun) >= count)

    async def empty(self) -> None:
        """Wait until every task is finished."""
        await until(self._finished)

    async def idle(self) -> None:
        """Wait until no task runs and none that is due could begin."""
        await until(self._idle)

    async def _finished(self) -> bool:
        return not await self.rows()

    async def _idle(self) -> bool:
        busy = "SELECT id FROM tasks WHERE state = 'running' OR run_at <= :now"
        async with self.database.reading() as tx:
            now = self.clock.now().isoformat(timespec="microseconds")
            return await tx.fetch_one(busy, {"now": now}) is None


async def until(is_so: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something is so."""
    while not await is_so():  # noqa: ASYNC110  # it is in the database, which wakes nobody
        await asyncio.sleep(0.002)


def a_note(text: str, **more: object) -> Task:
    return Task("note", {"text": text}, **more)  # type: ignore[arg-type]  # the fields of a task, as the tests name them


def texts(desk: Desk) -> list[Json]:
    return [payload["text"] for payload in desk.begun]
