"""A small Bolt app in a process of its own: it answers what it hears, after the seconds that the message names."""

import asyncio
import os
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


async def main() -> None:
    client = AsyncWebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = AsyncApp(client=client, process_before_response=True)

    @app.event("message")
    async def _(event: dict[str, Any], say: Any) -> None:
        await asyncio.sleep(float(os.environ.get("ECHO_AFTER", "0")))
        await say(f"heard {event['text']}")

    handler = AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"])
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
