"""Recordings onto our disk: from a link, from Slack, or from this machine."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import httpx

from bot.domain.recordings import MediaKind, Recording, RecordingKind
from bot.errors import BadInput, FollowthroughError, NeedsPerson, NoAccess, Obstacle
from bot.links import endings
from bot.links.address import ending_of
from bot.links.switches import Switches
from bot.ports import Clock, Fetched, FetchProgress, Preview, TranscriptLine
from bot.sources import local, slack_files
from bot.sources.accounts.account import Account
from bot.sources.canvases import as_transcript
from bot.sources.dates import date_in_name, is_plausible
from bot.sources.door import Door
from bot.sources.downloads import Limits, PartialFile, download
from bot.sources.lengths import length_of
from bot.sources.linked import LinkedRecordings
from bot.sources.media import HEAD_BYTES, Content, look_at_bytes
from bot.sources.preview import kind_of, refused
from bot.sources.raw import CameAsPage, Raw, check_linked, check_local, raw_of
from bot.sources.resolved import Resolver
from bot.sources.slack_files import SlackFile, SlackFiles
from bot.sources.tracks import kind_of_mp4
from bot.sources.transcripts import read_transcript

_log = logging.getLogger(__name__)

_PART = "recording"  # what a recording is called in its folder: names from outside never become paths


class RecordingFetcher:
    """Fetches recordings, by the rules of each source, through the one door."""

    def __init__(
        self,
        door: Door,
        clock: Clock,
        *,
        limits: Limits | None = None,
        slack: SlackFiles | None = None,
        accounts: Sequence[Account] = (),
        resolver: Resolver | None = None,
        switches: Switches | None = None,
    ) -> None:
        self._door = door
        self._clock = clock
        self._limits = limits or Limits()
        self._slack = slack
        self._links = LinkedRecordings(door, clock, self._limits, accounts, resolver, switches or Switches())

    async def look(self, recording: Recording, passcode: str | None = None) -> Preview:
        """Look at a recording with one small request: what it is, how large, how long, and what keeps it from us.

        Raises:
            Unavailable: The other side did not answer; trying again can help.
        """
        match recording.kind:
            case RecordingKind.LINK:
                return await self._links.look(recording, passcode)
            case RecordingKind.SLACK_FILE:
                return await self._look_in_slack(recording)
            case RecordingKind.LOCAL_FILE:
                return await asyncio.to_thread(_look_on_disk, recording)

    async def fetch(
        self, recording: Recording, folder: Path, progress: FetchProgress, passcode: str | None = None
    ) -> Fetched:
        """Bring a recording into `folder` (made when missing), whole and looked into.

        Raises:
            NeedsPerson: It cannot be had, or is none; the error says what to do.
            Unavailable: The other side did not answer; trying again can help.
        """
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        target = folder / _PART
        match recording.kind:
            case RecordingKind.LINK:
                raw = await self._links.fetch(recording, target, progress, passcode)
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

    async def _look_in_slack(self, recording: Recording) -> Preview:
        """Say what Slack says of a file: one call, and no byte of it."""
        preview = Preview("Slack file", recording.name)
        if self._slack is None:
            return refused(preview, _no_slack())
        try:
            file = await self._slack.info(recording.location)
            preview = replace(preview, name=file.name, kind=_named_kind(file), size=file.size)
            slack_files.check_file(file)
            self._limits.check_size(file.size)
        except NeedsPerson as error:
            return refused(preview, error)
        return preview

    async def _from_slack(self, recording: Recording, target: Path, progress: FetchProgress) -> Raw:
        if self._slack is None:
            raise _no_slack()
        file = await self._slack.info(recording.location)
        slack_files.check_file(file)
        if file.canvas:
            return await self._from_canvas(self._slack, recording, file, target)
        words = await self._words_of_clip(self._slack, file, target)
        if words is not None:
            return words
        self._limits.check_size(file.size)
        url = httpx.URL(file.url)
        if not self._slack.may_have_token(url):
            # A file that lives elsewhere and was only shared through Slack: a link like any other, without the token.
            link = Recording(RecordingKind.LINK, file.url, file.name)
            return await self._links.fetch(link, target, progress, None)
        request = self._slack.request(file.url, check_linked)
        limits = self._limits
        door = self._slack.door(self._door)
        async with door.client(connect_seconds=limits.connect_seconds, idle_seconds=limits.idle_seconds) as client:
            try:
                got = await download(client, request, target, limits, progress)
            except CameAsPage as page:
                raise slack_files.instead_of(file, page.head) from None
        raw = raw_of(got, file.name, self._today())
        return replace(raw, day=file.made_on or raw.day)

    async def _words_of_clip(self, slack: SlackFiles, file: SlackFile, target: Path) -> Raw | None:
        """Return what Slack itself heard in a clip, when it heard words; who speaks is not in it."""
        if not file.transcript or not slack.may_have_token(httpx.URL(file.transcript)):
            return None
        request = slack.request(file.transcript, check_linked)
        limits = self._limits
        try:
            async with slack.door(self._door).client(
                connect_seconds=limits.connect_seconds, idle_seconds=limits.idle_seconds
            ) as client:
                got = await download(client, request, target, limits)
            await self.read_transcript(got.path)
        except (FollowthroughError, CameAsPage) as trouble:
            _log.info("the clip is heard here: Slack's own words of it cannot be had (%s)", trouble)
            return None
        return Raw(got.path, got.size, got.sha256, got.head, file.name, file.made_on)

    async def _from_canvas(self, slack: SlackFiles, recording: Recording, file: SlackFile, target: Path) -> Raw:
        data = await asyncio.to_thread(as_transcript, await slack.read_canvas(recording.location))
        async with PartialFile(target) as written:
            await written.write(data)
            await written.keep()
        head = data[:HEAD_BYTES]
        return Raw(target, written.size, written.sha256, head, f"{file.name}.txt", file.made_on)

    async def _from_disk(self, recording: Recording, target: Path, progress: FetchProgress) -> Raw:
        source = Path(recording.location)
        copied = await local.copy(source, target, self._limits, check_local, progress)
        day = datetime.fromtimestamp(copied.modified, UTC).astimezone().date()
        known = day if is_plausible(day, self._today()) else None
        return Raw(copied.path, copied.size, copied.sha256, copied.head, source.name, known)


def _no_slack() -> NoAccess:
    return NoAccess("This bot is not connected to Slack.", "Share the file itself.", obstacle=Obstacle.SIGN_IN)


def _named_kind(file: SlackFile) -> MediaKind | None:
    """Return what Slack takes a file for: its bytes are looked at only when they are there."""
    ending = ending_of(file.name)
    if file.mimetype.startswith("video/"):
        return MediaKind.VIDEO
    if file.mimetype.startswith("audio/"):
        return MediaKind.AUDIO
    if file.canvas or ending in endings.CAPTIONS | endings.TEXTS or file.mimetype.startswith("text/"):
        return MediaKind.TRANSCRIPT
    return None


def _look_on_disk(recording: Recording) -> Preview:
    path = Path(recording.location)
    preview = Preview("file", recording.name)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        check_local(head)
    except OSError as error:
        return refused(preview, BadInput(f"{path.name} cannot be read ({error.strerror}).", "Check its path."))
    except BadInput as error:
        return refused(replace(preview, size=size), error)
    return replace(preview, kind=kind_of(look_at_bytes(head), head), size=size, seconds=length_of(head, size))


def _finish(raw: Raw, today: date) -> Fetched:
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
