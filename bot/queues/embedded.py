"""The `Queue` port inside the bot's own process: rows are the truth, APScheduler keeps the time."""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import Failed
from bot.ports import Clock, Database, GaveUp, Task, TaskHandler, Transaction
from bot.queues import retries, tasks
from bot.queues.tasks import TaskRow

_log = logging.getLogger(__name__)

_SWEEP_SECONDS = 60  # a look at the rows even when nothing woke us: after the machine slept or its clock was moved
_TROUBLE_SECONDS = 1.0  # before asking a database again that did not answer


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
        self._dispatcher: asyncio.Task[None] | None = None
        self._running: set[asyncio.Task[None]] = set()
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
        async with self._database.transaction() as tx:
            interrupted = await tasks.wake_interrupted(tx)
        for row in interrupted:
            _log.warning("task was interrupted, it runs again", extra=_about(row))
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(self._tick, "interval", seconds=_SWEEP_SECONDS, id="sweep", misfire_grace_time=None)
        self._scheduler.start()
        self._dispatcher = asyncio.create_task(self._dispatch(), name="queue")
        self.wake()

    async def stop(self) -> None:
        """Let running tasks end for the grace time, then cancel them; what did not end runs again at the next start."""
        self._stopping = True
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
        if self._dispatcher is not None:
            self._dispatcher.cancel()
            await asyncio.wait([self._dispatcher])
            self._dispatcher = None
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=self._grace)
        for running in late:
            running.cancel()
        if late:
            await asyncio.wait(late)

    async def _dispatch(self) -> None:
        while True:
            self._awake.clear()
            try:
                await self._begin_due()
            except Exception:  # noqa: BLE001  # whatever it is, the queue must not end silently
                _log.exception("the queue cannot read its tasks; it tries again")
                await asyncio.sleep(_TROUBLE_SECONDS)
                continue
            await self._awake.wait()

    async def _begin_due(self) -> None:
        """Begin as many due tasks as there is room for, and set the timer for the next that is not due."""
        room = self._concurrency - len(self._running)
        if room <= 0:
            return  # whoever ends wakes us
        now = self._clock.now()
        async with self._database.transaction() as tx:
            due = await tasks.claim(tx, now, room)
            later = await tasks.next_moment(tx, now)
        for row in due:
            running = asyncio.create_task(self._run(row), name=f"task {row.task.name} {row.id}")
            self._running.add(running)
            running.add_done_callback(self._ended)
        if later is not None:
            self._set_timer(later - now)

    def _set_timer(self, wait: timedelta) -> None:
        if self._scheduler is not None:
            self._scheduler.add_job(
                self._tick,
                "date",
                run_date=datetime.now(UTC) + wait,
                id="next",
                replace_existing=True,
                misfire_grace_time=None,
            )

    async def _tick(self) -> None:
        self.wake()

    def _ended(self, running: asyncio.Task[None]) -> None:
        self._running.discard(running)
        self.wake()

    async def _run(self, row: TaskRow) -> None:
        """Run a task once and settle what becomes of its row."""
        started = time.monotonic()
        try:
            await self._handle(row)
        except Exception as error:  # noqa: BLE001  # a handler may fail in any way: that is what retries are for
            await self._went_wrong(row, error)
            return
        _log.info("task done", extra=_about(row) | {"seconds": round(time.monotonic() - started, 3)})
        await self._settle(row, lambda tx: tasks.remove(tx, row))

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

    async def _went_wrong(self, row: TaskRow, error: Exception) -> None:
        again = retries.after(row, error, self._clock.now())
        if again is None:
            await self._give_up(row, error)
            return
        wait = (again.run_at - self._clock.now()).total_seconds()
        about = _about(row) | {"error": f"{type(error).__name__}: {error}", "again_in": round(wait, 3)}
        # an outage is explained by its sentence; anything else is somebody's mistake, and its traceback is needed
        trace = None if again.attempts == row.attempts else error
        _log.warning("task went wrong, it runs again", extra=about, exc_info=trace)
        await self._settle(row, lambda tx: tasks.wait_again(tx, again))

    async def _give_up(self, row: TaskRow, error: Exception) -> None:
        """Drop a task after its last attempt; the row goes only once somebody knows, else all of it is tried again."""
        _log.error("task given up", extra=_about(row), exc_info=error)
        try:
            if self._gave_up is not None:
                await self._gave_up(row.task, error)
        except Exception:  # noqa: BLE001  # it may fail in any way, and the task must outlive that
            _log.exception("nobody could be told that a task was given up; it runs again", extra=_about(row))
            again = retries.after_giving_up_failed(row, self._clock.now())
            await self._settle(row, lambda tx: tasks.wait_again(tx, again))
            return
        await self._settle(row, lambda tx: tasks.remove(tx, row))

    async def _settle(self, row: TaskRow, change: Callable[[Transaction], Awaitable[None]]) -> None:
        """Store what became of a task; a database that does not answer is asked until it does."""
        while True:
            try:
                async with self._database.transaction() as tx:
                    await change(tx)
            except Exception:  # noqa: BLE001  # as long as it is not stored, the task cannot be let go
                _log.exception("what became of a task cannot be stored; trying again", extra=_about(row))
                await asyncio.sleep(_TROUBLE_SECONDS)
            else:
                return

    def _new_id(self) -> str:
        """Make an id of 32 hex digits that grows with each task, so that ids break ties of time."""
        self._last_id = max(self._last_id + 1, time.time_ns())
        return f"{self._last_id:016x}{secrets.token_hex(8)}"


def _about(row: TaskRow) -> dict[str, object]:
    return {"task": row.id, "task_name": row.task.name, "attempt": row.attempts + row.waits + 1}
