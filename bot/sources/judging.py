"""What an answer on the way to a recording is: the recording, a page instead of it, or a refusal with its reason."""

from dataclasses import dataclass

import httpx

from bot.errors import NeedsPerson, NoAccess, NotARecording, Obstacle
from bot.links.link import Link
from bot.links.source import Action
from bot.sources.media import Content, look_at_bytes
from bot.sources.pages import kept_by, read_page, storage_obstacle
from bot.sources.preview import Peek
from bot.sources.raw import Raw
from bot.sources.transcripts.transcript import read_transcript
from bot.sources.ways import check_hop, refusal

UNEXPLAINED = frozenset({None, Obstacle.PRIVATE, Obstacle.SIGN_IN})
"""What a status alone tells: the body that came with it may say more."""


@dataclass(slots=True)
class Trail:
    """Where a link leads, hop by hop; ends where people sign in.

    Attributes:
        link: The link.
        at: The last address.
        ended: Whether it was not followed any further.
    """

    link: Link
    at: httpx.URL
    ended: bool = False

    def go(self, url: httpx.URL) -> None:
        """Follow a redirect; raises as `ways.check_hop`."""
        self.ended = True
        check_hop(self.link, url)
        self.at, self.ended = url, False


def url_of(text: str) -> httpx.URL:
    """Read an address that came from outside.

    Raises:
        NotARecording: It is none.
    """
    try:
        url = httpx.URL(text)
        _ = url.host  # a name in no alphabet shows only when it is asked for
    except (httpx.InvalidURL, UnicodeError) as error:
        what = "That is no web address."
        raise NotARecording(what, "Share a link that begins with https://.", obstacle=Obstacle.WRONG_KIND) from error
    return url


def why(link: Link, at: Peek, error: NoAccess) -> NeedsPerson:
    """Return what an answer's own words say of a refusal, where its status says little."""
    if error.obstacle not in UNEXPLAINED:
        return error
    if is_page(at, link):
        page = read_page(at.head, at.url)
        if link.source.action is Action.REWRITE or page.asks is not None:
            return kept_by(page, link)
    obstacle = storage_obstacle(at.head)
    if obstacle is not None:
        return refusal(link, obstacle)
    return refusal(link, error.obstacle or Obstacle.PRIVATE) if link.source.action is Action.REWRITE else error


def refused_by(at: Peek, link: Link) -> NoAccess:
    """Return the error that an answer's status alone gives."""
    try:
        at.check()
    except NoAccess as error:
        return error
    except NeedsPerson as error:
        return NoAccess(error.what, error.cure, obstacle=error.obstacle)
    return NoAccess(link.what, link.cure, obstacle=Obstacle.PRIVATE)


def is_page(at: Peek, link: Link) -> bool:
    """Say whether a page came where a file was expected; of some sources whatever is not attached is one."""
    if look_at_bytes(at.head).content is Content.PAGE:
        return True
    return link.source.attachment and bool(at.head) and not is_attachment(at.headers)


def is_attachment(headers: httpx.Headers) -> bool:
    """Say whether a server means a file to be saved, not shown."""
    return "content-disposition" in headers


def check_words(raw: Raw) -> None:
    """Let a transcript pass that can be read.

    Raises:
        BadInput: It holds no words.
    """
    if look_at_bytes(raw.head).content is not Content.TEXT:
        return  # better than what was promised, or worse: its bytes decide
    read_transcript(raw.path.read_bytes())
