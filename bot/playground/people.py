"""What a person can do in the playground."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from bot.playground import form
from bot.playground.arguments import Arguments
from bot.playground.attachments import Attachment, file_of
from bot.playground.changes import HomeOpened
from bot.playground.deliveries import Deliveries, Kind
from bot.playground.interactions import Interactions
from bot.playground.methods.method import Parts
from bot.playground.methods.views import check_view
from bot.playground.records import Channel, Ephemeral, Json, Message, View
from bot.playground.refusal import Refused
from bot.playground.responses import Responses
from bot.playground.tickets import ResponseUrl


@dataclass(frozen=True, slots=True)
class Answer:
    """How the app took a command or interaction.

    Attributes:
        acknowledged: Whether it did so within three seconds.
        body: What came with the acknowledgement: an object, a text, or None.
        seconds: How long it took.
        error: What the person is told when it went wrong: `operation_timeout`, `dispatch_failed`, or why what came with
            the acknowledgement cannot be shown, as `invalid_blocks`; else empty.
    """

    acknowledged: bool
    body: Any
    seconds: float
    error: str = ""

    @property
    def text(self) -> str:
        """The text that came with it."""
        return str(self.body.get("text", "")) if isinstance(self.body, dict) else str(self.body or "")


class People:
    """Lets people act; who they are and where is said by id or by name.

    People are `ana` or `U…`; places are `product`, `#product` or `C…`, and `@followthrough` is one's direct message
    with the app.

    What a person cannot do raises `Refused`, with Slack's name for the reason.
    """

    def __init__(self, parts: Parts, deliveries: Deliveries, interactions: Interactions, responses: Responses) -> None:
        self.parts = parts
        self.workspace = parts.workspace
        self.rules = parts.rules
        self.clock = parts.workspace.clock
        self._delivered = deliveries
        self._interactions = interactions
        self._responses = responses

    def place(self, user: str, where: str) -> Channel:
        """Return the channel that a person means, and is in."""
        if where.startswith("@"):
            return self.workspace.direct(user, where)
        channel = self.workspace.channel(where)
        if self.workspace.person(user).id not in channel.members:
            raise Refused("not_in_channel")
        return channel

    # -------------------------------------------------------------------------------------------------- messages

    async def say(
        self,
        user: str,
        channel: str,
        text: str,
        *,
        thread_ts: str | None = None,
        files: Sequence[Attachment] = (),
    ) -> Message:
        """Type a message (links, @mentions, #channels, :emoji: and *styles* are understood), perhaps with files.

        Args:
            user: Who.
            channel: Where; they must be in it.
            text: What is typed.
            thread_ts: The parent of a reply.
            files: Paths, names with bytes, or what was made in Slack.
        """
        typed = self.workspace.typed(text)
        created = int(self.clock.now())
        shared = [await file_of(each, self.workspace.person(user).id, created) for each in files]
        message = self._own_message(user, channel, typed.text, typed.blocks, thread_ts)
        posted = self.workspace.post(replace(message, subtype="file_share" if shared else ""), shared)
        self._unfurl(posted)
        return posted

    async def send(
        self, user: str, channel: str, text: str, blocks: Sequence[Json] = (), *, thread_ts: str | None = None
    ) -> Message:
        """Send a text and blocks just as they are, as clients and other apps do that know no rich text."""
        return self.workspace.post(self._own_message(user, channel, text, tuple(blocks), thread_ts))

    def _own_message(
        self, user: str, channel: str, text: str, blocks: tuple[Json, ...], thread_ts: str | None
    ) -> Message:
        person, where = self.workspace.person(user), self.place(user, channel)
        if person.is_bot:
            return Message(
                where.id, "", person.id, text, blocks, thread_ts=thread_ts, bot_id=person.bot_id, subtype="bot_message"
            )
        return Message(where.id, "", person.id, text, blocks, thread_ts=thread_ts, client_msg_id=str(uuid4()))

    def _unfurl(self, message: Message) -> None:
        urls = [each["url"] for block in message.blocks for each in _inline(block) if each["type"] == "link"]
        if urls and self.rules.unfurl_links:
            previews = tuple({"from_url": url, "id": number, "title": url} for number, url in enumerate(urls, 1))
            self.workspace.edit(replace(message, unfurls=previews))

    async def edit(self, user: str, channel: str, ts: str, text: str) -> Message:
        """Type one's own message anew."""
        message = self._mine(user, channel, ts, "cant_update_message")
        typed = self.workspace.typed(text)
        changed = replace(
            message,
            text=typed.text,
            blocks=typed.blocks,
            edited_by=message.user,
            edited_ts=self.clock.next_ts(),
        )
        return self.workspace.edit(changed)

    async def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete one's own message."""
        message = self._mine(user, channel, ts, "cant_delete_message")
        self.workspace.delete(message.channel, message.ts)

    def _mine(self, user: str, channel: str, ts: str, error: str) -> Message:
        message = self.workspace.message(self.place(user, channel).id, ts)
        if message.user != self.workspace.person(user).id:
            raise Refused(error)
        return message

    async def react(self, user: str, channel: str, ts: str, name: str) -> Message:
        """Put an emoji on a message."""
        where = self.place(user, channel)
        return self.workspace.react(where.id, ts, name.strip(":"), self.workspace.person(user).id)

    async def unreact(self, user: str, channel: str, ts: str, name: str) -> Message:
        """Take one's emoji back."""
        where = self.place(user, channel)
        return self.workspace.unreact(where.id, ts, name.strip(":"), self.workspace.person(user).id)

    async def invite(self, inviter: str, channel: str, user: str) -> None:
        """Bring somebody into a channel, as one does with the app."""
        self.workspace.join(channel, user, self.workspace.person(inviter).id)

    # ------------------------------------------------------------------------------------ commands and shortcuts

    async def command(self, user: str, channel: str, typed: str) -> Answer:
        """Type a slash command, as `/process help`."""
        name, _, text = typed.partition(" ")
        person, where = self.workspace.person(user), self.place(user, channel)
        if where.archived:
            raise Refused("is_archived")
        known = self.parts.app.command(name)
        if known is None:
            self._slackbot(where.id, person.id, f"`{name}` is not a valid command.")
            return Answer(acknowledged=False, body=None, seconds=0.0, error="unknown_command")
        payload = self._interactions.command(known, person.id, where, text.strip())
        answer = await self._deliver(Kind.COMMAND, payload)
        if answer.body:
            given = answer.body if isinstance(answer.body, dict) else {"text": answer.body}
            try:
                self._responses.say(ResponseUrl(where.id, person.id, "", None, 0.0), Arguments(given))
            except Refused as refused:
                answer = replace(answer, error=refused.error)
        if answer.error:
            self._slackbot(where.id, person.id, f"`{name}` failed with the error `{answer.error}`")
        return answer

    def _slackbot(self, channel: str, user: str, text: str) -> None:
        self.workspace.whisper(Ephemeral(channel, "", user, text, from_app=False))

    async def message_shortcut(self, user: str, channel: str, ts: str, callback_id: str) -> Answer:
        """Use a shortcut on a message."""
        self._known_shortcut(callback_id)
        message = self.workspace.message(self.place(user, channel).id, ts)
        person = self.workspace.person(user).id
        return await self._deliver(Kind.INTERACTION, self._interactions.message_shortcut(person, message, callback_id))

    async def global_shortcut(self, user: str, callback_id: str) -> Answer:
        """Use a shortcut that belongs to no channel."""
        self._known_shortcut(callback_id)
        person = self.workspace.person(user).id
        return await self._deliver(Kind.INTERACTION, self._interactions.global_shortcut(person, callback_id))

    def _known_shortcut(self, callback_id: str) -> None:
        known = self.parts.app.shortcuts
        if known is not None and all(each.callback_id != callback_id for each in known):
            raise Refused("unknown_shortcut")

    # ---------------------------------------------------------------------------------- buttons, menus and modals

    async def press(
        self, user: str, channel: str, ts: str, action_id: str, choice: Any = None, *, block_id: str = ""
    ) -> Answer:
        """Use a button or menu of a message, ephemeral ones among them.

        Args:
            user: Who.
            channel: Where the message is.
            ts: Which message.
            action_id: Which of its elements.
            choice: For menus and pickers: an option's value, a date, a user…
            block_id: When the action_id is not unique.
        """
        person, seen = self.workspace.person(user).id, self.seen(user, channel, ts)
        action = self._action(seen.blocks, action_id, choice, block_id)
        values = form.state(seen.blocks, {action_id: choice} if choice is not None else {})
        return await self._deliver(Kind.INTERACTION, self._interactions.message_action(person, seen, action, values))

    def element(self, user: str, channel: str, ts: str, action_id: str, block_id: str = "") -> Json:
        """Return a button or menu of a message that this person sees.

        Raises:
            Refused: They see no such message, or it has no such element.
        """
        return form.find(self.seen(user, channel, ts).blocks, action_id, block_id)[1]

    def seen(self, user: str, channel: str, ts: str) -> Message | Ephemeral:
        """Return a message that this person sees, perhaps alone.

        Raises:
            Refused: They see no such message.
        """
        person, where = self.workspace.person(user).id, self.place(user, channel).id
        seen = self.workspace.ephemerals.get(ts) or self.workspace.message(where, ts)
        if isinstance(seen, Ephemeral) and seen.user != person:
            raise Refused("message_not_found")
        return seen

    async def use(self, user: str, view: View, action_id: str, choice: Any = None, *, block_id: str = "") -> Answer:
        """Use a button or menu of a modal or Home."""
        if view.user != self.workspace.person(user).id:
            raise Refused("not_found")
        action = self._action(tuple(view.body["blocks"]), action_id, choice, block_id)
        filled = self.parts.modals.fill(view, {action_id: choice}) if choice is not None else view
        return await self._deliver(Kind.INTERACTION, self._interactions.view_action(filled, action))

    async def suggest(
        self, user: str, seen: Message | Ephemeral | View, action_id: str, typed: str, *, block_id: str = ""
    ) -> Answer:
        """Type into an external menu; what comes with the acknowledgement are its options."""
        blocks = seen.body["blocks"] if isinstance(seen, View) else seen.blocks
        block, _ = form.find(blocks, action_id, block_id)
        ids = {"action_id": action_id, "block_id": block["block_id"]}
        person = self.workspace.person(user).id
        return await self._deliver(Kind.INTERACTION, self._interactions.suggestion(person, seen, ids, typed))

    def _action(self, blocks: Sequence[Json], action_id: str, choice: Any, block_id: str) -> Json:
        block, element = form.find(blocks, action_id, block_id)
        ids = {"action_id": action_id, "block_id": block["block_id"], "action_ts": self.clock.next_ts()}
        return form.chosen(element, choice) | ids

    async def submit(self, user: str, values: Mapping[str, Any] | None = None) -> Answer:
        """Fill the modal that this person sees and submit it.

        Args:
            user: Who.
            values: What is typed or chosen, by action_id.

        Raises:
            Refused: They see no modal, or left out an input that must be answered (which a client does not send).
        """
        view = self.modal(user)
        if view is None:
            raise Refused("not_found")
        view = self.parts.modals.fill(view, values or {})
        if form.unanswered(view.body["blocks"], view.values):
            raise Refused("input_required")
        answer = await self._deliver(Kind.INTERACTION, self._interactions.submission(view))
        if answer.acknowledged:
            self._respond(view, answer.body if isinstance(answer.body, dict) else {})
        return answer

    def _respond(self, view: View, body: Json) -> None:
        match body.get("response_action"):
            case "errors":
                self.parts.modals.complain(view, body.get("errors", {}))
            case "update":
                check_view(body.get("view"), "modal")
                self.parts.modals.update(view, body["view"], "")
            case "push":
                check_view(body.get("view"), "modal")
                self.parts.modals.push(view.user, body["view"])
            case "clear":
                self.parts.modals.close_all(view.user)
            case _:
                self.parts.modals.close(view)

    async def close(self, user: str) -> None:
        """Close the modal that this person sees; the app hears of it when it asked to."""
        view = self.modal(user)
        if view is None:
            raise Refused("not_found")
        self.parts.modals.close(view)
        if view.body.get("notify_on_close"):
            await self._deliver(Kind.INTERACTION, self._interactions.closed(view, cleared=False))

    def modal(self, user: str) -> View | None:
        """Return the modal that this person sees, if any."""
        return self.parts.modals.top(self.workspace.person(user).id)

    def home(self, user: str) -> View | None:
        """Return this person's Home of the app, if it was published."""
        return self.parts.modals.homes.get(self.workspace.person(user).id)

    async def open_home(self, user: str, tab: str = "home") -> None:
        """Open the app's Home (or `messages`) tab."""
        person = self.workspace.person(user)
        channel = self.workspace.direct(self.parts.app.user, person.id)
        self.workspace.changes.publish(HomeOpened(self.clock.next_ts(), person.id, channel.id, tab))

    async def _deliver(self, kind: Kind, payload: Json) -> Answer:
        started = time.monotonic()
        delivery = await self._delivered.once(kind, payload)
        ack = delivery.attempts[-1].ack
        return Answer(ack.ok, ack.body, time.monotonic() - started, "" if ack.ok else _ERRORS[ack.reason])


_ERRORS = {
    "http_timeout": "operation_timeout",
    "http_error": "dispatch_unknown_error",
    "connection_failed": "dispatch_failed",
}


def _inline(block: Json) -> list[Json]:
    containers = block.get("elements", []) if block.get("type") == "rich_text" else []
    return [each for container in containers for each in container.get("elements", [])]
