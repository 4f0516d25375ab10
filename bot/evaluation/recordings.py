"""Recordings of which it is known what is said in them."""

import json
import re
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.engine.pcm import RATE, SAMPLE_BYTES
from bot.errors import BadInput

FOLDER: Final = Path("audio")
SOUNDS: Final = frozenset({".wav", ".flac", ".mp3", ".m4a", ".ogg", ".opus"})
QUIET_SECONDS: Final = 30

_CUE: Final = re.compile(r"^(?:WEBVTT.*|NOTE.*|\d+|[\d:.,]+ --> .*)$", re.MULTILINE)
_TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Recording:
    """A file of sound, the set that it belongs to, and what is said in it; nothing where nobody speaks."""

    path: Path
    data: str
    said: str


def read_recordings(corpus: Path | None) -> tuple[Recording, ...]:
    """Return the recordings of a corpus: those of `references.json`, and those with a text file beside them.

    Raises:
        BadInput: The references are not what they should be, or name a file that is not there.
    """
    folder = corpus / FOLDER if corpus else None
    if folder is None or not folder.is_dir():
        return ()
    listed = tuple(_listed(folder / "references.json"))
    known = {recording.path for recording in listed}
    beside = [
        Recording(path, path.stem, _text(path.with_suffix(".txt")))
        for path in sorted(folder.iterdir())
        if path.suffix in SOUNDS and path not in known and path.with_suffix(".txt").is_file()
    ]
    return (*listed, *beside)


def _listed(path: Path) -> Iterator[Recording]:
    if not path.is_file():
        return
    try:
        rows: list[Any] = json.loads(path.read_text(encoding="utf-8"))
        found = [Recording(path.parent / row["file"], str(row["set"]), str(row["ref"])) for row in rows]
    except (ValueError, TypeError, KeyError) as error:
        raise BadInput(f"{path} is no list of recordings with set, file and ref.") from error
    for recording in found:
        if not recording.path.is_file():
            raise BadInput(f"{path} names {recording.path.name}, which is not there.")
        yield recording


def _text(path: Path) -> str:
    """Return what is said; a file may begin with the recording's name and a tab."""
    return path.read_text(encoding="utf-8-sig").rpartition("\t")[2]


def captioned(path: Path, captions: Path, data: str) -> Recording:
    """Return a recording whose words are in a WebVTT file."""
    words = _TAG.sub(" ", _CUE.sub(" ", captions.read_text(encoding="utf-8")))
    return Recording(path, data, " ".join(words.split()))


def without_speech(folder: Path) -> tuple[Recording, ...]:
    """Make recordings in which nobody speaks: silence, noise, and the hum of a machine with its knocks."""
    at = np.arange(QUIET_SECONDS * RATE) / RATE
    hum = 0.05 * np.sin(2 * np.pi * 50 * at) + 0.03 * np.sin(2 * np.pi * 100 * at)
    knocks = 0.4 * np.exp(-40 * (at % 1.5)) * np.sin(2 * np.pi * 180 * at)
    sounds = {
        "silence": np.zeros(len(at)),
        "noise": np.random.default_rng(4).normal(0, 0.02, len(at)),
        "hum": hum + knocks,
    }
    return tuple(_write(folder / f"{name}.wav", samples) for name, samples in sounds.items())


def _write(path: Path, samples: NDArray[np.float64]) -> Recording:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(SAMPLE_BYTES)
        file.setframerate(RATE)
        file.writeframes((32767 * samples.clip(-1, 1)).astype("<i2").tobytes())
    return Recording(path, "nobody speaks", "")
