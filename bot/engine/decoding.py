"""The child process that decodes: any audio or video in, 16 kHz PCM (s16le) out, mixed or a file for each channel.

Media files come from strangers and are read by a large body of C code, so this runs on its own, started by
`bot.engine.media` with an empty environment, and imports of the rest of the bot only two modules beside it. It limits
its own memory, CPU time and output, opens the one file that it reads and those that it writes, seals itself (no
network, no other file, no other program) before the decoder sees a byte, and dies with its parent. Its answer is one
line of JSON: what was decoded, or a `Trouble`.
"""

import json
import os
import resource
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import av
import av.container
import av.error
import av.logging

# PyAV imports these when a file has subtitles; once the process is sealed, nothing can be imported.
import av.subtitles.codeccontext
import av.subtitles.stream
from av.stream import Discard, Disposition

from bot.engine.sealing import seal
from bot.engine.windows import Window, end_of

RATE = 16_000  # as `bot.engine.pcm` says
SAMPLE_BYTES = 2

# Python and the libraries take 140 MB of it; the index of a long video some tens more.
ADDRESS_SPACE = 1024**3
# Decoding an hour of sound takes 3 to 20 seconds of one core; a file that needs more than this is made to hurt.
CPU_SECONDS_PER_HOUR = 240
CPU_SECONDS_LEAST = 120
# And a good file is opened in less than one.
CPU_SECONDS_TO_OPEN = 45
OPEN_FILES = 32
# The process that answers people goes first.
NICENESS = 10

READ_BYTES = 256 * 1024
# A pause in the packets that is longer becomes silence, so that times stay those a player shows.
GAP_SECONDS = 0.25
# A jump of the clock that is longer is a broken clock, when the file does not say how long it is.
GAP_MOST = 600.0
# Even digital silence takes more than this many bytes a second in every format that keeps its own length.
LEAST_BYTES_A_SECOND = 20

# What is opened; everything else FFmpeg knows (playlists, text art, image sequences, network formats) is refused.
FORMATS = (
    "3gp,aac,ac3,aiff,amr,amrnb,amrwb,ape,asf,au,avi,caf,dts,eac3,f4v,flac,flv,gsm,latm,loas,m4a,m4v,matroska,mov,"
    "mp2,mp3,mp4,mpc,mpc8,mpeg,mpegts,mxf,nistsphere,ogg,rm,spx,tta,voc,w64,wav,webm,wv"
)
# Formats whose header tells the length; of the others FFmpeg guesses it from the first seconds.
KEEP_THEIR_LENGTH = frozenset(
    ("aiff", "asf", "au", "avi", "caf", "flac", "matroska", "mov", "ogg", "tta", "w64", "wav", "wv")
)

# Damage of so many packets in a row is no damage any more: the rest is something else.
DAMAGED_MOST = 5000

# Bytes that no text in any common encoding holds: the control characters, without white space and escape.
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")


class Trouble(StrEnum):
    """Why nothing was decoded."""

    EMPTY = "empty"
    PAGE = "page"
    TEXT = "text"
    BROKEN = "broken"
    NO_AUDIO = "no_audio"
    NO_SOUND = "no_sound"
    TOO_LONG = "too_long"
    UNKNOWN_CODEC = "unknown_codec"
    NO_ROOM = "no_room"


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the parent is told: seconds of sound, files written, `audio` or `video`, and what the file says."""

    seconds: float
    files: int
    kind: str
    title: str | None
    created: str | None


class Refused(Exception):
    """The file cannot be decoded, and this says why."""

    def __init__(self, trouble: Trouble, seconds: float | None = None) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.seconds = seconds


def decode(source: int, outs: Sequence[BinaryIO], limit_seconds: float) -> Decoded:
    """Decode what a descriptor reads, refusing what is longer than `limit_seconds`.

    Into the first of `outs`, mixed; when it has several channels and there are as many files, one into each.
    """
    size = os.fstat(source).st_size
    if size == 0:
        raise Refused(Trouble.EMPTY)
    _refuse_text(os.pread(source, 1024, 0))
    end = end_of(source, size)
    with _opened(source, end) as container:
        stream = _audio_stream(container)
        told = _told_seconds(container, stream)
        if told is not None and told > limit_seconds:
            if _believable(container, told, size):
                raise Refused(Trouble.TOO_LONG, told)
            _count_packets(source, end, limit_seconds)
        _allow_cpu(limit_seconds)
        channels = stream.codec_context.channels
        wanted = outs[: channels if channels <= len(outs) else 1] or outs[:1]
        seconds = _write(container, stream, wanted, told, limit_seconds)
        moving = any(not _is_cover(video) for video in container.streams.video)
        return Decoded(seconds, len(wanted), "video" if moving else "audio", *_about(container))


def _refuse_text(start: bytes) -> None:
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script")) or b"<html" in text:
        raise Refused(Trouble.PAGE)
    if not CONTROLS.intersection(start):
        raise Refused(Trouble.TEXT)


def _opened(source: int, end: int) -> av.container.InputContainer:
    # A file object and no protocols: whatever a file refers to, FFmpeg has no means to open it.
    options = {"protocol_whitelist": "none", "format_whitelist": FORMATS}
    try:
        file = Window(source, end)
        return av.open(file, mode="r", metadata_errors="ignore", options=options, buffer_size=READ_BYTES)
    except (av.error.FFmpegError, ValueError, MemoryError) as error:
        raise Refused(Trouble.BROKEN) from error


def _audio_stream(container: av.container.InputContainer) -> av.AudioStream:
    stream = container.streams.best("audio")
    if not isinstance(stream, av.AudioStream):
        raise Refused(Trouble.NO_AUDIO if container.streams.video else Trouble.BROKEN)
    for other in container.streams:
        if other is not stream:
            other.discard = Discard.all  # a container that can, skips the pictures on disk
    return stream


def _is_cover(stream: av.VideoStream) -> bool:
    return bool(stream.disposition & Disposition.attached_pic)


def _told_seconds(container: av.container.InputContainer, stream: av.AudioStream) -> float | None:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration else None


def _believable(container: av.container.InputContainer, seconds: float, size: int) -> bool:
    keeps = not KEEP_THEIR_LENGTH.isdisjoint(container.format.name.split(","))
    return keeps and size >= seconds * LEAST_BYTES_A_SECOND


def _count_packets(source: int, end: int, limit_seconds: float) -> None:
    """Refuse a file whose packets add up to more than the limit: some fifty times faster than decoding them."""
    seconds = 0.0
    with _opened(source, end) as container:
        stream = _audio_stream(container)
        try:
            for packet in container.demux(stream):
                if packet.duration and packet.time_base:
                    seconds += float(packet.duration * packet.time_base)
                if seconds > limit_seconds:
                    raise Refused(Trouble.TOO_LONG)
        except av.error.FFmpegError:
            return  # what can be read is short enough; decoding will tell the rest


def _frames(container: av.container.InputContainer, stream: av.AudioStream) -> Iterator[av.AudioFrame]:
    """Yield what can be decoded, leaving out the packets that are damaged."""
    packets = container.demux(stream)
    damaged = 0
    while damaged < DAMAGED_MOST:
        try:
            packet = next(packets)
        except (StopIteration, av.error.EOFError):
            return
        except av.error.FFmpegError:
            return  # the rest of the file is missing or damaged; what came before it is still worth hearing
        try:
            yield from packet.decode()
            damaged = 0
        except (av.error.InvalidDataError, av.error.EOFError):
            damaged += 1


class _Writer:
    """Resamples frames and writes them, never more than the limit.

    Args:
        outs: One file for the mixed sound, or one for each channel.
        layout: FFmpeg's name for as many channels.
        limit_seconds: The most that is written.
    """

    def __init__(self, outs: Sequence[BinaryIO], layout: str, limit_seconds: float) -> None:
        self._outs = outs
        self._layout = layout
        self._limit = int(limit_seconds * RATE)
        self._resampler: av.AudioResampler | None = None
        self._shape: tuple[object, ...] = ()
        self.samples = 0

    def add(self, frame: av.AudioFrame) -> None:
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        if shape != self._shape:
            self.flush()
            self._resampler = av.AudioResampler(format="s16p", layout=self._layout, rate=RATE)
            self._shape = shape
        if self._resampler is None:
            return
        frame.pts = None
        self._put(self._resampler.resample(frame))

    def flush(self) -> None:
        if self._resampler is not None:
            self._put(self._resampler.resample(None))
        self._resampler = None
        self._shape = ()

    def silence(self, seconds: float) -> None:
        self.flush()
        left = int(seconds * RATE)
        self._room_for(left)
        while left > 0:
            some = min(left, RATE)
            for out in self._outs:
                out.write(bytes(some * SAMPLE_BYTES))
            left -= some

    def _put(self, frames: list[av.AudioFrame]) -> None:
        for frame in frames:
            self._room_for(frame.samples)
            # PyAV counts one plane too many from eight channels on
            for out, plane in zip(self._outs, frame.planes, strict=False):
                out.write(memoryview(plane)[: frame.samples * SAMPLE_BYTES])

    def _room_for(self, samples: int) -> None:
        self.samples += samples
        if self.samples > self._limit:
            raise Refused(Trouble.TOO_LONG)


def _write(
    container: av.container.InputContainer,
    stream: av.AudioStream,
    outs: Sequence[BinaryIO],
    told: float | None,
    limit_seconds: float,
) -> float:
    layout = stream.codec_context.layout.name if len(outs) > 1 else "mono"
    writer = _Writer(outs, layout, limit_seconds)
    begin = container.start_time / av.time_base if container.start_time else 0.0
    heard = 0.0
    for frame in _frames(container, stream):
        if not frame.samples or not frame.sample_rate:
            continue
        gap = frame.time - begin - heard if frame.time is not None else 0.0
        possible = heard + gap <= told + 1 if told is not None else gap <= GAP_MOST
        if gap > GAP_SECONDS and possible:
            writer.silence(gap)
            heard += gap
        heard += frame.samples / frame.sample_rate
        writer.add(frame)
    if not heard:
        raise Refused(Trouble.NO_SOUND if told is None or told == 0 else Trouble.BROKEN)
    writer.flush()
    if not writer.samples:
        raise Refused(Trouble.NO_SOUND)
    return writer.samples / RATE


def _about(container: av.container.InputContainer) -> tuple[str | None, str | None]:
    said = {key.lower(): value.strip() for key, value in container.metadata.items()}
    created = said.get("com.apple.quicktime.creationdate") or said.get("creation_time") or said.get("date")
    return said.get("title") or None, created or None


def _limit_self(limit_seconds: float) -> None:
    os.nice(NICENESS)
    cpu = CPU_SECONDS_TO_OPEN + _cpu_seconds(limit_seconds)
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS_TO_OPEN)  # whose signal ends the process
    output = int((limit_seconds + 60) * RATE * SAMPLE_BYTES)
    for what, most in (
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, output),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (least, least))
        except (ValueError, OSError):  # pragma: no cover - a system without this limit, such as macOS for RLIMIT_AS
            continue


def _cpu_seconds(seconds: float) -> int:
    return max(CPU_SECONDS_LEAST, int(seconds / 3600 * CPU_SECONDS_PER_HOUR))


def _allow_cpu(limit_seconds: float) -> None:
    signal.setitimer(signal.ITIMER_PROF, _cpu_seconds(limit_seconds))


def _die_with_parent() -> None:
    """End at once when the other end of standard input closes: the parent is gone, even by `kill -9`."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def main(arguments: list[str]) -> int:
    """Decode as the command line says: source, most seconds, targets."""
    limit = float(arguments[1])
    _limit_self(limit)
    av.logging.set_level(None)
    with ExitStack() as files:
        source = files.enter_context(Path(arguments[0]).open("rb", buffering=0))
        outs = [files.enter_context(Path(name).open("wb")) for name in arguments[2:]]
        sealed = seal()
        _die_with_parent()
        answer = _answer(source.fileno(), outs, limit) | {"seal": sealed}
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
    return 0


def _answer(source: int, outs: Sequence[BinaryIO], limit_seconds: float) -> dict[str, object]:
    try:
        return asdict(decode(source, outs, limit_seconds))
    except Refused as refused:
        return {"trouble": refused.trouble, "told": refused.seconds}
    except (av.error.DecoderNotFoundError, NotImplementedError):
        return {"trouble": Trouble.UNKNOWN_CODEC}
    except (av.error.FFmpegError, MemoryError, ValueError):
        return {"trouble": Trouble.BROKEN}
    except OSError:
        return {"trouble": Trouble.NO_ROOM}
