"""What a person does on the page, each by its name."""

from collections.abc import Awaitable, Callable, Mapping

from bot.playground import form
from bot.playground.arguments import Arguments
from bot.playground.changes import ClockMoved, RulesChanged
from bot.playground.page.faults import Faults
from bot.playground.page.sample import Sample
from bot.playground.people import Answer, People
from bot.playground.records import Channel, ChannelKind, Json, View
from bot.playground.refusal import Refused

_LONGEST_TEXT = 40_000  # characters; Slack cuts what is longer
_FURTHEST = 366 * 86_400.0
"""Seconds that the clock may be moved at once."""

Action = Callable[[str, Arguments], Awaitable[Json]]


class Actions:
    """Does what a person does."""

    def __init__(self, slack: People, faults: Faults, sample: Sample) -> None:
        self._slack = slack
        self._faults = faults
        self._sample = sample
        self._known: Mapping[str, Action] = {
            "archive": self._archive,
            "clock": self._clock,
            "close_modal": self._close_modal,
            "command": self._command,
            "delete": self._delete,
            "dismiss_ephemeral": self._dismiss,
            "drop_sockets": self._drop_sockets,
            "edit": self._edit,
            "global_shortcut": self._global_shortcut,
            "invite": self._invite,
            "join": self._join,
            "leave": self._leave,
            "message_shortcut": self._message_shortcut,
            "open_home": self._open_home,
            "press": self._press,
            "react": self._react,
            "rules": self._rules,
            "say": self._say,
            "share_sample": self._share_sample,
            "submit": self._submit,
            "suggest": self._suggest,
            "unreact": self._unreact,
        }

    @property
    def names(self) -> frozenset[str]:
        """What can be done."""
        return frozenset(self._known)

    async def do(self, name: str, given: Arguments) -> Json:
        """Do one thing, and return what came of it.

        Raises:
            Refused: Slack does not let this person do it.
        """
        action = self._known.get(name)
        if action is None:
            raise Refused("unknown_action")
        return await action(self.person(given.text("as")), given)

    def person(self, who: str) -> str:
        """Return the id of the person that a page acts as.

        Raises:
            Refused: There is nobody of this name, or it is the app.
        """
        person = self._slack.workspace.person(who)
        if person.is_bot:
            raise Refused("user_not_found")
        return person.id

    # ------------------------------------------------------------------------------------------------- messages

    async def _say(self, me: str, given: Arguments) -> Json:
        thread = given.text("thread_ts") or None
        said = await self._slack.say(me, given.required("channel"), _typed(given), thread_ts=thread)
        return {"channel": said.channel, "ts": said.ts}

    async def _edit(self, me: str, given: Arguments) -> Json:
        await self._slack.edit(me, given.required("channel"), given.required("ts"), _typed(given))
        return {}

    async def _delete(self, me: str, given: Arguments) -> Json:
        await self._slack.delete(me, given.required("channel"), given.required("ts"))
        return {}

    async def _react(self, me: str, given: Arguments) -> Json:
        await self._slack.react(me, given.required("channel"), given.required("ts"), given.required("name"))
        return {}

    async def _unreact(self, me: str, given: Arguments) -> Json:
        await self._slack.unreact(me, given.required("channel"), given.required("ts"), given.required("name"))
        return {}

    async def _dismiss(self, me: str, given: Arguments) -> Json:
        shown = self._slack.workspace.ephemerals.get(given.required("ts"))
        if shown and shown.user == me:
            self._slack.workspace.dismiss(shown.ts)
        return {}

    async def _share_sample(self, me: str, given: Arguments) -> Json:
        if self._sample.path is None:
            raise Refused("file_not_found")
        thread = given.text("thread_ts") or None
        said = await self._sample.share(self._slack, me, given.required("channel"), thread)
        return {"channel": said.channel, "ts": said.ts}

    # ---------------------------------------------------------------------------- commands, shortcuts, elements

    async def _command(self, me: str, given: Arguments) -> Json:
        return _answered(await self._slack.command(me, given.required("channel"), _typed(given)))

    async def _message_shortcut(self, me: str, given: Arguments) -> Json:
        channel, ts = given.required("channel"), given.required("ts")
        return _answered(await self._slack.message_shortcut(me, channel, ts, given.required("callback_id")))

    async def _global_shortcut(self, me: str, given: Arguments) -> Json:
        return _answered(await self._slack.global_shortcut(me, given.required("callback_id")))

    async def _press(self, me: str, given: Arguments) -> Json:
        action, block = given.required("action_id"), given.text("block_id")
        choice = given.values.get("choice", given.values.get("value"))
        if given.text("view_id"):
            view = self._entered(self._my_view(me, given.text("view_id")), given)
            choice = form.fitting(form.find(view.body["blocks"], action, block)[1], choice)
            return _answered(await self._slack.use(me, view, action, choice, block_id=block))
        channel, ts = given.required("channel"), given.required("ts")
        choice = form.fitting(self._slack.element(me, channel, ts, action, block), choice)
        return _answered(await self._slack.press(me, channel, ts, action, choice, block_id=block))

    async def _suggest(self, me: str, given: Arguments) -> Json:
        """Ask the app for the options of an external menu."""
        view_id, value, block = given.text("view_id"), given.text("value"), given.text("block_id")
        seen = (
            self._my_view(me, view_id)
            if view_id
            else self._slack.seen(me, given.required("channel"), given.required("ts"))
        )
        answer = await self._slack.suggest(me, seen, given.required("action_id"), value, block_id=block)
        _answered(answer)
        body = answer.body if isinstance(answer.body, dict) else {}
        return {name: body[name] for name in ("options", "option_groups") if isinstance(body.get(name), list)}

    def _my_view(self, me: str, view_id: str) -> View:
        view = self._slack.parts.modals.view(view_id)
        if view.user != me:
            raise Refused("not_found")
        return view

    def _entered(self, view: View, given: Arguments) -> View:
        """Keep what was typed in a view so far; a client sends it with whatever is done there."""
        values = given.structure("values", "invalid_arguments")
        if values is None:
            return view
        if not isinstance(values, dict):
            raise Refused("invalid_arguments")
        return self._slack.parts.modals.enter(view, values)

    async def _submit(self, me: str, given: Arguments) -> Json:
        view = self._slack.modal(me)
        if view is None or given.text("view_id", view.id) != view.id:
            raise Refused("not_found")
        view = self._entered(view, given)
        missing = form.unanswered(view.body["blocks"], view.values)
        if missing:
            raise Refused("input_required", blocks=missing)
        return _answered(await self._slack.submit(me))

    async def _close_modal(self, me: str, _given: Arguments) -> Json:
        await self._slack.close(me)
        return {}

    async def _open_home(self, me: str, given: Arguments) -> Json:
        await self._slack.open_home(me, given.text("tab", "home"))
        return {}

    # ------------------------------------------------------------------------------------------------- channels

    async def _join(self, me: str, given: Arguments) -> Json:
        channel = self._slack.workspace.channel(given.required("channel"))
        if channel.kind is not ChannelKind.PUBLIC and me not in channel.members:
            raise Refused("channel_not_found")
        self._slack.workspace.join(channel.id, me)
        return {}

    async def _leave(self, me: str, given: Arguments) -> Json:
        """Leave a channel, or with `user` take somebody else (as the app) out of it."""
        channel = self._room(me, given)
        self._slack.workspace.leave(channel.id, given.text("user", me))
        return {}

    async def _invite(self, me: str, given: Arguments) -> Json:
        channel = self._room(me, given)
        await self._slack.invite(me, channel.id, given.text("user", self._slack.parts.app.user))
        return {}

    async def _archive(self, me: str, given: Arguments) -> Json:
        channel = self._room(me, given)
        self._slack.workspace.archive(channel.id, archived=given.flag("archived", default=True))
        return {}

    def _room(self, me: str, given: Arguments) -> Channel:
        """Return a channel that this person is in, and that is no direct message."""
        channel = self._slack.place(me, given.required("channel"))
        if channel.kind in {ChannelKind.DIRECT, ChannelKind.GROUP}:
            raise Refused("restricted_action")
        return channel

    # --------------------------------------------------------------------------------------- time and trouble

    async def _clock(self, _me: str, given: Arguments) -> Json:
        seconds = given.values.get("forward")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds <= _FURTHEST:
            raise Refused("invalid_arguments")
        clock = self._slack.clock
        clock.forward(seconds)
        self._slack.workspace.changes.publish(ClockMoved(clock.next_ts()))
        return {"now": clock.now(), "offset": clock.ahead}

    async def _rules(self, _me: str, given: Arguments) -> Json:
        wanted = given.values.get("rules", given.values)
        self._faults.change(wanted if isinstance(wanted, dict) else {})
        self._slack.workspace.changes.publish(RulesChanged(self._slack.clock.next_ts()))
        return {"rules": self._faults.shown()}

    async def _drop_sockets(self, _me: str, _given: Arguments) -> Json:
        await self._slack.parts.sockets.drop()
        return {}


def _typed(given: Arguments) -> str:
    text = given.required("text", "no_text")
    if not text.strip():
        raise Refused("no_text")
    if len(text) > _LONGEST_TEXT:
        raise Refused("msg_too_long")
    return text


def _answered(answer: Answer) -> Json:
    """Return how the app took it.

    Raises:
        Refused: It did not.
    """
    if answer.error:
        raise Refused(answer.error, seconds=round(answer.seconds, 3))
    body = answer.body if isinstance(answer.body, dict) else {}
    errors = body.get("errors") if body.get("response_action") == "errors" else None
    return {"seconds": round(answer.seconds, 3)} | ({"errors": errors} if errors else {})
