"""The playground: from the bot's post to a page's frame, and what it costs to leave it running.

Run with `python -m bench.playground`. The playground runs in a process of its own; a client of Slack's SDK posts, and a
page that is open hears of it. Then bot, engine and playground run with one page open, and nobody does anything.
"""

import asyncio
import json
import re
import statistics
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from slack_sdk.web.async_client import AsyncWebClient
from websockets.asyncio.client import ClientConnection, connect

_MESSAGES = 300
_IDLE_SECONDS = 20.0
_SETTLE_SECONDS = 5.0


@asynccontextmanager
async def _demo(*words: str) -> AsyncIterator[tuple[int, str]]:
    """Run a demo, and give its process id and address."""
    command = [sys.executable, "-m", "bot", "demo", "--port", "0", "--no-open", *words]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    try:
        first = (await process.stdout.readline()).decode()
        found = re.search(r"http://\S+", first)
        assert found, first
        yield process.pid, found[0]
    finally:
        process.terminate()
        await process.communicate()


@asynccontextmanager
async def _page(address: str) -> AsyncIterator[ClientConnection]:
    async with connect(address.replace("http", "ws") + "page/live?as=ana", max_size=None, proxy=None) as page:
        await page.recv()
        yield page


async def _frames() -> list[float]:
    """Return the milliseconds from each post to its frame."""
    async with _demo("--alone") as (_, address), httpx.AsyncClient(base_url=address, trust_env=False) as http:
        await http.post("/page/do/rules", json={"as": "ana", "rate_limits": False})
        client = AsyncWebClient("xoxb-playground", base_url=f"{address}api/")
        channels = await client.conversations_list()
        channel = next(each["id"] for each in channels["channels"] if each["name"] == "product")
        async with _page(address) as page:
            return [await _once(client, page, channel, f"message {number}") for number in range(_MESSAGES)]


async def _once(client: AsyncWebClient, page: ClientConnection, channel: str, text: str) -> float:
    started = time.perf_counter()
    posting = asyncio.create_task(client.chat_postMessage(channel=channel, text=text))
    while True:
        frame = json.loads(await page.recv())
        if frame["type"] == "message_posted" and frame["message"]["text"] == text:
            break
    passed = (time.perf_counter() - started) * 1000
    await posting
    return passed


async def _idle_share() -> float:
    """Return the share of one core that bot, engine and playground take while nothing happens, with a page open."""
    async with _demo() as (pid, address), _page(address):
        await asyncio.sleep(_SETTLE_SECONDS)
        before = _cpu_seconds(pid)
        await asyncio.sleep(_IDLE_SECONDS)
        return (_cpu_seconds(pid) - before) / _IDLE_SECONDS


def _cpu_seconds(pid: int) -> float:
    """Return the processor time of a process and of those that it started.

    Linux counts it in nanoseconds for each thread; its better known figure for a process is sampled, and misses one
    that wakes only for a moment.
    """
    threads = [thread for each in [pid, *_children(pid)] for thread in Path(f"/proc/{each}/task").iterdir()]
    return sum(int((each / "schedstat").read_text(encoding="utf-8").split()[0]) for each in threads) / 1e9


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for tasks in Path(f"/proc/{pid}/task").iterdir():
        for child in (tasks / "children").read_text(encoding="utf-8").split():
            found += [int(child), *_children(int(child))]
    return found


async def main() -> None:
    """Print the table."""
    times = await _frames()
    share = await _idle_share()
    print("The playground: a post of the bot to a page's frame; processor while idle")
    print(f"{'messages':>9} {'p50 ms':>8} {'p95 ms':>8} {'most ms':>8} {'idle % of a core':>17}")
    cut = statistics.quantiles(times, n=20)[18]
    print(f"{len(times):>9} {statistics.median(times):>8.1f} {cut:>8.1f} {max(times):>8.1f} {share * 100:>17.2f}")


if __name__ == "__main__":
    asyncio.run(main())
