"""What people do about a recording that cannot be had, and what becomes of a passcode."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.channels import ChannelMode
from bot.domain.jobs import Job, JobState
from bot.domain.posts import OfferNote, PostKind, ProgressNote
from bot.domain.recordings import Recording, RecordingKind
from bot.errors import BadInput, NoAccess, NotInChannel, Obstacle, Unavailable
from bot.flows import cures, intake
from tests.flows.stage import ANA, BO, CHANNEL, Outside, QuickClock, Stage, a_share, open_stage, until, until_state

ZOOM = "https://us02web.zoom.us/rec/share/Ab3dEf6hIj"
CODE = "7*J?x@9L"
PASTED = a_share(ZOOM, via="message", message_ts="100.000001")
FILE = Recording(RecordingKind.SLACK_FILE, "F1", "sync.vtt")


@pytest.fixture
def outside(tmp_path: Path) -> Outside:
    return Outside(tmp_path, opens=CODE)


async def asked(stage: Stage, **changes: object) -> Job:
    """A job that was asked for and waits for its passcode."""
    job_id = (await intake.request(stage.ports, a_share(ZOOM, **changes), event_id="ask")).job.id
    return await until_state(stage, job_id, JobState.NEEDS_YOU)


async def progress_of(stage: Stage, job: Job) -> str:
    """Wait for a job's own message, and return its ts."""
    found: list[str] = []

    async def posted() -> bool:
        posts = await stage.posts(job.id)
        found[:] = [post.ts for post in posts if post.kind is PostKind.PROGRESS and post.ts]
        return bool(found)

    await until(posted)
    return found[0]


async def offered(stage: Stage, times: int = 1) -> Job:
    """The offer that was shown as the `times`-th."""

    async def shown() -> bool:
        return len(stage.outside.whispers) >= times

    await until(shown)
    note = stage.outside.whispers[times - 1][1]
    assert isinstance(note, OfferNote)
    return note.job


async def test_a_passcode_opens_the_recording_and_is_forgotten(tmp_path: Path, outside: Outside) -> None:
    async with open_stage(tmp_path, outside) as stage:
        job = await asked(stage)
        assert job.obstacle is Obstacle.PASSCODE
        await cures.enter_passcode(stage.ports, job.id, BO, CODE, event_id="e1")
        job = await until_state(stage, job.id, JobState.DONE)
        assert job.user == BO
        assert not stage.ports.passcodes.of(job.id, stage.ports.clock.now())
    assert outside.passcodes == [None, CODE, CODE]
    assert sum(isinstance(note, ProgressNote) for note in outside.sent.values()) == 1


async def test_a_wrong_passcode_is_told_at_once_and_may_be_entered_again(tmp_path: Path, outside: Outside) -> None:
    async with open_stage(tmp_path, outside) as stage:
        job = await asked(stage)
        await cures.enter_passcode(stage.ports, job.id, ANA, "wrong", event_id="e1")

        async def refused() -> bool:
            return (await stage.job(job.id)).reason == "That passcode did not open it."

        await until(refused)
        job = await stage.job(job.id)
        assert (job.state, job.obstacle) == (JobState.NEEDS_YOU, Obstacle.PASSCODE)
        assert not stage.ports.passcodes.of(job.id, stage.ports.clock.now()), "it is of no use any more"
        assert "fetch" not in outside.calls
        await cures.enter_passcode(stage.ports, job.id, ANA, CODE, event_id="e2")
        await until_state(stage, job.id, JobState.DONE)


async def test_a_passcode_outlives_a_host_that_does_not_answer_at_first(tmp_path: Path, outside: Outside) -> None:
    outside.troubles["fetch"] = [Unavailable("The host does not answer."), Unavailable("Still not.", after=1.0)]
    async with open_stage(tmp_path, outside) as stage:
        job = await asked(stage)
        await cures.enter_passcode(stage.ports, job.id, ANA, CODE, event_id="e1")
        await until_state(stage, job.id, JobState.DONE)


async def test_after_a_restart_an_unused_passcode_is_gone_and_is_asked_for_again(
    tmp_path: Path, outside: Outside
) -> None:
    clock = QuickClock()
    async with open_stage(tmp_path, outside, clock=clock) as stage:
        job = await asked(stage)
        await stage.queue.stop()
        await cures.enter_passcode(stage.ports, job.id, ANA, CODE, event_id="e1")
        assert (await stage.job(job.id)).state is JobState.RECEIVED
    async with open_stage(tmp_path, outside, clock=clock) as stage:
        job = await until_state(stage, job.id, JobState.NEEDS_YOU)
        assert job.reason.startswith("I no longer have the passcode")
        assert job.obstacle is Obstacle.PASSCODE


async def test_a_passcode_is_nowhere_but_in_memory(
    tmp_path: Path, outside: Outside, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    outside.troubles["fetch"] = [ValueError("a bug"), NoAccess("Not this time.", obstacle=Obstacle.PRIVATE)]
    async with open_stage(tmp_path, outside) as stage:
        job = await asked(stage)
        await cures.enter_passcode(stage.ports, job.id, ANA, CODE, event_id="e1")

        async def stopped() -> bool:
            return (await stage.job(job.id)).obstacle is Obstacle.PRIVATE

        await until(stopped)
        await cures.passcode_said(stage.ports, "T1", CHANNEL, "100.000001", [CODE], event_id="e2")
        kept = on_disk(tmp_path)
        assert b"tasks" in kept
        assert CODE.encode() not in kept
    assert CODE not in caplog.text
    assert CODE not in repr(outside.sent)


def on_disk(folder: Path) -> bytes:
    """Everything that the database has written so far."""
    return b"".join(path.read_bytes() for path in folder.glob("bot.db*"))


async def test_an_offer_that_asks_for_a_passcode_goes_on_when_one_is_entered(tmp_path: Path, outside: Outside) -> None:
    async with open_stage(tmp_path, outside) as stage:
        await intake.share(stage.ports, [PASTED], event_id="e1")
        job = await offered(stage)
        assert job.obstacle is Obstacle.PASSCODE
        await cures.enter_passcode(stage.ports, job.id, ANA, "wrong", event_id="e2")
        assert (await offered(stage, 2)).reason == "That passcode did not open it."
        assert not outside.sent, "what only the sharer saw stays with them"
        await cures.enter_passcode(stage.ports, job.id, ANA, CODE, event_id="e3")
        await until_state(stage, job.id, JobState.DONE)
    assert len(outside.whispers) == 2, "the passcode was the answer"


@pytest.mark.parametrize("thread_ts", [None, "90.000001"])
async def test_a_passcode_said_beside_the_link_or_before_it_in_the_thread_is_used(
    tmp_path: Path, outside: Outside, thread_ts: str | None
) -> None:
    async with open_stage(tmp_path, outside) as stage:
        place = thread_ts or "100.000001"
        await cures.passcode_said(stage.ports, "T1", CHANNEL, place, ["1111a", CODE], event_id="e1")
        await intake.share(stage.ports, [replace(PASTED, thread_ts=thread_ts)], event_id="e1")
        job = await offered(stage)
        assert job.obstacle is None
        await intake.answer_offer(stage.ports, job.id, ANA, accept=True, event_id="e2")
        await until_state(stage, job.id, JobState.DONE)
        assert not stage.ports.passcodes.of((CHANNEL, place), stage.ports.clock.now()), "forgotten after its use"


@pytest.mark.parametrize("under", ["the message", "the job's own message"])
async def test_a_passcode_said_later_in_the_thread_sets_the_job_going(
    tmp_path: Path, outside: Outside, under: str
) -> None:
    async with open_stage(tmp_path, outside) as stage:
        job = await asked(stage, **({"message_ts": "100.000001"} if under == "the message" else {}))
        place = "100.000001" if under == "the message" else await progress_of(stage, job)
        await cures.passcode_said(stage.ports, "T1", CHANNEL, "80.000001", [CODE], event_id="e1")
        await cures.passcode_said(stage.ports, "T1", "C2", place, [CODE], event_id="e2")
        assert (await stage.job(job.id)).state is JobState.NEEDS_YOU, "said elsewhere, it is not for this"
        await cures.passcode_said(stage.ports, "T1", CHANNEL, place, [CODE], event_id="e3")
        await until_state(stage, job.id, JobState.DONE)


async def test_the_passcode_of_a_link_is_tried_when_the_link_alone_does_not_open_it(tmp_path: Path) -> None:
    outside = Outside(tmp_path, opens="Xy1")
    async with open_stage(tmp_path, outside) as stage:
        job_id = (await intake.request(stage.ports, a_share(f"{ZOOM}?pwd=Xy1"), event_id="e1")).job.id
        job = await until_state(stage, job_id, JobState.DONE)
        assert "Xy1" not in f"{job.title} {job.recording.name} {job.stage}"
    assert outside.passcodes == [None, "Xy1", "Xy1"]


@pytest.mark.parametrize("under", ["the message", "the job's own message"])
async def test_a_file_dropped_in_the_thread_of_a_job_that_waits_becomes_its_recording(
    tmp_path: Path, outside: Outside, under: str
) -> None:
    async with open_stage(tmp_path, outside) as stage:
        job = await asked(stage, **({"message_ts": "100.000001"} if under == "the message" else {}))
        place = "100.000001" if under == "the message" else await progress_of(stage, job)
        outside.opens = None
        await intake.set_mode(stage.ports, "T1", CHANNEL, ChannelMode.OFF, ANA, event_id="off")
        dropped = a_share(via="file", recording=FILE, user=BO, message_ts="300.000001", thread_ts=place)
        await intake.share(stage.ports, [dropped], event_id="e1")
        await intake.share(stage.ports, [dropped], event_id="e2")
        done = await until_state(stage, job.id, JobState.DONE)
        assert done.recording == FILE
        assert (done.title, done.user) == ("Sync", BO)
        assert await stage.only_job() == done
    assert sum(isinstance(note, ProgressNote) for note in outside.sent.values()) == 1


async def test_a_file_in_a_thread_that_broke_off_does_not_change_what_that_thread_is_about(tmp_path: Path) -> None:
    outside = Outside(tmp_path)
    outside.troubles_after["post"] = (2, NotInChannel("That channel is archived.", "Unarchive it."))
    async with open_stage(tmp_path, outside) as stage:
        broken = await asked(stage, message_ts="100.000001")
        dropped = a_share(via="file", recording=FILE, message_ts="300.000001", thread_ts="100.000001")
        await intake.share(stage.ports, [dropped], event_id="e1")
        assert (await stage.job(broken.id)).recording != FILE


async def test_a_passcode_that_only_the_fetch_can_try_is_told_to_be_wrong(tmp_path: Path, outside: Outside) -> None:
    outside.opens = None
    refusal = NoAccess("It asks for a passcode.", "Enter it.", obstacle=Obstacle.PASSCODE)
    outside.troubles["fetch"] = [refusal, NoAccess(refusal.what, refusal.cure, obstacle=Obstacle.PASSCODE)]
    async with open_stage(tmp_path, outside) as stage:
        job = await asked(stage)
        assert job.reason == "It asks for a passcode."
        await cures.enter_passcode(stage.ports, job.id, ANA, "wrong", event_id="e1")

        async def refused() -> bool:
            return (await stage.job(job.id)).reason == "That passcode did not open it."

        await until(refused)


async def test_a_file_answers_an_offer_that_cannot_be_had(tmp_path: Path, outside: Outside) -> None:
    async with open_stage(tmp_path, outside) as stage:
        await intake.share(stage.ports, [PASTED], event_id="e1")
        job = await offered(stage)
        outside.opens = None
        dropped = a_share(via="file", recording=FILE, message_ts="300.000001", thread_ts=PASTED.message_ts)
        await intake.share(stage.ports, [dropped], event_id="e2")
        assert (await until_state(stage, job.id, JobState.DONE)).recording == FILE


async def test_a_file_dropped_in_another_thread_is_a_recording_of_its_own(tmp_path: Path, outside: Outside) -> None:
    async with open_stage(tmp_path, outside) as stage:
        job = await asked(stage, message_ts="100.000001")
        outside.opens = None
        dropped = a_share(via="file", recording=FILE, message_ts="300.000001", thread_ts="200.000001")
        await intake.share(stage.ports, [dropped], event_id="e1")
        async with stage.ports.store.look() as work:
            (other,) = [each for each in await work.jobs_in(list(JobState)) if each.id != job.id]
        await until_state(stage, other.id, JobState.DONE)
        assert (await stage.job(job.id)).state is JobState.NEEDS_YOU


async def test_what_is_done_needs_no_passcode(tmp_path: Path) -> None:
    async with open_stage(tmp_path, Outside(tmp_path)) as stage:
        job_id = (await intake.request(stage.ports, a_share(ZOOM), event_id="e1")).job.id
        await until_state(stage, job_id, JobState.DONE)
        job = await cures.enter_passcode(stage.ports, job_id, ANA, CODE, event_id="e2")
        assert job is not None
        assert job.state is JobState.DONE
        assert not stage.ports.passcodes.of(job_id, stage.ports.clock.now())
        assert await cures.enter_passcode(stage.ports, "nothing", ANA, CODE, event_id="e3") is None


@pytest.mark.parametrize(
    "error",
    [
        NotInChannel("I am not in that channel.", "Invite me."),
        BadInput("The file is empty.", "Record it again.", obstacle=Obstacle.WRONG_KIND),
    ],
)
async def test_a_job_keeps_what_stands_in_its_way(tmp_path: Path, error: Exception) -> None:
    outside = Outside(tmp_path, troubles={"fetch": [error]})
    async with open_stage(tmp_path, outside) as stage:
        job_id = (await intake.request(stage.ports, a_share(ZOOM), event_id="e1")).job.id
        job = await until_state(stage, job_id, JobState.NEEDS_YOU)
        assert job.obstacle is error.obstacle  # type: ignore[attr-defined]  # both have one
