"""Going on where a download broke off: only in the same file, and only from the same byte."""

import re
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

_PART = re.compile(r"bytes (\d{1,19})-(\d{1,19})/(\d{1,19})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Version:
    """Which state of a file an answer brings.

    Attributes:
        mark: What `If-Range` takes: a strong entity tag, or the moment of the last change; empty when there is neither,
            and nobody can tell whether what comes next is the same file.
        size: Of the whole file, in bytes, when it was told.
    """

    mark: str
    size: int | None

    def rest(self, at: int) -> dict[str, str]:
        """Return the headers that ask for what follows byte `at`, or for the whole when the file has changed."""
        return {"Range": f"bytes={at}-", "If-Range": self.mark} if self.mark and at else {}


def version_of(response: httpx.Response) -> Version:
    """Read the state of the file from an answer that brings all of it."""
    return Version(_mark(response.headers), length_of(response))


def length_of(response: httpx.Response) -> int | None:
    """Return how many bytes an answer says it brings."""
    text = response.headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() else None


def goes_on(response: httpx.Response, version: Version, at: int) -> bool:
    """Say whether an answer brings what follows byte `at` of that state of the file, to its end."""
    part = _part(response)
    if part is None:
        return False
    first, last, size = part
    same = _mark(response.headers) in {"", version.mark} and version.size in {None, size}
    return same and first == at and last == size - 1


def is_whole(response: httpx.Response) -> bool:
    """Say whether an answer brings a whole file; a part that nobody asked for may be one."""
    if response.status_code != HTTPStatus.PARTIAL_CONTENT:
        return True
    part = _part(response)
    return part is not None and part[0] == 0 and part[1] == part[2] - 1


def _part(response: httpx.Response) -> tuple[int, int, int] | None:
    """Return the first and the last byte of a part, and the size of the whole."""
    if response.status_code != HTTPStatus.PARTIAL_CONTENT:
        return None
    match = _PART.fullmatch(response.headers.get("content-range", "").strip())
    if match is None:
        return None
    first, last, size = map(int, match.groups())
    return first, last, size


def _mark(headers: httpx.Headers) -> str:
    tag: str = headers.get("etag", "").strip()
    if tag.startswith('"'):
        return tag
    changed: str = headers.get("last-modified", "").strip()
    try:
        # a file that changed in the very second it was sent may change once more in it (RFC 9110, 8.8.2.2)
        settled = parsedate_to_datetime(headers.get("date", "")) - parsedate_to_datetime(changed)
    except (ValueError, TypeError, OverflowError):
        return ""
    return changed if settled >= timedelta(seconds=1) else ""
