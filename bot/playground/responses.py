"""What an app says without a token: in the answer to a command, and through a response_url."""

import time
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.playground.arguments import Arguments, read_arguments
from bot.playground.calls import Call
from bot.playground.methods.content import Content, read_content
from bot.playground.methods.method import Parts
from bot.playground.records import Ephemeral, Message
from bot.playground.refusal import Refused
from bot.playground.tickets import ResponseUrl
from bot.playground.web_api import WebApi

_GONE = {"no_service", "used_url", "expired_url"}


class Responses:
    """Shows what an app answers, to one person or to a channel."""

    def __init__(self, parts: Parts, web_api: WebApi) -> None:
        self._parts = parts
        self._web_api = web_api

    async def answer(self, request: Request) -> Response:
        """Answer a request to a response_url."""
        started, at = time.monotonic(), self._parts.workspace.clock.now()
        args, status, text = Arguments({}), 200, "ok"
        try:
            args = await read_arguments(request)
            self.say(self._parts.tickets.use_response_url(request.path_params["ticket"]), args)
        except Refused as refused:
            text, status = refused.error, 404 if refused.error in _GONE else 400
        answer = {"ok": text == "ok"} | ({} if text == "ok" else {"error": text})
        self._web_api.record(Call("response_url", args.values, answer, status, started, time.monotonic() - started, at))
        return PlainTextResponse(text, status)

    def say(self, where: ResponseUrl, args: Arguments) -> None:
        """Show an answer.

        Raises:
            Refused: As Slack refuses it.
        """
        if args.flag("delete_original"):
            self._delete(where)
            return
        content = read_content(args)
        if content.empty:
            raise Refused("no_text")
        if args.flag("replace_original"):
            self._replace(where, content)
            return
        thread = args.text("thread_ts") or None
        if args.text("response_type") == "in_channel":
            self._parts.workspace.post(self._message(where.channel, content, thread))
        else:
            shown = Ephemeral(where.channel, "", where.user, content.text or "", content.blocks or (), thread)
            self._parts.workspace.whisper(shown)

    def _message(self, channel: str, content: Content, thread: str | None) -> Message:
        return Message(
            channel=channel,
            ts="",
            user=self._parts.app.user,
            text=content.text or "",
            blocks=content.blocks or (),
            attachments=content.attachments or (),
            thread_ts=thread,
            bot_id=self._parts.app.bot_id,
            app_id=self._parts.app.id,
            metadata=content.metadata,
        )

    def _original(self, where: ResponseUrl) -> Message | Ephemeral:
        shown = self._parts.workspace.ephemerals.get(where.message_ts)
        return shown or self._parts.workspace.message(where.channel, where.message_ts)

    def _replace(self, where: ResponseUrl, content: Content) -> None:
        text, blocks = content.text or "", content.blocks or ()
        original = self._original(where)
        if isinstance(original, Ephemeral):
            self._parts.workspace.change_ephemeral(replace(original, text=text, blocks=blocks))
        elif original.bot_id == self._parts.app.bot_id:
            ts = self._parts.workspace.clock.next_ts()
            new = replace(original, text=text, blocks=blocks, edited_by=self._parts.app.user, edited_ts=ts)
            self._parts.workspace.edit(new)
        else:
            raise Refused("cant_update_message")

    def _delete(self, where: ResponseUrl) -> None:
        original = self._original(where)
        if isinstance(original, Ephemeral):
            self._parts.workspace.dismiss(original.ts)
        elif original.bot_id == self._parts.app.bot_id:
            self._parts.workspace.delete(original.channel, original.ts)
        else:
            raise Refused("cant_delete_message")
