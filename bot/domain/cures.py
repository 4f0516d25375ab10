"""What people can do themselves about a recording that cannot be had."""

from enum import StrEnum

from bot.domain.jobs import Job, JobState
from bot.domain.recordings import Recording, RecordingKind
from bot.errors import Obstacle
from bot.links.link import look_at


class Cure(StrEnum):
    """One thing to do; each is a button."""

    PASSCODE = "passcode"
    UPLOAD = "upload"
    AGAIN = "again"


def waits_for_somebody(job: Job) -> bool:
    """Say whether a job goes on as soon as somebody cures what stands in its way."""
    hindered = job.obstacle is not None and job.state in {JobState.OFFERED, JobState.FAILED}
    return job.state is JobState.NEEDS_YOU or hindered


def cures_of(job: Job) -> tuple[Cure, ...]:
    """Return what helps a job that stopped or cannot begin, best first."""
    cures = [Cure.PASSCODE] if _a_passcode_helps(job) else []
    if job.obstacle is not None:
        # whatever keeps a link from us does not keep the file from whoever can open it
        cures.append(Cure.UPLOAD)
    if job.obstacle is not Obstacle.WRONG_KIND:
        cures.append(Cure.AGAIN)
    return tuple(cures)


def takes_passcode(recording: Recording) -> bool:
    """Say whether a passcode can open a recording at all: only some sources have them."""
    return recording.kind is RecordingKind.LINK and look_at(recording.location).source.passcode


def _a_passcode_helps(job: Job) -> bool:
    return job.obstacle in {Obstacle.PASSCODE, Obstacle.PRIVATE} and takes_passcode(job.recording)
