"""A recording that Zoom says is ready: what waited for it goes on, and its channel gets it by itself."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.cures import waits_for_somebody
from bot.domain.jobs import Job, JobState
from bot.domain.recordings import Share, recording_key, recording_of_link
from bot.errors import Obstacle
from bot.flows import intake, tasks
from bot.flows.beginning import begin, look_again
from bot.flows.cures import other_of
from bot.ports import Ports

VIA = "zoom"
# the transcript mostly comes within minutes of the recording; it is quicker, and names who spoke
_FOR_TRANSCRIPT = timedelta(minutes=15)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What Zoom tells of a recording.

    Attributes:
        id: Zoom's own, of the meeting that was held.
        links: Every link that leads to it, the one that is shared first.
        topic: What the meeting was called.
        with_words: Whether its transcript is there.
    """

    id: str
    links: tuple[str, ...]
    topic: str
    with_words: bool


@dataclass(frozen=True, slots=True)
class Destination:
    """The channel in which new recordings get their threads."""

    team: str
    channel: str


async def arrived(ports: Ports, arrival: Arrival, destination: Destination | None, *, event_id: str) -> None:
    """Remember that a recording is ready; the same event a second time does nothing."""
    async with ports.store.work() as work:
        if not await work.first_time(event_id):
            return
        await work.defer(tasks.go_on_with(arrival.id, arrival.links))
        if destination is not None:
            now = ports.clock.now()
            at = now if arrival.with_words else now + _FOR_TRANSCRIPT
            await work.defer(
                tasks.take_arrived(
                    arrival.id, arrival.links[0], arrival.topic, destination.team, destination.channel, at=at
                )
            )


async def go_on_with(ports: Ports, links: Sequence[str]) -> None:
    """Set the jobs going again that found a recording still being made; links that ask are looked at again."""
    keys = {recording_key(recording_of_link(link)) for link in links}
    async with ports.store.look() as work:
        waiting = [job for job in await work.jobs_in([JobState.NEEDS_YOU, JobState.OFFERED]) if _waits(job, keys)]
    for each in waiting:
        await _resume(ports, each)


async def _resume(ports: Ports, waiting: Job) -> None:
    async with ports.store.work() as work:
        job = await work.job(waiting.id)
        if job is None or job.state is not waiting.state or await other_of(work, job) is not None:
            return
        await (look_again if job.state is JobState.OFFERED else begin)(work, ports, job)
    _log.info("Zoom made a recording that was waited for", extra={"job": waiting.id})


def _waits(job: Job, keys: set[str]) -> bool:
    return job.obstacle is Obstacle.NOT_READY and waits_for_somebody(job) and recording_key(job.recording) in keys


async def take_arrived(ports: Ports, arrival_id: str, link: str, topic: str, destination: Destination) -> None:
    """Make a recording a job in its channel, once, unless somebody shared it there before."""
    share = Share(
        team=destination.team,
        channel=destination.channel,
        user="",
        recording=recording_of_link(link),
        via=VIA,
        title=topic or None,
    )
    await intake.share(ports, [share], event_id=f"{VIA}:{arrival_id}")
