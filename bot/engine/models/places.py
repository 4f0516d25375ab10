"""Where a model lies in the cache, and whether it is whole."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.engine.models.pins import PinnedModel


def place_of(model: PinnedModel, cache: Path) -> Path:
    """Return the folder for a model; another version of it has another one."""
    return cache / f"{model.name}-{model.files[0].sha256[:12]}"


def is_whole(folder: Path, model: PinnedModel) -> bool:
    """Say whether every file of `model` is in `folder`, with the bytes that were pinned."""
    return all(sha256_of(folder / file.name) == file.sha256 for file in model.files)


def sha256_of(path: Path) -> str:
    """Return a file's SHA-256, as hex; nothing when there is no such file."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


@contextmanager
def alone(model: PinnedModel, cache: Path) -> Iterator[None]:
    """Hold a lock that the system drops with the process, however that ends."""
    with (cache / f".{model.name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
