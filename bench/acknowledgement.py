"""How soon Slack is answered: a command with its commit, beside a bare Bolt handler, at rest and under work.

Run with `python -m bench.acknowledgement`. Signed requests go straight into each ASGI app, so that the figures are the
program's own and not the network's: for the rate with eight under way at a time, for the times one after another. The
bot is the real one, with its store and queue on disk; its deferred tasks are held back, so that each request is a whole
new job and nothing else runs. The engine is busy with the sample recording in its own worker process, as in production.
"""

import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette

from bot.clock import SystemClock
from bot.engine.apps import App
from bot.engine.engine import Engine, EngineSettings
from bot.engine.storage import ENGINE_MIGRATIONS
from bot.playground import sample
from bot.ports import Ports
from bot.queues.embedded import EmbeddedQueue
from bot.queues.tasks import QUEUE_MIGRATIONS
from bot.settings import Settings
from bot.slack.app import build
from bot.slack.client import Identity
from bot.slack.later import Later
from bot.slack.messenger import SlackMessenger
from bot.slack.options import Signs, SlackOptions
from bot.store.migrations import STORE_MIGRATIONS, migrate
from bot.store.sqlite import open_database
from bot.store.store import SqlStore
from bot.web.app import build as build_web
from bot.web.slack import SlackRequests

SECRET = "bench"  # noqa: S105 - opens nothing
REQUESTS = 2000
WARM_UP = 200
AT_A_TIME = 8


@dataclass(frozen=True, slots=True)
class Figures:
    """Requests a second, and the median and 99th percentile in ms."""

    rate: float
    p50: float
    p99: float


async def _ask(app: Starlette, number: int) -> float:
    """Send one signed command and return the milliseconds until its answer was complete."""
    fields = {
        "command": "/process",
        "text": f"https://files.example.test/meeting-{number}.mp3",
        "team_id": "T1",
        "channel_id": "C1",
        "user_id": "U1",
        "trigger_id": f"{time.monotonic_ns()}.{number}",
        "response_url": "https://example.test/respond",
    }
    body = urlencode(fields).encode()
    at = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body) or ""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "path": "/slack/events",
        "raw_path": b"/slack/events",
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "headers": [
            (b"content-type", b"application/x-www-form-urlencoded"),
            (b"content-length", str(len(body)).encode()),
            (b"x-slack-request-timestamp", at.encode()),
            (b"x-slack-signature", signature.encode()),
        ],
    }
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    started = time.perf_counter()
    await app(scope, receive, send)
    taken = (time.perf_counter() - started) * 1000
    assert statuses == [200], statuses
    return taken


async def measure(app: Starlette, requests: int = REQUESTS) -> Figures:
    """Send commands: some at a time for the rate, one after another for the times."""
    for number in range(WARM_UP):
        await _ask(app, -number)
    rate = await _rate(app, requests)
    times = []
    for number in range(requests):
        times.append(await _ask(app, time.monotonic_ns() + number))
        # as between two requests of a server: whatever waits for the loop gets its turn
        await asyncio.sleep(0)
    cuts = statistics.quantiles(times, n=100)
    return Figures(rate, cuts[49], cuts[98])


async def _rate(app: Starlette, requests: int) -> float:
    """Return how many requests a second are answered with `AT_A_TIME` of them under way."""

    async def ask(share: int) -> None:
        for _ in range(share):
            await _ask(app, time.monotonic_ns())

    started = time.perf_counter()
    await asyncio.gather(*(ask(requests // AT_A_TIME) for _ in range(AT_A_TIME)))
    return requests / (time.perf_counter() - started)


async def _ready() -> bool:
    return True


def bare_app() -> Starlette:
    """Return an app whose command does nothing but acknowledge."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-bench", bot_id="B1", bot_user_id="U2")  # noqa: S106 - opens nothing

    bolt = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)

    async def only_acknowledge(ack: AsyncAck) -> None:
        await ack()

    bolt.command("/process")(only_acknowledge)
    return build_web(ready=_ready, slack=SlackRequests(bolt, SECRET))


@asynccontextmanager
async def real_app(folder: Path) -> AsyncIterator[Starlette]:
    """Open the bot's own app on a database of its own; what it defers stays in the rows."""
    clock = SystemClock()
    async with open_database(folder / "bench.db") as database:
        for migrations in (STORE_MIGRATIONS, QUEUE_MIGRATIONS):
            await migrate(database, migrations)
        store = SqlStore(database, EmbeddedQueue(database, clock), clock)
        client, identity = AsyncWebClient("xoxb-bench"), Identity("T1", "U2", "B1", "followthrough")
        outside: Any = None  # neither a recording nor a conversation server is asked for anything here
        ports = Ports(store, outside, outside, SlackMessenger(client, identity, Signs()), clock, folder)
        async with Later() as later:
            bolt = build(ports, client, identity, SlackOptions(SECRET, Signs()), later)
            yield build_web(ready=_ready, slack=SlackRequests(bolt, SECRET))


@asynccontextmanager
async def busy_engine(folder: Path) -> AsyncIterator[Engine]:
    """Open an engine that hears the sample recording again and again until the block ends."""
    clock = SystemClock()
    async with open_database(folder / "engine.db") as database:
        for migrations in (ENGINE_MIGRATIONS, QUEUE_MIGRATIONS):
            await migrate(database, migrations)
        cache = Settings().engine_model_cache.expanduser()
        settings = EngineSettings((App("bench", SECRET),), model_cache=cache, max_jobs=50)
        engine = Engine(database, EmbeddedQueue(database, clock), clock, folder / "engine", settings)
        await engine.start()
        try:
            await _submit(engine, 6)
            yield engine
        finally:
            await engine.stop()


async def _submit(engine: Engine, times: int) -> None:
    transport = httpx.ASGITransport(engine.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://engine.test") as client:
        grant = {"type": "application", "appId": "bench", "appSecret": SECRET}
        token = (await client.post("/oauth2/token:generate", json=grant)).json()["accessToken"]
        headers = {"Authorization": f"Bearer {token}"}
        sound = sample.RECORDING.read_bytes()
        jobs = [
            (await client.post("/v1/process/audio", content=sound, headers=headers)).json()["jobId"]
            for _ in range(times)
        ]
        while True:  # it is heard once the first messages are there
            job = (await client.get(f"/v1/job/{jobs[0]}", headers=headers)).json()
            if job.get("progress", 0) > 0.05:
                return
            await asyncio.sleep(0.2)


def _row(name: str, figures: Figures, bare: Figures) -> None:
    print(
        f"{name:<44} {figures.rate:>8.0f} {figures.rate / bare.rate:>8.2f} {figures.p50:>8.2f} {figures.p99:>8.2f}",
        flush=True,
    )


async def main() -> dict[str, Figures]:
    """Print the table, and return its rows."""
    print("Acknowledgement of a command, with its commit")
    print(f"{'':<44} {'a second':>8} {'to bare':>8} {'p50 ms':>8} {'p99 ms':>8}")
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        app = await stack.enter_async_context(real_app(folder))
        bare = await measure(bare_app())
        _row("bare Bolt handler", bare, bare)
        idle = await measure(app)
        _row("/process <link>: event, job and tasks on disk", idle, bare)
        async with busy_engine(folder):
            busy = await measure(app)
        _row("the same, while the engine listens", busy, bare)
    print(json.dumps({"busy to idle, p50": round(busy.p50 / idle.p50, 2)}))
    return {"bare": bare, "idle": idle, "busy": busy}


if __name__ == "__main__":
    asyncio.run(main())
