"""From a reaction to the edited message: our own time, and how many calls of Slack it takes.

Run with `python -m bench.reaction`. The bot runs in a process of its own on a playground's Slack, over Socket Mode; the
time is from the reaction to the arrival of the edit at Slack, so it includes two trips over loopback.
"""

import asyncio
import statistics
import time

from bench.process import running_bot
from bot.playground.playground import Playground

CHANNEL = "product"
ROUNDS = 60
# people do not react to the same message twice a second, and neither does this bench: edits are paced
_BETWEEN = 1.1
TRANSCRIPT = b"WEBVTT\n\n" + b"".join(
    b"00:00:%02d.000 --> 00:00:%02d.900\n<v Ana>I'll send the %s report to the board by Friday.\n\n" % (at, at, name)
    for at, name in enumerate([b"first sales", b"second staff", b"third stock", b"fourth safety", b"fifth travel"], 1)
)


async def _thread(slack: Playground) -> list[str]:
    await slack.say("ana", CHANNEL, "Planning", files=[("planning.vtt", TRANSCRIPT)])
    await slack.wait_for(lambda: any("is done" in each.text for each in slack.from_app(CHANNEL)), within=60)
    await slack.settled()
    return [each.ts for each in slack.from_app(CHANNEL) if each.text.startswith("Action item")]


async def _react(slack: Playground, ts: str, number: int) -> tuple[float, int]:
    """Claim or release an item; return the milliseconds until the edit arrived, and the calls that were made."""
    before = len(slack.calls)
    claims = number % 2 == 0
    started = time.monotonic()
    await (slack.react if claims else slack.unreact)("bo", CHANNEL, ts, "hand")
    await slack.wait_for(lambda: len(slack.calls) > before)
    await slack.settled()
    await asyncio.sleep(_BETWEEN)
    made = slack.calls[before:]
    assert [call.method for call in made] == ["chat.update"], made
    return (made[0].started - started) * 1000, len(made)


async def main() -> None:
    """Print the table."""
    async with running_bot() as bot:
        items = await _thread(bot.slack)
        measured = [await _react(bot.slack, items[0], number) for number in range(ROUNDS)]
    times = [each for each, _ in measured]
    print("Reaction to edited message")
    print(f"{'reactions':>10} {'p50 ms':>8} {'p95 ms':>8} {'most ms':>8} {'calls each':>11}")
    cut = statistics.quantiles(times, n=20)[18]
    calls = max(count for _, count in measured)
    print(f"{ROUNDS:>10} {statistics.median(times):>8.1f} {cut:>8.1f} {max(times):>8.1f} {calls:>11}", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
