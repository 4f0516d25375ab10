"""Makes sounds and media files for the tests of the engine."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from bot.engine.pcm import RATE

Wave = NDArray[np.float64]
DATA = Path(__file__).with_name("data")


def tone(seconds: float, pitch: float = 440.0, rate: int = RATE) -> Wave:
    return 0.3 * np.sin(2 * np.pi * pitch * np.arange(int(seconds * rate)) / rate)


def noise(seconds: float) -> Wave:
    return 0.1 * np.random.default_rng(1).standard_normal(int(seconds * RATE))


def music(seconds: float) -> Wave:
    """Return a tune on a plucked instrument, over chords and a drum."""
    dice = np.random.default_rng(2)
    scale = [262, 294, 330, 349, 392, 440, 494, 523]
    song = np.zeros(int(seconds * RATE) + 2 * RATE)
    for beat in range(int(seconds * 2)):
        pitch = scale[dice.integers(8)]
        for factor in (1.0, 0.5, 0.63, 0.75) if beat % 4 == 0 else (1.0,):
            time = np.arange(RATE) / RATE
            note = sum(np.sin(2 * np.pi * pitch * factor * k * time) / k for k in range(1, 6)) * np.exp(-3 * time)
            song[beat * RATE // 2 :][:RATE] += note
        drum = dice.standard_normal(1600) * np.exp(-np.arange(1600) / 400)
        song[beat * RATE // 2 :][:1600] += drum
    loudest = float(np.abs(song).max())
    return song[: int(seconds * RATE)] / (2 * loudest)


def write_pcm(path: Path, sound: Wave) -> Path:
    path.write_bytes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def read_pcm(path: Path) -> Wave:
    return np.frombuffer(path.read_bytes(), "<i2") / 32768


def write_media(
    path: Path,
    kind: str,
    audio: str | None = None,
    *,
    video: str | None = None,
    seconds: float = 2.0,
    rate: int = 48_000,
    channels: str = "stereo",
    pause: tuple[float, float] | None = None,
    says: Mapping[str, str] | None = None,
) -> Path:
    """Write a tone of 440 Hz, with pictures when `video` names a codec.

    Args:
        path: The file.
        kind: The container, by FFmpeg's name.
        audio: The sound's codec.
        video: The pictures' codec.
        seconds: Length of the tone.
        rate: Samples a second.
        channels: By FFmpeg's name.
        pause: After so many seconds, no packets for so many seconds.
        says: Metadata.
    """
    with av.open(path, "w", format=kind) as container:
        for key, value in (says or {}).items():
            container.metadata[key] = value
        pictures = _add_pictures(container, video) if video else None
        stream = container.add_stream(audio, rate=rate, layout=channels) if audio else None
        if pictures is not None:
            for index in range(int(seconds * 10)):
                picture = av.VideoFrame.from_ndarray(np.full((96, 64), index % 255, np.uint8), format="yuv420p")
                picture.pts = index
                container.mux(pictures.encode(picture))
            container.mux(pictures.encode(None))
        if isinstance(stream, av.AudioStream):
            for frame in _frames(stream, tone(seconds, rate=rate), pause):
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    return path


def _add_pictures(container: Any, codec: str) -> Any:
    stream = container.add_stream(codec, rate=10)
    stream.width = stream.height = 64
    stream.pix_fmt = "yuv420p"
    return stream


def _frames(stream: av.AudioStream, sound: Wave, pause: tuple[float, float] | None) -> Iterator[av.AudioFrame]:
    context = stream.codec_context
    rate, size = context.sample_rate, context.frame_size or 1024
    samples = (sound * 32767).astype(np.int16)
    for start in range(0, len(samples), size):
        piece = np.repeat(samples[start : start + size], context.channels)[None]
        frame = av.AudioFrame.from_ndarray(piece, format="s16", layout=context.layout.name)
        frame.sample_rate = rate
        late = int(pause[1] * rate) if pause and start >= pause[0] * rate else 0
        for ready in av.AudioResampler(format=context.format.name, layout=context.layout.name, rate=rate).resample(
            frame
        ):
            ready.pts, ready.time_base = start + late, Fraction(1, rate)
            yield ready
