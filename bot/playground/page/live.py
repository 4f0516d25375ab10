"""The live connection of each open page: everything at first, then one frame a change."""

import asyncio
import contextlib
import itertools
import json
from collections import deque

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.playground.changes import Change
from bot.playground.page.frames import Frames
from bot.playground.people import People
from bot.playground.records import Json
from bot.playground.refusal import Refused

MOST_WAITING = 500
"""Changes that wait for a page; one that is further behind gets everything anew instead."""

_ALIVE_SECONDS = 20.0
_NOBODY = 4004
_BROKEN = (WebSocketDisconnect, RuntimeError)
"""What Starlette raises when the page went away: on receiving, and on sending."""


class Live:
    """Tells each open page what its person sees."""

    def __init__(self, slack: People, frames: Frames) -> None:
        self._slack = slack
        self._frames = frames
        self._tabs = 0

    @property
    def tabs(self) -> int:
        """How many pages are open."""
        return self._tabs

    async def serve(self, socket: WebSocket) -> None:
        """Talk to one page until it is closed."""
        await socket.accept()
        try:
            me = self._slack.workspace.person(socket.query_params.get("as", ""))
        except Refused:
            me = None
        if me is None or me.is_bot:
            await socket.close(_NOBODY, "There is nobody of this name.")
            return
        self._tabs += 1
        telling = asyncio.create_task(self._tell(socket, me.id), name=f"page of {me.name}")
        try:
            # a page says nothing here: this ends when it goes
            while True:
                await socket.receive_text()
        except (*_BROKEN, KeyError):
            pass
        finally:
            self._tabs -= 1
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)

    async def _tell(self, socket: WebSocket, me: str) -> None:
        numbers = itertools.count(1)

        async def send(frame: Json) -> None:
            frame["n"] = next(numbers)
            await socket.send_text(json.dumps(frame, ensure_ascii=False, separators=(",", ":")))

        waiting = _Waiting()
        with self._slack.workspace.changes.followed(waiting.add), contextlib.suppress(*_BROKEN):
            await send(self._frames.snapshot(me))
            while True:
                for change in await waiting.take():
                    if frame := self._frames.of(change, me):
                        await send(frame)
                if waiting.missed:
                    waiting.forget()
                    await send(self._frames.snapshot(me))
                elif waiting.quiet:
                    await send({"type": "alive"})


class _Waiting:
    """The changes that one page has not been told of.

    Attributes:
        missed: Whether there were more than are kept.
        quiet: Whether the last wait ended without any.
    """

    def __init__(self) -> None:
        self.missed = False
        self.quiet = False
        self._waiting: deque[Change] = deque()
        self._some = asyncio.Event()

    def add(self, change: Change) -> None:
        """Have a change wait, unless there are too many."""
        self._some.set()
        if len(self._waiting) >= MOST_WAITING:
            self.missed = True
        if not self.missed:
            self._waiting.append(change)

    def forget(self) -> None:
        """Begin anew, for a page that is about to be shown everything."""
        self._waiting.clear()
        self.missed = False

    async def take(self) -> list[Change]:
        """Wait for changes, at most until the page has to hear that we are there, and return them."""
        self.quiet = False
        try:
            async with asyncio.timeout(_ALIVE_SECONDS):
                await self._some.wait()
        except TimeoutError:
            self.quiet = True
        self._some.clear()
        taken = [] if self.missed else list(self._waiting)
        self._waiting.clear()
        return taken
