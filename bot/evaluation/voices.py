"""Recordings of which it is known who speaks when."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.errors import BadInput
from bot.evaluation.diarization import Spoken, read_rttm
from bot.evaluation.recordings import SOUNDS

FOLDER: Final = Path("diarization")

_CUE: Final = re.compile(r"^([\d:.]+) --> ([\d:.]+).*\n<v ([^>]+)>", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Voices:
    """A file of sound, the set that it belongs to, and who speaks when in it."""

    path: Path
    data: str
    spoken: tuple[Spoken, ...]


def read_voices(corpus: Path | None) -> tuple[Voices, ...]:
    """Return the recordings of a corpus that have an RTTM file, or a list of [start, end, name], beside them.

    Raises:
        BadInput: One of those is not what it should be.
    """
    folder = corpus / FOLDER if corpus else None
    if folder is None or not folder.is_dir():
        return ()
    found: list[Voices] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".rttm":
            found += _of_rttm(path, _set_of(path, folder))
        elif path.suffix == ".json" and (sound := _sound(path.parent, path.stem)):
            found.append(Voices(sound, _set_of(path, folder), _listed(path)))
    return tuple(found)


def captioned_voices(path: Path, captions: Path, data: str) -> Voices:
    """Return a recording whose speakers are in a WebVTT file."""
    cues = _CUE.findall(captions.read_text(encoding="utf-8"))
    return Voices(path, data, tuple(Spoken(_seconds(start), _seconds(end), name) for start, end, name in cues))


def _seconds(clock: str) -> float:
    seconds = 0.0
    for part in clock.split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def _set_of(path: Path, folder: Path) -> str:
    return path.stem if path.parent == folder else path.parent.name


def _of_rttm(path: Path, data: str) -> Iterable[Voices]:
    try:
        described: Mapping[str, tuple[Spoken, ...]] = read_rttm(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadInput(f"{path}: {error}.") from error
    for name, spoken in described.items():
        # a file about one recording often calls it by another name than its own
        sound = _sound(path.parent, name) or (_sound(path.parent, path.stem) if len(described) == 1 else None)
        if sound:
            yield Voices(sound, data, spoken)


def _sound(folder: Path, name: str) -> Path | None:
    return next((path for path in sorted(folder.glob(f"{name}.*")) if path.suffix in SOUNDS), None)


def _listed(path: Path) -> tuple[Spoken, ...]:
    try:
        return tuple(Spoken(float(start), float(end), str(name)) for start, end, name in json.loads(path.read_bytes()))
    except (ValueError, TypeError) as error:
        raise BadInput(f"{path} is no list of [start, end, name].") from error
