"""The slash command: what was typed is read, one flow is called, and the answer is the acknowledgement."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.channels import ChannelMode
from bot.domain.recordings import Share
from bot.errors import NeedsPerson
from bot.flows import intake
from bot.links.link import look_at
from bot.links.source import Verdict
from bot.slack.blocks.answers import help_message, mode_message, receipt_message, sentence_message, status_message
from bot.slack.blocks.kit import Message
from bot.slack.typed import Ask, Typed, read_command
from bot.slack.wiring import Wiring, request_id

_MODES = {Ask.AUTO: ChannelMode.AUTO, Ask.CONFIRM: ChannelMode.ASK, Ask.OFF: ChannelMode.OFF}


class Commands:
    """Answers the slash command."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    async def typed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Answer one command, to its sender only."""
        answer = await self._answer(read_command(str(body.get("text") or "")), body)
        if answer is None:
            await ack()
            return
        await ack(text=answer.text, blocks=answer.blocks, response_type="ephemeral", unfurl_links=False)

    async def _answer(self, typed: Typed, body: dict[str, Any]) -> Message | None:
        ports, team, signs = self._wiring.ports, self._wiring.identity.team, self._wiring.signs
        channel, user = str(body["channel_id"]), str(body["user_id"])
        if typed.ask in _MODES:
            mode = _MODES[typed.ask]
            await intake.set_mode(ports, team, channel, mode, user, event_id=request_id(body))
            return mode_message(mode, signs)
        if typed.ask is Ask.STATUS:
            return status_message(await intake.status(ports, team, channel), signs)
        if typed.ask is Ask.HELP:
            return help_message(signs, typed.trouble)
        link = look_at(typed.link)
        if link.verdict is Verdict.NOT_RECORDING:
            return sentence_message(link.what, link.cure)
        try:
            recording = await self._wiring.files.recording_at(channel, typed.link)
        except NeedsPerson as trouble:
            return sentence_message(trouble.what, trouble.cure)
        share = Share(
            team,
            channel,
            user,
            recording,
            via="command",
            title=typed.title,
            language=typed.language,
            held_on=typed.held_on,
            speakers=typed.speakers,
        )
        codes = [typed.passcode] if typed.passcode else []
        receipt = await intake.request(ports, share, event_id=request_id(body), codes=codes)
        return None if receipt.shown else receipt_message(receipt.job, already=receipt.already)
