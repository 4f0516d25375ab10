"""What a workspace consists of: people, channels, messages, files and views, as plain records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]


class ChannelKind(StrEnum):
    """What a conversation is, by the names that Slack gives to `channel_type`."""

    PUBLIC = "channel"
    PRIVATE = "group"
    DIRECT = "im"
    GROUP = "mpim"


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the workspace.

    Attributes:
        id: As `U0PLAYANA01`.
        name: The handle, without the @.
        real_name: The full name.
        email: The address, empty for bots.
        tz: The time zone's IANA name.
        is_bot: Whether this is the app's own user, or another bot's.
        bot_id: A bot's other id, as `B…`; empty for people.
        guest: Whether they were invited to some channels only.
        team: The other workspace's id, for who is here through Slack Connect; empty for everybody else.
    """

    id: str
    name: str
    real_name: str
    email: str = ""
    tz: str = "Etc/UTC"
    is_bot: bool = False
    bot_id: str = ""
    guest: bool = False
    team: str = ""

    def tz_offset(self, at: float) -> int:
        """Return how many seconds this person's wall clock is ahead of UTC."""
        offset = datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(self.tz)).utcoffset()
        return int(offset.total_seconds()) if offset else 0


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation: a channel, or a direct message.

    Attributes:
        members: Ids of the people in it, in the order in which they came.
    """

    id: str
    name: str
    kind: ChannelKind
    members: tuple[str, ...]
    created: int
    creator: str
    archived: bool = False
    topic: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji on a message, and who put it there, first one first."""

    name: str
    users: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A message that everyone in the channel sees.

    Attributes:
        ts: When it was posted, and its id in the channel.
        text: Mrkdwn, escaped, as Slack stores it.
        blocks: Block Kit, each block with its `block_id`.
        thread_ts: The parent's ts for a reply, else None.
        subtype: As `file_share`; empty for an ordinary message.
        broadcast: Whether a reply is shown in the channel as well.
        edited_by: Who edited it last; empty when nobody did.
        edited_ts: When.
        files: Ids of the files shared with it.
        unfurls: Previews of links, as attachments.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    attachments: tuple[Json, ...] = ()
    unfurls: tuple[Json, ...] = ()
    thread_ts: str | None = None
    subtype: str = ""
    broadcast: bool = False
    bot_id: str = ""
    app_id: str = ""
    client_msg_id: str = ""
    files: tuple[str, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    metadata: Mapping[str, Any] | None = None
    edited_by: str = ""
    edited_ts: str = ""
    inviter: str = ""

    @property
    def thread(self) -> str:
        """The ts under which replies to this message, or beside it, belong."""
        return self.thread_ts or self.ts

    def reacted(self, name: str, user: str) -> bool:
        """Tell whether `user` put this emoji here."""
        return any(user in each.users for each in self.reactions if each.name == name)


@dataclass(frozen=True, slots=True)
class Ephemeral:
    """A message that one person sees, until it is dismissed or replaced."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    thread_ts: str | None = None
    from_app: bool = True


@dataclass(frozen=True, slots=True)
class File:
    """A file, with its bytes.

    Attributes:
        channels: Ids of the conversations it was shared in.
        shared_as: The message that shared it, as channel and ts.
        clip: For what was recorded in Slack: `slack_audio` or `slack_video`; else empty.
        transcription: How far Slack is with a clip's words: `processing`, `complete` or `failed`.
        locale: The language that Slack took a clip for.
        transcript: A clip's words, as WebVTT.
        huddle: Whether it is the canvas with the notes of a huddle.
    """

    id: str
    name: str
    title: str
    mimetype: str
    user: str
    created: int
    content: bytes = field(repr=False)
    channels: tuple[str, ...] = ()
    shared_as: tuple[tuple[str, str], ...] = ()
    clip: str = ""
    transcription: str = ""
    locale: str = ""
    transcript: str = ""
    huddle: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A modal, or somebody's App Home.

    Attributes:
        id: As `V…`.
        hash: Changes with each update; an update may name the one it knows.
        user: Who sees it.
        body: What the app sent: type, title, blocks, submit…
        values: What was typed so far, by block_id and action_id.
        errors: What the app found wrong at the last submission, by block_id.
        previous: The id of the view under it; empty for the first.
        root: The id of the first view of the stack.
    """

    id: str
    hash: str
    user: str
    body: Json
    values: Json = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    previous: str = ""
    root: str = ""
