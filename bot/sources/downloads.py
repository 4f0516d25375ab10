"""Bytes from a URL to our disk: streamed, hashed, capped, and whole or not there at all."""

import asyncio
import contextlib
import errno
import hashlib
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Self
from uuid import uuid4

import httpx

from bot.errors import BadInput, FollowthroughError, NoAccess, NotARecording, Obstacle, Unavailable
from bot.sources.answers import check_answer, where_next
from bot.sources.media import HEAD_BYTES

Progress = Callable[[int, int | None], Awaitable[None]]
"""Called now and then with the bytes so far, and how many there will be when that is known."""

_BLOCK = 1024 * 1024
_PROGRESS_SECONDS = 0.5
_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a download may cost.

    Attributes:
        max_bytes: Its size.
        total_seconds: From the first request to the last byte.
        idle_seconds: Without a byte.
        connect_seconds: To connect to one address.
        max_redirects: Hops from one address to the next.
    """

    max_bytes: int = 4096 * _MB
    total_seconds: float = 3600.0
    idle_seconds: float = 30.0
    connect_seconds: float = 10.0
    max_redirects: int = 5

    def check_size(self, size: int | None) -> None:
        """Refuse what is too large.

        Raises:
            BadInput: It is.
        """
        if size is not None and size > self.max_bytes:
            raise BadInput(
                f"The file is larger than the {max(1, self.max_bytes // _MB)} MB that this bot takes.",
                "Share its sound alone (an m4a or mp3 file is much smaller), or its transcript.",
                obstacle=Obstacle.TOO_LARGE,
            )


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask for, and what to be careful of.

    Attributes:
        url: Where.
        headers: Sent to the URL's own host only, and dropped at the first redirect to another.
        check_hop: Called with each URL that a redirect leads to; raises to refuse it.
        check_head: Called with the first bytes (`HEAD_BYTES`, or all there are); raises to refuse them, or returns how
            many bytes such a file may have, or None for the limits' own figure.
        denied: Raised when the server says that we may not have it; None for a sentence that fits any server.
    """

    url: str
    headers: Mapping[str, str] | None = None
    check_hop: Callable[[httpx.URL], None] | None = None
    check_head: Callable[[bytes], int | None] | None = None
    denied: NoAccess | None = None


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that was downloaded whole.

    Attributes:
        path: Where it is.
        size: Bytes.
        sha256: Of the bytes, as hex.
        head: Its first bytes.
        url: Where it came from in the end, after redirects.
        headers: The answer's.
    """

    path: Path
    size: int
    sha256: str
    head: bytes
    url: httpx.URL
    headers: httpx.Headers


async def download(
    client: httpx.AsyncClient, request: Request, target: Path, limits: Limits, progress: Progress | None = None
) -> Downloaded:
    """Bring a URL's bytes to `target`, which is there only when all of them are.

    Raises:
        NeedsPerson: It cannot be had, or is too large; the error says what to do.
        Unavailable: The other side did not answer, or broke off; trying again can help.
    """
    host = httpx.URL(request.url).host if _is_url(request.url) else ""
    try:
        async with asyncio.timeout(limits.total_seconds):
            return await _download(client, request, target, limits, progress)
    except TimeoutError as error:
        raise Unavailable(
            f"{host} took longer than {limits.total_seconds / 60:.0f} minutes to send the file.",
            obstacle=Obstacle.UNREACHABLE,
        ) from error
    except httpx.TimeoutException as error:
        raise Unavailable(f"{host} did not answer in time.", obstacle=Obstacle.UNREACHABLE) from error
    except httpx.InvalidURL as error:
        raise NotARecording(
            "That is no web address.", "Share a link that begins with https://.", obstacle=Obstacle.WRONG_KIND
        ) from error
    except httpx.HTTPError as error:
        raise _broken(host, error) from error
    except OSError as error:
        raise _disk_trouble(error) from error


def _is_url(text: str) -> bool:
    try:
        return bool(httpx.URL(text).host)
    except httpx.InvalidURL:
        return False


def _broken(host: str, error: BaseException) -> FollowthroughError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return NoAccess(
                f"The connection to {host} is not safe: its certificate is not valid.",
                "Drop the file here.",
                obstacle=Obstacle.BLOCKED,
            )
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.ConnectError):
        return Unavailable(f"{host} cannot be reached.", obstacle=Obstacle.UNREACHABLE)
    return Unavailable(f"{host} broke off in the middle of the file.", obstacle=Obstacle.UNREACHABLE)


def _disk_trouble(error: OSError) -> FollowthroughError:
    full = error.errno in {errno.ENOSPC, errno.EDQUOT}
    return Unavailable(
        "There is no room left on this bot's disk." if full else "This bot cannot write to its disk.",
        "Tell the person who runs it.",
    )


async def _download(
    client: httpx.AsyncClient, request: Request, target: Path, limits: Limits, progress: Progress | None
) -> Downloaded:
    url = httpx.URL(request.url)
    headers = dict(request.headers or {})
    for _ in range(limits.max_redirects + 1):
        async with client.stream("GET", url, headers=headers) as response:
            following = where_next(response)
            if following is None:
                check_answer(response, request.denied)
                limits.check_size(_length(response))
                return await _save(response, request, target, limits, progress)
        if request.check_hop is not None:
            request.check_hop(following)
        if (following.scheme, following.host, following.port) != (url.scheme, url.host, url.port):
            headers = {}
        url = following
    raise NotARecording(
        "The link leads round in circles.",
        "Open it in a browser, and share the address it ends at.",
        obstacle=Obstacle.NOT_FOUND,
    )


def _length(response: httpx.Response) -> int | None:
    text = response.headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() else None


async def _save(
    response: httpx.Response, request: Request, target: Path, limits: Limits, progress: Progress | None
) -> Downloaded:
    pace = Pace(progress, _length(response))
    head = b""
    async with PartialFile(target) as file:
        async for chunk in response.aiter_raw(_BLOCK):
            if file.size == 0:
                head = chunk[:HEAD_BYTES]  # a block is whole but at the end, and larger than a head
                limits = _narrowed(limits, request, head)
            limits.check_size(file.size + len(chunk))
            await file.write(chunk)
            await pace.tell(file.size)
        if file.size == 0:
            _narrowed(limits, request, b"")
        await file.keep()
    await pace.tell(file.size, last=True)
    return Downloaded(target, file.size, file.sha256, head, response.url, response.headers)


def _narrowed(limits: Limits, request: Request, head: bytes) -> Limits:
    most = request.check_head(head) if request.check_head is not None else None
    return limits if most is None else replace(limits, max_bytes=min(most, limits.max_bytes))


class Pace:
    """Tells a progress at most twice a second."""

    def __init__(self, progress: Progress | None, total: int | None) -> None:
        self._progress = progress
        self._total = total
        self._told = 0.0
        self._size = -1

    async def tell(self, size: int, *, last: bool = False) -> None:
        """Say how many bytes there are; the last word is always told."""
        now = time.monotonic()
        if self._progress is None or size == self._size or (not last and now - self._told < _PROGRESS_SECONDS):
            return
        self._told, self._size = now, size
        await self._progress(size, self._total)


class PartialFile:
    """A file under another name beside its target, until it is whole; gone when it never is."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._path = target.with_name(f".{target.name}.{uuid4().hex[:8]}.part")
        self._file: BinaryIO | None = None
        self._hash = hashlib.sha256()
        self.size = 0

    async def __aenter__(self) -> Self:
        self._file = await asyncio.to_thread(self._open)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
        with contextlib.suppress(FileNotFoundError):
            self._path.unlink()

    @property
    def sha256(self) -> str:
        """Return the hash of what was written so far, as hex."""
        return self._hash.hexdigest()

    async def write(self, chunk: bytes) -> None:
        """Add bytes, off the event loop."""
        await asyncio.to_thread(self._write, chunk)
        self.size += len(chunk)

    async def keep(self) -> None:
        """Give the file its own name: it is whole."""
        await asyncio.to_thread(self._keep)

    def _open(self) -> BinaryIO:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        return self._path.open("wb")

    def _write(self, chunk: bytes) -> None:
        if self._file is not None:
            self._file.write(chunk)
            self._hash.update(chunk)

    def _keep(self) -> None:
        if self._file is not None:
            self._file.close()
            self._path.replace(self._target)
