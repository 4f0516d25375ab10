"""A whole Slack on this machine: put together, opened, looked at, closed."""

import asyncio
import contextlib
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route, WebSocketRoute

from bot.playground.calls import Call
from bot.playground.changes import Change, Changes
from bot.playground.clock import Clock
from bot.playground.deliveries import Deliveries, Delivery, Kind
from bot.playground.downloads import Downloads
from bot.playground.events import Events
from bot.playground.installed import InstalledApp
from bot.playground.interactions import Interactions
from bot.playground.keeping import kept
from bot.playground.methods.method import Parts
from bot.playground.modals import Modals
from bot.playground.page import Guard, Page
from bot.playground.page.sample import Sample
from bot.playground.people import People
from bot.playground.rates import Rates
from bot.playground.records import Ephemeral, Message
from bot.playground.requests import SignedRequests
from bot.playground.responses import Responses
from bot.playground.rules import Rules
from bot.playground.seed import Seed
from bot.playground.sockets import Sockets
from bot.playground.tickets import Tickets
from bot.playground.uploads import Uploads
from bot.playground.web_api import WebApi
from bot.playground.wire import Wire
from bot.playground.workspace import Workspace

_Found = TypeVar("_Found")

PORT = 8765
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Socket:
    """Deliver over Socket Mode."""


@dataclass(frozen=True, slots=True)
class Http:
    """Deliver signed requests to an address; one that is not known yet is given to `deliver_to` later."""

    request_url: str = ""


class Playground(People):
    """A running Slack, and what a person or a test does and sees in it.

    Attributes:
        url: The Web API's address, as `SLACK_API_URL` takes it.
        faults: What may be broken from the page; the program that runs this may add switches of its own.
        workspace: The state.
        rules: How strict it is; may be changed at any time.
    """

    def __init__(
        self,
        parts: Parts,
        deliveries: Deliveries,
        events: Events,
        web_api: WebApi,
        responses: Responses,
        *,
        requests: SignedRequests | None,
        sample: Sample,
    ) -> None:
        super().__init__(parts, deliveries, Interactions(parts.wire, parts.tickets), responses)
        self._web_api = web_api
        self._events = events
        self._requests = requests
        self._page = Page(self, sample)
        self.faults = self._page.faults
        self.url = f"{parts.wire.origin}/api/"
        self.bot_token = parts.app.bot_token
        self.app_token = parts.app.app_token
        self.signing_secret = parts.app.signing_secret

    @property
    def address(self) -> str:
        """Where a browser finds the page."""
        return f"{self.parts.wire.origin}/"

    def routes(self) -> list[BaseRoute]:
        """Return the addresses at which this Slack answers."""
        downloads = Downloads(self.parts)
        return [
            Route("/api/{method}", self._web_api.answer, methods=["GET", "POST"]),
            Route("/respond/{ticket}", self._responses.answer, methods=["POST"]),
            Route("/upload/v1/{ticket}", downloads.upload, methods=["POST", "PUT"]),
            Route("/files-pri/{key}/download/{name}", downloads.download),
            Route("/files-pri/{key}/{name}", downloads.download),
            Route("/files-tmb/{key}/{name}", downloads.transcript),
            WebSocketRoute("/link/", self.parts.sockets.serve),
            *self._page.routes(),
        ]

    # -------------------------------------------------------------------------------------------------- what is

    def messages(self, channel: str) -> list[Message]:
        """Return what a channel shows: its messages without the replies, oldest first."""
        everything = self.workspace.messages(self.workspace.channel(channel).id)
        return [each for each in everything if not each.thread_ts or each.broadcast]

    def thread(self, channel: str, ts: str) -> list[Message]:
        """Return the replies to a message, oldest first."""
        return self.workspace.replies(self.workspace.channel(channel).id, ts)

    def message(self, channel: str, ts: str) -> Message:
        """Return a message as it is now."""
        return self.workspace.message(self.workspace.channel(channel).id, ts)

    def from_app(self, channel: str) -> list[Message]:
        """Return everything that the app posted in a channel, replies among them, oldest first."""
        everything = self.workspace.messages(self.workspace.channel(channel).id)
        return [each for each in everything if each.bot_id == self.parts.app.bot_id]

    def ephemerals(self, user: str) -> list[Ephemeral]:
        """Return what only this person sees, oldest first."""
        person = self.workspace.person(user).id
        return [each for each in self.workspace.ephemerals.values() if each.user == person]

    def direct(self, user: str) -> list[Message]:
        """Return the direct messages between this person and the app, oldest first."""
        return self.workspace.messages(self.workspace.direct(self.parts.app.user, user).id)

    # ------------------------------------------------------------------------------------------- what happened

    @property
    def calls(self) -> list[Call]:
        """Every call of the app, oldest first."""
        return self._web_api.calls

    @property
    def refused(self) -> list[Call]:
        """The calls that Slack refused."""
        return [each for each in self.calls if not each.ok]

    @property
    def deliveries(self) -> list[Delivery]:
        """Every event, command and interaction that was brought to the app, with how it was acknowledged."""
        return self._delivered.log

    @property
    def connections(self) -> int:
        """How many Socket Mode connections the app has."""
        return self.parts.sockets.connections

    def listening(self) -> contextlib.AbstractContextManager[asyncio.Queue[Change]]:
        """Give a queue of everything that changes, until the block ends."""
        return self.workspace.changes.listening()

    async def wait_for(self, look: Callable[[], _Found | None], within: float = 10.0) -> _Found:
        """Look again after each change until there is something to see, and return it.

        Args:
            look: Returns what was waited for, or something false.
            within: Seconds to wait at most.

        Raises:
            TimeoutError: It did not come; the message says what happened last.
        """
        try:
            async with asyncio.timeout(within):
                while not (found := look()):
                    await self.workspace.changes.next()
        except TimeoutError:
            recent = ", ".join(f"{each.method} {each.error or 'ok'}" for each in self.calls[-8:])
            raise TimeoutError(f"Not seen within {within} s. The last calls: {recent or 'none'}.") from None
        return found

    async def connected(self, within: float = 10.0) -> None:
        """Wait until the app has a Socket Mode connection."""
        await self.wait_for(lambda: self.connections, within)

    async def settled(self, within: float = 10.0) -> None:
        """Wait until everything that was to be delivered was acknowledged, or given up."""
        await self.wait_for(lambda: not self._delivered.waiting, within)

    # -------------------------------------------------------------------------------------- Slack's own doing

    def send_event(self, event: Mapping[str, Any]) -> None:
        """Send the app an event that nobody here causes, as `{"type": "app_uninstalled"}`."""
        self._delivered.event(self._events.envelope({"event_ts": self.clock.next_ts()} | dict(event)))

    def deliver_to(self, request_url: str) -> None:
        """Enter the app's request URL, when it is reached over HTTP."""
        if self._requests:
            self._requests.url = request_url

    async def verify_url(self) -> bool:
        """Ask the request URL for its challenge, as Slack does when one enters it; True when it answers well."""
        challenge = secrets.token_urlsafe(24)
        asked = {"type": "url_verification", "token": "playground-verification", "challenge": challenge}
        delivery = await self._delivered.once(Kind.EVENT, asked)
        answer = delivery.attempts[0].ack.body
        return bool(challenge == (answer.get("challenge") if isinstance(answer, dict) else answer))

    # ---------------------------------------------------------------------------------------------- faults

    async def drop_sockets(self) -> None:
        """Fault: close every Socket Mode connection without a word."""
        await self.parts.sockets.drop()

    async def refresh_sockets(self) -> None:
        """Ask the app to connect anew, as Slack does every few hours."""
        await self.parts.sockets.refresh()


class _Server(uvicorn.Server):
    """uvicorn as a part of another program: it leaves signals alone, and does nothing while nobody calls."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.leave = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the program that we are a part of."""
        yield

    async def main_loop(self) -> None:
        """Wait to be told to leave, without uvicorn's ten looks a second."""
        await self.leave.wait()


@contextlib.asynccontextmanager
async def running(
    *,
    port: int = PORT,
    delivery: Socket | Http = Socket(),
    manifest: Mapping[str, Any] | None = None,
    rules: Rules | None = None,
    seed: Seed | None = None,
    sample: Sample | None = None,
    keep: Path | None = None,
) -> AsyncIterator[Playground]:
    """Run a Slack on loopback until the block ends.

    Args:
        port: Where; 0 takes any free one.
        delivery: How requests reach the app.
        manifest: The app's manifest (v2, parsed): its scopes, events, commands and shortcuts hold; without one it has
            the usual ones.
        rules: How strict it is; Slack's own figures when None.
        seed: Who and what is there; three colleagues and five channels when None.
        sample: What waits in the page's composer; a recording of a meeting when None.
        keep: A folder of our own in which the workspace outlives us; nothing is kept when None.
    """
    listener = socket.create_server((HOST, port))
    # asyncio leaves Nagle's algorithm on for a listener made like this, which costs each answer 40 ms
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    origin = f"http://{HOST}:{listener.getsockname()[1]}"
    app = InstalledApp.from_manifest(manifest) if manifest is not None else InstalledApp()
    async with contextlib.AsyncExitStack() as stack:
        stack.callback(listener.close)
        clock, changes, rules = Clock(), Changes(), rules or Rules()
        workspace = Workspace(clock, changes, seed or Seed(), app.person())
        if keep is not None:
            await stack.enter_async_context(kept(workspace, keep))
        wire = Wire(workspace, app, rules, origin)
        sockets = Sockets(app, clock, changes)
        loop = asyncio.get_running_loop()
        parts = Parts(
            workspace=workspace,
            app=app,
            rules=rules,
            rates=Rates(rules),
            tickets=Tickets(clock, rules),
            modals=Modals(clock, changes),
            sockets=sockets,
            uploads=Uploads(clock),
            wire=wire,
            later=lambda seconds, call: (loop.call_later(seconds, call), None)[1],
        )
        requests: SignedRequests | None = None
        if isinstance(delivery, Http):
            requests = await stack.enter_async_context(SignedRequests(delivery.request_url, app.signing_secret))
        deliveries = Deliveries(requests or sockets, rules, clock, changes)
        stack.push_async_callback(deliveries.close)
        events = Events(workspace, app, wire)

        def deliver(change: Change) -> None:
            for event in events.of(change):
                deliveries.event(events.envelope(event))

        changes.follow(deliver)
        web_api = WebApi(parts)
        responses = Responses(parts, web_api)
        slack = Playground(parts, deliveries, events, web_api, responses, requests=requests, sample=sample or Sample())
        await stack.enter_async_context(_serving(listener, slack))
        yield slack


@contextlib.asynccontextmanager
async def _serving(listener: socket.socket, slack: Playground) -> AsyncIterator[None]:
    config = uvicorn.Config(
        Guard(Starlette(routes=slack.routes())),
        lifespan="off",
        date_header=False,
        ws="websockets-sansio",
        ws_per_message_deflate=False,  # nothing is saved on loopback
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve([listener]), name="playground")
    try:
        yield
    finally:
        await slack.drop_sockets()
        server.leave.set()
        await task
