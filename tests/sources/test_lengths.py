import io
import math
import struct
import wave

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.lengths import length_of

SECONDS = 4.0


def wav(seconds: float = SECONDS) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(int(seconds * 8000) * 4))
    return buffer.getvalue()


def mp3(*, xing: int | None = None, vbri: int | None = None, tag: int = 0) -> bytes:
    """The beginning of a 64 kbit/s, 44.1 kHz, mono MPEG-1 layer III file, with an ID3 tag of so many bytes."""
    frame = bytearray(struct.pack(">I", 0xFFFB50C4) + bytes(300))
    if xing is not None:
        frame[21:33] = b"Xing" + struct.pack(">II", 1, xing)
    if vbri is not None:
        frame[36:54] = b"VBRI" + bytes(10) + struct.pack(">I", vbri)
    size = bytes((tag >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return (b"ID3\x04\x00\x00" + size + bytes(tag) if tag else b"") + bytes(frame)


def flac(samples: int = 4 * 44100) -> bytes:
    packed = 44100 << 44 | 1 << 41 | 15 << 36 | samples
    return b"fLaC\x00\x00\x00\x22" + bytes(10) + packed.to_bytes(8, "big") + bytes(16)


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content


def mp4(*, long: bool = False, fragmented: bool = False) -> bytes:
    duration = 0xFFFFFFFF if fragmented else 4000
    if long:
        header = b"\x01" + bytes(3) + struct.pack(">QQIQ", 0, 0, 1000, duration)
    else:
        header = bytes(4) + struct.pack(">IIII", 0, 0, 1000, duration)
    moov = box(b"moov", box(b"mvhd", header + bytes(80)))
    return box(b"ftyp", b"isom" + bytes(12)) + box(b"free", bytes(9)) + moov


def matroska(*, wide: bool = True) -> bytes:
    duration = b"\x44\x89\x88" + struct.pack(">d", 4000.0) if wide else b"\x44\x89\x84" + struct.pack(">f", 4000.0)
    info = b"\x2a\xd7\xb1\x83\x0f\x42\x40" + duration
    return b"\x1a\x45\xdf\xa3\x84webm" + b"\x18\x53\x80\x67" + b"\x15\x49\xa9\x66" + bytes([0x80 | len(info)]) + info


@pytest.mark.parametrize(
    "head",
    [
        wav(),
        wav()[:4000],
        flac(),
        mp4(),
        mp4(long=True),
        matroska(),
        matroska(wide=False),
        mp3(xing=153),
        mp3(vbri=153),
        mp3(xing=153, tag=1000),
    ],
    ids=["wav", "wav, cut", "flac", "mp4", "long mp4", "webm", "webm, narrow", "xing", "vbri", "tagged"],
)
def test_a_head_tells_the_length_of_the_whole(head: bytes) -> None:
    seconds = length_of(head)
    assert seconds == pytest.approx(SECONDS, abs=0.01)


def test_an_mp3_of_constant_rate_needs_the_size_of_the_file() -> None:
    assert length_of(mp3()) is None
    assert length_of(mp3(), 32_000) == pytest.approx(SECONDS)
    assert length_of(mp3(tag=1000), 33_010) == pytest.approx(SECONDS)


def test_a_wav_that_does_not_know_its_size_is_as_long_as_the_file() -> None:
    endless = bytearray(wav())
    endless[40:44] = b"\xff\xff\xff\xff"
    assert length_of(bytes(endless[:400]), len(endless)) == pytest.approx(SECONDS)
    assert length_of(bytes(endless[:400])) is None


def test_a_wav_that_lost_its_end_is_as_long_as_what_is_left() -> None:
    whole = wav()
    assert length_of(whole[:400], 44 + (len(whole) - 44) // 2) == pytest.approx(SECONDS / 2)


@pytest.mark.parametrize(
    ("head", "size"),
    [
        (b"", 0),
        (b"hello", 5),
        (mp4(fragmented=True), None),
        (flac(0), None),
        (flac(44100 * 3600 * 24 * 8), None),
        (b"RIFF\x00\x00\x00\x00WAVE", 12),
        (b"\xff\xfb\xff\xff" + bytes(40), 1000),
        (box(b"ftyp", b"isom") + b"\x00\x00\x00\x00mdat", 10**9),
    ],
)
def test_what_does_not_tell_is_not_known(head: bytes, size: int | None) -> None:
    assert length_of(head, size) is None


@settings(deadline=None)
@given(
    st.sampled_from([b"", wav()[:80], mp3(xing=1), flac(), mp4(), mp4(long=True), matroska()]),
    st.lists(st.tuples(st.integers(0, 79), st.integers(0, 255))),
    st.binary(max_size=60),
    st.none() | st.integers(0, 2**63),
)
def test_no_bytes_break_it(head: bytes, changes: list[tuple[int, int]], more: bytes, size: int | None) -> None:
    broken = bytearray(head)
    for at, value in changes:
        if at < len(broken):
            broken[at] = value
    seconds = length_of(bytes(broken) + more, size)
    assert seconds is None or (math.isfinite(seconds) and seconds > 0)


@pytest.mark.parametrize("ending", ["mp3", "flac", "mkv", "mp4", "wav"])
def test_it_agrees_with_what_an_encoder_wrote(ending: str) -> None:
    av = pytest.importorskip("av")
    buffer = io.BytesIO()
    with av.open(buffer, "w", format={"mkv": "matroska"}.get(ending, ending)) as file:
        codec = {"wav": "pcm_s16le", "mkv": "pcm_s16le", "mp4": "aac"}.get(ending, ending)
        stream = file.add_stream(codec, rate=16000, layout="mono")
        sound = av.AudioFrame(format="s16", layout="mono", samples=16000 * 4)
        sound.sample_rate = 16000
        sound.planes[0].update(bytes(len(bytes(sound.planes[0]))))
        resampler = av.AudioResampler(stream.format.name, "mono", 16000, stream.frame_size or 1024)
        for frame in [*resampler.resample(sound), *resampler.resample(None)]:
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    data = buffer.getvalue()
    seconds = length_of(data[: 256 * 1024], len(data))
    assert seconds == pytest.approx(SECONDS, abs=0.15)
