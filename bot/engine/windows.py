"""The part of a media file that a decoder is shown, and where a recording ends when its file goes on."""

import os

# After a WAV's sound may come notes of this size; in more, FFmpeg would look for a note at every eighth byte.
_NOTES_BYTES = 1024**2
_CHUNKS_MOST = 1000
_CHUNK_HEADER = 8
_UNKNOWN_LENGTH = 2**32 - 1


class Window:
    """A file from its beginning to an end, with a place of its own: what FFmpeg reads by."""

    def __init__(self, source: int, end: int) -> None:
        self._source = source
        self._end = end
        self._at = 0

    def read(self, most: int) -> bytes:
        """Return so many bytes at most; none at the end."""
        data = os.pread(self._source, max(0, min(most, self._end - self._at)), self._at)
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place, and return it."""
        self._at = max(0, offset + {os.SEEK_CUR: self._at, os.SEEK_END: self._end}.get(whence, 0))
        return self._at

    def tell(self) -> int:
        """Return the place."""
        return self._at


def end_of(source: int, size: int) -> int:
    """Return where a recording ends: the file's own end, but for a WAV with a long tail that is no sound."""
    form, kind = (head := os.pread(source, 12, 0))[:4], head[8:12]
    if form not in {b"RIFF", b"RF64", b"BW64"} or kind != b"WAVE":
        return size
    at, long_size = len(head), 0
    for _ in range(_CHUNKS_MOST):
        header = os.pread(source, _CHUNK_HEADER, at)
        name, length = header[:4], int.from_bytes(header[4:], "little")
        if name == b"ds64":  # the lengths of a file of more than 4 GB: the file's, then the sound's
            long_size = int.from_bytes(os.pread(source, 8, at + _CHUNK_HEADER + 8), "little")
        if name == b"data":
            sound = long_size if length == _UNKNOWN_LENGTH else length
            return min(size, at + _CHUNK_HEADER + sound + _NOTES_BYTES) if sound else size
        at += _CHUNK_HEADER + length + length % 2
    return size
