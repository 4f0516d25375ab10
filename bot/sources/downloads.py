"""Bytes from a URL to our disk: streamed, hashed, capped, gone on with after a break, and whole or not there at all."""

import asyncio
import errno
import ssl
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path

import httpx

from bot.errors import BadInput, FollowthroughError, NoAccess, NotARecording, Obstacle, Unavailable
from bot.sources.answers import check_answer, where_next
from bot.sources.exchange import BODY, Body
from bot.sources.media import HEAD_BYTES
from bot.sources.partial import Pace, PartialFile, Progress
from bot.sources.ranges import Version, goes_on, is_whole, length_of, version_of
from bot.sources.threads import Lanes

# Each download has two of these to receive into.
_ROOM = 512 * 1024
# Of what comes fast, so much is moved before another download has its turn.
_TURN = 8 * 1024 * 1024
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
        slowest: Bytes a second, on average over `slow_seconds`; what comes slower is given up. Recorded speech plays at
            some 8,000 bytes a second and more: below twice that, it is quicker to send the file by hand.
        slow_seconds: As above.
        resumes: How often a download that broke off is gone on with.
        resume_seconds: The pause before the first time; each one after is twice as long.
    """

    max_bytes: int = 4096 * _MB
    total_seconds: float = 3600.0
    idle_seconds: float = 30.0
    connect_seconds: float = 10.0
    max_redirects: int = 5
    slowest: int = 16 * 1024
    slow_seconds: float = 60.0
    resumes: int = 4
    resume_seconds: float = 0.5

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
            async with PartialFile(target) as file:
                transfer = _Transfer(request, file, limits, progress)
                await transfer.run(client)
                await file.keep()
                return transfer.downloaded(target)
    except TimeoutError as error:
        raise Unavailable(
            f"{host} took longer than {limits.total_seconds / 60:.0f} minutes to send the file.",
            obstacle=Obstacle.UNREACHABLE,
        ) from error
    except httpx.TimeoutException as error:
        raise Unavailable(f"{host} did not answer in time.", obstacle=Obstacle.UNREACHABLE) from error
    except (httpx.InvalidURL, UnicodeError) as error:  # the second: a name in no alphabet
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
    if isinstance(error, httpx.ConnectError):
        if isinstance(error.__cause__, ssl.SSLError):
            return NoAccess(
                f"The connection to {host} is not safe: its certificate is not valid.",
                "Drop the file here.",
                obstacle=Obstacle.BLOCKED,
            )
        return Unavailable(f"{host} cannot be reached.", obstacle=Obstacle.UNREACHABLE)
    return Unavailable(f"{host} broke off in the middle of the file.", obstacle=Obstacle.UNREACHABLE)


def _disk_trouble(error: OSError) -> FollowthroughError:
    full = error.errno in {errno.ENOSPC, errno.EDQUOT}
    return Unavailable(
        "There is no room left on this bot's disk." if full else "This bot cannot write to its disk.",
        "Tell the person who runs it.",
    )


class _Transfer:
    """One file on its way, over as many connections as it takes."""

    def __init__(self, request: Request, file: PartialFile, limits: Limits, progress: Progress | None) -> None:
        self._request = request
        self._file = file
        self._limits = limits
        self._progress = progress
        self._version = Version("", None)
        self._head = b""
        self._looked = False
        self._answer: httpx.Response | None = None
        self._rooms = [memoryview(bytearray(_ROOM)) for _ in range(2)]

    async def run(self, client: httpx.AsyncClient) -> None:
        """Fetch the file; after a break, what is missing of it."""
        pause = self._limits.resume_seconds
        for breaks in range(self._limits.resumes + 1):
            try:
                return await self._attempt(client)
            except httpx.TransportError:
                if not self._file.size or breaks == self._limits.resumes:
                    raise
            await asyncio.sleep(pause * 2**breaks)
        return None

    def downloaded(self, target: Path) -> Downloaded:
        """Return what came."""
        assert self._answer is not None, "nothing came yet"  # noqa: S101 - for the type checker
        file = self._file
        return Downloaded(target, file.size, file.sha256, self._head, self._answer.url, self._answer.headers)

    async def _attempt(self, client: httpx.AsyncClient) -> None:
        asked = self._version.rest(self._file.size)
        async with self._answered(client, asked) as response:
            if asked and goes_on(response, self._version, self._file.size):
                return await self._save(response)
            if not asked or response.status_code != HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                check_answer(response, self._request.denied)
            if is_whole(response) and response.is_success:
                await self._begin(response)
                return await self._save(response)
        if not asked:
            raise Unavailable(f"{response.url.host} sent only a part of the file.", obstacle=Obstacle.UNREACHABLE)
        self._version = Version("", None)  # it is another file now, or its server counts in another way
        return await self._attempt(client)

    @asynccontextmanager
    async def _answered(self, client: httpx.AsyncClient, asked: Mapping[str, str]) -> AsyncIterator[httpx.Response]:
        """Follow redirects to an answer; what is asked for goes everywhere, the request's headers to its host alone."""
        url, own = httpx.URL(self._request.url), dict(self._request.headers or {})
        for _ in range(self._limits.max_redirects + 1):
            async with client.stream("GET", url, headers={**own, **asked}) as response:
                following = where_next(response)
                if following is None:
                    yield response
                    return
            if self._request.check_hop is not None:
                self._request.check_hop(following)
            if (following.scheme, following.host, following.port) != (url.scheme, url.host, url.port):
                own = {}
            url = following
        raise NotARecording(
            "The link leads round in circles.",
            "Open it in a browser, and share the address it ends at.",
            obstacle=Obstacle.NOT_FOUND,
        )

    async def _begin(self, response: httpx.Response) -> None:
        self._limits.check_size(length_of(response))
        if self._file.size:
            await self._file.restart()
        self._version, self._answer = version_of(response), response
        self._head, self._looked = b"", False

    async def _save(self, response: httpx.Response) -> None:
        file, speed = self._file, _Speed(self._limits, response.url.host)
        length = length_of(response)
        pace = Pace(self._progress, None if length is None else file.size + length)
        ours = response.extensions.get(BODY)
        body = ours if isinstance(ours, Body) else _Foreign(response)
        lanes = body.lanes
        with lanes.taken() if lanes is not None else nullcontext():
            while count := await self._move(body):
                self._limits.check_size(file.size)
                speed.add(count)
                await pace.tell(file.size)
                if lanes is not None:
                    await lanes.keep_measure(count)
        if self._version.size not in {None, file.size}:
            raise httpx.RemoteProtocolError("The file has another length than was told.")
        self._look(b"", last=True)
        await pace.tell(file.size, last=True)

    async def _move(self, body: "Body | _Foreign") -> int:
        """Move some bytes from the body to the file; 0 at its end."""
        if isinstance(body, Body) and body.much and self._looked:
            left = self._limits.max_bytes - self._file.size
            count = await self._file.pour(body.take, self._rooms, min(_TURN, left + 1), body.lanes)
            if count:
                return count
        self._rooms.reverse()  # the other one may still be written
        room = self._rooms[0]
        count = await body.fill(room)
        self._look(bytes(room[: min(count, HEAD_BYTES - len(self._head))]))
        await self._file.write(room[:count])
        return count

    def _look(self, more: bytes, *, last: bool = False) -> None:
        """Have the file's beginning looked at once, when enough of it is there."""
        self._head += more
        if self._looked or (len(self._head) < HEAD_BYTES and not last):
            return
        self._looked = True
        most = self._request.check_head(self._head) if self._request.check_head is not None else None
        if most is not None:
            self._limits = replace(self._limits, max_bytes=min(most, self._limits.max_bytes))
            self._limits.check_size(self._file.size)


class _Foreign:
    """A body of another transport than our door's, as tests have it."""

    much = False
    lanes: Lanes | None = None

    def __init__(self, response: httpx.Response) -> None:
        self._chunks = response.aiter_raw(_ROOM)

    async def fill(self, room: memoryview) -> int:
        chunk = await anext(self._chunks, b"")
        room[: len(chunk)] = chunk
        return len(chunk)


class _Speed:
    """Gives up what comes too slowly."""

    def __init__(self, limits: Limits, host: str) -> None:
        self._limits = limits
        self._host = host
        self._since = time.monotonic()
        self._bytes = 0

    def add(self, count: int) -> None:
        """Count bytes.

        Raises:
            Unavailable: They were too few for too long.
        """
        self._bytes += count
        seconds = time.monotonic() - self._since
        if seconds < self._limits.slow_seconds:
            return
        if self._bytes < self._limits.slowest * seconds:
            raise Unavailable(
                f"{self._host} sends the file too slowly: {self._bytes / seconds / 1024:.0f} KB a second.",
                "Drop the file here.",
                obstacle=Obstacle.UNREACHABLE,
            )
        self._since, self._bytes = time.monotonic(), 0
