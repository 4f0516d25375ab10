"""The databases that the storage tests run on: SQLite always, PostgreSQL when there is one to use."""

import asyncio
import os
import re
import uuid
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, dict_row

from bot.ports import Database, Row, Transaction
from bot.store.sqlite import open_database

POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "")
"""Set by `export TEST_POSTGRES_URL=$(.ci/postgresql)`."""
KINDS = ("sqlite", "postgresql") if POSTGRES_URL else ("sqlite",)

_PLACEHOLDER = re.compile(r"(?<![:\w]):([a-z]\w*)")


def opened(kind: str, folder: Path) -> AbstractAsyncContextManager[Database]:
    """Open an empty database."""
    return open_database(folder / "test.db") if kind == "sqlite" else _postgresql(POSTGRES_URL)


def placeholders(sql: str) -> list[str]:
    """Return the names of a statement's placeholders, each once."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(sql)))


def with_numbers(sql: str) -> str:
    """Replace named placeholders by `$1`, `$2`, as PostgreSQL's own PREPARE has them."""
    names = placeholders(sql)
    return _PLACEHOLDER.sub(lambda match: f"${names.index(match[1]) + 1}", sql)


@asynccontextmanager
async def _postgresql(url: str) -> AsyncIterator[Database]:
    schema = f"test_{uuid.uuid4().hex}"
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(f"CREATE SCHEMA {schema}")
        try:
            yield PsycopgDatabase(url, schema)
        finally:
            await connection.execute(f"DROP SCHEMA {schema} CASCADE")


class PsycopgDatabase:
    """The `Database` port on psycopg, with a connection for each transaction: small, and enough to prove the SQL."""

    def __init__(self, url: str, schema: str) -> None:
        self._url = url
        self._options = f"-csearch_path={schema}"

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        async with await self._connect() as connection:
            transaction = PsycopgTransaction(connection)
            yield transaction
            commit = asyncio.ensure_future(transaction.commit())
            try:
                await asyncio.shield(commit)
            except asyncio.CancelledError:
                await commit
                raise

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        async with await self._connect() as connection:
            await connection.set_read_only(True)
            await connection.set_isolation_level(psycopg.IsolationLevel.REPEATABLE_READ)
            yield PsycopgTransaction(connection, only_reads=True)

    async def _connect(self) -> psycopg.AsyncConnection[DictRow]:
        return await psycopg.AsyncConnection.connect(self._url, options=self._options, row_factory=dict_row)


class PsycopgTransaction:
    def __init__(self, connection: psycopg.AsyncConnection[DictRow], *, only_reads: bool = False) -> None:
        self._connection = connection
        self._only_reads = only_reads
        self._over = False
        self.calls: list[Callable[[], None]] = []
        self._writes: list[tuple[str, Mapping[str, Any] | None]] = []

    def write(self, sql: str, values: Mapping[str, Any] | None = None) -> None:
        if self._over:
            raise RuntimeError("This transaction is over.")
        self._writes.append((sql, values))

    async def execute(self, sql: str, values: Mapping[str, Any] | None = None) -> int:
        return max((await self._run(sql, values)).rowcount, 0)

    async def fetch_one(self, sql: str, values: Mapping[str, Any] | None = None) -> Row | None:
        return await (await self._run(sql, values)).fetchone()

    async def fetch_all(self, sql: str, values: Mapping[str, Any] | None = None) -> list[Row]:
        return [*await (await self._run(sql, values)).fetchall()]

    async def settle(self, sql: str, values: Mapping[str, Any], *, when: Callable[[list[Row]], bool]) -> list[Row]:
        noted, self._writes = self._writes, []
        rows = await self.fetch_all(sql, values)
        if when(rows):
            self._writes = noted
            await self.commit()
        else:
            await self._connection.rollback()
        self._over = True
        return rows

    def after_commit(self, call: Callable[[], None]) -> None:
        if self._only_reads:
            raise RuntimeError("A transaction that only reads commits nothing.")
        self.calls.append(call)

    async def commit(self) -> None:
        if self._over:
            return
        if self._connection.info.transaction_status is TransactionStatus.INERROR:
            raise RuntimeError("A statement of this transaction went wrong, so nothing of it is kept.")
        await self._catch_up()
        await self._connection.commit()
        for call in self.calls:
            call()

    async def _catch_up(self) -> None:
        writes, self._writes = self._writes, []
        for sql, values in writes:
            await self._now(sql, values)

    async def _run(self, sql: str, values: Mapping[str, Any] | None) -> psycopg.AsyncCursor[DictRow]:
        await self._catch_up()
        return await self._now(sql, values)

    async def _now(self, sql: str, values: Mapping[str, Any] | None) -> psycopg.AsyncCursor[DictRow]:
        text = _PLACEHOLDER.sub(r"%(\1)s", sql.replace("%", "%%"))
        try:
            return await self._connection.execute(text.encode(), values or {})
        except psycopg.errors.ReadOnlySqlTransaction as error:
            raise RuntimeError("A transaction that only reads was asked to write.") from error
