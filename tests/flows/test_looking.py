"""One look at a recording before anybody is asked, or anything is fetched."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.domain.jobs import JobState
from bot.domain.posts import OfferNote, ProgressNote
from bot.domain.previews import Preview
from bot.domain.recordings import MediaKind, Recording
from bot.errors import Obstacle, Unavailable
from bot.flows import cures, intake
from bot.ports import EngineJob, EngineState, Fetched, FetchProgress, Submission, SubmitOptions
from tests.flows.stage import ANA, Outside, QuickClock, Stage, a_share, open_stage, until, until_state

ZOOM = "https://us02web.zoom.us/rec/share/Ab3dEf6hIj"
PASTED = a_share(ZOOM, via="message", message_ts="100.000001")
WHOLE = Preview("Zoom recording", "Weekly sync", MediaKind.VIDEO, 84_000_000, 2520.0)
PRIVATE = Preview(
    "Zoom recording", "Weekly sync", obstacle=Obstacle.PRIVATE, what="It is private.", cure="Its host shares it."
)


@pytest.fixture
def outside(tmp_path: Path) -> Outside:
    return Outside(tmp_path)


async def the_offer(stage: Stage) -> OfferNote:
    async def offered() -> bool:
        return bool(stage.outside.whispers)

    await until(offered)
    note = stage.outside.whispers[-1][1]
    assert isinstance(note, OfferNote)
    return note


async def test_an_offer_says_what_one_look_told_and_about_how_long_it_takes(tmp_path: Path, outside: Outside) -> None:
    outside.previews = [WHOLE]
    async with open_stage(tmp_path, outside) as stage:
        await intake.share(stage.ports, [PASTED], event_id="e1")
        note = await the_offer(stage)
        assert note.job.preview == WHOLE
        assert note.takes is not None
        assert note.takes.seconds == pytest.approx(2520 * 0.12)
        assert "fetch" not in outside.calls


async def test_one_look_serves_the_offer_and_the_job(tmp_path: Path, outside: Outside) -> None:
    outside.previews = [WHOLE]
    async with open_stage(tmp_path, outside) as stage:
        await intake.share(stage.ports, [PASTED], event_id="e1")
        job = (await the_offer(stage)).job
        await intake.answer_offer(stage.ports, job.id, ANA, accept=True, event_id="e2")
        await until_state(stage, job.id, JobState.DONE)
    assert outside.calls.count("look") == 1


async def test_a_look_that_was_made_is_not_repeated_after_a_crash(tmp_path: Path, outside: Outside) -> None:
    outside.previews = [WHOLE]
    outside.troubles["fetch"] = [Unavailable("The host does not answer.")]
    clock = QuickClock()
    async with open_stage(tmp_path, outside, clock=clock) as stage:
        job_id = (await intake.request(stage.ports, a_share(ZOOM), event_id="e1")).job.id

        async def looked() -> bool:
            return (await stage.job(job_id)).preview is not None

        await until(looked)
    async with open_stage(tmp_path, outside, clock=clock) as stage:
        assert (await until_state(stage, job_id, JobState.DONE)).preview == WHOLE
    assert outside.calls.count("look") == 1


@pytest.mark.parametrize("trouble", [Unavailable("The host does not answer."), ValueError("an odd page")])
async def test_a_look_that_is_not_answered_keeps_nobody_from_being_asked(
    tmp_path: Path, outside: Outside, trouble: Exception
) -> None:
    outside.previews = [trouble]
    async with open_stage(tmp_path, outside) as stage:
        await intake.share(stage.ports, [PASTED], event_id="e1")
        note = await the_offer(stage)
        assert note.job.preview is None
        assert note.job.obstacle is None
        await intake.answer_offer(stage.ports, note.job.id, ANA, accept=True, event_id="e2")
        await until_state(stage, note.job.id, JobState.DONE)


async def test_what_stands_in_the_way_is_told_instead_of_the_question(tmp_path: Path, outside: Outside) -> None:
    outside.previews = [PRIVATE]
    async with open_stage(tmp_path, outside) as stage:
        await intake.share(stage.ports, [PASTED], event_id="e1")
        job = (await the_offer(stage)).job
        assert (job.obstacle, job.reason, job.cure) == (Obstacle.PRIVATE, "It is private.", "Its host shares it.")
        assert job.state is JobState.OFFERED
        assert not outside.sent, "nothing is public before the answer"

        outside.previews = [WHOLE]
        await cures.try_again(stage.ports, job.id, ANA, event_id="e2")

        async def asked() -> bool:
            return len(outside.whispers) > 1

        await until(asked)
        again = (await the_offer(stage)).job
        assert (again.obstacle, again.reason, again.preview) == (None, "", WHOLE)


async def test_a_job_that_cannot_be_had_asks_before_anything_is_fetched(tmp_path: Path, outside: Outside) -> None:
    outside.previews = [PRIVATE]
    async with open_stage(tmp_path, outside) as stage:
        job_id = (await intake.request(stage.ports, a_share(ZOOM), event_id="e1")).job.id
        job = await until_state(stage, job_id, JobState.NEEDS_YOU)
        assert (job.obstacle, job.reason) == (Obstacle.PRIVATE, "It is private.")
        assert "fetch" not in outside.calls

        outside.previews = [WHOLE]
        await cures.try_again(stage.ports, job_id, ANA, event_id="e2")
        job = await until_state(stage, job_id, JobState.DONE)
        assert job.obstacle is None
    assert sum(isinstance(note, ProgressNote) for note in outside.sent.values()) == 1, "one message, edited in place"


async def test_a_reason_never_shows_what_opens_the_recording(tmp_path: Path, outside: Outside) -> None:
    outside.previews = [replace(PRIVATE, what=f"{ZOOM}?pwd=s3cret is private.")] * 4
    async with open_stage(tmp_path, outside) as stage:
        job_id = (await intake.request(stage.ports, a_share(f"{ZOOM}?pwd=s3cret"), event_id="e1")).job.id
        job = await until_state(stage, job_id, JobState.NEEDS_YOU)
        assert "s3cret" not in f"{job.reason} {job.cure} {job.title} {job.stage} {job.recording.name}"

        await intake.share(
            stage.ports, [replace(PASTED, recording=a_share(f"{ZOOM}2?pwd=s3cret").recording)], event_id="e2"
        )
        note = await the_offer(stage)
        assert "s3cret" not in f"{note.job.reason} {note.job.cure} {note.job.preview}"


class Hears(Outside):
    """A server that is sent sound, and has it wait for its turn at first."""

    clock = QuickClock()
    waited_until: datetime | None = None

    async def fetch(
        self, recording: Recording, folder: Path, progress: FetchProgress, passcode: str | None = None
    ) -> Fetched:
        return replace(await super().fetch(recording, folder, progress, passcode), kind=MediaKind.AUDIO)

    async def submit_media(self, path: Path, kind: MediaKind, options: SubmitOptions) -> Submission:
        assert kind is MediaKind.AUDIO
        return await self.submit_transcript(await self.read_transcript(path), options)

    async def job(self, engine_job_id: str) -> EngineJob:
        told = await super().job(engine_job_id)
        if told.state is EngineState.SCHEDULED:
            self.waited_until = self.clock.now()
        return told


async def test_how_long_it_takes_is_learned_from_the_last_recordings(tmp_path: Path) -> None:
    outside = Hears(tmp_path)
    outside.engine_jobs = [EngineJob(EngineState.SCHEDULED)] * 2 + [EngineJob(EngineState.IN_PROGRESS, 0.5)]
    async with open_stage(tmp_path, outside, clock=outside.clock) as stage:
        job_id = (await intake.request(stage.ports, a_share(ZOOM), event_id="e1")).job.id
        job = await until_state(stage, job_id, JobState.DONE)
        assert job.listened is not None
        assert outside.waited_until is not None
        waited = job.updated_at - outside.waited_until
        assert 0 < job.listened <= waited.total_seconds(), "the turns before its own do not count"
        assert job.seconds == 120

        outside.previews = [replace(WHOLE, seconds=1200.0)]
        other = replace(PASTED, recording=a_share("https://a.test/b.mp4").recording)
        await intake.share(stage.ports, [other], event_id="e2")
        note = await the_offer(stage)
        assert note.takes is not None
        assert note.takes.seconds == pytest.approx(1200 * job.listened / 120)
