"""Every test that asks for `database` runs on each kind of database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.ports import Database
from tests.databases import KINDS, opened


@pytest.fixture(params=KINDS)
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(request.param, tmp_path) as database:
        yield database
