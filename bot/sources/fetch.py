"""Recordings onto our disk: from a link, from Slack, or from this machine."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from bot.domain.recordings import MediaKind, Recording, RecordingKind
from bot.errors import BadInput, NeedsPerson, Obstacle
from bot.links.switches import Switches
from bot.ports import Clock, Fetched, FetchProgress, Preview, TranscriptLine
from bot.sources import local
from bot.sources.accounts.account import Account
from bot.sources.dates import date_in_name, is_plausible
from bot.sources.door import Door
from bot.sources.downloads import Limits
from bot.sources.in_slack import SlackRecordings
from bot.sources.lengths import length_of
from bot.sources.linked import LinkedRecordings
from bot.sources.media import HEAD_BYTES, Content, look_at_bytes
from bot.sources.names import ENDING
from bot.sources.preview import kind_of, refused
from bot.sources.raw import Raw, check_local
from bot.sources.resolver.resolved import Resolver
from bot.sources.slack_files import SlackFiles
from bot.sources.tracks import kind_of_mp4
from bot.sources.transcripts.transcript import read_transcript

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
        self._clock = clock
        self._limits = limits or Limits()
        self._links = LinkedRecordings(door, clock, self._limits, accounts, resolver, switches or Switches())
        self._in_slack = SlackRecordings(door, clock, self._limits, slack, self._links)

    async def look(self, recording: Recording, passcode: str | None = None) -> Preview:
        """Look at a recording with one small request: what it is, how large, how long, and what keeps it from us.

        Raises:
            Unavailable: The other side did not answer; trying again can help.
        """
        match recording.kind:
            case RecordingKind.LINK:
                return await self._links.look(recording, passcode)
            case RecordingKind.SLACK_FILE:
                return await self._in_slack.look(recording)
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
                raw = await self._in_slack.fetch(recording, target, progress)
            case RecordingKind.LOCAL_FILE:
                raw = await self._from_disk(recording, target, progress)
        try:
            return await asyncio.to_thread(_finish, raw, self._today())
        except NeedsPerson as error:
            await asyncio.to_thread(raw.path.unlink, missing_ok=True)
            error.obstacle = error.obstacle or Obstacle.WRONG_KIND  # it came, and is none that can be read
            raise

    async def read_transcript(self, path: Path) -> tuple[TranscriptLine, ...]:
        """Read a transcript that was fetched.

        Raises:
            BadInput: It holds no words, or cannot be read.
        """
        return await asyncio.to_thread(lambda: read_transcript(path.read_bytes()))

    def _today(self) -> date:
        return self._clock.now().date()

    async def _from_disk(self, recording: Recording, target: Path, progress: FetchProgress) -> Raw:
        source = Path(recording.location)
        copied = await local.copy(source, target, self._limits, check_local, progress)
        day = datetime.fromtimestamp(copied.modified, UTC).astimezone().date()
        known = day if is_plausible(day, self._today()) else None
        return Raw(copied.path, copied.size, copied.sha256, copied.head, source.name, known)


def _look_on_disk(recording: Recording) -> Preview:
    path = Path(recording.location)
    preview = Preview("file", recording.name)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        check_local(head)
    except OSError as error:
        what = f"{path.name} cannot be read ({error.strerror})."
        return refused(preview, BadInput(what, "Check its path.", obstacle=Obstacle.NOT_FOUND))
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
    name = raw.name if ENDING.search(raw.name) else f"{raw.name}{look.ending}"
    path = raw.path.replace(raw.path.with_suffix(look.ending))
    return Fetched(path, kind, name, raw.size, raw.sha256, date_in_name(raw.name, today) or raw.day)
