"""Fetches a model from the hub: file by file, going on where it broke off, each checked before it counts."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from bot.engine.models.pins import PinnedFile, PinnedModel
from bot.engine.models.places import alone, is_whole, place_of, sha256_of
from bot.errors import Failed

HUB = "https://huggingface.co"
ENDPOINT_SETTING = "HF_ENDPOINT"
OFFLINE_SETTING = "HF_HUB_OFFLINE"

WAITS_SECONDS = (1.0, 3.0, 10.0, 30.0)
"""Before each further try of a connection that broke; what arrived meanwhile starts the count anew."""

TIMEOUT = httpx.Timeout(30.0, connect=10.0)
SPARE_BYTES = 100_000_000

STEP = 0.05

OnFetched = Callable[[float], None]
"""Told the fraction of the model that is there, 0 to 1, in steps."""


class Unreachable(Exception):
    """The hub did not answer, or not with the file; the message says which and why."""


def fetched(model: PinnedModel, cache: Path, on_fetched: OnFetched) -> Path:
    """Return the folder that holds `model`, fetched when it is not there whole.

    What was fetched before the connection broke, or the process ended, is kept beside the place and gone on with.

    Raises:
        Unreachable: The hub cannot be asked.
        Failed: It gave something else than what was pinned, or there is no room.
    """
    place = place_of(model, cache)
    if is_whole(place, model):
        return place
    cache.mkdir(parents=True, exist_ok=True)
    with alone(model, cache):
        if is_whole(place, model):  # another process was faster
            return place
        half = cache / f".{place.name}.hub"
        half.mkdir(exist_ok=True)
        _check_room(model, half)
        told = _in_steps(on_fetched)
        with httpx.Client(follow_redirects=True, timeout=TIMEOUT) as client:
            for file in sorted(model.files, key=lambda each: each.size):  # what is wrong is noticed early
                _fetch(client, model, file, half, told)
        shutil.rmtree(place, ignore_errors=True)
        half.rename(place)
    return place


def endpoint() -> str:
    """Return the hub's address, or the mirror's that the operator named.

    Raises:
        Unreachable: The operator wants nothing fetched.
    """
    if os.environ.get(OFFLINE_SETTING, "").strip().upper() in {"1", "ON", "YES", "TRUE"}:
        raise Unreachable(f"{OFFLINE_SETTING} forbids to ask the hub")
    return (os.environ.get(ENDPOINT_SETTING) or HUB).rstrip("/")


def _in_steps(on_fetched: OnFetched) -> OnFetched:
    """Return what is told of every block, and tells of a few of them."""
    last = 0.0

    def told(there: float) -> None:
        nonlocal last
        if there - last >= STEP or there >= 1 > last:
            last = there
            on_fetched(there)

    return told


def _check_room(model: PinnedModel, half: Path) -> None:
    there = sum(path.stat().st_size for path in half.iterdir())
    if shutil.disk_usage(half).free + there < model.size + SPARE_BYTES:
        raise Failed(
            f"The speech model {model.name} takes {model.size / 1e9:.1f} GB, and there is less room in {half.parent}.",
            "Free some space there, or set ENGINE_MODEL_CACHE to another folder.",
        )


def _fetch(client: httpx.Client, model: PinnedModel, file: PinnedFile, folder: Path, on_fetched: OnFetched) -> None:
    """Have one file whole in the folder."""
    others = sum(_size(folder / other.name) for other in model.files if other != file)

    def told(size: int) -> None:
        on_fetched((others + size) / model.size)

    target = folder / file.name
    url = f"{endpoint()}/{model.hub}/resolve/{model.revision}/{file.name}"
    tries = 0
    while _size(target) < file.size:
        before = _size(target)
        try:
            _append(client, url, file, target, told)
        except (httpx.TransportError, httpx.DecodingError) as error:
            tries = 1 if _size(target) > before else tries + 1
            if tries > len(WAITS_SECONDS):
                raise Unreachable(f"{url} broke off: {error or type(error).__name__}") from error
            time.sleep(WAITS_SECONDS[tries - 1])
    if sha256_of(target) != file.sha256:
        target.unlink()
        raise Failed(
            f"What {endpoint()} gives as {file.name} of {model.hub} is not the file that was checked.",
            "Try again; if it stays so, name another mirror in HF_ENDPOINT, or your own model in ENGINE_MODEL_PATH.",
        )


def _append(client: httpx.Client, url: str, file: PinnedFile, target: Path, on_size: Callable[[int], None]) -> None:
    """Fetch what is missing of a file; whoever gives all of it again is taken at their word."""
    there = _size(target)
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={there}-"} if there else {})
    with client.stream("GET", url, headers=headers) as answer:
        if (
            answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR
            or answer.status_code == httpx.codes.TOO_MANY_REQUESTS
        ):
            raise httpx.ReadError(f"it answered {answer.status_code}")
        if answer.status_code not in {httpx.codes.OK, httpx.codes.PARTIAL_CONTENT}:
            raise Unreachable(f"{url} answered {answer.status_code}")
        goes_on = answer.status_code == httpx.codes.PARTIAL_CONTENT
        with target.open("ab" if goes_on else "wb") as out:
            size = there if goes_on else 0
            for block in answer.iter_bytes():
                out.write(block[: file.size - size])
                size = min(file.size, size + len(block))
                on_size(size)
                if size == file.size:
                    return
    raise httpx.ReadError(f"it ended after {size} of {file.size} bytes")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
