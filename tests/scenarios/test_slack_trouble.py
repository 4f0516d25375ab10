"""Slack does not do what was asked of it: whoever asked is told, and nothing is posted twice or lost."""

from pathlib import Path

import pytest

from bot.domain.jobs import JobState
from bot.playground.records import Message
from bot.slack.blocks.ids import Press
from tests.scenarios.house import ONE_ITEM, PLANNING, House, Room, open_house
from tests.sources.servers import Answer, Asked

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def told_directly(house: House, user: str, room: Room) -> Message:
    """Wait for the direct message about a room."""

    def about_the_room() -> Message | None:
        return next((each for each in house.slack.direct(user) if f"<#{room.id}>" in each.text), None)

    return await house.slack.wait_for(about_the_room)


def check_whole(room: Room, items: int) -> None:
    texts = [each.text for each in room.posted()]
    assert len(texts) == len(set(texts)), texts
    assert len([each for each in texts if each.startswith(("Action item", "Follow-up"))]) == items
    assert len([each for each in texts if "Shared by" in each]) == 1


async def test_in_a_channel_without_the_bot_the_requester_is_told_how_to_invite_it(house: House) -> None:
    room, slack = house.room(with_app=False), house.slack
    answer = await slack.command("bo", room.id, f"/process {house.serve('one.txt', ONE_ITEM)}")
    assert answer.acknowledged
    trouble = await told_directly(house, "bo", room)
    assert "I could not make a thread of" in trouble.text
    assert trouble.text.endswith("I am not in that channel.\nType /invite @followthrough there, then try again.")
    direct = slack.workspace.direct(slack.workspace.bot.id, "bo").id

    await slack.invite("bo", room.id, slack.workspace.bot.name)
    assert (await slack.press("bo", direct, trouble.ts, Press.TRY_AGAIN)).acknowledged
    await slack.wait_for(lambda: [each for each in slack.ephemerals("bo") if each.text.startswith("On it: ")][1:])
    await room.items()
    check_whole(room, 1)
    told = [each for each in slack.direct("bo") if f"<#{room.id}>" in each.text]
    assert len(told) == 1, "told once"


async def test_in_a_direct_message_between_people_it_says_where_to_go_instead(house: House) -> None:
    slack = house.slack
    between = Room(slack, slack.workspace.direct("mei", "bo"))
    await slack.command("mei", "@bo", f"/process {house.serve('one.txt', ONE_ITEM)}")
    trouble = await slack.wait_for(lambda: next(iter(slack.direct("mei")), None))
    assert trouble.text.splitlines()[0].endswith(" in that direct message:")
    assert "Share it in a channel that I am in, or in your messages with me." in trouble.text
    assert "/invite" not in trouble.text
    assert not between.from_app()

    direct = Room(slack, slack.workspace.direct("mei", slack.workspace.bot.id))
    await slack.command("mei", direct.id, f"/process {house.serve('one.txt', ONE_ITEM)}")
    await direct.told("Action item")


async def test_a_channel_archived_meanwhile_gets_its_thread_when_it_is_back(house: House) -> None:
    room, slack = house.room(), house.slack

    def archived(_: Asked) -> Answer:
        slack.workspace.archive(room.id)
        return Answer(ONE_ITEM)

    await slack.command("ana", room.id, f"/process {house.serve('one.txt', archived)}")
    trouble = await told_directly(house, "ana", room)
    assert trouble.text.endswith("That channel is archived.\nUnarchive it, or share the recording in another channel.")
    (job,) = await house.jobs(room)
    assert job.state is JobState.NEEDS_YOU
    slack.workspace.archive(room.id, archived=False)
    direct = slack.workspace.direct(slack.workspace.bot.id, "ana").id
    house.site.routes = {path: Answer(ONE_ITEM) for path in house.site.routes}
    await slack.press("ana", direct, trouble.ts, Press.TRY_AGAIN)
    await room.items()
    check_whole(room, 1)


async def test_a_thread_that_broke_off_is_finished_where_it_broke_off(house: House) -> None:
    room, slack = house.room(), house.slack
    await slack.say("mei", room.id, "Planning", files=[("planning.vtt", PLANNING)])
    await room.told("Action item")
    slack.workspace.archive(room.id)
    trouble = await told_directly(house, "mei", room)
    slack.workspace.archive(room.id, archived=False)
    direct = slack.workspace.direct(slack.workspace.bot.id, "mei").id
    asked = [each for each in slack.calls if each.method == "files.info"]
    await slack.press("mei", direct, trouble.ts, Press.TRY_AGAIN)
    await room.items()
    check_whole(room, 3)
    assert [each for each in slack.calls if each.method == "files.info"] == asked, "it was not fetched anew"


async def test_a_file_deleted_before_it_was_fetched_is_missed_in_words(house: House) -> None:
    room, slack = house.room(), house.slack
    # the file is gone, and its message is not: as when somebody deletes it in their list of files
    slack.rules.slow_seconds = 0.2
    message = await slack.say("ana", room.id, "Planning", files=[("planning.vtt", PLANNING)])
    slack.workspace.delete_file(message.files[0])
    slack.rules.slow_seconds = 0.0
    ended = await room.ended()
    assert ended.text.splitlines()[1:] == [
        "The file was deleted in Slack before I could fetch it.",
        "Share it again if you still want its thread.",
    ]


async def test_a_message_deleted_at_once_stops_the_work_and_its_author_is_told(house: House) -> None:
    room, slack = house.room(), house.slack
    message = await slack.say("bo", room.id, "Oops, wrong channel", files=[("one.txt", ONE_ITEM)])
    await slack.delete("bo", room.id, message.ts)
    trouble = await told_directly(house, "bo", room)
    assert "The message that I was replying to was deleted, so I stopped." in trouble.text
    assert not room.from_app()
    (job,) = await house.jobs(room)
    assert job.state is JobState.NEEDS_YOU


async def test_rate_limits_and_errors_in_the_middle_leave_one_whole_thread(house: House) -> None:
    room, slack = house.room(), house.slack
    await slack.say("ana", room.id, "Planning", files=[("one.txt", ONE_ITEM)])
    await room.told("Key moments")
    slack.rules.refuse("chat.postMessage", "ratelimited")
    slack.rules.refuse("chat.postMessage", "503")
    slack.rules.refuse("chat.getPermalink", "ratelimited")
    slack.rules.refuse("chat.update", "ratelimited")
    items = await room.items()
    check_whole(room, 1)
    parent = next(each for each in room.posted() if "Key moments" in each.text)
    assert {each.thread_ts for each in items} == {parent.ts}
    assert not any(slack.rules.refusals.values()), "all of it happened"


async def test_without_the_scope_for_files_the_operator_is_told_which_one(tmp_path: Path) -> None:
    async with open_house(tmp_path, without_scope="files:read") as house:
        room = house.room()
        await house.slack.say("ana", room.id, "Planning", files=[("planning.vtt", PLANNING)])
        ended = await room.ended()
        assert ended.text.splitlines() == [
            "planning.vtt could not be done:",
            "The bot lacks a permission in Slack (files:read).",
            "Whoever runs the bot should add it and install the app again.",
        ]
        (job,) = await house.jobs(room)
        assert job.state is JobState.FAILED
