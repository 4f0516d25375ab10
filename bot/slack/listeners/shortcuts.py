"""*Process recording*: on a message, and from anywhere through a form."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.recordings import MOST_SPEAKERS, Recording, RecordingKind, Share, read_speakers
from bot.errors import NeedsPerson
from bot.flows import intake
from bot.links.link import look_at
from bot.links.source import Verdict
from bot.slack.blocks.answers import none_found_message, receipt_message, receipts_message, sentence_message
from bot.slack.blocks.form import form_view
from bot.slack.blocks.ids import FORM_CHANNEL, FORM_LINK, FORM_SPEAKERS, FORM_TITLE
from bot.slack.blocks.kit import Message
from bot.slack.blocks.private import already_here_message
from bot.slack.blocks.words import plain
from bot.slack.failures import told
from bot.slack.finding import asked_for, links_of_text
from bot.slack.wiring import Wiring, request_id


class Shortcuts:
    """Answers both shortcuts and the form."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    async def on_message(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Process what the message holds, whoever wrote it."""
        message = body.get("message") or {}
        found = asked_for(message)
        started = [await self._start(body, message, recording) for recording in found]
        await ack()
        answers = [answer for answer in started if answer is not None]
        if answers or not found:
            self._wiring.reply(body, receipts_message(answers) if answers else none_found_message(self._wiring.signs))

    async def _start(self, body: dict[str, Any], message: dict[str, Any], recording: Recording) -> Message | None:
        if recording.kind is RecordingKind.LINK:
            link = look_at(recording.location)
            if link.verdict is Verdict.NOT_RECORDING:
                return sentence_message(link.what, link.cure)
            try:
                recording = await self._wiring.files.recording_at(str(body["channel"]["id"]), recording.location)
            except NeedsPerson as trouble:
                return sentence_message(trouble.what, trouble.cure)
        ts, thread = message.get("ts"), message.get("thread_ts")
        share = Share(
            team=self._wiring.identity.team,
            channel=str(body["channel"]["id"]),
            user=str(body["user"]["id"]),
            recording=recording,
            via="shortcut",
            message_ts=ts,
            thread_ts=thread if thread != ts else None,
        )
        event_id = f"{request_id(body)}:{recording.location}"
        receipt = await intake.request(self._wiring.ports, share, event_id=event_id)
        return None if receipt.shown else receipt_message(receipt.job, already=receipt.already)

    async def anywhere(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Open the form: from here, neither a message nor a channel is known."""
        await ack()
        self._wiring.later.start("Opening the form", self._open(str(body["trigger_id"])))

    async def _open(self, trigger_id: str) -> None:
        with told():
            await self._wiring.client.views_open(trigger_id=trigger_id, view=form_view())

    async def submitted(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        """Process what was entered in the form, or say at its field what is wrong."""
        values = view["state"]["values"]
        entered = str(values[FORM_LINK][FORM_LINK].get("value") or "").strip()
        channel = values[FORM_CHANNEL][FORM_CHANNEL].get("selected_conversation")
        title, counted = (_optional(values, field) for field in (FORM_TITLE, FORM_SPEAKERS))
        speakers = read_speakers(counted)
        links = links_of_text(entered)
        if len(links) != 1:
            await ack(response_action="errors", errors={FORM_LINK: "Enter one link; it begins with https://."})
            return
        if not channel:
            await ack(response_action="errors", errors={FORM_CHANNEL: "Choose a channel for the thread."})
            return
        if counted and not speakers:
            await ack(response_action="errors", errors={FORM_SPEAKERS: f"Enter a number from 1 to {MOST_SPEAKERS}."})
            return
        link = look_at(links[0])
        if link.verdict is Verdict.NOT_RECORDING:
            await ack(response_action="errors", errors={FORM_LINK: f"{link.what} {link.cure}"})
            return
        try:
            recording = await self._wiring.files.recording_at(str(channel), links[0])
        except NeedsPerson as trouble:
            await ack(response_action="errors", errors={FORM_LINK: f"{trouble.what} {trouble.cure}"})
            return
        share = Share(
            team=self._wiring.identity.team,
            channel=str(channel),
            user=str(body["user"]["id"]),
            recording=recording,
            via="shortcut",
            title=title or None,
            speakers=speakers,
        )
        receipt = await intake.request(self._wiring.ports, share, event_id=request_id(body))
        if receipt.already:
            here = plain(already_here_message(receipt.job, None).text)
            await ack(response_action="errors", errors={FORM_LINK: here})
            return
        await ack()


def _optional(values: dict[str, Any], field: str) -> str:
    return str((values.get(field) or {}).get(field, {}).get("value") or "").strip()
