"""What Slack sends when a person uses a command, a button, a shortcut or a modal."""

from typing import Any

from bot.playground.installed import Command
from bot.playground.records import Channel, ChannelKind, Ephemeral, Json, Message, View
from bot.playground.seed import TEAM_DOMAIN, TEAM_ID
from bot.playground.tickets import Tickets
from bot.playground.typed import escape
from bot.playground.wire import Wire

_TOKEN = "playground-verification"  # noqa: S105 - Slack's retired verification token, which proves nothing
_NAMELESS = {
    ChannelKind.PRIVATE: "privategroup",
    ChannelKind.DIRECT: "directmessage",
    ChannelKind.GROUP: "privategroup",
}


class Interactions:
    """Builds the payloads, with the trigger_ids and response_urls that belong to them."""

    def __init__(self, wire: Wire, tickets: Tickets) -> None:
        self._wire = wire
        self._tickets = tickets

    def command(self, command: Command, user: str, channel: Channel, text: str) -> Json:
        """Return a slash command's fields."""
        if command.should_escape:
            text = self._wire.workspace.typed(text).text
        return {
            "token": _TOKEN,
            "team_id": TEAM_ID,
            "team_domain": TEAM_DOMAIN,
            "channel_id": channel.id,
            "channel_name": _NAMELESS.get(channel.kind, channel.name),
            "user_id": user,
            "user_name": self._wire.workspace.person(user).name,
            "command": command.name,
            "text": text if command.should_escape else escape(text),
            "api_app_id": self._wire.app.id,
            "is_enterprise_install": "false",
            "response_url": self._response_url(channel.id, user),
            "trigger_id": self._tickets.trigger(user),
        }

    def message_action(self, user: str, seen: Message | Ephemeral, action: Json, state: Json) -> Json:
        """Return the payload of something used in a message."""
        ephemeral = isinstance(seen, Ephemeral)
        container = {
            "type": "message",
            "message_ts": seen.ts,
            "channel_id": seen.channel,
            "is_ephemeral": ephemeral,
        } | ({"thread_ts": seen.thread_ts} if seen.thread_ts else {})
        body = self._common("block_actions", user) | {
            "container": container,
            "channel": self._channel(seen.channel),
            "state": {"values": state},
            "response_url": self._response_url(seen.channel, user, seen),
            "actions": [action],
        }
        return body if isinstance(seen, Ephemeral) else body | {"message": self._wire.message(seen)}

    def view_action(self, view: View, action: Json) -> Json:
        """Return the payload of something used in a modal or Home."""
        return self._common("block_actions", view.user, view.id) | {
            "container": {"type": "view", "view_id": view.id},
            "view": self._wire.view(view),
            "actions": [action],
        }

    def suggestion(self, user: str, seen: Message | Ephemeral | View, element: Json, typed: str) -> Json:
        """Return the question for an external menu's options.

        Args:
            user: Who looks at the menu.
            seen: Where it is.
            element: Its action_id and block_id.
            typed: What was typed into it so far.
        """
        body = self._common("block_suggestion", user) | element | {"value": typed}
        del body["trigger_id"]
        if isinstance(seen, View):
            return body | {"container": {"type": "view", "view_id": seen.id}, "view": self._wire.view(seen)}
        container = {"type": "message", "message_ts": seen.ts, "channel_id": seen.channel}
        body |= {"container": container, "channel": self._channel(seen.channel)}
        return body if isinstance(seen, Ephemeral) else body | {"message": self._wire.message(seen)}

    def submission(self, view: View) -> Json:
        """Return the payload of a modal's submission."""
        return self._common("view_submission", view.user, view.id) | {
            "view": self._wire.view(view),
            "response_urls": [],
        }

    def closed(self, view: View, *, cleared: bool) -> Json:
        """Return the payload of a modal that was closed."""
        body = self._common("view_closed", view.user)
        del body["trigger_id"]
        return body | {"view": self._wire.view(view), "is_cleared": cleared}

    def message_shortcut(self, user: str, message: Message, callback_id: str) -> Json:
        """Return the payload of a shortcut on a message."""
        return self._common("message_action", user) | {
            "callback_id": callback_id,
            "action_ts": self._wire.workspace.clock.next_ts(),
            "channel": self._channel(message.channel),
            "message_ts": message.ts,
            "message": self._wire.message(message),
            "response_url": self._response_url(message.channel, user, message),
        }

    def global_shortcut(self, user: str, callback_id: str) -> Json:
        """Return the payload of a shortcut that belongs to no channel."""
        body = self._common("shortcut", user)
        return body | {"callback_id": callback_id, "action_ts": self._wire.workspace.clock.next_ts()}

    def _common(self, kind: str, user: str, view: str = "") -> dict[str, Any]:
        return {
            "type": kind,
            "team": self._wire.team(),
            "user": self._wire.acting(user),
            "api_app_id": self._wire.app.id,
            "token": _TOKEN,
            "trigger_id": self._tickets.trigger(user, view),
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _channel(self, channel_id: str) -> Json:
        channel = self._wire.workspace.channel(channel_id)
        return {"id": channel.id, "name": _NAMELESS.get(channel.kind, channel.name)}

    def _response_url(self, channel: str, user: str, seen: Message | Ephemeral | None = None) -> str:
        ts, thread_ts = (seen.ts, seen.thread_ts) if seen else ("", None)
        return f"{self._wire.origin}/respond/{self._tickets.response_url(channel, user, ts, thread_ts)}"
