"""The playground lives on while the app dies and comes back."""

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator

from bot.playground import Playground


@contextlib.asynccontextmanager
async def echo(slack: Playground, after: str = "0") -> AsyncIterator[Process]:
    """Run the small app as a process that is surely gone at the end."""
    settings = {
        "SLACK_API_URL": slack.url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "ECHO_AFTER": after,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.playground.echo", env=os.environ | settings
    )
    try:
        await slack.connected(within=30)
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def test_an_event_that_was_under_way_when_the_app_was_killed_reaches_the_next_one(slack: Playground) -> None:
    slack.rules.ack_seconds, slack.rules.retries = 30.0, (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)
    async with echo(slack, after="60") as process:
        await slack.say("ana", "product", "hello")
        (event,) = slack.deliveries
        process.kill()
        await slack.wait_for(lambda: event.attempts)
    assert slack.from_app("product") == []
    async with echo(slack):
        (answer,) = await slack.wait_for(lambda: slack.from_app("product"), within=30)
        await slack.wait_for(lambda: event.ended)
    assert answer.text == "heard hello"
    assert event.attempts[0].ack.reason == "connection_failed"
    assert event.acknowledged
