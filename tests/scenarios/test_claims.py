"""Who takes an item: by reaction and by button, one after another and all at once."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.playground.calls import Call
from bot.playground.records import Message
from bot.slack.blocks.ids import Press
from tests.scenarios.house import PLANNING, House, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")
PEOPLE = ("ana", "bo", "mei")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def thread(house: House) -> AsyncIterator[Room]:
    """One thread, of which each test takes an item of its own."""
    room = house.room()
    await house.slack.say("ana", room.id, "Planning", files=[("planning.vtt", PLANNING)])
    await room.items()
    yield room


def updates(room: Room, item: Message) -> list[Call]:
    """The times that the app asked Slack to change this message."""
    return [each for each in room.slack.calls if each.method == "chat.update" and each.args.get("ts") == item.ts]


async def shows(room: Room, item: Message, words: str) -> Message:
    """Wait until the item shows `words`."""

    def shown() -> Message | None:
        now = room.slack.message(room.id, item.ts)
        return now if words in now.text else None

    return await room.slack.wait_for(shown)


async def test_first_claim_wins_and_everything_can_be_undone(house: House, thread: Room) -> None:
    slack, (item, *_) = house.slack, await thread.items()
    ana, bo, mei = (f"<@{slack.workspace.person(each).id}>" for each in PEOPLE)

    await slack.react("ana", thread.id, item.ts, "raised_hand")
    await shows(thread, item, f"{ana} has it · by ")
    assert len(updates(thread, item)) == 1, "one gesture, one call"
    await slack.react("bo", thread.id, item.ts, "raised_hand::skin-tone-3")
    refusal = await thread.whispered("bo", f"{ana} was first and has this one")
    assert "Ask them if you would rather do it." in refusal.text
    assert refusal.thread_ts == item.thread_ts
    await slack.unreact("bo", thread.id, item.ts, "raised_hand::skin-tone-3")
    await slack.settled()
    await shows(thread, item, f"{ana} has it")
    await slack.unreact("ana", thread.id, item.ts, "raised_hand")
    await shows(thread, item, "unclaimed")

    assert (await slack.press("bo", thread.id, item.ts, Press.CLAIM)).acknowledged
    await shows(thread, item, f"{bo} has it")
    assert (await slack.press("mei", thread.id, item.ts, Press.RELEASE)).acknowledged
    await thread.whispered("mei", f"Only {bo} can release this one")
    await slack.react("mei", thread.id, item.ts, "white_check_mark")
    done = await shows(thread, item, f"Done by {mei}")
    assert done.text.startswith("Action item, done: ")
    await slack.press("ana", thread.id, item.ts, Press.REOPEN)
    await thread.whispered("ana", f"Only {mei} can reopen this one")
    await slack.unreact("mei", thread.id, item.ts, "white_check_mark")
    await shows(thread, item, f"{bo} has it")
    await slack.press("bo", thread.id, item.ts, Press.RELEASE)
    await shows(thread, item, "unclaimed")
    # claim, release, claim, done, reopen, release; what changed nothing was not shown again
    assert len(updates(thread, item)) == 6
    assert not thread.refused()


async def test_of_many_claims_at_the_same_moment_exactly_one_is_kept(house: House, thread: Room) -> None:
    slack, (_, item, _) = house.slack, await thread.items()
    slack.rules.duplicates = True
    try:
        presses = [slack.press(each, thread.id, item.ts, Press.CLAIM) for each in PEOPLE]
        hands = [slack.react(each, thread.id, item.ts, "hand") for each in PEOPLE]
        await asyncio.gather(*presses, *hands)
        await slack.settled()
    finally:
        slack.rules.duplicates = False
    shown = await shows(thread, item, " has it")
    holders = [each for each in PEOPLE if f"<@{slack.workspace.person(each).id}> has it" in shown.text]
    assert len(holders) == 1
    for each in PEOPLE:
        if each not in holders:
            refused = await thread.whispered(each, "was first and has this one (Ask the printer")
            assert f"<@{slack.workspace.person(holders[0]).id}>" in refused.text
    assert not [each for each in thread.whispers(holders[0]) if "(Ask the printer" in each.text]
    assert len(updates(thread, item)) == 1, "one edit, of the one claim that counts"


async def test_a_claim_and_its_release_in_one_breath_end_as_nobodys(house: House, thread: Room) -> None:
    slack, (*_, item) = house.slack, await thread.items()
    assert item.text.startswith("Follow-up: ")
    for _ in range(3):
        await slack.react("mei", thread.id, item.ts, "hand")
        await slack.unreact("mei", thread.id, item.ts, "hand")
    await slack.react("bo", thread.id, item.ts, "white_check_mark")
    await shows(thread, item, "Follow-up, done: ")
    await slack.unreact("bo", thread.id, item.ts, "white_check_mark")
    now = await shows(thread, item, "unclaimed")
    assert "has it" not in now.text


async def test_other_emoji_and_other_messages_mean_nothing(house: House, thread: Room) -> None:
    slack, (item, *_) = house.slack, await thread.items()
    await slack.settled()
    before = len(slack.calls)
    await slack.react("ana", thread.id, item.ts, "heart")
    parent = item.thread_ts
    assert parent is not None
    await slack.react("ana", thread.id, parent, "hand")
    own = await slack.say("ana", thread.id, "I could do that", thread_ts=parent)
    await slack.react("bo", thread.id, own.ts, "hand")
    await slack.settled()
    await asyncio.sleep(0.1)
    assert not [each.method for each in slack.calls[before:]]
