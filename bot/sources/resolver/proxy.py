"""The guarded way out for the process that reads pages: a proxy on loopback that goes through the door's own rules."""

import asyncio
import base64
import contextlib
import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx

from bot.errors import BadInput, FollowthroughError, NoAccess, Obstacle, Unavailable
from bot.sources.door import Door, port_of

_HEAD_BYTES = 16 * 1024
_HEAD_SECONDS = 10.0
_CONNECT_SECONDS = 10.0
_BLOCK = 64 * 1024
_AT_ONCE = 16
_LAST_PORT = 65535

Dial = Callable[[str, int], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]
"""Connects to an address and a port."""


@dataclass(frozen=True, slots=True)
class ProxyLimits:
    """What may go through a proxy.

    Attributes:
        max_bytes: From outside, all connections together.
        seconds: How long one connection may last.
        idle_seconds: How long it may bring nothing.
    """

    max_bytes: int
    seconds: float = 3600.0
    idle_seconds: float = 60.0


class GuardedProxy:
    """An HTTP proxy that knows CONNECT only, so that everything through it is TLS with the host's own certificate.

    Each connection is asked of the door: its host is resolved once, every address of it has to be public, and the
    connection goes to one of these. It listens on loopback and wants credentials that are made for it alone.

    Attributes:
        refusal: Why the last connection was refused, when one was.
    """

    def __init__(self, door: Door, limits: ProxyLimits, dial: Dial = asyncio.open_connection) -> None:
        self._door = door
        self._limits = limits
        self._dial = dial
        self._key = secrets.token_urlsafe(24)
        self._left = limits.max_bytes
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()
        self.port = 0
        self.refusal: FollowthroughError | None = None

    @property
    def url(self) -> str:
        """Return its address with the credentials in it: for the child process alone, never for a log."""
        return f"http://one:{self._key}@127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_HEAD_BYTES)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._open.add(task)
            task.add_done_callback(self._open.discard)
        try:
            async with self._slots:
                await self._tunnel(reader, writer)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            return  # whoever is at the other end sees a connection that ended
        finally:
            await _closed(writer)

    async def _tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(_HEAD_SECONDS):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        if not self._knows_key(head):
            await _answer(writer, "407 Proxy Authentication Required", 'Proxy-Authenticate: Basic realm="proxy"\r\n')
            return
        method, _, target = head.partition("\r\n")[0].rpartition(" ")[0].partition(" ")
        if method != "CONNECT":
            what = "The page leads to something that is not encrypted (http)."
            self.refusal = NoAccess(what, "Drop the file here.", obstacle=Obstacle.BLOCKED)
            return  # an answer would be taken for the page's own
        try:
            there = await self._connected(target)
        except FollowthroughError as error:
            self.refusal = error
            await _answer(writer, "403 Forbidden")
            return
        await _answer(writer, "200 Connection established")
        try:
            async with asyncio.timeout(self._limits.seconds):
                await self._pump(reader, writer, *there)
        finally:
            await _closed(there[1])

    def _knows_key(self, head: str) -> bool:
        wanted = base64.b64encode(f"one:{self._key}".encode()).decode()
        for line in head.split("\r\n")[1:]:
            name, _, value = line.partition(":")
            if name.strip().lower() == "proxy-authorization":
                given = value.strip().removeprefix("Basic ").strip()
                return hmac.compare_digest(given.encode(), wanted.encode())
        return False

    async def _connected(self, target: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            url = httpx.URL(f"https://{target}")
        except httpx.InvalidURL as error:
            raise NoAccess("The page leads to no address.", obstacle=Obstacle.BLOCKED) from error
        if not 0 < port_of(url) <= _LAST_PORT:
            raise NoAccess("The page leads to no address.", obstacle=Obstacle.BLOCKED)
        for address in await self._door.addresses(url):
            with contextlib.suppress(OSError, TimeoutError):
                async with asyncio.timeout(_CONNECT_SECONDS):
                    return await self._dial(address, port_of(url))
        raise Unavailable(f"{url.host} cannot be reached.", obstacle=Obstacle.UNREACHABLE)

    async def _pump(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        there: asyncio.StreamReader,
        to_there: asyncio.StreamWriter,
    ) -> None:
        out = asyncio.create_task(_copy(reader, to_there, self._limits.idle_seconds, lambda _: None))
        back = asyncio.create_task(_copy(there, writer, self._limits.idle_seconds, self._count))
        try:
            await asyncio.wait({out, back}, return_when=asyncio.FIRST_COMPLETED)
            if not back.done():
                await back  # what was asked for still comes after the last word of the question
        finally:
            for task in (out, back):
                task.cancel()
            await asyncio.gather(out, back, return_exceptions=True)

    def _count(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            self.refusal = BadInput(
                "The recording is larger than this bot takes.",
                "Share its sound alone (an m4a or mp3 file is much smaller), or its transcript.",
                obstacle=Obstacle.TOO_LARGE,
            )
            raise ConnectionAbortedError("too much came")


async def _copy(
    source: asyncio.StreamReader, target: asyncio.StreamWriter, idle_seconds: float, count: Callable[[int], None]
) -> None:
    while True:
        async with asyncio.timeout(idle_seconds):
            block = await source.read(_BLOCK)
        if not block:
            break
        count(len(block))
        target.write(block)
        await target.drain()
    if target.can_write_eof():
        target.write_eof()


async def _answer(writer: asyncio.StreamWriter, status: str, headers: str = "") -> None:
    writer.write(f"HTTP/1.1 {status}\r\n{headers}\r\n".encode("latin-1"))
    await writer.drain()


async def _closed(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError, asyncio.CancelledError):
        await writer.wait_closed()
