import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.conversation import Conversation, Decision, Evidence, KeyMoment, Question, SummarySentence
from bot.domain.jobs import JobState
from bot.domain.posts import (
    DecisionsNote,
    ItemNote,
    Note,
    ParentNote,
    Place,
    PostState,
    ProgressNote,
    QuestionsNote,
    TroubleNote,
)
from bot.errors import BadInput, Busy, Failed, NoAccess, NotInChannel, Unavailable
from bot.flows import cures, intake
from bot.flows.processing import look_now
from bot.ports import EngineJob, EngineState
from tests.flows.stage import ANA, Outside, QuickClock, Stage, a_conversation, a_share, open_stage, until, until_state


@pytest.fixture
def outside(tmp_path: Path) -> Outside:
    return Outside(tmp_path)


def thread(outside: Outside) -> list[str]:
    return [type(note).__name__ for note in outside.sent.values()]


async def start(stage: Stage) -> str:
    return (await intake.request(stage.ports, a_share(), event_id="e1")).job.id


async def test_a_recording_becomes_a_parent_and_a_message_for_each_item(tmp_path: Path, outside: Outside) -> None:
    async with open_stage(tmp_path, outside) as stage:
        job_id = await start(stage)
        await until_state(stage, job_id, JobState.DONE)
        await until(lambda: done_is_shown(outside))
    assert thread(outside) == ["ProgressNote", "ParentNote", "ItemNote", "ItemNote", "ItemNote"]
    parent = next(ts for ts, note in outside.sent.items() if isinstance(note, ParentNote))
    assert [outside.places[ts].thread_ts for ts, note in outside.sent.items() if isinstance(note, ItemNote)] == [
        parent,
        parent,
        parent,
    ]


def decided_and_asked(decisions: int, open_questions: int) -> Conversation:
    """A conversation with so many decisions and open questions, and one question that was answered."""
    told = a_conversation(items=1)
    said = told.action_items[0].evidence
    return replace(
        told,
        decisions=tuple(Decision(f"Decided {place}", said, 0.9) for place in range(decisions)),
        questions=(
            *(Question(f"Open {place}?", said, 0.8) for place in range(open_questions)),
            Question("Answered?", said, 0.8, answer=said),
        ),
    )


async def test_what_was_settled_and_what_stayed_open_come_before_the_items(tmp_path: Path, outside: Outside) -> None:
    outside.conversation = decided_and_asked(1, 1)
    async with open_stage(tmp_path, outside) as stage:
        await until_state(stage, await start(stage), JobState.DONE)
    assert thread(outside) == ["ProgressNote", "ParentNote", "DecisionsNote", "QuestionsNote", "ItemNote", "ItemNote"]
    (asked,) = [note for note in outside.sent.values() if isinstance(note, QuestionsNote)]
    assert [question.text for question in asked.shown] == ["Open 0?"], "an answered question is not open"


class FallsSilent(Outside):
    """A Slack that takes its `silent_at`-th message and never answers: the process ends meanwhile."""

    silent_at = 0

    async def post(self, place: Place, note: Note, post_id: str) -> str:
        ts = await super().post(place, note, post_id)
        if len(self.sent) == self.silent_at:
            await asyncio.Event().wait()
        return ts


async def test_many_decisions_take_several_messages_each_once_across_restarts(tmp_path: Path) -> None:
    outside, clock = FallsSilent(tmp_path), QuickClock()
    outside.conversation = decided_and_asked(23, 11)
    async with open_stage(tmp_path, outside, running=False, clock=clock) as stage:
        job_id = await start(stage)
    for outside.silent_at in range(3, 7):

        async def taken() -> bool:
            return len(outside.sent) == outside.silent_at

        async with open_stage(tmp_path, outside, clock=clock):
            await until(taken)
    async with open_stage(tmp_path, outside, clock=clock) as stage:
        await until_state(stage, job_id, JobState.DONE)
    decided = [note for note in outside.sent.values() if isinstance(note, DecisionsNote)]
    assert [(note.first, len(note.shown), note.total) for note in decided] == [(1, 10, 23), (11, 10, 23), (21, 3, 23)]
    assert [each.text for note in decided for each in note.shown] == [f"Decided {place}" for place in range(23)]
    assert thread(outside).count("QuestionsNote") == 1
    assert thread(outside).count("ParentNote") == 1


async def test_sentences_of_the_meeting_itself_are_quoted_and_not_called_a_summary(
    tmp_path: Path, outside: Outside
) -> None:
    told = a_conversation()
    said = Evidence("Ich buche das Studio. Bis Freitag.", "Mei", 1.0)
    quoted = SummarySentence("Ich buche das Studio.", (said,))
    outside.conversation = replace(told, language="de", key_moments=(), summary=(quoted,))
    async with open_stage(tmp_path, outside) as stage:
        await until_state(stage, await start(stage), JobState.DONE)
    (parent,) = [note for note in outside.sent.values() if isinstance(note, ParentNote)]
    assert parent.overview.summary == ()
    assert parent.overview.key_moments == (KeyMoment(replace(said, quote="Ich buche das Studio."), ""),)


async def test_of_many_open_questions_the_clearest_are_shown_in_their_order(tmp_path: Path, outside: Outside) -> None:
    told = decided_and_asked(0, 7)
    scores = (0.5, 0.9, 0.7, 0.8, 0.6, 0.9, 0.9, 1.0)
    questions = tuple(replace(each, score=score) for each, score in zip(told.questions, scores, strict=True))
    outside.conversation = replace(told, questions=questions)
    async with open_stage(tmp_path, outside) as stage:
        await until_state(stage, await start(stage), JobState.DONE)
    (asked,) = [note for note in outside.sent.values() if isinstance(note, QuestionsNote)]
    assert [question.text for question in asked.shown] == ["Open 1?", "Open 2?", "Open 3?", "Open 5?", "Open 6?"]
    assert asked.total == 7


@pytest.mark.parametrize(("author", "shown"), [("a-model:7b", ("Mei books.",)), (None, ())])
async def test_key_moments_give_way_only_to_a_summary_that_a_language_model_wrote(
    tmp_path: Path, outside: Outside, author: str | None, shown: tuple[str, ...]
) -> None:
    told = a_conversation()
    summary = (SummarySentence("Mei books.", (told.action_items[0].evidence,)),)
    outside.conversation = replace(told, summary=summary, author=author)
    async with open_stage(tmp_path, outside) as stage:
        await until_state(stage, await start(stage), JobState.DONE)
    (parent,) = [note for note in outside.sent.values() if isinstance(note, ParentNote)]
    assert parent.overview.summary == shown
    assert parent.overview.key_moments == told.key_moments


async def test_the_summary_of_another_server_is_shown(tmp_path: Path, outside: Outside) -> None:
    outside.conversation = replace(a_conversation(), summary=(SummarySentence("Mei books.", ()),), key_moments=())
    async with open_stage(tmp_path, outside) as stage:
        await until_state(stage, await start(stage), JobState.DONE)
    (parent,) = [note for note in outside.sent.values() if isinstance(note, ParentNote)]
    assert parent.overview.summary == ("Mei books.",)


async def done_is_shown(outside: Outside) -> bool:
    (progress,) = [note for note in outside.sent.values() if isinstance(note, ProgressNote)]
    return progress.job.state is JobState.DONE and progress.thread_link is not None


async def test_the_bytes_are_deleted_once_the_thread_is_posted(tmp_path: Path, outside: Outside) -> None:
    async with open_stage(tmp_path, outside) as stage:
        job_id = await start(stage)
        await until_state(stage, job_id, JobState.DONE)
    assert not (tmp_path / "recordings" / job_id).exists()


async def test_a_recording_that_cannot_be_had_ends_with_its_cure(tmp_path: Path, outside: Outside) -> None:
    outside.troubles["fetch"] = [NoAccess("The link asks for a sign-in.", "Share it publicly, or drop the file here.")]
    async with open_stage(tmp_path, outside) as stage:
        job = await until_state(stage, await start(stage), JobState.NEEDS_YOU)
        assert (job.reason, job.cure) == ("The link asks for a sign-in.", "Share it publicly, or drop the file here.")
        await until(lambda: trouble_is_shown(outside))


async def trouble_is_shown(outside: Outside) -> bool:
    return any(isinstance(note, ProgressNote) and note.job.reason for note in outside.sent.values())


async def test_trying_again_after_the_cure_leads_to_the_thread(tmp_path: Path, outside: Outside) -> None:
    outside.troubles["fetch"] = [NoAccess("It is private.")]
    async with open_stage(tmp_path, outside) as stage:
        job_id = await start(stage)
        await until_state(stage, job_id, JobState.NEEDS_YOU)
        await cures.try_again(stage.ports, job_id, ANA, event_id="e2")
        await until_state(stage, job_id, JobState.DONE)
    assert thread(outside).count("ProgressNote") == 1
    assert thread(outside).count("ParentNote") == 1


async def test_a_busy_server_is_waited_for_and_the_recording_sent_once(tmp_path: Path, outside: Outside) -> None:
    outside.troubles["submit"] = [Busy("The server has too many jobs.", after=0.01), Busy("Still.", after=0.01)]
    async with open_stage(tmp_path, outside) as stage:
        await until_state(stage, await start(stage), JobState.DONE)
    assert outside.calls.count("submit") == 3
    assert thread(outside).count("ParentNote") == 1


async def test_a_site_that_stays_silent_for_a_quarter_of_an_hour_needs_somebody(
    tmp_path: Path, outside: Outside
) -> None:
    outside.troubles["fetch"] = [Unavailable("files.example.test does not answer.") for _ in range(1000)]
    async with open_stage(tmp_path, outside) as stage:
        job = await until_state(stage, await start(stage), JobState.NEEDS_YOU)
    assert "does not answer" in job.reason
    assert job.cure


async def test_a_refused_recording_is_blamed_on_the_recording(tmp_path: Path, outside: Outside) -> None:
    outside.engine_jobs = [EngineJob(EngineState.FAILED, reason="There is no sound in it.", bad_input=True)]
    async with open_stage(tmp_path, outside) as stage:
        job = await until_state(stage, await start(stage), JobState.NEEDS_YOU)
    assert job.reason == "There is no sound in it."


async def test_a_failure_of_the_server_is_not_blamed_on_anyone(tmp_path: Path, outside: Outside) -> None:
    outside.engine_jobs = [EngineJob(EngineState.FAILED)]
    async with open_stage(tmp_path, outside) as stage:
        job = await until_state(stage, await start(stage), JobState.FAILED)
    assert job.reason


async def test_a_recording_in_which_nobody_speaks_says_so(tmp_path: Path, outside: Outside) -> None:
    silent = a_conversation()
    outside.conversation = type(silent)(
        **{name: getattr(silent, name) for name in silent.__slots__} | {"messages": (), "action_items": ()}
    )
    async with open_stage(tmp_path, outside) as stage:
        job = await until_state(stage, await start(stage), JobState.NEEDS_YOU)
    assert "Nobody speaks" in job.reason


async def test_a_channel_that_the_bot_cannot_write_to_is_told_to_the_requester(
    tmp_path: Path, outside: Outside
) -> None:
    not_in = NotInChannel("I am not in that channel.", "Type /invite @Followthrough there.")
    outside.troubles["post"] = [not_in, not_in]
    async with open_stage(tmp_path, outside) as stage:
        job_id = await start(stage)
        await until_state(stage, job_id, JobState.NEEDS_YOU)

        async def told() -> bool:
            return bool(outside.told)

        await until(told)
        ((user, note),) = outside.told
        assert user == ANA
        assert isinstance(note, TroubleNote)
        assert "/invite" in note.cure
        await cures.try_again(stage.ports, job_id, ANA, event_id="e2")
        await until_state(stage, job_id, JobState.DONE)


class BreaksOff(Outside):
    """A Slack whose channel is archived after two messages of the thread, once."""

    broke_off = False

    async def post(self, place: Place, note: Note, post_id: str) -> str:
        if len(self.sent) == 3 and not self.broke_off:
            self.broke_off = True
            raise NotInChannel("That channel is archived.", "Unarchive it.")
        return await super().post(place, note, post_id)


async def test_a_thread_that_broke_off_is_finished_by_trying_again_and_not_begun_anew(tmp_path: Path) -> None:
    outside = BreaksOff(tmp_path)
    async with open_stage(tmp_path, outside) as stage:
        job_id = await start(stage)
        await until_state(stage, job_id, JobState.NEEDS_YOU)
        await cures.try_again(stage.ports, job_id, ANA, event_id="e2")
        await until_state(stage, job_id, JobState.DONE)
    assert thread(outside) == ["ProgressNote", "ParentNote", "ItemNote", "ItemNote", "ItemNote"]
    assert outside.calls.count("fetch") == 1


async def test_what_nobody_can_change_about_a_file_ends_the_job_at_once(tmp_path: Path, outside: Outside) -> None:
    outside.troubles["fetch"] = [Failed("The bot lacks a permission in Slack.") for _ in range(9)]
    async with open_stage(tmp_path, outside) as stage:
        await until_state(stage, await start(stage), JobState.FAILED)
    assert outside.calls.count("fetch") == 1


async def test_what_nobody_foresaw_still_ends_the_job_with_a_reason(tmp_path: Path, outside: Outside) -> None:
    outside.troubles["read"] = [ZeroDivisionError() for _ in range(100)]
    async with open_stage(tmp_path, outside) as stage:
        job = await until_state(stage, await start(stage), JobState.FAILED)
    assert job.reason
    assert "ZeroDivision" not in job.reason


async def test_a_message_whose_answer_was_lost_is_found_and_not_posted_again(tmp_path: Path, outside: Outside) -> None:
    outside.swallow_answers = 3
    async with open_stage(tmp_path, outside) as stage:
        await until_state(stage, await start(stage), JobState.DONE)
    assert len(outside.ids) == len(set(outside.ids))
    assert thread(outside) == ["ProgressNote", "ParentNote", "ItemNote", "ItemNote", "ItemNote"]


async def test_a_refused_message_is_posted_later_without_searching_the_channel(
    tmp_path: Path, outside: Outside
) -> None:
    outside.troubles["post"] = [Unavailable("Slack asks to wait.", after=0.01), Unavailable("Again.", after=0.01)]
    async with open_stage(tmp_path, outside) as stage:
        job_id = await start(stage)
        await until_state(stage, job_id, JobState.DONE)
        assert all(post.state is PostState.SENT for post in await stage.posts(job_id))
    assert "find" not in outside.calls


async def test_a_restart_goes_on_where_it_was(tmp_path: Path, outside: Outside) -> None:
    async with open_stage(tmp_path, outside, running=False) as stage:
        job_id = await start(stage)
    async with open_stage(tmp_path, outside) as stage:
        await until_state(stage, job_id, JobState.DONE)


async def test_a_webhook_is_only_a_hint_and_the_server_is_asked(tmp_path: Path, outside: Outside) -> None:
    outside.engine_jobs = [EngineJob(EngineState.IN_PROGRESS, 0.5) for _ in range(3)]
    async with open_stage(tmp_path, outside) as stage:
        job_id = await start(stage)
        await until_state(stage, job_id, JobState.SUBMITTED)
        await asyncio.gather(*(look_now(stage.ports, job_id) for _ in range(5)))
        await until_state(stage, job_id, JobState.DONE)
        await look_now(stage.ports, job_id)
    assert thread(outside).count("ParentNote") == 1


async def test_the_meetings_date_goes_to_the_server(tmp_path: Path, outside: Outside) -> None:
    async with open_stage(tmp_path, outside) as stage:
        await until_state(stage, await start(stage), JobState.DONE)
    assert outside.options is not None
    assert outside.options.started_at.date().isoformat() == "2026-03-04"
    assert outside.options.name == "Planning"


@pytest.mark.parametrize("trouble", [Failed("It is broken."), BadInput("It is empty.")])
async def test_a_refusal_at_the_door_of_the_server_ends_the_job(
    tmp_path: Path, outside: Outside, trouble: Exception
) -> None:
    outside.troubles["submit"] = [trouble]
    async with open_stage(tmp_path, outside) as stage:
        state = JobState.NEEDS_YOU if isinstance(trouble, BadInput) else JobState.FAILED
        job = await until_state(stage, await start(stage), state)
    assert job.reason == str(trouble)
    assert outside.calls.count("submit") == 1
