"""Questions to a service's API: through the door, short answers only, and a token that is renewed in time."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

import httpx

from bot.errors import Busy, NoAccess, Obstacle, Unavailable
from bot.ports import Clock
from bot.sources.accounts import typed
from bot.sources.answers import retry_after
from bot.sources.door import Door

_MOST_BYTES = 4 * 1024 * 1024
_SECONDS = 20.0
# a token that ends while a question is on its way would be refused
_BEFORE_ITS_END = timedelta(minutes=2)
_SHORTEST, _LONGEST = 1.0, 86_400.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What an API answered.

    Attributes:
        status: HTTP's.
        body: The JSON object, empty when it was none and the status says that something is wrong.
    """

    status: int
    body: Mapping[str, Any] = field(repr=False)

    @property
    def good(self) -> bool:
        """Say whether the question was answered."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask.

    Attributes:
        url: Where.
        query: Added to it.
        form: Sent as a form, by POST; without one it is a GET.
        headers: Sent with it.
    """

    url: str
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


async def ask(door: Door, question: Question) -> Reply:
    """Ask once, and return the answer; what it means is for whoever asked.

    Raises:
        Unavailable: The service did not answer, has trouble, or says what cannot be read.
        Busy: It asks to come back later.
        NoAccess: Its address is refused.
    """
    url = httpx.URL(question.url).copy_merge_params(question.query)
    try:
        async with asyncio.timeout(_SECONDS), door.client() as client:
            request = client.build_request(
                "GET" if question.form is None else "POST", url, headers=question.headers, data=question.form
            )
            answer = await client.send(request, stream=True)
            try:
                return await _read(answer)
            finally:
                await answer.aclose()
    except (TimeoutError, httpx.HTTPError) as error:
        raise _unreachable(url.host) from error
    except NoAccess as error:
        # it is not the shared link that names this host: what is missing is not for a person to put right
        if error.obstacle is Obstacle.UNREACHABLE:
            raise _unreachable(url.host) from error
        raise


async def _read(answer: httpx.Response) -> Reply:
    host, status = answer.url.host, answer.status_code
    after = retry_after(answer.headers)
    if status == HTTPStatus.TOO_MANY_REQUESTS or (status == HTTPStatus.SERVICE_UNAVAILABLE and after is not None):
        raise Busy(f"{host} asks to come back later.", obstacle=Obstacle.UNREACHABLE, after=after)
    if answer.is_server_error or answer.is_redirect:
        raise Unavailable(f"{host} has trouble of its own ({status}).", obstacle=Obstacle.UNREACHABLE, after=after)
    content = bytearray()
    async for chunk in answer.aiter_raw():  # nothing compressed was asked for
        content += chunk
        if len(content) > _MOST_BYTES:
            raise _unreadable(host)
    try:
        body = json.loads(bytes(content))
    except (ValueError, RecursionError):
        body = None
    if isinstance(body, dict):
        return Reply(status, body)
    if answer.is_success:
        raise _unreadable(host)
    return Reply(status, {})


def _unreachable(host: str) -> Unavailable:
    return Unavailable(f"{host} cannot be reached just now.", obstacle=Obstacle.UNREACHABLE)


def _unreadable(host: str) -> Unavailable:
    return Unavailable(f"{host} answered with something that cannot be read.", obstacle=Obstacle.UNREACHABLE)


@dataclass(frozen=True, slots=True)
class Token:
    """What opens an API for a while; it is kept in memory alone, and never shown."""

    value: str = field(repr=False)
    until: datetime

    @classmethod
    def of(cls, body: Mapping[str, Any], now: datetime) -> "Token | None":
        """Take the token out of an OAuth answer; None when there is none that could be sent."""
        value = typed.text(body, "access_token")
        if not value or not value.isascii() or not value.isprintable() or " " in value:
            return None
        seconds = min(max(typed.number(body, "expires_in") or 0.0, _SHORTEST), _LONGEST)
        return cls(value, now + timedelta(seconds=seconds))

    @property
    def headers(self) -> dict[str, str]:
        """Return what is sent with a request."""
        return {"Authorization": f"Bearer {self.value}"}


Issue = Callable[[], Awaitable[Token]]
"""Gets a new token; raises as `ask`, and `NoAccess` when the operator's credentials are refused."""


class Api:
    """A service's API, asked with a token that is renewed before it ends, and once when it is refused."""

    def __init__(self, door: Door, clock: Clock, issue: Issue) -> None:
        self._door = door
        self._clock = clock
        self._issue = issue
        self._token: Token | None = None
        self._renewing = asyncio.Lock()

    async def get(self, url: str, query: Mapping[str, str] | None = None, **headers: str) -> Reply:
        """Ask for a URL; raises as `ask` and as the token's issue."""
        token = await self.token()
        reply = await ask(self._door, Question(url, query or {}, headers=headers | token.headers))
        if reply.status != HTTPStatus.UNAUTHORIZED:
            return reply
        token = await self.token(instead_of=token)
        return await ask(self._door, Question(url, query or {}, headers=headers | token.headers))

    async def token(self, instead_of: Token | None = None) -> Token:
        """Return a token that is good for a while, and another one than was refused."""
        async with self._renewing:  # whoever comes meanwhile waits for the same one
            now = self._clock.now()
            if self._token is None or self._token is instead_of or self._token.until - now <= _BEFORE_ITS_END:
                self._token = None
                self._token = await self._issue()
            return self._token


def not_set_up(what: str) -> NoAccess:
    """Return the error for what only the operator can put right; another way to the recording may be open."""
    return NoAccess(what, obstacle=Obstacle.BLOCKED)
