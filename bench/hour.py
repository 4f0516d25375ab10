"""An hour's transcript, from the moment it is shared to the complete plan of its thread; and the bot's memory.

Run with `python -m bench.hour`. The bot is the real program in a process of its own, on a playground's Slack; the
transcript is made from the sample meeting, repeated with other names of things until it lasts an hour.
"""

import asyncio
import re
import sqlite3
import time
from pathlib import Path

from bench.process import running_bot
from bot.evaluation.machine import peak_megabytes
from bot.playground import sample

CHANNEL = "product"
SECONDS = 3600
_TIMES = re.compile(r"(\d\d):(\d\d):(\d\d\.\d{3}) --> (\d\d):(\d\d):(\d\d\.\d{3})")
_THINGS = ("deposit", "newsletter", "payment", "insurance", "mechanics", "price list", "pictures", "window", "bank")
_OTHERS = (
    "budget contract brochure calendar catalogue customer delivery discount engine factory garden handbook invoice "
    "journal kitchen licence machine notebook office parking quarter receipt schedule tender uniform vehicle warehouse "
    "yearbook archive battery camera display editor forecast gallery harbour island ladder market network"
)


def an_hour() -> str:
    """Return a transcript of an hour: the sample's sentences, each time about other things."""
    cues = re.findall(r"(\d\d:\S+ --> \d\d:\S+)\n(.+)", sample.TRANSCRIPT.read_text(encoding="utf-8"))
    length = _moment(_TIMES.match(cues[-1][0]), last=True) + 2
    lines = ["WEBVTT", ""]
    for turn in range(int(SECONDS / length)):
        for times, words in cues:
            match = _TIMES.match(times)
            start, end = (_moment(match, last=last) + turn * length for last in (False, True))
            lines += [f"{_written(start)} --> {_written(end)}", _about_others(words, turn), ""]
    return "\n".join(lines)


def _about_others(words: str, turn: int) -> str:
    others = _OTHERS.split()
    for place, thing in enumerate(_THINGS):
        other = others[(turn * len(_THINGS) + place) % len(others)] if turn else thing
        words = re.sub(rf"\b{thing}\b", other, words)
    return words


def _moment(match: re.Match[str] | None, *, last: bool) -> float:
    assert match is not None
    hours, minutes, seconds = match.groups()[3:] if last else match.groups()[:3]
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _written(moment: float) -> str:
    return f"{int(moment // 3600):02}:{int(moment // 60 % 60):02}:{moment % 60:06.3f}"


def _planned(database: Path) -> int | None:
    """Return how many posts are planned once the plan is complete: it is committed as a whole."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        states = [state for (state,) in connection.execute("SELECT state FROM jobs")]
        if states and states[0] in {"needs_you", "failed"}:
            raise AssertionError(connection.execute("SELECT reason FROM jobs").fetchall())
        if not states or states[0] not in {"read", "done"}:
            return None
        return int(connection.execute("SELECT COUNT(*) FROM posts").fetchone()[0])


async def main() -> None:
    """Print the table."""
    text = an_hour()
    async with running_bot() as bot:
        started = time.perf_counter()
        await bot.slack.say("ana", CHANNEL, "The whole hour", files=[("hour.vtt", text.encode())])
        database = bot.data_dir / "followthrough.db"
        while (planned := _planned(database)) is None:  # noqa: ASYNC110 - another process decides
            await asyncio.sleep(0.01)
        taken = time.perf_counter() - started
        memory = peak_megabytes(bot.pid)
    words = len(re.findall(r"\w+", re.sub(r"<[^>]*>|[\d:.]+ --> [\d:.]+", "", text)))
    print("An hour's transcript, shared to complete plan of the thread")
    print(f"{'words':>8} {'posts':>8} {'seconds':>8} {'peak MB of the bot':>20}")
    print(f"{words:>8} {planned:>8} {taken:>8.2f} {memory:>20.0f}", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
