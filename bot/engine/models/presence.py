"""Whether there is a speech model to load, found out without loading or hashing it."""

from enum import StrEnum
from pathlib import Path

from bot.engine.models.hub import Unreachable, endpoint
from bot.engine.models.packages import NotInstalled, located
from bot.engine.models.pins import PinnedModel
from bot.engine.models.places import place_of
from bot.engine.models.weights import own_folder
from bot.errors import Failed


class Presence(StrEnum):
    """Where the model is."""

    HERE = "here"
    FETCHED_WHEN_NEEDED = "fetched when needed"
    MISSING = "missing"


def presence(own_path: Path | None, cache: Path, model: PinnedModel) -> Presence:
    """Say whether a recording could be heard: files are looked for, and not into."""
    if own_path is not None:
        try:
            own_folder(own_path.expanduser())
        except Failed:
            return Presence.MISSING
        return Presence.HERE
    place = place_of(model, cache.expanduser())
    if all(_size(place / file.name) == file.size for file in model.files) or _is_installed(model):
        return Presence.HERE
    try:
        endpoint()
    except Unreachable:
        return Presence.MISSING
    return Presence.FETCHED_WHEN_NEEDED


def _is_installed(model: PinnedModel) -> bool:
    try:
        located(model)
    except NotInstalled:
        return False
    return True


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
