"""What cannot be had and what people do about it; one recording in several places: with the real fetcher and engine."""

import asyncio

import pytest

from bot.domain.jobs import JobState
from bot.playground.records import ChannelKind, Ephemeral, Message
from bot.slack.blocks.ids import Press
from tests.scenarios.house import ONE_ITEM, House, Room
from tests.sources.servers import Answer, Asked

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(autouse=True)
def many_shares(house: House) -> None:
    """Let all of this module's shares come in one minute, which is more than Slack takes of one workspace."""
    house.slack.rules.rate_limits = False


class Gate:
    """A file that its owner has not opened to everybody yet."""

    def __init__(self) -> None:
        self.open = False
        self.asked: list[Asked] = []

    def __call__(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        return Answer(ONE_ITEM) if self.open else Answer(b"<h1>Forbidden</h1>", 403)


def labels(message: Message | Ephemeral) -> list[str]:
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    return [element["text"]["text"] for row in rows for element in row]


def words(text: bytes) -> bytes:
    """A transcript of its own: what was understood of another one's bytes would serve again."""
    return ONE_ITEM + b"Mei Tanaka: " + text + b"\n"


async def test_a_recording_that_its_owner_opens_goes_on_in_the_same_message(house: House) -> None:
    room, slack, gate = house.room(), house.slack, Gate()
    link = house.serve("monday.txt", gate)
    await slack.command("ana", room.id, f"/process {link}")
    stopped = await room.ended()
    assert " needs you, <@U0PLAYANA01>:" in stopped.text
    assert labels(stopped) == ["Upload the file instead", "Try again"]
    assert len(gate.asked) == 1, "the look told enough"

    gate.open = True
    await slack.press("bo", room.id, stopped.ts, Press.TRY_AGAIN)
    done = await room.told("Monday is done")
    assert done.ts == stopped.ts
    assert len(await room.items()) == 1
    assert not room.refused()


async def test_a_pasted_link_that_cannot_be_had_is_answered_privately_and_takes_the_file_instead(house: House) -> None:
    room, slack = house.room(), house.slack
    shared = await slack.say("ana", room.id, f"the call: {house.serve('tuesday.txt', Gate())}")
    cure = await room.whispered("ana", "I cannot open tuesday.txt yet:")
    assert labels(cure) == ["Upload the file instead", "Try again", "Not now"]
    await slack.press("ana", room.id, cure.ts, Press.UPLOAD)
    await room.whispered("ana", "Reply in the thread of your message with the recording, or its transcript, attached.")
    assert not room.from_app()

    await slack.say("ana", room.id, "", thread_ts=shared.ts, files=[("call.txt", words(b"On Tuesday."))])
    assert len(await room.items()) == 1
    assert room.posted()[0].thread_ts == shared.ts
    (job,) = await house.jobs(room)
    assert job.state is JobState.DONE


async def test_one_link_in_several_channels_at_once_is_understood_once(house: House) -> None:
    slack, rooms = house.slack, [house.room() for _ in range(4)]
    link = house.serve("wednesday.txt", words(b"On Wednesday."))
    for room in rooms:
        await slack.command("ana", room.id, "/process auto")
    await asyncio.gather(*(slack.say("ana", room.id, link) for room in rooms))
    for room in rooms:
        assert len(await room.items()) == 1
    jobs = [job for room in rooms for job in await house.jobs(room)]
    assert len(jobs) == 4
    assert len({job.conversation_id for job in jobs}) == 1
    assert [job.understood_by is None for job in jobs].count(True) == 1


async def test_the_same_file_by_two_links_has_one_thread(house: House) -> None:
    room, slack = house.room(), house.slack
    content = words(b"On Thursday.")
    await slack.command("ana", room.id, f"/process {house.serve('thursday.txt', content)}")
    await room.items()
    await slack.command("bo", room.id, f"/process {house.serve('copy.txt', content)}")
    pointer = await room.told("Copy is already here, shared by another link or file.")
    (head,) = [each for each in room.from_app() if "Found by a machine" in each.text]
    assert f"/p{head.ts.replace('.', '')}|See its thread>" in pointer.text
    assert len(await room.items()) == 1


async def test_nobody_hears_of_a_thread_that_they_cannot_read(house: House) -> None:
    slack = house.slack
    closed = Room(
        slack, slack.workspace.add_channel("closed", ["mei", slack.workspace.bot.name], kind=ChannelKind.PRIVATE)
    )
    link = house.serve("friday.txt", words(b"On Friday."))
    await slack.command("mei", closed.id, f'/process {link} title="Who has to go"')
    await closed.items()

    open_to_all = house.room()
    await slack.command("bo", open_to_all.id, f"/process {link}")
    await open_to_all.items()
    assert not [each for each in open_to_all.whispers("bo") if "already here" in each.text]
    assert "Who has to go" not in str([each.text for each in open_to_all.from_app()])

    other = house.room()
    await slack.command("mei", other.id, f"/process {link}")
    told = await other.whispered("mei", "is already here: ")
    assert labels(told) == ["Process here too", "Not now"]
    assert not other.from_app()
    await slack.press("mei", other.id, told.ts, Press.ACCEPT)
    assert len(await other.items()) == 1
