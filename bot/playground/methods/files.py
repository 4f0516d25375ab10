"""files.*: look up, upload in three steps, delete."""

from contextlib import suppress
from functools import partial

from bot.playground.arguments import Arguments
from bot.playground.methods.method import Method, Parts
from bot.playground.rates import Tier
from bot.playground.records import Channel, ChannelKind, File, Json, Message
from bot.playground.refusal import Refused
from bot.playground.uploads import MOST_BYTES


def visible(slack: Parts, file_id: str) -> File:
    """Return a file that the app may see.

    Raises:
        Refused: `file_not_found`.
    """
    file = slack.workspace.file(file_id)
    shared = (slack.workspace.channels[each] for each in file.channels)
    if file.user == slack.app.user or any(
        each.kind is ChannelKind.PUBLIC or slack.app.user in each.members for each in shared
    ):
        return file
    raise Refused("file_not_found")


def _asked_for(slack: Parts, args: Arguments) -> File:
    return visible(slack, args.required("file", "file_not_found"))


def _info(slack: Parts, args: Arguments) -> Json:
    shown = slack.wire.file(_asked_for(slack, args))
    if slack.rules.keep_files:
        shown = {key: value for key, value in shown.items() if not key.startswith(("url_", "permalink"))}
        shown |= {"mode": "file_access", "file_access": "check_file_info"}
    return {"file": shown, "comments": [], "response_metadata": {"next_cursor": ""}}


def _delete(slack: Parts, args: Arguments) -> Json:
    file = _asked_for(slack, args)
    if file.user != slack.app.user:
        raise Refused("cant_delete_file")
    slack.workspace.delete_file(file.id)
    return {}


def _get_upload_url(slack: Parts, args: Arguments) -> Json:
    name = args.required("filename")
    length = args.number("length", 0)
    if length < 1:
        message = "[ERROR] must be greater than 0 [json-pointer:/length]"
        raise Refused("invalid_arguments", response_metadata={"messages": [message]})
    if length > MOST_BYTES:
        raise Refused("file_too_large")
    file_id, ticket = slack.uploads.begin(name, length, slack.app.user)
    return {"upload_url": f"{slack.wire.origin}/upload/v1/{ticket}", "file_id": file_id}


def _complete_upload(slack: Parts, args: Arguments) -> Json:
    given = args.structure("files", "invalid_arguments")
    if not isinstance(given, list) or not given or not all(isinstance(each, dict) and "id" in each for each in given):
        raise Refused("invalid_arguments")
    where = args.text("channel_id") or args.text("channels")
    channels = [slack.destination(each.strip()) for each in where.split(",") if each.strip()]
    if thread := args.text("thread_ts"):
        for channel in channels:
            slack.workspace.check_parent(channel.id, thread)
    files = [slack.uploads.complete(str(each["id"]), str(each.get("title", ""))) for each in given]
    for each in files:
        slack.workspace.add_file(each)
    for channel in channels:
        slack.later(slack.rules.share_seconds, partial(_share, slack, channel, files, args))
    return {"files": [slack.wire.file(each) for each in files]}


def _share(slack: Parts, channel: Channel, files: list[File], args: Arguments) -> None:
    message = Message(
        channel=channel.id,
        ts="",
        user=slack.app.user,
        text=args.text("initial_comment"),
        thread_ts=args.text("thread_ts") or None,
        subtype="file_share",
        bot_id=slack.app.bot_id,
        app_id=slack.app.id,
    )
    # Nobody is there any more to be told that the channel, the thread or a file went meanwhile.
    with suppress(Refused):
        slack.workspace.post(message, [slack.workspace.file(each.id) for each in files])


METHODS = (
    Method("files.completeUploadExternal", _complete_upload, Tier.FOUR, ("files:write",)),
    Method("files.delete", _delete, Tier.THREE, ("files:write",)),
    Method("files.getUploadURLExternal", _get_upload_url, Tier.FOUR, ("files:write",)),
    Method("files.info", _info, Tier.FOUR, ("files:read",)),
)
