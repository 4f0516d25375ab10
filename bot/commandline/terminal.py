"""A messenger for the terminal: keeps what Slack would get, and shows progress in place."""

import asyncio
from datetime import datetime
from typing import TextIO

from bot.domain.jobs import ENDED, Job
from bot.domain.posts import Note, Place, ProgressNote
from bot.slack.blocks.notes import message_of
from bot.slack.blocks.progress import stage_of
from bot.slack.blocks.words import plain
from bot.slack.options import Signs


class TerminalMessenger:
    """Implements `Messenger`: messages are kept as text, in order; the progress message is a line on `screen`.

    Attributes:
        ended: Done once the job has ended, with the job as it then was.
    """

    def __init__(self, screen: TextIO | None) -> None:
        self._screen = screen
        self._texts: dict[str, str] = {}
        self._progress: set[str] = set()
        self.ended: asyncio.Future[Job] = asyncio.get_running_loop().create_future()

    @property
    def thread(self) -> list[str]:
        """What the thread's messages say, in order."""
        return [text for ts, text in self._texts.items() if ts not in self._progress]

    async def post(self, place: Place, note: Note, post_id: str) -> str:  # noqa: ARG002 - there is one place, and no crash to clear up
        """Keep a message."""
        ts = f"{len(self._texts) + 1}.000000"
        self._show(ts, note)
        return ts

    async def find(self, place: Place, post_id: str, since: datetime) -> str | None:  # noqa: ARG002 - as above
        """Find nothing: what this process did not post is nowhere."""
        return None

    async def edit(self, channel: str, ts: str, note: Note) -> None:  # noqa: ARG002 - there is one channel
        """Show a message's new state."""
        self._show(ts, note)

    async def whisper(self, place: Place, user: str, note: Note) -> None:
        """Do nothing: there is nobody else to keep it from."""

    async def tell(self, user: str, note: Note) -> None:
        """Do nothing: likewise."""

    async def react(self, channel: str, ts: str, emoji: str) -> None:
        """Do nothing: a terminal has no reactions."""

    async def link(self, channel: str, ts: str) -> str | None:  # noqa: ARG002 - a terminal has no links
        """Return no link."""
        return None

    async def may_read(self, user: str, channel: str) -> bool:  # noqa: ARG002 - likewise
        """Say no: a terminal has no other channels."""
        return False

    def _show(self, ts: str, note: Note) -> None:
        self._texts[ts] = plain(message_of(note, Signs()).text)
        if not isinstance(note, ProgressNote):
            return
        self._progress.add(ts)
        if self._screen is not None:
            end = "\r\x1b[K" if note.job.state in ENDED else f"\r\x1b[K{stage_of(note.job)}"
            self._screen.write(end)
            self._screen.flush()
        if note.job.state in ENDED and not self.ended.done():
            self.ended.set_result(note.job)
