"""What is broken from the page."""

import time
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from tests.playground.conftest import AppWith
from tests.playground.page.conftest import OpenTab


async def test_slack_is_slow_for_as_long_as_one_likes(slack: Playground, client: AsyncWebClient, tab: OpenTab) -> None:
    async with tab(slack, "ana") as ana, tab(slack, "bo") as bo:
        await ana.do("rules", slow_seconds=0.2)
        assert (await bo.told("rules"))["rules"]["slow_seconds"] == 0.2
        started = time.monotonic()
        await client.auth_test()
        assert time.monotonic() - started >= 0.2
        await bo.do("rules", rules={"slow_seconds": 0})
        assert slack.rules.slow_seconds == 0


async def test_every_call_is_too_much_while_the_switch_is_on(
    slack: Playground, client: AsyncWebClient, tab: OpenTab
) -> None:
    async with tab(slack, "ana") as ana:
        await ana.do("rules", too_fast=True)
        with pytest.raises(SlackApiError) as refused:
            await client.auth_test()
        assert refused.value.response.status_code == 429
        assert refused.value.response.headers["Retry-After"] == "1"
        await ana.do("rules", too_fast=False)
        assert (await client.auth_test())["ok"]


async def test_events_come_twice_and_sockets_drop(app_with_socket: AppWith, tab: OpenTab) -> None:
    heard: list[str] = []

    def listen(app: AsyncApp) -> None:
        @app.event("message")
        async def _(body: dict[str, Any]) -> None:
            heard.append(body["event_id"])

    async with app_with_socket(listen) as slack, tab(slack, "ana") as ana:
        await ana.do("rules", duplicates=True)
        await ana.do("say", channel="product", text="once")
        await slack.settled()
        assert len(heard) == 2
        assert len(set(heard)) == 1
        await ana.do("drop_sockets")
        await slack.wait_for(lambda: not slack.connections)


async def test_the_app_is_taken_out_of_a_channel_and_brought_back(
    slack: Playground, client: AsyncWebClient, tab: OpenTab
) -> None:
    async with tab(slack, "ana") as ana:
        product, app = slack.workspace.channel("product").id, ana.snapshot["app"]["user"]
        assert (await ana.do("leave", channel="product", user=app))["ok"]
        assert (
            app
            not in (await ana.told("channel_changed", lambda f: f["channel"]["id"] == product))["channel"]["members"]
        )
        with pytest.raises(SlackApiError, match="not_in_channel"):
            await client.chat_postMessage(channel=product, text="hello?")
        assert (await ana.do("invite", channel="product"))["ok"]
        await client.chat_postMessage(channel=product, text="hello")


async def test_the_program_that_runs_it_adds_switches_of_its_own(slack: Playground, tab: OpenTab) -> None:
    turned: list[bool] = []
    slack.faults.add("engine_down", "The engine does not answer", turned.append)
    async with tab(slack, "ana") as ana, tab(slack, "bo") as bo:
        assert ana.snapshot["rules"]["switches"] == [
            {"name": "engine_down", "label": "The engine does not answer", "on": False}
        ]
        await ana.do("rules", switches={"engine_down": True})
        assert (await bo.told("rules"))["rules"]["switches"][0]["on"]
        await ana.do("rules", switches={"engine_down": True})
        await ana.do("rules", switches=[{"name": "engine_down", "on": False}])
        assert turned == [True, False]
