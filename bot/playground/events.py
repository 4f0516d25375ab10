"""From a change to the events that Slack would send the app: those it subscribed to and may see."""

import secrets
from collections.abc import Iterator

from bot.playground import changes as c
from bot.playground.installed import InstalledApp
from bot.playground.records import Channel, ChannelKind, Json, Message
from bot.playground.seed import TEAM_ID
from bot.playground.wire import Wire
from bot.playground.workspace import Workspace

_MESSAGE_EVENTS = {
    ChannelKind.PUBLIC: "message.channels",
    ChannelKind.PRIVATE: "message.groups",
    ChannelKind.DIRECT: "message.im",
    ChannelKind.GROUP: "message.mpim",
}


_Candidate = tuple[str, Json]
"""What an app must have subscribed to, and the event itself."""


class Events:
    """Knows which events a change causes."""

    def __init__(self, workspace: Workspace, app: InstalledApp, wire: Wire) -> None:
        self.workspace = workspace
        self.app = app
        self.wire = wire

    def of(self, change: c.Change) -> list[Json]:
        """Return the events of a change, without their envelope, in the order in which they are sent."""
        return [
            {"event_ts": change.ts} | event for wanted, event in self._candidates(change) if wanted in self.app.events
        ]

    def envelope(self, event: Json) -> Json:
        """Return a whole event callback."""
        return {
            "token": "playground-verification",
            "team_id": TEAM_ID,
            "context_team_id": TEAM_ID,
            "context_enterprise_id": None,
            "api_app_id": self.app.id,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev0{secrets.token_hex(5).upper()}",
            "event_time": int(float(event["event_ts"])),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": TEAM_ID,
                    "user_id": self.app.user,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-{secrets.token_urlsafe(24)}",
        }

    def _candidates(self, change: c.Change) -> Iterator[_Candidate]:
        match change:
            case c.MessagePosted(message=message) if channel := self._seen(message.channel):
                yield from self._posted(message, channel)
            case c.MessageEdited(ts=ts, message=message, previous=previous) if channel := self._seen(message.channel):
                yield self._message(
                    channel,
                    {
                        "subtype": "message_changed",
                        "hidden": True,
                        "ts": ts,
                        "message": self.wire.bare_message(message),
                        "previous_message": self.wire.bare_message(previous),
                    },
                )
            case c.MessageDeleted(ts=ts, previous=previous) if channel := self._seen(previous.channel):
                yield self._message(
                    channel,
                    {
                        "subtype": "message_deleted",
                        "hidden": True,
                        "ts": ts,
                        "deleted_ts": previous.ts,
                        "previous_message": self.wire.bare_message(previous),
                    },
                )
            case c.ReactionAdded(message=message, user=user, name=name) if self._seen(message.channel):
                yield self._reaction("reaction_added", message, user, name)
            case c.ReactionRemoved(message=message, user=user, name=name) if self._seen(message.channel):
                yield self._reaction("reaction_removed", message, user, name)
            case c.FileShared(file=file, channel=where) if self._seen(where):
                event = {"type": "file_shared", "channel_id": where, "file_id": file.id, "user_id": file.user}
                yield "file_shared", event | {"file": {"id": file.id}}
            case c.MemberJoined(channel=channel, user=user, inviter=inviter) if self._seen(channel.id):
                yield self._member("member_joined_channel", channel, user, inviter)
            case c.MemberLeft(channel=channel, user=user) if self._seen(channel.id):
                yield self._member("member_left_channel", channel, user, "")
            case c.HomeOpened(user=user, channel=where, tab=tab):
                yield "app_home_opened", {"type": "app_home_opened", "user": user, "channel": where, "tab": tab}

    def _seen(self, channel_id: str) -> Channel | None:
        """Return the channel when the app is in it: what happens elsewhere is not sent."""
        channel = self.workspace.channels.get(channel_id)
        return channel if channel and self.app.user in channel.members else None

    def _message(self, channel: Channel, event: Json) -> _Candidate:
        shown = {"type": "message", "channel": channel.id, "channel_type": str(channel.kind)} | event
        return _MESSAGE_EVENTS[channel.kind], shown

    def _posted(self, message: Message, channel: Channel) -> Iterator[_Candidate]:
        shown = self.wire.bare_message(message)
        if f"<@{self.app.user}>" in message.text and not message.subtype and channel.kind is not ChannelKind.DIRECT:
            yield "app_mention", shown | {"type": "app_mention", "channel": channel.id}
        yield self._message(channel, shown)

    def _reaction(self, kind: str, message: Message, user: str, name: str) -> _Candidate:
        item = {"type": "message", "channel": message.channel, "ts": message.ts}
        return kind, {"type": kind, "user": user, "reaction": name, "item": item, "item_user": message.user}

    def _member(self, kind: str, channel: Channel, user: str, inviter: str) -> _Candidate:
        letter = "C" if channel.kind is ChannelKind.PUBLIC else "G"
        event = {"type": kind, "user": user, "channel": channel.id, "channel_type": letter, "team": TEAM_ID}
        return kind, event | ({"inviter": inviter} if inviter else {})
