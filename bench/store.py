"""How fast the store commits: alone, as intake does it, and while the queue works on the same file.

Run with `python -m bench.store`. Figures are for one process on the disk that holds the temporary folder.
"""

import asyncio
import statistics
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from bot.clock import SystemClock
from bot.domain.jobs import Job, JobState
from bot.domain.recordings import Recording, RecordingKind
from bot.ports import Database, Json, Task
from bot.queues.embedded import EmbeddedQueue
from bot.queues.tasks import QUEUE_MIGRATIONS
from bot.store.migrations import STORE_MIGRATIONS, migrate
from bot.store.sqlite import open_database
from bot.store.store import SqlStore

ROUNDS = 2000


def new_job() -> Job:
    """Make a job as a command does."""
    now = datetime.now(UTC)
    return Job(
        id=uuid.uuid4().hex,
        team="T1",
        channel="C1",
        user="U1",
        message_ts=None,
        thread_ts=None,
        via="command",
        recording=Recording(RecordingKind.LINK, "https://example.com/recording.mp4", "recording.mp4"),
        title=None,
        language=None,
        held_on=None,
        state=JobState.RECEIVED,
        created_at=now,
        updated_at=now,
    )


async def measure(name: str, call: Callable[[], Awaitable[None]]) -> None:
    """Time `call` and print a line of the table."""
    times: list[float] = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        await call()
        times.append((time.perf_counter() - started) * 1000)
    cuts = statistics.quantiles(times, n=100)
    print(f"{name:<46} {1000 * ROUNDS / sum(times):>9.0f} {cuts[49]:>8.3f} {cuts[98]:>8.3f}")


async def drained(database: Database) -> None:
    """Wait until every task is done, and print how fast that went."""
    started = time.perf_counter()
    while await _waits(database):  # noqa: ASYNC110  # it is in the database, which wakes nobody
        await asyncio.sleep(0.005)
    print(f"{'tasks that had waited, each with a lock':<46} {ROUNDS / (time.perf_counter() - started):>9.0f}")


async def _waits(database: Database) -> bool:
    async with database.reading() as tx:
        return await tx.fetch_one("SELECT id FROM tasks LIMIT 1") is not None


async def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(Path(folder) / "bench.db") as database:
            await migrate(database, STORE_MIGRATIONS)
            await migrate(database, QUEUE_MIGRATIONS)
            queue = EmbeddedQueue(database, SystemClock())
            store = SqlStore(database, queue, SystemClock())

            async def commit() -> None:
                async with store.work() as work:
                    await work.first_time(uuid.uuid4().hex)

            async def intake() -> None:
                job = new_job()
                async with store.work() as work:
                    await work.first_time(uuid.uuid4().hex)
                    await work.add_job(job, job.recording.location)
                    await work.defer(Task("fetch", {"job": job.id}, key=f"fetch:{job.id}", lock=job.id))

            async def look() -> None:
                async with store.look() as work:
                    await work.channel_mode("T1", "C1")

            async def handle(_payload: Mapping[str, Json]) -> None:
                pass

            async def gave_up(task: Task, error: Exception) -> None:
                raise AssertionError(task, error)

            print(f"{'':<46} {'a second':>9} {'p50 ms':>8} {'p99 ms':>8}")
            await measure("one row, committed", commit)
            await measure("intake: event, job and task, committed", intake)
            await measure("a look at a channel's mode", look)
            await queue.start({"fetch": handle}, gave_up)
            await drained(database)
            await measure("intake while the queue runs what it deferred", intake)
            await queue.stop()


if __name__ == "__main__":
    asyncio.run(main())
