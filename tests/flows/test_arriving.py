"""Recordings that Zoom tells of: what waited for one goes on, and its channel gets it by itself, once."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.channels import ChannelMode
from bot.domain.jobs import Job, JobState
from bot.domain.posts import OfferNote
from bot.errors import NoAccess, NotInChannel, Obstacle
from bot.flows import arriving, intake
from bot.flows.arriving import Arrival, Destination
from bot.ports import Preview
from tests.flows.stage import ANA, CHANNEL, Outside, QuickClock, Stage, a_share, open_stage, until, until_state

SHARE = "https://us02web.zoom.us/rec/share/Ab3dEf6hIj"
PLAY = "https://us02web.zoom.us/rec/play/play-MP4"
READY = Arrival("aDYlohsHRtCd4ii1uC2+hA==", (SHARE, PLAY), "Photo day", with_words=False)
WITH_WORDS = Arrival(READY.id, READY.links, READY.topic, with_words=True)
HERE = Destination("T1", CHANNEL)
NOT_READY = NoAccess("Zoom is still making this recording.", obstacle=Obstacle.NOT_READY)


@pytest.fixture
def outside(tmp_path: Path) -> Outside:
    return Outside(tmp_path)


async def jobs(stage: Stage) -> list[Job]:
    async with stage.ports.store.look() as work:
        return await work.jobs_in(list(JobState))


async def the_job(stage: Stage, state: JobState) -> Job:
    async def there() -> bool:
        stage.queue.wake()  # its timer goes by the wall's clock
        return any(job.state is state for job in await jobs(stage))

    await until(there)
    return await stage.only_job()


async def whispered(outside: Outside, times: int) -> None:
    async def told() -> bool:
        return len(outside.whispers) >= times

    await until(told)


async def waiting_tasks(stage: Stage, name: str) -> int:
    async with stage.ports.store._database.reading() as tx:  # type: ignore[attr-defined]  # noqa: SLF001 - rows tell
        return len(await tx.fetch_all("SELECT id FROM tasks WHERE name = :name", {"name": name}))


@pytest.mark.parametrize("shared", [SHARE, PLAY + "?pwd=x"])
async def test_a_recording_that_was_still_being_made_starts_by_itself(
    tmp_path: Path, outside: Outside, shared: str
) -> None:
    outside.troubles["fetch"] = [NOT_READY]
    async with open_stage(tmp_path, outside) as stage:
        job = (await intake.request(stage.ports, a_share(shared), event_id="ask")).job
        assert (await until_state(stage, job.id, JobState.NEEDS_YOU)).obstacle is Obstacle.NOT_READY
        await arriving.arrived(stage.ports, READY, None, event_id="zoom:1")
        await until_state(stage, job.id, JobState.DONE)
        assert len(await jobs(stage)) == 1


async def test_an_offer_that_could_not_begin_yet_is_shown_anew(tmp_path: Path, outside: Outside) -> None:
    outside.previews = [Preview("Zoom recording", "x", obstacle=Obstacle.NOT_READY, what="It is still being made.")]
    async with open_stage(tmp_path, outside) as stage:
        share = a_share(SHARE, via="message", message_ts="100.000001")
        await intake.share(stage.ports, [share], event_id="paste")

        await whispered(outside, 1)
        await arriving.arrived(stage.ports, READY, None, event_id="zoom:1")
        await whispered(outside, 2)
        (user, note) = outside.whispers[1]
        assert user == ANA
        assert isinstance(note, OfferNote)
        assert note.job.obstacle is None


async def test_jobs_that_wait_for_something_else_are_left_alone(tmp_path: Path, outside: Outside) -> None:
    outside.troubles["fetch"] = [NoAccess("It is private.", obstacle=Obstacle.PRIVATE), NOT_READY]
    async with open_stage(tmp_path, outside) as stage:
        private = (await intake.request(stage.ports, a_share(SHARE), event_id="ask")).job
        await until_state(stage, private.id, JobState.NEEDS_YOU)
        other = (await intake.request(stage.ports, a_share(SHARE + "x"), event_id="ask-2")).job
        await until_state(stage, other.id, JobState.NEEDS_YOU)
        await arriving.go_on_with(stage.ports, READY.links)
        assert {job.state for job in await jobs(stage)} == {JobState.NEEDS_YOU}


async def test_a_new_recording_gets_its_thread_once_whatever_comes_first(tmp_path: Path, outside: Outside) -> None:
    async with open_stage(tmp_path, outside) as stage:
        await arriving.arrived(stage.ports, WITH_WORDS, HERE, event_id="zoom:2")
        job = await the_job(stage, JobState.DONE)
        assert (job.channel, job.user, job.via, job.title) == (CHANNEL, "", "zoom", "Photo day")
        await arriving.arrived(stage.ports, READY, HERE, event_id="zoom:1")
        await arriving.arrived(stage.ports, WITH_WORDS, HERE, event_id="zoom:2")

        async def all_told() -> bool:
            stage.queue.wake()
            return await waiting_tasks(stage, "take_arrived") + await waiting_tasks(stage, "go_on_with") == 0

        await until(all_told)
        assert len(await jobs(stage)) == 1
        assert outside.whispers == []


async def test_without_its_words_a_recording_waits_for_them_and_then_goes_without(
    tmp_path: Path, outside: Outside
) -> None:
    # a thousand times as fast: a quarter of an hour is a second
    async with open_stage(tmp_path, outside) as stage:
        began = stage.ports.clock.now()
        await arriving.arrived(stage.ports, READY, HERE, event_id="zoom:1")
        job = await the_job(stage, JobState.DONE)
        assert job.created_at - began >= timedelta(minutes=15)


async def test_the_words_end_the_waiting(tmp_path: Path, outside: Outside) -> None:
    async with open_stage(tmp_path, outside, clock=QuickClock(speed=1.0)) as stage:
        await arriving.arrived(stage.ports, READY, HERE, event_id="zoom:1")
        assert await waiting_tasks(stage, "take_arrived") == 1
        assert await jobs(stage) == []
        await arriving.arrived(stage.ports, WITH_WORDS, HERE, event_id="zoom:2")
        await the_job(stage, JobState.DONE)
        assert await waiting_tasks(stage, "take_arrived") <= 1


async def test_what_somebody_shared_before_gets_no_second_thread(tmp_path: Path, outside: Outside) -> None:
    async with open_stage(tmp_path, outside) as stage:
        job = (await intake.request(stage.ports, a_share(SHARE), event_id="ask")).job
        await until_state(stage, job.id, JobState.DONE)
        await arriving.take_arrived(stage.ports, READY.id, SHARE, READY.topic, HERE)
        assert len(await jobs(stage)) == 1
        assert outside.whispers == []


async def test_a_channel_that_is_off_gets_nothing_by_itself(tmp_path: Path, outside: Outside) -> None:
    async with open_stage(tmp_path, outside) as stage:
        await intake.set_mode(stage.ports, "T1", CHANNEL, ChannelMode.OFF, ANA, event_id="off")
        await arriving.take_arrived(stage.ports, READY.id, SHARE, READY.topic, HERE)
        assert await jobs(stage) == []


async def test_a_channel_that_the_bot_is_not_in_is_told_of_in_the_log(
    tmp_path: Path, outside: Outside, caplog: pytest.LogCaptureFixture
) -> None:
    outside.troubles["post"] = [NotInChannel("I am not in that channel.", "Invite me.") for _ in range(20)]
    async with open_stage(tmp_path, outside) as stage:
        await arriving.arrived(stage.ports, WITH_WORDS, HERE, event_id="zoom:2")

        async def logged() -> bool:
            return "its channel cannot be written to: I am not in that channel." in caplog.text

        await until(logged)
        assert outside.told == []
