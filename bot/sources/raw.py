"""Bytes that were fetched and not looked into yet, and the first look that lets them in."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.errors import BadInput, Obstacle
from bot.sources.dates import date_of_header
from bot.sources.downloads import Downloaded
from bot.sources.media import Content, Look, look_at_bytes
from bot.sources.names import file_name
from bot.sources.transcripts.transcript import MAX_BYTES

SHARE_A_RECORDING = "Share an audio or video file, or a transcript (VTT, SRT or text)."


class CameAsPage(Exception):
    """A web page came where a file was expected; `head` is its beginning."""

    def __init__(self, head: bytes) -> None:
        super().__init__("a web page came")
        self.head = head


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes on our disk; `day` is what the file or its server says it is from."""

    path: Path
    size: int
    sha256: str
    head: bytes
    name: str
    day: date | None


def raw_of(got: Downloaded, name: str, today: date) -> Raw:
    """Return what was downloaded under the best name there is; `name` is what it is called so far."""
    day = date_of_header(got.headers.get("last-modified", ""), today)
    called = file_name(got.headers.get("content-disposition", ""), name, got.url.path)
    return Raw(got.path, got.size, got.sha256, got.head, called, day)


def check_linked(head: bytes) -> int | None:
    """Let a file's first bytes in that came from outside, and return how many bytes such a file may have.

    Raises:
        BadInput: It is none that we take.
        CameAsPage: A web page came.
    """
    look = look_at_bytes(head)
    if look.content is Content.PAGE:
        raise CameAsPage(head)
    return _most(look)


def check_local(head: bytes) -> int | None:
    """Let a file's first bytes in that came from this machine; returns and raises as `check_linked`."""
    look = look_at_bytes(head)
    if look.content is Content.PAGE:
        raise BadInput("That is a web page, not a recording.", SHARE_A_RECORDING, obstacle=Obstacle.WRONG_KIND)
    return _most(look)


def _most(look: Look) -> int | None:
    if look.content is Content.EMPTY:
        raise BadInput(
            "The file is empty (0 bytes).", "Record or export it again, and share that.", obstacle=Obstacle.WRONG_KIND
        )
    if look.content is Content.OTHER:
        # a storage sends a folder as an archive, too
        cure = "Share the recording that is in it by itself." if "archive" in look.called else SHARE_A_RECORDING
        raise BadInput(f"That is {look.called}, not a recording.", cure, obstacle=Obstacle.WRONG_KIND)
    return MAX_BYTES if look.content is Content.TEXT else None
