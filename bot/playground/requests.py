"""Signed requests over HTTP: one way to the app."""

import hashlib
import hmac
import json
import time
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

import httpx

from bot.playground.deliveries import Ack, Kind
from bot.playground.records import Json


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return Slack's v0 signature of a request."""
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256)
    return f"v0={digest.hexdigest()}"


class SignedRequests:
    """Posts to an app's request URL, signed as Slack signs.

    Attributes:
        url: The request URL; nobody is reached while it is empty.
    """

    def __init__(self, url: str, signing_secret: str) -> None:
        self.url = url
        self._secret = signing_secret
        self._client = httpx.AsyncClient(trust_env=False, timeout=None, headers={"User-Agent": "Slackbot 1.0"})  # noqa: S113 - the caller limits each try as a whole

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.__aexit__(kind, error, trace)

    async def send(self, kind: Kind, payload: Json, attempt: int, reason: str) -> Ack:
        """Bring one request to the app and wait for its answer."""
        if not self.url:
            return Ack(ok=False, reason="connection_failed")
        body, content_type = _body(kind, payload)
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
        }
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        try:
            response = await self._client.post(self.url, content=body, headers=headers)
        except httpx.TransportError:
            return Ack(ok=False, reason="connection_failed")
        no_retry = response.headers.get("x-slack-no-retry") == "1"
        if not response.is_success:
            return Ack(ok=False, reason="http_error", status=response.status_code, no_retry=no_retry)
        return Ack(ok=True, body=_answer(response), status=response.status_code)


def _body(kind: Kind, payload: Json) -> tuple[bytes, str]:
    if kind is Kind.EVENT:
        return json.dumps(payload).encode(), "application/json"
    fields = payload if kind is Kind.COMMAND else {"payload": json.dumps(payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def _answer(response: httpx.Response) -> Any:
    if not response.content:
        return None
    if not response.headers.get("content-type", "").startswith("application/json"):
        return response.text
    try:
        return response.json()
    except ValueError:
        return response.text
