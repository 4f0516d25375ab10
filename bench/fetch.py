"""How fast a recording is fetched, beside curl, and what fifty at a time cost everybody else: `python -m bench.fetch`.

Everything on loopback, from a process that sends a file as fast as the kernel does. Ours hashes what it writes, and
checks each hop; curl only writes. The figures are the best of some rounds, taken in turns, as other programs on the
machine slow both down; of the acknowledgement's times, which are `bench.acknowledgement`'s in the process that fetches,
as in production, the rounds' median.
"""

import asyncio
import shutil
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bench.acknowledgement import Figures, measure, real_app
from bench.file_server import serving
from bot.sources.door import Door
from bot.sources.downloads import Limits

SIZE = 1024**3
ROUNDS = 5
SIDE_BY_SIDE = 50
SMALL = 16 * 1024**2
ROUNDS_OF_50 = 5
GIGABIT = 125_000_000  # bytes a second: more than most lines bring
REQUESTS = 1000


async def _seconds_of_ours(url: str, door: Door, target: Path) -> float:
    started = time.perf_counter()
    await door.download(url, target)
    taken = time.perf_counter() - started
    _remove(target, SIZE)
    return taken


async def _seconds_of_curl(url: str, target: Path) -> float:
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec("curl", "--silent", "--fail", "--output", str(target), url)
    assert await process.wait() == 0, "curl failed"
    taken = time.perf_counter() - started
    _remove(target, SIZE)
    return taken


def _remove(path: Path, size: int) -> None:
    assert path.stat().st_size == size, path
    path.unlink()


def _resident(what: str) -> float:
    """Return this process's resident memory in MB: `VmRSS` now, `VmHWM` the most there was."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024


def _forget_the_most() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # proc(5): begins the high-water mark anew


async def _compare(url: str, door: Door, folder: Path) -> None:
    with_curl = shutil.which("curl") is not None
    await _seconds_of_ours(url, door, folder / "warm")
    _forget_the_most()
    before = _resident("VmRSS")
    ours, curl = [], []
    for _ in range(ROUNDS):
        if with_curl:
            curl.append(await _seconds_of_curl(url, folder / "curl"))
        ours.append(await _seconds_of_ours(url, door, folder / "ours"))
    grown = _resident("VmHWM") - before
    print(f"| {'1 GB from loopback, best of ' + str(ROUNDS):<52} | {'measured':>12} | {'aim':>8} |")
    print(f"|{'-' * 54}|{'-' * 13}:|{'-' * 9}:|")
    _row("ours, with its hash", f"{SIZE / 1e6 / min(ours):.0f} MB/s", "")
    if with_curl:
        _row("curl, to a file", f"{SIZE / 1e6 / min(curl):.0f} MB/s", "")
        _row("ours by curl's", f"{min(curl) / min(ours):.2f}", ">= 0.7")
    else:
        _row("curl", "not here", "")
    _row("memory that it takes", f"{grown:.1f} MB", "< 20 MB")


@asynccontextmanager
async def _fetching(url: str, door: Door, folder: Path) -> AsyncIterator[list[int]]:
    """Fetch side by side, each again and again, until the block ends; yield how many bytes each brought."""
    brought = [0] * SIDE_BY_SIDE

    async def fetch(number: int) -> None:
        while True:
            got = await door.download(url, folder / str(number), Limits())
            brought[number] += got.size
            await asyncio.to_thread(_remove, got.path, SMALL)

    tasks = [asyncio.create_task(fetch(number)) for number in range(SIDE_BY_SIDE)]
    try:
        await asyncio.sleep(1)
        yield brought
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        failed = [error for error in ended if not isinstance(error, asyncio.CancelledError)]
        assert not failed, failed


async def _acknowledge(url: str, door: Door, folder: Path, how: str) -> None:
    idle, busy, speeds = [], [], []
    async with real_app(folder) as app:
        for _ in range(ROUNDS_OF_50):
            idle.append(await measure(app, REQUESTS))
            async with _fetching(url, door, folder) as brought:
                before, started = sum(brought), time.perf_counter()
                busy.append(await measure(app, REQUESTS))
                speeds.append((sum(brought) - before) / 1e6 / (time.perf_counter() - started))
    speed = f"{max(speeds):.0f} MB/s" if max(speeds) else ""
    _row(f"{SIDE_BY_SIDE} side by side, {how}", speed, "")
    _row("acknowledgement at rest: p50, p99", _times(idle), "")
    _row("the same, while they are fetched", _times(busy), "")
    _row("p99 by p99 at rest", f"{_p99(busy) / _p99(idle):.2f}", "<= 2")


def _p99(measured: list[Figures]) -> float:
    return statistics.median(each.p99 for each in measured)


def _times(measured: list[Figures]) -> str:
    return f"{statistics.median(each.p50 for each in measured):.1f}, {_p99(measured):.1f} ms"


def _row(what: str, figure: str, aim: str) -> None:
    print(f"| {what:<52} | {figure:>12} | {aim:>8} |", flush=True)


async def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        large, small = folder / "large", folder / "small"
        for path, size in ((large, SIZE), (small, SMALL)):
            with path.open("wb") as file:
                file.truncate(size)
        with serving(large) as port:
            await _compare(f"http://127.0.0.1:{port}/", Door([f"127.0.0.1:{port}"]), folder)
        for how, rate in (("as fast as loopback gives", 0), ("by a line of a gigabit", GIGABIT // SIDE_BY_SIDE)):
            with serving(small, rate) as port:
                await _acknowledge(f"http://127.0.0.1:{port}/", Door([f"127.0.0.1:{port}"]), folder, how)


if __name__ == "__main__":
    asyncio.run(main())
