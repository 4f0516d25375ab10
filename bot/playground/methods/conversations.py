"""conversations.*: what there is, who is in it, what was said."""

from bot.playground.arguments import Arguments
from bot.playground.methods.method import Method, Parts, page
from bot.playground.methods.users import kinds
from bot.playground.rates import Tier
from bot.playground.records import ChannelKind, Json, Message
from bot.playground.refusal import Refused


def _info(slack: Parts, args: Arguments) -> Json:
    channel = slack.reachable(args.required("channel", "channel_not_found"))
    slack.need_for(channel, "read")
    return {"channel": slack.wire.channel(channel, slack.app.user)}


def _list(slack: Parts, args: Arguments) -> Json:
    wanted = kinds(slack, args)
    found = [
        each
        for each in slack.workspace.channels.values()
        if each.kind in wanted
        and (each.kind is ChannelKind.PUBLIC or slack.app.user in each.members)
        and not (each.archived and args.flag("exclude_archived"))
    ]
    shown, cursor = page(found, args)
    channels = [slack.wire.channel(each, slack.app.user) for each in shown]
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


def _members(slack: Parts, args: Arguments) -> Json:
    channel = slack.reachable(args.required("channel", "channel_not_found"))
    slack.need_for(channel, "read")
    shown, cursor = page(list(channel.members), args)
    return {"members": shown, "response_metadata": {"next_cursor": cursor}}


def _open(slack: Parts, args: Arguments) -> Json:
    if args.text("channel"):
        channel = slack.joined(args.text("channel"))
    else:
        users = [each.strip() for each in args.text("users").split(",") if each.strip()]
        if not users:
            raise Refused("users_list_not_supplied")
        slack.need("im:write" if len(users) == 1 else "mpim:write")
        channel = slack.workspace.direct(slack.app.user, *users)
    shown = slack.wire.channel(channel, slack.app.user) if args.flag("return_im") else {"id": channel.id}
    return {"channel": shown, "no_op": False, "already_open": False}


def _join(slack: Parts, args: Arguments) -> Json:
    channel = slack.workspace.channel(args.required("channel", "channel_not_found"))
    if channel.kind is not ChannelKind.PUBLIC:
        raise Refused("method_not_supported_for_channel_type")
    joined = slack.workspace.join(channel.id, slack.app.user)
    return {"channel": slack.wire.channel(joined, slack.app.user)}


def _history(slack: Parts, args: Arguments) -> Json:
    channel = slack.joined(args.required("channel", "channel_not_found"))
    slack.need_for(channel, "history")
    top = [each for each in slack.workspace.messages(channel.id) if not each.thread_ts or each.broadcast]
    shown, cursor = page(_between(top, args)[::-1], args)
    messages = [slack.wire.message(each, metadata=args.flag("include_all_metadata")) for each in shown]
    return {"messages": messages, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


def _replies(slack: Parts, args: Arguments) -> Json:
    channel = slack.joined(args.required("channel", "channel_not_found"))
    slack.need_for(channel, "history")
    try:
        message = slack.workspace.message(channel.id, args.required("ts", "thread_not_found"))
    except Refused:
        raise Refused("thread_not_found") from None
    if message.thread_ts:
        # Slack answers a reply's ts with the reply alone
        return {"messages": [slack.wire.message(message)], "has_more": False}
    replies = _between(slack.workspace.replies(channel.id, message.ts), args)
    shown, cursor = page([message, *replies], args)
    messages = [slack.wire.message(each, metadata=args.flag("include_all_metadata")) for each in shown]
    return {"messages": messages, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


def _between(messages: list[Message], args: Arguments) -> list[Message]:
    oldest, latest = args.text("oldest", "0"), args.text("latest", "9" * 10)
    try:
        low, high = float(oldest), float(latest)
    except ValueError:
        raise Refused("invalid_ts_oldest") from None
    if args.flag("inclusive"):
        return [each for each in messages if low <= float(each.ts) <= high]
    return [each for each in messages if low < float(each.ts) < high]


METHODS = (
    Method("conversations.history", _history, Tier.THREE),
    Method("conversations.info", _info, Tier.THREE),
    Method("conversations.join", _join, Tier.THREE, ("channels:join",)),
    Method("conversations.list", _list, Tier.TWO),
    Method("conversations.members", _members, Tier.FOUR),
    Method("conversations.open", _open, Tier.THREE),
    Method("conversations.replies", _replies, Tier.THREE),
)
