"""Serves an ASGI app on a socket of ours, and waits for the signal to stop."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.errors import BadInput, Failed

_GRACE_SECONDS = 10


@asynccontextmanager
async def served(app: ASGIApp, host: str, port: int, port_setting: str) -> AsyncIterator[int]:
    """Serve `app` inside the block, which is given the port: the one asked for, or a free one for 0.

    Raises:
        BadInput: The address cannot be listened on; the sentence names `port_setting`.
    """
    try:
        listening = socket.create_server((host, port), backlog=512)
    except OSError as error:
        raise BadInput(
            f"Port {port} of {host} cannot be listened on ({error.strerror}).", f"Set {port_setting}."
        ) from error
    # asyncio does it only for sockets that name their protocol; without it small answers wait 40 ms for the next one
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=_GRACE_SECONDS
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]), name=f"HTTP on {host}:{port}")
    try:
        while not server.started:
            if serving.done():
                raise Failed("The HTTP server did not start.", "The log says why.")
            await asyncio.sleep(0.01)
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        await serving
        listening.close()


class Stop:
    """The wish to stop, from SIGINT or SIGTERM; make it inside the running loop.

    Args:
        closed_terminal: Whether to stop as well when the terminal is closed, which otherwise ends us at once.
    """

    def __init__(self, *, closed_terminal: bool = False) -> None:
        self._wished = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if closed_terminal else [])):
            loop.add_signal_handler(number, self._wished.set)

    async def wished(self) -> None:
        """Return when somebody wants us to stop."""
        await self._wished.wait()
