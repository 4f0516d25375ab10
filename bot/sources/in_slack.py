"""Files in Slack onto our disk: what people uploaded, clips with the words that Slack heard, and canvases."""

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from bot.domain.recordings import MediaKind, Recording, RecordingKind
from bot.errors import FollowthroughError, NeedsPerson, NoAccess, Obstacle, Unavailable
from bot.links import endings
from bot.links.address import ending_of
from bot.ports import Clock, FetchProgress, Preview
from bot.sources.door import Door
from bot.sources.downloads import Downloaded, Limits, download
from bot.sources.linked import LinkedRecordings
from bot.sources.media import HEAD_BYTES
from bot.sources.partial import PartialFile
from bot.sources.preview import refused
from bot.sources.raw import CameAsPage, Raw, check_linked, raw_of
from bot.sources.slack_files import SlackFile, SlackFiles, check_file, instead_of
from bot.sources.transcripts.canvases import as_transcript
from bot.sources.transcripts.transcript import read_transcript

# a clip has five minutes at most: after so long, hearing it here is as quick
_SLACKS_TIME = timedelta(seconds=45)
_NEXT_LOOK = 10.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SlackRecordings:
    """Fetches what lies in Slack.

    Attributes:
        door: The one to the outside.
        clock: Tells which days are plausible.
        limits: What a download may cost.
        slack: How to have files from Slack; None where there is none.
        links: Fetches a file that lies elsewhere and was only shared through Slack.
    """

    door: Door
    clock: Clock
    limits: Limits
    slack: SlackFiles | None
    links: LinkedRecordings

    async def look(self, recording: Recording) -> Preview:
        """Say what Slack says of a file: one call, and no byte of it.

        Raises:
            Unavailable: Slack did not answer; trying again can help.
        """
        preview = Preview("Slack file", recording.name)
        try:
            file = await self._connected().info(recording.location)
            preview = Preview(_called(file), file.name, _kind(file), file.size, file.seconds)
            self._check(file)
        except NeedsPerson as error:
            return refused(preview, error)
        return preview

    async def fetch(self, recording: Recording, target: Path, progress: FetchProgress) -> Raw:
        """Bring a file to `target`: the words of a clip when Slack has them, else its sound.

        Raises:
            NeedsPerson: It cannot be had, or is no recording; the error says what to do.
            Unavailable: Slack did not answer; trying again can help.
        """
        slack = self._connected()
        file = await slack.info(recording.location)
        self._check(file)
        if file.canvas:
            return await self._canvas(slack, recording, file, target)
        words = await self._words(slack, file, target)
        if words is not None:
            return words
        self.limits.check_size(file.size)
        if not slack.is_ours(file.url):
            # a link like any other, without the token
            link = Recording(RecordingKind.LINK, file.url, file.name)
            return await self.links.fetch(link, target, progress, None)
        try:
            got = await self._download(slack, file.url, target, progress)
        except CameAsPage as page:
            raise instead_of(file, page.head) from None
        raw = raw_of(got, file.name, self.clock.now().date())
        return replace(raw, day=file.made_on or raw.day)

    def _connected(self) -> SlackFiles:
        if self.slack is None:
            raise NoAccess("This bot is not connected to Slack.", "Share the file itself.", obstacle=Obstacle.SIGN_IN)
        return self.slack

    def _check(self, file: SlackFile) -> None:
        check_file(file)
        if not file.canvas and not file.transcript:
            self.limits.check_size(file.size)

    async def _words(self, slack: SlackFiles, file: SlackFile, target: Path) -> Raw | None:
        """Return what Slack itself heard in a clip, when it heard words; who speaks is not in it."""
        if self._is_worth_waiting(file):
            raise Unavailable("Slack is still writing down what is said in this clip.", after=_NEXT_LOOK)
        if not slack.is_ours(file.transcript):
            return None
        try:
            got = await self._download(slack, file.transcript, target, None)
            await asyncio.to_thread(lambda: read_transcript(got.path.read_bytes()))
        except (FollowthroughError, CameAsPage) as trouble:
            _log.info("the clip is heard here: Slack's own words of it cannot be had (%s)", trouble)
            return None
        return Raw(got.path, got.size, got.sha256, got.head, file.name, file.made_on)

    def _is_worth_waiting(self, file: SlackFile) -> bool:
        """Say whether Slack will soon have a clip's words: it begins when the clip is posted, and so do we."""
        if not file.transcribing or file.made_at is None:
            return False
        return abs(self.clock.now() - file.made_at) < _SLACKS_TIME

    async def _canvas(self, slack: SlackFiles, recording: Recording, file: SlackFile, target: Path) -> Raw:
        data = await asyncio.to_thread(as_transcript, await slack.read_canvas(recording.location))
        async with PartialFile(target) as written:
            await written.write(data)
            await written.keep()
        return Raw(target, written.size, written.sha256, data[:HEAD_BYTES], f"{file.name}.txt", file.made_on)

    async def _download(self, slack: SlackFiles, url: str, target: Path, progress: FetchProgress | None) -> Downloaded:
        limits = self.limits
        async with slack.door(self.door).client(
            connect_seconds=limits.connect_seconds, idle_seconds=limits.idle_seconds
        ) as client:
            return await download(client, slack.request(url, check_linked), target, limits, progress)


def _called(file: SlackFile) -> str:
    if file.canvas:
        return "Slack canvas"
    return "Slack file" if file.made_on is None else "Slack clip"


def _kind(file: SlackFile) -> MediaKind | None:
    """Return what Slack takes a file for: its bytes are looked at only when they are there."""
    if file.canvas or file.transcript:
        return MediaKind.TRANSCRIPT
    if file.mimetype.startswith("video/"):
        return MediaKind.VIDEO
    if file.mimetype.startswith("audio/"):
        return MediaKind.AUDIO
    is_text = ending_of(file.name) in endings.CAPTIONS | endings.TEXTS or file.mimetype.startswith("text/")
    return MediaKind.TRANSCRIPT if is_text else None
