"""A job's way: fetch → submit → check → read; each step a guarded change of state, safe to run twice."""

import asyncio
import shutil
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

from bot.domain.assignments import Item, ItemKind, ItemState
from bot.domain.conversation import ActionItem, Conversation, FollowUp, KeyMoment, SummarySentence
from bot.domain.jobs import ENDED, Job, JobState, listening_deadline, next_look
from bot.domain.posts import A_MESSAGE, Overview, Post, PostKind, PostState
from bot.domain.recordings import MediaKind
from bot.domain.titles import title_from_name
from bot.errors import BadInput, Failed, FollowthroughError, NeedsPerson, Unavailable
from bot.flows import tasks
from bot.ports import EngineJob, EngineState, Ports, Submission, SubmitOptions

# a server that has not begun within a day never will
_LONGEST_QUEUE = timedelta(days=1)
# a progress message is edited at most this often: Slack allows about one call a second, and nobody reads faster
_EDIT_EVERY = timedelta(seconds=3)
_MB = 1_000_000
# below this share of the work the time left would be a guess
_TELLS_TIME_FROM = 0.05


async def fetch(ports: Ports, job_id: str) -> None:
    """Bring the recording to our disk."""
    job = await job_in(ports, job_id, JobState.RECEIVED)
    if job is None:
        return
    async with ports.store.work() as work:
        await work.defer(tasks.show_progress(job_id))
    try:
        fetched = await ports.fetcher.fetch(job.recording, folder_of(ports, job), _FetchProgress(ports, job).report)
    except (NeedsPerson, Failed) as error:
        await stop_job(ports, job, error)
        return
    except Unavailable as error:
        await _wait_or_ask(ports, job, error)
        raise
    moved = replace(
        job,
        state=JobState.FETCHED,
        stage=f"Fetched {_shown(fetched.size)}",
        progress=None,
        media_path=str(fetched.path.relative_to(ports.data_dir)),
        media_kind=fetched.kind.value,
        sha256=fetched.sha256,
        title=job.title or title_from_name(fetched.name),
        held_on=job.held_on or fetched.recorded_on or ports.clock.now().date(),
        updated_at=ports.clock.now(),
    )
    async with ports.store.work() as work:
        if await work.change_job(moved, expected=JobState.RECEIVED):
            await work.defer(tasks.show_progress(job_id))
            await work.defer(tasks.submit(moved))


class _FetchProgress:
    """Writes down how much has been fetched, no more often than people can be shown it."""

    def __init__(self, ports: Ports, job: Job) -> None:
        self._ports = ports
        self._job = job
        self._next = ports.clock.now() + _EDIT_EVERY

    async def report(self, so_far: int, total: int | None) -> None:
        now = self._ports.clock.now()
        if now < self._next:
            return
        self._next = now + _EDIT_EVERY
        stage = f"Fetched {_shown(so_far)}" + (f" of {_shown(total)}" if total else "")
        shown = replace(self._job, stage=stage, progress=so_far / total if total else None, updated_at=now)
        await _show(self._ports, shown)


async def submit(ports: Ports, job_id: str) -> None:
    """Hand the recording to the conversation API; its job id is stored before anything else happens."""
    job = await job_in(ports, job_id, JobState.FETCHED)
    if job is None:
        return
    try:
        submission = await _hand_over(ports, job)
    except (NeedsPerson, Failed) as error:
        await stop_job(ports, job, error)
        return
    except Unavailable as error:
        # the job was not created: it waits here, for as long as the server is merely busy
        await _wait_or_ask(ports, job, error)
        raise
    now = ports.clock.now()
    moved = replace(
        job,
        state=JobState.SUBMITTED,
        stage="Reading" if job.media_kind == MediaKind.TRANSCRIPT else "Listening",
        conversation_id=submission.conversation_id,
        engine_job_id=submission.engine_job_id,
        progress=None,
        updated_at=now,
    )
    async with ports.store.work() as work:
        if await work.change_job(moved, expected=JobState.FETCHED):
            await work.defer(tasks.show_progress(job_id))
            await work.defer(tasks.check(job_id, since=now, looks=0, at=now + next_look(0)))


async def _hand_over(ports: Ports, job: Job) -> Submission:
    path = ports.data_dir / (job.media_path or "")
    if not path.is_file():
        raise Failed("The fetched recording is gone from this machine's disk.", "Try again, and it is fetched anew.")
    held_on = job.held_on or ports.clock.now().date()
    options = SubmitOptions(
        name=job.title or job.recording.name,
        started_at=datetime.combine(held_on, time(), UTC),
        language=job.language,
        speakers=job.speakers,
        webhook_url=ports.webhook_url(job.id) if ports.webhook_url else None,
    )
    kind = MediaKind(job.media_kind or MediaKind.AUDIO)
    if kind is MediaKind.TRANSCRIPT:
        return await ports.conversations.submit_transcript(await ports.fetcher.read_transcript(path), options)
    return await ports.conversations.submit_media(path, kind, options)


async def look_now(ports: Ports, job_id: str) -> None:
    """Look at a job at once: a webhook hints that there is news. What it says is not believed, only asked about."""
    job = await job_in(ports, job_id, JobState.SUBMITTED)
    if job is None:
        return
    async with ports.store.work() as work:
        now = ports.clock.now()
        await work.defer(tasks.check(job_id, since=job.updated_at, looks=1, at=now))


async def check(ports: Ports, job_id: str, since: datetime, looks: int) -> None:
    """Ask how far the understanding is; when it is complete, read it and plan the thread."""
    job = await job_in(ports, job_id, JobState.SUBMITTED)
    if job is None:
        return
    try:
        engine_job = await ports.conversations.job(job.engine_job_id or "")
        if engine_job.state is EngineState.COMPLETED:
            await _read(ports, job)
            return
    except (NeedsPerson, Failed) as error:
        await stop_job(ports, job, error)
        return
    if engine_job.state is EngineState.FAILED:
        await stop_job(ports, job, _engine_trouble(engine_job))
        return
    now = ports.clock.now()
    if engine_job.state is EngineState.SCHEDULED and now - job.created_at < _LONGEST_QUEUE:
        since = now  # it waits behind others: its own time has not begun
    if now - since > listening_deadline(engine_job.seconds or job.seconds):
        await stop_job(ports, job, Failed("Understanding it took far longer than it should; it was given up."))
        return
    await _show(ports, _listening(job, engine_job, now - since, now))
    async with ports.store.work() as work:
        await work.defer(tasks.check(job_id, since=since, looks=looks + 1, at=now + next_look(looks + 1)))


def _engine_trouble(engine_job: EngineJob) -> FollowthroughError:
    if engine_job.bad_input:
        return BadInput(engine_job.reason)
    return Failed(engine_job.reason or "The conversation server could not understand this recording.")


def _listening(job: Job, engine_job: EngineJob, elapsed: timedelta, now: datetime) -> Job:
    """Return the job as people should see it: what is happening, how far it is, and about how long it will take."""
    stage = "Reading" if job.media_kind == MediaKind.TRANSCRIPT else "Listening"
    if engine_job.state is EngineState.SCHEDULED:
        stage = "Waiting for its turn"
    done = engine_job.progress
    if done is not None and _TELLS_TIME_FROM <= done < 1:
        minutes = elapsed.total_seconds() * (1 - done) / done / 60
        stage += ", about " + (f"{minutes:.0f} min left" if minutes >= 1 else "a minute left")
    return replace(job, stage=stage, progress=done, seconds=engine_job.seconds or job.seconds, updated_at=now)


async def _read(ports: Ports, job: Job) -> None:
    """Read what was understood and plan the thread, in one transaction."""
    conversation = await ports.conversations.read(job.conversation_id or "")
    if not conversation.messages:
        nobody = BadInput(
            "Nobody speaks in this recording, as far as I can hear.",
            "Check that it is the right file and that its sound was recorded.",
        )
        await stop_job(ports, job, nobody)
        return
    now = ports.clock.now()
    overview = overview_of(conversation, job.title)
    items = _items(job, conversation, now)
    moved = replace(
        job,
        state=JobState.READ,
        stage="Writing the thread",
        progress=None,
        seconds=conversation.seconds,
        updated_at=now,
    )
    async with ports.store.work() as work:
        if not await work.change_job(moved, expected=JobState.SUBMITTED):
            return
        await work.save_overview(job.id, overview)
        await work.add_items(items)
        await work.plan_posts(_thread(job, overview, items))
        await work.defer(tasks.show_progress(job.id))
        await work.defer(tasks.publish(moved))


def overview_of(conversation: Conversation, title: str | None) -> Overview:
    """Return what the thread shows besides its items.

    What a language model or another server wrote is a summary; what rules put together says no more than the key
    moments do, which are the speakers' own words.
    """
    quoted = not conversation.author and all(map(_is_quoted, conversation.summary))
    central = [KeyMoment(replace(each.evidence[0], quote=each.text), "") for each in conversation.summary if quoted]
    written = not quoted and (conversation.author or not conversation.key_moments)
    return Overview(
        title=title or conversation.title,
        seconds=conversation.seconds,
        speakers=conversation.speakers,
        summary=tuple(sentence.text for sentence in conversation.summary) if written else (),
        key_moments=conversation.key_moments or tuple(central),
        topics=tuple(topic.text for topic in conversation.topics),
        action_items=len(conversation.action_items),
        follow_ups=len(conversation.follow_ups),
        language=conversation.language,
        decisions=conversation.decisions,
        questions=tuple(question for question in conversation.questions if question.answer is None),
        notes=conversation.notes,
        author=conversation.author,
    )


def _is_quoted(sentence: SummarySentence) -> bool:
    """Tell whether a sentence of a summary is one that was said: then it is shown as a quote, not as a summary."""
    return any(sentence.text in evidence.quote for evidence in sentence.evidence[:1])


def _items(job: Job, conversation: Conversation, now: datetime) -> list[Item]:
    found: list[tuple[ItemKind, int, ActionItem | FollowUp]] = [
        *((ItemKind.ACTION_ITEM, place, each) for place, each in enumerate(conversation.action_items)),
        *((ItemKind.FOLLOW_UP, place, each) for place, each in enumerate(conversation.follow_ups)),
    ]
    return [
        Item(
            id=uuid4().hex,
            job_id=job.id,
            position=place,
            kind=kind,
            text=each.text,
            evidence=each.evidence,
            owner=each.owner,
            due=each.due,
            score=each.score,
            state=ItemState.OPEN,
            version=1,
            changed_at=now,
        )
        for kind, place, each in found
    ]


def _thread(job: Job, overview: Overview, items: list[Item]) -> list[Post]:
    """Plan the thread: its parent, what was settled and what stayed open, then the items in order."""
    kinds: list[tuple[PostKind, str | None]] = [(PostKind.PARENT, None)]
    kinds += [(PostKind.DECISIONS, None) for _ in range(0, len(overview.decisions), A_MESSAGE)]
    kinds += [(PostKind.QUESTIONS, None)] if overview.questions else []
    kinds += [(PostKind(item.kind.value), item.id) for item in items]
    # positions leave room for the offer and the progress
    return [
        Post(uuid4().hex, job.id, position, kind, PostState.PLANNED, item_id=item_id)
        for position, (kind, item_id) in enumerate(kinds, start=10)
    ]


# ------------------------------------------------------------------------------------------------------------- trouble


async def stop_job(ports: Ports, job: Job, error: FollowthroughError) -> None:
    """End a job, wherever it is by now, with its reason in plain words.

    It *needs you* when somebody can cure it, else it *failed*. A job that has ended already is left alone. Where the
    progress message cannot be shown, whoever asked is told directly.
    """
    async with ports.store.work() as work:
        current = await work.job(job.id)
        if current is None or current.state in ENDED:
            return
        ended = replace(
            current,
            state=JobState.NEEDS_YOU if isinstance(error, NeedsPerson) else JobState.FAILED,
            stage="",
            progress=None,
            reason=error.what,
            cure=error.cure,
            updated_at=ports.clock.now(),
        )
        await work.change_job(ended, expected=current.state)
        await work.defer(tasks.show_progress(job.id))
    await discard_media(ports, job)


async def give_up(ports: Ports, job_id: str, error: Exception) -> None:
    """End a job whose task failed for reasons that nobody foresaw."""
    async with ports.store.look() as work:
        job = await work.job(job_id)
    if job is None:
        return
    unforeseen = Failed("Something went wrong here that should not have.", "Try again; the log says more.")
    await stop_job(ports, job, error if isinstance(error, FollowthroughError) else unforeseen)


async def _wait_or_ask(ports: Ports, job: Job, error: Unavailable) -> None:
    """Say that we wait for an outside that does not answer; when patience is at its end, ask somebody instead."""
    now = ports.clock.now()
    waited = now - job.created_at
    if error.after is None and waited > ports.patience:
        minutes = round(waited.total_seconds() / 60)
        tried = f" I tried for {minutes} minutes." if minutes > 1 else ""
        await stop_job(ports, job, NeedsPerson(f"{error.what}{tried}", error.cure or "Try again later."))
        return
    await _show(ports, replace(job, stage=f"{error.what} I keep trying.", progress=None, updated_at=now))


# --------------------------------------------------------------------------------------------------------- small parts


async def job_in(ports: Ports, job_id: str, state: JobState) -> Job | None:
    """Return the job when it is in `state`: else the step was done already, or is no longer wanted."""
    async with ports.store.look() as work:
        job = await work.job(job_id)
    return job if job is not None and job.state is state else None


async def _show(ports: Ports, job: Job) -> None:
    """Store a job's stage and progress, in its present state, and have people shown it."""
    async with ports.store.work() as work:
        if await work.change_job(job, expected=job.state):
            await work.defer(tasks.show_progress(job.id))


def folder_of(ports: Ports, job: Job) -> Path:
    """Return where a job's recording is kept while it is needed."""
    return ports.data_dir / "recordings" / job.id


async def discard_media(ports: Ports, job: Job) -> None:
    """Delete the recording of a job that has ended."""
    # a file of gigabytes takes the disk a while
    await asyncio.to_thread(shutil.rmtree, folder_of(ports, job), ignore_errors=True)


def _shown(size: int) -> str:
    """Return a number of bytes as people read it."""
    if size < _MB:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / _MB:.1f} MB" if size < 10 * _MB else f"{size / _MB:.0f} MB"
