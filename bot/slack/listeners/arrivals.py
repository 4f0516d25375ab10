"""The bot is invited to a channel, or somebody opens its Home."""

from typing import Any

from bot.slack.blocks.home import HOME, hello_message, home_view
from bot.slack.failures import told
from bot.slack.wiring import Wiring


class Arrivals:
    """Introduces the bot."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    async def joined(self, event: dict[str, Any]) -> None:
        """Say hello in a channel that the bot was invited to."""
        if event.get("user") == self._wiring.identity.user:
            self._wiring.later.start("Saying hello", self._hello(str(event["channel"])))

    async def _hello(self, channel: str) -> None:
        message = hello_message(self._wiring.signs)
        with told():
            await self._wiring.client.chat_postMessage(
                channel=channel, text=message.text, blocks=message.blocks, unfurl_links=False, unfurl_media=False
            )

    async def home_opened(self, event: dict[str, Any]) -> None:
        """Publish the Home, unless this person has it already."""
        shown = (event.get("view") or {}).get("callback_id")
        if event.get("tab") == "home" and shown != HOME:
            self._wiring.later.start("Publishing the Home", self._publish(str(event["user"])))

    async def _publish(self, user: str) -> None:
        with told():
            await self._wiring.client.views_publish(user_id=user, view=home_view(self._wiring.signs))
