"""The same recording in several places: its thread in another channel, and an understanding that serves twice."""

from dataclasses import replace

from bot.domain.jobs import Job, JobState
from bot.domain.posts import PostKind, PostState
from bot.domain.recordings import recording_key
from bot.flows import tasks
from bot.flows.beginning import planned
from bot.ports import Ports, Submission

# channels that are asked about: whoever reads none of the latest five is not kept waiting
_ASKED = 5
_UNDERSTOOD = frozenset({JobState.SUBMITTED, JobState.READ, JobState.DONE})


async def thread_elsewhere(ports: Ports, job: Job) -> Job | None:
    """Return the finished job of a job's recording in another channel that its sharer reads; None when told before.

    Of what they cannot read nobody hears.
    """
    if job.same_as is not None or not job.user:
        return None
    async with ports.store.look() as work:
        found = await work.done_elsewhere(job.team, job.channel, recording_key(job.recording), _ASKED)
    for other in found:
        if await ports.messenger.may_read(job.user, other.channel):
            return other
    return None


async def ask_first(ports: Ports, job: Job) -> bool:
    """Ask the sharer after all when their recording has its thread elsewhere; nothing of it was shown here yet."""
    async with ports.store.look() as work:
        posts = await work.posts_of_job(job.id)
    if any(post.kind is PostKind.PROGRESS and post.state is not PostState.PLANNED for post in posts):
        return False
    other = await thread_elsewhere(ports, job)
    if other is None:
        return False
    asked = replace(job, state=JobState.OFFERED, same_as=other.id, stage="", updated_at=ports.clock.now())
    offered = next((post for post in posts if post.kind is PostKind.OFFER), None)
    async with ports.store.work() as work:
        if not await work.change_job(asked, expected=job.state):
            return True
        if offered is None:
            await work.plan_posts([planned(job, PostKind.OFFER, 0)])
        else:
            await work.change_post(replace(offered, state=PostState.PLANNED))
        await work.defer(tasks.offer(asked))
    return True


async def understood_before(ports: Ports, job: Job) -> tuple[Job, Submission] | None:
    """Return another job that had the same bytes understood as this one asks for, and the ids of its conversation.

    The bytes tell, not the link: whoever has them needs nobody's leave to have them understood.
    """
    if job.sha256 is None:
        return None
    async with ports.store.look() as work:
        others = await work.jobs_of_bytes(job, job.sha256)
    for other in reversed(others):
        if other.state in _UNDERSTOOD and _asks(other) == _asks(job) and other.conversation_id and other.engine_job_id:
            return other, Submission(other.conversation_id, other.engine_job_id)
    return None


def _asks(job: Job) -> tuple[object, ...]:
    # "by Friday" is another day when it was said in another week
    return job.language, job.speakers, job.held_on, job.media_kind
