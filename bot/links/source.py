"""What the table of sources says of each: how its links look, how its recordings are had, and what helps when not."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.errors import Obstacle
from bot.links.address import Address

DROP = "and drop the file here."
"""How a cure ends that has somebody download the recording."""


class Verdict(StrEnum):
    """Whether there is a recording behind a link or in a file, as far as its name tells."""

    RECORDING = "recording"
    UNKNOWN = "unknown"  # only opening it tells: done when somebody asks for it, never offered
    NOT_RECORDING = "not_recording"


class Action(StrEnum):
    """How a source's recordings are had."""

    DIRECT = "direct"  # the link itself brings the bytes
    REWRITE = "rewrite"  # another address, which the link tells, brings them
    RESOLVE = "resolve"  # its page has to be read: yt-dlp does that
    SIGN_IN = "sign-in"  # only people who signed in there have it, or the operator's own account
    NOT_A_RECORDING = "not-a-recording"
    UNKNOWN = "unknown"  # a page: one look at it tells whether it names a recording


class Account(StrEnum):
    """An account of the operator's that opens what a source keeps from the public."""

    ZOOM = "zoom"
    GOOGLE = "google"
    MICROSOFT = "microsoft"


Found = Mapping[str, str]
"""The named groups of a source's pattern, those that matched."""


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of link: one row of the table.

    Attributes:
        id: Its short name, the first part of a recording's identity.
        name: What a link to it is, for people: "Zoom recording".
        action: How its recordings are had.
        hosts: The hosts of its links, those below them included; empty for any host.
        patterns: Searched in `host/path?query`, the host in small letters and without `www.`; the named groups, in the
            order of their names, are the recording's identity.
        example: A link of this kind, made up; the page about sources shows it.
        likely: Whether a pasted one is worth asking its sharer about; else only opening it tells.
        named_files: The link's last part is the file's own name, whose ending is then trusted more than `likely`.
        direct: For `REWRITE`: returns the address of the bytes. For `RESOLVE`: of the page, as yt-dlp knows it.
        attachment: Its bytes always come as an attachment (`Content-Disposition`); whatever does not is a page.
        kept: For `REWRITE`: what it means when a page comes that does not say what keeps the file.
        extractors: For `RESOLVE`: those of yt-dlp's that may read its page.
        denied: What a refusal means: one sentence. For what is no recording: what it is instead.
        cure: What to do then: the owner's exact click.
        cures: The same for single obstacles, where it differs.
        account: Whose account opens it, when the operator set one.
        passcode: Whether a passcode can open it.
        forbidden: For `RESOLVE`: why it is off until the operator switches it on; empty when it is on.
        after: For whoever runs the app: what else there is to know.
    """

    id: str
    name: str
    action: Action
    example: str
    hosts: tuple[str, ...] = ()
    patterns: tuple[re.Pattern[str], ...] = field(default=(), repr=False)
    likely: bool = True
    named_files: bool = False
    direct: Callable[[Address, Found], str] | None = field(default=None, repr=False)
    attachment: bool = False
    kept: Obstacle = Obstacle.PRIVATE
    extractors: tuple[str, ...] = ()
    denied: str = ""
    cure: str = ""
    cures: Mapping[Obstacle, str] = field(default_factory=dict)
    account: Account | None = None
    passcode: bool = False
    forbidden: str = ""
    after: str = ""

    def find(self, address: Address) -> Found | None:
        """Return what the first pattern that matches found, or None when the link is not of this source."""
        place = address.place
        for pattern in self.patterns:
            match = pattern.search(place)
            if match is not None:
                return {name: value for name, value in match.groupdict().items() if value}
        return None


def patterns(*texts: str) -> tuple[re.Pattern[str], ...]:
    """Compile the patterns of a row."""
    return tuple(re.compile(text) for text in texts)
