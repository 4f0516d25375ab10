from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.scenarios.house import House, open_house


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """Keep one bot running for all tests of a module; each has a room of its own."""
    async with open_house(tmp_path_factory.mktemp("data")) as house:
        yield house
