"""What uploads are, by their bytes, with real files as PyAV writes them."""

from pathlib import Path

import av
import httpx
import numpy as np
import pytest

from bot.engine.containers import media_type_of
from bot.engine.routes.process import WRONG_ENDPOINT
from tests.engine.serving import sound

RATE = 16_000


def written(path: Path, codec: str, *, pictures: bool = False) -> Path:
    """Write half a second of noise, with or without a few frames of video."""
    with av.open(str(path), "w") as file:
        audio = file.add_stream(codec.removesuffix("+mpeg4"), rate=48_000 if codec == "libopus" else RATE)
        assert isinstance(audio, av.AudioStream)
        audio.layout = "mono"
        resampler = av.AudioResampler(audio.format, "mono", audio.rate, frame_size=audio.frame_size or 0)
        if pictures:
            video = file.add_stream("mpeg4", rate=5)
            assert isinstance(video, av.VideoStream)
            video.width = video.height = 32
            for _ in range(3):
                picture = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), dtype=np.uint8))
                file.mux(video.encode(picture))
            file.mux(video.encode(None))
        samples = np.random.default_rng(0).integers(-900, 900, (1, RATE // 2), dtype=np.int16)
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate = RATE
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            file.mux(audio.encode(piece))
        file.mux(audio.encode(None))
    return path


@pytest.mark.parametrize(
    ("name", "codec", "expected"),
    [
        ("a.m4a", "aac", "audio/mp4"),
        ("a.mp4", "aac", "audio/mp4"),
        ("a.mp4", "aac+mpeg4", "video/mp4"),
        ("a.mov", "aac+mpeg4", "video/mp4"),
        ("a.mp3", "libmp3lame", "audio/mpeg"),
        ("a.ogg", "libopus", "audio/ogg"),
        ("a.flac", "flac", "audio/flac"),
        ("a.webm", "libopus", "video/webm"),
        ("a.wav", "pcm_s16le", "audio/wav"),
    ],
)
def test_a_recording_is_told_by_its_bytes(tmp_path: Path, name: str, codec: str, expected: str) -> None:
    assert media_type_of(written(tmp_path / name, codec, pictures="mpeg4" in codec)) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xff\xfb\x90\x64" + bytes(200), "audio/mpeg"),
        (b"  <!DOCTYPE html>", "text/html"),
        (b"%PDF-1.7", "application/pdf"),
        (b"PK\x03\x04" + bytes(30), "application/zip"),
        (b"", None),
        (b"\x00", None),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(12), "audio/mp4"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(12) + b"\x00\x00\x00\x01moov" + b"\xff" * 8, "audio/mp4"),
        (b"\x00\x00\x00\x04ftypmp42" + bytes(3), "audio/mp4"),
    ],
)
def test_what_is_broken_or_no_recording_is_told_too(tmp_path: Path, content: bytes, expected: str | None) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert media_type_of(path) == expected


async def test_a_video_is_sent_to_its_own_endpoint(api: httpx.AsyncClient, tmp_path: Path) -> None:
    video = written(tmp_path / "a.mp4", "aac", pictures=True).read_bytes()
    answer = await api.post("/v1/process/audio", content=video)
    assert (answer.status_code, answer.json()) == (400, {"message": WRONG_ENDPOINT})
    for content, headers in [(video, {"Content-Type": "video/mp4"}), (sound(), {})]:
        answer = await api.post("/v1/process/video", content=content, headers=headers)
        assert answer.status_code == 201
