"""The sharer is asked whether to process what they pasted, once somebody has looked at what it is."""

from dataclasses import replace

from bot.domain.jobs import Job, JobState
from bot.domain.posts import ElsewhereNote, Note, OfferNote, Place, PostKind, PostState
from bot.errors import NeedsPerson
from bot.flows.beginning import begin
from bot.flows.elsewhere import thread_elsewhere
from bot.flows.looking import look, seen, takes
from bot.flows.processing import job_in
from bot.flows.publishing import link_to_thread
from bot.ports import Ports


async def offer(ports: Ports, job_id: str, *, given: bool = False) -> None:
    """Ask the sharer, with what one look told; what stands in the way is told with its cure instead.

    Args:
        ports: What the flows are given.
        job_id: An offered job's.
        given: Whether a passcode was entered for it: when it opens the recording, that was the answer.
    """
    job = await job_in(ports, job_id, JobState.OFFERED)
    if job is None:
        return
    async with ports.store.look() as work:
        posts = await work.posts_of_job(job_id)
    post = next((each for each in posts if each.kind is PostKind.OFFER), None)
    if post is None or post.state is PostState.SENT:
        return
    known = await _known(ports, job, given=given)
    if known is None:
        return
    if given and known.obstacle is None and known.same_as is None:
        async with ports.store.work() as work:
            await begin(work, ports, known, given=True)
        return
    # shown to one person only, it cannot be looked for: after a crash just here it comes again, and one answer counts
    try:
        await ports.messenger.whisper(Place(job.channel, job.thread_ts), job.user, await _note(ports, known))
    except NeedsPerson:
        return
    async with ports.store.work() as work:
        await work.change_post(replace(post, state=PostState.SENT, channel=job.channel))


async def _known(ports: Ports, job: Job, *, given: bool) -> Job | None:
    """Return the job with what is known of its recording, stored; None when it was answered meanwhile."""
    if job.same_as is not None or job.preview is not None:
        return job
    other = await thread_elsewhere(ports, job)
    if other is not None:
        known = replace(job, same_as=other.id)
    else:
        preview = await look(ports, job, given=given)
        if preview is None:
            return job
        known = seen(job, preview)
    known = replace(known, updated_at=ports.clock.now())
    async with ports.store.work() as work:
        return known if await work.change_job(known, expected=JobState.OFFERED) else None


async def _note(ports: Ports, job: Job) -> Note:
    if job.same_as is None:
        return OfferNote(job, await takes(ports, job))
    async with ports.store.look() as work:
        other = await work.job(job.same_as)
    if other is None or not await ports.messenger.may_read(job.user, other.channel):
        return OfferNote(job)
    return ElsewhereNote(job, other.channel, await link_to_thread(ports, other.id))
