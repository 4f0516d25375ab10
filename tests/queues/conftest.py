"""Every test that asks for `database`, or for a queue at a `desk`, runs on each kind of database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.ports import Database
from bot.queues.tasks import QUEUE_MIGRATIONS
from bot.store.migrations import migrate
from tests.databases import KINDS, opened
from tests.queues.desk import Desk


@pytest.fixture(params=KINDS)
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(request.param, tmp_path) as database:
        yield database


@pytest.fixture
async def desk(database: Database) -> Desk:
    await migrate(database, QUEUE_MIGRATIONS)
    return Desk(database)
