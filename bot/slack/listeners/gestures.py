"""Reactions and buttons on an item: two ways to the same flow."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.assignments import Gesture
from bot.flows import assigning
from bot.slack.blocks.ids import Press
from bot.slack.wiring import Wiring, request_id

GESTURES = {
    Press.CLAIM: Gesture.CLAIM,
    Press.RELEASE: Gesture.RELEASE,
    Press.FINISH: Gesture.FINISH,
    Press.REOPEN: Gesture.REOPEN,
}


class Gestures:
    """Hands what people do to an item to the flow."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    async def reacted(self, event: dict[str, Any], body: dict[str, Any]) -> None:
        """Take a reaction that was added."""
        await self._reaction(event, body, claim=Gesture.CLAIM, finish=Gesture.FINISH)

    async def unreacted(self, event: dict[str, Any], body: dict[str, Any]) -> None:
        """Take a reaction that was taken away: what it did is undone."""
        await self._reaction(event, body, claim=Gesture.RELEASE, finish=Gesture.REOPEN)

    async def _reaction(self, event: dict[str, Any], body: dict[str, Any], *, claim: Gesture, finish: Gesture) -> None:
        item, name = event.get("item") or {}, str(event.get("reaction") or "")
        signs = self._wiring.signs
        gesture = claim if signs.claims(name) else finish if signs.finishes(name) else None
        ours = event.get("item_user") in {None, self._wiring.identity.user}
        if gesture is None or item.get("type") != "message" or not ours:
            return
        await assigning.gesture_on_message(
            self._wiring.ports,
            str(item["channel"]),
            str(item["ts"]),
            str(event["user"]),
            gesture,
            event_id=request_id(body),
        )

    async def pressed(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Take a button of an item."""
        channel = (body.get("channel") or {}).get("id") or (body.get("container") or {}).get("channel_id")
        await assigning.gesture_on_item(
            self._wiring.ports,
            str(action["value"]),
            str(channel),
            str(body["user"]["id"]),
            GESTURES[Press(action["action_id"])],
            event_id=request_id(body),
        )
        await ack()
