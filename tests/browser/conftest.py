"""A real Chromium, and people in front of it."""

import contextlib
import importlib.util
import os
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
CHROMIUM = next((path for path in map(shutil.which, _PROGRAMS) if path), None)
MISSING = (
    "Playwright is not installed: make setup" if importlib.util.find_spec("playwright") is None
    else "There is no Chromium: apt-get install chromium (fonts-noto-color-emoji for its emoji)" if CHROMIUM is None
    else ""
)  # fmt: skip
if MISSING:
    collect_ignore_glob = ["test_[!c]*.py"]

Opened = Callable[..., Awaitable[Any]]


@pytest.fixture
def keep(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Any, str], Awaitable[None]]:
    """Keep pictures of the steps in the folder that SCREENSHOTS names, or in pytest's own."""
    folder = Path(os.environ.get("SCREENSHOTS", "") or tmp_path) / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    test = re.sub(r"\W+", "_", request.node.name.removeprefix("test_"))[:60]
    count = 0

    async def kept(page: Any, name: str) -> None:
        nonlocal count
        count += 1
        await page.screenshot(path=folder / f"{test}-{count}-{name}.png", animations="disabled")

    return kept


@pytest.fixture
async def tab(keep: Callable[[Any, str], Awaitable[None]]) -> AsyncIterator[Opened]:
    """Open tabs of a real browser; what its console complains of fails the test."""
    from playwright.async_api import async_playwright  # noqa: PLC0415 - see MISSING

    from tests.browser.person import Person  # noqa: PLC0415 - the same

    complaints: list[str] = []
    expected: list[str] = ["WebSocket", "Failed to load resource"]
    async with contextlib.AsyncExitStack() as stack:
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        stack.push_async_callback(browser.close)

        async def opened(width: int = 1280, height: int = 800, theme: Any = "light", complains: str = "") -> Person:
            if complains:
                expected.append(complains)
            context = await browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
            page = await context.new_page()
            page.set_default_timeout(20_000)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
            return Person(page, keep)

        yield opened
    # a connection that a test cuts, and an answer that refuses, are not the page's fault
    assert [each for each in complaints if not any(words in each for words in expected)] == []
