"""Zoom's webhooks: signed, at most five minutes old, and only written down before they are answered."""

import hashlib
import hmac
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.flows.arriving import Arrival
from bot.links.link import look_at
from bot.links.source import Account
from bot.web.bodies import TooLargeError, read_body

PATH = "/zoom/events"

# an event names the files of one recording, some hundred bytes each
_MOST = 1_000_000
_OLDEST = timedelta(minutes=5)
_TIMESTAMP = re.compile(r"[0-9]{1,11}")
_SIGNATURE = re.compile(r"v0=([0-9a-f]{64})")
# no colon: what we mark for Zoom can never be what Zoom marks for us, `v0:time:body`
_PLAIN_TOKEN = re.compile(r"[\w.~+/=-]{1,200}", re.ASCII)
_ID = re.compile(r"[\w+/=-]{1,100}", re.ASCII)
_READY = {"recording.completed": False, "recording.transcript_completed": True}
_MOST_LINKS = 20
_LONGEST_LINK = 1000
_LONGEST_TOPIC = 200
_NO_CONTENT = 204
_BAD_REQUEST = 400
_UNAUTHORISED = 401
_TOO_LARGE = 413
_log = logging.getLogger(__name__)


class ZoomSecret:
    """The secret token of the operator's app in Zoom, which marks what Zoom sends."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def mark(self, content: bytes) -> str:
        """Return the HMAC-SHA256 of something, as hex."""
        return hmac.new(self._secret, content, hashlib.sha256).hexdigest()

    def signed(self, body: bytes, timestamp: str, signature: str, now: datetime) -> bool:
        """Say whether Zoom sent a body, and just now.

        Args:
            body: As it came, byte for byte.
            timestamp: The header `x-zm-request-timestamp`: seconds since 1970.
            signature: The header `x-zm-signature`.
            now: The present moment.
        """
        given = _SIGNATURE.fullmatch(signature)
        if given is None or not _TIMESTAMP.fullmatch(timestamp):
            return False
        if abs(now.timestamp() - int(timestamp)) > _OLDEST.total_seconds():
            return False
        return hmac.compare_digest(self.mark(f"v0:{timestamp}:".encode() + body), given[1])


Arrived = Callable[[Arrival, str], Awaitable[None]]
"""Told of a recording that is ready, and of the event's own id: the same event comes with the same id."""


class ZoomEvents:
    """Answers `POST /zoom/events`."""

    def __init__(self, secret: ZoomSecret, now: Callable[[], datetime], arrived: Arrived) -> None:
        self._secret = secret
        self._now = now
        self._arrived = arrived

    async def answer(self, request: Request) -> Response:
        """Answer one request; an event that we have no use for is taken, so that Zoom does not repeat it."""
        try:
            body = await read_body(request, _MOST)
        except TooLargeError:
            return Response(status_code=_TOO_LARGE)
        timestamp = request.headers.get("x-zm-request-timestamp", "")
        signature = request.headers.get("x-zm-signature", "")
        if not self._secret.signed(body, timestamp, signature, self._now()):
            return Response(status_code=_UNAUTHORISED)
        event = _object(body)
        if event is None:
            return Response(status_code=_BAD_REQUEST)
        if event.get("event") == "endpoint.url_validation":
            return self._validated(event)
        arrival = arrival_of(event)
        if arrival is not None:
            await self._arrived(arrival, f"zoom:{event['event']}:{arrival.id}:{_told_at(event)}")
        return Response(status_code=_NO_CONTENT)

    def _validated(self, event: Mapping[str, Any]) -> Response:
        """Show Zoom that we know the secret."""
        token = _part(event, "payload").get("plainToken")
        if not isinstance(token, str) or not _PLAIN_TOKEN.fullmatch(token):
            return Response(status_code=_BAD_REQUEST)
        return JSONResponse({"plainToken": token, "encryptedToken": self._secret.mark(token.encode())})


def arrival_of(event: Mapping[str, Any]) -> Arrival | None:
    """Return the recording that an event says is ready; None when it says something else."""
    name, meeting = event.get("event"), _part(_part(event, "payload"), "object")
    if not isinstance(name, str) or name not in _READY:
        return None
    uuid, topic = meeting.get("uuid"), meeting.get("topic")
    links = _links(meeting)
    if not isinstance(uuid, str) or not _ID.fullmatch(uuid) or not links:
        _log.warning("Zoom told of a recording without its id or its link", extra={"event": name})
        return None
    return Arrival(uuid, links, _shown(topic) if isinstance(topic, str) else "", _READY[name])


def _links(meeting: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the links to a recording: Zoom's own only, each once."""
    files = meeting.get("recording_files")
    found = [meeting.get("share_url")]
    found += [each.get("play_url") for each in files if isinstance(each, dict)] if isinstance(files, list) else []
    links = (each for each in found if isinstance(each, str) and len(each) <= _LONGEST_LINK and each.isprintable())
    return tuple(dict.fromkeys(each for each in links if look_at(each).source.account is Account.ZOOM))[:_MOST_LINKS]


def _shown(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:_LONGEST_TOPIC]


def _told_at(event: Mapping[str, Any]) -> int:
    at = event.get("event_ts")
    return at if isinstance(at, int) else 0


def _object(body: bytes) -> Mapping[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name)
    return value if isinstance(value, dict) else {}
