"""The look before: the first bytes behind a link, and what they tell, for the price of one small request."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http import HTTPStatus

import httpx

from bot.domain.recordings import MediaKind
from bot.errors import FollowthroughError, NotARecording, Obstacle, Unavailable
from bot.links.link import Link
from bot.links.secrets import without_secrets
from bot.ports import Preview
from bot.sources.answers import check_answer, where_next
from bot.sources.downloads import Limits
from bot.sources.lengths import length_of
from bot.sources.media import HEAD_BYTES, Content, Look, look_at_bytes
from bot.sources.names import file_name

_LOOK_SECONDS = 20.0
_BODY_SECONDS = 8.0
_DIGITS = 18  # of a size that any disk could hold
_DENIED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


@dataclass(frozen=True, slots=True)
class Peek:
    """The beginning of what a server answers, whatever its status.

    Attributes:
        url: Who answered in the end, after redirects.
        status: HTTP's.
        headers: The answer's.
        head: The first `HEAD_BYTES` of its body at most.
        answer: The answer itself, closed.
    """

    url: httpx.URL
    status: int
    headers: httpx.Headers
    head: bytes = field(repr=False)
    answer: httpx.Response = field(repr=False)

    @property
    def size(self) -> int | None:
        """Return how many bytes there are in all, when the server says so."""
        total = self.headers.get("content-range", "").rpartition("/")[2]
        if self.status != HTTPStatus.PARTIAL_CONTENT:
            total = self.headers.get("content-length", "")
        return int(total) if total.isascii() and total.isdigit() and len(total) <= _DIGITS else None

    @property
    def denied(self) -> bool:
        """Say whether the server keeps it from us, for a reason that its body may tell."""
        return self.status in _DENIED or self.status == HTTPStatus.BAD_REQUEST

    def check(self) -> None:
        """Pass an answer that brings a file; raises as `answers.check_answer`."""
        if self.status != HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:  # so is an empty file told
            check_answer(self.answer)


async def peek(
    client: httpx.AsyncClient,
    url: str,
    limits: Limits,
    *,
    check_hop: Callable[[httpx.URL], None],
) -> Peek:
    """Ask for the first bytes behind a URL, and close the answer at once.

    It is always a GET: what signs a link signs the method too, so that HEAD would be refused.

    Raises:
        NeedsPerson: It leads where we do not go.
        Unavailable: The other side did not answer; trying again can help.
    """
    start = httpx.URL(url)
    try:
        async with asyncio.timeout(_LOOK_SECONDS):
            return await _peek(client, start, limits, check_hop)
    except (httpx.InvalidURL, UnicodeError) as error:  # the second: a name in no alphabet
        raise NotARecording(
            "That is no web address.", "Share a link that begins with https://.", obstacle=Obstacle.WRONG_KIND
        ) from error
    except (TimeoutError, httpx.HTTPError) as error:
        raise Unavailable(f"{start.host} cannot be reached just now.", obstacle=Obstacle.UNREACHABLE) from error


async def _peek(
    client: httpx.AsyncClient,
    url: httpx.URL,
    limits: Limits,
    check_hop: Callable[[httpx.URL], None],
) -> Peek:
    for _ in range(limits.max_redirects + 1):
        async with client.stream("GET", url, headers={"Range": f"bytes=0-{HEAD_BYTES - 1}"}) as response:
            following = where_next(response)
            if following is None:
                head = await _head(response, min(_BODY_SECONDS, limits.idle_seconds))
                return Peek(response.url, response.status_code, response.headers, head, response)
        check_hop(following)
        url = following
    raise NotARecording(
        "The link leads round in circles.",
        "Open it in a browser, and share the address it ends at.",
        obstacle=Obstacle.NOT_FOUND,
    )


async def _head(response: httpx.Response, seconds: float) -> bytes:
    """Read the first bytes; those that came in time, or before it broke off, show what it is all the same."""
    head = b""
    with contextlib.suppress(httpx.HTTPError, TimeoutError):
        async with asyncio.timeout(seconds):
            async for chunk in response.aiter_raw():
                head += chunk
                if len(head) >= HEAD_BYTES:
                    break
    return head[:HEAD_BYTES]


def seen(link: Link, name: str, at: Peek) -> Preview:
    """Return what the first bytes of a recording or transcript tell."""
    look = look_at_bytes(at.head)
    return Preview(
        link.product,
        file_name(at.headers.get("content-disposition", ""), name, at.url.path),
        kind=kind_of(look, at.head),
        size=at.size,
        seconds=length_of(at.head, at.size),
        url=without_secrets(str(at.url)),
        status=at.status,
    )


def kind_of(look: Look, head: bytes) -> MediaKind | None:
    """Return what a file will be, by its first bytes; None when it is no recording."""
    if look.content is Content.MP4:
        handlers = head.count(b"hdlr")
        return MediaKind.AUDIO if handlers and b"vide" not in head else MediaKind.VIDEO
    if look.content is Content.TEXT:
        return MediaKind.TRANSCRIPT
    return MediaKind(look.content.value) if look.content in {Content.AUDIO, Content.VIDEO} else None


def refused(preview: Preview, error: FollowthroughError) -> Preview:
    """Return a preview that says what keeps the recording from us."""
    obstacle = error.obstacle or Obstacle.WRONG_KIND
    return replace(preview, obstacle=obstacle, what=error.what, cure=error.cure)
