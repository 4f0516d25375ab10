"""Buttons about a recording that cannot be had: its passcode, the file itself, another try."""

import json
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.jobs import JobState
from bot.flows import cures
from bot.slack.blocks.answers import offer_answered_message, passcode_trouble
from bot.slack.blocks.cures import looking_again_message, passcode_view, upload_message
from bot.slack.blocks.ids import PASSCODE_FIELD
from bot.slack.blocks.words import plain
from bot.slack.failures import told
from bot.slack.wiring import Wiring, request_id


class Cures:
    """Hands what people do about a recording to the flow."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    async def tried_again(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Take *Try again*: in the channel the progress message shows what comes of it, elsewhere it is said."""
        job = await cures.try_again(
            self._wiring.ports, str(action["value"]), str(body["user"]["id"]), event_id=request_id(body)
        )
        await ack()
        if job is not None and job.state is JobState.OFFERED:
            self._wiring.reply(body, looking_again_message(job), replace=True)
        elif job is None or _is_private(body) or job.channel != _channel(body) or job.id != action["value"]:
            answer = offer_answered_message(job, accepted=True, signs=self._wiring.signs)
            self._wiring.reply(body, answer, replace=_is_private(body))

    async def passcode_asked(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Take *Enter passcode*: the form is opened first, while Slack still lets us."""
        await ack()
        reply = str(body.get("response_url") or "") if _is_private(body) else ""
        known = {"job": str(action["value"]), "reply": reply}
        self._wiring.later.start("Opening the form", self._open(str(body["trigger_id"]), json.dumps(known)))

    async def _open(self, trigger_id: str, metadata: str) -> None:
        with told():
            await self._wiring.client.views_open(trigger_id=trigger_id, view=passcode_view(metadata))

    async def passcode_entered(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        """Take a passcode: it goes into memory, and nowhere else."""
        known = json.loads(view["private_metadata"])
        entered = str(view["state"]["values"][PASSCODE_FIELD][PASSCODE_FIELD].get("value") or "").strip()
        if not entered:
            await ack(response_action="errors", errors={PASSCODE_FIELD: "Enter the passcode."})
            return
        job = await cures.enter_passcode(
            self._wiring.ports, str(known["job"]), str(body["user"]["id"]), entered, event_id=request_id(body)
        )
        trouble = passcode_trouble(job)
        if job is None or trouble:
            await ack(response_action="errors", errors={PASSCODE_FIELD: plain(trouble)})
            return
        await ack()
        # the question that only its sharer sees is answered by this
        self._wiring.reply({"response_url": known["reply"]}, looking_again_message(job), replace=True)

    async def upload_asked(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Take *Upload the file instead*: say where to drop it."""
        job = await cures.job_to_cure(self._wiring.ports, str(action["value"]))
        await ack()
        here = job is not None and job.channel == _channel(body)
        self._wiring.reply(body, upload_message(job, here=here))


def _channel(body: dict[str, Any]) -> str | None:
    return (body.get("channel") or {}).get("id")


def _is_private(body: dict[str, Any]) -> bool:
    """Tell whether what was pressed is shown to one person only: nobody edits that, so it is replaced."""
    return bool((body.get("container") or {}).get("is_ephemeral"))
