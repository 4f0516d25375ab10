"""Things that live for a short while: trigger_ids and response_urls."""

import secrets
from dataclasses import dataclass, field
from typing import TypeVar

from bot.playground.clock import Clock
from bot.playground.refusal import Refused
from bot.playground.rules import Rules


@dataclass(slots=True)
class Trigger:
    """What lets an app open a modal for the person who just did something.

    Attributes:
        user: That person.
        view: The id of the modal in which they did it; empty outside of one.
    """

    user: str
    view: str
    issued: float
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """What lets an app answer in a channel without being in it.

    Attributes:
        channel: Where.
        user: Whom an ephemeral answer is shown to.
        message_ts: The message that `replace_original` means; empty for a command.
        thread_ts: The thread of that message, or None.
    """

    channel: str
    user: str
    message_ts: str
    thread_ts: str | None
    issued: float
    uses: int = 0


_Ticket = TypeVar("_Ticket")
_MOST = 10_000


def _remember(tickets: dict[str, _Ticket], name: str, ticket: _Ticket) -> None:
    """Keep a ticket, and forget the oldest one when there are too many."""
    tickets[name] = ticket
    if len(tickets) > _MOST:
        del tickets[next(iter(tickets))]


@dataclass(slots=True)
class Tickets:
    """Issues and honours them."""

    clock: Clock
    rules: Rules
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)

    def trigger(self, user: str, view: str = "") -> str:
        """Issue a trigger_id."""
        ticket = f"{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        _remember(self.triggers, ticket, Trigger(user, view, self.clock.now()))
        return ticket

    def use_trigger(self, ticket: str) -> Trigger:
        """Honour a trigger_id.

        Raises:
            Refused: It is unknown, too old, or was used.
        """
        trigger = self.triggers.get(ticket)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self.clock.now() - trigger.issued > self.rules.trigger_seconds:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger

    def response_url(self, channel: str, user: str, message_ts: str = "", thread_ts: str | None = None) -> str:
        """Issue a response_url and return the last part of its address."""
        ticket = secrets.token_urlsafe(18)
        _remember(self.response_urls, ticket, ResponseUrl(channel, user, message_ts, thread_ts, self.clock.now()))
        return ticket

    def use_response_url(self, ticket: str) -> ResponseUrl:
        """Honour a response_url.

        Raises:
            Refused: It is unknown, too old, or was used too often.
        """
        found = self.response_urls.get(ticket)
        if found is None:
            raise Refused("no_service")
        expired = self.clock.now() - found.issued > self.rules.response_url_seconds
        if expired or found.uses >= self.rules.response_url_uses:
            raise Refused("used_url" if not expired else "expired_url")
        found.uses += 1
        return found
