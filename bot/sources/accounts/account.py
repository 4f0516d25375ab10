"""What every account can do: find a link's recording behind the operator's own credentials."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from bot.domain.recordings import MediaKind
from bot.links.link import Link


@dataclass(frozen=True, slots=True)
class Media:
    """One file of a recording that can be had.

    Attributes:
        url: Where.
        headers: Sent to the URL's own host only; they open it, so they are never shown.
        name: Its name, for people.
        kind: What it says it is, or None; its bytes are looked at all the same.
        size: Bytes, when the other side said.
        seconds: Its length, when the other side said.
        recorded_on: The day it is from, when the other side said.
    """

    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    name: str = ""
    kind: MediaKind | None = None
    size: int | None = None
    seconds: float | None = None
    recorded_on: date | None = None


class Account(Protocol):
    """The operator's access to one service."""

    def opens(self, link: Link) -> bool:
        """Say whether a link is one that this account may open."""

    async def find(self, link: Link) -> Sequence[Media]:
        """Return a link's files, best first: its transcript, else its sound, else its picture.

        Raises:
            NoAccess: The account may not have it, or it is not there; the error has the obstacle.
            Unavailable: The service did not answer; trying again can help.
        """
