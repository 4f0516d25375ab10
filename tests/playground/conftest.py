"""A playground, the real clients that talk to it, and a small real Bolt app in both deliveries."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
import uvicorn
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.playground import Http, Playground, Rules, Socket, running

AppWith = Callable[[Callable[[AsyncApp], None]], contextlib.AbstractAsyncContextManager[Playground]]
"""Starts a playground and a Bolt app whose listeners the function adds."""


def brisk() -> Rules:
    """Return Slack's rules with short waits between retries."""
    return Rules(retries=(0.0, 0.02, 0.04))


@pytest.fixture
async def slack() -> AsyncIterator[Playground]:
    """A playground to which no app is connected."""
    async with running(port=0, rules=brisk()) as slack:
        yield slack


@pytest.fixture
def client(slack: Playground) -> AsyncWebClient:
    """Slack's own client with the app's token."""
    return AsyncWebClient(slack.bot_token, base_url=slack.url)


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def serving(asgi: Starlette) -> AsyncIterator[str]:
    """Serve an ASGI app on loopback, and give its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = _Server(uvicorn.Config(asgi, lifespan="off", log_config=None))
    task = asyncio.create_task(server.serve([listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


@contextlib.asynccontextmanager
async def _over_socket(listen: Callable[[AsyncApp], None]) -> AsyncIterator[Playground]:
    async with running(port=0, delivery=Socket(), rules=brisk()) as slack:
        app = AsyncApp(client=AsyncWebClient(slack.bot_token, base_url=slack.url), process_before_response=True)
        listen(app)
        handler = AsyncSocketModeHandler(app, slack.app_token)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await slack.connected()
        try:
            yield slack
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]


@contextlib.asynccontextmanager
async def _over_http(listen: Callable[[AsyncApp], None]) -> AsyncIterator[Playground]:
    bolt: list[AsyncSlackRequestHandler] = []

    async def answer(request: Request) -> Response:
        return await bolt[0].handle(request)

    async with (
        serving(Starlette(routes=[Route("/slack/events", answer, methods=["POST"])])) as address,
        running(port=0, delivery=Http(f"{address}/slack/events"), rules=brisk()) as slack,
    ):
        app = AsyncApp(
            client=AsyncWebClient(slack.bot_token, base_url=slack.url),
            signing_secret=slack.signing_secret,
            process_before_response=True,
        )
        listen(app)
        bolt.append(AsyncSlackRequestHandler(app))
        yield slack


@pytest.fixture
def app_with_socket() -> AppWith:
    """A Bolt app over Socket Mode."""
    return _over_socket


@pytest.fixture(params=[_over_socket, _over_http], ids=["socket", "http"])
def app_with(request: pytest.FixtureRequest) -> AppWith:
    """A Bolt app, over Socket Mode and over HTTP."""
    start: AppWith = request.param
    return start
