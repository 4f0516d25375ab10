"""Whether an MP4 or QuickTime file has a picture: its list of tracks may stand anywhere in it."""

from pathlib import Path
from typing import BinaryIO

from bot.domain.recordings import MediaKind

_MAX_BOXES = 10_000
_MAX_LIST = 64 * 1024 * 1024
_VIDEO_HANDLER = b"vide"
_HEADER = 8


def kind_of_mp4(path: Path) -> MediaKind:
    """Say whether an MP4 shows a picture; one whose list of tracks is missing or broken counts as video."""
    with path.open("rb") as file:
        tracks = _moov(file)
    if tracks is None:
        return MediaKind.VIDEO
    # `hdlr` is followed by version and flags (4 bytes), a zero or QuickTime's own word (4), and the kind of track.
    at = tracks.find(b"hdlr")
    found = False
    while at != -1:
        if tracks[at + 12 : at + 16] == _VIDEO_HANDLER:
            return MediaKind.VIDEO
        found = True
        at = tracks.find(b"hdlr", at + 4)
    return MediaKind.AUDIO if found else MediaKind.VIDEO


def _moov(file: BinaryIO) -> bytes | None:
    at = 0
    for _ in range(_MAX_BOXES):
        file.seek(at)
        header = file.read(16)
        if len(header) < _HEADER:
            return None
        size, name = int.from_bytes(header[:4], "big"), header[4:8]
        if size == 1:
            size = int.from_bytes(header[8:16], "big")
        if name == b"moov":
            file.seek(at)
            return file.read(min(size, _MAX_LIST) if size else _MAX_LIST)
        if size < _HEADER:
            return None
        at += size
    return None
