"""A corpus of broken and hostile media, made here: nothing of it opens anything, or takes anything down."""

import asyncio
import struct
import sys
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest

from bot.engine.media import decode
from bot.errors import BadInput, Obstacle
from tests.engine.sounds import write_media
from tests.engine.test_media import children_that_mention, silent_wav, wav_header

DAMAGED = f"This file is damaged, or is no recording. ({Obstacle.WRONG_KIND})"
# with it, a list is no text at first sight, and FFmpeg gets to see it
CONTROL = b"\x01"


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[int, list[object]]]:
    """Listen on loopback; yield the port, and who came."""
    came: list[object] = []

    async def meet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append(writer.get_extra_info("peername"))
        writer.close()

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], came


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content


def ten_thousand_tracks() -> bytes:
    handler = box(b"hdlr", bytes(8) + b"soun" + bytes(13))
    track = box(b"trak", box(b"mdia", handler + box(b"minf", box(b"stbl", box(b"stsd", bytes(8))))))
    return box(b"ftyp", b"isom" + bytes(4)) + box(b"moov", track * 10_000) + box(b"mdat", bytes(64))


def unpacks_to_two_gigabytes() -> bytes:
    packed = struct.pack(">I", 2**31 - 8) + zlib.compress(bytes(4_000_000))
    header = box(b"cmov", box(b"dcom", b"zlib") + box(b"cmvd", packed))
    return box(b"ftyp", b"qt  " + bytes(4)) + box(b"moov", header) + box(b"mdat", bytes(64))


def wav(channels: int, rate: int, bits: int) -> bytes:
    form = struct.pack("<HHIIHH", 1, channels, rate, rate, max(1, channels * bits // 8) % 65536, bits)
    return b"RIFF" + struct.pack("<I", 2**31) + b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + bytes(70_000)


BROKEN: dict[str, bytes] = {
    "nothing but zeros": bytes(70_000),
    "nothing but ones": CONTROL + b"\xff" * 70_000,
    "a picture called a recording": b"\x89PNG\r\n\x1a\n" + np.random.default_rng(1).bytes(9000),
    "ten thousand tracks": ten_thousand_tracks(),
    "a header that unpacks to two gigabytes": unpacks_to_two_gigabytes(),
    "a box larger than any disk": b"\x00\x00\x00\x01moov" + b"\x7f" + b"\xff" * 7 + bytes(3000),
    "boxes within boxes": (b"\x00\x00\x7f\xffmoov\x00\x00\x7f\xf0trak" * 5000)[:70_000] + CONTROL,
    "65535 channels": wav(65_535, 48_000, 16),
    "no channel": wav(0, 48_000, 16),
    "no bits": wav(1, 48_000, 0),
    "a rate of nothing": wav(1, 0, 16),
    "a FLAC header and no FLAC": b"fLaC\x80\x00\x00\x22" + b"\xff" * 34 + np.random.default_rng(2).bytes(9000),
    "a tag of 256 MB": b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + bytes(70_000),
    "an Ogg page that begins and never ends": b"OggS\x00\x02" + b"\xff" * 70_000,
    "Matroska of an unknown length": b"\x1a\x45\xdf\xa3\x01\xff\xff\xff\xff\xff\xff\xff" + bytes(70_000),
}


async def verdict(folder: Path, name: str, content: bytes) -> str:
    """Decode bytes; return the sentence of the refusal and how it is cured, or how long the sound is."""
    folder = folder / str(abs(hash(name)))
    folder.mkdir()
    source, target = folder / "recording.mp3", folder / "sound.pcm"
    source.write_bytes(content)
    try:
        media = await decode(source, target)
    except BadInput as refusal:
        left = sorted(path.name for path in folder.iterdir() if path != source)
        return f"{refusal.what} ({refusal.obstacle}){' '.join(left)}"
    return f"{media.seconds:.0f} s"


async def test_each_broken_file_is_refused_in_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    said = await asyncio.gather(*(verdict(tmp_path, name, content) for name, content in BROKEN.items()))
    assert dict(zip(BROKEN, said, strict=True)) == dict.fromkeys(BROKEN, DAMAGED)


async def test_a_file_that_names_other_files_or_addresses_makes_nobody_open_them(tmp_path: Path) -> None:
    inside = write_media(tmp_path / "inside.ts", "mpegts", "aac")
    async with listening() as (port, came):
        lists = {
            where: [
                f"#EXTM3U\n#\1\n#EXTINF:2,\n{where}\n#EXT-X-ENDLIST\n",
                f"ffconcat version 1.0\n#\1\nfile '{where}'\n",
                f"<?xml version='1.0'?><!--\1--><MPD><Period><AdaptationSet><BaseURL>{where}</BaseURL></AdaptationSet>",
                f"[playlist]\n;\1\nFile1={where}\nNumberOfEntries=1\n",
                f"RTSPtext\1\nrtsp://127.0.0.1:{port}/a\n",
                f"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=\1\r\nc=IN IP4 127.0.0.1\r\nm=audio {port} RTP/AVP 0\r\n",
            ]
            for where in (str(inside), f"file://{inside}", f"http://127.0.0.1:{port}/a.ts", f"tcp://127.0.0.1:{port}")
        }
        hostile = [(f"{where} {number}", text) for where, texts in lists.items() for number, text in enumerate(texts)]
        said = await asyncio.gather(*(verdict(tmp_path, name, text.encode()) for name, text in hostile))
    assert set(said) == {DAMAGED}
    assert came == []


@pytest.mark.parametrize(
    ("kind", "codec", "rate", "junk"),
    [
        ("wav", "pcm_s16le", 48_000, b"\x00"),
        ("ipod", "aac", 48_000, b"\x00"),
        ("mp3", "libmp3lame", 48_000, b"\xff"),
        ("flac", "flac", 48_000, b"\xff"),
        # each byte of it is a damaged packet of its own
        ("amr", "libopencore_amrnb", 8_000, b"\xff"),
    ],
)
async def test_what_follows_a_recording_in_its_file_is_left_out(
    tmp_path: Path, kind: str, codec: str, rate: int, junk: bytes
) -> None:
    source = write_media(tmp_path / "a", kind, codec, rate=rate, channels="mono")
    source.write_bytes(source.read_bytes() + junk * 3_000_000)
    assert (await decode(source, tmp_path / "sound.pcm")).seconds == pytest.approx(2, abs=0.2)


async def test_two_gigabytes_of_nothing_after_a_wav_are_not_searched_for_notes(tmp_path: Path) -> None:
    source = tmp_path / "a.wav"
    with source.open("wb") as file:
        file.write(wav_header(16_000) + bytes([128]) * 16_000)
        file.truncate(2 * 1024**3)
    assert (await decode(source, tmp_path / "sound.pcm")).seconds == pytest.approx(2)


async def test_what_a_wav_says_after_its_sound_is_kept(tmp_path: Path) -> None:
    note = b"INAM" + struct.pack("<I", 12) + b"Weekly sync\0"
    notes = b"LIST" + struct.pack("<I", 4 + len(note)) + b"INFO" + note
    source = tmp_path / "a.wav"
    source.write_bytes(wav_header(16_000) + bytes([128]) * 16_000 + notes)
    assert (await decode(source, tmp_path / "sound.pcm")).title == "Weekly sync"


def scrambled(content: bytes, seed: int) -> bytes:
    dice = np.random.default_rng(seed)
    changed = bytearray(content)
    for place in dice.integers(0, len(changed), 1 + len(changed) // 300):
        changed[place] = dice.integers(256)
    return bytes(changed[: dice.integers(len(changed) // 2, len(changed))])


@pytest.mark.parametrize(
    ("kind", "codec", "pictures"),
    [("mp4", "aac", "mpeg4"), ("matroska", "aac", None), ("ogg", "libopus", None), ("avi", "libmp3lame", "mpeg4")],
)
async def test_a_scrambled_recording_is_heard_or_refused(
    tmp_path: Path, kind: str, codec: str, pictures: str | None
) -> None:
    whole = write_media(tmp_path / "a", kind, codec, video=pictures).read_bytes()
    said = await asyncio.gather(*(verdict(tmp_path, str(seed), scrambled(whole, seed)) for seed in range(3)))
    assert all(each.endswith(" s") or each == DAMAGED or "sound" in each or "format" in each for each in said), said


def read(path: Path) -> list[str]:
    return path.read_text().splitlines()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
async def test_a_decoder_is_sealed_and_its_limits_are_set(tmp_path: Path) -> None:
    source = silent_wav(tmp_path / "long.wav", 3 * 3600)
    decoding_it = asyncio.create_task(decode(source, tmp_path / "sound.pcm"))

    def written() -> bool:
        return any(path.stat().st_size for path in tmp_path.glob("*.partial"))

    while not written():  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.01)
    (child,) = children_that_mention(source)
    status, limits = (read(Path("/proc") / child / name) for name in ("status", "limits"))
    decoding_it.cancel()
    await asyncio.gather(decoding_it, return_exceptions=True)

    filtered = [line.split()[1] for line in status if line.startswith("Seccomp:")]
    assert filtered == ["2"] or not filtered  # a kernel without filters says nothing of them
    unlimited = [line for line in limits if "unlimited" in line]
    names = ("Max address space", "Max cpu time", "Max file size", "Max open files", "Max core file size")
    assert not [line for line in unlimited if line.startswith(names)]
