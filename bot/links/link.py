"""What a link is, told by looking at it alone: a recording, an ordinary page, or certainly no recording."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.errors import Obstacle
from bot.links import endings
from bot.links.address import Address, ending_of
from bot.links.anywhere import PAGE, shape_of
from bot.links.identity import normalised
from bot.links.source import Action, Found, Source, Verdict
from bot.links.table import HOST_TAILS, source_of

GENERAL_CURES: Final[Mapping[Obstacle, str]] = {
    Obstacle.PASSCODE: "Enter the passcode.",
    Obstacle.EXPIRED: "Share a new link, or drop the file here.",
    Obstacle.QUOTA: "Try again tomorrow, or drop the file here.",
    Obstacle.TOO_LARGE: "Share its sound alone (an m4a or mp3 file is much smaller), or its transcript.",
    Obstacle.WRONG_KIND: "Share an audio or video file, or a transcript (VTT, SRT or text).",
    Obstacle.NOT_FOUND: "Check the link, or drop the file here.",
    Obstacle.NOT_READY: "Try again when it is ready.",
    Obstacle.UNREACHABLE: "Try again in a while, or drop the file here.",
    Obstacle.BLOCKED: "Share a link that works from anywhere, or drop the file here.",
}
"""What helps where a source has no click of its own; against any other obstacle its `cure` does."""

NO_ADDRESS = Source(
    "none",
    "link",
    Action.NOT_A_RECORDING,
    "",
    denied="That is no web address.",
    cure="Share a link that begins with https://.",
)


_WITH_PATH = 4
_PLAIN_HOST = re.compile(r"[A-Za-z0-9.-]+[A-Za-z0-9]")
_TELLING = re.compile(rf"\.(?:{'|'.join(sorted(endings.ALL | {'bin'}))})\b|sig|%|\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """What was found out about a link without opening it.

    Attributes:
        url: The link, as it was given.
        source: Its row in the table.
        verdict: Whether there is a recording behind it.
        name: What to call the recording until something better is known.
        key: The recording's identity: the same for every link to the same recording.
        request: The address that is asked for its bytes, or for its page; empty when it certainly is no recording.
        found: What the source's pattern found in it.
    """

    url: str
    source: Source
    verdict: Verdict
    name: str
    key: str
    request: str
    found: Found

    @property
    def product(self) -> str:
        """Return what it is, for people: "Zoom recording", "web page"."""
        return self.source.name

    @property
    def what(self) -> str:
        """Return what a refusal means, or what it is instead of a recording."""
        return self.source.denied

    @property
    def cure(self) -> str:
        """Return what to do then."""
        return self.source.cure

    def cure_for(self, obstacle: Obstacle | None) -> str:
        """Return what helps against an obstacle here: the owner's exact click."""
        if obstacle is None or self.source.action is Action.NOT_A_RECORDING:
            return self.source.cure
        known = self.source.cures.get(obstacle)
        if known is None and (obstacle is not Obstacle.PASSCODE or self.source.passcode):
            known = GENERAL_CURES.get(obstacle)
        return known or self.source.cure


@lru_cache(maxsize=1024)  # one share asks several times: what it is, what to call it, whether it is known
def look_at(url: str) -> Link:
    """Say what a link is, by its address alone; never raises, however odd the link."""
    address = Address.of(url)
    if address is None:
        return Link(url, NO_ADDRESS, Verdict.NOT_RECORDING, "link", f"link:{url}", "", {})
    source, found = source_of(address)
    if found is None:
        verdict = Verdict.RECORDING if source.likely else Verdict.UNKNOWN
        return Link(url, source, verdict, address.name or address.host, f"link:{normalised(address)}", url.strip(), {})
    identity = "/".join(found[name] for name in sorted(found)) or normalised(address)
    title = address.name if address.ending in endings.ALL else source.name
    request = source.direct(address, found) if source.direct else url.strip()
    if source.action is Action.NOT_A_RECORDING:
        request = ""
    return Link(url, source, _verdict(source, address), title, f"{source.id}:{identity}", request, found)


def _verdict(source: Source, address: Address) -> Verdict:
    if source.action is Action.NOT_A_RECORDING:
        return Verdict.NOT_RECORDING
    if source.named_files and address.ending:
        # The link tells the file's name: a picture in somebody's Dropbox is no recording.
        return Verdict.UNKNOWN if shape_of(address) is PAGE else Verdict.RECORDING
    return Verdict.RECORDING if source.likely else Verdict.UNKNOWN


def is_worth_offering(url: str) -> bool:
    """Say whether a pasted link is likely enough a recording to ask its sharer about."""
    return not _is_ordinary(url) and look_at(url).verdict is Verdict.RECORDING


def _is_ordinary(url: str) -> bool:
    """Say that a link certainly is none, in a tenth of the time: nearly all links that people paste are such."""
    parts = url.split("/", 3)
    if len(parts) < _WITH_PATH or parts[0] not in {"https:", "http:"} or not _PLAIN_HOST.fullmatch(parts[2]):
        return False  # what is rare is looked at in full
    return ".".join(parts[2].lower().rsplit(".", 2)[-2:]) not in HOST_TAILS and not _TELLING.search(parts[3])


def look_at_file(name: str, mimetype: str) -> Verdict:
    """Say whether an uploaded file is a recording, by what it is called and calls itself.

    `UNKNOWN` is a text, Markdown, Word or JSON file whose name says nothing of a conversation.
    """
    ending = ending_of(name)
    if mimetype.startswith(("audio/", "video/")) or ending in endings.MEDIA | endings.CAPTIONS:
        return Verdict.RECORDING
    if mimetype in {"text/vtt", "application/x-subrip"}:
        return Verdict.RECORDING
    if ending in endings.TEXTS or (not ending and mimetype == "text/plain"):
        return Verdict.RECORDING if endings.HINT.search(name) else Verdict.UNKNOWN
    return Verdict.NOT_RECORDING
