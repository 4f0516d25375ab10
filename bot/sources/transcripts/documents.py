"""The words of a Word document: what Teams and others export a transcript as."""

import html
import io
import re
import zipfile
import zlib

from bot.errors import BadInput, Obstacle

MAX_TEXT = 40 * 1024 * 1024
"""The largest inside of a document, unpacked: ten hours of talk stay far below it, and a bomb stops here."""

_BODY = "word/document.xml"
# The markup comes from strangers: read by a pattern in linear time, not by a parser that follows what it refers to.
_PARTS = re.compile(r"<w:t(?:\s[^<>]*)?>([^<]*)|<w:(tab|br|cr)\b[^<>]*>|</w:(p)>")


def is_document(data: bytes) -> bool:
    """Say whether bytes begin as a Word document does: a zip archive that names its parts."""
    return data.startswith(b"PK\x03\x04") and b"word/" in data[: 256 * 1024]


def read_document(data: bytes) -> str:
    """Return a Word document's text, a paragraph or line break a line.

    Raises:
        BadInput: It is broken, locked, or far larger inside than any transcript.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts, parts.open(_BODY) as body:
            inside = body.read(MAX_TEXT + 1)
    except (KeyError, RuntimeError, OSError, EOFError, NotImplementedError, zipfile.BadZipFile, zlib.error) as error:
        raise _unread("cannot be read: it is broken or locked") from error
    if len(inside) > MAX_TEXT:
        raise _unread("is far larger inside than any transcript")
    return "".join(map(_words, _PARTS.finditer(inside.decode("utf-8", "replace"))))


def _words(match: re.Match[str]) -> str:
    if match[1] is not None:
        return html.unescape(match[1])
    return "\t" if match[2] == "tab" else "\n"


def _unread(trouble: str) -> BadInput:
    return BadInput(
        f"The Word document {trouble}.",
        "Save its transcript as a text file, and share that.",
        obstacle=Obstacle.WRONG_KIND,
    )
