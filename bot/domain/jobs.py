"""A job: one shared recording on its way to a thread, its states, and which may follow which."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.previews import Preview
from bot.domain.recordings import Recording
from bot.errors import Obstacle


class JobState(StrEnum):
    """Where a job is. Every job ends in one of `ENDED`."""

    OFFERED = "offered"  # the sharer was asked whether to process it
    RECEIVED = "received"  # accepted; nothing fetched yet
    FETCHED = "fetched"  # the bytes are on our disk
    SUBMITTED = "submitted"  # the conversation API has it; its job id is stored
    READ = "read"  # understood, and the thread is planned
    DONE = "done"  # every post of the thread is in Slack
    NEEDS_YOU = "needs_you"  # somebody can cure it
    FAILED = "failed"  # it went wrong for good
    DECLINED = "declined"  # the sharer said not now
    ALREADY_HERE = "already_here"  # its bytes are those of another job in the channel, whose thread it leads to


ENDED = frozenset({JobState.DONE, JobState.NEEDS_YOU, JobState.FAILED, JobState.DECLINED, JobState.ALREADY_HERE})

_TROUBLE = frozenset({JobState.NEEDS_YOU, JobState.FAILED})
_NEXT: dict[JobState, frozenset[JobState]] = {
    JobState.OFFERED: frozenset({JobState.RECEIVED, JobState.DECLINED}),
    # the sharer is asked after all when the recording has its thread in another channel that they read
    JobState.RECEIVED: frozenset({JobState.FETCHED, JobState.OFFERED, JobState.ALREADY_HERE}) | _TROUBLE,
    JobState.FETCHED: frozenset({JobState.SUBMITTED}) | _TROUBLE,
    # handed over anew when another job's understanding was to serve and is gone
    JobState.SUBMITTED: frozenset({JobState.READ, JobState.FETCHED}) | _TROUBLE,
    JobState.READ: frozenset({JobState.DONE}) | _TROUBLE,
    JobState.DONE: frozenset(),
    # trying again starts from the beginning, and so does a change of mind; a thread that was planned is only posted
    JobState.NEEDS_YOU: frozenset({JobState.RECEIVED, JobState.READ}),
    JobState.FAILED: frozenset({JobState.RECEIVED, JobState.READ}),
    JobState.DECLINED: frozenset({JobState.RECEIVED}),
    JobState.ALREADY_HERE: frozenset(),
}


def may_follow(before: JobState, after: JobState) -> bool:
    """Say whether a job in state `before` may move to `after`."""
    return after in _NEXT[before]


@dataclass(frozen=True, slots=True)
class Job:
    """One shared recording on its way to a thread.

    Attributes:
        id: 32 hex digits.
        team: Slack's workspace id.
        channel: Where the thread goes.
        user: Who shared or asked.
        message_ts: The message that shared it (for 👀), or None for a command.
        thread_ts: The thread it was shared in, or None when it was shared in the channel itself.
        via: `command`, `message`, `file`, `shortcut`, or `zoom`, which told of it by itself.
        recording: What was shared.
        title: What the person called it, or None to take the recording's own name.
        language: BCP-47 code the person gave, or None to listen for it.
        held_on: The meeting's date the person gave, or None to take the file's own or today's.
        speakers: How many people speak, as the person said; None to hear that too.
        state: Where it is.
        stage: What is happening now, in a few words; for people.
        progress: How much of the current stage is done, 0 to 1, or None when that cannot be known.
        seconds: Length of the recording once known.
        reason: Why it needs somebody or failed: one plain sentence, else empty.
        cure: What to do about it, else empty.
        obstacle: What keeps the recording from us, when that is the reason.
        preview: What one look at it told; None before, and when the look was not answered.
        media_path: Where the fetched bytes are, relative to the data directory.
        media_kind: `audio`, `video` or `transcript`, once fetched.
        sha256: Of the fetched bytes.
        conversation_id: The conversation API's.
        engine_job_id: The conversation API's job.
        understood_by: The job whose conversation it shares, when the same bytes had been handed over before.
        same_as: The job that has made the thread of this recording: here, when this one ended as already here; in
            another channel, when its sharer was told of it.
        listening_since: When its conversation was begun, as far as the server says; aware.
        listened: Seconds that the understanding of a recording took.
        created_at: Aware.
        updated_at: Aware.
    """

    id: str
    team: str
    channel: str
    user: str
    message_ts: str | None
    thread_ts: str | None
    via: str
    recording: Recording
    title: str | None
    language: str | None
    held_on: date | None
    state: JobState
    created_at: datetime
    updated_at: datetime
    speakers: int | None = None
    stage: str = ""
    progress: float | None = None
    seconds: float | None = None
    reason: str = ""
    cure: str = ""
    obstacle: Obstacle | None = None
    preview: Preview | None = None
    media_path: str | None = None
    media_kind: str | None = None
    sha256: str | None = None
    conversation_id: str | None = None
    engine_job_id: str | None = None
    understood_by: str | None = None
    same_as: str | None = None
    listening_since: datetime | None = None
    listened: float | None = None


def next_look(looks: int) -> timedelta:
    """Say how long to wait before asking about a running job again, after `looks` looks.

    Starts at a second and grows by half each time to fifteen: the conversation API documents no rate, its clients
    poll every 1 to 30 s, and fifteen keeps what people see of an hour-long recording fresh.
    """
    return timedelta(seconds=min(15.0, 1.5 ** min(looks, 10)))


def listening_deadline(seconds: float | None) -> timedelta:
    """Say how long the understanding of a recording of `seconds` may take before it counts as lost.

    Four times its length and half an hour on top: recognition runs at about a tenth of real time on two cores, so
    this is passed only by a job that is stuck. Without a length, the longest one that is accepted (4 h) is assumed.
    """
    return timedelta(minutes=30) + 4 * timedelta(seconds=seconds if seconds is not None else 4 * 3600)
