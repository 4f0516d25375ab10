"""Every surface of Slack's that an app can use, with the example app: forms, Home, menus, pickers, shortcuts."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.async_api import Locator, expect

from tests.browser.conftest import Opened
from tests.browser.demo import demo
from tests.browser.person import Person

_TOMORROW = f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}"


async def _filled(ana: Person, day: str) -> Locator:
    """Open the form by its command and fill it."""
    await ana.write("/book Sprint review")
    form = ana.dialog
    await ana.choose(form.get_by_role("button", name="Room"), "Garden")
    await expect(form).to_contain_text("6 seats, plants.")
    await form.get_by_label("Day", exact=True).fill(day)
    await ana.choose(form.get_by_role("button", name="Guests"), "Mei")
    await ana.page.keyboard.press("Escape")
    await form.get_by_label("A whiteboard").check()
    await form.get_by_label("Every week").check()
    return form


async def test_a_form_says_at_its_fields_what_is_wrong_and_takes_what_is_right(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path, "--example") as running:
        ana = await tab()
        await ana.open(running.address)
        form = await _filled(ana, "2024-02-29")
        await form.get_by_label("What for?").fill("xy")
        await form.get_by_role("button", name="Book").click()
        await expect(form).to_contain_text("at least 3 characters")
        await form.get_by_label("What for?").fill("Sprint review")
        await form.get_by_role("button", name="Book").click()
        await expect(form).to_contain_text("This day is over: choose a later one.")
        await expect(form.get_by_label("Day", exact=True)).to_be_focused()
        await ana.keep("wrong")
        await form.get_by_label("Day", exact=True).fill(_TOMORROW)
        await form.get_by_role("button", name="Book").click()
        card = ana.message("Sprint review")
        await expect(card).to_contain_text("Garden")
        await expect(card).to_contain_text("@mei")
        await expect(card).to_contain_text("Every week")
        await expect(ana.channel.locator(".composer-field")).to_be_focused()
        await ana.keep("booked")


async def test_a_second_form_lies_over_the_first_which_keeps_what_was_typed(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path, "--example") as running:
        ana = await tab()
        await ana.open(running.address)
        form = await _filled(ana, _TOMORROW)
        await form.get_by_role("button", name="Read them").click()
        await expect(form.get_by_role("heading", name="Rules")).to_be_visible()
        await ana.keep("stacked")
        await ana.page.keyboard.press("Escape")
        await expect(form.get_by_label("What for?")).to_have_value("Sprint review")
        await expect(form.get_by_label("Every week")).to_be_checked()
        await expect(form.get_by_role("button", name="Guests")).to_contain_text("Mei Tanaka")
        await form.get_by_role("button", name="Read them").click()
        await form.get_by_role("button", name="I have read them").click()
        await expect(form).to_contain_text("Thank you for reading.")
        await form.get_by_role("button", name="Close all").click()
        await expect(form).to_have_count(0)


async def test_the_focus_stays_in_a_form_and_escape_gives_it_back(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path, "--example") as running:
        ana = await tab()
        await ana.open(running.address)
        await ana.channel.get_by_role("button", name="Shortcuts").click()
        await ana.page.get_by_role("menuitem", name="Book a room Shortcut").click()
        await expect(ana.dialog).to_be_visible()
        for _ in range(25):
            await ana.page.keyboard.press("Tab")
            assert await ana.page.evaluate(
                "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
            )
        await ana.page.keyboard.press("Escape")
        await expect(ana.dialog).to_have_count(0)
        await expect(ana.channel.get_by_role("button", name="Shortcuts")).to_be_focused()


async def test_menus_pickers_and_overflow_of_a_message_reach_the_app(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path, "--example") as running:
        ana = await tab()
        await ana.open(running.address)
        form = await _filled(ana, _TOMORROW)
        await form.get_by_role("button", name="Book").click()
        card = ana.message("Sprint review")
        later = f"{datetime.now(UTC) + timedelta(days=9):%Y-%m-%d}"
        await card.locator("input[type=date]").fill(later)
        await expect(card).to_contain_text("Moved by @ana")
        await ana.choose(card.get_by_role("button", name="Hand over to"), "Bo")
        await expect(card).to_contain_text("booked by @bo")
        await card.get_by_role("button", name="Confirm").click()
        await expect(card).to_contain_text("Confirmed by @ana")
        await card.get_by_role("button", name="More actions").first.click()
        await ana.keep("overflow")
        await ana.page.get_by_role("menuitem", name="Details").click()
        await expect(ana.channel.locator("article.ephemeral")).to_be_visible()


async def test_a_shortcut_on_a_message_knows_that_message(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path, "--example") as running:
        ana = await tab()
        await ana.open(running.address)
        await ana.write("Let us meet about the menu")
        message = ana.message("Let us meet")
        await message.hover()
        await message.get_by_role("button", name="More actions").click()
        await ana.keep("message-menu")
        await ana.page.get_by_role("menuitem", name=re.compile("Book")).click()
        await expect(ana.dialog.get_by_label("What for?")).to_have_value("Let us meet about the menu")


async def test_home_shows_what_the_app_published_and_its_buttons_work(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path, "--example") as running:
        ana = await tab()
        await ana.open(running.address)
        await ana.go("Rooms")
        home = ana.channel.locator(".home")
        await expect(home.get_by_role("button").first).to_be_visible()
        await ana.keep("home")
        await ana.channel.get_by_role("tab", name="Messages").click()
        await ana.write("hello")
        await expect(ana.channel.locator("article").last).to_contain_text("/book")
        await expect(home).to_be_hidden()


async def test_every_block_and_element_is_drawn(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path, "--example") as running:
        ana = await tab(height=2600)
        await ana.open(running.address)
        await ana.write("/gallery all")
        await expect(ana.channel.get_by_role("button", name="Danger")).to_be_visible()
        assert await ana.page.locator(".unknown, .broken").count() == 0
        await expect(ana.channel.locator("table")).to_contain_text("Harbour")
        await ana.keep("gallery")


async def test_one_of_their_own_messages_is_edited_and_deleted_by_keyboard(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path, "--example") as running:
        ana = await tab()
        await ana.open(running.address)
        await ana.write("A *frist* try :tada:")
        await expect(ana.message("A frist try").locator("strong")).to_have_text("frist")
        field = ana.channel.locator(".composer-field")
        await field.press("ArrowUp")
        edit = ana.page.get_by_label("Edit your message")
        await expect(edit).to_be_focused()
        await edit.fill("A *first* try :tada:")
        await edit.press("Enter")
        message = ana.message("A first try")
        await expect(message).to_contain_text("(edited)")
        await expect(message).to_be_focused()
        await ana.page.keyboard.press("m")
        await ana.page.get_by_role("menuitem", name="Delete message").press("Enter")
        await ana.dialog.get_by_role("button", name="Delete").press("Enter")
        await expect(message).to_have_count(0)


async def test_text_from_the_workspace_is_never_html(tab: Opened, tmp_path: Path) -> None:
    evil = "<img src=x onerror=alert(1)> <script>alert(2)</script> [x](javascript:alert(3)) `<b>`"
    async with demo(tmp_path, "--example") as running:
        ana = await tab()
        await ana.open(running.address)
        ana.page.on("dialog", lambda _: (_ for _ in ()).throw(AssertionError("a script ran")))
        await ana.write(evil)
        message = ana.message("onerror")
        await expect(message).to_contain_text("<img src=x onerror=alert(1)>")
        assert await message.locator("img, script, a[href^=javascript]").count() == 0
