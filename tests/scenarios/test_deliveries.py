"""What Slack's ways of delivering do: twice, again, late, over HTTP, over a connection that breaks."""

import asyncio
from pathlib import Path

from bot.playground.rules import Rules
from bot.slack.blocks.ids import Press
from tests.scenarios.house import ONE_ITEM, RECORDING, House, open_house


async def check_one_thread(house: House, room_id: str, replies: int) -> None:
    heads = [each for each in house.slack.messages(room_id) if each.bot_id]
    assert len(heads) == 1, [each.text for each in heads]
    texts = [each.text for each in house.slack.thread(room_id, heads[0].ts)]
    assert len(texts) == len(set(texts)) == replies, texts


async def test_an_audio_file_over_signed_http_becomes_a_thread(tmp_path: Path) -> None:
    async with open_house(tmp_path, over_http=True) as house:
        room = house.room()
        assert await house.slack.verify_url()
        message = await house.slack.say("ana", room.id, "Yesterday’s call", files=[RECORDING])
        items = await room.items(within=90)
        assert any("budget" in each.text.lower() for each in items)
        progress, parent, *_ = room.posted()
        assert progress.thread_ts == message.ts
        assert progress.text.startswith("Two people is done: ")
        assert "speaker" in parent.text.splitlines()[0].lower(), "it says who spoke, how many, or that it is unknown"
        for each in items:
            assert "“" in each.text, "every item has its words"
        # a button, a reaction and a command, all signed
        await house.slack.press("bo", room.id, items[0].ts, Press.CLAIM)
        await room.told("has it")
        await house.slack.react("mei", room.id, items[0].ts, "white_check_mark")
        await room.told("Action item, done")
        answer = await house.slack.command("mei", room.id, "/process status")
        assert answer.text.endswith("Two people: done")
        assert not house.slack.refused
        assert all((each.seconds or 9) < 3 for each in house.slack.deliveries if each.ended)


async def test_what_slack_delivers_twice_at_once_happens_once(tmp_path: Path) -> None:
    async with open_house(tmp_path, over_http=True, rules=Rules(duplicates=True)) as house:
        slack = house.slack
        dropped, pasted = house.room(), house.room()
        await slack.say("ana", dropped.id, "Planning", files=[("planning.txt", ONE_ITEM)])
        await slack.say("bo", pasted.id, house.serve("one.txt", ONE_ITEM))
        offer = await pasted.whispered("bo", "Shall I turn one.txt")
        # an impatient sharer: four presses, and the same link by command
        answers = [slack.press("bo", pasted.id, offer.ts, Press.ACCEPT) for _ in range(4)]
        await asyncio.gather(*answers)
        items, _ = await asyncio.gather(dropped.items(), pasted.items())
        await slack.react("bo", dropped.id, items[0].ts, "hand")
        await slack.settled()
        await dropped.told("has it")
        await check_one_thread(house, dropped.id, 1)
        await check_one_thread(house, pasted.id, 1)
        assert len(await house.jobs(dropped)) == len(await house.jobs(pasted)) == 1
        assert len([each for each in pasted.whispers("bo") if "Shall I" in each.text]) <= 1
        assert not house.slack.refused


async def test_a_connection_that_drops_loses_no_event_and_repeats_none(tmp_path: Path) -> None:
    async with open_house(tmp_path, rules=Rules(retries=(0.2, 0.5, 1.0, 2.0, 4.0, 8.0))) as house:
        slack, room = house.slack, house.room()
        await slack.say("ana", room.id, "Planning", files=[("planning.txt", ONE_ITEM)])
        await slack.drop_sockets()
        await slack.say("bo", room.id, "and this one", files=[("one.txt", ONE_ITEM + b"Bo: Bye.\n")])
        await room.told("Action item")
        await slack.refresh_sockets()
        await slack.drop_sockets()
        await slack.wait_for(lambda: len(room.endings()) == 2, 30)
        item = next(each for each in room.from_app() if each.text.startswith("Action item"))
        await slack.drop_sockets()
        await slack.react("mei", room.id, item.ts, "hand")
        await room.told("has it", 20)
        assert len(await house.jobs(room)) == 2
        assert len(room.heads()) == 2
        texts = [each.text for each in room.from_app()]
        assert len(texts) == len(set(texts)), texts
