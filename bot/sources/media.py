"""What bytes are, told by looking at them: never by a name, an ending or a content type."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.sources.frames import is_adts, is_mpeg_audio, is_transport_stream
from bot.sources.transcripts.documents import is_document

HEAD_BYTES = 256 * 1024
"""How much of a file's beginning is looked at: enough for an MP4's or Matroska's list of tracks in most files."""


class Content(StrEnum):
    """What bytes turned out to be."""

    AUDIO = "audio"
    VIDEO = "video"
    MP4 = "mp4"  # audio or video: only its list of tracks tells, which may stand at the file's end
    TEXT = "text"  # a Word document too: words to be read
    PAGE = "page"
    EMPTY = "empty"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen: the content, the file ending that fits it, and, for `OTHER`, its name with an article."""

    content: Content
    ending: str = ""
    called: str = ""


_AUDIO = Content.AUDIO
_VIDEO = Content.VIDEO
_OTHER = Content.OTHER
_UNKNOWN = Look(_OTHER, called="a kind of file that I do not know")

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

#: What a file begins with (from the byte at the offset), and what it is then.
_MAGIC: tuple[tuple[int, bytes, Look], ...] = (
    (0, b"fLaC", Look(_AUDIO, ".flac")),
    (0, b"ID3", Look(_AUDIO, ".mp3")),
    (0, b"#!AMR", Look(_AUDIO, ".amr")),
    (0, b"caff", Look(_AUDIO, ".caf")),
    (0, b".snd", Look(_AUDIO, ".au")),
    (0, b"\x00\x00\x01\xba", Look(_VIDEO, ".mpg")),
    (0, b"\x00\x00\x01\xb3", Look(_VIDEO, ".mpg")),
    (0, b"%PDF", Look(_OTHER, called="a PDF")),
    (0, b"{\\rtf", Look(_OTHER, called="a rich text document")),
    (0, b"\xd0\xcf\x11\xe0", Look(_OTHER, called="an Office document")),
    (0, b"\x89PNG", Look(_OTHER, called="a picture")),
    (0, b"\xff\xd8\xff", Look(_OTHER, called="a picture")),
    (0, b"GIF8", Look(_OTHER, called="a picture")),
    (0, b"BM", Look(_OTHER, called="a picture")),
    (0, b"II*\x00", Look(_OTHER, called="a picture")),
    (0, b"MM\x00*", Look(_OTHER, called="a picture")),
    (0, b"\x1f\x8b", Look(_OTHER, called="a compressed archive")),
    (0, b"7z\xbc\xaf", Look(_OTHER, called="a compressed archive")),
    (0, b"Rar!", Look(_OTHER, called="a compressed archive")),
    (0, b"\xfd7zXZ", Look(_OTHER, called="a compressed archive")),
    (0, b"BZh", Look(_OTHER, called="a compressed archive")),
    (0, b"\x28\xb5\x2f\xfd", Look(_OTHER, called="a compressed archive")),
    (257, b"ustar", Look(_OTHER, called="an archive")),
    (0, b"\x7fELF", Look(_OTHER, called="a program")),
    (0, b"MZ", Look(_OTHER, called="a program")),
    (0, b"MThd", Look(_OTHER, called="a MIDI file")),
    (0, b"SQLite format 3", Look(_OTHER, called="a database")),
)
_PICTURE_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"})
_AUDIO_BRANDS = frozenset({b"M4A ", b"M4B ", b"F4A "})
_MATROSKA_VIDEO = re.compile(rb"V_(VP[89]|AV1|MPEG|MS/|THEORA|UNCOMPRESSED|QUICKTIME|PRORES|FFV1|REAL|MJPEG|DIRAC)")
_ASF_VIDEO = bytes.fromhex("c0ef19bc4d5bcf11a8fd00805f5c442b")
_ASF = bytes.fromhex("3026b2758e66cf11")
_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body|title|script|meta)\b", re.IGNORECASE)


def look_at_bytes(head: bytes) -> Look:
    """Say what a file is by its first bytes; `HEAD_BYTES` of them, or all there are."""
    if not head:
        return Look(Content.EMPTY)
    if head.startswith(_BOMS):
        return _text_or_page(head)
    looks = (recognise(head) for recognise in _RECOGNISERS)
    return next((look for look in looks if look is not None), None) or _text_or_page(head)


def _magic(head: bytes) -> Look | None:
    for offset, magic, look in _MAGIC:
        # "BMW's order came in" is no picture
        if head.startswith(magic, offset) and (not magic.isalnum() or _looks_binary(head)):
            return look
    return None


def _riff(head: bytes) -> Look | None:
    if head[:4] not in {b"RIFF", b"RF64", b"BW64"}:
        return None
    known = {b"WAVE": Look(_AUDIO, ".wav"), b"AVI ": Look(_VIDEO, ".avi"), b"WEBP": Look(_OTHER, called="a picture")}
    return known.get(head[8:12], _UNKNOWN)


def _aiff(head: bytes) -> Look | None:
    return Look(_AUDIO, ".aiff") if head[:4] == b"FORM" and head[8:12] in {b"AIFF", b"AIFC"} else None


def _mp4(head: bytes) -> Look | None:
    box, brand = head[4:8], head[8:12]
    if box in {b"moov", b"mdat", b"wide", b"skip"}:  # QuickTime of old has no `ftyp`
        return Look(Content.MP4, ".mov")
    if box != b"ftyp":
        return None
    if brand in _PICTURE_BRANDS:
        return Look(_OTHER, called="a picture")
    return Look(_AUDIO, ".m4a") if brand in _AUDIO_BRANDS else Look(Content.MP4, ".mp4")


def _ogg(head: bytes) -> Look | None:
    if not head.startswith(b"OggS"):
        return None
    return Look(_VIDEO, ".ogv") if b"\x80theora" in head[:4096] else Look(_AUDIO, ".ogg")


def _matroska(head: bytes) -> Look | None:
    if not head.startswith(b"\x1a\x45\xdf\xa3"):
        return None
    kind = _VIDEO if _MATROSKA_VIDEO.search(head) else _AUDIO
    return Look(kind, ".webm" if b"webm" in head[:64] else ".mkv")


def _windows_media(head: bytes) -> Look | None:
    if not head.startswith(_ASF):
        return None
    return Look(_VIDEO, ".wmv") if _ASF_VIDEO in head else Look(_AUDIO, ".wma")


def _flash(head: bytes) -> Look | None:
    return Look(_VIDEO if head[4:5] and head[4] & 1 else _AUDIO, ".flv") if head.startswith(b"FLV\x01") else None


def _zip(head: bytes) -> Look | None:
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None
    if is_document(head):
        return Look(Content.TEXT, ".docx")
    return Look(_OTHER, called=_zip_name(head))


def _frames(head: bytes) -> Look | None:
    if is_adts(head):
        return Look(_AUDIO, ".aac")
    if is_mpeg_audio(head):
        return Look(_AUDIO, ".mp3")
    return Look(_VIDEO, ".ts") if is_transport_stream(head) else None


_RECOGNISERS: tuple[Callable[[bytes], Look | None], ...] = (
    _magic,
    _riff,
    _aiff,
    _mp4,
    _ogg,
    _matroska,
    _windows_media,
    _flash,
    _zip,
    _frames,
)


def _zip_name(head: bytes) -> str:
    for part, name in ((b"xl/", "a spreadsheet"), (b"ppt/", "a presentation")):
        if part in head[:8192]:
            return name
    return "a zip archive"


def _text_or_page(head: bytes) -> Look:
    if _looks_binary(head):
        return _UNKNOWN
    beginning = head.replace(b"\x00", b"")[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if beginning.startswith(b"<") and _PAGE.search(beginning):
        return Look(Content.PAGE, ".html")
    if beginning.startswith((b"#EXTM3U", b"<MPD", b"<?xml")) and (beginning[:1] == b"#" or b"<MPD" in beginning):
        return Look(_OTHER, called="a streaming playlist")
    return Look(Content.TEXT, ".txt")


def _looks_binary(head: bytes) -> bool:
    """Text has hardly any control characters; UTF-16 and UTF-32 have zeros, but at every second place or more."""
    sample = head[:8192]
    zeros = sample.count(0)
    controls = sum(sample.count(byte) for byte in (*range(1, 9), *range(14, 27), *range(28, 32), 127))
    if controls > len(sample) // 100:
        return True
    if not zeros or sample.startswith(_BOMS[1:]):
        return False
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return not (zeros > len(sample) // 4 and min(even, odd) <= max(even, odd) // 10)
