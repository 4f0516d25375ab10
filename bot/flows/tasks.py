"""The tasks that the flows defer: each a name, what it needs, and what it must not run beside; run by `handlers.py`."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.assignments import Refusal
from bot.domain.jobs import Job
from bot.domain.recordings import SharedFile
from bot.ports import Json, Task

EYES = "eyes"
OFFER = "offer"
FETCH = "fetch"
SUBMIT = "submit"
CHECK = "check"
PUBLISH = "publish"
SHOW_PROGRESS = "show_progress"
SHOW_ITEM = "show_item"
REFUSE = "refuse"
ALREADY_HERE = "already_here"
TELL_TROUBLE = "tell_trouble"
LOOK_AT_FILE = "look_at_file"
GO_ON_WITH = "go_on_with"
TAKE_ARRIVED = "take_arrived"


def eyes(job: Job) -> Task:
    """React with 👀 to the message that shared the recording."""
    return Task(EYES, {"job": job.id})


def offer(job: Job, *, given: bool = False) -> Task:
    """Look at it, and ask the sharer whether to process it; `given`: a passcode was entered, which memory holds."""
    return Task(OFFER, {"job": job.id, "given": given}, key=f"offer:{job.id}", lock=f"job:{job.id}")


def fetch(job: Job, *, given: bool = False) -> Task:
    """Look at the recording, and bring it to our disk; `given` as for the offer."""
    return Task(FETCH, {"job": job.id, "given": given}, key=f"fetch:{job.id}", lock=f"job:{job.id}")


def submit(job: Job, *, alone: bool = False) -> Task:
    """Hand it to the conversation API, the same bytes one after another; `alone`: whatever was understood before."""
    return Task(SUBMIT, {"job": job.id, "alone": alone}, key=f"submit:{job.id}", lock=f"bytes:{job.sha256}")


def check(job_id: str, *, since: datetime, looks: int, at: datetime) -> Task:
    """Ask the conversation API how far it is: the `looks`-th time since `since`."""
    payload: dict[str, Json] = {"job": job_id, "since": since.isoformat(), "looks": looks}
    return Task(CHECK, payload, at=at, key=f"check:{job_id}", lock=f"job:{job_id}")


def publish(job: Job) -> Task:
    """Post what is planned of the thread, in order."""
    return Task(PUBLISH, {"job": job.id}, key=f"publish:{job.id}", lock=f"posts:{job.id}")


def show_progress(job_id: str, *, at: datetime | None = None) -> Task:
    """Bring the progress message up to date."""
    return Task(SHOW_PROGRESS, {"job": job_id}, at=at, key=f"progress:{job_id}", lock=f"posts:{job_id}")


def show_item(item_id: str) -> Task:
    """Bring an item's message up to date."""
    return Task(SHOW_ITEM, {"item": item_id}, key=f"item:{item_id}", lock=f"item:{item_id}")


def refuse(item_id: str, channel: str, user: str, refusal: Refusal) -> Task:
    """Tell one person why their gesture changed nothing."""
    return Task(REFUSE, {"item": item_id, "channel": channel, "user": user, "refusal": refusal.value})


def already_here(job: Job, user: str, thread_ts: str | None) -> Task:
    """Tell one person where the thread of this recording is."""
    return Task(ALREADY_HERE, {"job": job.id, "user": user, "thread": thread_ts})


def tell_trouble(job: Job) -> Task:
    """Tell who asked, directly, what has to be done: the channel cannot be written to."""
    return Task(TELL_TROUBLE, {"job": job.id}, key=f"trouble:{job.id}")


def look_at_file(file: SharedFile, *, at: datetime) -> Task:
    """See what a file is, unless its message has told by then."""
    payload: dict[str, Json] = {"team": file.team, "channel": file.channel, "user": file.user, "file": file.id}
    return Task(LOOK_AT_FILE, payload, at=at, key=f"file:{file.channel}:{file.id}")


def go_on_with(arrival: str, links: Sequence[str]) -> Task:
    """Have what waited for a recording go on; `links` lead to it."""
    return Task(GO_ON_WITH, {"arrival": arrival, "links": "\n".join(links)})


def take_arrived(arrival: str, link: str, topic: str, team: str, channel: str, *, at: datetime) -> Task:
    """Make a recording a job that Zoom told of, sooner when its transcript comes."""
    payload: dict[str, Json] = {"arrival": arrival, "link": link, "topic": topic, "team": team, "channel": channel}
    return Task(TAKE_ARRIVED, payload, at=at, key=f"arrived:{arrival}")
