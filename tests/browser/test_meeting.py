"""The bot as somebody meets it in a browser: a recording becomes a thread, and its items get owners."""

import re
from pathlib import Path

from playwright.async_api import expect

from tests.browser.conftest import Opened
from tests.browser.demo import demo


async def test_the_sample_is_shared_with_one_press_and_its_thread_grows(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path) as running:
        ana = await tab()
        await ana.open(running.address)
        await ana.keep("at-first")
        await ana.channel.get_by_role("button", name="Share this").click()
        await expect(ana.channel.get_by_role("button", name="Share this")).to_be_hidden()
        await expect(ana.channel.locator("audio")).to_be_visible()
        await ana.keep("listening")
        await ana.open_thread()
        await ana.keep("thread")
        await expect(ana.page.locator("#guide")).to_contain_text("Claim an action item")


async def test_the_first_one_claims_and_the_second_is_told_privately(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path) as running:
        ana, bo = await tab(), await tab()
        await ana.open(running.address)
        await bo.open(running.address, "bo")
        await ana.share_transcript()
        ts = await ana.items.first.get_attribute("data-ts")
        item = ana.at(ts)
        await ana.react(item, "hand")
        await expect(item).to_contain_text("@ana has it")
        await ana.keep("claimed")

        await bo.open_thread()
        await bo.react(bo.at(ts), "hand")
        private = bo.thread.locator("article.ephemeral")
        await expect(private).to_contain_text("was first and has this one")
        await expect(private).to_contain_text("Only visible to you")
        await bo.keep("second")
        assert await ana.page.locator("article.ephemeral").count() == 0
        await private.get_by_role("button", name="Dismiss").click()
        await expect(private).to_have_count(0)

        await item.get_by_role("button", name="Done", exact=False).click()
        await expect(item).to_contain_text("Done by @ana")
        await ana.keep("done")
        await item.get_by_role("button", name="Reopen").click()
        await expect(item).to_contain_text("@ana has it")
        await item.get_by_role("button", name=re.compile("^hand, 2")).click()
        await expect(item).not_to_contain_text("@ana has it")
        await ana.keep("released")


async def test_the_guide_leads_from_one_person_to_the_next(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path) as running:
        me = await tab()
        guide = me.page.locator("#guide")
        await me.open(running.address)
        await expect(guide).to_contain_text("waits below")
        await me.share_transcript()
        ts = await me.items.first.get_attribute("data-ts")
        await me.at(ts).get_by_role("button", name="I’ll take it").click()
        await guide.get_by_role("button", name="Act as Bo").click()
        await expect(me.page.locator("#who")).to_contain_text("Bo Larsen")
        await me.react(me.at(ts), "hand")
        await expect(guide).to_contain_text("only you saw that")
        await me.keep("guided")
        await guide.get_by_role("button", name="Put the hints away").click()
        await expect(guide).to_be_hidden()
        await me.page.reload()
        await me.page.locator("body.ready").wait_for()
        await expect(guide).to_be_hidden()


async def test_what_cannot_be_done_is_said_with_its_cure(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path) as running:
        ana = await tab()
        await ana.open(running.address)
        await ana.write("/process nonsense")
        private = ana.channel.locator("article.ephemeral").last
        await expect(private).to_contain_text("/process <link>")
        await ana.keep("cure")
        await ana.write("/nosuch thing")
        await expect(ana.channel.locator("article.ephemeral").last).to_contain_text("is not a valid command")


async def test_the_command_is_completed_and_home_says_what_the_app_does(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path) as running:
        ana = await tab()
        await ana.open(running.address)
        field = ana.channel.locator(".composer-field")
        await field.press_sequentially("/pr")
        await expect(ana.channel.get_by_role("option")).to_contain_text(["/process"])
        await ana.keep("completion")
        await field.press("Tab")
        await expect(field).to_have_value("/process ")
        await field.press_sequentially("help")
        await field.press("Enter")
        await expect(ana.channel.locator("article.ephemeral")).to_contain_text("thread of action items")
        await ana.go("Followthrough")
        await expect(ana.channel.locator(".home")).to_contain_text("From what was said to what gets done")
        await ana.keep("home")
