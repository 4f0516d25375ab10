"""From what happens to the frames that one person's page is sent."""

from bot.playground import changes as c
from bot.playground.calls import Called
from bot.playground.deliveries import Tried
from bot.playground.page.faults import Faults
from bot.playground.page.inspector import Inspector
from bot.playground.page.sample import Sample
from bot.playground.page.sight import Sight
from bot.playground.people import People
from bot.playground.records import Channel, Json
from bot.playground.seed import TEAM_NAME


class Frames:
    """Builds the first frame of a page, and one for each change that its person may see."""

    def __init__(self, slack: People, faults: Faults, inspector: Inspector, sample: Sample) -> None:
        self._slack = slack
        self._faults = faults
        self._inspector = inspector
        self._sample = sample

    def snapshot(self, me: str) -> Json:
        """Show everything at once."""
        slack, sight = self._slack, Sight(self._slack, me)
        slack.workspace.direct(me, slack.parts.app.user)  # so that the app can be written to from the first moment
        return {
            "type": "snapshot",
            "me": me,
            "team": {"name": TEAM_NAME},
            "app": self._app(),
            "people": [sight.person(each) for each in slack.workspace.everyone()],
            "channels": [sight.channel(each) for each in sight.channels()],
            "messages": {each.id: sight.messages(each.id) for each in sight.channels()},
            "ephemerals": sight.ephemerals(),
            "modal": sight.modal(),
            "home": sight.home(),
            "clock": self._clock(),
            "rules": self._faults.shown(),
            "sample": self._sample.shown(),
        }

    def _app(self) -> Json:
        app = self._slack.parts.app
        return {
            "user": app.user,
            "name": app.name,
            "home": app.home,
            "command": [
                {"command": each.name, "usage_hint": each.usage_hint, "description": each.description}
                for each in app.commands or ()
            ],
            "shortcuts": [
                {
                    "type": "message" if each.on_message else "global",
                    "callback_id": each.callback_id,
                    "name": each.name,
                }
                for each in app.shortcuts or ()
            ],
        }

    def _clock(self) -> Json:
        return {"now": self._slack.clock.now(), "offset": self._slack.clock.ahead}

    def of(self, change: c.Change, me: str) -> Json | None:
        """Return what this person's page is told of a change, or None when it does not concern them."""
        sight = Sight(self._slack, me)
        match change:
            case c.ClockMoved():
                return {"type": "clock"} | self._clock()
            case c.RulesChanged():
                return {"type": "rules", "rules": self._faults.shown()}
            case Called() | Tried():
                entry = self._inspector.find(change.ts)
                return {"type": "traffic", "entry": entry} if entry else None
        return _of_message(change, sight) or _of_person(change, sight) or _of_channel(change, sight)


def _of_message(change: c.Change, sight: Sight) -> Json | None:
    """Show a change of what everyone in a channel sees."""
    match change:
        case c.MessagePosted(message=message) if sight.may_read(message.channel):
            return {"type": "message_posted", "message": sight.message(message)}
        case c.MessageEdited(message=message) if sight.may_read(message.channel):
            return {"type": "message_edited", "message": sight.message(message)}
        case c.MessageDeleted(previous=gone) if sight.may_read(gone.channel):
            return {"type": "message_deleted", "channel": gone.channel, "ts": gone.ts}
        case c.ReactionAdded(message=message, user=user, name=name) if sight.may_read(message.channel):
            return _reaction("reaction_added", sight.message(message), user, name)
        case c.ReactionRemoved(message=message, user=user, name=name) if sight.may_read(message.channel):
            return _reaction("reaction_removed", sight.message(message), user, name)
    return None


def _of_person(change: c.Change, sight: Sight) -> Json | None:
    """Show a change of what one person alone sees."""
    match change:
        case c.EphemeralShown(ephemeral=ephemeral) if ephemeral.user == sight.me:
            return {"type": "ephemeral_shown", "ephemeral": sight.ephemeral(ephemeral)}
        case c.EphemeralGone(ephemeral=ephemeral) if ephemeral.user == sight.me:
            return {"type": "ephemeral_gone", "ts": ephemeral.ts}
        case c.ViewShown(view=view) | c.ViewClosed(view=view) if view.user == sight.me:
            return _view(sight, home=view.body["type"] == "home")
    return None


def _of_channel(change: c.Change, sight: Sight) -> Json | None:
    """Show a channel's change."""
    match change:
        case c.ChannelChanged(channel=channel):
            return _channel(sight, channel, new=False)
        case c.MemberJoined(channel=channel, user=user) | c.MemberLeft(channel=channel, user=user):
            return _channel(sight, channel, new=user == sight.me)
    return None


def _reaction(kind: str, message: Json, user: str, name: str) -> Json:
    return {
        "type": kind,
        "channel": message["channel"],
        "ts": message["ts"],
        "user": user,
        "name": name,
        "message": message,
    }


def _view(sight: Sight, *, home: bool) -> Json:
    if home:
        return {"type": "home_shown", "view": sight.home()}
    modal = sight.modal()
    return {"type": "modal_shown", "view": modal} if modal else {"type": "modal_closed"}


def _channel(sight: Sight, channel: Channel, *, new: bool) -> Json | None:
    """Show a channel; with its messages when this person could not read them until now."""
    if not sight.may_see(channel):
        return {"type": "channel_gone", "channel": channel.id} if new else None
    shown: Json = {"type": "channel_changed", "channel": sight.channel(channel)}
    return shown | ({"messages": sight.messages(channel.id)} if new else {})
