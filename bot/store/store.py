"""The `Store` port in SQL, on any `Database`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.ports import Clock, Database, Queue, Work
from bot.store import events
from bot.store.work import SqlWork

_TIDY_EVERY = timedelta(hours=1)  # often enough to keep the table of events small, seldom enough to cost nothing


class SqlStore:
    """What the bot remembers; tasks that its transactions defer go to `queue`, which must use the same database."""

    def __init__(self, database: Database, queue: Queue, clock: Clock) -> None:
        self._database = database
        self._queue = queue
        self._clock = clock
        self._tidied_at: datetime | None = None

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        """Open a transaction that changes things."""
        async with self._database.transaction() as tx:
            now = self._clock.now()
            if self._tidied_at is None or now - self._tidied_at > _TIDY_EVERY:
                self._tidied_at = now
                events.forget(tx, now)
            yield SqlWork(tx, self._queue, self._clock)

    @asynccontextmanager
    async def look(self) -> AsyncIterator[Work]:
        """Open one that only reads; a change through it raises RuntimeError."""
        async with self._database.reading() as tx:
            yield SqlWork(tx, self._queue, self._clock)
