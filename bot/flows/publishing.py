"""What is planned becomes messages: each once, in order, resumed after a crash."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.jobs import ENDED, Job, JobState
from bot.domain.posts import (
    A_MESSAGE,
    AlreadyHereNote,
    DecisionsNote,
    ItemNote,
    Note,
    Overview,
    ParentNote,
    Place,
    Post,
    PostKind,
    PostState,
    ProgressNote,
    QuestionsNote,
    TroubleNote,
    clearest,
    unsent,
)
from bot.errors import Failed, FollowthroughError, NeedsPerson, Unavailable
from bot.flows import tasks
from bot.flows.looking import takes
from bot.flows.processing import discard_media, job_in, stop_job
from bot.ports import Ports

EYES_EMOJI = "eyes"
# Slack's clock and ours may differ a little
_LEEWAY = timedelta(seconds=30)
_log = logging.getLogger(__name__)


async def publish(ports: Ports, job_id: str) -> None:
    """Post what is planned of the thread, in order; when all of it is in Slack, the job is done."""
    job = await job_in(ports, job_id, JobState.READ)
    if job is None:
        return
    async with ports.store.look() as work:
        posts = await work.posts_of_job(job_id)
        overview = await work.overview(job_id)
    if overview is None:
        await stop_job(ports, job, Failed("What was understood of it is gone from this machine's database."))
        return
    root = job.thread_ts or _ts_of(posts, PostKind.PARENT)
    try:
        for post in unsent(posts):
            if post.kind is PostKind.OFFER:
                continue
            note = _note_of(job, overview, posts, post)
            place = _place_of(job, post, root)
            sent = await (_send_item(ports, post, place) if note is None else _send(ports, post, place, note))
            if post.kind is PostKind.PARENT and root is None:
                root = sent.ts
    except (NeedsPerson, Failed) as error:
        await stop_job(ports, job, error)
        return
    done = replace(job, state=JobState.DONE, stage="", progress=None, updated_at=ports.clock.now())
    async with ports.store.work() as work:
        if await work.change_job(done, expected=JobState.READ):
            await work.defer(tasks.show_progress(job_id))
    await discard_media(ports, job)


def _place_of(job: Job, post: Post, root: str | None) -> Place:
    if post.kind is PostKind.PROGRESS:
        return _beside(job)
    return Place(job.channel, job.thread_ts if post.kind is PostKind.PARENT else root)


def _note_of(job: Job, overview: Overview, posts: Sequence[Post], post: Post) -> Note | None:
    """Return what a planned post says; None for one that shows an item, which is read when its turn comes."""
    if post.kind is PostKind.PROGRESS:
        return ProgressNote(job)
    if post.kind is PostKind.PARENT:
        return ParentNote(job, overview)
    if post.kind is PostKind.DECISIONS:
        # these posts share the list between them, in order
        first = A_MESSAGE * [each.id for each in posts if each.kind is post.kind].index(post.id)
        return DecisionsNote(overview.decisions[first : first + A_MESSAGE], first + 1, len(overview.decisions))
    if post.kind is PostKind.QUESTIONS:
        return QuestionsNote(clearest(overview.questions), len(overview.questions))
    return None


async def _send_item(ports: Ports, post: Post, place: Place) -> Post:
    async with ports.store.look() as work:
        item = await work.item(post.item_id or "")
    if item is None:
        raise Failed("An item of this thread is gone from this machine's database.")
    sent = await _send(ports, post, place, ItemNote(item))
    async with ports.store.work() as work:
        now = await work.item(item.id)
        if now is not None and now.version != item.version:
            # somebody pressed its button while it was on its way
            await work.defer(tasks.show_item(item.id))
    return sent


async def _send(ports: Ports, post: Post, place: Place, note: Note) -> Post:
    """Post a message exactly once: what is claimed but not known to be sent is looked for before it is repeated."""
    ts = None
    if post.state is PostState.SENDING and post.claimed_at is not None:
        ts = await ports.messenger.find(place, post.id, post.claimed_at - _LEEWAY)
    claimed = replace(post, state=PostState.SENDING, channel=place.channel, claimed_at=ports.clock.now())
    if ts is None:
        await _keep(ports, claimed)
        try:
            ts = await ports.messenger.post(place, note, post.id)
        except FollowthroughError as error:
            if not isinstance(error, Unavailable) or error.after is not None:
                # Slack refused it, for good or until later: it was certainly not posted
                await _keep(ports, replace(claimed, state=PostState.PLANNED, claimed_at=None))
            raise
    sent = replace(claimed, state=PostState.SENT, ts=ts)
    await _keep(ports, sent)
    return sent


async def _keep(ports: Ports, post: Post) -> None:
    async with ports.store.work() as work:
        await work.change_post(post)


async def show_progress(ports: Ports, job_id: str) -> None:
    """Bring the progress message up to date, posting it first when it is not there."""
    async with ports.store.look() as work:
        job = await work.job(job_id)
        posts = await work.posts_of_job(job_id)
        overview = await work.overview(job_id)
    post = next((each for each in posts if each.kind is PostKind.PROGRESS), None)
    if job is None or post is None:
        return
    try:
        if post.state is not PostState.SENT or post.ts is None:
            await _send(ports, post, _beside(job), await _progress_note(ports, job, posts, overview))
            return
        await ports.messenger.edit(job.channel, post.ts, await _progress_note(ports, job, posts, overview))
    except NeedsPerson as error:
        if job.state in ENDED:
            async with ports.store.work() as work:
                await work.defer(tasks.tell_trouble(job))
            return
        await stop_job(ports, job, error)


async def _progress_note(ports: Ports, job: Job, posts: Sequence[Post], overview: Overview | None) -> ProgressNote:
    if job.state is JobState.ALREADY_HERE:
        return ProgressNote(job, thread_link=await link_to_thread(ports, job.same_as or ""))
    parent = _ts_of(posts, PostKind.PARENT)
    if job.state is not JobState.DONE or parent is None:
        return ProgressNote(job, takes=None if job.state in ENDED else await takes(ports, job))
    return ProgressNote(job, overview, await ports.messenger.link(job.channel, parent))


async def link_to_thread(ports: Ports, job_id: str) -> str | None:
    """Return a link to a job's thread, or to how far it is; None when there is neither."""
    async with ports.store.look() as work:
        job = await work.job(job_id)
        posts = await work.posts_of_job(job_id)
    ts = _ts_of(posts, PostKind.PARENT) or _ts_of(posts, PostKind.PROGRESS)
    return await ports.messenger.link(job.channel, ts) if job is not None and ts is not None else None


async def eyes(ports: Ports, job_id: str) -> None:
    """React with 👀, so that the sharer sees at once that it was noticed."""
    async with ports.store.look() as work:
        job = await work.job(job_id)
    if job is None or job.message_ts is None:
        return
    try:
        await ports.messenger.react(job.channel, job.message_ts, EYES_EMOJI)
    except (NeedsPerson, Failed):
        # a courtesy: the progress message meets the same trouble, and says so
        return


async def tell_already_here(ports: Ports, job_id: str, user: str, thread_ts: str | None) -> None:
    """Tell one person where the thread of a recording is that they shared again."""
    async with ports.store.look() as work:
        job = await work.job(job_id)
    if job is None:
        return
    link = await link_to_thread(ports, job_id)
    try:
        await ports.messenger.whisper(Place(job.channel, thread_ts), user, AlreadyHereNote(job, link))
    except NeedsPerson:
        return


async def tell_trouble(ports: Ports, job_id: str) -> None:
    """Tell who asked, directly, what has to be done."""
    async with ports.store.look() as work:
        job = await work.job(job_id)
    if job is None or job.state not in {JobState.NEEDS_YOU, JobState.FAILED}:
        return
    if job.user:
        await ports.messenger.tell(job.user, TroubleNote(job, job.reason, job.cure))
    else:
        _log.warning("a recording came by itself, and its channel cannot be written to: %s", job.reason)


def _beside(job: Job) -> Place:
    """Return where the progress is shown: under the message that shared the recording, or in the channel."""
    return Place(job.channel, job.thread_ts or job.message_ts)


def _ts_of(posts: Sequence[Post], kind: PostKind) -> str | None:
    return next((post.ts for post in posts if post.kind is kind), None)
