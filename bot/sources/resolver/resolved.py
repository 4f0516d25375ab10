"""What reading a source's page leads to: its files, and streams that only its reader can save."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from bot.domain.recordings import MediaKind
from bot.links.link import Link
from bot.ports import FetchProgress
from bot.sources.accounts.account import Media
from bot.sources.downloads import Limits
from bot.sources.raw import Raw


@dataclass(frozen=True, slots=True)
class Stream:
    """A recording that is sent in pieces, by a playlist (HLS, DASH).

    Attributes:
        id: What its page's reader calls it.
        name: The recording's name, for people.
        kind: Sound, or a picture with sound.
        size: Bytes, when the page says so.
        seconds: Its length, likewise.
    """

    id: str
    name: str
    kind: MediaKind
    size: int | None = None
    seconds: float | None = None


class Resolved(Protocol):
    """A page that was read."""

    @property
    def title(self) -> str:
        """What the recording is called; it may be empty."""

    @property
    def seconds(self) -> float | None:
        """Its length, when the page says so."""

    @property
    def day(self) -> date | None:
        """The day it is from, likewise."""

    @property
    def files(self) -> Sequence[Media | Stream]:
        """Its files, best first."""

    async def save(self, stream: Stream, target: Path, limits: Limits, progress: FetchProgress) -> Raw:
        """Bring a stream to `target`.

        Raises:
            NeedsPerson: It cannot be had; the error says what to do.
            Unavailable: The other side did not answer; trying again can help.
        """


class Resolver(Protocol):
    """Reads the pages of sources that document no download."""

    def open(self, link: Link, folder: Path | None, passcode: str | None) -> AbstractAsyncContextManager[Resolved]:
        """Read a link's page; while the block lasts its streams can be saved, somewhere in `folder`.

        Raises:
            NeedsPerson: It cannot be had; the error says what keeps it and what to do.
            Unavailable: The other side did not answer; trying again can help.
        """
