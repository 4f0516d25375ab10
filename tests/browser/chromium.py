"""The Chromium that the system has."""

import contextlib
import importlib.util
import shutil
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Browser

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

CHROMIUM = next((path for path in map(shutil.which, _PROGRAMS) if path), None)


def missing() -> str:
    """Return what there has to be before the page can be tested; empty when it is there."""
    if importlib.util.find_spec("playwright") is None:
        return "Playwright is not installed: make setup"
    if CHROMIUM is None:
        return "There is no Chromium: apt-get install chromium fonts-noto-color-emoji"
    return ""


@contextlib.asynccontextmanager
async def browser() -> "AsyncIterator[Browser]":
    """Run it until the block ends."""
    from playwright.async_api import async_playwright  # noqa: PLC0415 - it may be missing

    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        try:
            yield running
        finally:
            await running.close()
