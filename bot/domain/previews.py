"""What one look at a recording told, before anything is spent on it."""

from dataclasses import dataclass

from bot.domain.recordings import MediaKind
from bot.errors import Obstacle


@dataclass(frozen=True, slots=True)
class Preview:
    """What one small request told of a recording, before anything is spent on it.

    Attributes:
        source: What it is, for people: "Zoom recording", "transcript".
        name: Its own name, or the best that the link gives.
        kind: What it will be, when that could be told.
        size: Bytes, when the other side said.
        seconds: Its length, when that could be told.
        obstacle: What keeps it from us, or None when it can be had as far as one look tells.
        what: The obstacle in one plain sentence, else empty.
        cure: What to do about it, else empty.
        url: What would be requested; a secret in its query is left out.
        status: The HTTP status that was seen, or None when nothing was asked.
    """

    source: str
    name: str
    kind: MediaKind | None = None
    size: int | None = None
    seconds: float | None = None
    obstacle: Obstacle | None = None
    what: str = ""
    cure: str = ""
    url: str = ""
    status: int | None = None
