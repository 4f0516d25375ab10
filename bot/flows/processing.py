"""A job's way: look → fetch → submit → check → read; each step a guarded change of state, safe to run twice."""

import asyncio
import shutil
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bot.domain.jobs import ENDED, Job, JobState, listening_deadline, next_look
from bot.domain.recordings import MediaKind
from bot.domain.sizes import size_in_words
from bot.domain.titles import title_from_name
from bot.errors import BadInput, Failed, FollowthroughError, NeedsPerson, Obstacle, Unavailable
from bot.flows import elsewhere, tasks
from bot.flows.looking import about_passcode, codes_of, forget_codes, look
from bot.flows.planning import items_of, overview_of, thread_of
from bot.links.secrets import without_secrets
from bot.ports import EngineJob, EngineState, Ports, Submission, SubmitOptions

# a server that has not begun within a day never will
_LONGEST_QUEUE = timedelta(days=1)
# a progress message is edited at most this often: Slack allows about one call a second, and nobody reads faster
_EDIT_EVERY = timedelta(seconds=3)
# below this share of the work the time left would be a guess
_TELLS_TIME_FROM = 0.05


async def fetch(ports: Ports, job_id: str, *, given: bool = False) -> None:
    """Look at the recording, and bring it to our disk.

    Args:
        ports: What the flows are given.
        job_id: A received job's.
        given: Whether a passcode was entered for it, which only the memory holds.
    """
    job = await job_in(ports, job_id, JobState.RECEIVED)
    if job is None or await elsewhere.ask_first(ports, job):
        return
    async with ports.store.work() as work:
        await work.defer(tasks.show_progress(job_id))
    codes = codes_of(ports, job)
    try:
        job = await _looked_at(ports, job, given=given)
        codes = codes_of(ports, job)
        report = _FetchProgress(ports, job).report
        fetched = await ports.fetcher.fetch(job.recording, folder_of(ports, job), report, *codes[:1])
    except (NeedsPerson, Failed) as error:
        if error.obstacle is Obstacle.PASSCODE:
            error.what = about_passcode(codes, given=given) or error.what
            forget_codes(ports, job)
        await stop_job(ports, job, error)
        return
    except Unavailable as error:
        await _wait_or_ask(ports, job, error)
        raise
    forget_codes(ports, job)
    moved = replace(
        job,
        state=JobState.FETCHED,
        stage=f"Fetched {size_in_words(fetched.size)}",
        progress=None,
        media_path=str(fetched.path.relative_to(ports.data_dir)),
        media_kind=fetched.kind.value,
        sha256=fetched.sha256,
        title=job.title or title_from_name(fetched.name),
        held_on=job.held_on or fetched.recorded_on or ports.clock.now().date(),
        updated_at=ports.clock.now(),
    )
    await _go_on(ports, moved)


async def _looked_at(ports: Ports, job: Job, *, given: bool) -> Job:
    """Return the job with what one look told; a look that is not answered leaves it to the fetch.

    Raises:
        NeedsPerson: Something is in the way.
    """
    if job.preview is not None:
        return job
    preview = await look(ports, job, given=given)
    if preview is None:
        return job
    known = replace(job, preview=preview, stage="", updated_at=ports.clock.now())
    await _show(ports, known)
    if preview.obstacle is not None:
        raise NeedsPerson(preview.what, preview.cure, obstacle=preview.obstacle)
    return known


async def _go_on(ports: Ports, fetched: Job) -> None:
    """Have a fetched recording understood, unless the channel has the thread of the very same bytes."""
    async with ports.store.work() as work:
        others = await work.jobs_of_bytes(fetched, fetched.sha256 or "")
        here = next((each for each in others if each.channel == fetched.channel), None)
        moved = fetched if here is None else replace(fetched, state=JobState.ALREADY_HERE, stage="", same_as=here.id)
        if await work.change_job(moved, expected=JobState.RECEIVED):
            await work.defer(tasks.show_progress(moved.id))
            if here is None:
                await work.defer(tasks.submit(moved))
    if here is not None:
        await discard_media(ports, fetched)


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
        stage = f"Fetched {size_in_words(so_far)}" + (f" of {size_in_words(total)}" if total else "")
        shown = replace(self._job, stage=stage, progress=so_far / total if total else None, updated_at=now)
        await _show(self._ports, shown)


async def submit(ports: Ports, job_id: str, *, alone: bool = False) -> None:
    """Hand the recording to the conversation API; its job id is stored before anything else happens.

    What was understood of the same bytes serves again, unless it is to be understood `alone`.
    """
    job = await job_in(ports, job_id, JobState.FETCHED)
    if job is None:
        return
    before = None if alone else await elsewhere.understood_before(ports, job)
    try:
        submission = before[1] if before else await _hand_over(ports, job)
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
        understood_by=before[0].id if before else None,
        listening_since=now,
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
        await work.defer(tasks.check(job_id, since=job.listening_since or job.updated_at, looks=1, at=now))


async def check(ports: Ports, job_id: str, since: datetime, looks: int) -> None:
    """Ask how far the understanding is; when it is complete, read it and plan the thread."""
    job = await job_in(ports, job_id, JobState.SUBMITTED)
    if job is None:
        return
    try:
        engine_job = await ports.conversations.job(job.engine_job_id or "")
        if engine_job.state is EngineState.COMPLETED:
            await _read(ports, job, ports.clock.now() - since)
            return
        if engine_job.state is EngineState.FAILED:
            raise _engine_trouble(engine_job)
    except Failed as error:
        await (stop_job(ports, job, error) if job.understood_by is None else _understand_alone(ports, job))
        return
    except NeedsPerson as error:
        await stop_job(ports, job, error)
        return
    now = ports.clock.now()
    if engine_job.state is EngineState.SCHEDULED and now - job.created_at < _LONGEST_QUEUE:
        since = now  # it waits behind others: its own time has not begun
    if now - since > listening_deadline(engine_job.seconds or job.seconds):
        await stop_job(ports, job, Failed("Understanding it took far longer than it should; it was given up."))
        return
    await _show(ports, replace(_listening(job, engine_job, now - since, now), listening_since=since))
    async with ports.store.work() as work:
        await work.defer(tasks.check(job_id, since=since, looks=looks + 1, at=now + next_look(looks + 1)))


async def _understand_alone(ports: Ports, job: Job) -> None:
    """Hand over a recording after all whose understanding was to be another job's: the server no longer has that."""
    alone = replace(
        job,
        state=JobState.FETCHED,
        stage="",
        progress=None,
        conversation_id=None,
        engine_job_id=None,
        understood_by=None,
        updated_at=ports.clock.now(),
    )
    async with ports.store.work() as work:
        if await work.change_job(alone, expected=JobState.SUBMITTED):
            await work.defer(tasks.submit(alone, alone=True))


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


async def _read(ports: Ports, job: Job, took: timedelta) -> None:
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
    items = items_of(job, conversation, now)
    moved = replace(
        job,
        state=JobState.READ,
        stage="Writing the thread",
        progress=None,
        seconds=conversation.seconds,
        listened=took.total_seconds() if _was_heard(job) else None,
        updated_at=now,
    )
    async with ports.store.work() as work:
        if not await work.change_job(moved, expected=JobState.SUBMITTED):
            return
        await work.save_overview(job.id, overview)
        await work.add_items(items)
        await work.plan_posts(thread_of(job, overview, items))
        await work.defer(tasks.show_progress(job.id))
        await work.defer(tasks.publish(moved))


def _was_heard(job: Job) -> bool:
    """Tell a recording that was listened to for this job from what was only read, or was understood before."""
    return job.media_kind != MediaKind.TRANSCRIPT and job.understood_by is None


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
            reason=without_secrets(error.what),
            cure=without_secrets(error.cure),
            obstacle=error.obstacle,
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
        await stop_job(
            ports, job, NeedsPerson(f"{error.what}{tried}", error.cure or "Try again later.", obstacle=error.obstacle)
        )
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
