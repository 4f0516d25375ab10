"""A share, a command or a press becomes a job: in one transaction, before Slack is answered."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

from bot.domain.channels import ChannelMode
from bot.domain.jobs import Job, JobState
from bot.domain.posts import PostKind
from bot.domain.recordings import Share, SharedFile, recording_key
from bot.flows import cures, tasks
from bot.flows.beginning import begin, planned, set_going
from bot.ports import Ports, Work

_SHOWN_BY_STATUS = 10
_UNLISTED = frozenset({JobState.OFFERED, JobState.DECLINED, JobState.ALREADY_HERE})
# a file's own event comes beside its message, which says more: so long the message is waited for
_BESIDE = timedelta(seconds=4)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a request.

    Attributes:
        job: The recording's job.
        already: Whether it was here before; when its thread is finished, whoever asked is shown the way there.
    """

    job: Job
    already: bool

    @property
    def shown(self) -> bool:
        """Whether whoever asked is answered in the channel, privately, with a link."""
        return self.already and self.job.state is JobState.DONE


async def share(ports: Ports, shares: Sequence[Share], *, event_id: str) -> None:
    """Take the recordings of one message as the channel's setting says; the same event a second time does nothing.

    Links are offered to the sharer first, unless the channel is on `auto` and the sharer belongs here; files start at
    once. In a channel that is `off` nothing is taken.
    """
    async with ports.store.work() as work:
        if not await work.first_time(event_id):
            return
        for each in shares:
            await _take_share(work, ports, each, event_id)


async def _take_share(work: Work, ports: Ports, share: Share, event_id: str) -> None:
    key = recording_key(share.recording)
    # two kinds of event tell of a file in a message, in any order; whatever becomes of the first, it was the share
    if share.via == "file" and not await work.first_time(f"{share.channel}:{share.message_ts}:{key}"):
        return
    if share.via == "file" and await cures.take_file(work, ports, share):
        return
    mode = await work.channel_mode(share.team, share.channel)
    if mode is ChannelMode.OFF:
        return
    known = await cures.living(work, await work.job_of_recording(share.team, share.channel, key))
    if known is not None:
        # the same message again, edited or delivered twice under another id, is no new share
        if share.user and known.message_ts != share.message_ts and known.state is not JobState.OFFERED:
            await work.defer(tasks.already_here(known, share.user, share.thread_ts))
        if known.message_ts == share.message_ts or known.state is not JobState.OFFERED:
            return
    asks = share.via == "message" and (mode is ChannelMode.ASK or share.outsider)
    _tell(await _open(work, ports, share, JobState.OFFERED if asks else JobState.RECEIVED), event_id)


async def file_shared(ports: Ports, file: SharedFile, *, event_id: str) -> None:
    """Remember to look at a file that Slack told of by its id alone, in case that its message never comes."""
    async with ports.store.work() as work:
        if await work.first_time(event_id):
            await work.defer(tasks.look_at_file(file, at=ports.clock.now() + _BESIDE))


async def look_at_file(ports: Ports, file: SharedFile) -> None:
    """Take a file as its message would have had it taken; nothing happens when that was done."""
    async with ports.store.look() as work:
        known = await work.job_of_recording(file.team, file.channel, recording_key(file.recording))
    if known is not None or ports.uploads is None:
        return
    found = await ports.uploads.share_of(file)
    if found is not None:
        await share(ports, [found], event_id=f"{tasks.LOOK_AT_FILE}:{file.channel}:{found.message_ts}:{file.id}")


async def starts_at_once(ports: Ports, team: str, channel: str) -> bool:
    """Say whether a link that is pasted here is processed without a question."""
    async with ports.store.look() as work:
        return await work.channel_mode(team, channel) is ChannelMode.AUTO


async def request(ports: Ports, share: Share, *, event_id: str, codes: Sequence[str] = ()) -> Receipt:
    """Start on a recording that somebody asked for; one that has a thread here, or is on its way, is not done twice.

    Args:
        ports: What the flows are given.
        share: What was asked for.
        event_id: What names the request.
        codes: What opens the recording; kept in memory alone.
    """
    key = recording_key(share.recording)
    async with ports.store.work() as work:
        # opened before anybody knows whether it is needed: it mostly is, and somebody waits
        fresh = await _open(work, ports, share, JobState.RECEIVED)
        ports.passcodes.give(fresh.id, codes, ports.clock.now())
        new = await work.keep_if_new(event_id, share.team, share.channel, key)
    if new:
        _tell(fresh, event_id)
        return Receipt(fresh, already=False)
    async with ports.store.work() as work:
        first_time = await work.first_time(event_id)
        found = await work.job_of_recording(share.team, share.channel, key)
        known = await cures.living(work, found)
        if not first_time and known is not None:
            return Receipt(known, already=False)
        if known is not None and known.state is not JobState.OFFERED:
            receipt = Receipt(known, already=True)
            if receipt.shown:
                await work.defer(tasks.already_here(known, share.user, share.thread_ts))
            return receipt
        if known is not None:
            # the command is the answer to the offer that is still open, and says more than a press could
            asked = replace(
                known,
                user=share.user,
                title=share.title or known.title,
                language=share.language or known.language,
                held_on=share.held_on or known.held_on,
                speakers=share.speakers or known.speakers,
            )
            ports.passcodes.give(known.id, codes, ports.clock.now())
            return Receipt(await begin(work, ports, asked, given=bool(codes)), already=False)
        if found is not None and found.state is JobState.NEEDS_YOU and await _has_thread(work, found):
            # part of its thread stands in the channel: it is gone on with, not begun a second time
            return Receipt(await begin(work, ports, replace(found, user=share.user)), already=False)
        opened = await _open(work, ports, share, JobState.RECEIVED)
        ports.passcodes.give(opened.id, codes, ports.clock.now())
    _tell(opened, event_id)
    return Receipt(opened, already=False)


async def _has_thread(work: Work, job: Job) -> bool:
    return any(post.kind is PostKind.PARENT and post.ts for post in await work.posts_of_job(job.id))


async def _open(work: Work, ports: Ports, share: Share, state: JobState) -> Job:
    now = ports.clock.now()
    job = Job(
        id=uuid4().hex,
        team=share.team,
        channel=share.channel,
        user=share.user,
        message_ts=share.message_ts,
        thread_ts=share.thread_ts,
        via=share.via,
        recording=share.recording,
        title=share.title,
        language=share.language,
        held_on=share.held_on,
        speakers=share.speakers,
        state=state,
        created_at=now,
        updated_at=now,
    )
    await work.add_job(job, recording_key(share.recording))
    if state is JobState.OFFERED:
        await work.plan_posts([planned(job, PostKind.OFFER, 0)])
        await work.defer(tasks.offer(job))
    else:
        await work.plan_posts([planned(job, PostKind.PROGRESS, 1)])
        await set_going(work, job)
    return job


def _tell(job: Job, event_id: str) -> None:
    """Tie what Slack sent to everything that is logged of the job from here on."""
    _log.info("took a recording", extra={"job": job.id, "event": event_id, "via": job.via, "state": job.state.value})


async def answer_offer(ports: Ports, job_id: str, user: str, *, accept: bool, event_id: str) -> Job | None:
    """Act on *Process* or *Not now*, and return the recording's job; None when there is no such offer.

    Only the first answer counts. When somebody else's offer of the same recording was accepted before, that is its job.
    """
    async with ports.store.work() as work:
        job = await work.job(job_id)
        if job is None or not await work.first_time(event_id) or job.state is not JobState.OFFERED:
            return job
        answered = replace(job, user=user)
        other = await cures.other_of(work, job) if accept else None
        if accept and other is None:
            return await begin(work, ports, answered)
        declined = replace(answered, state=JobState.DECLINED, updated_at=ports.clock.now())
        await work.change_job(declined, expected=JobState.OFFERED)
        return other or declined


async def set_mode(ports: Ports, team: str, channel: str, mode: ChannelMode, user: str, *, event_id: str) -> None:
    """Set what happens with links that people paste in this channel."""
    async with ports.store.work() as work:
        if await work.first_time(event_id):
            await work.set_channel_mode(team, channel, mode, user)


async def status(ports: Ports, team: str, channel: str) -> list[Job]:
    """Return this channel's latest jobs, unfinished ones first."""
    async with ports.store.look() as work:
        jobs = await work.recent_jobs(team, channel, _SHOWN_BY_STATUS)
    return [job for job in jobs if job.state not in _UNLISTED]
