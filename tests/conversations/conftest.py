from collections.abc import AsyncIterator

import httpx
import pytest

from bot.conversations.client import ConversationsClient, open_client
from tests.conversations.server import APP_ID, SECRET, Server


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
async def client(server: Server) -> AsyncIterator[ConversationsClient]:
    transport = httpx.ASGITransport(server.app())
    async with open_client("http://engine", APP_ID, SECRET, transport) as opened:
        yield opened
