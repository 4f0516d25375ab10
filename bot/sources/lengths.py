"""How long a recording is, told by the first bytes of its file alone: a look, not a promise."""

import math
import struct
from collections.abc import Callable

_LONGEST_SECONDS = 7 * 24 * 3600.0
"""A file that says that it is longer than a week is not believed."""

_WAV_MOST_CHUNKS = 64
_UNKNOWN_SIZE = 0xFFFFFFFF  # what a recorder writes that does not know yet how much will follow

# MPEG audio (ISO/IEC 11172-3 and 13818-3): bit rates in kbit/s by (version 1 or later, layer), sample rates in Hz.
_RATES_V1 = {
    1: (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    2: (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    3: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
}
_RATES_V2 = {
    1: (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    3: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_SAMPLE_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_MPEG_1 = 3
_MONO = 3
_LAYER_3 = 3
_XING_HAS_FRAMES = 1

_MATROSKA_INFO = b"\x15\x49\xa9\x66"
_MATROSKA_SCALE = b"\x2a\xd7\xb1"
_MATROSKA_DURATION = b"\x44\x89"
_MATROSKA_DEFAULT_SCALE = 1_000_000  # nanoseconds


def length_of(head: bytes, size: int | None = None) -> float | None:
    """Return a recording's length in seconds, or None when its first bytes do not tell; never raises.

    Args:
        head: The file's beginning.
        size: Of the whole file, in bytes, when it is known: MP3 of constant bit rate, and WAV files that do not know
            their own size, need it.
    """
    for read in _READERS:
        try:
            seconds = read(head, size)
        except (struct.error, IndexError, ZeroDivisionError, OverflowError, ValueError):
            continue
        if seconds is not None and math.isfinite(seconds) and 0 < seconds <= _LONGEST_SECONDS:
            return seconds
    return None


def _wav(head: bytes, size: int | None) -> float | None:
    if head[:4] not in {b"RIFF", b"RF64", b"BW64"} or head[8:12] != b"WAVE":
        return None
    at, rate = 12, 0
    for _ in range(_WAV_MOST_CHUNKS):
        name, length = head[at : at + 4], struct.unpack_from("<I", head, at + 4)[0]
        if name == b"fmt ":
            rate = struct.unpack_from("<I", head, at + 16)[0]
        elif name == b"data":
            told = None if length in {0, _UNKNOWN_SIZE} else length
            rest = size - at - 8 if size is not None else told
            # a file that was cut off, or whose header was never finished, has as much as there is
            data = rest if told is None else min(told, rest if rest is not None else told)
            return data / rate if data is not None else None
        at += 8 + length + length % 2
    return None


def _flac(head: bytes, _: int | None) -> float | None:
    if head[:4] != b"fLaC" or head[4] & 0x7F != 0:
        return None
    packed = int.from_bytes(head[18:26], "big")  # 20 bits of rate, 3 of channels, 5 of depth, 36 of samples
    rate, samples = packed >> 44, packed & ((1 << 36) - 1)
    return samples / rate if len(head) >= 26 else None  # noqa: PLR2004 - where STREAMINFO's count of samples ends


def _mp4(head: bytes, _: int | None) -> float | None:
    if head[4:8] not in {b"ftyp", b"moov", b"mdat", b"wide", b"skip", b"free"}:
        return None
    inside = _box(head, 0, b"moov")
    found = _box(head, inside, b"mvhd") if inside is not None else None
    if found is None:
        return None
    if head[found] == 1:
        scale, duration = struct.unpack_from(">IQ", head, found + 20)
    else:
        scale, duration = struct.unpack_from(">II", head, found + 12)
        duration = 0 if duration == _UNKNOWN_SIZE else duration
    return float(duration / scale)


def _box(head: bytes, at: int, wanted: bytes) -> int | None:
    """Return where the content of the first box of this name begins, of those that follow one another from `at`."""
    while at + 8 <= len(head):
        length, name, begin = struct.unpack_from(">I", head, at)[0], head[at + 4 : at + 8], at + 8
        if length == 1:
            length, begin = struct.unpack_from(">Q", head, at + 8)[0], at + 16
        if name == wanted:
            return begin
        if length < begin - at:
            return None
        at += length
    return None


def _matroska(head: bytes, _: int | None) -> float | None:
    if head[:4] != b"\x1a\x45\xdf\xa3":
        return None
    info = head.find(_MATROSKA_INFO)
    if info == -1:
        return None
    part = head[info : info + 4096]
    scale_at, at = part.find(_MATROSKA_SCALE), part.find(_MATROSKA_DURATION)
    if at == -1:
        return None
    scale = _MATROSKA_DEFAULT_SCALE
    if scale_at != -1:
        length = part[scale_at + 3] & 0x7F
        scale = int.from_bytes(part[scale_at + 4 : scale_at + 4 + min(length, 8)], "big")
    wide = part[at + 2] == 0x88  # noqa: PLR2004 - an element of eight bytes; the other kind of float has four
    duration = struct.unpack_from(">d" if wide else ">f", part, at + 3)[0]
    return float(duration * scale / 1e9)


def _mp3(head: bytes, size: int | None) -> float | None:
    begin = 0
    if head[:3] == b"ID3":
        # four bytes of seven bits each, after a header of ten
        begin = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    if head[begin] != 0xFF or head[begin + 1] & 0xE0 != 0xE0:  # noqa: PLR2004 - a frame's eleven bits of sync
        return None
    version, layer = head[begin + 1] >> 3 & 3, 4 - (head[begin + 1] >> 1 & 3)
    rate_index, sample_rate = head[begin + 2] >> 4, _SAMPLE_RATES.get(version, (0,))[head[begin + 2] >> 2 & 3]
    if layer not in _RATES_V1 or not 1 <= rate_index <= len(_RATES_V1[layer]):
        return None
    frames = _frames_told(head, begin, version)
    if frames is not None:
        samples = 384 if layer == 1 else 576 if layer == _LAYER_3 and version != _MPEG_1 else 1152
        return frames * samples / sample_rate
    kilobits = (_RATES_V1 if version == _MPEG_1 else _RATES_V2)[layer][rate_index - 1]
    return (size - begin) * 8 / (kilobits * 1000) if size is not None and size > begin else None


def _frames_told(head: bytes, begin: int, version: int) -> int | None:
    """Return how many frames a variable bit rate file says it has, in its first frame (Xing's or Fraunhofer's way)."""
    mono = head[begin + 3] >> 6 == _MONO
    side = (17 if mono else 32) if version == _MPEG_1 else (9 if mono else 17)
    at = begin + 4 + side
    if head[at : at + 4] in {b"Xing", b"Info"} and head[at + 7] & _XING_HAS_FRAMES:
        return int(struct.unpack_from(">I", head, at + 8)[0])
    at = begin + 36
    return int(struct.unpack_from(">I", head, at + 14)[0]) if head[at : at + 4] == b"VBRI" else None


_READERS: tuple[Callable[[bytes, int | None], float | None], ...] = (_wav, _flac, _mp4, _matroska, _mp3)
