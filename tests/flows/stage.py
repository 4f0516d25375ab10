"""A stage for the flows: the real store and queue, and an outside that does what a test tells it to.

The outside (`Outside`) is as strict as the real one where it matters: nothing is posted twice under one id unnoticed,
only a message that exists can be edited, and a conversation can be read only once its job is complete.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.domain.conversation import ActionItem, Conversation, Evidence, FollowUp, KeyMoment, Message, Topic
from bot.domain.jobs import Job, JobState
from bot.domain.posts import Note, Place, Post
from bot.domain.recordings import MediaKind, Recording, RecordingKind, Share
from bot.errors import Failed, NoAccess, Obstacle
from bot.flows.handlers import gave_up, handlers
from bot.ports import (
    EngineJob,
    EngineState,
    Fetched,
    FetchProgress,
    Ports,
    Preview,
    Submission,
    SubmitOptions,
    TranscriptLine,
)
from bot.queues.embedded import EmbeddedQueue
from bot.store.migrations import migrate
from bot.store.sqlite import open_database
from bot.store.store import SqlStore

ROOT = Path(__file__).parents[2] / "bot"
CHANNEL = "C1"
ANA, BO = "UANA", "UBO"


class QuickClock:
    """Runs a thousand times as fast as the wall's: what waits for seconds waits for milliseconds here."""

    def __init__(self, speed: float = 1000.0) -> None:
        self._began = datetime.now(UTC)
        self._speed = speed

    def now(self) -> datetime:
        return self._began + (datetime.now(UTC) - self._began) * self._speed


@dataclass
class Outside:
    """The recording's site, the conversation server and Slack, as one test has them.

    Attributes:
        troubles: What to raise, by the method's name, one a call until it is used up.
        troubles_after: What to raise once, by the method's name, after so many calls that went well.
        engine_jobs: What the conversation server answers about its job, one a look; then complete.
        sent: Every message that Slack has, by ts.
        ids: The post ids that came with them.
        whispers: What was shown to one person, and to whom.
        told: Direct messages.
        calls: The names of the methods, as they were called.
        passcodes: What recordings were looked at and fetched with.
        previews: What a look answers, one a look; then what can be had. An exception is raised.
        opens: The passcode that every recording asks for; None when they ask for none.
        readers: Who may read which channel, besides those they share in.
        bytes_of: The SHA-256 of the bytes behind a link; another for each that is not named.
    """

    folder: Path
    troubles: dict[str, list[Exception]] = field(default_factory=dict)
    troubles_after: dict[str, tuple[int, Exception]] = field(default_factory=dict)
    engine_jobs: list[EngineJob] = field(default_factory=list)
    conversation: Conversation | None = None
    sent: dict[str, Note] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    whispers: list[tuple[str, Note]] = field(default_factory=list)
    told: list[tuple[str, Note]] = field(default_factory=list)
    reactions: list[tuple[str, str]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    options: SubmitOptions | None = None
    swallow_answers: int = 0
    passcodes: list[str | None] = field(default_factory=list)
    previews: list[Preview | Exception] = field(default_factory=list)
    opens: str | None = None
    readers: set[tuple[str, str]] = field(default_factory=set)
    bytes_of: dict[str, str] = field(default_factory=dict)

    def _called(self, name: str) -> None:
        self.calls.append(name)
        planned = self.troubles_after.get(name)
        if planned is not None and self.calls.count(name) == planned[0] + 1:
            raise planned[1]
        if self.troubles.get(name):
            raise self.troubles[name].pop(0)

    async def look(self, recording: Recording, passcode: str | None = None) -> Preview:
        self._called("look")
        self.passcodes.append(passcode)
        told = self.previews.pop(0) if self.previews else Preview("Zoom recording", recording.name)
        if isinstance(told, Exception):
            raise told
        return replace(told, **closed(passcode)) if self.opens not in {None, passcode} else told

    async def fetch(
        self, recording: Recording, folder: Path, progress: FetchProgress, passcode: str | None = None
    ) -> Fetched:
        self.passcodes.append(passcode)
        self._called("fetch")
        if self.opens not in {None, passcode}:
            shut = closed(passcode)
            raise NoAccess(str(shut["what"]), str(shut["cure"]), obstacle=Obstacle.PASSCODE)
        folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - one folder, in a test
        path = folder / "meeting.vtt"
        path.write_text("WEBVTT", encoding="utf-8")
        await progress(6, 6)
        return Fetched(path, MediaKind.TRANSCRIPT, recording.name, 6, self._bytes_of(recording), date(2026, 3, 4))

    def _bytes_of(self, recording: Recording) -> str:
        return self.bytes_of.get(recording.location, sha256(recording.location.encode()).hexdigest())

    async def read_transcript(self, path: Path) -> tuple[TranscriptLine, ...]:
        assert path.is_file()  # noqa: ASYNC240 - one look, in a test
        return (TranscriptLine("Mei", "I'll book the studio by Friday.", 1.0, 3.0),)

    async def submit_media(self, path: Path, kind: MediaKind, options: SubmitOptions) -> Submission:
        raise AssertionError((path, kind, options))

    async def submit_transcript(self, lines: Sequence[TranscriptLine], options: SubmitOptions) -> Submission:
        self._called("submit")
        assert lines
        self.options = options
        return Submission("5815170693595136", "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d")

    async def job(self, engine_job_id: str) -> EngineJob:
        assert engine_job_id
        self._called("job")
        return self.engine_jobs.pop(0) if self.engine_jobs else EngineJob(EngineState.COMPLETED, 1.0)

    async def read(self, conversation_id: str) -> Conversation:
        self._called("read")
        return self.conversation or a_conversation(conversation_id)

    async def forget(self, conversation_id: str) -> None:
        raise AssertionError(conversation_id)

    async def post(self, place: Place, note: Note, post_id: str) -> str:
        self._called("post")
        ts = f"{len(self.sent) + 1}.000001"
        self.sent[ts], self.places[ts] = note, place
        self.ids.append(post_id)
        if self.swallow_answers:
            self.swallow_answers -= 1
            raise OSError("the connection broke after Slack had taken the message")
        return ts

    async def find(self, place: Place, post_id: str, since: datetime) -> str | None:
        assert since <= datetime.now(UTC) + timedelta(days=365)
        self.calls.append("find")
        if post_id not in self.ids:
            return None
        ts = f"{self.ids.index(post_id) + 1}.000001"
        return ts if self.places[ts] == place else None

    async def edit(self, channel: str, ts: str, note: Note) -> None:
        self._called("edit")
        if ts not in self.sent:
            raise Failed(f"There is no message {channel}/{ts}.")
        self.sent[ts] = note

    async def whisper(self, place: Place, user: str, note: Note) -> None:
        self._called("whisper")
        assert place.channel
        self.whispers.append((user, note))

    async def tell(self, user: str, note: Note) -> None:
        self.told.append((user, note))

    async def react(self, channel: str, ts: str, emoji: str) -> None:
        self._called("react")
        assert channel
        self.reactions.append((ts, emoji))

    async def link(self, channel: str, ts: str) -> str | None:
        return f"https://example.slack.test/{channel}/{ts}"

    async def may_read(self, user: str, channel: str) -> bool:
        self.calls.append("may_read")
        return (user, channel) in self.readers


def closed(passcode: str | None) -> dict[str, Any]:
    """What a source says of a recording that a passcode opens, and that was not given the right one."""
    what = "That passcode did not open it." if passcode else "This recording asks for a passcode."
    return {"obstacle": Obstacle.PASSCODE, "what": what, "cure": "Enter the passcode that its host has."}


def a_conversation(conversation_id: str = "5815170693595136", items: int = 2) -> Conversation:
    """A conversation of Mei's with `items` action items and one follow-up."""
    evidence = Evidence("I'll book the studio by Friday.", "Mei", 1.0)
    return Conversation(
        id=conversation_id,
        title="Planning",
        started_at=datetime(2026, 3, 4, tzinfo=UTC),
        seconds=120.0,
        language="en",
        speakers=("Mei",),
        messages=(Message("1", "Mei", 1.0, 2.0, "I'll book the studio by Friday."),),
        summary=(),
        key_moments=(KeyMoment(evidence, "commitment"),),
        topics=(Topic("studio", 0.8),),
        action_items=tuple(
            ActionItem(f"Book studio {place}", evidence, "Mei", date(2026, 3, 6), 0.9) for place in range(items)
        ),
        follow_ups=(FollowUp("Call the printer", evidence, None, None, 0.7),),
        questions=(),
    )


@dataclass
class Stage:
    """What a test holds."""

    ports: Ports
    outside: Outside
    queue: EmbeddedQueue

    async def job(self, job_id: str) -> Job:
        async with self.ports.store.look() as work:
            job = await work.job(job_id)
        assert job is not None
        return job

    async def posts(self, job_id: str) -> list[Post]:
        async with self.ports.store.look() as work:
            return await work.posts_of_job(job_id)

    async def only_job(self) -> Job:
        async with self.ports.store.look() as work:
            (job,) = await work.jobs_in(list(JobState))
        return job


@asynccontextmanager
async def open_stage(
    folder: Path, outside: Outside, *, running: bool = True, clock: QuickClock | None = None
) -> AsyncIterator[Stage]:
    """Open the flows on a store in `folder`: what was there before goes on, as after a restart.

    A clock of a test's own goes on across restarts; otherwise each opening begins at the wall's time.
    """
    clock = clock or QuickClock()
    async with open_database(folder / "bot.db") as database:
        for part in ("store", "queues"):
            await migrate(database, ROOT / part / "migrations")
        queue = EmbeddedQueue(database, clock, grace=0.1)
        ports = Ports(SqlStore(database, queue, clock), outside, outside, outside, clock, folder)
        waking = asyncio.create_task(_waking(queue))
        if running:
            await queue.start(handlers(ports), gave_up(ports))
        try:
            yield Stage(ports, outside, queue)
        finally:
            waking.cancel()
            await queue.stop()


async def _waking(queue: EmbeddedQueue) -> None:
    """Have the queue look all the time: its timer goes by the wall's clock, and what is due by the quick one."""
    while True:
        queue.wake()
        await asyncio.sleep(0.01)


def a_share(location: str = "https://files.example.test/planning.vtt", **changes: object) -> Share:
    """A command's share of a transcript."""
    recording = Recording(RecordingKind.LINK, location, "planning.vtt")
    share = Share("T1", CHANNEL, ANA, recording, "command")
    return replace(share, **changes)  # type: ignore[arg-type]  # the tests name real fields


async def until(told: Callable[[], Awaitable[bool]]) -> None:
    """Wait until `told` answers yes; the test's own time limit ends it otherwise."""
    while not await told():  # noqa: ASYNC110 - what is waited for is a row in a database
        await asyncio.sleep(0.005)


async def until_state(stage: Stage, job_id: str, state: JobState) -> Job:
    """Wait until the job is in `state`, and return it."""

    async def told() -> bool:
        return (await stage.job(job_id)).state is state

    await until(told)
    return await stage.job(job_id)
