"""Keys, locks, failures and crashes in every order: the table of tasks against a model of plain lists."""

import asyncio
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.ports import Task
from bot.queues import tasks
from bot.queues.tasks import QUEUE_MIGRATIONS
from bot.store.migrations import migrate
from bot.store.sqlite import open_database

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_T = TypeVar("_T")


@dataclass(frozen=True)
class Entry:
    """A task in the model; times in seconds from the start."""

    id: str
    number: int
    key: str | None
    lock: str | None
    at: int
    run_at: int
    running: bool = False


class Tasks(RuleBasedStateMachine):
    """Defers, claims, finishes, fails and crashes; the rows are what the model says, always."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.stack = AsyncExitStack()
        self.database = self.run(self.stack.enter_async_context(open_database(Path(self.folder.name) / "tasks.db")))
        self.run(migrate(self.database, QUEUE_MIGRATIONS))
        self.now = 0
        self.count = 0
        self.model: list[Entry] = []
        self.claimed: dict[str, tasks.TaskRow] = {}

    def teardown(self) -> None:
        self.run(self.stack.aclose())
        self.loop.close()
        self.folder.cleanup()

    def run(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Wait for something."""
        return self.loop.run_until_complete(work)

    @rule(
        key=st.sampled_from([None, "k", "other"]),
        lock=st.sampled_from(["l", None]),
        wait=st.integers(min_value=-3, max_value=3),
    )
    def defer(self, key: str | None, lock: str | None, wait: int) -> None:
        self.count += 1
        at = self.now + wait
        new = Entry(f"{self.count:032x}", self.count, key, lock, at, at)
        self.run(self._defer(new))
        waiting = self._waiting(key)
        if waiting is None:
            self.model.append(new)
            return
        earlier = replace(waiting, number=new.number, lock=lock, at=min(at, waiting.at), run_at=min(at, waiting.run_at))
        self._put(waiting, earlier)

    async def _defer(self, new: Entry) -> None:
        async with self.database.transaction() as tx:
            task = Task("note", {"number": new.number}, key=new.key, lock=new.lock)
            await tasks.add(tx, new.id, task, _moment(new.at))

    @rule(seconds=st.integers(min_value=1, max_value=4))
    def pass_time(self, seconds: int) -> None:
        self.now += seconds

    @rule(count=st.integers(min_value=1, max_value=3))
    def claim(self, count: int) -> None:
        rows = self.run(self._claim(count))
        due = [entry for entry in self.model if self._may_run(entry)]
        due.sort(key=lambda entry: (entry.run_at, entry.id))
        assert [row.id for row in rows] == [entry.id for entry in due[:count]]
        for entry, row in zip(due, rows, strict=False):
            assert row.task.payload == {"number": entry.number}
            self._put(entry, replace(entry, running=True))
            self.claimed[row.id] = row

    async def _claim(self, count: int) -> list[tasks.TaskRow]:
        async with self.database.transaction() as tx:
            return await tasks.claim(tx, _moment(self.now), count)

    @precondition(lambda self: self.claimed)
    @rule(which=st.integers(min_value=0, max_value=9))
    def finish(self, which: int) -> None:
        row = self._ended(which)
        self.run(self._finish(row))
        self.model = [entry for entry in self.model if entry.id != row.id]

    async def _finish(self, row: tasks.TaskRow) -> None:
        async with self.database.transaction() as tx:
            await tasks.remove(tx, row)

    @precondition(lambda self: self.claimed)
    @rule(which=st.integers(min_value=0, max_value=9), wait=st.integers(min_value=0, max_value=3))
    def fail(self, which: int, wait: int) -> None:
        row = self._ended(which)
        self.run(self._fail(replace(row, run_at=_moment(self.now + wait))))
        self._wait_again(row.id, self.now + wait)

    async def _fail(self, row: tasks.TaskRow) -> None:
        for _ in range(2):  # whoever did not hear of the commit stores it again, and that changes nothing
            async with self.database.transaction() as tx:
                await tasks.wait_again(tx, row)

    def _ended(self, which: int) -> tasks.TaskRow:
        ids = sorted(self.claimed)
        return self.claimed.pop(ids[which % len(ids)])

    @rule()
    def crash(self) -> None:
        self.run(self._wake())
        self.claimed.clear()
        for entry in sorted(self.model, key=lambda entry: entry.id, reverse=True):
            if entry.running:
                self._wait_again(entry.id, entry.run_at)

    async def _wake(self) -> None:
        async with self.database.transaction() as tx:
            await tasks.wake_interrupted(tx)

    @invariant()
    def the_rows_are_what_the_model_says(self) -> None:
        rows = self.run(self._rows())
        assert rows == {
            (entry.id, entry.key, entry.lock, _text(entry.at), _text(entry.run_at), entry.running)
            for entry in self.model
        }

    async def _rows(self) -> set[tuple[Any, ...]]:
        async with self.database.reading() as tx:
            rows = await tx.fetch_all("SELECT id, key, lock, at, run_at, state FROM tasks")
        return {
            (*(row[name] for name in ("id", "key", "lock", "at", "run_at")), row["state"] == "running") for row in rows
        }

    @invariant()
    def a_key_waits_once_and_a_lock_runs_once(self) -> None:
        keys = [entry.key for entry in self.model if entry.key and not entry.running]
        locks = [row.task.lock for row in self.claimed.values() if row.task.lock]
        assert len(keys) == len(set(keys))
        assert len(locks) == len(set(locks))

    def _may_run(self, entry: Entry) -> bool:
        if entry.running or entry.run_at > self.now:
            return False
        others = [other for other in self.model if other.lock == entry.lock and other.id != entry.id]
        return entry.lock is None or not any(
            other.running or (other.at, other.id) < (entry.at, entry.id) for other in others
        )

    def _wait_again(self, entry_id: str, run_at: int) -> None:
        entry = next(entry for entry in self.model if entry.id == entry_id)
        newer = self._waiting(entry.key)
        if newer is None:
            self._put(entry, replace(entry, running=False, run_at=run_at))
            return
        self.model.remove(entry)
        self._put(newer, replace(newer, at=min(newer.at, entry.at), run_at=min(newer.run_at, run_at)))

    def _waiting(self, key: str | None) -> Entry | None:
        return next((entry for entry in self.model if key and entry.key == key and not entry.running), None)

    def _put(self, old: Entry, new: Entry) -> None:
        self.model[self.model.index(old)] = new


def _moment(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


def _text(seconds: int) -> str:
    return tasks.to_text(_moment(seconds))


TestTasks = Tasks.TestCase
TestTasks.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
