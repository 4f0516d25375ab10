"""A file on its way to a server: read from disk as the connection takes it, never held in memory."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

_CHUNK = 256 * 1024  # bytes; a thread's turn each, so not too small


class Upload:
    """A file's first `size` bytes, as often as they are asked for: what is refused for its token is sent again.

    Attributes:
        handed_over: Whether the last byte was given to the connection: before that a server cannot have the file.
    """

    def __init__(self, path: Path, size: int) -> None:
        self._path = path
        self._size = size
        self.handed_over = size == 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the bytes, in pieces."""
        self.handed_over = False
        left = self._size
        file = await asyncio.to_thread(self._path.open, "rb")
        try:
            while left > 0 and (chunk := await asyncio.to_thread(file.read, min(_CHUNK, left))):
                left -= len(chunk)
                self.handed_over = left == 0
                yield chunk
        finally:
            file.close()


async def media_type(path: Path) -> str | None:
    """Return what to call a video: the API names MP4 only, and looks at the bytes of what has no name."""
    return await asyncio.to_thread(_media_type, path)


def _media_type(path: Path) -> str | None:
    with path.open("rb") as file:
        start = file.read(8)
    return "video/mp4" if start[4:8] == b"ftyp" else None
