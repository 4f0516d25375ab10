"""When a listener fails: whoever waits for an answer gets one, and Slack sends an event again."""

import json
import logging
from typing import Any

from slack_bolt.response import BoltResponse

from bot.slack.blocks.answers import trouble_answer
from bot.slack.blocks.ids import FORM_LINK
from bot.slack.blocks.words import plain
from bot.slack.wiring import Wiring

_log = logging.getLogger(__name__)


class Troubles:
    """Answers for listeners that could not."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    async def failed(self, error: Exception, body: dict[str, Any]) -> BoltResponse | None:
        """Say that it did not work; None leaves an event unacknowledged, so that Slack sends it again."""
        _log.error("A request from Slack failed: %s", body.get("type") or body.get("command"), exc_info=error)
        if "event" in body:
            return None
        answer = trouble_answer(error)
        if "command" in body:
            return _json({"response_type": "ephemeral", "text": answer.text, "blocks": answer.blocks})
        if body.get("type") == "view_submission":
            return _json({"response_action": "errors", "errors": {_field(body): plain(answer.text)}})
        self._wiring.reply(body, answer)
        return BoltResponse(status=200, body="")


def _field(body: dict[str, Any]) -> str:
    """Return the first field of the form that was sent: that is where people look."""
    blocks = (body.get("view") or {}).get("blocks") or []
    return next((str(each.get("block_id")) for each in blocks if each.get("type") == "input"), FORM_LINK)


def _json(body: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(body), headers={"content-type": "application/json"})
