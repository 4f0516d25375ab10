"""Files that were uploaded to Slack: which link has their bytes, and where the bot's token may be sent."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime

import httpx

from bot.errors import BadInput, NeedsPerson, NoAccess, Obstacle
from bot.sources.door import Door, port_of
from bot.sources.downloads import Request

_SLACK_HOSTS = ("slack.com", "slack-gov.com")
_HTTPS = 443
_UPLOAD_AGAIN = "Upload the file itself in this channel."
_SCOPE_CURE = "Check that the app has the scope files:read and is in the channel, then try again."


@dataclass(frozen=True, slots=True)
class SlackFile:
    """What Slack's `files.info` says of a file.

    Attributes:
        name: Its name.
        mimetype: What it calls itself; only for people, bytes are looked at.
        size: Bytes, or None when Slack does not say.
        url: `url_private_download`, else `url_private`; empty when Slack gives none.
        access: `file_access`, or empty.
        transcript: Where a clip's words are, as WebVTT, once Slack has understood it; else empty.
        canvas: Whether it is a document that was written in Slack.
        seconds: A clip's length; None when Slack does not say.
        made_at: When it was made in Slack itself; None for what was uploaded, which is mostly older.
        transcribing: Whether Slack is about to understand a clip.
    """

    name: str
    mimetype: str
    size: int | None
    url: str
    access: str = ""
    transcript: str = ""
    canvas: bool = False
    seconds: float | None = None
    made_at: datetime | None = None
    transcribing: bool = False

    @property
    def made_on(self) -> date | None:
        """Return the day it was made in Slack."""
        return None if self.made_at is None else self.made_at.date()


FileInfo = Callable[[str], Awaitable[SlackFile]]
"""Asks Slack's `files.info` about a file id; raises NeedsPerson or Unavailable."""

CanvasText = Callable[[str], Awaitable[str]]
"""Returns what the canvas with a file id says, as Markdown; raises NeedsPerson or Unavailable."""


@dataclass(frozen=True, slots=True)
class SlackFiles:
    """How to have files from Slack.

    Attributes:
        info: Asks about a file.
        token: The bot's token.
        api_url: Another server of Slack's Web API, or None for Slack itself: the token goes there and nowhere else.
        canvas: Reads a canvas; None where nobody can be asked.
    """

    info: FileInfo
    token: str = field(repr=False)
    api_url: str | None = None
    canvas: CanvasText | None = None

    def may_have_token(self, url: httpx.URL) -> bool:
        """Say whether the token may be sent to this URL."""
        other = self._other_server()
        if other is not None:
            return (url.scheme, url.host, port_of(url)) == (other.scheme, other.host, port_of(other))
        host = url.host.lower()
        at_slack = any(host == known or host.endswith(f".{known}") for known in _SLACK_HOSTS)
        return url.scheme == "https" and port_of(url) == _HTTPS and at_slack

    def is_ours(self, url: str) -> bool:
        """Say whether a URL is one of Slack's, so that the token opens it."""
        try:
            return self.may_have_token(httpx.URL(url))
        except httpx.InvalidURL:
            return False

    def check_hop(self, url: httpx.URL) -> None:
        """Refuse a redirect away from Slack.

        Raises:
            NoAccess: It leads to another host: Slack does so when it wants a person to sign in.
        """
        if not self.may_have_token(url):
            raise refused()

    def request(self, url: str, check_head: Callable[[bytes], int | None]) -> Request:
        """Return how to ask for a URL that may have the token."""
        return Request(
            url,
            headers={"Authorization": f"Bearer {self.token}"},
            check_hop=self.check_hop,
            check_head=check_head,
            denied=refused(),
        )

    async def read_canvas(self, file_id: str) -> str:
        """Return what a canvas says, as Markdown.

        Raises:
            NeedsPerson: It may not be read.
            Unavailable: Slack did not answer.
        """
        if self.canvas is None:
            raise BadInput("That is a canvas.", "Copy its text into a text file, and upload that here.")
        return await self.canvas(file_id)

    def door(self, door: Door) -> Door:
        """Return the door to the files: another server of the Web API may be on a private network."""
        other = self._other_server()
        if other is None:
            return door
        host = f"[{other.host}]" if ":" in other.host else other.host
        return door.to(f"{host}:{port_of(other)}")

    def _other_server(self) -> httpx.URL | None:
        """Return the server of the Web API that is not Slack's own, whose files are on hosts of their own."""
        other = httpx.URL(self.api_url) if self.api_url is not None else None
        return None if other is None or other.host in _SLACK_HOSTS else other


def refused() -> NoAccess:
    """Return the error for a file that Slack keeps from us."""
    return NoAccess("Slack does not let this bot have the file.", _SCOPE_CURE, obstacle=Obstacle.PRIVATE)


def instead_of(file: SlackFile, head: bytes) -> NeedsPerson:
    """Return the error for a web page that came where a file's bytes were expected; `head` is its beginning."""
    # as long as the file, it is the file, whatever that is called; else it is where Slack asks people to sign in
    if file.mimetype == "text/html" or file.size == len(head):
        cure = "Upload the recording or its transcript instead."
        return BadInput(f"“{file.name}” is a web page.", cure, obstacle=Obstacle.WRONG_KIND)
    return refused()


def check_file(file: SlackFile) -> None:
    """Refuse a file that cannot be had or holds nothing.

    Raises:
        NoAccess: Slack does not show it to the bot.
        BadInput: It is empty.
    """
    if file.size == 0 and not file.canvas:
        empty = f"“{file.name}” is empty (0 bytes)."
        raise BadInput(empty, "Upload the file again.", obstacle=Obstacle.WRONG_KIND)
    if file.access == "check_file_info" or (not file.url and file.access not in {"", "visible"}):
        kept = "The file was shared from another workspace, which keeps it from this bot."
        raise NoAccess(kept, _UPLOAD_AGAIN, obstacle=Obstacle.PRIVATE)
    if not file.url and not file.canvas:
        gone = "Slack has no bytes of this file any more: it was deleted, or is too old."
        raise NoAccess(gone, _UPLOAD_AGAIN, obstacle=Obstacle.NOT_FOUND)
