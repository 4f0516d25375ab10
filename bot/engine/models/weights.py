"""Finds the recogniser's weights: your own path, else the installed packages, else the hub."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from faster_whisper.utils import download_model

from bot.engine.models.packages import NotInstalled, is_whole, joined
from bot.engine.models.pins import WHISPER_BASE, PinnedModel
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


def find_weights(own_path: Path | None, cache: Path, model: PinnedModel = WHISPER_BASE) -> Weights:
    """Return the weights to recognise speech with.

    Args:
        own_path: A folder that the operator chose; nothing else is tried then.
        cache: Where the model is put together, or downloaded to; made when missing.
        model: Which model the packages and the hub are asked for.

    Raises:
        Failed: There are none, or they are not what they should be; the error says what to do.
    """
    if own_path is not None:
        return Weights(_own(own_path.expanduser()), own_path.name, Origin.OWN)
    cache = cache.expanduser()
    try:
        return Weights(joined(model, cache), model.name, Origin.PACKAGES)
    except NotInstalled as missing:
        return Weights(_downloaded(model, cache, str(missing)), model.name, Origin.HUB)
    except OSError as error:
        raise Failed(
            f"The speech model cannot be put together in {cache}: {error.strerror or error}.",
            "Free some space there, or set ENGINE_MODEL_CACHE to a folder that can be written.",
        ) from error


def _own(folder: Path) -> Path:
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if not missing and not list(folder.glob("vocabulary.*")):
        missing = ["vocabulary.json or vocabulary.txt"]
    if missing:
        raise Failed(
            f"{OWN_PATH_SETTING} is {folder}, which has no {' and no '.join(missing)}.",
            "Set it to a folder with a Whisper model converted for CTranslate2, or unset it to use the installed one.",
        )
    return folder


def _downloaded(model: PinnedModel, cache: Path, missing: str) -> Path:
    try:
        folder = Path(download_model(model.hub, cache_dir=str(cache / "hub")))
    except Exception as error:  # the hub's client raises errors of several libraries
        raise Failed(
            f"There is no speech model: {missing}, and the hub could not be reached.",
            f"Install the engine extra (`pip install .[engine]`), or set {OWN_PATH_SETTING} to a folder with a model.",
        ) from error
    if not is_whole(folder, model):
        raise Failed(
            f"The hub's copy of {model.hub} is not the one that was checked.",
            f"Delete {folder} and try again, or set {OWN_PATH_SETTING} to a model of your own.",
        )
    return folder
