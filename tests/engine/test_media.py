import asyncio
import signal
import struct
import subprocess
import sys
import wave
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from bot.engine import decoding, media, pcm
from bot.engine.media import Media, decode, sound_files
from bot.errors import BadInput
from tests.engine.sounds import read_pcm, tone, write_media

TEN_HOURS = 10 * 3600


def wav_header(claimed_bytes: int, rate: int = 8000) -> bytes:
    """Return the header of a WAV of 8-bit samples that says it holds so many bytes."""
    most = 2**32 - 1
    sizes = struct.pack("<I", min(claimed_bytes + 36, most)), struct.pack("<I", min(claimed_bytes, most))
    return b"RIFF" + sizes[0] + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, rate, rate, 1, 8) + b"data" + sizes[1]


def silent_wav(path: Path, seconds: int, rate: int = 8000) -> Path:
    """Write a long WAV that takes no room on disk."""
    with path.open("wb") as file:
        file.write(wav_header(seconds * rate, rate))
        file.truncate(file.tell() + seconds * rate)
    return path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "sound.pcm"


@pytest.mark.parametrize(
    ("form", "pictures"),
    [
        (("a.wav", "wav", "pcm_s16le"), None),
        (("a.mp3", "mp3", "libmp3lame"), None),
        (("a.m4a", "ipod", "aac"), None),
        (("a.aac", "adts", "aac"), None),
        (("a.opus", "ogg", "libopus"), None),
        (("a.flac", "flac", "flac"), None),
        (("a.aiff", "aiff", "pcm_s16be"), None),
        (("a.webm", "webm", "libopus"), "libvpx"),
        (("a.mp4", "mp4", "aac"), "mpeg4"),
        (("a.mov", "mov", "aac"), "mpeg4"),
        (("a.mkv", "matroska", "aac"), "mpeg4"),
        (("a.avi", "avi", "libmp3lame"), "mpeg4"),
        (("a.ts", "mpegts", "aac"), "mpeg2video"),
    ],
)
async def test_whatever_people_record_becomes_the_same_sound(
    tmp_path: Path, target: Path, form: tuple[str, str, str], pictures: str | None
) -> None:
    name, kind, codec = form
    source = write_media(tmp_path / name, kind, codec, video=pictures)

    heard = await decode(source, target)

    sound = read_pcm(target)
    pitch = np.argmax(np.abs(np.fft.rfft(sound[8000:24000])))
    assert heard.kind == ("video" if pictures else "audio")
    assert heard.seconds == pytest.approx(2, abs=0.1) == pcm.seconds(target)
    assert pitch == pytest.approx(440, abs=2)
    assert np.abs(sound).max() == pytest.approx(0.3, abs=0.05)


@pytest.mark.parametrize(("layout", "channels"), [("stereo", 2), ("2.1", 3), ("quad", 4), ("7.1", 8)])
async def test_channels_that_are_asked_for_lie_in_a_file_each(
    tmp_path: Path, target: Path, layout: str, channels: int
) -> None:
    source = write_media(tmp_path / "a.wav", "wav", "pcm_s16le", channels=layout)
    heard = await decode(source, target, most_channels=8)
    files = sound_files(target)
    assert [path.name for path in files] == ["sound.pcm", *(f"sound.pcm.{n}" for n in range(2, channels + 1))]
    assert {pcm.seconds(path) for path in files} == {heard.seconds}
    assert {path.name for path in target.parent.iterdir()} == {path.name for path in files}


async def test_each_channel_has_its_own_sound(tmp_path: Path, target: Path) -> None:
    left, right = tone(1.0), tone(1.0, 880)
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((2, 2, pcm.RATE, 0, "NONE", ""))
        file.writeframes((np.stack([left, right], axis=1) * 32767).astype("<i2").tobytes())
    await decode(tmp_path / "a.wav", target, most_channels=2)
    for path, expected in zip(sound_files(target), (left, right), strict=True):
        assert read_pcm(path) == pytest.approx(expected, abs=1e-3)


async def test_one_channel_or_too_many_become_one_file(tmp_path: Path, target: Path) -> None:
    for layout in ("mono", "quad"):
        source = write_media(tmp_path / "a.wav", "wav", "pcm_s16le", channels=layout)
        await decode(source, target, most_channels=3)
        assert sound_files(target) == (target,)


async def test_a_phone_recording_in_amr_is_decoded(tmp_path: Path, target: Path) -> None:
    source = write_media(tmp_path / "a.amr", "amr", "libopencore_amrnb", rate=8000, channels="mono")
    assert (await decode(source, target)).seconds == pytest.approx(2, abs=0.1)


async def test_the_ending_of_the_name_does_not_matter(tmp_path: Path, target: Path) -> None:
    source = write_media(tmp_path / "a.mp4", "mp4", "aac", video="mpeg4").rename(tmp_path / "-recording")
    assert (await decode(source, target)).kind == "video"


async def test_what_a_file_says_of_itself_is_kept(tmp_path: Path, target: Path) -> None:
    says = {"title": "Weekly  sync\n", "creation_time": "2024-05-03T10:00:00Z"}
    source = write_media(tmp_path / "a.m4a", "ipod", "aac", says=says)

    heard = await decode(source, target)

    assert heard == Media(heard.seconds, "audio", "Weekly sync", datetime(2024, 5, 3, 10, tzinfo=UTC))


async def test_a_bare_year_is_no_date(tmp_path: Path, target: Path) -> None:
    source = write_media(tmp_path / "a.flac", "flac", "flac", says={"date": "2024"})
    assert (await decode(source, target)).created is None


@pytest.mark.parametrize(("name", "kind", "codec"), [("a.webm", "webm", "libopus"), ("a.mp4", "mp4", "aac")])
async def test_a_stretch_without_packets_is_silence_so_that_times_stay_right(
    tmp_path: Path, target: Path, name: str, kind: str, codec: str
) -> None:
    source = write_media(tmp_path / name, kind, codec, pause=(1, 4))

    heard = await decode(source, target)

    sound = np.abs(read_pcm(target))
    assert heard.seconds == pytest.approx(6, abs=0.1)
    assert sound[: pcm.RATE].max() > 0.2
    assert sound[int(1.2 * pcm.RATE) : int(4.8 * pcm.RATE)].max() < 0.01
    assert sound[int(5.2 * pcm.RATE) :].max() > 0.2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"\n <!DOCTYPE html><html><body>Sign in</body></html>", "This is a web page, not a recording."),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello", "This is a text file, not a recording."),
        (b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n", "This is a text file, not a recording."),
        (b"#EXTM3U\n#\x01\n#EXTINF:10,\nfile:///etc/passwd\n", "This file is damaged, or is no recording."),
        (b"PK\x03\x04" + bytes(range(256)) * 8, "This file is damaged, or is no recording."),
        (b"ID3\x03\x00\x00\x00\x00\x00\x00" + bytes(2000), "This file is damaged, or is no recording."),
        (wav_header(0), "This recording is zero seconds long."),
    ],
)
async def test_what_is_no_recording_is_refused_in_one_sentence(
    tmp_path: Path, target: Path, content: bytes, sentence: str
) -> None:
    source = tmp_path / "recording.mp4"
    source.write_bytes(content)

    with pytest.raises(BadInput) as refused:
        await decode(source, target)

    assert refused.value.what == sentence
    assert refused.value.cure
    assert list(target.parent.iterdir()) == []


async def test_a_video_without_sound_is_refused(tmp_path: Path, target: Path) -> None:
    source = write_media(tmp_path / "a.mp4", "mp4", video="mpeg4")
    with pytest.raises(BadInput, match="no sound"):
        await decode(source, target)


async def test_a_playlist_inside_a_media_file_opens_nothing(tmp_path: Path, target: Path) -> None:
    write_media(tmp_path / "a.ts", "mpegts", "aac")
    source = tmp_path / "list.mp4"
    source.write_bytes(f"#EXTM3U\n#\x01\n#EXTINF:2,\n{tmp_path}/a.ts\n#EXT-X-ENDLIST\n".encode())
    with pytest.raises(BadInput):
        await decode(source, target)


async def test_a_cut_off_recording_is_heard_as_far_as_it_goes(tmp_path: Path, target: Path) -> None:
    whole = write_media(tmp_path / "a.mkv", "matroska", "aac").read_bytes()
    source = tmp_path / "cut.mkv"
    source.write_bytes(whole[: len(whole) // 2])
    assert 0.5 < (await decode(source, target)).seconds < 1.5


async def test_damage_in_the_middle_costs_only_that_part(tmp_path: Path, target: Path) -> None:
    content = bytearray(write_media(tmp_path / "a.mp3", "mp3", "libmp3lame", seconds=4).read_bytes())
    content[20_000:22_000] = np.random.default_rng(3).bytes(2000)
    source = tmp_path / "damaged.mp3"
    source.write_bytes(content)
    assert 3 < (await decode(source, target)).seconds < 4.5


async def test_ten_hours_are_refused_with_their_length(tmp_path: Path, target: Path) -> None:
    source = silent_wav(tmp_path / "long.wav", TEN_HOURS)
    with pytest.raises(BadInput) as refused:
        await decode(source, target)
    assert refused.value.what == "This recording is 10 hours long."
    assert "at most 4 hours" in refused.value.cure


async def test_a_header_that_claims_ten_hours_is_not_believed_when_the_file_is_short(
    tmp_path: Path, target: Path
) -> None:
    source = tmp_path / "a.wav"
    source.write_bytes(wav_header(TEN_HOURS * 8000) + bytes([128]) * 16_000)
    assert (await decode(source, target)).seconds == pytest.approx(2)


@pytest.mark.parametrize(
    ("name", "kind", "codec"), [("a.mp3", "mp3", "libmp3lame"), ("a.aac", "adts", "aac"), ("a.ts", "mpegts", "aac")]
)
async def test_a_recording_that_does_not_say_its_length_is_cut_off_at_the_limit(
    tmp_path: Path, target: Path, name: str, kind: str, codec: str
) -> None:
    source = write_media(tmp_path / name, kind, codec, seconds=4)
    with pytest.raises(BadInput, match="longer than 3 seconds"):
        await decode(source, target, limit_seconds=3)
    assert list(target.parent.iterdir()) == []


async def test_a_broken_clock_cannot_fill_the_disk(tmp_path: Path, target: Path) -> None:
    source = write_media(tmp_path / "a.webm", "webm", "libopus", pause=(1, 5000))
    with pytest.raises(BadInput, match="longer than 3 seconds"):
        await decode(source, target, limit_seconds=3)


def children_that_mention(path: Path) -> list[str]:
    """Return the processes that were started with `path`."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if any(str(path).encode() in word for word in words) and b"-I" in words:
            found.append(process.name)
    return found


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks into /proc")
async def test_a_cancelled_decoding_leaves_neither_a_process_nor_a_file(tmp_path: Path, target: Path) -> None:
    source = silent_wav(tmp_path / "long.wav", 3 * 3600)
    decoding_it = asyncio.create_task(decode(source, target))
    while not (list(target.parent.iterdir()) and children_that_mention(source)):  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.01)

    decoding_it.cancel()
    with pytest.raises(asyncio.CancelledError):
        await decoding_it

    assert children_that_mention(source) == []
    assert list(target.parent.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks into /proc")
async def test_the_child_dies_with_a_parent_that_is_killed(tmp_path: Path, target: Path) -> None:
    source = silent_wav(tmp_path / "long.wav", 3 * 3600)
    program = (
        "import asyncio, pathlib, bot.engine.media as m;"
        f"asyncio.run(m.decode(pathlib.Path({str(source)!r}), pathlib.Path({str(target)!r})))"
    )
    with subprocess.Popen([sys.executable, "-c", program]) as parent:  # noqa: ASYNC220 - it is killed below
        while not children_that_mention(source):  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.01)
        parent.send_signal(signal.SIGKILL)
    while children_that_mention(source):  # noqa: ASYNC110 - the test's time limit is the assertion
        await asyncio.sleep(0.01)


def test_every_trouble_of_the_child_has_a_sentence() -> None:
    told = set(media.REFUSALS) | {"too_long", "no_room"}
    assert told == set(decoding.Trouble)


def test_parent_and_child_mean_the_same_sound() -> None:
    assert (decoding.RATE, decoding.SAMPLE_BYTES) == (pcm.RATE, pcm.SAMPLE_BYTES)
