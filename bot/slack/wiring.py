"""What every listener is given."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.ports import Ports
from bot.slack.blocks.kit import Message
from bot.slack.client import Identity
from bot.slack.failures import told
from bot.slack.files import Files
from bot.slack.later import Later
from bot.slack.options import Signs

_log = logging.getLogger(__name__)
_OK = 200


@dataclass(frozen=True, slots=True)
class Wiring:
    """What every listener is given; it calls one flow, answers, and leaves the rest to `later`."""

    ports: Ports
    client: AsyncWebClient
    identity: Identity
    signs: Signs
    later: Later
    files: Files

    def reply(self, body: Mapping[str, Any], message: Message, *, replace: bool = False) -> None:
        """Answer an interaction privately, once Slack has its acknowledgement; `replace` what was pressed."""
        url = body.get("response_url")
        if isinstance(url, str) and url:
            self.later.start("A reply", self._reply(url, message, replace=replace))

    async def _reply(self, url: str, message: Message, *, replace: bool) -> None:
        with told():
            webhook = AsyncWebhookClient(
                url, session=self.client.session, proxy=self.client.proxy, timeout=self.client.timeout
            )
            answer = await webhook.send_dict(
                {
                    "text": message.text,
                    "blocks": message.blocks,
                    "response_type": "ephemeral",
                    "replace_original": replace,
                    "unfurl_links": False,
                    "unfurl_media": False,
                }
            )
        if answer.status_code != _OK:
            # the message may be gone, or half an hour old: then there is nothing left to answer
            _log.info("A reply was not taken: %s", answer.status_code)


def request_id(body: Mapping[str, Any]) -> str:
    """Return what names a request: an event's id, or an interaction's own mark."""
    if event_id := body.get("event_id"):
        return str(event_id)
    view = body.get("view") or {}
    mark = body.get("trigger_id") or f"{view.get('id')}:{view.get('hash')}"
    pressed = [str(each.get("action_ts")) for each in body.get("actions") or []]
    return ":".join([str(body.get("type") or "command"), str(mark), *pressed])
