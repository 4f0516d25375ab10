"""Speaks in Slack: posts, edits and finds our messages, at Slack's pace."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.posts import Note, Place
from bot.errors import Failed, FollowthroughError, NotInChannel, Unavailable
from bot.slack.blocks.kit import Message
from bot.slack.blocks.notes import message_of
from bot.slack.client import Identity
from bot.slack.failures import code_of, told
from bot.slack.options import Signs
from bot.slack.pace import Pace
from bot.slack.people import People
from bot.slack.readers import Readers

# what a message of ours is called in Slack's message metadata, which every app of the workspace can read: ids only
POSTED = "followthrough_post"

_ELSEWHERE = "Share it in a channel that I am in, or in your messages with me."

# messages looked through for one that a crash left in doubt: it is among the first after its moment
_LOOKED_THROUGH = 100

_EDIT_TOO_LATE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
_REACTION_IDLE = frozenset(
    {"already_reacted", "message_not_found", "thread_locked", "too_many_emoji", "too_many_reactions"}
)


class SlackMessenger:
    """The flows' messenger, over Slack's Web API."""

    def __init__(
        self,
        client: AsyncWebClient,
        identity: Identity,
        signs: Signs,
        *,
        people: People | None = None,
        post_every: float = 1.0,
        edit_every: float = 1.0,
    ) -> None:
        """Keep what is needed to speak.

        Args:
            client: Slack's Web API; it must not try again by itself.
            identity: Who we are.
            signs: What people use towards the bot.
            people: Who is who; asked for itself when None.
            post_every: Seconds between two messages in a channel; Slack allows about one a second.
            edit_every: Seconds between two edits of the same message.
        """
        self._client = client
        self._identity = identity
        self._signs = signs
        self._readers = Readers(client, people or People(client, identity))
        self._posts = Pace(post_every)
        self._edits = Pace(edit_every)

    async def post(self, place: Place, note: Note, post_id: str) -> str:
        """Post a message that carries `post_id`, and return its ts."""
        message = message_of(note, self._signs).marked(post_id)
        return await self._post(place, message, {"event_type": POSTED, "event_payload": {"post_id": post_id}})

    async def _post(self, place: Place, message: Message, metadata: dict[str, Any] | None = None) -> str:
        await self._posts.turn(place.channel)
        try:
            with told(self._identity.name):
                answer = await self._client.chat_postMessage(
                    channel=place.channel,
                    thread_ts=place.thread_ts,
                    text=message.text,
                    blocks=message.blocks,
                    metadata=metadata,
                    unfurl_links=False,
                    unfurl_media=False,
                )
        except Unavailable as error:
            if error.after is not None:
                self._posts.hold(place.channel, error.after)
            raise
        except NotInChannel as error:
            if place.channel.startswith("D"):
                # nobody can be invited to a direct message
                raise NotInChannel("I cannot post in a direct message between people.", _ELSEWHERE) from error
            raise
        return str(answer["ts"])

    async def find(self, place: Place, post_id: str, since: datetime) -> str | None:
        """Return the ts of the message that carries `post_id`; whatever goes wrong counts as not found."""
        asked: dict[str, Any] = {
            "channel": place.channel,
            "oldest": f"{since.timestamp():.6f}",
            "limit": _LOOKED_THROUGH,
            "include_all_metadata": True,
        }
        with suppress(FollowthroughError), told(self._identity.name):
            if place.thread_ts is not None:
                answer = await self._client.conversations_replies(ts=place.thread_ts, **asked)
            else:
                answer = await self._client.conversations_history(**asked)
            return next((str(each["ts"]) for each in answer.get("messages") or [] if _carries(each, post_id)), None)
        return None

    async def edit(self, channel: str, ts: str, note: Note) -> None:
        """Show a message's new state; one that people deleted stays deleted."""
        message = message_of(note, self._signs)
        await self._edits.turn(f"{channel} {ts}")
        with told(self._identity.name, but=_EDIT_TOO_LATE):
            # without these two, an update would have Slack look for names and links in the text
            await self._client.chat_update(
                channel=channel, ts=ts, text=message.text, blocks=message.blocks, parse="none", link_names=False
            )

    async def whisper(self, place: Place, user: str, note: Note) -> None:
        """Show something to one person only, in a channel; directly when they are not in it."""
        message = message_of(note, self._signs)
        try:
            with told(self._identity.name):
                await self._client.chat_postEphemeral(
                    channel=place.channel,
                    thread_ts=place.thread_ts,
                    user=user,
                    text=message.text,
                    blocks=message.blocks,
                )
        except FollowthroughError as error:
            cause = error.__cause__
            if not isinstance(cause, SlackApiError) or code_of(cause) != "user_not_in_channel":
                raise
            await self.tell(user, note)

    async def tell(self, user: str, note: Note) -> None:
        """Send one person a direct message."""
        try:
            await self._post(Place(user), message_of(note, self._signs))
        except NotInChannel as error:
            # a person is no channel to be invited to
            raise NotInChannel("I cannot send direct messages to that person.") from error

    async def react(self, channel: str, ts: str, emoji: str) -> None:
        """Add a reaction; one that is there already, or has no message any more, is no error."""
        with told(self._identity.name, but=_REACTION_IDLE):
            await self._client.reactions_add(channel=channel, timestamp=ts, name=emoji)

    async def link(self, channel: str, ts: str) -> str | None:
        """Return a link to a message, or None when Slack has none."""
        try:
            with told(self._identity.name):
                answer = await self._client.chat_getPermalink(channel=channel, message_ts=ts)
        except (NotInChannel, Failed):
            return None
        return str(answer.get("permalink") or "") or None

    async def may_read(self, user: str, channel: str) -> bool:
        """Say whether somebody reads a channel, or can; False when Slack does not say."""
        return await self._readers.may_read(user, channel)


def _carries(message: Any, post_id: str) -> bool:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    blocks = message.get("blocks") or [{}]
    return post_id in {payload.get("post_id"), blocks[0].get("block_id")}
