"""Recordings onto our disk: from a link, from Slack, or from this machine."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import httpx

from bot.domain.recordings import MediaKind, Recording, RecordingKind
from bot.errors import BadInput, NeedsPerson, NoAccess, NotARecording
from bot.links.link import look_at
from bot.ports import Clock, Fetched, FetchProgress, Preview, TranscriptLine
from bot.sources import local, slack_files
from bot.sources.dates import date_in_name, date_of_header, is_plausible
from bot.sources.door import Door
from bot.sources.downloads import Downloaded, Limits, Request, download
from bot.sources.media import Content, Look, look_at_bytes
from bot.sources.names import file_name
from bot.sources.pages import read_page
from bot.sources.slack_files import SlackFiles
from bot.sources.tracks import kind_of_mp4
from bot.sources.transcripts import MAX_BYTES, read_transcript
from bot.sources.ways import Way, way_to

_PART = "recording"  # what a recording is called in its folder: names from outside never become paths
_DROP = "Share an audio or video file, or a transcript (VTT, SRT or text)."


class _CameAsPage(Exception):
    def __init__(self, head: bytes) -> None:
        super().__init__("a web page came")
        self.head = head


@dataclass(frozen=True, slots=True)
class _Raw:
    """Bytes on our disk, not looked into yet; `day` is what the file or its server says it is from."""

    path: Path
    size: int
    sha256: str
    head: bytes
    name: str
    day: date | None


class RecordingFetcher:
    """Fetches recordings, by the rules of each source, through the one door."""

    def __init__(
        self, door: Door, clock: Clock, *, limits: Limits | None = None, slack: SlackFiles | None = None
    ) -> None:
        self._door = door
        self._clock = clock
        self._limits = limits or Limits()
        self._slack = slack

    async def look(self, recording: Recording, passcode: str | None = None) -> Preview:
        """Say what a recording is by its link alone."""
        del passcode
        link = look_at(recording.location)
        return Preview(link.product, recording.name, url=link.request)

    async def fetch(
        self, recording: Recording, folder: Path, progress: FetchProgress, passcode: str | None = None
    ) -> Fetched:
        """Bring a recording into `folder` (made when missing), whole and looked into.

        Raises:
            NeedsPerson: It cannot be had, or is none; the error says what to do.
            Unavailable: The other side did not answer; trying again can help.
        """
        del passcode
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        target = folder / _PART
        match recording.kind:
            case RecordingKind.LINK:
                raw = await self._from_link(recording, target, progress)
            case RecordingKind.SLACK_FILE:
                raw = await self._from_slack(recording, target, progress)
            case RecordingKind.LOCAL_FILE:
                raw = await self._from_disk(recording, target, progress)
        try:
            return await asyncio.to_thread(_finish, raw, self._today())
        except NeedsPerson:
            await asyncio.to_thread(raw.path.unlink, missing_ok=True)
            raise

    async def read_transcript(self, path: Path) -> tuple[TranscriptLine, ...]:
        """Read a transcript that was fetched.

        Raises:
            BadInput: It holds no words, or cannot be read.
        """
        return await asyncio.to_thread(lambda: read_transcript(path.read_bytes()))

    def _today(self) -> date:
        return self._clock.now().date()

    async def _from_link(self, recording: Recording, target: Path, progress: FetchProgress) -> _Raw:
        way = way_to(look_at(recording.location))
        limits = self._limits
        async with self._door.client(
            connect_seconds=limits.connect_seconds, idle_seconds=limits.idle_seconds
        ) as client:
            denied = None if way.may_look else way.refusal()
            request = Request(way.url, check_hop=way.check_hop, check_head=_check_linked, denied=denied)
            try:
                got = await download(client, request, target, limits, progress)
            except _CameAsPage as page:
                again = _what_the_page_says(page.head, way)
                request = replace(request, url=again)
                try:
                    got = await download(client, request, target, limits, progress)
                except _CameAsPage:
                    raise _refusal(way) from None
        return self._raw(got, recording.name)

    async def _from_slack(self, recording: Recording, target: Path, progress: FetchProgress) -> _Raw:
        if self._slack is None:
            raise NoAccess("This bot is not connected to Slack.", "Share the file itself.")
        file = await self._slack.info(recording.location)
        slack_files.check_file(file)
        self._limits.check_size(file.size)
        url = httpx.URL(file.url)
        if not self._slack.may_have_token(url):
            # A file that lives elsewhere and was only shared through Slack: a link like any other, without the token.
            link = Recording(RecordingKind.LINK, file.url, file.name)
            return await self._from_link(link, target, progress)
        request = Request(
            file.url,
            headers={"Authorization": f"Bearer {self._slack.token}"},
            check_hop=self._slack.check_hop,
            check_head=_check_linked,
            denied=slack_files.refused(),
        )
        limits = self._limits
        door = self._slack.door(self._door)
        async with door.client(connect_seconds=limits.connect_seconds, idle_seconds=limits.idle_seconds) as client:
            try:
                got = await download(client, request, target, limits, progress)
            except _CameAsPage as page:
                raise slack_files.instead_of(file, page.head) from None
        return self._raw(got, file.name)

    async def _from_disk(self, recording: Recording, target: Path, progress: FetchProgress) -> _Raw:
        source = Path(recording.location)
        copied = await local.copy(source, target, self._limits, _check_local, progress)
        day = datetime.fromtimestamp(copied.modified, UTC).astimezone().date()
        known = day if is_plausible(day, self._today()) else None
        return _Raw(copied.path, copied.size, copied.sha256, copied.head, source.name, known)

    def _raw(self, got: Downloaded, name: str) -> _Raw:
        day = date_of_header(got.headers.get("last-modified", ""), self._today())
        called = file_name(got.headers.get("content-disposition", ""), name, got.url.path)
        return _Raw(got.path, got.size, got.sha256, got.head, called, day)


def _check_head(head: bytes) -> tuple[Look, int | None]:
    look = look_at_bytes(head)
    if look.content is Content.EMPTY:
        raise BadInput("The file is empty (0 bytes).", "Record or export it again, and share that.")
    if look.content is Content.OTHER:
        raise BadInput(f"That is {look.called}, not a recording.", _DROP)
    return look, MAX_BYTES if look.content is Content.TEXT else None


def _check_linked(head: bytes) -> int | None:
    look, most = _check_head(head)
    if look.content is Content.PAGE:
        raise _CameAsPage(head)
    return most


def _check_local(head: bytes) -> int | None:
    look, most = _check_head(head)
    if look.content is Content.PAGE:
        raise BadInput("That is a web page, not a recording.", _DROP)
    return most


def _what_the_page_says(head: bytes, way: Way) -> str:
    """Return the one other address to try."""
    page = read_page(head, httpx.URL(way.url))
    if page.form:
        return page.form
    if page.over_quota:
        raise NoAccess(
            "Google Drive stopped downloads of this file for a day: too many people had it.",
            "Make a copy in Drive and share that, or download it and drop the file here.",
        )
    if page.asks_password:
        raise NoAccess("The link asks for a password or to sign in.", way.cure)
    if way.may_look and page.video:
        return page.video
    raise _refusal(way)


def _refusal(way: Way) -> NeedsPerson:
    return NotARecording(way.what, way.cure) if way.may_look else way.refusal()


def _finish(raw: _Raw, today: date) -> Fetched:
    """Look into the bytes, and name them by what they are."""
    look = look_at_bytes(raw.head)
    if look.content is Content.TEXT:
        read_transcript(raw.path.read_bytes())
        kind = MediaKind.TRANSCRIPT
    elif look.content is Content.MP4:
        kind = kind_of_mp4(raw.path)
    else:
        kind = MediaKind(look.content.value)
    suffix = Path(raw.name).suffix.lower()
    name = raw.name if suffix else f"{raw.name}{look.ending}"
    path = raw.path.replace(raw.path.with_suffix(look.ending))
    return Fetched(path, kind, name, raw.size, raw.sha256, date_in_name(raw.name, today) or raw.day)
