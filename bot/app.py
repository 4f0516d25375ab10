"""The composition root: opens every part, ties them, and closes them again; nothing else builds anything."""

import importlib.util
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from starlette.applications import Starlette

from bot.clock import MovableClock, SystemClock
from bot.conversations.client import open_client
from bot.data_dir import kept_secret, prepared
from bot.domain.jobs import JobState
from bot.engine.apps import read_apps
from bot.engine.engine import Engine, EngineSettings
from bot.engine.insights.language_model.model import LanguageModel
from bot.engine.storage import ENGINE_MIGRATIONS
from bot.errors import BadInput
from bot.flows import arriving
from bot.flows.arriving import Arrival, Destination
from bot.flows.handlers import gave_up, handlers
from bot.flows.processing import look_now
from bot.links.switches import Switches
from bot.ports import Clock, Conversations, Json, Messenger, Ports, Uploads
from bot.queues.embedded import EmbeddedQueue
from bot.queues.tasks import QUEUE_MIGRATIONS
from bot.serving import Stop, served
from bot.settings import SLACK_API, Settings
from bot.slack.app import build
from bot.slack.client import identify, web_client
from bot.slack.connection import connected
from bot.slack.files import Files
from bot.slack.finding import is_canvas, is_clip, is_transcribing, name_of_file, transcript_of
from bot.slack.later import Later
from bot.slack.messenger import SlackMessenger
from bot.slack.options import Signs, SlackOptions
from bot.slack.people import People
from bot.sources.accounts.configured import accounts_of
from bot.sources.door import Door
from bot.sources.downloads import Limits
from bot.sources.fetch import RecordingFetcher
from bot.sources.resolver.resolver import resolver_of
from bot.sources.slack_files import SlackFile, SlackFiles
from bot.store.migrations import STORE_MIGRATIONS, migrate
from bot.store.sqlite import open_database
from bot.store.store import SqlStore
from bot.web.app import build as build_web
from bot.web.hooks import Hooks, HookTokens
from bot.web.slack import SlackRequests
from bot.web.zoom import ZoomEvents, ZoomSecret

_MB = 1024 * 1024
_OTHER_TASKS = 16
# where the engine in this process posts its webhooks: never an address on a network
_IN_PROCESS = "http://bot.invalid/jobs/"


# ---------------------------------------------------------------------------------------------------------------- bot


Line = Callable[[httpx.AsyncBaseTransport], httpx.AsyncBaseTransport]


@asynccontextmanager
async def open_flows(
    settings: Settings,
    messenger: Messenger,
    slack_files: SlackFiles | None = None,
    *,
    uploads: Uploads | None = None,
    patience: timedelta = timedelta(minutes=15),
    clock: Clock | None = None,
    line: Line | None = None,
) -> AsyncIterator[Ports]:
    """Open what the flows need, and run what was deferred, until the block ends.

    Args:
        settings: What the operator set.
        messenger: How people are told.
        slack_files: How to have files from Slack, where there is one.
        uploads: What Slack says of files, likewise.
        patience: How long an outside that does not answer is waited for before somebody is asked.
        clock: Whose time holds; this machine's when None.
        line: Put between us and the engine in this process, as by a demonstration that cuts it.

    Raises:
        BadInput: A setting cannot work.
        Failed: The database cannot be opened.
    """
    clock = clock or SystemClock()
    data_dir = prepared(settings.data_dir)
    door = Door(settings.fetch_allow_hosts)
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(data_dir / "followthrough.db"))
        for migrations in (STORE_MIGRATIONS, QUEUE_MIGRATIONS):
            await migrate(database, migrations)
        queue = EmbeddedQueue(database, clock)
        if isinstance(clock, MovableClock):
            clock.follow(queue.wake)
        fetcher = fetcher_of(settings, door, clock, slack_files)
        news = _News(settings, HookTokens(kept_secret(data_dir / "webhook.key")))
        conversations = await stack.enter_async_context(
            _open_conversations(settings, door, clock, data_dir, news, line=line)
        )
        ports = Ports(
            store=SqlStore(database, queue, clock),
            fetcher=fetcher,
            conversations=conversations,
            messenger=messenger,
            clock=clock,
            data_dir=data_dir,
            webhook_url=news.url,
            patience=patience,
            uploads=uploads,
        )
        news.go_to(ports)
        stack.push_async_callback(queue.stop)
        await queue.start(handlers(ports), gave_up(ports))
        yield ports


def fetcher_of(settings: Settings, door: Door, clock: Clock, slack_files: SlackFiles | None = None) -> RecordingFetcher:
    """Return what gets recordings, by what the operator set."""
    limits = Limits(max_bytes=settings.max_recording_mb * _MB)
    switches = Switches.of(settings.sources_on, settings.sources_off)
    resolver = resolver_of(door, limits)
    return RecordingFetcher(
        door,
        clock,
        limits=limits,
        slack=slack_files,
        accounts=accounts_of(settings, door, clock),
        resolver=resolver,
        switches=switches,
    )


class _News:
    """Where a conversation server may tell us that a job has news, and what happens then."""

    def __init__(self, settings: Settings, tokens: HookTokens) -> None:
        self._public_url = settings.public_url
        self._tokens = tokens
        self._ports: Ports | None = None
        self.url: Callable[[str], str] | None = None
        if not settings.conversation_api_url:
            self.url = _IN_PROCESS.__add__
        elif settings.public_url and not settings.slack_app_token:
            self.url = self._public

    def _public(self, job_id: str) -> str:
        return self._tokens.address(self._public_url, job_id)

    def go_to(self, ports: Ports) -> None:
        """Have news acted on from now on."""
        self._ports = ports

    async def heard(self, job_id: str) -> None:
        """Look at a job; before the flows are open there is nothing to look with, and the timer looks later."""
        if self._ports is not None:
            await look_now(self._ports, job_id)


@asynccontextmanager
async def _open_conversations(
    settings: Settings, door: Door, clock: Clock, data_dir: Path, news: _News, *, line: Line | None
) -> AsyncIterator[Conversations]:
    """Open the client of the conversation API: of a server elsewhere, or of the engine in this process."""
    if settings.conversation_api_url:
        async with open_client(
            settings.conversation_api_url, settings.conversation_api_id, settings.conversation_api_secret
        ) as client:
            yield client
        return
    if importlib.util.find_spec("faster_whisper") is None:
        raise BadInput(
            "There is no engine here.", "Install followthrough[engine], or set CONVERSATION_API_URL to a server."
        )

    async def notify(url: str, message: Mapping[str, Json]) -> None:
        if url.startswith(_IN_PROCESS):
            await news.heard(url.removeprefix(_IN_PROCESS))
        else:
            await door.post(url, message)

    def through(engine: Engine) -> httpx.AsyncBaseTransport:
        direct = httpx.ASGITransport(engine.app)
        return line(direct) if line else direct

    mine = replace(settings, engine_app_id="embedded", engine_app_secret=secrets.token_urlsafe(32), engine_apps="")
    async with (
        open_engine(mine, data_dir, door, clock, notify=notify) as engine,
        open_client("http://engine.invalid", mine.engine_app_id, mine.engine_app_secret, through(engine)) as client,
    ):
        yield client


# -------------------------------------------------------------------------------------------------------------- engine


Notify = Callable[[str, Mapping[str, Json]], Awaitable[None]]


@asynccontextmanager
async def open_engine(
    settings: Settings, data_dir: Path, door: Door, clock: Clock, *, notify: Notify
) -> AsyncIterator[Engine]:
    """Open the engine on a database of its own, and run its jobs until the block ends."""

    async def download(url: str, target: Path) -> None:
        await door.download(url, target, Limits(max_bytes=settings.max_recording_mb * _MB))

    async with open_database(data_dir / "engine.db") as database:
        for migrations in (ENGINE_MIGRATIONS, QUEUE_MIGRATIONS):
            await migrate(database, migrations)
        engine = Engine(
            database,
            # a recording that waits for its turn is a task that runs: others, and webhooks, must not wait behind it
            EmbeddedQueue(database, clock, concurrency=settings.engine_max_all_jobs + _OTHER_TASKS),
            clock,
            data_dir / "engine",
            EngineSettings(
                apps=read_apps(settings.engine_app_id, settings.engine_app_secret, settings.engine_apps),
                model_cache=settings.engine_model_cache.expanduser(),
                model_path=Path(settings.engine_model_path) if settings.engine_model_path else None,
                speech_model=settings.speech_model,
                speech_url=settings.speech_url or None,
                speech_key=settings.speech_key,
                speech_remote_model=settings.speech_remote_model,
                max_jobs=settings.engine_max_jobs,
                max_all_jobs=settings.engine_max_all_jobs,
                speech_workers=settings.engine_speech_workers,
                longest_seconds=settings.engine_max_hours * 3600.0,
                largest_upload=settings.max_recording_mb * _MB,
                language_model=_language_model(settings),
            ),
            download=download,
            notify=notify,
        )
        await engine.start()
        try:
            yield engine
        finally:
            await engine.stop()


def _language_model(settings: Settings) -> LanguageModel | None:
    """Return the language model that writes the conclusions, when the operator named one."""
    if not settings.insight_url:
        return None
    return LanguageModel(
        settings.insight_url, settings.insight_model, settings.insight_key, settings.output_language or None
    )


async def serve_engine(settings: Settings) -> None:
    """Serve the engine alone, over HTTP, until somebody wants it to stop.

    Raises:
        BadInput: A setting is missing or wrong, or its port is taken.
    """
    clock, door, stop = SystemClock(), Door(settings.fetch_allow_hosts), Stop()

    async with (
        open_engine(settings, prepared(settings.data_dir), door, clock, notify=door.post) as engine,
        served(engine.app, settings.engine_host, settings.engine_port, "ENGINE_PORT"),
    ):
        await stop.wished()


# --------------------------------------------------------------------------------------------------------------- slack


@dataclass(frozen=True, slots=True)
class Bot:
    """A running bot: what its flows were given, and the port it listens on; None when it needs none (Socket Mode)."""

    ports: Ports
    port: int | None


@asynccontextmanager
async def open_bot(settings: Settings, *, clock: Clock | None = None, line: Line | None = None) -> AsyncIterator[Bot]:
    """Run the bot inside the block: in Socket Mode with an app token, else over HTTP.

    Args:
        settings: What the operator set.
        clock: As `open_flows` takes it.
        line: The same.

    Raises:
        BadInput: A setting is missing, or the port is taken.
        Unavailable: Slack did not answer.
        Failed: Slack does not accept a token.
    """
    _check_tokens(settings)
    signs = Signs(settings.slack_command, settings.claim_emoji, settings.done_emoji)
    options = SlackOptions(settings.slack_signing_secret, signs)
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(web_client(settings.slack_bot_token, settings.slack_api_url))
        identity = await identify(client)
        people = People(client, identity)
        messenger = SlackMessenger(client, identity, signs, people=people)
        uploads = Files(client, identity, people)
        files = SlackFiles(_file_info(uploads), settings.slack_bot_token, _other_slack(settings), canvas=uploads.canvas)
        ports = await stack.enter_async_context(
            open_flows(settings, messenger, files, uploads=uploads, clock=clock, line=line)
        )
        later = await stack.enter_async_context(Later())
        app = build(ports, client, identity, options, later, files=uploads)
        zoom = _zoom(settings, ports, identity.team)
        if settings.slack_app_token:
            await stack.enter_async_context(connected(app, client, settings.slack_app_token))
        if settings.slack_app_token and zoom is None:
            yield Bot(ports, None)
            return
        slack = None if settings.slack_app_token else SlackRequests(app, settings.slack_signing_secret)
        web = _web(settings, ports, slack, zoom)
        yield Bot(ports, await stack.enter_async_context(served(web, settings.host, settings.port, "PORT")))


def _web(settings: Settings, ports: Ports, slack: SlackRequests | None, zoom: ZoomEvents | None) -> Starlette:
    async def ready() -> bool:
        async with ports.store.look() as work:
            await work.jobs_in([JobState.SUBMITTED])
        return True

    async def hint(job_id: str) -> None:
        await look_now(ports, job_id)

    tokens = HookTokens(kept_secret(ports.data_dir / "webhook.key"))
    elsewhere = settings.conversation_api_url and settings.public_url and slack is not None
    return build_web(ready=ready, slack=slack, hooks=Hooks(tokens, hint) if elsewhere else None, zoom=zoom)


def _zoom(settings: Settings, ports: Ports, team: str) -> ZoomEvents | None:
    """Return what Zoom's webhooks do, when the operator set them up."""
    if not settings.zoom_webhook_secret:
        return None
    destination = Destination(team, settings.zoom_channel) if settings.zoom_channel else None

    async def arrived(arrival: Arrival, event_id: str) -> None:
        await arriving.arrived(ports, arrival, destination, event_id=event_id)

    return ZoomEvents(ZoomSecret(settings.zoom_webhook_secret), ports.clock.now, arrived)


async def serve(settings: Settings) -> None:
    """Run the bot until somebody wants it to stop; raises as `open_bot`."""
    stop = Stop()
    async with open_bot(settings):
        await stop.wished()


def _check_tokens(settings: Settings) -> None:
    if not settings.slack_bot_token:
        raise BadInput("SLACK_BOT_TOKEN is not set.", "The README says how to get one; `make demo` needs none.")
    if not settings.slack_app_token and not settings.slack_signing_secret:
        raise BadInput(
            "Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set.",
            "Set the first for Socket Mode, the second for HTTP.",
        )


def _other_slack(settings: Settings) -> str | None:
    return None if settings.slack_api_url == SLACK_API else settings.slack_api_url


def _file_info(files: Files) -> Callable[[str], Awaitable[SlackFile]]:
    async def info(file_id: str) -> SlackFile:
        file = await files.info(file_id)
        size, length = file.get("size"), file.get("duration_ms")
        made = file.get("created") if is_canvas(file) or is_clip(file) else None
        return SlackFile(
            name=name_of_file(file),
            mimetype=str(file.get("mimetype") or ""),
            size=size if isinstance(size, int) else None,
            url=str(file.get("url_private_download") or file.get("url_private") or ""),
            access=str(file.get("file_access") or ""),
            transcript=transcript_of(file),
            canvas=is_canvas(file),
            seconds=length / 1000 if isinstance(length, int) else None,
            made_at=datetime.fromtimestamp(made, UTC) if isinstance(made, int) else None,
            transcribing=is_transcribing(file),
        )

    return info
