"""A real HTTP server on loopback that answers as the sources of recordings do, well behaved or not."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that came: its path with the query, its headers, their names in small letters, and its body."""

    target: str
    headers: Mapping[str, str]
    body: bytes = b""
    method: str = "GET"


@dataclass(frozen=True, slots=True)
class Answer:
    """What to answer; without a `Content-Length` among the headers the right one is added."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Raw:
    """Answers with whatever a coroutine writes."""

    write: Callable[[asyncio.StreamWriter], Awaitable[None]]


NO_SUCH_PAGE = Answer(b"<html>No such page</html>", 404)

Route = Answer | Raw | Callable[[Asked], Answer]


class LocalServer:
    """Serves routes by path; keeps every request that came.

    Attributes:
        routes: Path, or host and path, to an answer, to a function of the request, or to `Raw` bytes.
        asked: The requests, in order.
        port: Where it listens.
    """

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.routes: dict[str, Route] = {}
        self.asked: list[Asked] = []
        self.port = 0
        self._context = context
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def place(self) -> str:
        """Host and port, as `FETCH_ALLOW_HOSTS` takes them."""
        return f"127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._context)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._answer(reader, writer)
        finally:
            self._open.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError, ssl.SSLError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:] if line)
        }
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        method, target, _ = lines[0].split(" ")
        asked = Asked(target, headers, body, method)
        self.asked.append(asked)
        path = target.partition("?")[0]
        route = self.routes.get(f"{headers.get('host')}{path}") or self.routes.get(path) or NO_SUCH_PAGE
        if isinstance(route, Raw):
            await route.write(writer)
            return
        answer = route if isinstance(route, Answer) else route(asked)
        given = {"Content-Length": str(len(answer.body)), "Connection": "close", **answer.headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        writer.write(f"HTTP/1.1 {answer.status} X\r\n{head}\r\n".encode("latin-1") + answer.body)
        await writer.drain()


def redirect(to: str, status: int = 302, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(b"", status, {"Location": to, **(headers or {})})


def page(body: str, status: int = 200) -> Answer:
    return Answer(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), status, {"Content-Type": "text/html"})


async def local_server() -> AsyncIterator[LocalServer]:
    async with LocalServer() as server:
        yield server
