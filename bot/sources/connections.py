"""One TCP connection to one address, which never blocks the event loop; with TLS when the link asks for it."""

import asyncio
import socket
import ssl
from collections.abc import Callable
from typing import Any, Self

_NOTHING_YET = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class Connection:
    """A connection that is open; whoever opened it closes it.

    Every method but `close` raises OSError when the connection fails; `ssl.SSLError` is one.
    """

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected

    @classmethod
    async def open(cls, address: str, port: int) -> Self:
        """Connect to an IP address; no name is looked up here."""
        connecting = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
        try:
            connecting.settimeout(0)  # never blocks
            connecting.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            await asyncio.get_running_loop().sock_connect(connecting, (address, port))
        except BaseException:
            connecting.close()
            raise
        return cls(connecting)

    async def secure(self, context: ssl.SSLContext, name: str) -> None:
        """Go on in TLS; the certificate has to be `name`'s."""
        secured = context.wrap_socket(self._socket, server_hostname=name, do_handshake_on_connect=False)
        self._socket = secured
        while True:
            try:
                secured.do_handshake()
            except ssl.SSLWantReadError:
                await self.readable()
            except ssl.SSLWantWriteError:
                await self._writable()
            else:
                return

    async def send(self, data: bytes) -> None:
        """Send all of it."""
        left = memoryview(data)
        while left:
            try:
                left = left[self._socket.send(left) :]
            except _NOTHING_YET:
                await self._writable()

    async def receive(self, most: int) -> bytes:
        """Return what comes next, and nothing when the other side has closed."""
        while True:
            try:
                return self._socket.recv(most)
            except _NOTHING_YET:
                await self.readable()

    def take(self, room: memoryview) -> int | None:
        """Fill `room` with what has arrived, as far as it goes, without waiting; may be called in a thread.

        Returns:
            How many bytes; 0 when there are none yet, None when there will be none: the other side has closed.
        """
        taken = 0
        while taken < len(room):
            try:
                count = self._socket.recv_into(room[taken:])
            except _NOTHING_YET:
                break
            except OSError:
                if taken:
                    break  # it comes again, when there is nothing to lose
                raise
            if not count:
                return taken or None
            taken += count
        return taken

    async def readable(self) -> None:
        """Wait until something arrives."""
        loop = asyncio.get_running_loop()
        await self._watched(loop.add_reader, loop.remove_reader)

    async def _writable(self) -> None:
        loop = asyncio.get_running_loop()
        await self._watched(loop.add_writer, loop.remove_writer)

    async def _watched(self, add: Callable[..., Any], remove: Callable[[int], Any]) -> None:
        ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        number = self._socket.fileno()
        add(number, _settle, ready)
        try:
            await ready
        finally:
            remove(number)

    def close(self) -> None:
        """Close it."""
        self._socket.close()


def _settle(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)
