"""The real thing is killed: what it was doing is done again, and nothing is lost."""

from pathlib import Path

from bot.queues.tasks import QUEUE_MIGRATIONS
from bot.store.migrations import migrate
from bot.store.sqlite import open_database
from tests.children import started

WORKER = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.ports import Task
from bot.queues.embedded import EmbeddedQueue
from bot.store.sqlite import open_database

class Clock:
    def now(self):
        return datetime.now(UTC)

async def main():
    async with open_database(Path(sys.argv[1])) as database:
        queue = EmbeddedQueue(database, Clock())
        done = asyncio.Event()

        async def step(payload):
            number = payload["number"]
            print("begin", number, flush=True)
            if str(number) == sys.argv[3]:
                await asyncio.sleep(600)
            async with database.transaction() as tx:
                await tx.execute("INSERT INTO steps (number) VALUES (:n) ON CONFLICT DO NOTHING", {"n": number})
                if number < 30:
                    await queue.defer(tx, Task("step", {"number": number + 1}, key="step", lock="l"))
            print("end", number, flush=True)

        async def gave_up(task, error):
            print("lost", flush=True)

        if sys.argv[2] == "new":
            async with database.transaction() as tx:
                await tx.execute("CREATE TABLE steps (number INTEGER PRIMARY KEY)")
                await queue.defer(tx, Task("step", {"number": 0}, key="step", lock="l"))
        await queue.start({"step": step}, gave_up)
        await asyncio.sleep(600)

asyncio.run(main())
"""


async def test_a_chain_of_tasks_that_is_killed_again_and_again_loses_no_step(tmp_path: Path) -> None:
    path = tmp_path / "queue.db"
    async with open_database(path) as database:
        await migrate(database, QUEUE_MIGRATIONS)

    # killed in the middle of a handler, whose task must run again
    child = await started(WORKER, str(path), "new", "10")
    while await child.line() != "begin 10":
        pass
    await child.kill()

    # killed right after a handler's transaction, with its own row and the next one's still there
    child = await started(WORKER, str(path), "old", "-1")
    begun = [await child.line()]
    while begun[-1] != "end 20":
        begun.append(await child.line())
    await child.kill()
    assert begun[0] == "begin 10"

    child = await started(WORKER, str(path), "old", "-1")
    while await child.line() != "end 30":
        pass
    await child.kill()
    async with open_database(path) as database, database.reading() as tx:
        rows = await tx.fetch_all("SELECT number FROM steps ORDER BY number")
    assert [row["number"] for row in rows] == list(range(31))
