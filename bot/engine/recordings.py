"""Recordings become messages: fetched when only their address is known, decoded, and heard in a worker process.

Each step leaves something that the next run of the same job finds: the fetched file, the decoded sound, and in the
database every stretch that was heard, together with where it ends.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.engine.heard import Stretch, channel_voice
from bot.engine.hearings import Hearing, Hearings
from bot.engine.lanes import Lane, WorkerDied
from bot.engine.media import decode, sound_files
from bot.engine.parameters import Parameters, read_parameters
from bot.engine.pcm import seconds
from bot.engine.people import People
from bot.engine.plain import from_plain
from bot.engine.records import Message, Person
from bot.engine.storage import Storage
from bot.engine.stored import Conversation, Job, Roster
from bot.errors import BadInput, Failed, Unavailable
from bot.metrics import Metrics
from bot.ports import Database

log = logging.getLogger(__name__)

Download = Callable[[str, Path], Awaitable[None]]
"""Fetches an address into a file. It refuses with `NeedsPerson` what nobody may reach; `Unavailable` is tried again."""

Source = Mapping[str, Any]
"""What was sent with a job: entries, a file or an address, and the parameters."""

DOWNLOAD_WAITS_SECONDS = (2.0, 10.0, 30.0)
ATTEMPTS = 2

MOST_CHANNELS = 8
"""A recording of more channels, such as that of a mixing desk, is mixed into one."""

DECODED = 0.03
HEARD = 0.95
"""Progress after decoding and after recognition: what is left are insights, which take seconds."""

VISIBLE = 0.01
"""A step of progress that is worth a commit."""


REMOTE_MODEL = "whisper-1"


@dataclass(frozen=True, slots=True)
class Remote:
    """An OpenAI-compatible server that recognises speech: its address, key, and what it calls its model."""

    url: str
    key: str = field(repr=False)
    model: str = REMOTE_MODEL


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    """How recordings are heard.

    Attributes:
        longest_seconds: The longest recording that is taken.
        at_once: How many are heard at once.
        threads: How many threads each has.
        model: The size of Whisper.
        model_path: A folder with a model of the operator's own.
        model_cache: Where models are put together.
        remote: What recognises speech instead of this machine.
    """

    longest_seconds: float
    at_once: int
    threads: int
    model: str
    model_path: Path | None
    model_cache: Path
    remote: Remote | None = None


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
        metrics: Told how much was heard, and how long it took.

    Attributes:
        turn: Held by a job while its recording is heard.
    """

    def __init__(
        self,
        database: Database,
        speech: Lane,
        folder: Path,
        settings: SpeechSettings,
        *,
        download: Download | None,
        metrics: Metrics,
    ) -> None:
        self._database = database
        self._speech = speech
        self._folder = folder
        self._settings = settings
        self._download = download
        self._metrics = metrics
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
            WorkerDied: Twice at the same place.
            Gone: The job was deleted meanwhile.
        """
        if job.progress >= HEARD:
            return
        with self._metrics.spent("decoding"):
            sound = await self._sound(job, source)
        hearing = await self._begin(job, at)
        await self._advance(job, DECODED, seconds(sound[0]))
        work = _Work(job, conversation.id, hearing.began, sound, read_parameters(source["parameters"]))
        with self._metrics.spent("hearing"):
            await self._listen(work)
        self._metrics.audio_seconds.inc(max(0.0, seconds(sound[0]) - hearing.heard))
        await self._advance(job, HEARD)

    async def _begin(self, job: Job, at: float) -> Hearing:
        """Return how far a job's recording was heard before it was cut off."""
        async with self._database.transaction() as tx:
            hearing = await Hearings(tx).find(job.id)
            if hearing is None:
                hearing = Hearing(at)
                await Storage(tx).drop_messages(job.id)  # of a version that did not remember how far it was
                await Hearings(tx).begin(job.id, hearing)
        return hearing

    async def _listen(self, work: "_Work") -> None:
        """Have the rest of a recording heard; when a worker dies over it, once more from where that was.

        Raises:
            WorkerDied: Twice at the same place.
        """
        done = DECODED

        async def told(event: Mapping[str, Any]) -> None:
            nonlocal done
            if "fetched" in event:
                log.info("The speech model is being fetched", extra={"there": f"{event['fetched']:.0%}"})
                return
            now = DECODED + (HEARD - DECODED) * event["progress"]
            if "stretch" in event:
                await self._keep(work, from_plain(Stretch, event["stretch"]), now)
                done = now
            elif now - done >= VISIBLE:
                await self._advance(work.job, now)
                done = now

        deaths, died_at = 0, -1.0
        while True:
            async with self._database.reading() as tx:
                hearing = await Hearings(tx).find(work.job.id)
            if hearing is None:
                raise Gone
            try:
                await self._speech.ask(self._request(work, hearing), told)
            except WorkerDied:
                deaths, died_at = (deaths + 1 if hearing.heard == died_at else 1), hearing.heard
                if deaths == ATTEMPTS:
                    raise
                log.warning("A worker died over a recording; another goes on", extra={"at": round(hearing.heard)})
            else:
                return

    async def _keep(self, work: "_Work", stretch: Stretch, progress: float) -> None:
        """Store what was said in a stretch, and that it was heard, in one transaction: it is never heard again."""
        async with self._database.transaction() as tx:
            storage, hearings = Storage(tx), Hearings(tx)
            if not await storage.advance_job(work.job.id, round(progress, 3), None):
                raise Gone
            voices = await _Voices.of(storage, hearings, work)
            messages = [
                replace(_moved(said.message, work.began), speaker=await voices.speaker(said.voice))
                for said in stretch.said
            ]
            await storage.add_messages(work.conversation_id, work.job.id, messages)
            await hearings.advance(work.job.id, stretch.until, stretch.language)
            for note in stretch.notes:
                await hearings.add_note(work.conversation_id, work.job.id, note)
            latest = await storage.conversation(work.conversation_id)
            if latest and stretch.language and latest.language != stretch.language:
                await storage.change_conversation(replace(latest, language=stretch.language))

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

    def _request(self, work: "_Work", hearing: Hearing) -> dict[str, Any]:
        return {
            "channels": [str(path) for path in work.sound],
            "shelf": str(self._folder / work.job.id),
            "begin": hearing.heard,
            "language": hearing.language or work.asked.language,
            "vocabulary": work.asked.vocabulary,
            "diarize": work.asked.diarize,
            "voices": work.asked.speaker_count,
            "model": self._settings.model,
            "model_path": str(self._settings.model_path) if self._settings.model_path else None,
            "model_cache": str(self._settings.model_cache),
            "threads": self._settings.threads,
            "remote": asdict(self._settings.remote) if self._settings.remote else None,
        }

    async def _sound(self, job: Job, source: Source) -> tuple[Path, ...]:
        """Return the decoded sound: of this run, or whole from an earlier one."""
        pcm = self._pcm(job)
        if found := await asyncio.to_thread(sound_files, pcm):
            return found
        await decode(
            await self._file(job, source),
            pcm,
            limit_seconds=self._settings.longest_seconds,
            most_channels=MOST_CHANNELS if read_parameters(source["parameters"]).separate_channels else 1,
        )
        return await asyncio.to_thread(sound_files, pcm)

    async def fetch(self, job: Job, source: Source) -> None:
        """Have a recording's bytes here; what was decoded in an earlier run needs none.

        Raises:
            NeedsPerson: They cannot be had.
            Unavailable: Whoever has them does not answer.
            Failed: They are gone from our disk.
        """
        if not await asyncio.to_thread(sound_files, self._pcm(job)):
            await self._file(job, source)

    def _pcm(self, job: Job) -> Path:
        return self._folder / f"{job.id}.pcm"

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
        if await asyncio.to_thread(target.exists):
            return target
        partial = self._folder / f"{job.id}.media.partial"
        for wait in (*DOWNLOAD_WAITS_SECONDS, None):
            await asyncio.to_thread(partial.unlink, missing_ok=True)
            try:
                await self._download(source["url"], partial)
            except Unavailable:
                if wait is None:
                    raise
                await asyncio.sleep(wait)
            else:
                break
        await asyncio.to_thread(partial.replace, target)
        return target

    async def _advance(self, job: Job, progress: float, length: float | None = None) -> None:
        """Store how far a job is."""
        async with self._database.transaction() as tx:
            if not await Storage(tx).advance_job(job.id, round(progress, 3), length):
                raise Gone


@dataclass(frozen=True, slots=True)
class _Work:
    """A recording that is heard: for which job and conversation, from when on there, its sound, and what was asked."""

    job: Job
    conversation_id: str
    began: float
    sound: tuple[Path, ...]
    asked: Parameters


class _Voices:
    """Whose voices are whose in one recording; the same after an interruption, whatever people were renamed to."""

    def __init__(self, hearings: Hearings, people: People, roster: Roster, work: _Work, known: dict[str, str]) -> None:
        self._hearings = hearings
        self._people = people
        self._roster = roster
        self._job_id = work.job.id
        self._channels = {channel_voice(each.channel): each for each in work.asked.channels if len(work.sound) > 1}
        self._known = known
        self._found: dict[str, Person] = {}

    @classmethod
    async def of(cls, storage: Storage, hearings: Hearings, work: _Work) -> "_Voices":
        """Read what is known of a recording's voices."""
        roster = await storage.roster(work.conversation_id)
        people = People(storage, work.conversation_id, roster)
        return cls(hearings, people, roster, work, await hearings.voices(work.job.id))

    async def speaker(self, voice: str | None) -> Person | None:
        """Return whose voice it is; a new one is a new member, called `Speaker` and a number until it is named."""
        if voice is None:
            return None
        if voice not in self._found:
            person = self._roster.person(self._known.get(voice))
            if person is None:
                person = await self._met(voice)
                await self._hearings.add_voice(self._job_id, voice, person.id)
            self._found[voice] = person
        return self._found[voice]

    async def _met(self, voice: str) -> Person:
        channel = self._channels.get(voice)
        named = channel and await self._people.named(channel.name or channel.email, channel.email)
        return named or await self._people.another()


def _moved(message: Message, seconds: float) -> Message:
    """Place what follows earlier words after them."""
    if not seconds:
        return message
    return replace(
        message,
        start=round(message.start + seconds, 3),
        end=round(message.end + seconds, 3),
        words=tuple(replace(word, start=word.start + seconds, end=word.end + seconds) for word in message.words),
    )
