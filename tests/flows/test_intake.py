from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.domain.channels import ChannelMode
from bot.domain.jobs import JobState
from bot.domain.posts import AlreadyHereNote, OfferNote, ParentNote, ProgressNote
from bot.domain.recordings import Recording, RecordingKind
from bot.errors import NoAccess, NotInChannel
from bot.flows import cures, intake
from tests.flows.stage import ANA, BO, CHANNEL, Outside, Stage, a_share, open_stage, until, until_state


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, Outside(tmp_path)) as stage:
        yield stage


PASTED = a_share(via="message", message_ts="100.000001")
DROPPED = a_share(
    via="file", message_ts="200.000001", recording=Recording(RecordingKind.SLACK_FILE, "F1", "planning.mp3")
)


async def test_a_pasted_link_is_offered_to_the_sharer_and_to_nobody_else(stage: Stage) -> None:
    await intake.share(stage.ports, [PASTED], event_id="e1")

    async def offered() -> bool:
        return bool(stage.outside.whispers)

    await until(offered)
    ((user, note),) = stage.outside.whispers
    assert user == ANA
    assert isinstance(note, OfferNote)
    assert (await stage.only_job()).state is JobState.OFFERED
    assert not stage.outside.sent


async def test_accepting_an_offer_starts_the_job(stage: Stage) -> None:
    await intake.share(stage.ports, [PASTED], event_id="e1")
    job_id = (await stage.only_job()).id
    await intake.answer_offer(stage.ports, job_id, ANA, accept=True, event_id="e2")
    await until_state(stage, job_id, JobState.DONE)
    assert ("100.000001", "eyes") in stage.outside.reactions


async def test_a_declined_offer_stays_declined_whatever_comes_after(stage: Stage) -> None:
    await intake.share(stage.ports, [PASTED], event_id="e1")
    job_id = (await stage.only_job()).id
    await intake.answer_offer(stage.ports, job_id, ANA, accept=False, event_id="e2")
    job = await intake.answer_offer(stage.ports, job_id, ANA, accept=True, event_id="e3")
    assert job is not None
    assert job.state is JobState.DECLINED
    assert not stage.outside.calls.count("fetch")


async def test_a_dropped_file_starts_at_once(stage: Stage) -> None:
    await intake.share(stage.ports, [DROPPED], event_id="e1")
    await until_state(stage, (await stage.only_job()).id, JobState.DONE)
    progress = next(ts for ts, note in stage.outside.sent.items() if isinstance(note, ProgressNote))
    assert stage.outside.places[progress].thread_ts == "200.000001"


async def test_on_auto_a_pasted_link_starts_at_once(stage: Stage) -> None:
    await intake.set_mode(stage.ports, "T1", CHANNEL, ChannelMode.AUTO, ANA, event_id="e0")
    await intake.share(stage.ports, [PASTED], event_id="e1")
    await until_state(stage, (await stage.only_job()).id, JobState.DONE)


async def test_in_a_channel_that_is_off_shares_are_left_alone_and_commands_still_work(stage: Stage) -> None:
    await intake.set_mode(stage.ports, "T1", CHANNEL, ChannelMode.OFF, ANA, event_id="e0")
    await intake.share(stage.ports, [PASTED, DROPPED], event_id="e1")
    assert await intake.status(stage.ports, "T1", CHANNEL) == []
    receipt = await intake.request(stage.ports, a_share(), event_id="e2")
    await until_state(stage, receipt.job.id, JobState.DONE)


async def test_an_event_that_slack_delivers_again_starts_nothing_again(stage: Stage) -> None:
    for _ in range(3):
        await intake.share(stage.ports, [DROPPED], event_id="e1")
    await stage.only_job()


async def test_an_edit_of_the_message_is_no_new_share(stage: Stage) -> None:
    await intake.share(stage.ports, [PASTED], event_id="e1")
    await intake.share(stage.ports, [PASTED], event_id="e2")
    await stage.only_job()


async def test_the_same_recording_shared_again_gets_the_way_to_its_thread(stage: Stage) -> None:
    first = await intake.request(stage.ports, a_share(), event_id="e1")
    await until_state(stage, first.job.id, JobState.DONE)
    await intake.share(stage.ports, [replace(PASTED, user=BO)], event_id="e2")

    async def told() -> bool:
        return bool(stage.outside.whispers)

    await until(told)
    ((user, note),) = stage.outside.whispers
    assert user == BO
    assert isinstance(note, AlreadyHereNote)
    assert note.link is not None
    again = await intake.request(stage.ports, a_share(), event_id="e3")
    assert again.already
    assert again.job.id == first.job.id


async def test_a_command_is_the_answer_to_an_open_offer_of_the_same_recording(stage: Stage) -> None:
    await intake.share(stage.ports, [PASTED], event_id="e1")
    receipt = await intake.request(stage.ports, a_share(), event_id="e2")
    assert not receipt.already
    assert receipt.job.id == (await stage.only_job()).id
    await until_state(stage, receipt.job.id, JobState.DONE)


async def test_a_command_says_more_than_the_offer_that_it_answers(stage: Stage) -> None:
    await intake.share(stage.ports, [PASTED], event_id="e1")
    asked = replace(a_share(), user=BO, title="Planning in spring", language="en", held_on=date(2026, 3, 2), speakers=3)
    job = (await intake.request(stage.ports, asked, event_id="e2")).job
    assert (job.user, job.title, job.language, job.held_on) == (BO, "Planning in spring", "en", date(2026, 3, 2))
    assert job.speakers == 3
    assert job.message_ts == PASTED.message_ts


async def test_two_offers_of_one_recording_lead_to_one_thread(stage: Stage) -> None:
    await intake.share(stage.ports, [PASTED], event_id="e1")
    await intake.share(stage.ports, [replace(PASTED, user=BO, message_ts="300.000001")], event_id="e2")
    async with stage.ports.store.look() as work:
        first, second = await work.jobs_in([JobState.OFFERED])
    begun = await intake.answer_offer(stage.ports, second.id, BO, accept=True, event_id="e3")
    answered = await intake.answer_offer(stage.ports, first.id, ANA, accept=True, event_id="e4")
    assert begun is not None
    assert answered is not None
    assert answered.id == begun.id == second.id
    await until_state(stage, second.id, JobState.DONE)
    assert (await stage.job(first.id)).state is JobState.DECLINED
    assert stage.outside.calls.count("fetch") == 1


async def test_trying_again_what_came_to_its_thread_by_another_way_does_nothing(stage: Stage) -> None:
    stage.outside.troubles["fetch"] = [NoAccess("It is private.", "Share it.")]
    stopped = (await intake.request(stage.ports, a_share(), event_id="e1")).job
    await until_state(stage, stopped.id, JobState.NEEDS_YOU)
    done = (await intake.request(stage.ports, a_share(), event_id="e2")).job
    await until_state(stage, done.id, JobState.DONE)
    found = await cures.try_again(stage.ports, stopped.id, BO, event_id="e3")
    assert found is not None
    assert found.id == done.id
    assert (await stage.job(stopped.id)).state is JobState.NEEDS_YOU


async def test_status_lists_what_was_started_and_not_what_was_only_offered(stage: Stage) -> None:
    await intake.share(stage.ports, [PASTED], event_id="e1")
    assert await intake.status(stage.ports, "T1", CHANNEL) == []
    await intake.share(stage.ports, [DROPPED], event_id="e2")
    (job,) = await intake.status(stage.ports, "T1", CHANNEL)
    assert job.recording.name == "planning.mp3"


async def test_asking_again_for_a_thread_that_broke_off_goes_on_with_it(stage: Stage) -> None:
    stage.outside.troubles_after["post"] = (2, NotInChannel("That channel is archived.", "Unarchive it."))
    first = await intake.request(stage.ports, a_share(), event_id="e1")
    await until_state(stage, first.job.id, JobState.NEEDS_YOU)
    again = await intake.request(stage.ports, a_share(), event_id="e2")
    assert again.job.id == first.job.id
    await until_state(stage, first.job.id, JobState.DONE)
    assert sum(isinstance(note, ParentNote) for note in stage.outside.sent.values()) == 1
