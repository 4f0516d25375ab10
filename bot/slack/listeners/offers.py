"""The answer to *Process?*."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.flows import intake
from bot.slack.blocks.answers import offer_answered_message
from bot.slack.wiring import Wiring, request_id


class Offers:
    """Hands the answers to offers to the flow."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    async def accepted(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Take *Process*."""
        await self._answered(ack, body, action, accept=True)

    async def declined(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Take *Not now*."""
        await self._answered(ack, body, action, accept=False)

    async def _answered(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any], *, accept: bool) -> None:
        job = await intake.answer_offer(
            self._wiring.ports,
            str(action["value"]),
            str(body["user"]["id"]),
            accept=accept,
            event_id=request_id(body),
        )
        await ack()
        answer = offer_answered_message(job, accepted=accept, signs=self._wiring.signs)
        self._wiring.reply(body, answer, replace=True)
