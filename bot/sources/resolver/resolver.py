"""Reads the pages of sources that document no download, with yt-dlp in a child process behind the door."""

import asyncio
import contextlib
import hashlib
import importlib.util
import json
import logging
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.domain.recordings import MediaKind
from bot.errors import FollowthroughError, NoAccess, Obstacle, Unavailable
from bot.links.link import Link
from bot.links.secrets import HIDDEN, without_secrets
from bot.ports import FetchProgress
from bot.sources.accounts.account import Media
from bot.sources.door import Door
from bot.sources.downloads import Limits
from bot.sources.media import HEAD_BYTES
from bot.sources.raw import CameAsPage, Raw, check_linked
from bot.sources.resolver.choice import files_of
from bot.sources.resolver.errors import LOST, error_of
from bot.sources.resolver.proxy import Dial, GuardedProxy, ProxyLimits
from bot.sources.resolver.resolved import Resolved, Resolver, Stream
from bot.sources.ways import refusal

_log = logging.getLogger(__name__)

EXTRA = "followthrough[sources]"
_CHILD = Path(__file__).with_name("child.py")
_READ_SECONDS = 90.0
_PAGES_BYTES = 64 * 1024 * 1024
"""What pages, scripts and playlists may come to, besides the recording itself."""

_LONGEST_LINE = 16 * 1024 * 1024
_AT_ONCE = 2
_STREAM = "stream"


def is_installed() -> bool:
    """Say whether yt-dlp is there, without importing it."""
    return importlib.util.find_spec("yt_dlp") is not None


class YtDlp:
    """Reads pages with yt-dlp; see `child` for what it may do there, and what not."""

    def __init__(
        self,
        door: Door,
        limits: Limits,
        *,
        dial: Dial = asyncio.open_connection,
        certificates: Path | None = None,
    ) -> None:
        """Prepare to read.

        Args:
            door: Whose rules hold for every connection.
            limits: What a recording may cost.
            dial: Connects to an address that the door checked.
            certificates: Authorities to trust instead of the common ones, as a PEM file.
        """
        self._door = door
        self._limits = limits
        self._dial = dial
        self._certificates = certificates or _own_certificates()
        self._slots = asyncio.Semaphore(_AT_ONCE)

    def open(self, link: Link, folder: Path | None, passcode: str | None) -> AbstractAsyncContextManager[Resolved]:
        """Read a link's page; while the block lasts its streams can be saved.

        Raises:
            NeedsPerson: It cannot be had; the error says what keeps it and what to do.
            Unavailable: The other side did not answer; trying again can help.
        """
        return self._open(link, folder, passcode)

    @asynccontextmanager
    async def _open(self, link: Link, folder: Path | None, passcode: str | None) -> AsyncIterator[Resolved]:
        limits = ProxyLimits(self._limits.max_bytes + _PAGES_BYTES, self._limits.total_seconds)
        async with (
            _room(folder) as room,
            GuardedProxy(self._door, limits, self._dial) as proxy,
            AsyncExitStack() as life,
        ):
            asked = {
                "url": link.request,
                "extractors": link.source.extractors,
                "passcode": passcode,
                "proxy": proxy.url,
                "port": proxy.port,
                "folder": str(room),
                "most_bytes": self._limits.max_bytes,
                "own_certificates": self._certificates is not None,
            }
            async with self._slots:
                child = await life.enter_async_context(_started(room, self._certificates))
                talk = _Talk(child, proxy, link, passcode)
                await talk.say(asked)
                page = _read(await talk.page(), talk, room, link)
            if not any(isinstance(file, Stream) for file in page.files):
                await life.aclose()  # nothing is left for it to do, and what it names may take long to come
            yield page


def resolver_of(door: Door, limits: Limits) -> Resolver | None:
    """Return what reads pages, or None when yt-dlp is not installed."""
    if is_installed():
        return YtDlp(door, limits)
    _log.info("yt-dlp is not here: pages of Zoom, Loom, Webex and others are not read (install %s)", EXTRA)
    return None


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page said; its files while its reader lives."""

    title: str
    seconds: float | None
    day: date | None
    files: Sequence[Media | Stream]
    _talk: "_Talk" = field(repr=False)
    _room: Path = field(repr=False)

    async def save(self, stream: Stream, target: Path, limits: Limits, progress: FetchProgress) -> Raw:
        """Bring a stream to `target`; raises as `Resolver.open`."""
        await self._talk.say({"save": stream.id, "name": _STREAM})
        try:
            async with asyncio.timeout(limits.total_seconds):
                while "saved" not in (said := await self._talk.heard()):
                    await progress(int(said["at"]), int(said["of"]) if said.get("of") else None)
        except TimeoutError as error:
            raise Unavailable(
                f"The stream took longer than {limits.total_seconds / 60:.0f} minutes.", obstacle=Obstacle.UNREACHABLE
            ) from error
        except NoAccess as error:
            if error.obstacle is not None:
                raise
            raise Unavailable(
                "The recording broke off before all its pieces had come.", obstacle=Obstacle.UNREACHABLE
            ) from error
        return await asyncio.to_thread(_moved, self._room / _STREAM, target, self, limits)


class _Talk:
    """What is said between us and the child: one JSON object a line."""

    def __init__(
        self, child: asyncio.subprocess.Process, proxy: GuardedProxy, link: Link, passcode: str | None
    ) -> None:
        self._child = child
        self._proxy = proxy
        self._link = link
        self._passcode = passcode

    async def say(self, said: Mapping[str, Any]) -> None:
        if self._child.stdin is None:
            raise self._lost()
        self._child.stdin.write(json.dumps(said).encode() + b"\n")
        with contextlib.suppress(ConnectionError):  # the child ended: that is heard
            await self._child.stdin.drain()

    async def page(self) -> dict[str, Any]:
        """Return what the child read, or raise what its trouble means."""
        try:
            async with asyncio.timeout(_READ_SECONDS):
                page: dict[str, Any] = (await self.heard())["page"]
        except TimeoutError as error:
            raise Unavailable(
                f"{self._link.product}: its page did not answer in time.", obstacle=Obstacle.UNREACHABLE
            ) from error
        return page

    async def heard(self) -> dict[str, Any]:
        """Return the child's next word, or raise what its trouble means."""
        if self._child.stdout is None:
            raise self._lost()
        line = await self._child.stdout.readline()
        if not line:
            raise self._lost()
        said: dict[str, Any] = json.loads(line)
        if "trouble" in said:
            raise self._meant(said["trouble"])
        return said

    def _meant(self, trouble: Mapping[str, Any]) -> FollowthroughError:
        # only a connection that failed was refused for this: pages name places that they can do without
        if self._proxy.refusal is not None and LOST & set(trouble["kinds"]):
            return self._proxy.refusal
        error = error_of(trouble, self._link, passcode=self._passcode is not None)
        if error.obstacle is None:
            words = without_secrets(str(trouble["words"]))
            words = words.replace(self._passcode, HIDDEN) if self._passcode else words
            _log.warning(
                "yt-dlp could not read a page of %s (%s): %s", self._link.source.id, trouble["where"], words[:500]
            )
        return error

    def _lost(self) -> FollowthroughError:
        if self._proxy.refusal is not None:
            return self._proxy.refusal
        _log.warning("yt-dlp broke off at a page of %s (%s)", self._link.source.id, self._child.returncode)
        return NoAccess(self._link.what, self._link.cure)


def _read(page: Mapping[str, Any], talk: _Talk, room: Path, link: Link) -> _Page:
    if page.get("list"):
        raise refusal(link, Obstacle.WRONG_KIND, "That page shows several recordings.")
    if page["live"]:
        raise refusal(link, Obstacle.NOT_READY)
    files = files_of(page)
    if not files:
        raise refusal(link, Obstacle.DOWNLOAD_DISABLED if page["drm"] else Obstacle.NOT_FOUND)
    day = None
    with contextlib.suppress(ValueError, OverflowError, OSError):
        day = datetime.fromtimestamp(page["moment"], UTC).date() if page["moment"] else None
    return _Page(page["title"], page["seconds"], day, files, talk, room)


def _moved(saved: Path, target: Path, page: _Page, limits: Limits) -> Raw:
    """Move what the child saved to its place, hashed and looked at."""
    size = saved.stat().st_size
    limits.check_size(size)
    with saved.open("rb") as file:
        head = file.read(HEAD_BYTES)
        try:
            check_linked(head)
        except CameAsPage as error:
            raise NoAccess("A web page came instead of the recording.", "Drop the file here.") from error
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    saved.replace(target)
    return Raw(target, size, digest, head, page.title or MediaKind.VIDEO.value, page.day)


@asynccontextmanager
async def _room(folder: Path | None) -> AsyncIterator[Path]:
    """Make a folder for the child, on the disk where the recording goes, and remove it with all that is in it."""
    room = await asyncio.to_thread(lambda: tempfile.TemporaryDirectory(prefix=".page-", dir=folder))
    try:
        yield await asyncio.to_thread(Path(room.name).resolve)
    finally:
        await asyncio.to_thread(room.cleanup)


@asynccontextmanager
async def _started(room: Path, certificates: Path | None) -> AsyncIterator[asyncio.subprocess.Process]:
    trusted = {"SSL_CERT_FILE": str(certificates)} if certificates is not None else {}
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        str(_CHILD),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=_LONGEST_LINE,
        cwd=room,
        env={"HOME": str(room), "TMPDIR": str(room), "PATH": "", "LANG": "C.UTF-8", "YTDLP_NO_PLUGINS": "1", **trusted},
        start_new_session=True,
    )
    try:
        yield child
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        await child.wait()


def _own_certificates() -> Path | None:
    """Return the authorities that the operator's environment names, as OpenSSL would."""
    named = os.environ.get("SSL_CERT_FILE")
    return Path(named) if named else None
