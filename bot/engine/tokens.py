"""Access tokens: JSON Web Tokens that this engine signs itself, and recognises again after a restart."""

import base64
import binascii
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.engine.problems import BAD_CREDENTIALS
from bot.engine.uploads import discard
from bot.ports import Clock

LIFETIME_SECONDS = 86_400
RENEWED_BEFORE_SECONDS = 600
"""A token that ends sooner is not handed out again."""


class Tokens:
    """Makes and checks the tokens of one app.

    The key comes from the app's secret: a new secret ends every token, a restart ends none.
    """

    def __init__(self, app_id: str, app_secret: str, clock: Clock) -> None:
        self._app_id = app_id
        self._secret = app_secret
        self._key = hmac.digest(app_secret.encode(), b"access token of the conversation engine", "sha256")
        self._clock = clock
        self._newest: tuple[str, int] | None = None

    def knows(self, app_id: str, app_secret: str) -> bool:
        """Tell whether these are the app's id and secret, in a time that gives nothing away."""
        same_id = hmac.compare_digest(app_id.encode(), self._app_id.encode())
        return hmac.compare_digest(app_secret.encode(), self._secret.encode()) and same_id

    def current(self) -> tuple[str, int]:
        """Return the app's token and the seconds that are left of it; the same one until it is nearly over."""
        now = _seconds(self._clock.now())
        if self._newest is None or self._newest[1] - now < RENEWED_BEFORE_SECONDS:
            ends = now + LIFETIME_SECONDS
            self._newest = (self._sign({"sub": self._app_id, "iat": now, "exp": ends}), ends)
        token, ends = self._newest
        return token, ends - now

    def valid(self, token: str) -> bool:
        """Tell whether a token is one of ours and not over."""
        head, _, signature = token.rpartition(".")
        if not head or not hmac.compare_digest(self._signature(head).encode(), signature.encode()):
            return False
        try:
            claims = json.loads(_decode(head.partition(".")[2]))
        except (ValueError, binascii.Error):
            return False
        return claims.get("sub") == self._app_id and int(claims.get("exp", 0)) > _seconds(self._clock.now())

    def _sign(self, claims: dict[str, Any]) -> str:
        head = f"{_encode({'alg': 'HS256', 'typ': 'JWT'})}.{_encode(claims)}"
        return f"{head}.{self._signature(head)}"

    def _signature(self, head: str) -> str:
        return _text(hmac.new(self._key, head.encode(), hashlib.sha256).digest())


class OnlyWithToken:
    """Lets a request through when it carries a token; `Authorization` counts before `x-api-key`."""

    def __init__(self, app: ASGIApp, tokens: Tokens) -> None:
        self._app = app
        self._tokens = tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and not self._tokens.valid(_token_of(Request(scope))):
            if scope["method"] != "GET" and "expect" not in Request(scope).headers:
                await discard(receive)
            await JSONResponse({"message": BAD_CREDENTIALS}, 401)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _token_of(request: Request) -> str:
    """Return the token that a request carries, or an empty text."""
    sent = request.headers.get("authorization")
    if sent is None:
        return request.headers.get("x-api-key", "").strip()
    scheme, _, token = sent.strip().partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _encode(value: dict[str, Any]) -> str:
    return _text(json.dumps(value, separators=(",", ":")).encode())


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
