"""What a method of the Web API is, and what it may use."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.playground.arguments import Arguments
from bot.playground.installed import InstalledApp
from bot.playground.modals import Modals
from bot.playground.rates import Rates, Tier
from bot.playground.records import Channel, ChannelKind, Json
from bot.playground.refusal import Refused
from bot.playground.rules import Rules
from bot.playground.sockets import Sockets
from bot.playground.tickets import Tickets
from bot.playground.uploads import Uploads
from bot.playground.wire import Wire
from bot.playground.workspace import Workspace

_FAMILY = {
    ChannelKind.PUBLIC: "channels",
    ChannelKind.PRIVATE: "groups",
    ChannelKind.DIRECT: "im",
    ChannelKind.GROUP: "mpim",
}
_T = TypeVar("_T")
_PAGE = 100
_MOST_IN_PAGE = 1000


class Token(StrEnum):
    """Which token a method takes."""

    BOT = "xoxb"
    APP = "xapp"
    NONE = "none"


@dataclass(slots=True)
class Parts:
    """What methods work with."""

    workspace: Workspace
    app: InstalledApp
    rules: Rules
    rates: Rates
    tickets: Tickets
    modals: Modals
    sockets: Sockets
    uploads: Uploads
    wire: Wire
    later: Callable[[float, Callable[[], None]], None]
    """Has something happen after some seconds."""

    def reachable(self, which: str) -> Channel:
        """Return the channel with this id, when the app can see it: a public one, or one that it is in.

        Raises:
            Refused: `channel_not_found`.
        """
        channel = self.workspace.channels.get(which)
        if channel is None:
            raise Refused("channel_not_found")
        if channel.kind is not ChannelKind.PUBLIC and self.app.user not in channel.members:
            raise Refused("channel_not_found")
        return channel

    def joined(self, which: str) -> Channel:
        """Return the channel with this id, when the app is in it.

        Raises:
            Refused: `channel_not_found` or `not_in_channel`.
        """
        channel = self.reachable(which)
        if self.app.user not in channel.members:
            raise Refused("not_in_channel")
        return channel

    def destination(self, which: str) -> Channel:
        """Return where to post: a channel that the app is in, or the direct message with a user.

        Raises:
            Refused: `channel_not_found`, `not_in_channel` or `is_archived`.
        """
        if which in self.workspace.people:
            return self.workspace.direct(self.app.user, which)
        channel = self.joined(which)
        if channel.archived:
            raise Refused("is_archived")
        return channel

    def need(self, *scopes: str) -> None:
        """Check that the app has one of these scopes.

        Raises:
            Refused: `missing_scope`, with what is needed and what was provided.
        """
        if not self.app.scopes.intersection(scopes):
            raise Refused("missing_scope", needed=",".join(scopes), provided=",".join(sorted(self.app.scopes)))

    def need_for(self, channel: Channel, right: str) -> None:
        """Check the scope for this kind of conversation, as `channels:history`; raises as `need`."""
        self.need(f"{_FAMILY[channel.kind]}:{right}")


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Web API.

    Attributes:
        name: As `chat.postMessage`.
        run: Does it and returns the answer without its `ok`.
        tier: How often it may be called.
        scopes: One of these is needed; none when empty.
        token: Which token it takes.
    """

    name: str
    run: Callable[[Parts, Arguments], Json]
    tier: Tier
    scopes: tuple[str, ...] = ()
    token: Token = Token.BOT


def page(things: list[_T], args: Arguments) -> tuple[list[_T], str]:
    """Return the page that `cursor` and `limit` ask for, and the cursor of the next one, empty at the end.

    Raises:
        Refused: `invalid_cursor` or `invalid_limit`.
    """
    limit = args.number("limit", _PAGE) or _PAGE
    if not 0 < limit <= _MOST_IN_PAGE:
        raise Refused("invalid_limit")
    cursor = args.text("cursor")
    if cursor and not (cursor.startswith("next:") and cursor[5:].isdigit()):
        raise Refused("invalid_cursor")
    start = int(cursor[5:]) if cursor else 0
    end = start + limit
    return things[start:end], f"next:{end}" if end < len(things) else ""
