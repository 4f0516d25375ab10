"""`python -m bot engine` is killed with -9 while jobs wait in its queue; after the next start all of them end."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.acceptance.process import ROOT
from tests.scenarios.house import free_port

CREDENTIALS = {"type": "application", "appId": "sales", "appSecret": "open sesame"}
SAID = [
    "I will book the studio by Friday.",
    "I will send the contract to the printer tomorrow.",
    "I will update the price list on Monday.",
    "I will order a new sign for the window.",
]
KILLS = 3

pytestmark = pytest.mark.timeout(120)


@asynccontextmanager
async def engine(folder: Path, port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the program as an operator does; a process that still runs at the end is stopped politely."""
    apps = folder / "apps"
    apps.write_text(f"{CREDENTIALS['appId']}:{CREDENTIALS['appSecret']}\n", encoding="utf-8")
    environment = os.environ | {
        "DATA_DIR": str(folder / "data"),
        "ENGINE_PORT": str(port),
        "ENGINE_APPS": str(apps),
        "ENGINE_MAX_JOBS": "20",
        "LOG_LEVEL": "ERROR",
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "engine", cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            assert await process.wait() == 0


async def healthy(client: httpx.AsyncClient) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                if (await client.get("/healthz")).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.05)


async def statuses(client: httpx.AsyncClient, jobs: list[str]) -> list[str]:
    return [(await client.get(f"/v1/job/{job}")).json()["status"] for job in jobs]


def body(content: str) -> dict[str, Any]:
    return {"messages": [{"payload": {"content": content}, "from": {"name": "Bo", "userId": "bo@example.com"}}]}


async def test_queued_jobs_outlive_the_engine_that_took_them(tmp_path: Path) -> None:
    port = free_port()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30) as client:
        async with engine(tmp_path, port) as process:
            await healthy(client)
            token = (await client.post("/oauth2/token:generate", json=CREDENTIALS)).json()["accessToken"]
            client.headers["Authorization"] = f"Bearer {token}"
            first = (await client.post("/v1/process/text", json=body(SAID[0]))).json()
            path = f"/v1/process/text/{first['conversationId']}"
            jobs = [first["jobId"]]
            jobs += [(await client.put(path, json=body(each))).json()["jobId"] for each in SAID[1:]]
            process.send_signal(signal.SIGKILL)
            await process.wait()
        for done in range(1, KILLS):
            async with engine(tmp_path, port) as process:
                await healthy(client)
                # the token of before still opens
                async with asyncio.timeout(60):
                    while (await statuses(client, jobs)).count("completed") < done:  # noqa: ASYNC110 - another process decides
                        await asyncio.sleep(0.01)
                process.send_signal(signal.SIGKILL)
                await process.wait()
        async with engine(tmp_path, port):
            await healthy(client)
            async with asyncio.timeout(60):
                while set(await statuses(client, jobs)) != {"completed"}:  # noqa: ASYNC110 - the same
                    await asyncio.sleep(0.02)
            conversation = f"/v1/conversations/{first['conversationId']}"
            messages = (await client.get(f"{conversation}/messages")).json()["messages"]
            assert [message["text"] for message in messages] == SAID
            assert len((await client.get(f"{conversation}/action-items")).json()["actionItems"]) == len(SAID)
