"""Jobs: a submit becomes rows and a task in one transaction, and its status follows one way only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.engine.ids import numeric_id, unique_id
from bot.engine.parameters import Parameters, kept
from bot.engine.plain import to_plain
from bot.engine.problems import no_conversation, queue_full, too_many_jobs
from bot.engine.storage import Storage
from bot.engine.stored import Conversation, Job, Status
from bot.engine.typed import Entry
from bot.engine.webhooks import Webhooks
from bot.metrics import Metrics
from bot.ports import Clock, Database, Queue, Task, Transaction

TASK = "understand"

ONLY_FIRST = frozenset({"startTime", "timezoneOffset", "metadata"})
"""What an append says of these is about the appended part, and does not change the conversation."""


@dataclass(frozen=True, slots=True)
class Submit:
    """What somebody sent: entries, or an address, or a file that lies in the engine's folder already.

    Attributes:
        kind: `text`, `audio` or `video`.
        given: The parameters as they were sent.
        parameters: The same, checked.
        entries: For text.
        url: For a recording that is still to be fetched.
        file: For a recording's bytes: the file's name in the engine's folder.
        job_id: UUID v4.
    """

    kind: str
    given: Mapping[str, Any]
    parameters: Parameters
    entries: tuple[Entry, ...] = ()
    url: str | None = None
    file: str | None = None
    job_id: str = field(default_factory=unique_id)


@dataclass(frozen=True, slots=True)
class JobLimits:
    """How many jobs may be scheduled or running at once: of one app, and of all together."""

    per_app: int
    overall: int


class Jobs:
    """Takes submits and moves jobs from status to status."""

    def __init__(
        self,
        database: Database,
        queue: Queue,
        clock: Clock,
        webhooks: Webhooks,
        *,
        limits: JobLimits,
        metrics: Metrics,
    ) -> None:
        self._database = database
        self._queue = queue
        self._clock = clock
        self._webhooks = webhooks
        self._limits = limits
        self._metrics = metrics

    async def check_room(self, app_id: str, conversation_id: str | None) -> None:
        """Refuse early, before an upload is taken in, what would be refused after it.

        Raises:
            Problem: 404 for a conversation that the app does not have, 429 when there are too many jobs.
        """
        async with self._database.reading() as tx:
            storage = Storage(tx)
            if conversation_id:
                await owned(storage, app_id, conversation_id)
            await self._check_limits(storage, app_id)

    async def submit(self, sent: Submit, app_id: str, conversation_id: str | None = None) -> Job:
        """Store a new job, of a new conversation or of the one it is appended to, and have it run.

        Raises:
            Problem: 404 for a conversation that the app does not have, 429 when there are too many jobs; nothing is
                stored then.
        """
        async with self._database.transaction() as tx:
            storage = Storage(tx)
            await self._check_limits(storage, app_id)
            if conversation_id is None:
                conversation = self._opened(sent, app_id)
                await storage.add_conversation(conversation)
            else:
                conversation = await self._appended(storage, sent, await owned(storage, app_id, conversation_id))
            job = self._job(sent, conversation)
            await storage.add_job(job, _source(sent, conversation))
            await self._webhooks.plan(tx, job, Status.SCHEDULED)
            # the jobs of one conversation run one after another
            lock = f"conversation {job.conversation_id}"
            await self._queue.defer(tx, Task(TASK, {"job": job.id}, lock=lock))
        return job

    async def move(
        self, tx: Transaction, job: Job, status: Status, message: str = "", *, bad_input: bool = False
    ) -> bool:
        """Move a job on and tell its webhook; False, and nothing done, when it is no longer where it was."""
        if not await Storage(tx).move_job(job, status, message, bad_input=bad_input):
            return False
        await self._webhooks.plan(tx, job, status)
        if status.ended:
            tx.after_commit(self._metrics.jobs_ended.labels(status.value).inc)
        return True

    async def _check_limits(self, storage: Storage, app_id: str) -> None:
        unfinished = await storage.count_unfinished_jobs()
        if unfinished.get(app_id, 0) >= self._limits.per_app:
            raise too_many_jobs(self._limits.per_app)
        if sum(unfinished.values()) >= self._limits.overall:
            raise queue_full(self._limits.overall)

    def _opened(self, sent: Submit, app_id: str) -> Conversation:
        conversation_id = numeric_id()
        first_said = next((entry.start for entry in sent.entries if entry.start), None)
        return Conversation(
            id=conversation_id,
            app_id=app_id,
            name=sent.parameters.name or conversation_id,
            started_at=sent.parameters.started_at or first_said or self._clock.now(),
            parameters=kept(sent.given),
            metadata=sent.parameters.metadata or {},
            language=sent.parameters.language,
        )

    async def _appended(self, storage: Storage, sent: Submit, before: Conversation) -> Conversation:
        added = {name: value for name, value in kept(sent.given).items() if name not in ONLY_FIRST}
        conversation = Conversation(
            id=before.id,
            app_id=before.app_id,
            name=sent.parameters.name or before.name,
            started_at=before.started_at,
            parameters={**before.parameters, **added},
            metadata={**before.metadata, **(sent.parameters.metadata or {})},
            language=sent.parameters.language or before.language,
        )
        await storage.change_conversation(conversation)
        return conversation

    def _job(self, sent: Submit, conversation: Conversation) -> Job:
        return Job(
            id=sent.job_id,
            conversation_id=conversation.id,
            status=Status.SCHEDULED,
            submitted_at=self._clock.now(),
            webhook_url=sent.parameters.webhook_url,
        )


async def owned(storage: Storage, app_id: str, conversation_id: str) -> Conversation:
    """Return an app's conversation; that of another app is as unknown as one that was never there.

    Raises:
        Problem: 404.
    """
    conversation = await storage.conversation(conversation_id)
    if conversation is None or conversation.app_id != app_id:
        raise no_conversation()
    return conversation


def _source(sent: Submit, conversation: Conversation) -> dict[str, Any]:
    """Return what a job has to know of its submit."""
    source = {
        "kind": sent.kind,
        "entries": to_plain(sent.entries),
        "url": sent.url,
        "file": sent.file,
        # what holds for the conversation, and what this submit alone said of its start
        "parameters": {**conversation.parameters, **kept(sent.given)},
        "starts": "startTime" in kept(sent.given),
    }
    return {name: value for name, value in source.items() if value not in (None, [])}
