"""Webhooks, as a real server receives them."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from bot.engine import webhooks
from bot.ports import Json
from bot.sources.door import Door
from tests.clocks import SettableClock
from tests.engine.serving import ended, engine_in, said, sent, submitted
from tests.sources.servers import Answer, LocalServer, Raw, redirect


class Receiver:
    """A server that takes webhooks; it answers `refuse` requests with 500 first."""

    def __init__(self, refuse: int = 0) -> None:
        self.received: list[dict[str, Any]] = []
        self.requests = 0
        self._refuse = refuse
        self._news = asyncio.Event()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        async with server:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"

    async def count(self, requests: int) -> None:
        async with asyncio.timeout(10):
            while self.requests < requests:
                self._news.clear()
                await self._news.wait()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.partition("content-length:")[2].split()[0])
        body = json.loads(await reader.readexactly(length))
        self.requests += 1
        self._news.set()
        refused = self.requests <= self._refuse
        if not refused:
            self.received.append(body)
        writer.write(b"HTTP/1.1 500 No\r\n" if refused else b"HTTP/1.1 200 OK\r\n")
        writer.write(b"Content-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()
        await writer.wait_closed()


async def post(url: str, body: Mapping[str, Json]) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        (await client.post(url, json=dict(body))).raise_for_status()


async def test_each_new_status_is_posted_in_order(tmp_path: Path) -> None:
    receiver = Receiver()
    async with receiver.listening() as url, engine_in(tmp_path, notify=post) as api:
        _, good = await submitted(api, said("Hello.", webhookUrl=url))
        await ended(api, good)
        await receiver.count(3)
        _, bad = await sent(api, webhookUrl=url)
        await ended(api, bad)
        await receiver.count(6)
    expected = [(good, "scheduled"), (good, "in_progress"), (good, "completed")]
    expected += [(bad, "scheduled"), (bad, "in_progress"), (bad, "failed")]
    assert receiver.received == [{"id": job, "jobId": job, "status": status} for job, status in expected]


async def test_a_receiver_that_is_down_gets_it_later_and_holds_up_no_job(tmp_path: Path) -> None:
    receiver, clock = Receiver(refuse=3), SettableClock()
    async with receiver.listening() as url:
        async with engine_in(tmp_path, notify=post, clock=clock) as api:
            _, job_id = await submitted(api, said("Hello.", webhookUrl=url))
            assert (await ended(api, job_id))["status"] == "completed"
            await receiver.count(3)
        clock.move(seconds=webhooks.WAITS_SECONDS[0])
        async with engine_in(tmp_path, notify=post, clock=clock):
            await receiver.count(6)
    assert {each["status"] for each in receiver.received} == {"scheduled", "in_progress", "completed"}


async def test_a_receiver_that_never_answers_is_let_go(tmp_path: Path) -> None:
    clock, attempts, news = SettableClock(), list[str](), asyncio.Event()

    async def refuse(_url: str, body: Mapping[str, Json]) -> None:
        attempts.append(str(body["status"]))
        news.set()
        raise OSError("nobody there")

    async def attempted(count: int) -> None:
        async with asyncio.timeout(10):
            while len(attempts) < count:
                news.clear()
                await news.wait()

    async with engine_in(tmp_path, notify=refuse, clock=clock) as api:
        _, job_id = await submitted(api, said("Hello.", webhookUrl="http://receiver.example.com/"))
        await ended(api, job_id)
        await attempted(3)
    for round_number, wait in enumerate(webhooks.WAITS_SECONDS, 2):
        clock.move(seconds=wait)
        async with engine_in(tmp_path, notify=refuse, clock=clock):
            await attempted(3 * round_number)
    clock.move(days=1)
    async with engine_in(tmp_path, notify=refuse, clock=clock) as api:
        # one more job, and its webhooks come after any that were still planned
        _, job_id = await submitted(api, said("Hello.", webhookUrl="http://receiver.example.com/"))
        await ended(api, job_id)
        await attempted(3 * (len(webhooks.WAITS_SECONDS) + 1) + 3)
    assert len(attempts) == 3 * (len(webhooks.WAITS_SECONDS) + 1) + 3


async def test_receivers_that_misbehave_hold_up_nothing_and_lead_nowhere(tmp_path: Path) -> None:
    """One never answers, one answers 500, one sends us on to a private place; behind the door that the server uses."""
    async with LocalServer() as outside, LocalServer() as inside:
        done = asyncio.Event()

        async def slow(_writer: asyncio.StreamWriter) -> None:
            await done.wait()

        outside.routes = {"/slow": Raw(slow), "/broken": Answer(b"", 500), "/moved": redirect(inside.url("/admin"))}
        inside.routes = {"/admin": Answer()}
        door = Door([outside.place])
        urls = [outside.url("/slow"), outside.url("/broken"), outside.url("/moved"), inside.url("/admin")]
        async with engine_in(tmp_path, notify=door.post) as api:
            for url in urls:
                _, job_id = await submitted(api, said("Hello.", webhookUrl=url))
                assert (await ended(api, job_id))["status"] == "completed"
            async with asyncio.timeout(10):
                while 'outcome="not taken"} 9.0' not in (await api.get("/metrics")).text:  # noqa: ASYNC110 - as monitoring asks
                    await asyncio.sleep(0.02)
            done.set()
        assert {asked.target for asked in outside.asked} == {"/slow", "/broken", "/moved"}
        assert inside.asked == []
