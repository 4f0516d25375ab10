"""Brings events, commands and interactions to the app, waits for its acknowledgement, and tries events again."""

import asyncio
import logging
import math
import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from bot.playground.bounded import note
from bot.playground.changes import Changes, Traffic
from bot.playground.clock import Clock
from bot.playground.records import Json
from bot.playground.rules import Rules

log = logging.getLogger(__name__)


class Kind(StrEnum):
    """What is delivered, by Socket Mode's names."""

    EVENT = "events_api"
    COMMAND = "slash_commands"
    INTERACTION = "interactive"


@dataclass(frozen=True, slots=True)
class Ack:
    """How the app answered one try.

    Attributes:
        ok: Whether that counts as an acknowledgement.
        body: What came with it: an object, a text, or None.
        reason: Why not, by Slack's names for retries: `http_timeout`, `http_error`, `connection_failed`.
        status: The HTTP status, or None over Socket Mode.
        no_retry: Whether the app asked not to be tried again.
    """

    ok: bool
    body: Any = None
    reason: str = ""
    status: int | None = None
    no_retry: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try of a delivery.

    Attributes:
        started: When, as `time.monotonic`.
        seconds: How long until its answer.
        number: 0 for the first try, then that of the retry.
    """

    started: float
    seconds: float
    ack: Ack
    number: int = 0


@dataclass(slots=True)
class Delivery:
    """Something that was brought to the app.

    Attributes:
        payload: As the app got it.
        attempts: Each try, first one first.
        ended: Whether no more will follow.
    """

    kind: Kind
    payload: Json
    attempts: list[Attempt] = field(default_factory=list)
    ended: bool = False

    @property
    def acknowledged(self) -> bool:
        """Whether the app took it."""
        return self.seconds is not None

    @property
    def seconds(self) -> float | None:
        """How long the app took to acknowledge it; None when it did not."""
        return next((each.seconds for each in self.attempts if each.ack.ok), None)

    @property
    def name(self) -> str:
        """What it is, in a word: an event's type, a command, an interaction's type."""
        inner = self.payload.get("event", self.payload)
        return str(inner.get("command") or inner.get("type"))


@dataclass(frozen=True, slots=True)
class Tried(Traffic):
    """Something was brought to the app, and answered or not."""

    delivery: Delivery
    attempt: Attempt


class Transport(Protocol):
    """A way to the app."""

    async def send(self, kind: Kind, payload: Json, attempt: int, reason: str) -> Ack:
        """Bring one request to the app and wait for its answer, however long that takes."""


class Deliveries:
    """Every request to the app, under way or ended.

    Attributes:
        log: All of them, oldest first; the oldest are forgotten when there are very many.
    """

    def __init__(self, transport: Transport, rules: Rules, clock: Clock, changes: Changes) -> None:
        self.log: list[Delivery] = []
        self._transport = transport
        self._rules = rules
        self._clock = clock
        self._changes = changes
        self._tasks: set[asyncio.Task[None]] = set()
        self._under_way = 0

    @property
    def waiting(self) -> bool:
        """Whether anything is under way."""
        return self._under_way > 0

    def event(self, payload: Json) -> None:
        """Begin to deliver an event; it is tried again as Slack does."""
        late = self._rules.late.get(payload["event"]["type"], 0.0)
        if math.isinf(late):
            return
        delivery = self._begin(Kind.EVENT, payload)
        task = asyncio.create_task(self._insist(delivery, late), name=f"deliver {delivery.name}")
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("a delivery broke", exc_info=error)

    async def once(self, kind: Kind, payload: Json) -> Delivery:
        """Deliver a command or interaction, which is never tried again."""
        delivery = self._begin(kind, payload)
        await self._try(delivery, 0, "")
        self._end(delivery)
        return delivery

    async def _insist(self, delivery: Delivery, late: float) -> None:
        if late:
            await asyncio.sleep(late)
        if self._rules.duplicates:
            # both under way at once: the hardest case for an app that must act once
            ack, _ = await asyncio.gather(self._try(delivery, 0, ""), self._try(delivery, 1, "http_timeout"))
        else:
            ack = await self._try(delivery, 0, "")
        for number, wait in enumerate(self._rules.retries, 1):
            if ack.ok or ack.no_retry:
                break
            await asyncio.sleep(wait)
            ack = await self._try(delivery, number, ack.reason)
        self._end(delivery)

    async def _try(self, delivery: Delivery, number: int, reason: str) -> Ack:
        started = time.monotonic()
        try:
            async with asyncio.timeout(self._rules.ack_seconds):
                ack = await self._transport.send(delivery.kind, delivery.payload, number, reason)
        except TimeoutError:
            ack = Ack(ok=False, reason="http_timeout")
        attempt = Attempt(started, time.monotonic() - started, ack, number)
        delivery.attempts.append(attempt)
        self._changes.publish(Tried(self._clock.next_ts(), delivery, attempt))
        return ack

    def _begin(self, kind: Kind, payload: Json) -> Delivery:
        delivery = Delivery(kind, payload)
        note(self.log, delivery)
        self._under_way += 1
        return delivery

    def _end(self, delivery: Delivery) -> None:
        delivery.ended = True
        self._under_way -= 1
        self._changes.publish(Traffic(self._clock.next_ts()))

    async def close(self) -> None:
        """Give up on everything that is under way."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
