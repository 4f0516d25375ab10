"""Recordings become messages: fetched when only their address is known, decoded, and heard in a worker process."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.engine.lanes import Lane, Told, WorkerDied
from bot.engine.media import decode
from bot.engine.parameters import read_parameters
from bot.engine.plain import from_plain
from bot.engine.records import Message
from bot.engine.storage import Storage
from bot.engine.stored import Conversation, Job
from bot.errors import BadInput, Failed, Unavailable
from bot.ports import Database

log = logging.getLogger(__name__)

Download = Callable[[str, Path], Awaitable[None]]
"""Fetches an address into a file. It refuses with `NeedsPerson` what nobody may reach; `Unavailable` is tried again."""

Source = Mapping[str, Any]
"""What was sent with a job: entries, a file or an address, and the parameters."""

DOWNLOAD_WAITS_SECONDS = (2.0, 10.0, 30.0)
ATTEMPTS = 2

DECODED = 0.03
HEARD = 0.95
"""Progress after decoding and after recognition: what is left are insights, which take seconds."""

VISIBLE = 0.01
"""A step of progress that is worth a commit."""


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    """How recordings are heard: the longest that is taken, where the model is, and how many at once."""

    longest_seconds: float
    model_path: Path | None
    model_cache: Path
    at_once: int


class Gone(Exception):
    """The job or its conversation was deleted while it ran."""


class Recordings:
    """Hears recordings, and keeps their files while they are needed.

    Args:
        database: Where messages go as they are heard.
        speech: Worker processes that recognise speech.
        folder: Where files are; each begins with its job's id.
        settings: How recordings are heard.
        download: Fetches addresses.

    Attributes:
        turn: Held by a job while its recording is heard.
    """

    def __init__(
        self, database: Database, speech: Lane, folder: Path, settings: SpeechSettings, download: Download | None
    ) -> None:
        self._database = database
        self._speech = speech
        self._folder = folder
        self._settings = settings
        self._download = download
        self.turn = asyncio.Semaphore(settings.at_once)

    async def hear(self, job: Job, source: Source, conversation: Conversation, at: float) -> None:
        """Store what is said in a job's recording, as it is recognised.

        Args:
            job: A running job.
            source: What was sent with it.
            conversation: Its conversation.
            at: Seconds from the conversation's start at which the recording begins.

        Raises:
            NeedsPerson: It cannot be had, or is none.
            Unavailable: It could not be fetched, or the machine is too busy.
            Failed: It could not be decoded or recognised.
            WorkerDied: Twice.
            Gone: The job was deleted meanwhile.
        """
        pcm = self._folder / f"{job.id}.pcm"
        media = await decode(await self._file(job, source), pcm, limit_seconds=self._settings.longest_seconds)
        done = DECODED
        await self._advance(job, done, media.seconds)

        async def told(event: Mapping[str, Any]) -> None:
            nonlocal done
            now = DECODED + (HEARD - DECODED) * event["progress"] if "progress" in event else done
            found = from_plain(tuple[Message, ...], event.get("messages", ()))
            if found or now - done >= VISIBLE:
                done = max(done, now)
                await self._advance(job, done, None, _moved(found, at))

        heard = await self._twice(job, self._request(source, pcm), told)
        async with self._database.transaction() as tx:
            storage = Storage(tx)
            latest = await storage.conversation(conversation.id)
            if latest and heard["language"]:
                await storage.change_conversation(replace(latest, language=heard["language"]))

    def clear(self, job_id: str) -> None:
        """Delete what a job has on disk."""
        for path in self._folder.glob(f"{job_id}.*"):
            path.unlink(missing_ok=True)

    def sweep(self, unfinished: set[str]) -> None:
        """Make the folder, and delete what a crash left in it; the files of unfinished jobs are still needed."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in self._folder.iterdir():
            if path.is_file() and path.name.partition(".")[0] not in unfinished:
                path.unlink(missing_ok=True)

    def _request(self, source: Source, pcm: Path) -> dict[str, Any]:
        asked = read_parameters(source["parameters"])
        return {
            "pcm": str(pcm),
            "language": asked.language,
            "vocabulary": asked.vocabulary,
            "model_path": str(self._settings.model_path) if self._settings.model_path else None,
            "model_cache": str(self._settings.model_cache),
        }

    async def _twice(self, job: Job, request: Mapping[str, Any], told: Told) -> Mapping[str, Any]:
        """Have the recording recognised; when a worker dies over it, once more from the start."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                heard: Mapping[str, Any] = await self._speech.ask(request, told)
            except WorkerDied:
                if attempt == ATTEMPTS:
                    raise
                log.warning("A worker died over a recording; it is heard again")
                async with self._database.transaction() as tx:
                    await Storage(tx).drop_messages(job.id)
            else:
                return heard
        raise AssertionError("unreachable")

    async def _file(self, job: Job, source: Source) -> Path:
        """Return the recording's bytes, fetched first when only their address is known."""
        if "file" in source:
            file = self._folder / str(source["file"])
            if not await asyncio.to_thread(file.exists):
                raise Failed("The recording's bytes are gone from the engine's disk.", "Send it again.")
            return file
        if self._download is None:
            raise BadInput("This engine takes no addresses.", "Send the recording's bytes instead.")
        target = self._folder / f"{job.id}.media"
        for wait in (*DOWNLOAD_WAITS_SECONDS, None):
            await asyncio.to_thread(target.unlink, missing_ok=True)
            try:
                await self._download(source["url"], target)
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
        """Store how far a job is, with what was heard since."""
        async with self._database.transaction() as tx:
            storage = Storage(tx)
            if not await storage.advance_job(job.id, round(progress, 3), seconds):
                raise Gone
            if messages:
                await storage.add_messages(job.conversation_id, job.id, messages)


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
