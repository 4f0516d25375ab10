"""A real Chromium, and people in front of it."""

import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import browser, missing

if missing():
    # these need Playwright to be read at all; `test_chromium.py` says that they were left out, and what they need
    collect_ignore_glob = ["test_[!c]*.py"]

Opened = Callable[..., Awaitable[Any]]
"""Opens a tab and returns the `Person` in front of it: `await tab(width=360, theme="dark")`."""


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
    """Open tabs of a real browser; what a page's console complains of fails the test."""
    from tests.browser.person import Person  # noqa: PLC0415 - it needs Playwright

    complaints: list[str] = []
    # a connection that a test cuts, and an answer that refuses, are not the page's fault
    expected = ["WebSocket", "Failed to load resource"]
    async with browser() as chromium:

        async def opened(width: int = 1280, height: int = 800, theme: Any = "light", complains: str = "") -> Person:
            if complains:
                expected.append(complains)
            context = await chromium.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
            page = await context.new_page()
            page.set_default_timeout(20_000)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
            return Person(page, keep)

        yield opened
    assert [each for each in complaints if not any(words in each for words in expected)] == []
