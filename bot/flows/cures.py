"""What people do about a recording that cannot be had: a passcode, the file itself, another try."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.cures import Cure, cures_of, waits_for_somebody
from bot.domain.jobs import Job, JobState
from bot.domain.posts import PostKind
from bot.domain.recordings import Share, recording_key
from bot.flows.beginning import begin, look_again
from bot.ports import Ports, Work

STOPPED = frozenset({JobState.NEEDS_YOU, JobState.FAILED, JobState.DECLINED})
"""Ended without a thread."""


async def try_again(ports: Ports, job_id: str, user: str, *, event_id: str) -> Job | None:
    """Begin an ended job anew, for `user`, and return the recording's job; None when there is none.

    An offer is looked at again. A job that is on its way or done is left alone, and so is one whose recording came to
    its thread by another job.
    """
    return await _again(ports, job_id, user, event_id=event_id)


async def enter_passcode(ports: Ports, job_id: str, user: str, passcode: str, *, event_id: str) -> Job | None:
    """Try again with a passcode, which is kept in memory alone and forgotten once it was used."""
    return await _again(ports, job_id, user, event_id=event_id, codes=(passcode,))


async def _again(ports: Ports, job_id: str, user: str, *, event_id: str, codes: Sequence[str] = ()) -> Job | None:
    async with ports.store.work() as work:
        job = await work.job(job_id)
        if job is None or not await work.first_time(event_id):
            return job
        if job.state is not JobState.OFFERED and job.state not in STOPPED:
            return job
        return await other_of(work, job) or await _resume(work, ports, replace(job, user=user), codes)


async def _resume(work: Work, ports: Ports, job: Job, codes: Sequence[str] = ()) -> Job:
    ports.passcodes.give(job.id, codes, ports.clock.now())
    if job.state is JobState.OFFERED:
        return await look_again(work, ports, job, given=bool(codes))
    return await begin(work, ports, job, given=bool(codes))


async def passcode_said(
    ports: Ports, team: str, channel: str, thread_ts: str, codes: Sequence[str], *, event_id: str
) -> None:
    """Keep what a message says for what is shared in its thread, and go on with a job there that waits for it."""
    ports.passcodes.give((channel, thread_ts), codes, ports.clock.now())
    async with ports.store.look() as work:
        if await _waiting(work, team, channel, thread_ts, for_passcode=True) is None:
            return
    async with ports.store.work() as work:
        job = await _waiting(work, team, channel, thread_ts, for_passcode=True)
        if job is not None and await work.first_time(f"{event_id}:passcode"):
            await _resume(work, ports, job, codes)


async def take_file(work: Work, ports: Ports, share: Share) -> bool:
    """Take a file that was dropped in the thread of a job that waits: it becomes that job's recording."""
    if share.thread_ts is None:
        return False
    job = await _waiting(work, share.team, share.channel, share.thread_ts)
    if job is None:
        return False
    await begin(work, ports, replace(job, recording=share.recording, user=share.user, preview=None))
    return True


async def _waiting(work: Work, team: str, channel: str, thread_ts: str, *, for_passcode: bool = False) -> Job | None:
    """Return the latest job of a thread that waits for somebody before it can be understood."""
    for job in await work.jobs_of_thread(team, channel, thread_ts):
        if not waits_for_somebody(job) or (for_passcode and Cure.PASSCODE not in cures_of(job)):
            continue
        if all(post.kind is not PostKind.PARENT for post in await work.posts_of_job(job.id)):
            return job
    return None


async def job_to_cure(ports: Ports, job_id: str) -> Job | None:
    """Return a job, as it is now."""
    async with ports.store.look() as work:
        return await work.job(job_id)


async def living(work: Work, job: Job | None) -> Job | None:
    """Return a job that is on its way or done; trouble and a refusal are no reason not to begin anew.

    One that ended as already here stands for the job whose thread it leads to.
    """
    if job is not None and job.state is JobState.ALREADY_HERE:
        job = await work.job(job.same_as or "")
    return None if job is None or job.state in STOPPED else job


async def other_of(work: Work, job: Job) -> Job | None:
    """Return another job of the same recording in the channel that is on its way or done: it gets one thread."""
    other = await living(work, await work.job_of_recording(job.team, job.channel, recording_key(job.recording)))
    return None if other is None or other.id == job.id or other.state is JobState.OFFERED else other
