"""A web address in its parts, as the sources' rules look at it."""

import posixpath
from dataclasses import dataclass
from typing import Self
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address.

    Attributes:
        url: As it was given.
        parts: Its parts.
        host: In small letters, without `www.` and a dot at the end.
    """

    url: str
    parts: SplitResult
    host: str

    @classmethod
    def of(cls, url: str) -> Self | None:
        """Take a URL apart; None when it is no web address."""
        try:
            parts = urlsplit(url.strip())
            host, _ = (parts.hostname or "").rstrip(".").removeprefix("www."), parts.port
        except ValueError:
            return None
        return cls(url, parts, host) if parts.scheme.lower() in {"http", "https"} and host else None

    @property
    def place(self) -> str:
        """Return host, path and query: what the patterns of sources are searched in."""
        return f"{self.host}{self.parts.path or '/'}" + (f"?{self.parts.query}" if self.parts.query else "")

    @property
    def page(self) -> str:
        """Return host and path."""
        return f"{self.host}{self.parts.path}"

    @property
    def name(self) -> str:
        """Return the path's last part as people read it; it may be empty."""
        name = unquote(posixpath.basename(self.parts.path.rstrip("/")))
        return "".join(letter for letter in name if letter.isprintable()).strip()[:_LONGEST_NAME]

    @property
    def ending(self) -> str:
        """Return the ending of the name, in small letters and without its dot."""
        return ending_of(self.name)

    @property
    def query(self) -> dict[str, str]:
        """Return what the query says; the last of equal names counts."""
        return dict(parse_qsl(self.parts.query, keep_blank_values=True))

    def with_query(self, **changed: str) -> str:
        """Return the address over https with some of its query changed."""
        kept = [
            (key, value) for key, value in parse_qsl(self.parts.query, keep_blank_values=True) if key not in changed
        ]
        return urlunsplit(("https", self.parts.netloc, self.parts.path, urlencode([*kept, *changed.items()]), ""))


def ending_of(name: str) -> str:
    """Return a file name's ending, in small letters and without its dot."""
    return posixpath.splitext(name)[1].lstrip(".").lower()
