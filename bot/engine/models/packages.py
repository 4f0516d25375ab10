"""Puts a model together from installed packages, once, in a cache folder.

The packages are read as data: none of their code is imported, and every file is checked against its pinned SHA-256.
The model is written to a folder of its own beside its place, checked, and renamed: a crash in the middle leaves a
stray folder that the next run removes, and two processes that start together wait for one another.
"""

import hashlib
import os
import shutil
import tempfile
from importlib import metadata
from pathlib import Path

from bot.engine.models.pins import Part, PinnedFile, PinnedModel
from bot.engine.models.places import alone, is_whole, place_of
from bot.errors import Failed

BLOCK = 1 << 20


class NotInstalled(Exception):
    """A package with the model's parts is missing, or is another version; the message says which."""


def joined(model: PinnedModel, cache: Path) -> Path:
    """Return the folder that holds `model`, made from its packages when it is not there whole.

    Raises:
        NotInstalled: A package is missing; nothing was changed.
        Failed: A package's file is not what was pinned.
    """
    place = place_of(model, cache)
    if is_whole(place, model):
        return place
    sources = located(model)
    cache.mkdir(parents=True, exist_ok=True)
    with alone(model, cache):
        if is_whole(place, model):  # another process was faster
            return place
        for stray in cache.glob(f".{place.name}.joined-*"):
            shutil.rmtree(stray, ignore_errors=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{place.name}.joined-", dir=cache))
        try:
            for file in model.files:
                _join(file, sources, fresh / file.name)
            shutil.rmtree(place, ignore_errors=True)
            fresh.rename(place)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return place


def located(model: PinnedModel) -> dict[Part, Path]:
    """Return where the installed packages have each part of a model.

    Raises:
        NotInstalled: A package is missing, or none is known.
    """
    if not model.packages:
        raise NotInstalled(f"no package with {model.name} is known")
    return {part: _locate(part) for file in model.files for part in file.parts}


def _locate(part: Part) -> Path:
    try:
        package = metadata.distribution(part.distribution)
    except metadata.PackageNotFoundError:
        raise NotInstalled(f"{part.distribution} is not installed") from None
    if package.version != part.version:
        raise NotInstalled(f"{part.distribution} is {package.version}, not {part.version}")
    path = Path(str(package.locate_file(part.path)))
    if not path.is_file():
        raise NotInstalled(f"{part.distribution} has no {part.path}")
    return path


def _join(file: PinnedFile, sources: dict[Part, Path], target: Path) -> None:
    whole = hashlib.sha256()
    with target.open("wb") as out:
        for part in file.parts:
            digest = hashlib.sha256()
            with sources[part].open("rb") as source:
                while block := source.read(BLOCK):
                    digest.update(block)
                    whole.update(block)
                    out.write(block)
            if digest.hexdigest() != part.sha256:
                raise Failed(
                    f"The package {part.distribution} does not hold the file that was checked ({part.path}).",
                    "Install the pinned version again, or set ENGINE_MODEL_PATH to a model of your own.",
                )
        out.flush()
        os.fsync(out.fileno())
    if whole.hexdigest() != file.sha256:
        raise Failed(f"The parts of {file.name} do not make the file that was checked.")
