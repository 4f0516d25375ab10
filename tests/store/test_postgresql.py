"""One SQL text: every migration and every statement of the product is one that PostgreSQL takes, and SQLite too."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.ports import Database
from bot.store.migrations import migrate
from tests.databases import KINDS, placeholders, with_numbers

BOT = Path(__file__).parent.parent.parent / "bot"
FILES = {"bot": ("store", "queues"), "engine": ("engine", "queues")}
"""The parts of the product whose tables live in one database."""
_STATEMENT = re.compile(r"\s*(SELECT\s|INSERT INTO\s|UPDATE\s+\w+\s+SET\s|DELETE FROM\s)")


def statements(parts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Return every SQL text in the modules of some parts, with its place."""
    for part in parts:
        for path in sorted((BOT / part).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            # an f-string is no whole statement until the program has run; the conformance tests run those
            pieces = {id(piece) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in node.values}
            for node in ast.walk(tree):
                if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in pieces:
                    continue
                if _STATEMENT.match(node.value):
                    yield f"{path.relative_to(BOT.parent)}:{node.lineno}", node.value


async def understood(database: Database, parts: tuple[str, ...], *, on_postgresql: bool) -> int:
    """Apply the migrations of `parts`, have the database read all their statements, and count these."""
    for part in parts:
        await migrate(database, BOT / part / "migrations")
    count = 0
    for place, sql in statements(parts):
        text = f"PREPARE statement_{count} AS {with_numbers(sql)}" if on_postgresql else f"EXPLAIN {sql}"
        values = {} if on_postgresql else dict.fromkeys(placeholders(sql))
        try:
            async with database.reading() as tx:
                await tx.execute(text, values)
        except Exception as error:
            raise AssertionError(f"{place}: {error}") from error
        count += 1
    return count


async def test_every_migration_and_every_statement_of_the_bot_is_understood(
    database: Database, request: pytest.FixtureRequest
) -> None:
    assert await understood(database, FILES["bot"], on_postgresql="postgresql" in request.node.name) > 20


async def test_every_migration_and_every_statement_of_the_engine_is_understood(
    database: Database, request: pytest.FixtureRequest
) -> None:
    assert await understood(database, FILES["engine"], on_postgresql="postgresql" in request.node.name) > 20


@pytest.mark.skipif("postgresql" in KINDS, reason="PostgreSQL is there: the storage tests run on it too")
def test_postgresql_takes_part() -> None:
    pytest.skip("to run the storage tests on PostgreSQL too: export TEST_POSTGRES_URL=$(.ci/postgresql)")
