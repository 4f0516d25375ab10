"""The stream of what happens in the playground: deliveries, a page and tests all follow it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.playground.records import Channel, Ephemeral, File, Message, View


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened, at `ts` on the workspace's clock."""

    ts: str


@dataclass(frozen=True, slots=True)
class MessagePosted(Change):
    """A message appeared."""

    message: Message


@dataclass(frozen=True, slots=True)
class MessageEdited(Change):
    """A message was changed by its author, or (with the same text) by an unfurled link."""

    message: Message
    previous: Message


@dataclass(frozen=True, slots=True)
class MessageDeleted(Change):
    """A message went."""

    previous: Message


@dataclass(frozen=True, slots=True)
class EphemeralShown(Change):
    """One person was shown something."""

    ephemeral: Ephemeral


@dataclass(frozen=True, slots=True)
class EphemeralGone(Change):
    """It was dismissed or deleted."""

    ephemeral: Ephemeral


@dataclass(frozen=True, slots=True)
class ReactionAdded(Change):
    """Somebody put an emoji on a message."""

    message: Message
    user: str
    name: str


@dataclass(frozen=True, slots=True)
class ReactionRemoved(Change):
    """Somebody took an emoji back."""

    message: Message
    user: str
    name: str


@dataclass(frozen=True, slots=True)
class MemberJoined(Change):
    """Somebody came into a channel, perhaps invited."""

    channel: Channel
    user: str
    inviter: str


@dataclass(frozen=True, slots=True)
class MemberLeft(Change):
    """Somebody left a channel."""

    channel: Channel
    user: str


@dataclass(frozen=True, slots=True)
class ChannelChanged(Change):
    """A channel was made, archived or renamed."""

    channel: Channel


@dataclass(frozen=True, slots=True)
class FileShared(Change):
    """A file was shared in a channel."""

    file: File
    channel: str


@dataclass(frozen=True, slots=True)
class FileDeleted(Change):
    """A file went."""

    file: File


@dataclass(frozen=True, slots=True)
class ViewShown(Change):
    """A modal was opened or changed, or somebody's Home was published."""

    view: View


@dataclass(frozen=True, slots=True)
class ViewClosed(Change):
    """A modal went."""

    view: View


@dataclass(frozen=True, slots=True)
class HomeOpened(Change):
    """Somebody opened the app's Home or Messages tab."""

    user: str
    channel: str
    tab: str


@dataclass(frozen=True, slots=True)
class Traffic(Change):
    """Something went between the app and Slack: see the logs."""


@dataclass(frozen=True, slots=True)
class ClockMoved(Change):
    """Somebody moved the workspace's time forward."""


@dataclass(frozen=True, slots=True)
class RulesChanged(Change):
    """Somebody changed how strict or how broken this Slack is."""


class Changes:
    """Hands each change to everyone who follows, in order."""

    def __init__(self) -> None:
        self._followers: list[Callable[[Change], None]] = []
        self._next: asyncio.Future[None] | None = None

    def follow(self, call: Callable[[Change], None]) -> None:
        """Have `call` made with each change, at once and in order; it must not wait."""
        self._followers.append(call)

    @contextmanager
    def followed(self, call: Callable[[Change], None]) -> Iterator[None]:
        """Follow until the block ends."""
        self.follow(call)
        try:
            yield
        finally:
            self._followers.remove(call)

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[Change]]:
        """Give a queue that each change is put on, until the block ends."""
        queue: asyncio.Queue[Change] = asyncio.Queue()
        with self.followed(queue.put_nowait):
            yield queue

    def publish(self, change: Change) -> None:
        """Tell everyone."""
        for follower in tuple(self._followers):
            follower(change)
        if self._next and not self._next.done():
            self._next.set_result(None)
        self._next = None

    async def next(self) -> None:
        """Wait until something happens."""
        if self._next is None:
            self._next = asyncio.get_running_loop().create_future()
        await asyncio.shield(self._next)
