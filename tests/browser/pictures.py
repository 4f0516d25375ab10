"""Makes the README's pictures: `python -m tests.browser.pictures`, with Chromium and an emoji font installed.

It runs the demo, shares the sample recording, claims what it says, and photographs that.
"""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.browser.chromium import browser, missing
from tests.browser.demo import demo

_FOLDER = Path(__file__).parents[2] / "docs" / "pictures"


async def main() -> int:
    """Make them and return 0, or say what is missing and return 1."""
    if missing():
        sys.stderr.write(f"{missing()}\n")
        return 1
    from tests.browser.person import Person  # noqa: PLC0415 - it needs Playwright

    _FOLDER.mkdir(parents=True, exist_ok=True)

    async def keep(page: Any, name: str) -> None:
        await page.screenshot(path=_FOLDER / f"{name}.png", animations="disabled")

    with tempfile.TemporaryDirectory() as folder:
        async with demo(Path(folder)) as running, browser() as chromium:
            wide = await chromium.new_context(viewport={"width": 1360, "height": 960})
            ana = Person(await wide.new_page(), keep)
            await ana.open(running.address)
            await ana.channel.get_by_role("button", name="Share this").click()
            await ana.open_thread()
            # the app posts no faster than Slack allows
            await ana.page.locator("#channel .replies").first.get_by_text("1 reply").wait_for()
            # the sample's last message is its second follow-up; until then what is looked at moves
            await ana.thread.locator("article", has_text="Follow-up: ").nth(1).wait_for(timeout=60_000)
            await _to_its_beginning(ana)
            first = ana.at(await ana.items.first.get_attribute("data-ts") or "")
            second = ana.at(await ana.items.nth(1).get_attribute("data-ts") or "")
            await ana.react(first, "hand")
            await first.get_by_text("has it").wait_for()

            narrow = await chromium.new_context(viewport={"width": 390, "height": 760}, color_scheme="dark")
            bo = Person(await narrow.new_page(), keep)
            await bo.open(running.address, "bo")
            await bo.open_thread()
            await bo.page.locator("#guide").get_by_role("button", name="Put the hints away").click()
            await _to_its_beginning(bo)
            claimed = bo.at(await first.get_attribute("data-ts") or "")
            await bo.react(bo.at(await second.get_attribute("data-ts") or ""), "hand")
            await bo.react(claimed, "hand")
            private = bo.thread.locator("article.ephemeral")
            await private.wait_for()
            await bo.page.mouse.move(0, 0)
            await bo.keep("second")

            await second.get_by_text("has it").wait_for()
            await second.get_by_role("button", name="Done").click()
            await second.get_by_text("Done by").wait_for()
            settled = ana.thread.locator("article").nth(1)
            await settled.evaluate("(node) => { node.scrollIntoView({ block: 'start' }); }")
            await ana.page.locator("#guide").get_by_role("button", name="Put the hints away").click()
            await ana.page.mouse.move(0, 0)
            await ana.page.wait_for_timeout(300)
            await ana.keep("thread")

            await ana.page.get_by_role("button", name="Inspector").click()
            await ana.page.locator(".traffic-row", has_text="reaction_added").first.click()
            await ana.keep("inspector")
    return 0


async def _to_its_beginning(person: Any) -> None:
    """Scroll the open thread up: a part that is far from what is seen is not drawn."""
    await person.thread.evaluate("(node) => { for (const each of node.querySelectorAll('*')) each.scrollTop = 0; }")
    await person.thread.get_by_text("open questions", exact=False).last.wait_for()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
