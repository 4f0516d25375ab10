"""Socket Mode: the app's WebSocket connections, and the other way to it."""

import asyncio
import contextlib
import itertools
import json
import secrets
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from bot.playground.changes import Changes, Traffic
from bot.playground.clock import Clock
from bot.playground.deliveries import Ack, Kind
from bot.playground.installed import InstalledApp
from bot.playground.records import Json

MOST_CONNECTIONS = 10
_BAD_TICKET = 4001


class Sockets:
    """Keeps the connections of an app, and gives each request to one of them in turn."""

    def __init__(self, app: InstalledApp, clock: Clock, changes: Changes) -> None:
        self._app = app
        self._clock = clock
        self._changes = changes
        self._tickets: set[str] = set()
        self._connections: list[WebSocket] = []
        self._turn = itertools.count()
        self._acks: dict[str, tuple[WebSocket, asyncio.Future[Ack]]] = {}

    @property
    def connections(self) -> int:
        """How many connections there are."""
        return len(self._connections)

    def ticket(self) -> str:
        """Return what opens one connection, once."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, socket: WebSocket) -> None:
        """Talk to the app over one connection until it ends."""
        ticket = socket.query_params.get("ticket", "")
        await socket.accept()
        if ticket not in self._tickets:
            await socket.close(_BAD_TICKET)
            return
        self._tickets.discard(ticket)
        if len(self._connections) >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return
        self._connections.append(socket)
        try:
            await socket.send_json(self._hello())
            self._changes.publish(Traffic(self._clock.next_ts()))
            while True:
                self._take(await socket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            self._forget(socket)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._connections),
            "debug_info": {"host": "playground", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._app.id},
        }

    def _take(self, text: str) -> None:
        try:
            frame: Any = json.loads(text)
        except ValueError:
            return
        if not isinstance(frame, dict):
            return
        _, waiting = self._acks.pop(str(frame.get("envelope_id")), (None, None))
        if waiting and not waiting.done():
            waiting.set_result(Ack(ok=True, body=frame.get("payload")))

    def _forget(self, socket: WebSocket) -> None:
        if socket in self._connections:
            self._connections.remove(socket)
        for owner, waiting in self._acks.values():
            if owner is socket and not waiting.done():
                waiting.set_result(Ack(ok=False, reason="connection_failed"))
        self._changes.publish(Traffic(self._clock.next_ts()))

    async def send(self, kind: Kind, payload: Json, attempt: int, reason: str) -> Ack:
        """Bring one request to the app over one of its connections and wait for its answer."""
        if not self._connections:
            return Ack(ok=False, reason="connection_failed")
        socket = self._connections[next(self._turn) % len(self._connections)]
        envelope_id = secrets.token_hex(16)
        envelope: Json = {
            "envelope_id": envelope_id,
            "payload": payload,
            "type": str(kind),
            "accepts_response_payload": kind is not Kind.EVENT,
        }
        if kind is Kind.EVENT:
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        waiting: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        self._acks[envelope_id] = (socket, waiting)
        try:
            await socket.send_json(envelope)
            return await waiting
        except (WebSocketDisconnect, RuntimeError):
            # Starlette says it so when the connection broke between our choice and our frame
            return Ack(ok=False, reason="connection_failed")
        finally:
            self._acks.pop(envelope_id, None)

    async def refresh(self) -> None:
        """Ask the app to connect anew, as Slack does every few hours."""
        for socket in tuple(self._connections):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})

    async def drop(self) -> None:
        """Close every connection without a word."""
        for socket in tuple(self._connections):
            with contextlib.suppress(RuntimeError):
                if socket.application_state is WebSocketState.CONNECTED:
                    await socket.close()
