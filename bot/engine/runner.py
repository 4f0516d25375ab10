"""Runs a job: from what was sent to messages, from messages to insights; safe to be run again at any point."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.engine.ids import numeric_id, unique_id
from bot.engine.insight_lane import insights_of
from bot.engine.jobs import Jobs
from bot.engine.lanes import Lane, WorkerDied
from bot.engine.media import decode
from bot.engine.parameters import read_parameters
from bot.engine.plain import from_plain
from bot.engine.records import Message, Person
from bot.engine.storage import Conversation, Job, Member, Roster, Status, Storage
from bot.engine.typed import Entry, sentences
from bot.errors import BadInput, Failed, FollowthroughError, NeedsPerson, Unavailable
from bot.ports import Database, Json, Task

log = logging.getLogger(__name__)

Download = Callable[[str, Path], Awaitable[None]]
"""Fetches an address into a file. It refuses with `NeedsPerson` what nobody may reach; `Unavailable` is tried again."""

DOWNLOAD_WAITS_SECONDS = (2.0, 10.0, 30.0)
SPEECH_ATTEMPTS = 2

DECODED = 0.03
HEARD = 0.95
"""Progress after decoding and after recognition: what is left are insights, which take seconds."""

NO_WORDS = "No speech was found in this recording."
NO_WORDS_CURE = "Check that it has sound and that somebody speaks in it."
MISTAKE = "The engine made a mistake while it worked on this. Its log tells more; please report it."


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    """How recordings are heard: the longest that is taken, and where the model is."""

    longest_seconds: float
    model_path: Path | None
    model_cache: Path


class Gone(Exception):
    """The job or its conversation was deleted while it ran."""


class Runner:
    """Runs jobs; several at once, as the queue gives them."""

    def __init__(
        self,
        database: Database,
        jobs: Jobs,
        folder: Path,
        *,
        speech: Lane,
        insights: Lane,
        settings: SpeechSettings,
        download: Download | None,
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._folder = folder
        self._speech = speech
        self._insights = insights
        self._settings = settings
        self._download = download
        self._running: dict[str, asyncio.Task[None]] = {}
        self._stopping = False

    async def run(self, payload: Mapping[str, Json]) -> None:
        """Run a job to its end; one that has ended, or is gone, is left as it is."""
        if self._stopping:
            raise Unavailable("The engine is stopping.", after=0)
        job_id = str(payload["job"])
        job = await self._begin(job_id)
        if job is None:
            return
        work = asyncio.create_task(self._work(job), name=f"job {job_id}")
        self._running[job_id] = work
        try:
            await work
        except asyncio.CancelledError:
            if self._stopping:
                raise Unavailable("The engine is stopping.", after=0) from None
            if not await self._is_gone(job_id):
                raise
        finally:
            del self._running[job_id]

    async def gave_up(self, task: Task, error: Exception) -> None:
        """End a job that the queue will not run again."""
        async with self._database.transaction() as tx:
            job = await Storage(tx).job(str(task.payload.get("job")))
            if job and not job.status.ended:
                said = str(error) if isinstance(error, FollowthroughError) else MISTAKE
                await self._jobs.move(tx, job, Status.FAILED, said)
        if job:
            self._clear(job.id)

    async def cancel(self, job_ids: list[str]) -> None:
        """End what runs for jobs that were deleted."""
        works = [self._running[job_id] for job_id in job_ids if job_id in self._running]
        for work in works:
            work.cancel()
        if works:
            await asyncio.wait(works)
        for job_id in job_ids:
            self._clear(job_id)

    async def stop(self) -> None:
        """End what runs; it runs again after the next start."""
        self._stopping = True
        works = list(self._running.values())
        for work in works:
            work.cancel()
        if works:
            await asyncio.wait(works)

    async def refresh(self, conversation_id: str) -> None:
        """Understand a conversation anew: its speakers or what is asked of it have changed."""
        async with self._database.reading() as tx:
            storage = Storage(tx)
            conversation = await storage.conversation(conversation_id)
            if conversation is None:
                return
            messages = await storage.messages(conversation_id, await storage.roster(conversation_id))
        found = await insights_of(self._insights, conversation, messages)
        async with self._database.transaction() as tx:
            await Storage(tx).save_insights(conversation_id, found)

    # -------------------------------------------------------------------------------------------------------- a job

    async def _begin(self, job_id: str) -> Job | None:
        """Return a job that is to be run, `in_progress` now, and without what an interrupted run had found."""
        async with self._database.transaction() as tx:
            storage = Storage(tx)
            job = await storage.job(job_id)
            if job is None or job.status.ended:
                return None
            if job.status is Status.SCHEDULED:
                await self._jobs.move(tx, job, Status.IN_PROGRESS)
            else:
                await storage.drop_messages(job_id)
                await storage.advance_job(job_id, 0.0, None)
        return replace(job, status=Status.IN_PROGRESS, progress=0.0)

    async def _work(self, job: Job) -> None:
        """Do everything, and end the job in one way or the other."""
        try:
            if job.source["kind"] == "text":
                await self._read(job)
            else:
                await self._hear(job)
            await self._understand(job)
        except Gone:
            log.info("A job's conversation was deleted while it ran", extra={"job": job.id})
        except FollowthroughError as error:
            await self._fail(job, str(error), bad_input=isinstance(error, NeedsPerson))
        except WorkerDied as error:
            log.exception("Workers died over a job", extra={"job": job.id, "error": str(error)})
            await self._fail(
                job, "The engine ran out of memory or broke down over this, twice. Try a shorter recording."
            )
        except Exception:
            log.exception("A job broke", extra={"job": job.id})
            await self._fail(job, MISTAKE)
        self._clear(job.id)

    async def _fail(self, job: Job, message: str, *, bad_input: bool = False) -> None:
        log.warning("A job failed", extra={"job": job.id, "reason": message})
        async with self._database.transaction() as tx:
            await self._jobs.move(tx, job, Status.FAILED, message, bad_input=bad_input)

    def _clear(self, job_id: str) -> None:
        """Delete what a job had on disk."""
        for path in self._folder.glob(f"{job_id}*"):
            path.unlink(missing_ok=True)

    async def _is_gone(self, job_id: str) -> bool:
        async with self._database.reading() as tx:
            return await Storage(tx).job(job_id) is None

    # --------------------------------------------------------------------------------------------- typed conversations

    async def _read(self, job: Job) -> None:
        """Store the sentences of a text submit."""
        conversation, at = await self._place(job)
        entries = from_plain(tuple[Entry, ...], job.source["entries"])
        async with self._database.transaction() as tx:
            storage = Storage(tx)
            people = _People(storage, conversation.id, await storage.roster(conversation.id))
            messages: list[Message] = []
            for said in sentences(entries, conversation.started_at, at):
                for sentence in said:
                    speaker = await people.named(sentence.name, sentence.email)
                    messages.append(Message(numeric_id(), sentence.text, speaker, sentence.start, sentence.end))
                await asyncio.sleep(0)
            await storage.add_messages(conversation.id, job.id, messages)
            await storage.advance_job(job.id, HEARD, None)

    # ------------------------------------------------------------------------------------------------------ recordings

    async def _hear(self, job: Job) -> None:
        """Store what is said in a recording, as it is recognised."""
        conversation, at = await self._place(job)
        pcm = self._folder / f"{job.id}.pcm"
        media = await decode(await self._file(job), pcm, limit_seconds=self._settings.longest_seconds)
        await self._advance(job, DECODED, media.seconds)
        asked = read_parameters(job.source["parameters"])
        request = {
            "pcm": str(pcm),
            "language": asked.language,
            "vocabulary": asked.vocabulary,
            "model_path": str(self._settings.model_path) if self._settings.model_path else None,
            "model_cache": str(self._settings.model_cache),
        }

        async def told(event: Mapping[str, Any]) -> None:
            found = from_plain(tuple[Message, ...], event.get("messages", ()))
            await self._advance(job, DECODED + (HEARD - DECODED) * event["progress"], None, _moved(found, at))

        heard = await self._twice(job, request, told)
        async with self._database.transaction() as tx:
            storage = Storage(tx)
            latest = await storage.conversation(conversation.id)
            if latest and heard["language"]:
                await storage.change_conversation(replace(latest, language=heard["language"]))

    async def _twice(
        self, job: Job, request: Mapping[str, Any], told: Callable[[Mapping[str, Any]], Awaitable[None]]
    ) -> Mapping[str, Any]:
        """Have the recording recognised; when a worker dies over it, once more from the start."""
        for attempt in range(1, SPEECH_ATTEMPTS + 1):
            try:
                heard: Mapping[str, Any] = await self._speech.ask(request, told)
            except WorkerDied:
                if attempt == SPEECH_ATTEMPTS:
                    raise
                log.warning("A worker died over a recording; it is heard again", extra={"job": job.id})
                async with self._database.transaction() as tx:
                    await Storage(tx).drop_messages(job.id)
            else:
                return heard
        raise AssertionError("unreachable")

    async def _file(self, job: Job) -> Path:
        """Return the recording's bytes, fetched first when only their address is known."""
        if "file" in job.source:
            file = self._folder / str(job.source["file"])
            if not file.exists():
                raise Failed("The recording's bytes are gone from the engine's disk.", "Send it again.")
            return file
        if self._download is None:
            raise BadInput("This engine takes no addresses.", "Send the recording's bytes instead.")
        target = self._folder / f"{job.id}.media"
        for wait in (*DOWNLOAD_WAITS_SECONDS, None):
            target.unlink(missing_ok=True)
            try:
                await self._download(job.source["url"], target)
            except Unavailable:
                if wait is None:
                    raise
                await asyncio.sleep(wait)
            else:
                break
        return target

    async def _advance(
        self, job: Job, progress: float, seconds: float | None, messages: tuple[Message, ...] = ()
    ) -> None:
        """Store how far a job is, with what was found since."""
        async with self._database.transaction() as tx:
            storage = Storage(tx)
            if not await storage.advance_job(job.id, round(progress, 3), seconds):
                raise Gone
            if messages:
                await storage.add_messages(job.conversation_id, job.id, messages)

    # ---------------------------------------------------------------------------------------------------------- both

    async def _place(self, job: Job) -> tuple[Conversation, float]:
        """Return a job's conversation, and when its part begins: seconds from the start of it."""
        async with self._database.reading() as tx:
            storage = Storage(tx)
            conversation = await storage.conversation(job.conversation_id)
            if conversation is None:
                raise Gone
            last = await storage.last_end(conversation.id)
        started_at = read_parameters(job.source["parameters"]).started_at if job.source["starts"] else None
        if started_at is None:
            return conversation, last
        return conversation, max(0.0, (started_at - conversation.started_at).total_seconds())

    async def _understand(self, job: Job) -> None:
        """Store what is understood of the whole conversation, and complete the job with it."""
        async with self._database.reading() as tx:
            storage = Storage(tx)
            conversation = await storage.conversation(job.conversation_id)
            if conversation is None:
                raise Gone
            messages = await storage.messages(conversation.id, await storage.roster(conversation.id))
        if not messages:
            raise BadInput(NO_WORDS, NO_WORDS_CURE)
        found = await insights_of(self._insights, conversation, messages)
        async with self._database.transaction() as tx:
            if not await self._jobs.move(tx, job, Status.COMPLETED):
                raise Gone
            await Storage(tx).save_insights(conversation.id, found)


class _People:
    """Finds the member that a name and an email mean, and adds those who speak for the first time."""

    def __init__(self, storage: Storage, conversation_id: str, roster: Roster) -> None:
        self._storage = storage
        self._conversation_id = conversation_id
        self._known = {_identity(person.name, person.email): person for person in roster.people}

    async def named(self, name: str | None, email: str | None) -> Person | None:
        if name is None:
            return None
        person = self._known.get(_identity(name, email))
        if person is None:
            person = Person(unique_id(), name, email)
            await self._storage.add_member(self._conversation_id, Member(person.id, name, email))
            self._known[_identity(name, email)] = person
        return person


def _identity(name: str, email: str | None) -> str:
    """Return what makes two speakers the same: their email, or without one their name."""
    return f"<{email.casefold()}>" if email else name.casefold()


def _moved(messages: tuple[Message, ...], seconds: float) -> tuple[Message, ...]:
    """Place what follows earlier words after them."""
    if not seconds:
        return messages
    return tuple(
        replace(
            message,
            start=round(message.start + seconds, 3),
            end=round(message.end + seconds, 3),
            words=tuple(replace(word, start=word.start + seconds, end=word.end + seconds) for word in message.words),
        )
        for message in messages
    )
