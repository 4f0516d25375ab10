"""The table `tasks`: what was deferred, as rows; in the queue's own migrations, so that any database can hold it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.ports import Row, Task, Transaction

QUEUE_MIGRATIONS = Path(__file__).parent / "migrations"

# deferring again is a fresh start: the earlier time, the new payload, and no attempts behind it
DEFER = """
    INSERT INTO tasks (id, name, payload, key, lock, at, run_at, state, attempts, waits)
    VALUES (:id, :name, :payload, :key, :lock, :at, :at, 'waiting', 0, 0)
    ON CONFLICT (key) WHERE state = 'waiting' DO UPDATE SET
        name = excluded.name, payload = excluded.payload, lock = excluded.lock,
        at = CASE WHEN excluded.at < tasks.at THEN excluded.at ELSE tasks.at END,
        run_at = CASE WHEN excluded.run_at < tasks.run_at THEN excluded.run_at ELSE tasks.run_at END,
        attempts = 0, waits = 0, waits_since = NULL
"""
# of the tasks of a lock only the first may run, and none while one of them runs
CLAIM = """
    UPDATE tasks SET state = 'running'
    WHERE id IN (
        SELECT due.id FROM tasks AS due
        WHERE due.state = 'waiting' AND due.run_at <= :now AND NOT EXISTS (
            SELECT 1 FROM tasks AS other
            WHERE other.lock = due.lock AND other.id <> due.id
              AND (other.state = 'running' OR (other.at, other.id) < (due.at, due.id))
        )
        ORDER BY due.run_at, due.id
        LIMIT :count
    )
    RETURNING id, name, payload, key, lock, at, run_at, attempts, waits, waits_since
"""
NEXT = "SELECT MIN(run_at) AS run_at FROM tasks WHERE state = 'waiting' AND run_at > :now"
REMOVE = "DELETE FROM tasks WHERE id = :id"
WAIT_AGAIN = """
    UPDATE tasks SET
        state = 'waiting', run_at = :run_at, attempts = :attempts, waits = :waits, waits_since = :waits_since
    WHERE id = :id
"""
# a task that would wait again finds its key taken by a newer one: that one takes its place, at the earlier time
GIVE_WAY = """
    UPDATE tasks SET
        at = CASE WHEN :at < at THEN :at ELSE at END,
        run_at = CASE WHEN :run_at < run_at THEN :run_at ELSE run_at END
    WHERE key = :key AND state = 'waiting' AND id <> :id
"""
# newest first, so that of two with one key the newer stays
INTERRUPTED = """
    SELECT id, name, payload, key, lock, at, run_at, attempts, waits, waits_since FROM tasks
    WHERE state = 'running' ORDER BY id DESC
"""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as it is stored.

    Attributes:
        id: 32 hex digits, growing with time.
        task: What was deferred, with its time.
        run_at: Not before this moment.
        attempts: How often it went wrong.
        waits: How often something outside did not answer.
        waits_since: When it first did not.
    """

    id: str
    task: Task
    at: datetime
    run_at: datetime
    attempts: int
    waits: int
    waits_since: datetime | None


async def add(tx: Transaction, task_id: str, task: Task, at: datetime) -> None:
    """Store a task, or change the one that waits with its key."""
    payload = json.dumps(dict(task.payload), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    values = {"name": task.name, "payload": payload, "key": task.key, "lock": task.lock}
    tx.write(DEFER, {"id": task_id, **values, "at": to_text(at)})


async def claim(tx: Transaction, now: datetime, count: int) -> list[TaskRow]:
    """Mark up to `count` due tasks as running and return them, the longest due first."""
    rows = await tx.fetch_all(CLAIM, {"now": to_text(now), "count": count})
    return sorted((_task_row(row) for row in rows), key=lambda row: (row.run_at, row.id))


async def next_moment(tx: Transaction, now: datetime) -> datetime | None:
    """Return when the next task is due that is not due yet."""
    row = await tx.fetch_one(NEXT, {"now": to_text(now)})
    return datetime.fromisoformat(row["run_at"]) if row and row["run_at"] else None


async def remove(tx: Transaction, row: TaskRow) -> None:
    """Forget a task that is finished."""
    tx.write(REMOVE, {"id": row.id})


async def wait_again(tx: Transaction, row: TaskRow) -> None:
    """Have a running task wait until its `run_at`; a newer one that waits with its key stands for both."""
    values = {"id": row.id, "run_at": to_text(row.run_at), "key": row.task.key}
    if row.task.key is not None and await tx.execute(GIVE_WAY, {**values, "at": to_text(row.at)}):
        await remove(tx, row)
        return
    since = to_text(row.waits_since) if row.waits_since else None
    await tx.execute(WAIT_AGAIN, {**values, "attempts": row.attempts, "waits": row.waits, "waits_since": since})


async def wake_interrupted(tx: Transaction) -> Sequence[TaskRow]:
    """Have every task wait again that was running when the process ended, and return them."""
    rows = [_task_row(row) for row in await tx.fetch_all(INTERRUPTED)]
    for row in rows:
        await wait_again(tx, row)
    return rows


def to_text(moment: datetime) -> str:
    """Write a moment so that text sorts as time."""
    if moment.tzinfo is None:
        raise ValueError("A task's time needs a time zone.")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _task_row(row: Row) -> TaskRow:
    at = datetime.fromisoformat(row["at"])
    return TaskRow(
        id=row["id"],
        task=Task(row["name"], json.loads(row["payload"]), at=at, key=row["key"], lock=row["lock"]),
        at=at,
        run_at=datetime.fromisoformat(row["run_at"]),
        attempts=row["attempts"],
        waits=row["waits"],
        waits_since=datetime.fromisoformat(row["waits_since"]) if row["waits_since"] else None,
    )
