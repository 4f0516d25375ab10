"""The log of what went between the app and Slack, as a person reads it; tokens are never in it."""

import json
import re
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from bot.playground.calls import Call, Called
from bot.playground.changes import Change
from bot.playground.deliveries import Tried
from bot.playground.page.sentences import sentence
from bot.playground.records import Json

MOST_ENTRIES = 2_000
_LONGEST = 100_000
"""Characters of a body or answer that are shown; what is longer is cut."""

_SECRET = re.compile(r"\bx(?:ox[a-z]|app)-[\w-]+|(?<=ticket=)[\w-]+")
_HIDDEN = "(hidden)"


@dataclass(frozen=True, slots=True)
class _Noted:
    n: int
    at: float
    what: Called | Tried


class Inspector:
    """Keeps the latest requests in both directions."""

    def __init__(self, most: int = MOST_ENTRIES) -> None:
        self._most = most
        self._count = 0
        self._noted: OrderedDict[str, _Noted] = OrderedDict()

    def follow(self, change: Change) -> None:
        """Note a request, and forget the oldest one when there are too many."""
        if not isinstance(change, Called | Tried):
            return
        self._count += 1
        self._noted[change.ts] = _Noted(self._count, float(change.ts), change)
        if len(self._noted) > self._most:
            self._noted.popitem(last=False)

    def find(self, ts: str) -> Json | None:
        """Show the entry that was noted with a change, or None when it was forgotten."""
        noted = self._noted.get(ts)
        return _shown(noted) if noted else None

    def entries(self) -> list[Json]:
        """Show all of them, oldest first."""
        return [_shown(each) for each in self._noted.values()]


def _shown(noted: _Noted) -> Json:
    what = noted.what
    shown = _call(what.call) if isinstance(what, Called) else _delivery(what)
    seconds = what.call.seconds if isinstance(what, Called) else what.attempt.seconds
    entry: Json = {"n": noted.n, "at": noted.at - seconds} | shown
    return entry | {"body": _open(entry["body"]), "answer": _open(entry["answer"]), "ms": round(seconds * 1000, 2)}


def _call(call: Call) -> Json:
    shown: Json = {
        "direction": "from_app",
        "kind": "response_url" if call.method == "response_url" else "web_api",
        "method": call.method,
        "body": call.args,
        "answer": call.answer,
        "status": call.status,
    }
    if call.error:
        reasons = call.answer.get("response_metadata", {}).get("messages", [])
        shown |= {"error": call.error, "would_refuse": [sentence(call.error), *reasons]}
    return shown


def _delivery(tried: Tried) -> Json:
    ack = tried.attempt.ack
    shown: Json = {
        "direction": "to_app",
        "kind": str(tried.delivery.kind),
        "method": tried.delivery.name,
        "body": tried.delivery.payload,
        "answer": ack.body,
        "status": ack.status,
        "retry": tried.attempt.number,
    }
    return shown if ack.ok else shown | {"error": ack.reason, "would_refuse": [sentence(ack.reason)]}


def _open(value: Any) -> Any:
    """Return a value without its secrets, and without what nobody would read to the end."""
    clean = _without_secrets(value)
    text = json.dumps(clean, ensure_ascii=False, default=str)
    return clean if len(text) <= _LONGEST else {"cut": text[:_LONGEST]}


def _without_secrets(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _HIDDEN if key == "token" else _without_secrets(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without_secrets(each) for each in value]
    return _SECRET.sub(_HIDDEN, value) if isinstance(value, str) else value
