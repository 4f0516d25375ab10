import asyncio
import base64
from collections.abc import Sequence
from typing import Self

import pytest

from bot.errors import Obstacle
from bot.sources.addresses import is_address
from bot.sources.door import Door
from bot.sources.resolver.proxy import GuardedProxy, ProxyLimits

LIMITS = ProxyLimits(max_bytes=100_000, seconds=10, idle_seconds=5)
SOMEWHERE = "93.184.215.14"


class Echo:
    """A server that sends back what it gets, and the addresses that were dialled."""

    def __init__(self) -> None:
        self.dialled: list[tuple[str, int]] = []
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()

    async def dial(self, address: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        self.dialled.append((address, port))
        assert self._server is not None
        return await asyncio.open_connection("127.0.0.1", self._server.sockets[0].getsockname()[1])

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while block := await reader.read(4096):
            writer.write(block)
            await writer.drain()
        writer.close()


async def find(host: str, _: int) -> Sequence[str]:
    known = {"inside.example": ["10.0.0.8"], "both.example": [SOMEWHERE, "127.0.0.1"]}
    return known.get(host, [host if is_address(host) else SOMEWHERE])


async def ask(proxy: GuardedProxy, request: str, *, key: str | None = None) -> tuple[str, bytes]:
    """Send a request and some words after it; returns the first line of the answer, and what came back."""
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    known = proxy.url.partition("//")[2].rpartition("@")[0]
    secret = base64.b64encode((key or known).encode()).decode()
    writer.write(f"{request}\r\nProxy-Authorization: Basic {secret}\r\n\r\n".encode())
    writer.write(b"hello" * 100)
    writer.write_eof()
    async with asyncio.timeout(5):
        head, _, rest = (await reader.read(-1)).partition(b"\r\n\r\n")
    writer.close()
    return head.decode().partition("\r\n")[0], rest


async def test_a_connection_goes_to_the_address_that_was_checked() -> None:
    async with Echo() as echo, GuardedProxy(Door(find=find), LIMITS, echo.dial) as proxy:
        assert await ask(proxy, "CONNECT zoom.us:443 HTTP/1.1") == (
            "HTTP/1.1 200 Connection established",
            b"hello" * 100,
        )
        assert echo.dialled == [(SOMEWHERE, 443)]


@pytest.mark.parametrize(
    "place",
    [
        "inside.example:443",
        "both.example:443",
        "169.254.169.254:80",
        "127.0.0.1:22",
        "[::1]:443",
        "[::ffff:10.0.0.8]:443",
        "user:secret@zoom.us:443",
        "",
        ":443",
        "zoom.us:99999999",
        "\u00e4:x",
    ],
)
async def test_what_the_door_refuses_is_refused_here(place: str) -> None:
    async with Echo() as echo, GuardedProxy(Door(find=find), LIMITS, echo.dial) as proxy:
        assert (await ask(proxy, f"CONNECT {place} HTTP/1.1"))[0] == "HTTP/1.1 403 Forbidden"
        assert proxy.refusal is not None
        assert echo.dialled == []


@pytest.mark.parametrize("request_line", ["GET http://zoom.us/ HTTP/1.1", "nonsense", ""])
async def test_only_tunnels_for_tls_are_made(request_line: str) -> None:
    async with Echo() as echo, GuardedProxy(Door(find=find), LIMITS, echo.dial) as proxy:
        assert await ask(proxy, request_line) == ("", b"")
        assert echo.dialled == []


@pytest.mark.parametrize("key", ["one:", "one:guess", "two:é"])
async def test_who_does_not_know_the_key_gets_nowhere(key: str) -> None:
    async with Echo() as echo, GuardedProxy(Door(find=find), LIMITS, echo.dial) as proxy:
        assert (await ask(proxy, "CONNECT zoom.us:443 HTTP/1.1", key=key))[0].startswith("HTTP/1.1 407")
        assert echo.dialled == []


async def test_more_bytes_than_allowed_end_the_connection_and_say_why() -> None:
    small = ProxyLimits(max_bytes=400, seconds=10, idle_seconds=5)
    async with Echo() as echo, GuardedProxy(Door(find=find), small, echo.dial) as proxy:
        _, came = await ask(proxy, "CONNECT zoom.us:443 HTTP/1.1")
        assert len(came) <= 400
        assert proxy.refusal is not None
        assert proxy.refusal.obstacle is Obstacle.TOO_LARGE
