"""Migrations are applied in order, once, whole or not at all, and never guessed about."""

import asyncio
from pathlib import Path

import pytest

from bot.errors import Failed
from bot.ports import Database
from bot.store.migrations import migrate
from bot.store.sqlite import open_database

NOTES = "-- what people wrote; a comment; with semicolons;\nCREATE TABLE notes (\n    id INTEGER PRIMARY KEY\n);\n"
TEXT = "ALTER TABLE notes ADD COLUMN text TEXT;\n\nINSERT INTO notes (id, text) VALUES (1, 'one; two');\n"


def write(folder: Path, **files: str) -> Path:
    """Write migrations: `_0001_notes` becomes `0001_notes.sql`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name[1:]}.sql").write_text(text)
    return folder


async def texts(database: Database) -> list[str]:
    async with database.reading() as tx:
        return [row["text"] for row in await tx.fetch_all("SELECT text FROM notes ORDER BY id")]


async def test_files_are_applied_in_order_and_once(database: Database, tmp_path: Path) -> None:
    folder = write(tmp_path / "one" / "migrations", _0001_notes=NOTES)
    assert await migrate(database, folder) == ["0001_notes.sql"]
    write(folder, _0002_text=TEXT)
    assert await migrate(database, folder) == ["0002_text.sql"]
    assert await migrate(database, folder) == []
    assert await texts(database) == ["one; two"]


async def test_two_folders_live_in_one_database(database: Database, tmp_path: Path) -> None:
    assert await migrate(database, write(tmp_path / "one" / "migrations", _0001_notes=NOTES)) == ["0001_notes.sql"]
    others = write(tmp_path / "two" / "migrations", _0001_others=NOTES.replace("notes", "others"))
    assert await migrate(database, others) == ["0001_others.sql"]
    assert await migrate(database, others) == []


async def test_a_migration_that_fails_leaves_nothing_and_can_be_mended(database: Database, tmp_path: Path) -> None:
    folder = write(tmp_path / "one" / "migrations", _0001_notes=NOTES, _0002_text=TEXT + "DROP TABLE nowhere;\n")
    with pytest.raises(Exception, match="nowhere"):
        await migrate(database, folder)
    write(folder, _0002_text=TEXT)
    assert await migrate(database, folder) == ["0002_text.sql"]
    assert await texts(database) == ["one; two"]


async def test_a_migration_that_changed_after_it_was_applied_is_refused(database: Database, tmp_path: Path) -> None:
    folder = write(tmp_path / "one" / "migrations", _0001_notes=NOTES)
    await migrate(database, folder)
    write(folder, _0001_notes=NOTES.replace("id INTEGER", "id BIGINT"), _0002_text=TEXT)
    with pytest.raises(Failed, match=r"0001_notes\.sql of one is not the one that was applied"):
        await migrate(database, folder)


async def test_a_database_from_a_newer_version_is_refused(database: Database, tmp_path: Path) -> None:
    await migrate(database, write(tmp_path / "newer" / "one" / "migrations", _0001_notes=NOTES, _0002_text=TEXT))
    older = write(tmp_path / "older" / "one" / "migrations", _0001_notes=NOTES)
    with pytest.raises(Failed, match=r"newer version of this program \(one: 0002_text.sql\)") as refused:
        await migrate(database, older)
    assert "backup" in refused.value.cure


async def test_a_number_that_is_missing_or_there_twice_is_refused(database: Database, tmp_path: Path) -> None:
    with pytest.raises(Failed, match="not numbered"):
        await migrate(database, write(tmp_path / "gap" / "migrations", _0001_notes=NOTES, _0003_text=TEXT))
    with pytest.raises(Failed, match="not numbered"):
        await migrate(database, write(tmp_path / "twice" / "migrations", _0001_notes=NOTES, _0001_text=TEXT))
    with pytest.raises(Failed, match="not numbered"):
        await migrate(database, tmp_path)


async def test_a_file_that_ends_in_the_middle_of_a_statement_is_refused(database: Database, tmp_path: Path) -> None:
    with pytest.raises(Failed, match="in the middle of a statement"):
        await migrate(database, write(tmp_path / "one" / "migrations", _0001_notes=NOTES + "CREATE TABLE half (\n"))


async def test_two_programs_that_start_together_apply_each_migration_once(tmp_path: Path) -> None:
    folder = write(tmp_path / "one" / "migrations", _0001_notes=NOTES, _0002_text=TEXT)
    async with open_database(tmp_path / "shared.db") as first, open_database(tmp_path / "shared.db") as second:
        done = await asyncio.gather(migrate(first, folder), migrate(second, folder))
        assert sorted(done[0] + done[1]) == ["0001_notes.sql", "0002_text.sql"]
        assert await texts(first) == await texts(second) == ["one; two"]
