"""What a recording is, by its bytes: enough to refuse what belongs elsewhere before anybody waits for it."""

from pathlib import Path
from typing import BinaryIO

HEAD_BYTES = 64
BOX_HEAD = 8
LARGEST_MOOV = 64 * 1024 * 1024

AUDIO = {
    "audio/wav": frozenset({"audio/wav"}),
    "audio/wave": frozenset({"audio/wav"}),
    "audio/mpeg": frozenset({"audio/mpeg"}),
    "audio/mp3": frozenset({"audio/mpeg"}),
}
"""What the audio endpoint takes as `Content-Type`, and what the bytes must be then."""


def media_type_of(path: Path) -> str | None:
    """Return a file's media type; None when its bytes are not known here, which the decoder may know all the same."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        if head[4:8] == b"ftyp":
            return "video/mp4" if _has_pictures(file) else "audio/mp4"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
        return "text/html"
    if head.startswith(b"RIFF"):
        return {b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}.get(head[8:12])
    starts = {b"ID3": "audio/mpeg", b"OggS": "audio/ogg", b"fLaC": "audio/flac", b"#!AMR": "audio/amr"}
    starts |= {b"\x1a\x45\xdf\xa3": "video/webm", b"%PDF": "application/pdf", b"PK\x03\x04": "application/zip"}
    for start, media_type in starts.items():
        if head.startswith(start):
            return media_type
    layer_three = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2  # noqa: PLR2004 - MPEG's sync word
    return "audio/mpeg" if layer_three else None


def _has_pictures(file: BinaryIO) -> bool:
    """Tell whether an MP4 has a video track: phones and meeting tools use the same brands for sound alone."""
    file.seek(0)
    while len(head := file.read(BOX_HEAD)) == BOX_HEAD:
        size, name, used = int.from_bytes(head[:4], "big"), head[4:], BOX_HEAD
        if size == 1:
            size, used = int.from_bytes(file.read(BOX_HEAD), "big"), 2 * BOX_HEAD
        if name == b"moov":
            return _names_pictures(file.read(min(max(0, size - used), LARGEST_MOOV)))
        if size < used:
            break
        file.seek(size - used, 1)
    # without an index nobody can tell
    return False


def _names_pictures(moov: bytes) -> bool:
    """Tell whether one of the handlers in a `moov` box is for pictures."""
    at = moov.find(b"hdlr")
    while at != -1:
        # version and flags, a field that is 0, and then what the track is
        if moov[at + 12 : at + 16] == b"vide":
            return True
        at = moov.find(b"hdlr", at + 4)
    return False
