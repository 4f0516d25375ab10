"""A scene: the real Bolt app on the real store and queue, in a playground's Slack, over real HTTP.

Only what lies beyond Slack is played: the recording's site and the conversation server, by `Outside`.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
import yaml
from slack_bolt.async_app import AsyncApp
from starlette.types import ASGIApp

from bot.domain.jobs import Job, JobState
from bot.flows.handlers import gave_up, handlers
from bot.playground.playground import Http, Playground, Socket, running
from bot.playground.records import Ephemeral, Message
from bot.playground.rules import Rules
from bot.ports import Database, Ports
from bot.queues.embedded import EmbeddedQueue
from bot.slack.app import build as build_bolt
from bot.slack.client import identify, web_client
from bot.slack.connection import connected
from bot.slack.files import Files
from bot.slack.later import Later
from bot.slack.messenger import SlackMessenger
from bot.slack.options import Signs, SlackOptions
from bot.slack.people import People
from bot.store.migrations import migrate
from bot.store.sqlite import open_database
from bot.store.store import SqlStore
from bot.web.app import build as build_web
from bot.web.slack import SlackRequests
from tests.flows.stage import Outside, QuickClock

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / "manifest.yml"
CHANNEL = "#product"
LINK = "https://files.example.test/planning.vtt"


@dataclass
class Scene:
    """What a test holds: Slack as people see it, and the store."""

    slack: Playground
    ports: Ports
    outside: Outside
    bolt: AsyncApp
    bot: str
    database: Database
    queue: EmbeddedQueue

    async def jobs(self) -> list[Job]:
        """Return every job, oldest first."""
        async with self.ports.store.look() as work:
            return await work.jobs_in(list(JobState))

    async def rested(self) -> None:
        """Wait until everything was delivered, and what was deferred is done."""
        settled = asyncio.create_task(self.slack.settled())
        async with asyncio.timeout(10):
            while not settled.done() or await self._deferred():
                # its timer goes by the wall's clock, and what is due by the quick one
                self.queue.wake()
                await asyncio.sleep(0.02)
        await settled

    async def _deferred(self) -> int:
        async with self.database.reading() as tx:
            return len(await tx.fetch_all("SELECT id FROM tasks"))

    async def whispered(self, user: str, words: str) -> Ephemeral:
        """Wait for a private message to `user` that holds `words`."""
        return await self.slack.wait_for(lambda: _holding(self.slack.ephemerals(user), words))

    async def posted(self, words: str, channel: str = CHANNEL) -> Message:
        """Wait for a message of the app that holds `words`."""
        return await self.slack.wait_for(lambda: _holding(self.slack.from_app(channel), words))


def _holding(messages: Sequence[Any], words: str) -> Any:
    return next((each for each in messages if words in each.text), None)


@asynccontextmanager
async def open_scene(
    folder: Path,
    *,
    socket_mode: bool = False,
    rules: Rules | None = None,
    signs: Signs | None = None,
    working: bool = True,
) -> AsyncIterator[Scene]:
    """Open the scene; without `working`, what is deferred is not done."""
    signs = signs or Signs()
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    manifest["features"]["slash_commands"][0]["command"] = signs.command
    rules = rules or Rules(rate_limits=False, retries=(0.0,))
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/slack/events"
    async with AsyncExitStack() as stack:
        stack.callback(listener.close)
        slack = await stack.enter_async_context(
            running(port=0, delivery=Socket() if socket_mode else Http(url), manifest=manifest, rules=rules)
        )
        client = await stack.enter_async_context(web_client(slack.bot_token, slack.url))
        identity = await identify(client)
        clock, outside = QuickClock(100.0), Outside(folder)
        database = await stack.enter_async_context(open_database(folder / "bot.db"))
        for part in ("store", "queues"):
            await migrate(database, ROOT / "bot" / part / "migrations")
        queue = EmbeddedQueue(database, clock, grace=0.5)
        messenger = SlackMessenger(client, identity, signs, post_every=0.0, edit_every=0.0)
        files = Files(client, identity, People(client, identity))
        ports = Ports(SqlStore(database, queue, clock), outside, outside, messenger, clock, folder, uploads=files)
        later = await stack.enter_async_context(Later())
        bolt = build_bolt(ports, client, identity, SlackOptions(slack.signing_secret, signs), later, files=files)
        if working:
            await queue.start(handlers(ports), gave_up(ports))
        stack.push_async_callback(queue.stop)
        if socket_mode:
            await stack.enter_async_context(connected(bolt, client, slack.app_token))
            await slack.connected()
        else:
            web = build_web(ready=_ready, slack=SlackRequests(bolt, slack.signing_secret))
            await stack.enter_async_context(serving(web, listener))
        yield Scene(slack, ports, outside, bolt, identity.user, database, queue)


async def _ready() -> bool:
    return True


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(app: ASGIApp, listener: socket.socket) -> AsyncIterator[None]:
    """Serve an ASGI app until the block ends."""
    server = _Server(uvicorn.Config(app, lifespan="off", log_config=None, access_log=False))
    task = asyncio.create_task(server.serve([listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await task


def button(message: Message | Ephemeral, action: str) -> dict[str, Any]:
    """Return a button of a message."""
    found = [
        each
        for block in message.blocks
        if block["type"] == "actions"
        for each in block["elements"]
        if each["action_id"] == action
    ]
    assert found, f"no button {action}"
    return dict(found[0])


def texts(part: Any) -> Iterator[str]:
    """Return every text in some blocks."""
    walk: Callable[[Any], Iterator[str]] = texts
    if isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for value in part.values():
            yield from walk(value)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from walk(each)
