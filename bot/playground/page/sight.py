"""What one person may see, and how the page is told of it."""

from collections.abc import Iterator

from bot.playground.people import People
from bot.playground.records import Channel, ChannelKind, Ephemeral, File, Json, Message, Person, View

_KINDS = {
    ChannelKind.PUBLIC: "public",
    ChannelKind.PRIVATE: "private",
    ChannelKind.DIRECT: "im",
    ChannelKind.GROUP: "group",
}
_COLOURS = ("#7c3085", "#1d6f5c", "#a3541a", "#2f5fb3", "#9c2f4f", "#5d6b1f")


class Sight:
    """The workspace as one person sees it: public channels, and what they are in.

    Attributes:
        me: The person's id.
    """

    def __init__(self, slack: People, me: str) -> None:
        self.me = me
        self._slack = slack

    def may_see(self, channel: Channel) -> bool:
        """Tell whether this person may read a channel."""
        return channel.kind is ChannelKind.PUBLIC or self.me in channel.members

    def may_read(self, channel_id: str) -> bool:
        """Tell the same of a channel that is known by its id."""
        channel = self._slack.workspace.channels.get(channel_id)
        return channel is not None and self.may_see(channel)

    def channels(self) -> Iterator[Channel]:
        """Yield the channels that this person may read."""
        return (each for each in self._slack.workspace.channels.values() if self.may_see(each))

    def messages(self, channel_id: str) -> list[Json]:
        """Show every message of a channel, replies among them, oldest first."""
        return [self.message(each) for each in self._slack.workspace.messages(channel_id)]

    def message(self, message: Message) -> Json:
        """Show a message."""
        shown = self._slack.parts.wire.message(message) | {"channel": message.channel}
        if message.files:
            shown["files"] = [self._file(each) for each in message.files]
        return shown

    def _file(self, file_id: str) -> Json:
        file = self._slack.workspace.files.get(file_id)
        return {"id": file_id, "mode": "tombstone"} if file is None else self.file(file)

    def file(self, file: File) -> Json:
        """Show a file, with the address from which this person's browser can have it."""
        return {
            "id": file.id,
            "name": file.name,
            "title": file.title,
            "mimetype": file.mimetype,
            "size": len(file.content),
            "url": f"/page/file/{file.id}?as={self.me}",
        }

    def channel(self, channel: Channel) -> Json:
        """Show a channel."""
        shown: Json = {
            "id": channel.id,
            "name": channel.name,
            "kind": _KINDS[channel.kind],
            "member": self.me in channel.members,
            "members": list(channel.members),
            "archived": channel.archived,
            "topic": channel.topic,
        }
        if channel.kind is ChannelKind.DIRECT:
            shown["with"] = next((each for each in channel.members if each != self.me), self.me)
        return shown

    def person(self, person: Person) -> Json:
        """Show a member of the workspace."""
        place = list(self._slack.workspace.people).index(person.id)
        return {
            "id": person.id,
            "name": person.real_name,
            "handle": person.name,
            "tz": person.tz,
            "tz_label": person.tz.rpartition("/")[2].replace("_", " "),
            "tz_offset": person.tz_offset(self._slack.clock.now()),
            "is_bot": person.is_bot,
            "colour": _COLOURS[place % len(_COLOURS)],
        }

    def ephemeral(self, ephemeral: Ephemeral) -> Json:
        """Show something that only this person sees."""
        wire = self._slack.parts.wire.ephemeral(ephemeral)
        return wire | {"channel": ephemeral.channel, "thread_ts": ephemeral.thread_ts}

    def ephemerals(self) -> list[Json]:
        """Show everything that only this person sees, oldest first."""
        return [self.ephemeral(each) for each in self._slack.workspace.ephemerals.values() if each.user == self.me]

    def view(self, view: View | None) -> Json | None:
        """Show a modal or Home, with what was typed and what the app found wrong."""
        if view is None:
            return None
        return self._slack.parts.wire.view(view) | {"errors": dict(view.errors)}

    def modal(self) -> Json | None:
        """Show the modal that this person sees."""
        return self.view(self._slack.modal(self.me))

    def home(self) -> Json | None:
        """Show this person's Home of the app."""
        return self.view(self._slack.home(self.me))
