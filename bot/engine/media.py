"""Decodes any audio or video to 16 kHz PCM, in a guarded child process, as a stream from disk to disk."""

import asyncio
import contextlib
import json
import logging
import os
import secrets
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import bot
from bot.errors import BadInput, Failed, Obstacle, Unavailable

log = logging.getLogger(__name__)

# What the child runs. No clean-up at its exit: the thread that waits for the parent would hold it up.
CHILD = """
import os, sys
sys.path.append(sys.argv[1])
from bot.engine.decoding import main
os._exit(main(sys.argv[2:]))
"""
ROOT = Path(bot.__file__).parent.parent
DEFAULT_LIMIT_SECONDS = 4 * 3600.0

# Wall time for the child: decoding runs at 200 times real time and more; the rest is room for a busy machine.
PATIENCE_SECONDS = 120.0
PATIENCE_PER_SECOND = 1 / 8

CHECK_IT = "Open it in a player to check it, then share a working copy."
# What the child calls it → what happened, and what to do about it.
REFUSALS = {
    "empty": ("This file is empty.", "Share it again: the upload may have been cut off."),
    "page": ("This is a web page, not a recording.", "Share the recording's download link, or the file."),
    "text": ("This is a text file, not a recording.", "Share an audio or video file."),
    "no_audio": ("This video has no sound.", "Share a recording with an audio track."),
    "no_sound": ("This recording is zero seconds long.", CHECK_IT),
    "unknown_codec": (
        "This recording is encrypted, or in a format that is not known here.",
        "Export it as MP3 or MP4.",
    ),
    "broken": ("This file is damaged, or is no recording.", CHECK_IT),
}
TITLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Media:
    """What was decoded.

    Attributes:
        seconds: Length of the sound.
        kind: Whether there were moving pictures too.
        title: As the file says, when it says.
        created: When the file says it was recorded (aware), when it says.
    """

    seconds: float
    kind: Literal["audio", "video"]
    title: str | None = None
    created: datetime | None = None


async def decode(
    source: Path, target: Path, *, limit_seconds: float = DEFAULT_LIMIT_SECONDS, most_channels: int = 1
) -> Media:
    """Decode `source` to raw PCM: 16 kHz, mono, signed 16 bits, little endian.

    What is written (see `sound_files`) appears only when all of it is there; a failure or cancellation leaves nothing.

    Args:
        source: Any audio or video file.
        target: The file to write; its folder exists.
        limit_seconds: The longest recording that is taken.
        most_channels: A recording of two to so many channels becomes a file for each; any other is mixed into one.

    Raises:
        BadInput: The file is empty, broken, too long, no recording, or has no sound.
        Unavailable: The disk is full, or the machine is too busy.
        Failed: The child process ended without an answer.
    """
    token = secrets.token_hex(4)
    partials = [target.with_name(f"{target.name}.{token}.{n}.partial") for n in range(1, most_channels + 1)]
    try:
        answer = await _ask_child(source, partials, limit_seconds)
        if "trouble" in answer:
            raise _refusal(answer["trouble"], limit_seconds, answer.get("told"))
        files = int(answer["files"])
        for number in range(files, 1, -1):
            partials[number - 1].replace(_channel_file(target, number))
        partials[0].replace(target)  # last: where this is, the others are
    finally:
        for partial in partials:
            partial.unlink(missing_ok=True)
    return Media(float(answer["seconds"]), answer["kind"], _title(answer["title"]), _moment(answer["created"]))


def sound_files(target: Path) -> tuple[Path, ...]:
    """Return the files that `decode` wrote for `target`, one for each channel; none before it has."""
    if not target.exists():
        return ()
    files = [target]
    while (channel := _channel_file(target, len(files) + 1)).exists():
        files.append(channel)
    return tuple(files)


def _channel_file(target: Path, number: int) -> Path:
    return target.with_name(f"{target.name}.{number}")


async def _ask_child(source: Path, targets: list[Path], limit_seconds: float) -> dict[str, Any]:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        "-c",
        CHILD,
        str(ROOT),
        os.fspath(source),
        str(float(limit_seconds)),
        *map(os.fspath, targets),
        stdin=asyncio.subprocess.PIPE,  # never written: when it closes, the child knows that we are gone
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},  # no token of ours is anywhere near a stranger's file
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(PATIENCE_SECONDS + limit_seconds * PATIENCE_PER_SECOND):
            line = await child.stdout.read() if child.stdout else b""
            await child.wait()
    except TimeoutError as error:
        raise Unavailable("Decoding the recording took too long.", "Try again when less is going on.") from error
    finally:
        await _end(child)
    try:
        answer: dict[str, Any] = json.loads(line)
    except ValueError as error:
        # Killed by a limit of its own (memory, CPU time) or crashed in C code: either way it is this file.
        if child.returncode and child.returncode < 0:
            raise BadInput(*REFUSALS["broken"], obstacle=Obstacle.WRONG_KIND) from error
        raise Failed("The decoder could not be started.", "Ask the operator to run the doctor command.") from error
    if answer.get("seal") == "none":
        log.warning("this system has no means to keep the decoder of media off the network and the disk")
    return answer


async def _end(child: asyncio.subprocess.Process) -> None:
    if child.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
    if child.stdin:
        child.stdin.close()
    await asyncio.shield(child.wait())


def _refusal(trouble: str, limit_seconds: float, told: float | None) -> BadInput | Unavailable:
    if trouble == "no_room":
        return Unavailable("There is no room left on the disk.", "Ask the operator to free some space.")
    if trouble == "too_long":
        length = f"{_hours(told)} long" if told else f"longer than {_hours(limit_seconds)}"
        cure = f"Cut it into parts of at most {_hours(limit_seconds)} and share those."
        return BadInput(f"This recording is {length}.", cure, obstacle=Obstacle.TOO_LARGE)
    return BadInput(*REFUSALS[trouble], obstacle=Obstacle.WRONG_KIND)


def _hours(seconds: float) -> str:
    if seconds >= 5400:  # noqa: PLR2004 - from an hour and a half on, people think in hours
        hours = seconds / 3600
        return f"{hours:.0f} hours" if hours == int(hours) else f"{hours:.1f} hours"
    if seconds >= 90:  # noqa: PLR2004 - the same for minutes
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds:.0f} seconds"


def _title(text: str | None) -> str | None:
    clean = " ".join("".join(sign if sign.isprintable() else " " for sign in text or "").split())
    return clean[:TITLE_LENGTH] or None


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    # A bare year says nothing about a day; before 1990 a clock was not set (QuickTime counts from 1904).
    if len(text) < len("2024-01-01") or moment.year < 1990:  # noqa: PLR2004 - explained above
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
