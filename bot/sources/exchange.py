"""One HTTP/1.1 request and its answer on a connection of its own.

httpx's own transport hands a body over in pieces of 64 KB, each copied four times in the event loop: a fast download
then takes a whole core and makes everybody wait. Here the answer's head is read by the same parser (h11); a body that
comes as it is, with its length told, goes from the socket into the reader's own memory; and where much of it waits, a
thread takes it.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

import h11
import httpx

from bot.sources.connections import Connection
from bot.sources.threads import Lanes

BODY = "followthrough.body"
"""Under this name a response's extensions hold its `Body`."""

_HEAD_MOST = 64 * 1024
_RECEIVED = 64 * 1024
# So much is taken at once: it stays in a processor's own cache until it is written. Where there is more, a thread
# takes the rest.
_PASSING = 64 * 1024
# Where little came, more is let gather for so long, rather than waking up for each packet.
_GATHER_SECONDS = 0.002
# A slow body is handed over this often, full or not: what was received counts, and progress is told.
_MOMENT_SECONDS = 0.25
_WITHOUT_BODY = frozenset({204, 304})


@asynccontextmanager
async def within(
    seconds: float | None, late: type[httpx.TimeoutException], broken: type[httpx.TransportError]
) -> AsyncIterator[None]:
    """Raise httpx's errors for what takes too long, fails, or is not HTTP."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise late("It took too long.") from error
    except OSError as error:
        raise broken(str(error)) from error
    except h11.RemoteProtocolError as error:
        raise httpx.RemoteProtocolError(str(error)) from error
    except h11.LocalProtocolError as error:
        raise httpx.LocalProtocolError(str(error)) from error


async def ask(
    connection: Connection, request: httpx.Request, seconds: Mapping[str, float | None], lanes: Lanes
) -> httpx.Response:
    """Send a request, and return the answer once its head is there; its body closes the connection in the end.

    Args:
        connection: For this request alone.
        request: What to ask.
        seconds: How long `write` and `read` may take: to send the request, to get the head, and between two bytes.
        lanes: Threads for a body of which much is waiting.
    """
    parser = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD_MOST)
    async with within(seconds.get("write"), httpx.WriteTimeout, httpx.WriteError):
        await _send(connection, parser, request)
    async with within(seconds.get("read"), httpx.ReadTimeout, httpx.ReadError):
        head = await _head(connection, parser)
    body = Body(connection, parser, _told_length(request, head), seconds.get("read"), lanes)
    return httpx.Response(
        head.status_code,
        headers=head.headers.raw_items(),
        stream=body,
        extensions={"http_version": b"HTTP/" + head.http_version, "reason_phrase": head.reason, BODY: body},
    )


async def _send(connection: Connection, parser: h11.Connection, request: httpx.Request) -> None:
    method, target = request.method.encode("ascii"), request.url.raw_path
    await connection.send(parser.send(h11.Request(method=method, target=target, headers=request.headers.raw)) or b"")
    if isinstance(request.stream, httpx.AsyncByteStream):
        async for part in request.stream:
            await connection.send(parser.send(h11.Data(data=part)) or b"")
    await connection.send(parser.send(h11.EndOfMessage()) or b"")


async def _head(connection: Connection, parser: h11.Connection) -> h11.Response:
    while True:
        event = parser.next_event()
        if event is h11.NEED_DATA:
            parser.receive_data(await connection.receive(_RECEIVED))
        elif isinstance(event, h11.Response):
            return event
        elif not isinstance(event, h11.InformationalResponse):
            raise httpx.RemoteProtocolError("The other side closed without an answer.")


def _told_length(request: httpx.Request, head: h11.Response) -> int | None:
    """Return how many bytes follow as they are; None when the parser has to find the end."""
    fields = dict(head.headers)
    if request.method == "HEAD" or head.status_code in _WITHOUT_BODY or b"transfer-encoding" in fields:
        return None
    return int(fields[b"content-length"]) if b"content-length" in fields else None


class Body(httpx.AsyncByteStream):
    """An answer's body: iterated over, or filled into a reader's own memory.

    Attributes:
        much: So much is waiting that a thread should take it.
        lanes: The threads for it.
    """

    def __init__(
        self,
        connection: Connection,
        parser: h11.Connection,
        left: int | None,
        idle_seconds: float | None,
        lanes: Lanes,
    ) -> None:
        self._connection = connection
        self._parser = parser
        self._left = left
        self._idle_seconds = idle_seconds
        self._ready = b"" if left is None else parser.trailing_data[0][:left]  # what came along with the head
        self.much = False
        self.lanes = lanes
        self._broken: httpx.TransportError | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        room = memoryview(bytearray(_PASSING))
        while count := await self.fill(room):
            yield bytes(room[:count])

    async def aclose(self) -> None:
        """Close the connection."""
        self._connection.close()

    async def fill(self, room: memoryview) -> int:
        """Fill `room` with what comes within a moment, or wait for the first of it.

        Returns:
            How many bytes; 0 at the end.

        Raises:
            httpx.TransportError: The connection broke; what came before was returned before.
        """
        if self._broken is not None:
            raise self._broken
        filled, until = 0, time.monotonic() + _MOMENT_SECONDS
        try:
            while count := await self._some(room[filled:]):
                filled += count
                if self.much or filled == len(room) or self._left == 0 or time.monotonic() > until:
                    break
                if count < _PASSING:
                    await asyncio.sleep(_GATHER_SECONDS)
        except httpx.TransportError as error:
            if not filled:
                raise
            self._broken = error
        return filled

    def take(self, room: memoryview, write: Callable[[memoryview], object]) -> int:
        """Fill `room` with what is waiting, and write each piece of it there and then; to be called in a thread.

        Returns:
            How many bytes; fewer than there is room for when no more are waiting.

        Raises:
            httpx.TransportError: The connection broke; what came before was returned before.
            OSError: From `write`.
        """
        room = room[: self._left]
        taken = 0
        while taken < len(room):
            piece = room[taken : taken + _PASSING]
            try:
                count = self._connection.take(piece) or 0
            except OSError as error:
                if taken:
                    break  # it comes again, when there is nothing to lose
                raise httpx.ReadError(str(error)) from error
            write(piece[:count])
            taken += count
            if count < len(piece):
                break
        self.much = taken >= _PASSING
        if self._left is not None:
            self._left -= taken
        return taken

    async def _some(self, room: memoryview) -> int:
        """Wait for some bytes; 0 when there are no more."""
        if self._left is None:
            self._ready = self._ready or await self._parsed()
        else:
            room = room[: self._left]
        if self._ready:
            count = min(len(room), len(self._ready))
            room[:count] = self._ready[:count]
            self._ready = self._ready[count:]
        else:
            count = await self._arrived(room) if self._left else 0
        if self._left is not None:
            self._left -= count
        return count

    async def _parsed(self) -> bytes:
        while True:
            async with within(self._idle_seconds, httpx.ReadTimeout, httpx.ReadError):
                event = self._parser.next_event()
                if event is h11.NEED_DATA:
                    self._parser.receive_data(await self._connection.receive(_RECEIVED))
                    continue
            return bytes(event.data) if isinstance(event, h11.Data) else b""

    async def _arrived(self, room: memoryview) -> int:
        async with within(self._idle_seconds, httpx.ReadTimeout, httpx.ReadError):
            while True:
                count = self._connection.take(room[:_PASSING])
                if count is None:
                    raise httpx.RemoteProtocolError("The other side closed before the body's end.")
                self.much = count == _PASSING
                if count:
                    return count
                await self._connection.readable()
