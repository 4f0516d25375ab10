"""The embedded conversation engine, put together: what serves the conversation API, and what works behind it."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from bot.engine import jobs, webhooks
from bot.engine.apps import App
from bot.engine.attempts import Attempts
from bot.engine.capacity import RECORDING_BYTES, Capacity, capacity, this_machine
from bot.engine.insight_lane import Reader
from bot.engine.insights.language_model.model import LanguageModel
from bot.engine.jobs import JobLimits, Jobs
from bot.engine.lanes import IDLE_SECONDS, QUIET_SECONDS, Lane
from bot.engine.models.pins import DEFAULT_SIZE, SIZES
from bot.engine.models.presence import Presence, presence
from bot.engine.operations import RECOGNISE, UNDERSTAND
from bot.engine.recordings import REMOTE_MODEL, Download, Recordings, Remote, SpeechSettings
from bot.engine.routes.conversations import ConversationRoutes
from bot.engine.routes.insights import InsightRoutes
from bot.engine.routes.process import ProcessRoutes
from bot.engine.routes.watching import WatchingRoutes
from bot.engine.runner import Runner
from bot.engine.server import make_app
from bot.engine.storage import Storage
from bot.engine.tokens import Tokens
from bot.engine.webhooks import Notify, Webhooks
from bot.errors import BadInput
from bot.metrics import Metrics
from bot.ports import Clock, Database, Queue

GIGABYTE = 1024**3
DEFAULT_CACHE = Path("~/.cache/followthrough")
WAITING_READERS = 3


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """How an engine behaves.

    Attributes:
        apps: Whom it serves, at least one.
        model_cache: Where the speech model is put together once.
        model_path: A folder with a model of the operator's own.
        speech_model: The size of Whisper, one of `SIZES`.
        speech_url: An OpenAI-compatible server that recognises speech instead; None: this machine does.
        speech_key: The key that it asks for.
        speech_remote_model: What it calls its model.
        max_jobs: How many jobs of an app it takes at once before it answers 429.
        max_all_jobs: How many of all apps together.
        longest_seconds: The longest recording that it takes.
        largest_upload: The largest body that it takes, in bytes.
        speech_workers: How many recordings are heard at once; 0 for as many as this machine has room for.
        idle_seconds: After so long without work a worker process is ended, for the memory it holds.
        quiet_seconds: A worker that is silent for so long during its work is ended.
        recognise: What hears recordings, as `MODULE:FUNCTION`; run in a process of its own.
        understand: What understands conversations, likewise.
        language_model: What writes the conclusions; without one they are the engine's own.
    """

    apps: tuple[App, ...]
    model_cache: Path = DEFAULT_CACHE
    model_path: Path | None = None
    speech_model: str = DEFAULT_SIZE
    speech_url: str | None = None
    speech_key: str = field(default="", repr=False)
    speech_remote_model: str = REMOTE_MODEL
    max_jobs: int = 5
    max_all_jobs: int = 50
    longest_seconds: float = 4 * 3600.0
    largest_upload: int = 4 * GIGABYTE
    speech_workers: int = 0
    idle_seconds: float = IDLE_SECONDS
    quiet_seconds: float = QUIET_SECONDS
    recognise: str = RECOGNISE
    understand: str = UNDERSTAND
    language_model: LanguageModel | None = None

    def __post_init__(self) -> None:
        """Refuse a model that there is none of.

        Raises:
            BadInput: The sentence names those that there are.
        """
        if self.speech_model not in SIZES:
            raise BadInput(
                f"SPEECH_MODEL is “{self.speech_model}”, and no checksum of such a model is known here.",
                f"It is one of {', '.join(SIZES)}; for a model of your own set ENGINE_MODEL_PATH to its folder.",
            )


class Engine:
    """The engine, put together: `app` answers requests, and between `start` and `stop` their jobs run.

    Args:
        database: Has the engine's tables (`ENGINE_MIGRATIONS`) and the queue's.
        queue: Runs the engine's tasks and nobody else's; on the same database.
        clock: Tells the time.
        data_dir: Where recordings lie until they are understood; made when missing.
        settings: How it behaves.
        download: Fetches addresses of recordings; without it submits by address are refused.
        notify: Posts webhooks; without it none are sent.
    """

    def __init__(
        self,
        database: Database,
        queue: Queue,
        clock: Clock,
        data_dir: Path,
        settings: EngineSettings,
        *,
        download: Download | None = None,
        notify: Notify | None = None,
    ) -> None:
        self._database = database
        self._queue = queue
        self._first_app = settings.apps[0].id
        metrics = Metrics()
        room = _room(settings)
        # a language model is waited for; meanwhile others need not wait as well
        readers = max(room.readers, WAITING_READERS) if settings.language_model else room.readers

        def lane(operation: str, name: str, size: int) -> Lane:
            died = metrics.worker_deaths.labels(name).inc
            return Lane(operation, size, settings.idle_seconds, settings.quiet_seconds, died)

        self._speech = lane(settings.recognise, "speech", room.recordings)
        self._insights = lane(settings.understand, "insights", readers)
        self._webhooks = Webhooks(database, queue, clock, notify, metrics)
        limits = JobLimits(settings.max_jobs, settings.max_all_jobs)
        self._jobs = Jobs(database, queue, clock, self._webhooks, limits=limits, metrics=metrics)
        hearing = SpeechSettings(
            longest_seconds=settings.longest_seconds,
            at_once=room.recordings,
            threads=room.threads,
            model=settings.speech_model,
            model_path=settings.model_path,
            model_cache=settings.model_cache,
            remote=Remote(settings.speech_url, settings.speech_key, settings.speech_remote_model)
            if settings.speech_url
            else None,
        )
        self._recordings = Recordings(database, self._speech, data_dir, hearing, download=download, metrics=metrics)
        reader = Reader(self._insights, settings.language_model)
        self._runner = Runner(database, self._jobs, self._recordings, reader, metrics)
        processing = ProcessRoutes(database, self._jobs, data_dir, settings.largest_upload, download is not None)
        conversations = ConversationRoutes(database, clock, self._runner)
        insights = InsightRoutes(database, self._runner)
        self.app = make_app(
            Tokens(settings.apps, clock),
            Attempts(clock),
            WatchingRoutes(database, data_dir, lambda: _model(settings), settings.max_all_jobs, metrics),
            [*processing.routes(), *conversations.routes(), *insights.routes()],
        )

    async def start(self) -> None:
        """Begin to run jobs, those first that were running when the process ended."""
        async with self._database.transaction() as tx:
            await Storage(tx).give_to(self._first_app)
            unfinished = await Storage(tx).unfinished_job_ids()
        await asyncio.to_thread(self._recordings.sweep, unfinished)
        handlers = {jobs.TASK: self._runner.run, webhooks.TASK: self._webhooks.send}
        await self._queue.start(handlers, self._runner.gave_up)

    async def stop(self) -> None:
        """End what runs, and every process; jobs that had not ended run again after the next start."""
        # together: the queue begins nothing new from here on, and waits for what it runs, which the runner ends
        await asyncio.gather(self._queue.stop(), self._runner.stop())
        await self._speech.close()
        await self._insights.close()


def _room(settings: EngineSettings) -> Capacity:
    """Return what this machine can do at once; a larger model leaves less room."""
    larger = max(0, SIZES[settings.speech_model].size - SIZES[DEFAULT_SIZE].size)
    return capacity(this_machine(), settings.speech_workers, RECORDING_BYTES + larger)


def _model(settings: EngineSettings) -> tuple[str, bool]:
    """Say where the speech model is, and whether a recording could be heard with it."""
    if settings.speech_url:
        return "elsewhere", True
    found = presence(settings.model_path, settings.model_cache, SIZES[settings.speech_model])
    return found.value, found is not Presence.MISSING
