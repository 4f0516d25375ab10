"""The playground's page in a real Chromium: how soon it can be used, how soon a post is seen, 5,000 messages scrolled.

Run with `python -m bench.page`. Needs Chromium and Playwright; says so, and measures nothing, without them.
"""

import asyncio
import importlib.util
import shutil
import statistics
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from slack_sdk.web.async_client import AsyncWebClient

_VISITS = 7
_POSTS = 40
_MESSAGES = 5_000
_SCROLLED_SECONDS = 8.0

_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")

_READY = """
window.usable = new Promise((resolve) => new MutationObserver((_, look) => {
  if (!document.querySelector('body.ready .composer-field:enabled')) return;
  look.disconnect();
  requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
}).observe(document, { subtree: true, attributes: true, childList: true }));
"""
"""Notes the milliseconds from the request for the page until one can type, and sees that one can."""

_SEEN = """() => {
  window.seen = new Promise((resolve) => { window.resolveSeen = resolve; });
  const look = new MutationObserver(() => {
    if (!document.querySelector('#channel .canvas')?.textContent.includes(window.marker)) return;
    look.disconnect();
    requestAnimationFrame(() => setTimeout(() => window.resolveSeen(performance.timeOrigin + performance.now())));
  });
  look.observe(document.querySelector('#channel .canvas'), { childList: true, subtree: true, characterData: true });
}"""
"""Resolves once what was looked for has been drawn: in the task after the frame that shows it."""

_WATCH = """() => {
  window.frames_ = [];
  window.longest = 0;
  let last = performance.now();
  const frame = (now) => { window.frames_.push(now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
  }).observe({ type: 'longtask' });
}"""


@asynccontextmanager
async def _demo() -> AsyncIterator[str]:
    """Run a Slack alone, and give its address."""
    command = [sys.executable, "-m", "bot", "demo", "--port", "0", "--no-open", "--alone"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    try:
        first = (await process.stdout.readline()).decode().split()
        assert first, "the demo ended before it said where it is"
        yield first[-1]
    finally:
        process.terminate()
        await process.communicate()


async def _usable(browser: Any, address: str) -> list[float]:
    """Return the milliseconds from the request for the page until one can type, each in a browser without a cache."""
    took = []
    for _ in range(_VISITS):
        context = await browser.new_context()
        page = await context.new_page()
        await page.add_init_script(_READY)
        await page.goto(address, wait_until="commit")
        took.append(await page.evaluate("window.usable"))
        await context.close()
    return took


async def _seen(page: Any, client: AsyncWebClient, channel: str) -> list[float]:
    """Return the milliseconds from each post of the bot until it is on the screen."""
    took = []
    for number in range(_POSTS):
        marker = f"marker {number:04} of {_POSTS}"
        await page.evaluate("(marker) => { window.marker = marker; }", marker)
        await page.evaluate(_SEEN)
        started = time.time()
        await client.chat_postMessage(channel=channel, text=marker)
        took.append(await page.evaluate("window.seen") - started * 1000)
    return took


async def _fill(address: str) -> None:
    """Say 5,000 things, of different lengths."""
    async with httpx.AsyncClient(base_url=address, trust_env=False, timeout=60) as http:
        for number in range(_MESSAGES):
            text = f"Message {number}: *{'words ' * (number % 37 + 1)}*:tada: https://example.com/{number}"
            await http.post(
                "/page/do/say", json={"as": ("ana", "bo", "mei")[number % 3], "channel": "general", "text": text}
            )


async def _scrolled(page: Any) -> tuple[list[float], float, int]:
    """Scroll as with a wheel; return the frames' milliseconds, the longest task's, and how many messages are drawn."""
    await page.mouse.move(700, 400)
    await page.evaluate(_WATCH)
    until = time.perf_counter() + _SCROLLED_SECONDS
    while time.perf_counter() < until:
        await page.mouse.wheel(0, -900)
        await asyncio.sleep(0.016)
    frames: list[float] = await page.evaluate("window.frames_.slice(1)")
    longest: float = await page.evaluate("window.longest")
    drawn: int = await page.locator("#channel article").count()
    return frames, longest, drawn


def _row(what: str, figure: str, aim: str) -> None:
    print(f"| {what:<58} | {figure:>22} | {aim:>9} |")


async def main() -> int:
    """Measure and print the table."""
    chromium = next(
        (path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path), None
    )
    if chromium is None or importlib.util.find_spec("playwright") is None:
        print("The page is not measured: it takes Chromium (apt-get install chromium) and Playwright (make setup).")
        return 0
    from playwright.async_api import async_playwright  # noqa: PLC0415 - it may be missing

    async with _demo() as address, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(_QUIET))
        async with httpx.AsyncClient(base_url=address, trust_env=False) as http:
            await http.post("/page/do/rules", json={"as": "ana", "rate_limits": False})
        client = AsyncWebClient("xoxb-playground", base_url=f"{address}api/")
        channels = {each["name"]: each["id"] for each in (await client.conversations_list())["channels"]}
        usable = await _usable(browser, address)
        page = await browser.new_page(viewport={"width": 1440, "height": 900})
        await page.goto(f"{address}#{channels['product']}")
        await page.locator("body.ready").wait_for()
        seen = await _seen(page, client, channels["product"])
        await page.close()
        await _fill(address)
        usable_full = await _usable(browser, f"{address}#{channels['general']}")
        page = await browser.new_page(viewport={"width": 1440, "height": 900})
        await page.goto(f"{address}#{channels['general']}")
        await page.locator("#channel article").last.wait_for()
        frames, longest, drawn = await _scrolled(page)
        await page.locator(".to-newest").click()
        full_seen = await _seen(page, client, channels["general"])
        await browser.close()

    slow = sum(each > 50 for each in frames) / len(frames)
    print(f"| {'the page':<58} | {'measured':>22} | {'aim':>9} |")
    print(f"|{'-' * 60}|{'-' * 23}:|{'-' * 10}:|")
    _row(
        f"usable, median of {_VISITS} visits (slowest)",
        f"{statistics.median(usable):.0f} ms ({max(usable):.0f})",
        "< 1 s",
    )
    _row("the same, with 5,000 messages", f"{statistics.median(usable_full):.0f} ms ({max(usable_full):.0f})", "< 1 s")
    _row(
        f"a bot's post on screen, median of {_POSTS} (slowest)",
        f"{statistics.median(seen):.0f} ms ({max(seen):.0f})",
        "< 100 ms",
    )
    _row("the same, with 5,000 messages", f"{statistics.median(full_seen):.0f} ms ({max(full_seen):.0f})", "< 100 ms")
    _row("5,000 messages, scrolled: frames a second", f"{1000 / statistics.mean(frames):.0f}", "")
    _row("frames that took longer than 50 ms", f"{slow:.1%}", "")
    _row("the longest task while scrolling", f"{longest:.0f} ms" if longest else "none over 50 ms", "< 100 ms")
    _row("messages that are drawn, of 5,000", f"{drawn}", "")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
