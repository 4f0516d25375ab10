"""What the engine's tests share."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.engine.serving import engine_in


@pytest.fixture
async def api(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client, with a token, of an engine of its own."""
    async with engine_in(tmp_path) as client:
        yield client
