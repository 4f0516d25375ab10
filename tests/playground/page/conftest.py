"""Pages without a browser: what one would be told, and what it would send."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect

from bot.playground import Playground

Json = dict[str, Any]


class Tab:
    """An open page of one person.

    Attributes:
        frames: Everything that it was told after its first snapshot.
    """

    def __init__(self, me: str, socket: ClientConnection, http: httpx.AsyncClient) -> None:
        self.me = me
        self.http = http
        self.socket = socket
        self.snapshot: Json = {}
        self.frames: list[Json] = []

    async def open(self) -> None:
        self.snapshot = json.loads(await self.socket.recv())

    async def told(self, kind: str, look: Callable[[Json], bool] = lambda _: True) -> Json:
        """Wait until the page is told something of this kind, and return it."""
        async with asyncio.timeout(10):
            while True:
                frame: Json = json.loads(await self.socket.recv())
                self.frames.append(frame)
                if frame["type"] == kind and look(frame):
                    return frame

    async def do(self, action: str, **given: Any) -> Json:
        answer = await self.http.post(f"/page/do/{action}", json={"as": self.me} | given)
        assert answer.status_code == 200, answer.text
        body: Json = answer.json()
        return body


OpenTab = Callable[[Playground, str], contextlib.AbstractAsyncContextManager[Tab]]


@contextlib.asynccontextmanager
async def _tab(slack: Playground, me: str) -> AsyncIterator[Tab]:
    live = slack.address.replace("http", "ws") + f"page/live?as={me}"
    async with (
        httpx.AsyncClient(base_url=slack.address, trust_env=False) as http,
        connect(live, max_size=None, proxy=None) as socket,
    ):
        tab = Tab(me, socket, http)
        await tab.open()
        yield tab


@pytest.fixture
def tab() -> OpenTab:
    """Opens a page as somebody."""
    return _tab


@pytest.fixture
async def http(slack: Playground) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that only asks."""
    async with httpx.AsyncClient(base_url=slack.address, trust_env=False) as http:
        yield http
