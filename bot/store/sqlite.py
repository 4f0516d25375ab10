"""The `Database` port on SQLite: a file, one connection that writes and a few that read."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

import aiosqlite

from bot.errors import Failed, FollowthroughError, Unavailable
from bot.ports import Row, Transaction

_T = TypeVar("_T")
_Result = tuple[int, list[Row]]

_BUSY_SECONDS = 5.0  # how long a statement waits for another process, a backup for example, that holds the file
_READERS = 2  # as many as there are cores on the machines this runs on: more would only wait for one another

# In WAL mode NORMAL does not wait for the disk at a commit: the pages are with the operating system, which writes them
# whatever becomes of this process, so what was committed outlives `kill -9`. A power loss or a crash of the whole
# machine can take the last commits with it (everything since the last checkpoint that the system had not written yet)
# but never leaves half of one or a broken file. FULL would keep those too, at the price of a wait for the disk before
# each acknowledgement.
_SYNCHRONOUS = "NORMAL"

# A checkpoint waits for the disk, some milliseconds. Done by SQLite itself, it happens within whichever commit fills
# the log to 1,000 pages, and somebody waits for that one: it cost an acknowledgement 0.2 ms on average, 6 ms at worst.
_CHECKPOINT_COMMITS = 200
_LARGEST_LOG_PAGES = 16_384  # 64 MB: should ours never get its turn, SQLite sees to it after all
_OVER = "This transaction is over."


class SqliteDatabase:
    """A SQLite file; made by `open_database`."""

    def __init__(self, writer: "_Connection", readers: list["_Connection"], keeper: "_Connection") -> None:
        self._writer = writer
        self._keeper = keeper
        self._keeping: asyncio.Future[None] | None = None
        self._commits = 0
        self._writing = asyncio.Lock()
        self._written_by: asyncio.Task[Any] | None = None
        self._readers: asyncio.LifoQueue[_Connection] = asyncio.LifoQueue()
        for reader in readers:
            self._readers.put_nowait(reader)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Open a writing transaction: committed when the block ends, rolled back when it raises or is cancelled.

        Raises:
            Unavailable: The file is locked by another process, or the disk is full.
        """
        if self._writing.locked() and self._written_by is asyncio.current_task():
            raise RuntimeError("A transaction was opened inside another one: it would wait for itself.")
        await self._writing.acquire()
        self._written_by = asyncio.current_task()
        transaction = _SqliteTransaction(self._writer, "BEGIN IMMEDIATE", self._let_next_in)
        try:
            yield transaction
            await transaction.commit()
            self._count_commit()
        except BaseException:
            await transaction.roll_back()
            raise

    def _let_next_in(self) -> None:
        """Give way to the next writer: its steps come after those that were asked for."""
        self._written_by = None
        self._writing.release()

    def _count_commit(self) -> None:
        """See to it that the log does not grow, beside the work and not, as SQLite would, within some commit."""
        self._commits += 1
        if self._commits >= _CHECKPOINT_COMMITS and (self._keeping is None or self._keeping.done()):
            self._commits = 0
            self._keeping = self._keeper.ask(_checkpoint)

    async def at_rest(self) -> None:
        """Wait for what goes on beside the work."""
        if self._keeping is not None:
            await asyncio.wait([self._keeping])

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """Open a transaction that only reads, and sees one state of the data all along."""
        reader = await self._readers.get()
        transaction = _SqliteTransaction(reader, "BEGIN")
        try:
            yield transaction
        finally:
            try:
                await transaction.roll_back()
            finally:
                self._readers.put_nowait(reader)


@asynccontextmanager
async def open_database(path: Path) -> AsyncIterator[SqliteDatabase]:
    """Open the SQLite file at `path`, made when missing together with its folder, and close it after the block.

    Raises:
        Failed: It cannot be opened or written, or is no database.
    """
    async with AsyncExitStack() as stack:
        try:
            await asyncio.to_thread(_make_file, path)
            writer = await stack.enter_async_context(_Connection(path))
            await writer.ask(_make_writable)
            readers = [await stack.enter_async_context(_Connection(path)) for _ in range(_READERS)]
            keeper = await stack.enter_async_context(_Connection(path))
            for reader in readers:
                await reader.ask(_only_read)
        except (OSError, sqlite3.DatabaseError) as error:
            raise _cannot_open(path, error) from error
        database = SqliteDatabase(writer, readers, keeper)
        try:
            yield database
        finally:
            await database.at_rest()


class _SqliteTransaction:
    """A transaction on one connection; it begins with its first statement, in the same hop to the connection's thread.

    Steps of a connection run in the order in which they were asked for, even when the asker was cancelled meanwhile.
    So the next transaction may come as soon as the last step of this one was asked for, and that step always leaves
    the connection free.

    Args:
        connection: Where it runs.
        begin: The statement that begins it.
        asked_last: Called when its last step was asked for; None for one that only reads.
    """

    def __init__(self, connection: "_Connection", begin: str, asked_last: Callable[[], None] | None = None) -> None:
        self._connection = connection
        self._begin = begin
        self._asked_last = asked_last
        self._only_reads = asked_last is None
        self._begun = False
        self._broken = False
        self._over = False
        self._calls: list[Callable[[], None]] = []
        self._writes: list[tuple[str, Mapping[str, Any]]] = []

    def write(self, sql: str, values: Mapping[str, Any] | None = None) -> None:
        self._refuse_when_over()
        self._writes.append((sql, values or {}))

    async def execute(self, sql: str, values: Mapping[str, Any] | None = None) -> int:
        count, _ = await self._run(sql, values or {})
        return count

    async def fetch_one(self, sql: str, values: Mapping[str, Any] | None = None) -> Row | None:
        _, rows = await self._run(sql, values or {})
        return rows[0] if rows else None

    async def fetch_all(self, sql: str, values: Mapping[str, Any] | None = None) -> list[Row]:
        _, rows = await self._run(sql, values or {})
        return rows

    async def settle(self, sql: str, values: Mapping[str, Any], *, when: Callable[[list[Row]], bool]) -> list[Row]:
        self._refuse_when_over()
        loop = asyncio.get_running_loop()

        def step(connection: sqlite3.Connection) -> list[Row]:
            self._begin_on(connection)
            _, rows = _ran(connection, sql, values)
            if when(rows):
                self._commit_on(connection, loop)
            return rows  # a last step that does not commit is rolled back

        return await self._last(step)

    def after_commit(self, call: Callable[[], None]) -> None:
        if self._only_reads:
            raise RuntimeError("A transaction that only reads commits nothing.")
        self._calls.append(call)

    async def commit(self) -> None:
        """Commit, unless a statement went wrong: as in PostgreSQL, an error ends the transaction even when caught."""
        if self._broken:
            raise RuntimeError("A statement of this transaction went wrong, so nothing of it is kept.")
        if not self._over:
            loop = asyncio.get_running_loop()
            await self._last(lambda connection: self._commit_on(connection, loop))

    async def roll_back(self) -> None:
        """Undo everything, if anything was begun and is not over."""
        if not self._over:
            await self._last(_free)

    async def _last(self, step: Callable[[sqlite3.Connection], _T]) -> _T:
        """Ask for the last step, which ends the transaction whatever happens, and let the next one come after it."""

        def ended(connection: sqlite3.Connection) -> _T:
            try:
                return step(connection)
            finally:
                _free(connection)

        self._over = True
        answer = self._connection.ask(ended)
        if self._asked_last is not None:
            self._asked_last()
        try:
            return await answer
        except sqlite3.DatabaseError as error:
            raise _in_words(error) from error

    async def _run(self, sql: str, values: Mapping[str, Any]) -> _Result:
        """Run a statement in the connection's thread; what was only to be written goes before it."""
        self._refuse_when_over()

        def step(connection: sqlite3.Connection) -> _Result:
            self._catch_up(connection)
            self._begin_on(connection)
            return _ran(connection, sql, values)

        try:
            return await self._connection.ask(step)
        except sqlite3.DatabaseError as error:
            self._broken = True
            if self._only_reads and _code(error) == sqlite3.SQLITE_READONLY:
                raise RuntimeError("A transaction that only reads was asked to write.") from error
            raise _in_words(error) from error

    def _refuse_when_over(self) -> None:
        if self._over or self._broken:
            raise RuntimeError(_OVER)

    def _begin_on(self, connection: sqlite3.Connection) -> None:
        if not self._begun:
            connection.execute(self._begin)
            self._begun = True

    def _catch_up(self, connection: sqlite3.Connection) -> None:
        """Run what was only to be written, in its order; in the connection's thread."""
        writes, self._writes = self._writes, []
        for sql, values in writes:
            self._begin_on(connection)
            connection.execute(sql, values).close()

    def _commit_on(self, connection: sqlite3.Connection, loop: asyncio.AbstractEventLoop) -> None:
        self._catch_up(connection)
        if self._begun:
            connection.execute("COMMIT")
        if self._calls:
            # from here, and not after the await: who waits may have been cancelled while the commit succeeded
            loop.call_soon_threadsafe(self._make_calls)

    def _make_calls(self) -> None:
        for call in self._calls:
            call()


class _Connection(aiosqlite.Connection):
    """A connection that runs whole steps in its thread: a hop there and back costs as much as a small statement."""

    def __init__(self, path: Path) -> None:
        def connect() -> sqlite3.Connection:
            # no isolation level: transactions begin and end where this module says so
            connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
            connection.row_factory = _as_mapping
            return connection

        super().__init__(connect, iter_chunk_size=64)

    async def __aenter__(self) -> Self:
        await self
        return self

    def ask(self, step: Callable[[sqlite3.Connection], _T]) -> asyncio.Future[_T]:
        """Have `step` run in the connection's thread, after the steps that were asked for before this call."""
        answer: asyncio.Future[_T] = asyncio.get_running_loop().create_future()
        # as its own `_execute` does, but at once and not when somebody awaits it
        self._tx.put_nowait((answer, partial(step, self._conn)))
        return answer


def _ran(connection: sqlite3.Connection, sql: str, values: Mapping[str, Any]) -> _Result:
    cursor = connection.execute(sql, values)
    rows = cursor.fetchall()
    count = cursor.rowcount
    cursor.close()
    return max(count, 0), rows


def _as_mapping(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}


def _free(connection: sqlite3.Connection) -> None:
    """Undo what is still open; after a commit, or when nothing was begun, that is nothing."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _make_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # for our user's eyes only: it holds what people said; SQLite gives its side files the same mode
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _make_writable(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {_SYNCHRONOUS}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LARGEST_LOG_PAGES}")
    # a file that cannot be written shows it here, not at the first event
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")


def _checkpoint(connection: sqlite3.Connection) -> None:
    # PASSIVE waits for nobody and holds up nobody; what it cannot do now, the next one does
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").close()


def _only_read(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA query_only = ON")


def _code(error: sqlite3.Error) -> int:
    # the low byte is the error, the rest its details; errors of the Python module itself carry none
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _in_words(error: sqlite3.DatabaseError) -> Exception:
    """Say an error that an operator can act on in words; one that only a programmer can stays as it is."""
    words: dict[int, FollowthroughError] = {
        sqlite3.SQLITE_BUSY: Unavailable("The database is held by another program."),
        sqlite3.SQLITE_LOCKED: Unavailable("The database is held by another program."),
        sqlite3.SQLITE_FULL: Unavailable("The disk is full.", "Free some space on it."),
        sqlite3.SQLITE_IOERR: Unavailable("The disk did not take or give the database's bytes.", "Check the disk."),
        sqlite3.SQLITE_READONLY: Failed("The database cannot be written.", "Make its file and folder writable."),
        sqlite3.SQLITE_CORRUPT: Failed("The database is damaged.", "Restore it from a backup."),
        sqlite3.SQLITE_NOTADB: Failed("The database is damaged.", "Restore it from a backup."),
    }
    return words.get(_code(error), error)


def _cannot_open(path: Path, error: Exception) -> FollowthroughError:
    if isinstance(error, sqlite3.DatabaseError) and _code(error) in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
        return Failed(f"{path} is not a database, or is damaged.", "Move it away or choose another DATA_DIR.")
    if isinstance(error, sqlite3.DatabaseError) and _code(error) == sqlite3.SQLITE_BUSY:
        return Unavailable(f"{path} is held by another program.", "Stop that program.")
    return Failed(
        f"The database {path} cannot be written ({error}).",
        "Make its folder writable or choose another DATA_DIR.",
    )
