"""The state of a workspace, and what can happen in it; every change is published."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.playground.changes import (
    Changes,
    ChannelChanged,
    EphemeralGone,
    EphemeralShown,
    FileDeleted,
    FileShared,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ReactionAdded,
    ReactionRemoved,
)
from bot.playground.clock import Clock
from bot.playground.records import Channel, ChannelKind, Ephemeral, File, Message, Person, Reaction
from bot.playground.refusal import Refused
from bot.playground.seed import Seed
from bot.playground.typed import Names, Typed, understand


def new_id(letter: str) -> str:
    """Return an id as Slack writes them: a letter and ten capitals or digits."""
    return letter + "0" + secrets.token_hex(5).upper()[:9]


class Workspace:
    """People, channels, messages and files.

    Its operations do what they are told when the thing is possible at all; who may do what, and how fast, is decided
    before they are called.
    """

    def __init__(self, clock: Clock, changes: Changes, seed: Seed, bot: Person) -> None:
        self.clock = clock
        self.changes = changes
        self.bot = bot
        self.people: dict[str, Person] = {each.id: each for each in (*seed.people, bot)}
        self.channels: dict[str, Channel] = {each.id: each for each in seed.channels}
        self.files: dict[str, File] = {}
        self.ephemerals: dict[str, Ephemeral] = {}
        self._messages: dict[str, dict[str, Message]] = {}
        self._replies: dict[tuple[str, str], list[str]] = {}

    # ---------------------------------------------------------------------------------------------------- people

    def person(self, who: str) -> Person:
        """Return the person with this id or handle."""
        handle = who.removeprefix("@")
        found = self.people.get(who) or next((each for each in self.people.values() if each.name == handle), None)
        if found is None:
            raise Refused("user_not_found")
        return found

    def add_person(self, person: Person) -> Person:
        """Have somebody new in the workspace."""
        self.people[person.id] = person
        return person

    # -------------------------------------------------------------------------------------------------- channels

    def channel(self, which: str) -> Channel:
        """Return the channel with this id or name."""
        name = which.removeprefix("#")
        found = self.channels.get(which) or next((each for each in self.channels.values() if each.name == name), None)
        if found is None:
            raise Refused("channel_not_found")
        return found

    def add_channel(self, name: str, members: Sequence[str], *, kind: ChannelKind = ChannelKind.PUBLIC) -> Channel:
        """Make a channel."""
        ids = tuple(self.person(each).id for each in members)
        letter = "D" if kind is ChannelKind.DIRECT else "C"
        creator = ids[0] if ids else ""
        made = Channel(new_id(letter), name, kind, ids, int(self.clock.now()), creator)
        return self._change_channel(made)

    def direct(self, *users: str) -> Channel:
        """Return the direct message between these people, made when there is none."""
        ids = {self.person(each).id for each in users}
        for channel in self.channels.values():
            if channel.kind in {ChannelKind.DIRECT, ChannelKind.GROUP} and set(channel.members) == ids:
                return channel
        if len(ids) <= 2:  # noqa: PLR2004 - two people, or one with herself
            return self.add_channel("", tuple(ids), kind=ChannelKind.DIRECT)
        names = "--".join(sorted(self.person(each).name for each in ids))
        return self.add_channel(f"mpdm-{names}-1", tuple(ids), kind=ChannelKind.GROUP)

    def join(self, which: str, user: str, inviter: str = "") -> Channel:
        """Have somebody come into a channel; nothing happens when they are there."""
        channel, person = self.channel(which), self.person(user)
        if channel.archived:
            raise Refused("is_archived")
        if person.id in channel.members:
            return channel
        channel = replace(channel, members=(*channel.members, person.id))
        self.channels[channel.id] = channel
        ts = self.clock.next_ts()
        text = f"<@{person.id}> has joined the channel"
        subtype = "group_join" if channel.kind is ChannelKind.PRIVATE else "channel_join"
        self._post(Message(channel.id, ts, person.id, text, subtype=subtype, inviter=inviter))
        self.changes.publish(MemberJoined(ts, channel, person.id, inviter))
        return channel

    def leave(self, which: str, user: str) -> Channel:
        """Have somebody leave a channel."""
        channel, person = self.channel(which), self.person(user)
        if person.id not in channel.members:
            return channel
        channel = replace(channel, members=tuple(each for each in channel.members if each != person.id))
        self.channels[channel.id] = channel
        self.changes.publish(MemberLeft(self.clock.next_ts(), channel, person.id))
        return channel

    def archive(self, which: str, *, archived: bool = True) -> Channel:
        """Archive a channel, or bring it back."""
        return self._change_channel(replace(self.channel(which), archived=archived))

    def _change_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        self.changes.publish(ChannelChanged(self.clock.next_ts(), channel))
        return channel

    # -------------------------------------------------------------------------------------------------- messages

    def messages(self, channel: str) -> list[Message]:
        """Return every message of a channel, replies among them, oldest first."""
        return list(self._messages.get(channel, {}).values())

    def everything(self) -> list[Message]:
        """Return every message there is, oldest first in each channel."""
        return [message for channel in self._messages.values() for message in channel.values()]

    def put_back(self, messages: Sequence[Message]) -> None:
        """Have messages of an earlier run as they were, without telling anyone."""
        for each in messages:
            self._messages.setdefault(each.channel, {})[each.ts] = each
            if each.thread_ts:
                self._replies.setdefault((each.channel, each.thread_ts), []).append(each.ts)

    def find(self, channel: str, ts: str) -> Message | None:
        """Return a message, or None when there is none."""
        return self._messages.get(channel, {}).get(ts)

    def message(self, channel: str, ts: str) -> Message:
        """Return a message.

        Raises:
            Refused: `message_not_found`.
        """
        found = self.find(channel, ts)
        if found is None:
            raise Refused("message_not_found")
        return found

    def replies(self, channel: str, ts: str) -> list[Message]:
        """Return the replies to a message, oldest first."""
        messages = self._messages.get(channel, {})
        return [messages[each] for each in self._replies.get((channel, ts), ())]

    def typed(self, text: str) -> Typed:
        """Return what Slack makes of what a person types here."""
        return understand(text, Names(self._id_of_person, self._id_of_channel), secrets.token_urlsafe(4))

    def post(self, message: Message, files: Sequence[File] = ()) -> Message:
        """Post a message, under a new ts, with the files that it shares."""
        channel = self.channel(message.channel)
        if channel.archived:
            raise Refused("is_archived")
        if message.thread_ts:
            self.check_parent(channel.id, message.thread_ts)
        ts = self.clock.next_ts()
        posted = replace(message, ts=ts, files=tuple(each.id for each in files))
        shared = [
            replace(
                each,
                channels=tuple(dict.fromkeys((*each.channels, channel.id))),
                shared_as=(*each.shared_as, (channel.id, ts)),
            )
            for each in files
        ]
        self.files.update({each.id: each for each in shared})
        self._post(posted)
        for each in shared:
            self.changes.publish(FileShared(ts, each, channel.id))
        return posted

    def check_parent(self, channel: str, thread_ts: str) -> None:
        """Check that one may reply to a message.

        Raises:
            Refused: `thread_not_found`, or `cannot_reply_to_message` when it is a reply itself.
        """
        parent = self.find(channel, thread_ts)
        if parent is None:
            raise Refused("thread_not_found")
        if parent.thread_ts:
            raise Refused("cannot_reply_to_message")

    def _post(self, message: Message) -> None:
        self._messages.setdefault(message.channel, {})[message.ts] = message
        if message.thread_ts:
            self._replies.setdefault((message.channel, message.thread_ts), []).append(message.ts)
        self.changes.publish(MessagePosted(message.ts, message))

    def edit(self, message: Message) -> Message:
        """Store a message's new form; the one with its ts is the previous one."""
        previous = self.message(message.channel, message.ts)
        self._messages[message.channel][message.ts] = message
        self.changes.publish(MessageEdited(self.clock.next_ts(), message, previous))
        return message

    def delete(self, channel: str, ts: str) -> Message:
        """Delete a message; its replies stay."""
        gone = self.message(channel, ts)
        del self._messages[channel][ts]
        if gone.thread_ts:
            self._replies[channel, gone.thread_ts].remove(ts)
        self.changes.publish(MessageDeleted(self.clock.next_ts(), gone))
        return gone

    def whisper(self, ephemeral: Ephemeral) -> Ephemeral:
        """Show something to one person, under a new ts."""
        shown = replace(ephemeral, ts=self.clock.next_ts())
        return self.change_ephemeral(shown)

    def change_ephemeral(self, ephemeral: Ephemeral) -> Ephemeral:
        """Show an ephemeral message's new form."""
        self.ephemerals[ephemeral.ts] = ephemeral
        self.changes.publish(EphemeralShown(ephemeral.ts, ephemeral))
        return ephemeral

    def dismiss(self, ts: str) -> None:
        """Take an ephemeral message away; nothing happens when it is gone."""
        if gone := self.ephemerals.pop(ts, None):
            self.changes.publish(EphemeralGone(self.clock.next_ts(), gone))

    # ------------------------------------------------------------------------------------------------- reactions

    def react(self, channel: str, ts: str, name: str, user: str) -> Message:
        """Put somebody's emoji on a message."""
        message = self.message(channel, ts)
        if message.reacted(name, user):
            raise Refused("already_reacted")
        old = next((each for each in message.reactions if each.name == name), None)
        if old is None:
            reactions = (*message.reactions, Reaction(name, (user,)))
        else:
            new = Reaction(name, (*old.users, user))
            reactions = tuple(new if each is old else each for each in message.reactions)
        return self._reacted(replace(message, reactions=reactions), name, user, added=True)

    def unreact(self, channel: str, ts: str, name: str, user: str) -> Message:
        """Take somebody's emoji back."""
        message = self.message(channel, ts)
        if not message.reacted(name, user):
            raise Refused("no_reaction")
        left = (
            Reaction(each.name, tuple(one for one in each.users if one != user)) if each.name == name else each
            for each in message.reactions
        )
        reactions = tuple(each for each in left if each.users)
        return self._reacted(replace(message, reactions=reactions), name, user, added=False)

    def _reacted(self, message: Message, name: str, user: str, *, added: bool) -> Message:
        self._messages[message.channel][message.ts] = message
        kind = ReactionAdded if added else ReactionRemoved
        self.changes.publish(kind(self.clock.next_ts(), message, user, name))
        return message

    # ----------------------------------------------------------------------------------------------------- files

    def file(self, file_id: str) -> File:
        """Return a file."""
        found = self.files.get(file_id)
        if found is None:
            raise Refused("file_not_found")
        return found

    def add_file(self, file: File) -> File:
        """Keep a file; it is shared by a message."""
        self.files[file.id] = file
        return file

    def delete_file(self, file_id: str) -> None:
        """Delete a file everywhere."""
        gone = self.file(file_id)
        del self.files[file_id]
        self.changes.publish(FileDeleted(self.clock.next_ts(), gone))

    def _id_of_person(self, handle: str) -> str | None:
        return next((each.id for each in self.people.values() if each.name == handle), None)

    def _id_of_channel(self, name: str) -> str | None:
        return next((each.id for each in self.channels.values() if name and each.name == name), None)

    def everyone(self) -> Iterator[Person]:
        """Yield everyone in the order in which they came, the app's user among them."""
        yield from self.people.values()
