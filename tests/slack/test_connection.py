import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Failed
from bot.playground.playground import Socket, running
from bot.slack.client import web_client
from bot.slack.connection import connected


def an_app(client: AsyncWebClient) -> AsyncApp:
    return AsyncApp(client=client, signing_secret="unused")


async def test_a_wrong_app_token_is_named_instead_of_tried_forever() -> None:
    async with running(port=0, delivery=Socket()) as slack, web_client(slack.bot_token, slack.url) as client:
        with pytest.raises(Failed, match="token"):
            async with connected(an_app(client), client, "xapp-wrong"):
                pytest.fail("it connected")


async def test_the_connection_comes_back_when_slack_refreshes_it() -> None:
    async with running(port=0, delivery=Socket()) as slack, web_client(slack.bot_token, slack.url) as client:
        async with connected(an_app(client), client, slack.app_token):
            await slack.connected()
            await slack.refresh_sockets()
            await slack.wait_for(lambda: [each.method for each in slack.calls].count("apps.connections.open") > 1)
            await slack.connected()
        assert slack.connections == 0
