"""The `Queue` port inside the bot's own process: rows are the truth, APScheduler keeps the time."""

import asyncio
import logging
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import Failed
from bot.ports import Clock, Database, GaveUp, Task, TaskHandler, Transaction
from bot.queues import retries, tasks
from bot.queues.tasks import TaskRow

_log = logging.getLogger(__name__)

_SWEEP_SECONDS = 60  # a look at the rows even when nothing woke us: after the machine slept or its clock was moved
_TROUBLE_SECONDS = 1.0  # before asking a database again that did not answer


@dataclass(frozen=True, slots=True)
class Outcome:
    """A task that ended, and the row as it waits to run again, or None when it is finished."""

    row: TaskRow
    again: TaskRow | None


class EmbeddedQueue:
    """Runs the tasks of one database in one process.

    Rows are read when they are due, at most as many as may run at once; the rest stays in the database. A task of a
    lock keeps its place in the order while it waits to be tried again. A running task is no longer a waiting one:
    deferring its key makes a new task; should the running one have to wait again, the new one stands for both.

    Args:
        database: Where the rows are: the one whose transactions are given to `defer`.
        clock: Tells what is due.
        concurrency: How many tasks may run at once.
        grace: Seconds that running tasks get to end when the queue stops.
    """

    def __init__(self, database: Database, clock: Clock, *, concurrency: int = 16, grace: float = 10.0) -> None:
        self._database = database
        self._clock = clock
        self._concurrency = concurrency
        self._grace = grace
        self._handlers: Mapping[str, TaskHandler] = {}
        self._gave_up: GaveUp | None = None
        self._scheduler: AsyncIOScheduler | None = None
        self._timer_at: datetime | None = None
        self._dispatcher: asyncio.Task[None] | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._outcomes: list[Outcome] = []
        self._awake = asyncio.Event()
        self._stopping = False
        self._last_id = 0

    async def defer(self, tx: Transaction, task: Task) -> None:
        """Add `task` inside `tx`; it can begin a moment after the commit."""
        await tasks.add(tx, self._new_id(), task, task.at or self._clock.now())
        tx.after_commit(self.wake)

    def wake(self) -> None:
        """Have the queue look now for tasks that are due."""
        self._awake.set()

    async def start(self, handlers: Mapping[str, TaskHandler], gave_up: GaveUp) -> None:
        """Begin to run tasks, those first that were running when the process ended."""
        self._handlers = handlers
        self._gave_up = gave_up
        self._stopping = False
        self._outcomes.clear()  # what could not be stored runs again, as the rows say
        async with self._database.transaction() as tx:
            interrupted = await tasks.wake_interrupted(tx)
        for row in interrupted:
            _log.warning("task was interrupted, it runs again", extra=_about(row))
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(self._tick, "interval", seconds=_SWEEP_SECONDS, misfire_grace_time=None)
        self._scheduler.start()
        self._dispatcher = asyncio.create_task(self._dispatch(), name="queue")
        self.wake()

    async def stop(self) -> None:
        """Let running tasks end for the grace time, then cancel them; what did not end runs again at the next start."""
        if self._dispatcher is None or self._scheduler is None:
            return
        self._stopping = True
        self._scheduler.shutdown(wait=False)
        self.wake()
        await self._dispatcher
        self._dispatcher = self._scheduler = self._timer_at = None
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=self._grace)
            for running in late:
                running.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        async with self._database.transaction() as tx:
            await self._store_outcomes(tx)

    async def _dispatch(self) -> None:
        while not self._stopping:
            self._awake.clear()
            try:
                await self._take_turn()
            except Exception:  # noqa: BLE001  # whatever it is, the queue must not end silently
                _log.exception("the queue cannot use its database; it tries again")
                await asyncio.sleep(_TROUBLE_SECONDS)
            else:
                await self._awake.wait()

    async def _take_turn(self) -> None:
        """Store what ended, begin as many due tasks as there is room for, and set the timer for the next."""
        now = self._clock.now()
        room = self._concurrency - len(self._running)
        async with self._database.transaction() as tx:
            stored = await self._store_outcomes(tx)
            due = await tasks.claim(tx, now, room) if room > 0 else []
        del self._outcomes[:stored]
        for row in due:
            running = asyncio.create_task(self._run(row), name=f"task {row.task.name} {row.id}")
            self._running.add(running)
            running.add_done_callback(self._ended)
        async with self._database.reading() as tx:
            self._set_timer(await tasks.next_moment(tx, now), now)

    async def _store_outcomes(self, tx: Transaction) -> int:
        """Store what became of the tasks that ended, all in one transaction, and say how many."""
        outcomes = tuple(self._outcomes)
        for outcome in outcomes:
            if outcome.again is None:
                await tasks.remove(tx, outcome.row)
            else:
                await tasks.wait_again(tx, outcome.again)
        return len(outcomes)

    def _set_timer(self, moment: datetime | None, now: datetime) -> None:
        if moment is None or moment == self._timer_at or self._scheduler is None:
            return
        self._timer_at = moment
        self._scheduler.add_job(
            self._tick,
            "date",
            run_date=datetime.now(UTC) + (moment - now),
            id="next",
            replace_existing=True,
            misfire_grace_time=None,
        )

    async def _tick(self) -> None:
        self._timer_at = None
        self.wake()

    def _ended(self, running: asyncio.Task[None]) -> None:
        self._running.discard(running)
        self.wake()

    async def _run(self, row: TaskRow) -> None:
        """Run a task once and note what becomes of its row."""
        started = time.monotonic()
        try:
            await self._handle(row)
        except Exception as error:  # noqa: BLE001  # a handler may fail in any way: that is what retries are for
            again = retries.after(row, error, self._clock.now())
            if again is None:
                again = await self._give_up(row, error)
            else:
                self._tell_of_trouble(row, again, error)
        else:
            again = None
            _log.info("task done", extra=_about(row) | {"seconds": round(time.monotonic() - started, 3)})
        self._outcomes.append(Outcome(row, again))

    async def _handle(self, row: TaskRow) -> None:
        handler = self._handlers.get(row.task.name)
        if handler is None:
            raise Failed(f"This version has no task named {row.task.name}.")
        try:
            await handler(row.task.payload)
        except asyncio.CancelledError as error:
            if self._stopping:
                raise
            raise Failed("The task was cancelled from inside.") from error

    async def _give_up(self, row: TaskRow, error: Exception) -> TaskRow | None:
        """Say that a task was tried for the last time; when that fails, the row waits and all of it is tried again."""
        _log.error("task given up", extra=_about(row), exc_info=error)
        try:
            if self._gave_up is not None:
                await self._gave_up(row.task, error)
        except Exception:  # noqa: BLE001  # it may fail in any way, and the task must outlive that
            _log.exception("nobody could be told that a task was given up; it runs again", extra=_about(row))
            return retries.after_giving_up_failed(row, self._clock.now())
        return None

    def _tell_of_trouble(self, row: TaskRow, again: TaskRow, error: Exception) -> None:
        wait = (again.run_at - self._clock.now()).total_seconds()
        about = _about(row) | {"error": f"{type(error).__name__}: {error}", "again_in": round(wait, 3)}
        # an outage is told by its sentence; anything else is a mistake of ours, and where it was made is needed
        mistake = again.attempts > row.attempts
        if self._stopping and not mistake:
            _log.info("task put off by the stop, it runs again", extra=about)
            return
        _log.warning("task went wrong, it runs again", extra=about, exc_info=error if mistake else None)

    def _new_id(self) -> str:
        """Make an id of 32 hex digits that grows with each task, so that ids break ties of time."""
        self._last_id = max(self._last_id + 1, time.time_ns())
        return f"{self._last_id:016x}{secrets.token_hex(8)}"


def _about(row: TaskRow) -> dict[str, object]:
    return {"task": row.id, "task_name": row.task.name, "attempt": row.attempts + row.waits + 1}
