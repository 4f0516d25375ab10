"""Runs a job: from what was sent to messages, from messages to insights; safe to be run again at any point."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace

from bot.engine.ids import numeric_id
from bot.engine.insight_lane import Reader
from bot.engine.insights.people import is_named
from bot.engine.jobs import Jobs
from bot.engine.lanes import WorkerDied
from bot.engine.parameters import read_parameters
from bot.engine.people import People
from bot.engine.plain import from_plain
from bot.engine.recordings import HEARD, Gone, Recordings, Source
from bot.engine.records import Message
from bot.engine.speakers.introductions import introductions
from bot.engine.storage import Storage
from bot.engine.stored import Conversation, Job, Status
from bot.engine.typed import Entry, Sentence, sentences
from bot.errors import BadInput, FollowthroughError, NeedsPerson, Unavailable
from bot.log import traced
from bot.metrics import Metrics
from bot.ports import Database, Json, Task

log = logging.getLogger(__name__)

NO_WORDS = "No speech was found in this recording."
NO_WORDS_CURE = "Check that it has sound and that somebody speaks in it."
BROKE_DOWN = "The engine broke down over this, twice: it may lack memory. Try a shorter recording."
MISTAKE = "The engine made a mistake while it worked on this. Its log tells more; please report it."


class Runner:
    """Runs jobs; several at once, as the queue gives them."""

    def __init__(
        self, database: Database, jobs: Jobs, recordings: Recordings, reader: Reader, metrics: Metrics
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._recordings = recordings
        self._reader = reader
        self._metrics = metrics
        self._running: dict[str, asyncio.Task[None]] = {}
        self._stopping = False

    async def run(self, payload: Mapping[str, Json]) -> None:
        """Run a job to its end; one that has ended, or is gone, is left as it is."""
        if self._stopping:
            raise _stopping()
        job_id = str(payload["job"])
        async with self._database.reading() as tx:
            job = await Storage(tx).job(job_id)
            source = await Storage(tx).source(job_id)
        if job is None or job.status.ended:
            return
        with traced(job_id):
            work = asyncio.create_task(self._work(job, source), name=f"job {job_id}")
        self._running[job_id] = work
        try:
            await work
        except asyncio.CancelledError:
            if self._stopping:
                raise _stopping() from None
            if not await self._is_gone(job_id):
                raise
        finally:
            del self._running[job_id]

    async def gave_up(self, task: Task, error: Exception) -> None:
        """End a job that the queue will not run again."""
        async with self._database.transaction() as tx:
            job = await Storage(tx).job(str(task.payload.get("job")))
            if job is None or job.status.ended:
                return
            said = str(error) if isinstance(error, FollowthroughError) else MISTAKE
            await self._jobs.move(tx, job, Status.FAILED, said)
        await asyncio.to_thread(self._recordings.clear, job.id)

    async def cancel(self, job_ids: list[str]) -> None:
        """End what runs for jobs that were deleted, and delete their files."""
        await _cancelled([self._running[job_id] for job_id in job_ids if job_id in self._running])
        for job_id in job_ids:
            await asyncio.to_thread(self._recordings.clear, job_id)

    async def stop(self) -> None:
        """End what runs; it runs again after the next start."""
        self._stopping = True
        await _cancelled(list(self._running.values()))

    async def refresh(self, conversation_id: str) -> None:
        """Understand a conversation anew: its speakers or what is asked of it have changed."""
        try:
            conversation, messages = await self._messages(conversation_id)
            found = await self._reader.insights_of(conversation, messages)
        except Gone:
            return
        except WorkerDied as error:
            raise Unavailable("The engine broke down over this.", "Try again.") from error
        async with self._database.transaction() as tx:
            await Storage(tx).save_insights(conversation_id, found)

    async def _begin(self, job: Job) -> Job:
        """Return a job that is `in_progress` now; an interrupted run has left its progress, and what it had stored."""
        if job.status is Status.SCHEDULED:
            async with self._database.transaction() as tx:
                if not await self._jobs.move(tx, job, Status.IN_PROGRESS):
                    raise Gone
        return replace(job, status=Status.IN_PROGRESS)

    async def _work(self, job: Job, source: Source) -> None:
        """Do everything, and end the job in one way or the other."""
        try:
            if source["kind"] == "text":
                job = await self._begin(job)
                await self._read(job, source, *await self._place(job, source))
            else:
                # before its turn: a slow server of one caller must not keep the recordings of others waiting
                await self._recordings.fetch(job, source)
                # a recording that waits for its turn is still scheduled, and says so
                async with self._recordings.turn:
                    job = await self._begin(job)
                    await self._recordings.hear(job, source, *await self._place(job, source))
            await self._understand(job)
        except Gone:
            log.info("A job's conversation was deleted while it ran")
        except FollowthroughError as error:
            await self._fail(job, str(error), bad_input=isinstance(error, NeedsPerson))
        except WorkerDied:
            log.exception("Workers died over a job")
            await self._fail(job, BROKE_DOWN)
        except Exception:
            log.exception("A job broke")
            await self._fail(job, MISTAKE)
        await asyncio.to_thread(self._recordings.clear, job.id)

    async def _place(self, job: Job, source: Source) -> tuple[Conversation, float]:
        """Return a job's conversation, and when its part begins: seconds from the start of it."""
        async with self._database.reading() as tx:
            storage = Storage(tx)
            conversation = await storage.conversation(job.conversation_id)
            if conversation is None:
                raise Gone
            last = await storage.last_end(conversation.id)
        started_at = read_parameters(source["parameters"]).started_at if source["starts"] else None
        if started_at is None:
            return conversation, last
        return conversation, max(0.0, (started_at - conversation.started_at).total_seconds())

    async def _read(self, job: Job, source: Source, conversation: Conversation, at: float) -> None:
        """Store the sentences of a typed conversation."""
        if job.progress >= HEARD:
            return

        def cut() -> list[Sentence]:
            entries = from_plain(tuple[Entry, ...], source["entries"])
            return [sentence for said in sentences(entries, conversation.started_at, at) for sentence in said]

        said = await asyncio.to_thread(cut)
        async with self._database.transaction() as tx:
            storage = Storage(tx)
            people = People(storage, conversation.id, await storage.roster(conversation.id))
            messages: list[Message] = []
            for sentence in said:
                speaker = await people.named(sentence.name, sentence.email)
                messages.append(Message(numeric_id(), sentence.text, speaker, sentence.start, sentence.end))
            await storage.add_messages(conversation.id, job.id, messages)
            await storage.advance_job(job.id, HEARD, None)

    async def _understand(self, job: Job) -> None:
        """Store what is understood of the whole conversation, and complete the job with it."""
        await self._name(job.conversation_id)
        conversation, messages = await self._messages(job.conversation_id)
        if not messages:
            raise BadInput(NO_WORDS, NO_WORDS_CURE)
        with self._metrics.spent("understanding"):
            found = await self._reader.insights_of(conversation, messages)
        async with self._database.transaction() as tx:
            if not await self._jobs.move(tx, job, Status.COMPLETED):
                raise Gone
            await Storage(tx).save_insights(conversation.id, found)

    async def _name(self, conversation_id: str) -> None:
        """Give those whom the source does not name the names that they gave themselves."""
        _, messages = await self._messages(conversation_id)
        found = await asyncio.to_thread(introductions, messages)
        async with self._database.transaction() as tx:
            roster = await Storage(tx).roster(conversation_id)
            for each in found:
                member = roster.by_id.get(each.person_id)
                if member is not None and not is_named(roster.person(member.id)):  # nobody else was faster
                    await Storage(tx).change_member(replace(member, name=each.name, named_in=each.message_id))

    async def _messages(self, conversation_id: str) -> tuple[Conversation, list[Message]]:
        async with self._database.reading() as tx:
            storage = Storage(tx)
            conversation = await storage.conversation(conversation_id)
            if conversation is None:
                raise Gone
            return conversation, await storage.messages(conversation_id, await storage.roster(conversation_id))

    async def _fail(self, job: Job, message: str, *, bad_input: bool = False) -> None:
        log.warning("A job failed", extra={"reason": message})
        async with self._database.transaction() as tx:
            await self._jobs.move(tx, job, Status.FAILED, message, bad_input=bad_input)

    async def _is_gone(self, job_id: str) -> bool:
        async with self._database.reading() as tx:
            return await Storage(tx).job(job_id) is None


def _stopping() -> Unavailable:
    return Unavailable("The engine is stopping.", after=0)


async def _cancelled(works: list[asyncio.Task[None]]) -> None:
    """Cancel tasks, and wait until they have let go of everything."""
    for work in works:
        work.cancel()
    if works:
        await asyncio.wait(works)
