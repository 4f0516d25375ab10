"""Keeps what was reckoned of a recording in files beside its sound, so that a job that was cut off reckons on."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bot.engine.speech.voice import Samples


class Shelf:
    """Files whose names begin with a job's id; they are deleted with the job.

    Args:
        stem: Folder and beginning of the files' names; None keeps nothing.
    """

    def __init__(self, stem: Path | None) -> None:
        self._stem = stem

    def samples(self, name: str, make: Callable[[], Samples]) -> Samples:
        """Return an array of numbers that was kept under `name`, or else make and keep it."""
        path = self._path(f"{name}.f32")
        if path is None:
            return make()
        if not path.exists():
            _write(path, make().astype(np.float32).tobytes())
        return np.frombuffer(path.read_bytes(), np.float32)

    def plain(self, name: str, make: Callable[[], Any]) -> Any:
        """Return a value of plain JSON that was kept under `name`, or else make and keep it."""
        path = self._path(f"{name}.json")
        if path is None:
            return make()
        if not path.exists():
            _write(path, json.dumps(make()).encode())
        return json.loads(path.read_bytes())

    def _path(self, name: str) -> Path | None:
        return self._stem.with_name(f"{self._stem.name}.{name}") if self._stem else None


def _write(path: Path, content: bytes) -> None:
    """Write a file that is there only when all of it is."""
    partial = path.with_name(f"{path.name}.partial")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
