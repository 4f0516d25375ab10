"""What is SQLite's own: the file, its errors in words, and a process that is killed."""

import asyncio
import os
import sqlite3
import stat
from pathlib import Path

import pytest

from bot.errors import Failed, Unavailable
from bot.store import sqlite
from bot.store.sqlite import open_database
from tests.children import started

WRITER = """
import asyncio, sys
from pathlib import Path
from bot.store.sqlite import open_database

async def main():
    async with open_database(Path(sys.argv[1])) as database:
        async with database.transaction() as tx:
            await tx.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY)")
        for number in range(1_000_000):
            async with database.transaction() as tx:
                await tx.execute("INSERT INTO notes (id) VALUES (:id)", {"id": number * 2})
                if number == 200:
                    print("in the middle", flush=True)
                    await asyncio.sleep(600)
                await tx.execute("INSERT INTO notes (id) VALUES (:id)", {"id": number * 2 + 1})
            print(number, flush=True)

asyncio.run(main())
"""


async def count(path: Path) -> int:
    async with open_database(path) as database, database.reading() as tx:
        row = await tx.fetch_one("SELECT COUNT(*) AS count FROM notes")
    assert row is not None
    return int(row["count"])


async def test_kill_9_in_the_middle_of_a_transaction_loses_it_and_nothing_that_was_committed(tmp_path: Path) -> None:
    child = await started(WRITER, str(tmp_path / "notes.db"))
    while await child.line() != "in the middle":
        pass
    await child.kill()
    assert await count(tmp_path / "notes.db") == 2 * 200


async def test_kill_9_right_after_a_commit_keeps_it(tmp_path: Path) -> None:
    child = await started(WRITER, str(tmp_path / "notes.db"))
    while (line := await child.line()) != "70":
        pass
    await child.kill()
    kept = await count(tmp_path / "notes.db")
    assert kept >= 2 * (int(line) + 1)
    assert kept % 2 == 0


async def test_the_folder_is_made_and_only_our_user_can_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "data" / "deep" / "notes.db"
    async with open_database(path) as database, database.transaction() as tx:
        await tx.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY)")
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {"notes.db": 0o600, "notes.db-wal": 0o600, "notes.db-shm": 0o600}


async def refusal(path: Path) -> Failed:
    with pytest.raises(Failed) as refused:
        async with open_database(path):
            pass
    assert str(path) in refused.value.what
    return refused.value


async def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("Dear diary, this is no database but it is long enough to have a header." * 100)
    before = path.read_bytes()
    assert "not a database" in (await refusal(path)).what
    assert path.read_bytes() == before


async def test_a_folder_in_its_place_or_a_file_on_its_way_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "notes.db").mkdir()
    (tmp_path / "file").touch()
    assert "Make its folder writable" in (await refusal(tmp_path / "notes.db")).cure
    assert "Make its folder writable" in (await refusal(tmp_path / "file" / "notes.db")).cure


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything: run this as another user")
async def test_a_file_that_may_not_be_written_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.touch(mode=0o400)
    assert "cannot be written" in (await refusal(path)).what


async def test_a_file_that_another_program_holds_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_BUSY_SECONDS", 0.05)
    async with open_database(tmp_path / "notes.db") as database:
        async with database.transaction() as tx:
            await tx.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY)")
        other = sqlite3.connect(tmp_path / "notes.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="another program"):
            async with database.transaction() as tx:
                await tx.execute("INSERT INTO notes (id) VALUES (1)")
        other.close()
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO notes (id) VALUES (1)")
    assert await count(tmp_path / "notes.db") == 1


async def test_a_full_disk_says_so_and_loses_nothing(tmp_path: Path) -> None:
    async with open_database(tmp_path / "notes.db") as database:
        async with database.transaction() as tx:
            await tx.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)")
            await tx.execute("INSERT INTO notes (id, text) VALUES (1, 'kept')")
        async with database.transaction() as tx:
            await tx.execute("PRAGMA max_page_count = 8")
        with pytest.raises(Unavailable, match="disk is full"):
            async with database.transaction() as tx:
                await tx.execute("INSERT INTO notes (id, text) VALUES (2, :text)", {"text": "x" * 100_000})
    assert await count(tmp_path / "notes.db") == 1


async def test_a_transaction_inside_another_is_an_error_and_no_deadlock(tmp_path: Path) -> None:
    async with open_database(tmp_path / "notes.db") as database, database.transaction():
        with pytest.raises(RuntimeError, match="inside another"):
            async with database.transaction():
                pass


async def test_foreign_keys_are_kept(tmp_path: Path) -> None:
    async with open_database(tmp_path / "notes.db") as database:
        async with database.transaction() as tx:
            await tx.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY)")
            await tx.execute("CREATE TABLE words (note INTEGER REFERENCES notes (id))")
        with pytest.raises(sqlite3.IntegrityError):
            async with database.transaction() as tx:
                await tx.execute("INSERT INTO words (note) VALUES (7)")


async def test_the_event_loop_goes_on_while_a_statement_runs(tmp_path: Path) -> None:
    slow = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 300000) SELECT MAX(x) AS x FROM n"
    async with open_database(tmp_path / "notes.db") as database, database.reading() as tx:
        query = asyncio.create_task(tx.fetch_one(slow))
        turns = 0
        while not query.done():
            await asyncio.sleep(0)
            turns += 1
        assert await query == {"x": 300000}
    assert turns > 10
