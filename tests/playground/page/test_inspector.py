"""The log of what goes between the app and Slack."""

import json
from typing import Any

import httpx
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from bot.playground.calls import Call, Called
from bot.playground.page.inspector import Inspector
from tests.playground.conftest import AppWith
from tests.playground.page.conftest import Json, OpenTab


async def _entries(http: httpx.AsyncClient) -> list[Json]:
    entries: list[Json] = (await http.get("/page/traffic")).json()["entries"]
    return entries


async def test_both_directions_are_seen_with_what_was_answered(app_with: AppWith, tab: OpenTab) -> None:
    def listen(app: AsyncApp) -> None:
        @app.event("message")
        async def _(event: dict[str, Any], say: Any) -> None:
            if not event.get("bot_id"):
                await say("heard")

        @app.command("/hello")
        async def _(ack: Any) -> None:
            await ack("Hello yourself")

    async with app_with(listen) as slack, tab(slack, "ana") as ana:
        await slack.say("ana", "product", "hi")
        frame = await ana.told("traffic", lambda frame: frame["entry"]["method"] == "chat.postMessage")
        assert frame["entry"]["direction"] == "from_app"
        assert frame["entry"]["body"]["text"] == "heard"
        assert frame["entry"]["answer"]["ok"]
        assert frame["entry"]["ms"] >= 0
        await slack.settled()
        await ana.do("command", channel="product", text="/hello")
        entries = await _entries(ana.http)
        events = [each for each in entries if each["kind"] == "events_api"]
        assert ("to_app", "hi") in [(each["direction"], each["body"]["event"]["text"]) for each in events]
        command = next(each for each in entries if each["kind"] == "slash_commands")
        assert command["answer"] in ({"text": "Hello yourself"}, "Hello yourself")


async def test_what_slack_refused_is_said_with_its_reasons(
    slack: Playground, client: AsyncWebClient, http: httpx.AsyncClient
) -> None:
    blocks = [{"type": "header", "text": {"type": "mrkdwn", "text": "no"}}]
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.chat_postMessage(channel=slack.workspace.channel("product").id, text="x", blocks=blocks)
    entry = (await _entries(http))[-1]
    assert entry["error"] == "invalid_blocks"
    assert entry["would_refuse"][0] == "Slack does not take these blocks."
    assert any("/blocks/0/text" in each for each in entry["would_refuse"])


async def test_an_app_that_is_not_there_is_seen_with_every_try(slack: Playground, http: httpx.AsyncClient) -> None:
    await slack.say("ana", "product", "anybody?")
    await slack.settled()
    entries = await _entries(http)
    assert [each["retry"] for each in entries] == [0, 1, 2, 3]
    assert {each["error"] for each in entries} == {"connection_failed"}


async def test_no_token_is_ever_in_it(app_with: AppWith, tab: OpenTab) -> None:
    def listen(app: AsyncApp) -> None:
        @app.event("message")
        async def _(say: Any) -> None:
            await say("a token in a text: xoxp-12-34-ab")

    async with app_with(listen) as slack, tab(slack, "ana") as ana:
        form = {"token": slack.bot_token, "user": "U0PLAYANA01"}
        await ana.http.post("/api/users.info", data=form)
        await ana.http.post("/api/users.info", json=form)
        await ana.http.post("/api/apps.connections.open", headers={"Authorization": f"Bearer {slack.app_token}"})
        await slack.say("ana", "product", "my token is xoxb-playground")
        await ana.told("traffic", lambda frame: frame["entry"]["method"] == "chat.postMessage")
        told = json.dumps([await _entries(ana.http), [each for each in ana.frames if each["type"] == "traffic"]])
        for secret in (slack.bot_token, slack.app_token, "xoxp-", "playground-verification", "ticket=m"):
            assert secret not in told
        assert "ticket=(hidden)" in told


def test_it_keeps_the_latest_entries_and_cuts_what_nobody_reads_to_the_end() -> None:
    inspector = Inspector(most=3)
    for number in range(10):
        call = Call("chat.update", {"text": "x" * 200_000}, {"ok": True}, 200, 0.0, 0.001, 0.0)
        inspector.follow(Called(f"{number}.000000", call))
    entries = inspector.entries()
    assert [each["n"] for each in entries] == [8, 9, 10]
    assert len(json.dumps(entries[0])) < 150_000
