"""Access tokens: JSON Web Tokens that this engine signs itself, and recognises again after a restart."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.engine.apps import App
from bot.engine.problems import BAD_CREDENTIALS
from bot.engine.uploads import discard
from bot.ports import Clock

LIFETIME_SECONDS = 86_400
RENEWED_BEFORE_SECONDS = 600
"""A token that ends sooner is not handed out again."""


class Tokens:
    """Makes and checks the tokens of each app.

    The key comes from the app's secret: a new secret ends every token of that app, a restart ends none.
    """

    def __init__(self, apps: Sequence[App], clock: Clock) -> None:
        self._apps = tuple(apps)
        self._keys = {app.id: _key(app) for app in apps}
        self._clock = clock
        self._newest: dict[str, tuple[str, int]] = {}

    def knows(self, app_id: str, app_secret: str) -> bool:
        """Tell whether these are an app's id and secret, in a time that gives nothing away."""
        found = False
        for app in self._apps:  # all of them, whichever it is
            same_id = hmac.compare_digest(app_id.encode(), app.id.encode())
            found |= hmac.compare_digest(app_secret.encode(), app.secret.encode()) and same_id
        return found

    def current(self, app_id: str) -> tuple[str, int]:
        """Return an app's token and the seconds that are left of it; the same one until it is nearly over."""
        now = _seconds(self._clock.now())
        if app_id not in self._newest or self._newest[app_id][1] - now < RENEWED_BEFORE_SECONDS:
            ends = now + LIFETIME_SECONDS
            self._newest[app_id] = (self._sign(app_id, {"sub": app_id, "iat": now, "exp": ends}), ends)
        token, ends = self._newest[app_id]
        return token, ends - now

    def owner(self, token: str) -> str | None:
        """Return the id of the app whose token this is; None when it is none of ours, or over."""
        head, _, signature = token.rpartition(".")
        for app_id in self._keys:
            if head and hmac.compare_digest(self._signature(app_id, head).encode(), signature.encode()):
                return app_id if self._holds(app_id, head) else None
        return None

    def _holds(self, app_id: str, head: str) -> bool:
        """Tell whether what an app's key has signed is a token that is not over."""
        try:
            claims = json.loads(_decode(head.partition(".")[2]))
        except (ValueError, binascii.Error):
            return False
        return claims.get("sub") == app_id and int(claims.get("exp", 0)) > _seconds(self._clock.now())

    def _sign(self, app_id: str, claims: dict[str, Any]) -> str:
        head = f"{_encode({'alg': 'HS256', 'typ': 'JWT'})}.{_encode(claims)}"
        return f"{head}.{self._signature(app_id, head)}"

    def _signature(self, app_id: str, head: str) -> str:
        return _text(hmac.new(self._keys[app_id], head.encode(), hashlib.sha256).digest())


class OnlyWithToken:
    """Lets a request through when it carries a token; `Authorization` counts before `x-api-key`."""

    def __init__(self, app: ASGIApp, tokens: Tokens) -> None:
        self._app = app
        self._tokens = tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http":
            owner = self._tokens.owner(_token_of(Request(scope)))
            if owner is None:
                if scope["method"] != "GET" and "expect" not in Request(scope).headers:
                    await discard(receive)
                await JSONResponse({"message": BAD_CREDENTIALS}, 401)(scope, receive, send)
                return
            Request(scope).state.app_id = owner
        await self._app(scope, receive, send)


def caller(request: Request) -> str:
    """Return the id of the app whose token a request carries."""
    return str(request.state.app_id)


def _token_of(request: Request) -> str:
    """Return the token that a request carries, or an empty text."""
    sent = request.headers.get("authorization")
    if sent is None:
        return request.headers.get("x-api-key", "").strip()
    scheme, _, token = sent.strip().partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _key(app: App) -> bytes:
    # the id is in it: two apps with one secret have different keys
    return hmac.digest(app.secret.encode(), b"access token of the conversation engine for " + app.id.encode(), "sha256")


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _encode(value: dict[str, Any]) -> str:
    return _text(json.dumps(value, separators=(",", ":")).encode())


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
