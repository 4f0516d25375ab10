"""Socket Mode: Slack reaches the bot through a connection that the bot opened."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.failures import told


@asynccontextmanager
async def connected(app: AsyncApp, client: AsyncWebClient, app_token: str) -> AsyncIterator[AsyncSocketModeHandler]:
    """Be connected inside the block; a connection that breaks, or that Slack refreshes, is opened again.

    Raises:
        Unavailable: Slack did not answer.
        Failed: Slack does not know the app token, or Socket Mode is switched off.
    """
    with told():
        # the library would try a wrong token forever; asked first, Slack says what is wrong with it
        opened = await client.apps_connections_open(app_token=app_token)
    handler = AsyncSocketModeHandler(app, app_token, web_client=client, proxy=client.proxy)
    handler.client.wss_uri = str(opened["url"])
    try:
        await handler.client.connect()  # type: ignore[no-untyped-call]  # published without its type
        yield handler
    finally:
        await handler.client.close()  # type: ignore[no-untyped-call]  # the same
        await asyncio.gather(*_tasks(handler), return_exceptions=True)


def _tasks(handler: AsyncSocketModeHandler) -> list[asyncio.Future[None]]:
    """Return the library's own tasks, which it cancels at the end without waiting for them."""
    client = handler.client
    return [
        task for task in (client.message_processor, client.message_receiver, client.current_session_monitor) if task
    ]
