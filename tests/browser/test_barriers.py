"""Nobody is kept out: axe-core on what people see most, at both widths and in both themes; and all by keyboard."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.axe import barriers
from tests.browser.conftest import Opened
from tests.browser.demo import demo
from tests.browser.person import Person

_LOOKS: tuple[tuple[int, Any], ...] = ((1440, "light"), (1440, "dark"), (360, "light"), (360, "dark"))


@pytest.mark.parametrize(("width", "theme"), _LOOKS)
async def test_no_serious_barrier_on_any_surface(tab: Opened, tmp_path: Path, width: int, theme: Any) -> None:
    async with demo(tmp_path, "--example") as running:
        ana: Person = await tab(width=width, height=900, theme=theme)
        await ana.open(running.address)
        found = {}
        await ana.write("see the *plan*, @bo, in `plan.md` :tada: https://example.com")
        await ana.react(ana.message("see the plan"), "tada")
        await ana.write("/gallery all")
        await expect(ana.channel.get_by_role("button", name="Danger")).to_be_visible()
        found["gallery"] = await barriers(ana.page)
        await ana.keep("gallery")
        await ana.write("/nosuch one")
        await expect(ana.channel.locator("article.ephemeral")).to_be_visible()
        await ana.write("the last word")
        await ana.message("the last word").focus()
        await ana.page.keyboard.press("t")
        await ana.write("a reply", where=ana.thread)
        await expect(ana.message("a reply", where=ana.thread)).to_be_visible()
        found["thread"] = await barriers(ana.page)
        await ana.keep("thread")
        await ana.page.get_by_role("button", name="Inspector").click()
        await expect(ana.page.locator(".traffic-row").first).to_be_visible()
        await ana.page.locator(".traffic-row").first.click()
        found["inspector"] = await barriers(ana.page)
        await ana.keep("inspector")
        await ana.page.get_by_role("button", name="Close the inspector").click()
        await ana.page.keyboard.press("Escape")
        if await ana.thread.is_visible():
            await (
                ana.thread.get_by_role("button", name="Close thread")
                .or_(ana.thread.get_by_role("button", name="Back to the channel"))
                .locator("visible=true")
                .click()
            )
        if width < 760:
            await ana.page.locator("#menu-button").click()
            found["drawer"] = await barriers(ana.page)
            await ana.keep("drawer")
        await ana.go("Rooms")
        await expect(ana.channel.locator(".home .blocks")).to_be_visible()
        found["home"] = await barriers(ana.page)
        await ana.keep("home")
        await ana.channel.get_by_role("tab", name="Messages").click()
        await ana.write("/book All of it")
        await expect(ana.dialog).to_be_visible()
        found["modal"] = await barriers(ana.page)
        await ana.keep("modal")
        assert {name: each for name, each in found.items() if each} == {}
        overflow = await ana.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0


async def test_a_whole_conversation_without_a_mouse(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path, "--example") as running:
        ana = await tab()
        await ana.open(running.address)
        press = ana.page.keyboard.press
        field = ana.channel.locator(".composer-field")
        await field.focus()
        await ana.page.keyboard.type("first line")
        await press("Shift+Enter")
        await ana.page.keyboard.type("second :thumbs")
        await press("Tab")
        await press("Enter")
        message = ana.message("second")
        await expect(message.get_by_role("img", name="+1 emoji")).to_be_visible()
        await ana.channel.locator(".scroller").focus()
        await press("ArrowUp")
        await expect(message).to_be_focused()
        await press("r")
        await ana.page.keyboard.type("eyes")
        await press("Enter")
        await expect(message.locator(".reaction").first).to_have_attribute("aria-pressed", "true")
        await message.focus()
        await press("t")
        await expect(ana.thread).to_be_visible()
        await press("Escape")
        await expect(ana.thread).to_be_hidden()
        await ana.page.locator("#who").focus()
        await press("Enter")
        await press("ArrowDown")
        await press("Enter")
        await expect(ana.page.locator("#who")).to_contain_text("Bo Larsen")
        # what somebody says in the open channel is read aloud
        await expect(ana.page.locator("#aloud")).to_contain_text("You are Bo Larsen")
