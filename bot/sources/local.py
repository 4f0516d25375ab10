"""A file on this machine, copied to where recordings are worked on: the command line's way in."""

import asyncio
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.errors import BadInput, Obstacle
from bot.sources.downloads import Limits
from bot.sources.media import HEAD_BYTES
from bot.sources.partial import Pace, PartialFile, Progress

_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy: its bytes, their hash as hex, their beginning, and when the original was changed (seconds, epoch)."""

    path: Path
    size: int
    sha256: str
    head: bytes
    modified: float


async def copy(
    source: Path, target: Path, limits: Limits, check_head: Callable[[bytes], int | None], progress: Progress | None
) -> Copied:
    """Copy a file; the original stays as it is.

    Raises:
        BadInput: There is no such file, it cannot be read, is too large, or `check_head` refuses it.
    """
    try:
        status = await asyncio.to_thread(source.stat)
        if not stat.S_ISREG(status.st_mode):
            raise BadInput(
                f"“{source.name}” is no file.", "Name an audio, video or transcript file.", obstacle=Obstacle.WRONG_KIND
            )
        file = await asyncio.to_thread(source.open, "rb")
    except FileNotFoundError as error:
        raise BadInput(f"There is no file “{source}”.", "Check its name.", obstacle=Obstacle.NOT_FOUND) from error
    except (OSError, ValueError) as error:
        raise BadInput(f"“{source}” cannot be read.", "Check its name and who may read it.") from error
    pace = Pace(progress, status.st_size)
    with file:
        head = await asyncio.to_thread(file.read, HEAD_BYTES)
        most = check_head(head)
        if most is not None:
            limits = replace(limits, max_bytes=min(most, limits.max_bytes))
        limits.check_size(status.st_size)
        async with PartialFile(target) as copied:
            await copied.write(head)
            while block := await asyncio.to_thread(file.read, _BLOCK):
                limits.check_size(copied.size + len(block))
                await copied.write(block)
                await pace.tell(copied.size)
            await copied.keep()
    await pace.tell(copied.size, last=True)
    return Copied(target, copied.size, copied.sha256, head, status.st_mtime)
