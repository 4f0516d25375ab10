"""One recording, one thread: the same bytes here, the same recording elsewhere, one understanding for all."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.domain.channels import ChannelMode
from bot.domain.jobs import Job, JobState
from bot.domain.posts import ElsewhereNote, OfferNote, ParentNote, ProgressNote
from bot.domain.recordings import Recording, RecordingKind
from bot.errors import Failed, NoAccess
from bot.flows import cures, intake
from bot.ports import EngineJob, EngineState
from tests.flows.stage import ANA, BO, Outside, Stage, a_share, open_stage, until, until_state

ONE, TWO = "https://files.example.test/one.vtt", "https://mirror.example.test/two.vtt"
SAME = {ONE: "ab" * 32, TWO: "ab" * 32}


@pytest.fixture
def outside(tmp_path: Path) -> Outside:
    return Outside(tmp_path, bytes_of=SAME)


async def done(stage: Stage, location: str, event_id: str, **changes: object) -> Job:
    """A job that was asked for and ended well."""
    job = (await intake.request(stage.ports, a_share(location, **changes), event_id=event_id)).job
    return await until_state(stage, job.id, JobState.DONE)


async def until_ended_as(stage: Stage, job_id: str, state: JobState) -> Job:
    async def told() -> bool:
        return (await stage.job(job_id)).state is state

    await until(told)
    return await stage.job(job_id)


async def until_shown(outside: Outside, job_id: str, state: JobState) -> ProgressNote:
    """Wait until a job's own message shows this state."""

    def found() -> list[ProgressNote]:
        notes = [note for note in outside.sent.values() if isinstance(note, ProgressNote)]
        return [note for note in notes if note.job.id == job_id and note.job.state is state]

    async def told() -> bool:
        return bool(found())

    await until(told)
    return found()[0]


# ---------------------------------------------------------------------------------------------------------- same bytes


async def test_the_same_bytes_by_another_link_lead_to_the_thread_that_is_here(tmp_path: Path, outside: Outside) -> None:
    async with open_stage(tmp_path, outside) as stage:
        first = await done(stage, ONE, "e1")
        parent = next(ts for ts, note in outside.sent.items() if isinstance(note, ParentNote))
        second = (await intake.request(stage.ports, a_share(TWO), event_id="e2")).job
        ended = await until_ended_as(stage, second.id, JobState.ALREADY_HERE)
        assert ended.same_as == first.id
        shown = await until_shown(outside, second.id, JobState.ALREADY_HERE)
        assert shown.thread_link == f"https://example.slack.test/C1/{parent}"
        assert outside.calls.count("submit") == 1
        assert sum(isinstance(note, ParentNote) for note in outside.sent.values()) == 1
        assert not (tmp_path / "recordings" / second.id).exists()

        third = await intake.request(stage.ports, a_share(TWO), event_id="e3")
        assert third.already
        assert third.job.id == first.id, "the second link is known now, too"
        assert [job.id for job in await intake.status(stage.ports, "T1", "C1")] == [first.id]


async def test_the_same_bytes_are_shared_again_when_their_thread_never_came(tmp_path: Path, outside: Outside) -> None:
    async with open_stage(tmp_path, outside) as stage:
        outside.troubles["submit"] = [Failed("The server refused.")]
        first = (await intake.request(stage.ports, a_share(ONE), event_id="e1")).job
        await until_ended_as(stage, first.id, JobState.FAILED)
        second = await done(stage, TWO, "e2")
        await cures.try_again(stage.ports, first.id, ANA, event_id="e3")
        ended = await until_ended_as(stage, first.id, JobState.ALREADY_HERE)
        assert ended.same_as == second.id


# ------------------------------------------------------------------------------------------------- in another channel


async def test_who_reads_the_other_channel_is_told_of_its_thread_and_asked(tmp_path: Path, outside: Outside) -> None:
    outside.readers = {(BO, "C1")}
    async with open_stage(tmp_path, outside) as stage:
        await done(stage, ONE, "e1")
        job = (await intake.request(stage.ports, a_share(ONE, channel="C2", user=BO), event_id="e2")).job

        async def asked() -> bool:
            return bool(outside.whispers)

        await until(asked)
        ((user, note),) = outside.whispers
        assert user == BO
        assert isinstance(note, ElsewhereNote)
        assert note.channel == "C1"
        assert note.link is not None
        shown = {outside.places[ts].channel for ts in outside.sent}
        assert shown == {"C1"}, "nothing is shown in the channel before the answer"
        assert (await stage.job(job.id)).state is JobState.OFFERED

        await intake.answer_offer(stage.ports, job.id, BO, accept=True, event_id="e3")
        await until_state(stage, job.id, JobState.DONE)
        assert len(outside.whispers) == 1
        assert sum(isinstance(each, ParentNote) for each in outside.sent.values()) == 2


async def test_who_does_not_read_it_never_hears_of_it(tmp_path: Path, outside: Outside) -> None:
    async with open_stage(tmp_path, outside) as stage:
        await done(stage, ONE, "e1", title="Our secret plan")
        job = await done(stage, ONE, "e2", channel="C2", user=BO)
        assert not outside.whispers
        assert job.title == "Planning"
        told = [note for ts, note in outside.sent.items() if outside.places[ts].channel == "C2"]
        assert "secret" not in repr(told)
        assert "C1" not in repr([note for note in told if isinstance(note, ParentNote)])


async def test_a_pasted_link_with_a_thread_elsewhere_is_offered_as_here_too(tmp_path: Path, outside: Outside) -> None:
    outside.readers = {(ANA, "C1")}
    async with open_stage(tmp_path, outside) as stage:
        await done(stage, ONE, "e1")
        looks = outside.calls.count("look")
        pasted = a_share(ONE, channel="C2", via="message", message_ts="100.000001")
        await intake.share(stage.ports, [pasted], event_id="e2")

        async def asked() -> bool:
            return bool(outside.whispers)

        await until(asked)
        assert isinstance(outside.whispers[0][1], ElsewhereNote)
        assert outside.calls.count("look") == looks, "what is known costs no request"


async def test_what_is_not_finished_elsewhere_is_not_told_of(tmp_path: Path, outside: Outside) -> None:
    outside.readers = {(ANA, "C1")}
    outside.troubles["fetch"] = [NoAccess("It is private.", "Share it.")]
    async with open_stage(tmp_path, outside) as stage:
        stopped = (await intake.request(stage.ports, a_share(ONE), event_id="e1")).job
        await until_state(stage, stopped.id, JobState.NEEDS_YOU)
        await intake.share(
            stage.ports, [a_share(ONE, channel="C2", via="message", message_ts="100.000001")], event_id="e2"
        )

        async def asked() -> bool:
            return bool(outside.whispers)

        await until(asked)
        assert isinstance(outside.whispers[0][1], OfferNote)


# --------------------------------------------------------------------------------------------------- one understanding


async def test_one_link_in_ten_channels_at_once_is_understood_once_and_gets_ten_threads(
    tmp_path: Path, outside: Outside
) -> None:
    channels = [f"C{number}" for number in range(10)]
    async with open_stage(tmp_path, outside) as stage:
        for channel in channels:
            await intake.set_mode(stage.ports, "T1", channel, ChannelMode.AUTO, ANA, event_id=f"auto {channel}")
            pasted = a_share(ONE, channel=channel, via="message", message_ts="100.000001")
            await intake.share(stage.ports, [pasted], event_id=f"share {channel}")

        async def all_done() -> bool:
            async with stage.ports.store.look() as work:
                return len(await work.jobs_in([JobState.DONE])) == len(channels)

        await until(all_done)
    assert outside.calls.count("submit") == 1
    parents = [outside.places[ts].channel for ts, note in outside.sent.items() if isinstance(note, ParentNote)]
    assert sorted(parents) == channels


async def test_a_file_proves_as_much_as_a_link(tmp_path: Path) -> None:
    file = Recording(RecordingKind.SLACK_FILE, "F1", "planning.vtt")
    outside = Outside(tmp_path, bytes_of={ONE: "ab" * 32, "F1": "ab" * 32})
    async with open_stage(tmp_path, outside) as stage:
        first = await done(stage, ONE, "e1")
        second = await done(stage, "", "e2", channel="C2", recording=file)
        assert second.understood_by == first.id
        assert (second.conversation_id, second.engine_job_id) == (first.conversation_id, first.engine_job_id)
        assert second.listened is None
    assert outside.calls.count("submit") == 1


@pytest.mark.parametrize("asked", [{"language": "de"}, {"speakers": 3}, {"held_on": date(2026, 1, 5)}, {"team": "T2"}])
async def test_what_is_asked_for_otherwise_is_understood_anew(
    tmp_path: Path, outside: Outside, asked: dict[str, object]
) -> None:
    async with open_stage(tmp_path, outside) as stage:
        await done(stage, ONE, "e1")
        second = await done(stage, ONE, "e2", channel="C2", **asked)
        assert second.understood_by is None
    assert outside.calls.count("submit") == 2


@pytest.mark.parametrize("gone", ["job", "read", "failed"])
async def test_an_understanding_that_the_server_no_longer_has_is_made_again(
    tmp_path: Path, outside: Outside, gone: str
) -> None:
    async with open_stage(tmp_path, outside) as stage:
        await done(stage, ONE, "e1")
        if gone == "failed":
            outside.engine_jobs = [EngineJob(EngineState.FAILED, reason="The disk was full.")]
        else:
            outside.troubles[gone] = [Failed("The conversation server does not know this.")]
        second = await done(stage, ONE, "e2", channel="C2")
        assert second.understood_by is None
    assert outside.calls.count("submit") == 2


async def test_a_recording_that_nobody_can_understand_is_not_tried_twice(tmp_path: Path, outside: Outside) -> None:
    async with open_stage(tmp_path, outside) as stage:
        await done(stage, ONE, "e1")
        outside.engine_jobs = [EngineJob(EngineState.FAILED, reason="It is broken.", bad_input=True)]
        job = (await intake.request(stage.ports, a_share(ONE, channel="C2"), event_id="e2")).job
        assert (await until_state(stage, job.id, JobState.NEEDS_YOU)).reason == "It is broken."
    assert outside.calls.count("submit") == 1


async def test_the_first_in_line_that_cannot_hand_it_over_lets_the_next_one(tmp_path: Path, outside: Outside) -> None:
    outside.troubles["submit"] = [Failed("The server refused.")]
    async with open_stage(tmp_path, outside) as stage:
        jobs = [
            (await intake.request(stage.ports, replace(a_share(ONE), channel=channel), event_id=channel)).job
            for channel in ("C1", "C2")
        ]

        async def both_ended() -> bool:
            states = {(await stage.job(job.id)).state for job in jobs}
            return states == {JobState.FAILED, JobState.DONE}

        await until(both_ended)
