"""The `Database` port's promises, kept by each implementation."""

import asyncio
import sqlite3

import psycopg
import pytest

from bot.ports import Database, Row

ADD = "INSERT INTO notes (id, text) VALUES (:id, :text)"
ALL = "SELECT id, text FROM notes ORDER BY id"


@pytest.fixture(autouse=True)
async def notes(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")


async def texts(database: Database) -> list[str]:
    async with database.reading() as tx:
        return [row["text"] for row in await tx.fetch_all(ALL)]


async def test_what_was_committed_is_there(database: Database) -> None:
    async with database.transaction() as tx:
        assert await tx.execute(ADD, {"id": 1, "text": "Grüße, 世界: 100 % 'quoted'"}) == 1
        assert await tx.fetch_one(ALL) == {"id": 1, "text": "Grüße, 世界: 100 % 'quoted'"}
    assert await texts(database) == ["Grüße, 世界: 100 % 'quoted'"]


async def test_a_block_that_raises_leaves_nothing(database: Database) -> None:
    async def fail() -> None:
        async with database.transaction() as tx:
            await tx.execute(ADD, {"id": 1, "text": "half"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await texts(database) == []


async def test_a_block_that_is_cancelled_leaves_nothing_and_lets_the_next_one_in(database: Database) -> None:
    inside = asyncio.Event()

    async def stuck() -> None:
        async with database.transaction() as tx:
            await tx.execute(ADD, {"id": 1, "text": "half"})
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(stuck())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.transaction() as tx:
        await tx.execute(ADD, {"id": 1, "text": "whole"})
    assert await texts(database) == ["whole"]


async def test_wherever_it_is_cancelled_a_transaction_is_whole_or_nothing(database: Database) -> None:
    """Cancels a writer after ever more of its steps; the call after a commit is made exactly when there was one."""
    called: list[int] = []

    async def write(number: int) -> None:
        async with database.transaction() as tx:
            tx.after_commit(lambda: called.append(number))
            await tx.execute(ADD, {"id": 2 * number, "text": f"{number} first"})
            await tx.execute(ADD, {"id": 2 * number + 1, "text": f"{number} second"})

    for number in range(30):
        task = asyncio.create_task(write(number))
        for _ in range(number):
            await asyncio.sleep(0)
            if number % 3 == 0:
                await asyncio.sleep(0.0001)
        task.cancel()
        await asyncio.wait([task])
    async with database.transaction() as tx:
        await tx.execute(ADD, {"id": 1000, "text": "last"})
    kept = await texts(database)
    assert kept == [*(text for number in called for text in (f"{number} first", f"{number} second")), "last"]


async def test_a_call_after_the_commit_sees_it_on_disk_and_none_is_made_without_one(database: Database) -> None:
    calls: list[str] = []

    async def fail() -> None:
        async with database.transaction() as tx:
            tx.after_commit(lambda: calls.append("rolled back"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with database.transaction() as tx:
        tx.after_commit(lambda: calls.append("committed"))
        await tx.execute(ADD, {"id": 1, "text": "one"})
        assert calls == []
    assert calls == ["committed"]


async def test_settling_keeps_what_was_noted_when_the_rows_are_as_hoped_and_else_nothing(database: Database) -> None:
    calls: list[str] = []

    async def add_unless_there(text: str) -> list[Row]:
        async with database.transaction() as tx:
            tx.write(ADD, {"id": 2, "text": text})
            tx.after_commit(lambda: calls.append(text))
            return await tx.settle(
                "INSERT INTO notes (id, text) VALUES (:id, 'mark') ON CONFLICT (id) DO NOTHING RETURNING id",
                {"id": 1},
                when=bool,
            )

    assert await add_unless_there("first") == [{"id": 1}]
    assert await add_unless_there("second") == []
    assert await texts(database) == ["mark", "first"]
    assert calls == ["first"]


async def test_after_settling_a_transaction_takes_nothing_more(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.settle(f"{ADD} RETURNING id", {"id": 1, "text": "one"}, when=lambda _: True)
        with pytest.raises(RuntimeError, match="over"):
            tx.write(ADD, {"id": 2, "text": "two"})
    assert await texts(database) == ["one"]


async def test_a_commit_that_fails_keeps_nothing_and_lets_the_next_one_in(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.execute("CREATE TABLE heads (id INTEGER PRIMARY KEY)")
        await tx.execute(
            "CREATE TABLE tails (head INTEGER REFERENCES heads (id) DEFERRABLE INITIALLY DEFERRED)",
        )

    async def add_a_tail_without_a_head() -> None:
        async with database.transaction() as tx:
            await tx.execute(ADD, {"id": 1, "text": "beside it"})
            await tx.execute("INSERT INTO tails (head) VALUES (7)")

    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.ForeignKeyViolation)):
        await add_a_tail_without_a_head()
    async with database.transaction() as tx:
        await tx.execute(ADD, {"id": 2, "text": "the next"})
    assert await texts(database) == ["the next"]


async def test_after_an_error_nothing_is_kept_even_when_it_was_caught(database: Database) -> None:
    async def go_on_after_an_error() -> None:
        async with database.transaction() as tx:
            await tx.execute(ADD, {"id": 1, "text": "one"})
            with pytest.raises((sqlite3.IntegrityError, psycopg.errors.UniqueViolation)):
                await tx.execute(ADD, {"id": 1, "text": "a second one with its id"})

    with pytest.raises(RuntimeError, match="went wrong"):
        await go_on_after_an_error()
    assert await texts(database) == []


async def test_a_reader_refuses_to_write(database: Database) -> None:
    with pytest.raises(RuntimeError, match="only reads"):
        async with database.reading() as tx:
            await tx.execute(ADD, {"id": 1, "text": "one"})
    with pytest.raises(RuntimeError, match="only reads"):
        async with database.reading() as tx:
            tx.after_commit(lambda: None)
    assert await texts(database) == []


async def test_a_reader_does_not_wait_for_a_writer_and_sees_nothing_half_written(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.execute(ADD, {"id": 1, "text": "one"})
        assert await texts(database) == []
    assert await texts(database) == ["one"]


async def test_a_reader_sees_one_state_all_along(database: Database) -> None:
    async with database.reading() as reader:
        assert await reader.fetch_all(ALL) == []
        async with database.transaction() as tx:
            await tx.execute(ADD, {"id": 1, "text": "one"})
        assert await reader.fetch_all(ALL) == []
        assert await reader.fetch_one(ALL) is None
    assert await texts(database) == ["one"]


async def test_writers_that_come_together_all_get_their_turn(database: Database) -> None:
    async def count_up() -> None:
        async with database.transaction() as tx:
            await tx.execute("UPDATE notes SET text = text || 'x' WHERE id = 1")

    async with database.transaction() as tx:
        await tx.execute(ADD, {"id": 1, "text": ""})
    await asyncio.gather(*(count_up() for _ in range(20)))
    assert await texts(database) == ["x" * 20]


async def test_readers_that_come_together_all_get_their_turn(database: Database) -> None:
    assert await asyncio.gather(*(texts(database) for _ in range(20))) == [[]] * 20
