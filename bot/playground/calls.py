"""The log of everything that the app asked of Slack."""

from dataclasses import dataclass
from typing import Any

from bot.playground.changes import Traffic
from bot.playground.records import Json


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the Web API, or of a response_url.

    Attributes:
        method: As `chat.postMessage`; `response_url` for those.
        args: What it was given, without the token.
        answer: What it was answered.
        status: The HTTP status.
        started: When, as `time.monotonic`.
        seconds: How long Slack took.
        at: When, on the workspace's clock.
    """

    method: str
    args: dict[str, Any]
    answer: Json
    status: int
    started: float
    seconds: float
    at: float

    @property
    def ok(self) -> bool:
        """Whether it was done."""
        return bool(self.answer.get("ok"))

    @property
    def error(self) -> str:
        """Why it was refused, by Slack's name; empty when it was not."""
        return str(self.answer.get("error", ""))


@dataclass(frozen=True, slots=True)
class Called(Traffic):
    """The app called, and was answered."""

    call: Call
