"""chat.*: post, change, delete, whisper, link."""

from dataclasses import replace

from bot.playground.arguments import Arguments
from bot.playground.block_kit import limits
from bot.playground.methods.content import Content, read_content
from bot.playground.methods.method import Method, Parts
from bot.playground.rates import Tier
from bot.playground.records import Ephemeral, Json, Message
from bot.playground.refusal import Refused

_SCOPE = ("chat:write",)


def _named(slack: Parts, which: str) -> str:
    """Return a channel's id; posting, unlike everything else, takes a `#name` as well."""
    return slack.workspace.channel(which).id if which.startswith("#") else which


def _said(content: Content) -> Content:
    if content.empty:
        raise Refused("no_text")
    return content


def _post_message(slack: Parts, args: Arguments) -> Json:
    channel = slack.destination(_named(slack, args.required("channel", "channel_not_found")))
    content = _said(read_content(args))
    slack.rates.message(channel.id)
    text = content.text or ""
    message = Message(
        channel=channel.id,
        ts="",
        user=slack.app.user,
        text=text[: limits.MESSAGE_TEXT],
        blocks=content.blocks or (),
        attachments=content.attachments or (),
        thread_ts=args.text("thread_ts") or None,
        broadcast=args.flag("reply_broadcast") and bool(args.text("thread_ts")),
        bot_id=slack.app.bot_id,
        app_id=slack.app.id,
        metadata=content.metadata,
    )
    posted = slack.workspace.post(message)
    answer = {"channel": channel.id, "ts": posted.ts, "message": slack.wire.message(posted, metadata=True)}
    if len(text) > limits.MESSAGE_TEXT:
        answer |= {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}
    return answer


def _own(slack: Parts, args: Arguments, error: str) -> Message:
    channel = slack.reachable(args.required("channel", "channel_not_found"))
    message = slack.workspace.message(channel.id, args.required("ts", "message_not_found"))
    if message.bot_id != slack.app.bot_id:
        raise Refused(error)
    if channel.archived:
        raise Refused("is_archived")
    return message


def _update(slack: Parts, args: Arguments) -> Json:
    message = _own(slack, args, "cant_update_message")
    content = read_content(args)
    if content.text is None and content.blocks is None and content.attachments is None:
        raise Refused("no_text")
    if content.text and len(content.text) > limits.UPDATE_TEXT:
        raise Refused("msg_too_long")
    changed = replace(
        message,
        text=message.text if content.text is None else content.text,
        blocks=message.blocks if content.blocks is None else content.blocks,
        attachments=message.attachments if content.attachments is None else content.attachments,
        metadata=message.metadata if content.metadata is None else content.metadata,
        edited_by=slack.app.user,
        edited_ts=slack.workspace.clock.next_ts(),
    )
    if not (changed.text.strip() or changed.blocks or changed.attachments):
        raise Refused("no_text")
    slack.workspace.edit(changed)
    shown = slack.wire.message(changed, metadata=True)
    return {"channel": message.channel, "ts": message.ts, "text": changed.text, "message": shown}


def _delete(slack: Parts, args: Arguments) -> Json:
    message = _own(slack, args, "cant_delete_message")
    slack.workspace.delete(message.channel, message.ts)
    return {"channel": message.channel, "ts": message.ts}


def _post_ephemeral(slack: Parts, args: Arguments) -> Json:
    channel = slack.destination(args.required("channel", "channel_not_found"))
    user = args.required("user", "user_not_found")
    if user not in slack.workspace.people:
        raise Refused("user_not_found")
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    content = _said(read_content(args))
    text = content.text or ""
    if len(text) > limits.MESSAGE_TEXT:
        raise Refused("msg_too_long")
    thread = args.text("thread_ts") or None
    shown = slack.workspace.whisper(Ephemeral(channel.id, "", user, text, content.blocks or (), thread))
    return {"message_ts": shown.ts}


def _get_permalink(slack: Parts, args: Arguments) -> Json:
    channel = slack.reachable(args.required("channel", "channel_not_found"))
    message = slack.workspace.message(channel.id, args.required("message_ts", "message_not_found"))
    return {"channel": channel.id, "permalink": slack.wire.permalink(message)}


METHODS = (
    Method("chat.delete", _delete, Tier.THREE, _SCOPE),
    Method("chat.getPermalink", _get_permalink, Tier.MANY),
    Method("chat.postEphemeral", _post_ephemeral, Tier.FOUR, _SCOPE),
    Method("chat.postMessage", _post_message, Tier.MANY, _SCOPE),
    Method("chat.update", _update, Tier.THREE, _SCOPE),
)
