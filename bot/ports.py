"""What the flows need of the world, as protocols; each has one implementation or more in an adapter of its own."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from bot.domain.assignments import Item
from bot.domain.channels import ChannelMode
from bot.domain.conversation import Conversation
from bot.domain.jobs import Job, JobState
from bot.domain.passcodes import Passcodes
from bot.domain.posts import Note, Overview, Place, Post
from bot.domain.previews import Preview as Preview  # noqa: PLC0414 - part of the port: adapters find it here
from bot.domain.recordings import MediaKind, Recording, Share, SharedFile

Json = str | int | float | bool | None
Row = Mapping[str, Any]


# ---------------------------------------------------------------------------------------------------------------- time


class Clock(Protocol):
    """Tells the time; the only way to it for flows, store and queue."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""


# ------------------------------------------------------------------------------------------------------------- storage


class Transaction(Protocol):
    """SQL inside one transaction. Placeholders are named, as `:name`; one text runs on SQLite and PostgreSQL."""

    async def execute(self, sql: str, values: Mapping[str, Any] | None = None) -> int:
        """Run a statement and return how many rows it changed."""

    def write(self, sql: str, values: Mapping[str, Any] | None = None) -> None:
        """Run a statement in the same round trip as the next one that is awaited, or as the commit.

        For a change whose count nobody asks for: what goes wrong with it is raised there.
        """

    async def fetch_one(self, sql: str, values: Mapping[str, Any] | None = None) -> Row | None:
        """Return the first row, or None."""

    async def fetch_all(self, sql: str, values: Mapping[str, Any] | None = None) -> list[Row]:
        """Return every row."""

    async def settle(self, sql: str, values: Mapping[str, Any], *, when: Callable[[list[Row]], bool]) -> list[Row]:
        """Run a statement; when its rows are as hoped, then what `write` has noted, and commit: all in one round trip.

        With other rows everything is rolled back. Either way the transaction is over.

        Args:
            sql: What decides.
            values: Its values.
            when: Whether its rows are as hoped: quick and pure, as it may run in another thread.

        Returns:
            The rows of the statement.
        """

    def after_commit(self, call: Callable[[], None]) -> None:
        """Have `call` made once the transaction is on disk; never when it is rolled back."""


class Database(Protocol):
    """A database that outlives a crash: what was committed is there after `kill -9`."""

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a writing transaction: committed when the block ends, rolled back when it raises."""

    def reading(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction that only reads, and never waits for a writer."""


@dataclass(frozen=True, slots=True)
class Task:
    """Work to be done once, after a commit, even across a crash.

    Attributes:
        name: Which handler runs it.
        payload: What it needs: plain JSON values.
        at: Not before this moment (aware); None for as soon as possible.
        key: At most one waiting task has this key: deferring another moves it to the earlier time and new payload.
        lock: Tasks with the same lock run one after another, in the order of their time.
    """

    name: str
    payload: Mapping[str, Json]
    at: datetime | None = None
    key: str | None = None
    lock: str | None = None


TaskHandler = Callable[[Mapping[str, Json]], Awaitable[None]]
GaveUp = Callable[[Task, Exception], Awaitable[None]]


class Queue(Protocol):
    """Runs deferred tasks. A task is a row first; it is run at least once, and again after an error or a crash.

    A handler that raises `Unavailable` is run again after its `after` (or a growing, jittered wait); any other
    exception counts as an attempt; after the last attempt the task is dropped and `gave_up` is called.
    """

    async def defer(self, tx: Transaction, task: Task) -> None:
        """Add `task` inside `tx`: it exists exactly when the transaction commits."""

    async def start(self, handlers: Mapping[str, TaskHandler], gave_up: GaveUp) -> None:
        """Re-read every row and begin to run tasks."""

    async def stop(self) -> None:
        """Let the running handlers end or cancel them; their tasks stay as rows."""


class Work(Protocol):
    """One transaction, as the flows see it: what is changed through it is committed together, or not at all."""

    async def first_time(self, event_id: str) -> bool:
        """Record that an event or interaction was received; False when it had been before."""

    async def keep_if_new(self, event_id: str, team: str, channel: str, recording_key: str) -> bool:
        """Record the event and keep what was added, planned and deferred, if the event is new and there is no such job.

        Otherwise nothing is kept. Either way the transaction is over, after one round trip: somebody waits for it.
        """

    async def add_job(self, job: Job, recording_key: str) -> None:
        """Store a new job; `recording_key` says which recording it is, so that it can be recognised."""

    async def job(self, job_id: str) -> Job | None:
        """Return a job."""

    async def job_of_recording(self, team: str, channel: str, recording_key: str) -> Job | None:
        """Return the newest job of this recording in this channel that did not fail and was not declined."""

    async def recent_jobs(self, team: str, channel: str, limit: int) -> list[Job]:
        """Return the channel's jobs, unfinished ones first, then newest first."""

    async def done_elsewhere(self, team: str, channel: str, recording_key: str, limit: int) -> list[Job]:
        """Return the finished jobs of a recording in other channels of a workspace, newest first."""

    async def jobs_of_bytes(self, job: Job, sha256: str) -> list[Job]:
        """Return the other jobs of the workspace on the same bytes, fetched, on their way or done, oldest first."""

    async def jobs_of_thread(self, team: str, channel: str, thread_ts: str) -> list[Job]:
        """Return the jobs shared by a thread's first message or within it, or whose message began it, newest first."""

    async def listening_shares(self, limit: int) -> list[float]:
        """Return which share of its length the understanding of each of the last recordings took, newest first.

        Recordings of less than a minute do not count.
        """

    async def jobs_in(self, states: Collection[JobState]) -> list[Job]:
        """Return every job in one of `states`, oldest first."""

    async def change_job(self, job: Job, *, expected: JobState) -> bool:
        """Store every field of `job`; False, and nothing stored, when its state is no longer `expected`."""

    async def save_overview(self, job_id: str, overview: Overview) -> None:
        """Keep what the thread's parent shows."""

    async def overview(self, job_id: str) -> Overview | None:
        """Return what the thread's parent shows."""

    async def add_items(self, items: Sequence[Item]) -> None:
        """Store a job's items."""

    async def item(self, item_id: str) -> Item | None:
        """Return an item."""

    async def change_item(self, item: Item) -> bool:
        """Store a changed item; False, and nothing stored, unless the stored version is `item.version - 1`."""

    async def plan_posts(self, posts: Sequence[Post]) -> None:
        """Add messages to the plan; a post whose id is known already is left as it is."""

    async def posts_of_job(self, job_id: str) -> list[Post]:
        """Return a job's posts in order."""

    async def post_of_item(self, item_id: str) -> Post | None:
        """Return the message that shows an item."""

    async def post_at(self, channel: str, ts: str) -> Post | None:
        """Return the post that became this Slack message."""

    async def change_post(self, post: Post) -> None:
        """Store a post's state, channel, ts and claim."""

    async def channel_mode(self, team: str, channel: str) -> ChannelMode:
        """Return what to do with pasted links here; `ask` unless it was set."""

    async def set_channel_mode(self, team: str, channel: str, mode: ChannelMode, user: str) -> None:
        """Set what to do with pasted links here."""

    async def defer(self, task: Task) -> None:
        """Have `task` run once this is committed."""


class Store(Protocol):
    """What the bot has to remember."""

    def work(self) -> AbstractAsyncContextManager[Work]:
        """Open a transaction that changes things."""

    def look(self) -> AbstractAsyncContextManager[Work]:
        """Open one that only reads."""


# ---------------------------------------------------------------------------------------------------------- recordings


@dataclass(frozen=True, slots=True)
class Fetched:
    """A recording on our disk.

    Attributes:
        path: Where.
        kind: What it is, by its bytes.
        name: Its own name, for people: without a path, with the ending.
        size: Bytes.
        sha256: Of the bytes, as hex.
        recorded_on: The day the recording or file says it is from, when it says so.
    """

    path: Path
    kind: MediaKind
    name: str
    size: int
    sha256: str
    recorded_on: date | None


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """What one person said at a stretch; times in seconds from the start, None where the transcript has none."""

    speaker: str | None
    text: str
    start: float | None
    end: float | None


FetchProgress = Callable[[int, int | None], Awaitable[None]]
"""Called with the bytes so far, and how many there will be when that is known."""


class Fetcher(Protocol):
    """Gets recordings: the only door to the outside."""

    async def look(self, recording: Recording, passcode: str | None = None) -> Preview:
        """Look at a recording with one small request; never raises for what keeps it from us.

        Raises:
            Unavailable: The other side did not answer; trying again can help.
        """

    async def fetch(
        self, recording: Recording, folder: Path, progress: FetchProgress, passcode: str | None = None
    ) -> Fetched:
        """Bring a recording into `folder` (made when missing): its transcript, else its sound, else its picture.

        Args:
            recording: What was shared.
            folder: Where to.
            progress: Told how far it is.
            passcode: What opens it, when somebody gave one; it is used and forgotten.

        Raises:
            NeedsPerson: It cannot be had, or is none; the error says what to do.
            Unavailable: The other side did not answer; trying again can help.
        """

    async def read_transcript(self, path: Path) -> tuple[TranscriptLine, ...]:
        """Read a transcript that was fetched.

        Raises:
            BadInput: It holds no words, or cannot be read.
        """


# ------------------------------------------------------------------------------------------------------- conversations


class EngineState(StrEnum):
    """A job's status in the conversation API; one that is not known counts as in progress."""

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Submission:
    """What a submit answers: the conversation API's two ids."""

    conversation_id: str
    engine_job_id: str


@dataclass(frozen=True, slots=True)
class EngineJob:
    """How far the understanding is.

    Attributes:
        state: The API's status.
        progress: 0 to 1, when the server says so (ours does; the published API has no such field).
        seconds: The recording's length, when the server says so (likewise).
        reason: Why it failed, in plain words, when the server says so (likewise), else empty.
        bad_input: Whether the recording itself is the reason (our server's `statusCode` 400; likewise).
    """

    state: EngineState
    progress: float | None = None
    seconds: float | None = None
    reason: str = ""
    bad_input: bool = False


@dataclass(frozen=True, slots=True)
class SubmitOptions:
    """What the bot asks of an engine.

    Attributes:
        name: What to call the conversation.
        started_at: When it began; aware.
        language: BCP-47; None to listen for it.
        speakers: How many people speak in a recording; None when nobody said.
        webhook_url: Where to call when there is news.
    """

    name: str
    started_at: datetime
    language: str | None = None
    speakers: int | None = None
    webhook_url: str | None = None


class Conversations(Protocol):
    """A server of the conversation API.

    Every method raises `Unavailable` when it cannot be reached, and `Failed` when it refuses for good.
    """

    async def submit_media(self, path: Path, kind: MediaKind, options: SubmitOptions) -> Submission:
        """Send a recording's bytes.

        Raises:
            Busy: The server has too many jobs; this one was not created.
            BadInput: The server takes no such file or parameter.
        """

    async def submit_transcript(self, lines: Sequence[TranscriptLine], options: SubmitOptions) -> Submission:
        """Send what was said; raises as `submit_media`."""

    async def job(self, engine_job_id: str) -> EngineJob:
        """Return how far it is."""

    async def read(self, conversation_id: str) -> Conversation:
        """Return everything that was understood."""

    async def forget(self, conversation_id: str) -> None:
        """Delete the conversation; one that is gone already is no error."""


# -------------------------------------------------------------------------------------------------------------- people


class Messenger(Protocol):
    """Speaks in Slack: notes become messages there.

    Every method raises `Unavailable` (with `after` when Slack said how long) for what trying again can help,
    `NotInChannel` when the bot may not post there, and `Failed` otherwise.
    """

    async def post(self, place: Place, note: Note, post_id: str) -> str:
        """Post a message that carries `post_id`, at the channel's pace, and return its ts."""

    async def find(self, place: Place, post_id: str, since: datetime) -> str | None:
        """Return the ts of the message that carries `post_id`, if it came since then: asked once after a crash."""

    async def edit(self, channel: str, ts: str, note: Note) -> None:
        """Show a message's new state."""

    async def whisper(self, place: Place, user: str, note: Note) -> None:
        """Show something to one person only, in a channel."""

    async def tell(self, user: str, note: Note) -> None:
        """Send one person a direct message."""

    async def react(self, channel: str, ts: str, emoji: str) -> None:
        """Add a reaction; one that is there already is no error."""

    async def link(self, channel: str, ts: str) -> str | None:
        """Return a link to a message, or None when Slack has none."""

    async def may_read(self, user: str, channel: str) -> bool:
        """Say whether somebody reads a channel, or can; False when that cannot be told. Never raises."""


class Uploads(Protocol):
    """Knows of the files that people upload in Slack."""

    async def share_of(self, file: SharedFile) -> Share | None:
        """Return what somebody shared with this file; None when it is no recording, or was seen in its message.

        Raises:
            Unavailable: Slack did not answer; trying again can help.
        """


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything that the flows are given.

    Attributes:
        data_dir: Where fetched recordings are kept until their thread is posted.
        webhook_url: Makes the unguessable address that a server may call about a job of ours; None when nothing
            outside can reach us.
        patience: How long an outside that does not answer is waited for before somebody is asked.
        uploads: What is known of files; None where nobody can upload any.
        passcodes: What people gave to open recordings with; in memory only.
    """

    store: Store
    fetcher: Fetcher
    conversations: Conversations
    messenger: Messenger
    clock: Clock
    data_dir: Path
    webhook_url: Callable[[str], str] | None = None
    patience: timedelta = timedelta(minutes=15)
    uploads: Uploads | None = None
    passcodes: Passcodes = field(default_factory=Passcodes)
