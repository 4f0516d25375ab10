"""Asks a chat endpoint: patient with what passes, brief with what does not, and bounded in time and size."""

import json
import logging
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Final, Self

import httpx

from bot.engine.insights.language_model.failures import ModelFailed, TooLong, Wait, judged
from bot.engine.insights.language_model.model import LanguageModel

log = logging.getLogger(__name__)

ATTEMPTS: Final = 4
LARGEST: Final = 4_000_000
"""Bytes of an answer that are read; more than any window's conclusions by a factor of a hundred."""

_LONGEST_PAUSE: Final = 30.0
_CONNECT_SECONDS: Final = 10.0

FORMATS: Final = ("json_schema", "json_object", "")
"""Ways to ask for JSON, the strictest first; servers that do not know one answer 400."""

Turn = Mapping[str, str]
"""A message of the chat: `role` and `content`."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model wrote; `cut_short` when the server stopped it before its end."""

    text: str
    cut_short: bool = False


class Chat:
    """A way to the model, for several threads at once; it remembers what the server turned out not to understand.

    Args:
        model: Which model, and how patiently.
        schema: What answers must look like.
    """

    def __init__(self, model: LanguageModel, schema: Mapping[str, Any]) -> None:
        self._model = model
        self._schema = schema
        self._ends = time.monotonic() + model.deadline_seconds
        headers = {"Authorization": f"Bearer {model.key}"} if model.key else {}
        limit = httpx.Timeout(model.request_seconds, connect=min(_CONNECT_SECONDS, model.request_seconds))
        self._client = httpx.Client(headers=headers, timeout=limit)
        self._stopped = threading.Event()
        self._format = 0
        self._plain_temperature = True
        self._answered = False
        self._broken: ModelFailed | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._client.close()

    def ask(self, turns: Sequence[Turn]) -> Reply:
        """Return the model's next turn.

        Raises:
            TooLong: It is more than the model can hold.
            ModelFailed: There is no answer, after all patience.
        """
        attempt = 1
        while True:
            if self._broken is not None:
                raise self._broken
            tried = self._format, self._plain_temperature
            try:
                reply = self._once(turns)
            except Wait as wait:
                self._pause(wait, attempt)
                attempt += 1
            except TooLong:
                raise
            except ModelFailed as failure:
                if not self._asks_less(failure, tried):
                    raise self._given_up(failure, for_all=failure.for_all) from failure
            else:
                self._answered = True
                return reply

    def _once(self, turns: Sequence[Turn]) -> Reply:
        left = self._left()
        body: dict[str, Any] = {"model": self._model.name, "messages": list(turns), "stream": False}
        if self._plain_temperature:
            body["temperature"] = 0
        form = FORMATS[self._format]
        if form == "json_schema":
            described = {"name": "conclusions", "strict": True, "schema": self._schema}
            body["response_format"] = {"type": form, "json_schema": described}
        elif form:
            body["response_format"] = {"type": form}
        try:
            with self._client.stream("POST", self._model.endpoint, json=body) as answer:
                content = self._read(answer, time.monotonic() + min(left, self._model.request_seconds))
        except httpx.TimeoutException as error:
            raise Wait("it took too long") from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise Wait(f"it could not be reached ({type(error).__name__})") from error
        if answer.status_code != httpx.codes.OK:
            raise judged(answer.status_code, content, _retry_after(answer.headers.get("retry-after", "")))
        return _reply(content)

    def _read(self, answer: httpx.Response, ends: float) -> bytes:
        """Read an answer that may come in drops, or never end."""
        content = bytearray()
        for part in answer.iter_bytes():
            content += part
            if len(content) > LARGEST:
                raise ModelFailed("it answered without end")
            if time.monotonic() > ends:
                raise Wait("it took too long")
        return bytes(content)

    def _pause(self, wait: Wait, attempt: int) -> None:
        """Wait before another attempt.

        Raises:
            ModelFailed: There will be none.
        """
        if attempt >= ATTEMPTS:
            raise self._given_up(wait, for_all=not self._answered) from wait
        seconds = wait.seconds
        if seconds is None:
            seconds = min(self._model.pause_seconds * 2 ** (attempt - 1), _LONGEST_PAUSE)
        if seconds >= self._left():
            raise self._given_up(wait, for_all=True) from wait
        log.info("The language model is asked again", extra={"reason": str(wait), "seconds": seconds})
        self._stopped.wait(seconds)

    def _asks_less(self, failure: ModelFailed, tried: tuple[int, bool]) -> bool:
        """Ask for less where the server did not understand a request; tell whether there was something to leave out."""
        if not failure.misunderstood:
            return False
        if tried != (self._format, self._plain_temperature):
            return True  # another thread has just found out
        if "temperature" in failure.said and self._plain_temperature:
            self._plain_temperature = False
            return True
        if self._format + 1 < len(FORMATS):
            self._format += 1
            return True
        return False

    def _given_up(self, failure: ModelFailed, *, for_all: bool) -> ModelFailed:
        final = ModelFailed(str(failure), for_all=for_all)
        if for_all:
            self._broken = final
        return final

    def _left(self) -> float:
        left = self._ends - time.monotonic()
        if left <= 0 or self._stopped.is_set():
            raise ModelFailed("its time is up", for_all=True)
        return left


def _reply(content: bytes) -> Reply:
    """Read the model's turn from the server's answer; what is no such thing may be one the next time."""
    try:
        choice = json.loads(content)["choices"][0]
        said = choice["message"].get("content")
        reason = choice.get("finish_reason")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Wait("it answered something else than a chat completion") from error
    if isinstance(said, list):  # some servers answer in parts
        said = "".join(str(part.get("text", "")) for part in said if isinstance(part, dict))
    return Reply(said if isinstance(said, str) else "", reason == "length")


def _retry_after(told: str) -> float | None:
    """Return the seconds that a Retry-After header asks for; it may also name a moment."""
    if told.strip().isascii() and told.strip().isdigit():
        return float(told)
    try:
        moment = parsedate_to_datetime(told)
    except (ValueError, TypeError):
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
