"""reactions.*: put an emoji on a message, take it back, count them."""

import re

from bot.playground.arguments import Arguments
from bot.playground.methods.method import Method, Parts
from bot.playground.rates import Tier
from bot.playground.records import Json, Message
from bot.playground.refusal import Refused

_NAME = re.compile(r"[\w+'-]+(::skin-tone-[2-6])?")
_MOST_REACTIONS = 50  # different emoji on one message


def _message(slack: Parts, args: Arguments) -> Message:
    if "channel" not in args or "timestamp" not in args:
        raise Refused("no_item_specified")
    channel = slack.reachable(args.text("channel"))
    return slack.workspace.message(channel.id, args.text("timestamp"))


def _name(args: Arguments) -> str:
    name = args.text("name").strip(":")
    if not _NAME.fullmatch(name):
        raise Refused("invalid_name")
    return name


def _writable(slack: Parts, message: Message) -> None:
    channel = slack.joined(message.channel)
    if channel.archived:
        raise Refused("is_archived")


def _add(slack: Parts, args: Arguments) -> Json:
    name, message = _name(args), _message(slack, args)
    _writable(slack, message)
    if len(message.reactions) >= _MOST_REACTIONS and all(each.name != name for each in message.reactions):
        raise Refused("too_many_emoji")
    slack.workspace.react(message.channel, message.ts, name, slack.app.user)
    return {}


def _remove(slack: Parts, args: Arguments) -> Json:
    name, message = _name(args), _message(slack, args)
    _writable(slack, message)
    slack.workspace.unreact(message.channel, message.ts, name, slack.app.user)
    return {}


def _get(slack: Parts, args: Arguments) -> Json:
    message = _message(slack, args)
    slack.joined(message.channel)
    return {"type": "message", "channel": message.channel, "message": slack.wire.message(message)}


METHODS = (
    Method("reactions.add", _add, Tier.THREE, ("reactions:write",)),
    Method("reactions.remove", _remove, Tier.TWO, ("reactions:write",)),
    Method("reactions.get", _get, Tier.THREE, ("reactions:read",)),
)
