"""How a job is set going: for the first time, after an answer, and again after trouble."""

from dataclasses import replace
from uuid import uuid4

from bot.domain.jobs import Job, JobState
from bot.domain.posts import Post, PostKind, PostState
from bot.flows import tasks
from bot.ports import Ports, Work


def planned(job: Job, kind: PostKind, position: int) -> Post:
    """Return a message of a job that is still to be sent."""
    return Post(id=uuid4().hex, job_id=job.id, position=position, kind=kind, state=PostState.PLANNED)


async def begin(work: Work, ports: Ports, job: Job, *, given: bool = False) -> Job:
    """Set a job that waits or ended going: from the start, or from its thread when that was planned already.

    Args:
        work: The transaction.
        ports: What the flows are given.
        job: With what the answer or the cure changed of it.
        given: Whether a passcode was entered for it, which only the memory holds.
    """
    now = ports.clock.now()
    kinds = {post.kind for post in await work.posts_of_job(job.id)}
    has_thread = PostKind.PARENT in kinds
    # what an earlier look found in the way may be cured by now; one that found nothing stays true for this job
    hindered = job.preview is not None and (job.preview.obstacle is not None or job.state is not JobState.OFFERED)
    begun = replace(
        job,
        state=JobState.READ if has_thread else JobState.RECEIVED,
        stage="Trying the passcode" if given else "",
        progress=None,
        reason="",
        cure="",
        obstacle=None,
        preview=None if hindered else job.preview,
        created_at=now,
        updated_at=now,
    )
    if not has_thread:
        begun = replace(begun, media_path=None, media_kind=None, sha256=None, conversation_id=None, engine_job_id=None)
        begun = replace(begun, understood_by=None, listening_since=None, listened=None)
    if not await work.change_job(begun, expected=job.state):
        return begun
    if has_thread:
        # what was understood is kept, and part of it may stand in Slack: understood anew, it would stand there twice
        await work.defer(tasks.show_progress(job.id))
        await work.defer(tasks.publish(begun))
        return begun
    if PostKind.PROGRESS not in kinds:
        await work.plan_posts([planned(job, PostKind.PROGRESS, 1)])
    await set_going(work, begun, given=given)
    return begun


async def set_going(work: Work, job: Job, *, given: bool = False) -> None:
    """Have a job's first steps done once this is committed."""
    if job.message_ts is not None:
        await work.defer(tasks.eyes(job))
    await work.defer(tasks.fetch(job, given=given))


async def look_again(work: Work, ports: Ports, job: Job, *, given: bool = False) -> Job:
    """Have an offer looked at and shown once more: what stood in its way may be cured."""
    again = replace(job, preview=None, obstacle=None, reason="", cure="", updated_at=ports.clock.now())
    if not await work.change_job(again, expected=JobState.OFFERED):
        return again
    for post in await work.posts_of_job(job.id):
        if post.kind is PostKind.OFFER:
            await work.change_post(replace(post, state=PostState.PLANNED))
    await work.defer(tasks.offer(again, given=given))
    return again
