"""What an open page is told."""

import asyncio
import json

from websockets.asyncio.client import connect

from bot.playground import Playground
from bot.playground.page.live import MOST_WAITING
from tests.playground.page.conftest import OpenTab


async def test_a_page_is_shown_everything_and_then_what_happens(slack: Playground, tab: OpenTab) -> None:
    before = await slack.say("bo", "product", "Morning")
    async with tab(slack, "ana") as ana:
        assert [each["text"] for each in ana.snapshot["messages"][before.channel]] == ["Morning"]
        posted = await slack.say("bo", "product", "*News*")
        frame = await ana.told("message_posted")
        assert frame["message"]["channel"] == posted.channel
        assert frame["message"]["text"] == "*News*"
        await slack.react("mei", "product", posted.ts, "tada")
        assert (await ana.told("reaction_added"))["message"]["reactions"][0]["name"] == "tada"
        await slack.edit("bo", "product", posted.ts, "Old news")
        assert (await ana.told("message_edited"))["message"]["text"] == "Old news"
        await slack.delete("bo", "product", posted.ts)
        assert (await ana.told("message_deleted"))["ts"] == posted.ts
        numbers = [ana.snapshot["n"], *(each["n"] for each in ana.frames)]
        assert numbers == list(range(1, len(numbers) + 1))


async def test_two_pages_are_two_people(slack: Playground, tab: OpenTab) -> None:
    async with tab(slack, "ana") as ana, tab(slack, "bo") as bo:
        said = await ana.do("say", channel="product", text="Who takes it?")
        await bo.told("message_posted")
        assert (await bo.do("react", channel=said["channel"], ts=said["ts"], name="hand"))["ok"]
        frame = await ana.told("reaction_added")
        assert frame["user"] == bo.snapshot["me"]


async def test_nobody_is_shown_what_is_not_for_them(slack: Playground, tab: OpenTab) -> None:
    leads = slack.workspace.channel("leads")
    await slack.say("bo", "leads", "Salaries")
    async with tab(slack, "mei") as mei, tab(slack, "ana") as ana:
        assert leads.id not in mei.snapshot["messages"]
        assert leads.id not in [each["id"] for each in mei.snapshot["channels"]]
        await slack.say("ana", "leads", "More of them")
        direct = await slack.say("ana", "@bo", "Between us")
        await ana.do("command", channel="product", text="/nobody")  # ends in a whisper to Ana
        await slack.say("ana", "product", "For all")
        await mei.told("message_posted", lambda frame: frame["message"]["text"] == "For all")
        told = json.dumps([each for each in mei.frames if each["type"] != "traffic"])
        assert "More of them" not in told
        assert "Between us" not in told
        assert direct.channel not in told
        assert not [each for each in mei.frames if each["type"] == "ephemeral_shown"]


async def test_who_comes_into_a_private_channel_is_shown_what_was_said_there(slack: Playground, tab: OpenTab) -> None:
    await slack.say("bo", "leads", "Before you came")
    async with tab(slack, "mei") as mei, tab(slack, "ana") as ana:
        assert (await ana.do("invite", channel="leads", user="mei"))["ok"]
        frame = await mei.told("channel_changed", lambda frame: "messages" in frame)
        assert frame["channel"]["member"]
        assert "Before you came" in [each["text"] for each in frame["messages"]]
        assert (await mei.do("leave", channel="leads"))["ok"]
        assert (await mei.told("channel_gone"))["channel"] == slack.workspace.channel("leads").id


async def test_a_page_that_cannot_follow_is_shown_everything_anew(slack: Playground, tab: OpenTab) -> None:
    async with tab(slack, "ana") as ana:
        # the app is not in this channel, so that nothing is delivered to it
        channel = slack.workspace.channel("design").id
        first = await slack.say("bo", "design", "first")
        for _ in range(MOST_WAITING * 2):  # all before the page can be told of one
            slack.workspace.react(channel, first.ts, "eyes", slack.workspace.person("mei").id)
            slack.workspace.unreact(channel, first.ts, "eyes", slack.workspace.person("mei").id)
        await slack.say("bo", "design", "last")
        frame = await ana.told("snapshot")
        assert len(ana.frames) < MOST_WAITING
        assert [each["text"] for each in frame["messages"][channel]] == ["first", "last"]
        await slack.say("bo", "design", "and on")
        await ana.told("message_posted", lambda frame: frame["message"]["text"] == "and on")


async def test_a_reload_loses_nothing(slack: Playground, tab: OpenTab) -> None:
    for number in range(5):
        async with tab(slack, "ana") as ana:
            await ana.do("say", channel="product", text=f"message {number}")
    async with tab(slack, "ana") as ana:
        texts = [each["text"] for each in ana.snapshot["messages"][slack.workspace.channel("product").id]]
        assert texts == [f"message {number}" for number in range(5)]


async def test_a_page_of_nobody_is_closed(slack: Playground) -> None:
    for who in ("", "nobody", "followthrough"):
        async with connect(slack.address.replace("http", "ws") + f"page/live?as={who}", proxy=None) as socket:
            async with asyncio.timeout(10):
                await socket.wait_closed()
            assert socket.close_code == 4004


async def test_what_a_page_sends_does_not_matter(slack: Playground, tab: OpenTab) -> None:
    async with tab(slack, "ana") as ana:
        await ana.socket.send(b"\x00\xff")
        async with asyncio.timeout(10):
            await ana.socket.wait_closed()
    async with tab(slack, "ana") as ana:
        await ana.socket.send("{")
        await slack.say("bo", "product", "still here")
        await ana.told("message_posted")


async def test_the_clock_is_moved_for_everyone(slack: Playground, tab: OpenTab) -> None:
    async with tab(slack, "ana") as ana, tab(slack, "bo") as bo:
        before = ana.snapshot["clock"]["now"]
        assert (await bo.do("clock", forward=86_400))["ok"]
        frame = await ana.told("clock")
        assert frame["now"] >= before + 86_400
        assert frame["offset"] == 86_400
        later = await slack.say("bo", "product", "tomorrow")
        assert float(later.ts) >= before + 86_400
