import io
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.recordings import MediaKind
from bot.sources.media import HEAD_BYTES, Content, Look, look_at_bytes
from bot.sources.tracks import kind_of_mp4

FORMATS = [
    # container, audio codec, video codec, what it is
    ("wav", "pcm_s16le", None, Content.AUDIO),
    ("mp3", "libmp3lame", None, Content.AUDIO),
    ("adts", "aac", None, Content.AUDIO),
    ("flac", "flac", None, Content.AUDIO),
    ("ogg", "libopus", None, Content.AUDIO),
    ("webm", "libopus", None, Content.AUDIO),
    ("webm", "libopus", "libvpx", Content.VIDEO),
    ("matroska", "libopus", None, Content.AUDIO),
    ("matroska", "aac", "mpeg4", Content.VIDEO),
    ("aiff", "pcm_s16be", None, Content.AUDIO),
    ("caf", "pcm_s16le", None, Content.AUDIO),
    ("asf", "wmav2", None, Content.AUDIO),
    ("asf", "wmav2", "mpeg4", Content.VIDEO),
    ("avi", "mp3", "mpeg4", Content.VIDEO),
    ("flv", "aac", None, Content.AUDIO),
    ("mpegts", "aac", "mpeg2video", Content.VIDEO),
    ("mp4", "aac", None, Content.MP4),
    ("mp4", "aac", "mpeg4", Content.MP4),
    ("mov", "aac", "mpeg4", Content.MP4),
    ("ipod", "aac", None, Content.AUDIO),
]


def encoded(container: str, audio: str, video: str | None, seconds: float = 0.6) -> bytes:
    """Make a real file in a format: a tone, and a grey picture if it is a video."""
    buffer = io.BytesIO()
    rate = 48000
    with av.open(buffer, "w", format=container) as output:
        sound = output.add_stream(audio, rate=rate)
        assert isinstance(sound, av.AudioStream)
        sound.layout = "mono"
        sound.bit_rate = 64_000
        if video is not None:
            picture = output.add_stream(video, rate=10)
            assert isinstance(picture, av.VideoStream)
            picture.width, picture.height, picture.pix_fmt = 64, 64, "yuv420p"
            for at in range(int(seconds * 10)):
                image = av.VideoFrame.from_ndarray(np.full((96, 64), 128, np.uint8), format="yuv420p")
                image.pts, image.time_base = at, Fraction(1, 10)
                output.mux(picture.encode(image))
            output.mux(picture.encode())
        wave = (np.sin(np.arange(int(rate * seconds)) / 20) * 8000).astype(np.int16)[None, :]
        samples = av.AudioFrame.from_ndarray(wave, format="s16", layout="mono")
        samples.sample_rate = rate
        resampler = av.AudioResampler(format=sound.format, layout="mono", rate=rate, frame_size=1024)
        for each in [*resampler.resample(samples), *resampler.resample(None)]:
            output.mux(sound.encode(each))
        output.mux(sound.encode())
    return buffer.getvalue()


@pytest.mark.parametrize(("container", "audio", "video", "content"), FORMATS)
def test_real_files_are_known_by_their_bytes(
    container: str, audio: str, video: str | None, content: Content, tmp_path: Path
) -> None:
    data = encoded(container, audio, video)
    assert look_at_bytes(data[:HEAD_BYTES]).content is content
    if content is Content.MP4:
        (tmp_path / "file").write_bytes(data)
        assert kind_of_mp4(tmp_path / "file") is (MediaKind.VIDEO if video else MediaKind.AUDIO)


def test_an_mp3_with_something_before_its_first_frame_is_still_one() -> None:
    assert look_at_bytes(b"\x00" * 100 + encoded("mp3", "libmp3lame", None)).content is Content.AUDIO


@pytest.mark.parametrize("damage", [b"", b"\x00\x00\x00\x18ftypisom", b"\x00\x00\x00\x01mdat" + b"\x00" * 8])
def test_an_mp4_without_a_readable_list_of_tracks_counts_as_video(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "file").write_bytes(damage)
    assert kind_of_mp4(tmp_path / "file") is MediaKind.VIDEO


@pytest.mark.parametrize(
    "text",
    [
        b"BMW's order came in, said Ines.",
        b"MZ: hello",
        b"ID3 tags were discussed.",
        b"GIF8 or not, we ship.",
        b"RIFF raff was the word.",
        "Größe".encode("utf-16"),
        "Größe und so".encode("utf-16-le"),
        "Größe".encode("cp1252"),
        b"\xef\xbb\xbfWEBVTT\n",
        b"a\tb\tc\r\n",
    ],
)
def test_words_are_not_mistaken_for_media(text: bytes) -> None:
    assert look_at_bytes(text).content in {Content.TEXT, Content.OTHER}
    if not text.startswith(b"RIFF"):
        assert look_at_bytes(text).content is Content.TEXT


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html><html>",
        b"\n\n  <!doctype HTML>",
        b"<html lang=en>",
        b"\xef\xbb\xbf<html>",
        b"<!-- served by x -->\n<HTML>",
        b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">',
        b"<head><title>Sign in</title>",
        b"<script>location='/login'</script>",
    ],
)
def test_a_web_page_is_known_however_it_begins(page: bytes) -> None:
    assert look_at_bytes(page).content is Content.PAGE


@given(st.binary(max_size=2000))
@settings(deadline=None, max_examples=300)
def test_any_bytes_get_an_answer(data: bytes) -> None:
    look = look_at_bytes(data)
    assert isinstance(look, Look)
    assert (look.content is Content.EMPTY) == (not data)
    assert bool(look.called) == (look.content is Content.OTHER)
