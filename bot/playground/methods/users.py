"""users.*: who there is, and where they are."""

from bot.playground.arguments import Arguments
from bot.playground.methods.method import Method, Parts, page
from bot.playground.rates import Tier
from bot.playground.records import ChannelKind, Json
from bot.playground.refusal import Refused


def _email(slack: Parts) -> bool:
    return "users:read.email" in slack.app.scopes


def _info(slack: Parts, args: Arguments) -> Json:
    user = slack.workspace.people.get(args.required("user", "user_not_found"))
    if user is None:
        raise Refused("user_not_found")
    return {"user": slack.wire.user(user, email=_email(slack))}


def _list(slack: Parts, args: Arguments) -> Json:
    shown, cursor = page(list(slack.workspace.everyone()), args)
    members = [slack.wire.user(each, email=_email(slack)) for each in shown]
    return {
        "members": members,
        "cache_ts": int(slack.workspace.clock.now()),
        "response_metadata": {"next_cursor": cursor},
    }


def _lookup_by_email(slack: Parts, args: Arguments) -> Json:
    wanted = args.required("email", "users_not_found").lower()
    found = next((each for each in slack.workspace.everyone() if each.email and each.email.lower() == wanted), None)
    if found is None:
        raise Refused("users_not_found")
    return {"user": slack.wire.user(found, email=True)}


def _conversations(slack: Parts, args: Arguments) -> Json:
    user = args.text("user", slack.app.user)
    wanted = kinds(slack, args)
    found = [
        each
        for each in slack.workspace.channels.values()
        if user in each.members
        and each.kind in wanted
        and (each.kind is ChannelKind.PUBLIC or slack.app.user in each.members)
        and not (each.archived and args.flag("exclude_archived"))
    ]
    shown, cursor = page(found, args)
    channels = [slack.wire.channel(each, slack.app.user) for each in shown]
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


_TYPES = {
    "public_channel": (ChannelKind.PUBLIC, "channels:read"),
    "private_channel": (ChannelKind.PRIVATE, "groups:read"),
    "im": (ChannelKind.DIRECT, "im:read"),
    "mpim": (ChannelKind.GROUP, "mpim:read"),
}


def kinds(slack: Parts, args: Arguments) -> set[ChannelKind]:
    """Return the kinds of conversation that `types` asks for; each needs its scope."""
    wanted = {each.strip() for each in args.text("types", "public_channel").split(",")}
    if not wanted <= _TYPES.keys():
        raise Refused("invalid_types")
    for each in wanted:
        slack.need(_TYPES[each][1])
    return {_TYPES[each][0] for each in wanted}


METHODS = (
    Method("users.info", _info, Tier.FOUR, ("users:read",)),
    Method("users.list", _list, Tier.TWO, ("users:read",)),
    Method("users.lookupByEmail", _lookup_by_email, Tier.THREE, ("users:read.email",)),
    Method("users.conversations", _conversations, Tier.THREE),
)
