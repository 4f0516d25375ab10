"""Finds the recogniser's weights: your own path, else the installed packages, else the hub."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.engine.models.hub import ENDPOINT_SETTING, OnFetched, Unreachable, fetched
from bot.engine.models.packages import NotInstalled, joined
from bot.engine.models.pins import DEFAULT_SIZE, SIZES, PinnedModel
from bot.errors import Failed

OWN_PATH_SETTING = "ENGINE_MODEL_PATH"
# Without these CTranslate2 or the tokenizer would fail later, or go to the network for them.
NEEDED = ("model.bin", "config.json", "tokenizer.json")


class Origin(StrEnum):
    """Where weights were found."""

    OWN = "your own folder"
    PACKAGES = "installed packages"
    HUB = "the hub"


@dataclass(frozen=True, slots=True)
class Weights:
    """A folder with a Whisper model for CTranslate2: its name for people, and where it came from."""

    folder: Path
    name: str
    origin: Origin

    def __str__(self) -> str:
        return f"{self.name} from {self.origin} ({self.folder})"


def find_weights(
    own_path: Path | None,
    cache: Path,
    model: PinnedModel = SIZES[DEFAULT_SIZE],
    on_fetched: OnFetched = lambda _: None,
) -> Weights:
    """Return the weights to recognise speech with.

    Args:
        own_path: A folder that the operator chose; nothing else is tried then.
        cache: Where the model is put together, or fetched to; made when missing.
        model: Which model the packages and the hub are asked for.
        on_fetched: Told the progress when the hub is asked.

    Raises:
        Failed: There are none, or they are not what they should be; the error says what to do.
    """
    if own_path is not None:
        return Weights(own_folder(own_path.expanduser()), own_path.name, Origin.OWN)
    cache = cache.expanduser()
    try:
        return _installed_or_fetched(model, cache, on_fetched)
    except OSError as error:
        raise Failed(
            f"The speech model cannot be put together in {cache}: {error.strerror or error}.",
            "Free some space there, or set ENGINE_MODEL_CACHE to a folder that can be written.",
        ) from error


def _installed_or_fetched(model: PinnedModel, cache: Path, on_fetched: OnFetched) -> Weights:
    try:
        return Weights(joined(model, cache), model.name, Origin.PACKAGES)
    except NotInstalled as missing:
        try:
            return Weights(fetched(model, cache, on_fetched), model.name, Origin.HUB)
        except Unreachable as trouble:
            packages = f"install {' and '.join(model.packages)}, " if model.packages else ""
            raise Failed(
                f"There is no speech model {model.name}: {missing}, and {trouble}.",
                f"Set {OWN_PATH_SETTING} to a folder with a model, {packages}or let this machine reach the hub once"
                f" ({ENDPOINT_SETTING} names a mirror).",
            ) from trouble


def own_folder(folder: Path) -> Path:
    """Return an operator's own folder that holds a model.

    Raises:
        Failed: It holds none.
    """
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if not missing and not list(folder.glob("vocabulary.*")):
        missing = ["vocabulary.json or vocabulary.txt"]
    if missing:
        raise Failed(
            f"{OWN_PATH_SETTING} is {folder}, which has no {' and no '.join(missing)}.",
            "Set it to a folder with a Whisper model converted for CTranslate2, or unset it to use the installed one.",
        )
    return folder
