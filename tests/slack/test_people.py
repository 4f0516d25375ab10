"""Who shares: members start things, and whoever may be from outside is asked first."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain.jobs import JobState
from bot.playground.records import Person
from bot.slack.blocks.ids import Press
from bot.slack.client import identify, web_client
from bot.slack.people import UNKNOWN, People
from tests.slack.scene import CHANNEL, LINK, Scene, open_scene

GUEST = Person("U0GUEST0001", "gil", "Gil Guest", guest=True)
NEIGHBOUR = Person("U0OTHER0001", "oda", "Oda Other", team="T0OTHERTEAM")


@pytest_asyncio.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with open_scene(tmp_path) as scene:
        for each in (GUEST, NEIGHBOUR):
            scene.slack.workspace.add_person(each)
            scene.slack.workspace.join(CHANNEL, each.name)
        await scene.slack.command("ana", CHANNEL, "/process auto")
        yield scene


def asked_about_people(scene: Scene) -> int:
    return sum(call.method == "users.info" for call in scene.slack.calls)


@pytest.mark.parametrize("who", ["gil", "oda"])
async def test_what_an_outsider_pastes_is_asked_about_even_where_links_start_at_once(scene: Scene, who: str) -> None:
    await scene.slack.say(who, CHANNEL, f"our call: {LINK}")
    offer = await scene.whispered(who, "Shall I turn planning.vtt")
    (job,) = await scene.jobs()
    assert job.state is JobState.OFFERED
    assert scene.slack.from_app(CHANNEL) == []
    await scene.slack.press(who, CHANNEL, offer.ts, Press.ACCEPT)
    await scene.posted("is done")


async def test_what_a_member_pastes_starts_and_slack_is_asked_once_an_hour_who_that_is(scene: Scene) -> None:
    await scene.slack.say("ana", CHANNEL, "lunch? https://example.org/menu")
    await scene.slack.say("bo", "#general", LINK)
    await scene.rested()
    assert asked_about_people(scene) == 0, "no recording, or a channel where everybody is asked"
    for name in ("one", "two"):
        await scene.slack.say("ana", CHANNEL, f"https://files.example.test/{name}.vtt")
        await scene.rested()
    assert [job.state for job in await scene.jobs()] == [JobState.OFFERED, JobState.DONE, JobState.DONE]
    assert asked_about_people(scene) == 1


async def test_when_slack_does_not_say_who_that_is_they_are_asked_first(scene: Scene) -> None:
    scene.slack.rules.refuse("users.info", "missing_scope")
    await scene.slack.say("ana", CHANNEL, LINK)
    await scene.whispered("ana", "Shall I turn planning.vtt")
    await scene.slack.say("ana", CHANNEL, "https://files.example.test/two.vtt")
    await scene.posted("is done")


async def test_a_recording_that_an_outsider_drops_or_asks_for_starts(scene: Scene) -> None:
    await scene.slack.say("gil", CHANNEL, "", files=[("call.vtt", b"WEBVTT")])
    await scene.slack.command("oda", CHANNEL, f"/process {LINK}")
    await scene.rested()
    assert [job.state for job in await scene.jobs()] == [JobState.DONE, JobState.DONE]


async def test_an_answer_counts_for_an_hour(scene: Scene) -> None:
    now = 0.0
    async with web_client(scene.slack.bot_token, scene.slack.url) as client:
        people = People(client, await identify(client), now=lambda: now)
        assert (await people.standing(GUEST.id)).outsider
        scene.slack.workspace.add_person(Person(GUEST.id, GUEST.name, GUEST.real_name))
        now = 3599.0
        assert (await people.standing(GUEST.id)).outsider
        now = 3601.0
        assert not (await people.standing(GUEST.id)).outsider
        assert await people.standing("U0NOBODY") == UNKNOWN
