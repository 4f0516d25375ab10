"""Proves to a conversation server who we are: a token, fetched when needed, kept until shortly before it ends."""

import asyncio
import math
import time
from collections.abc import AsyncGenerator, Callable, Generator
from dataclasses import dataclass

import httpx

from bot.conversations.failures import NOT_THE_API, refusal
from bot.conversations.values import fields, number, text
from bot.errors import Failed

TOKEN_PATH = "/oauth2/token:generate"  # noqa: S105 - where a token is asked for, not one

_MARGIN_SECONDS = 300.0  # renewed five minutes before it ends, as the service's own client did
_MARGIN_SHARE = 0.1  # or in the last tenth of a short life


@dataclass(frozen=True, slots=True)
class _Token:
    value: str
    renew_at: float


class TokenAuth(httpx.Auth):
    """Adds a bearer token to every request of one client.

    One instance serves one application on one server, and keeps one token for it however many requests run at once.
    When a request is refused with 401 the token is renewed once and the request is sent once more: the server may
    have forgotten a token that we took for good, and may hand out the same one again.
    """

    def __init__(
        self, base_url: httpx.URL, app_id: str, secret: str, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        path = base_url.path.rstrip("/") + TOKEN_PATH
        self._url = base_url.copy_with(path=path)
        self._app_id = app_id
        self._secret = secret
        self._now = now
        self._token: _Token | None = None
        self._renewing = asyncio.Lock()

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Refuse: the bot is asynchronous, and so is the lock around the token."""
        raise NotImplementedError

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Send the request with a token, after asking for one when there is none that is good."""
        refused: _Token | None = None
        for _ in range(2):
            async with self._renewing:
                token = self._token
                if token is None or token is refused or self._now() >= token.renew_at:
                    response = yield self._ask()
                    await response.aread()
                    token = self._token = self._read(response)
            request.headers["Authorization"] = f"Bearer {token.value}"
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return
            await response.aread()  # gives the connection back, which renewing the token may wait for
            refused = token

    def _ask(self) -> httpx.Request:
        grant = {"type": "application", "appId": self._app_id, "appSecret": self._secret}
        return httpx.Request("POST", self._url, json=grant)

    def _read(self, response: httpx.Response) -> _Token:
        if not response.is_success:
            raise refusal(response)
        try:
            body = fields(response.json())
        except (ValueError, RecursionError):
            body = {}
        value = text(body.get("accessToken"))
        if not value or not value.isascii():
            raise Failed("The conversation server sent no access token.", NOT_THE_API)
        seconds = number(body.get("expiresIn"))
        # a token of unknown life is used until it is refused
        life = math.inf if seconds is None else seconds - min(_MARGIN_SECONDS, _MARGIN_SHARE * seconds)
        return _Token(value, self._now() + life)
