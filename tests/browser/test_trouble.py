"""What goes wrong around a page: reloads, lost connections, closed tabs, files that are too large, other people."""

import re
from pathlib import Path

from playwright.async_api import Route, expect

from tests.browser.conftest import Opened
from tests.browser.demo import demo


async def test_a_reload_in_the_middle_shows_everything_again(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path, "--example") as running:
        ana = await tab()
        await ana.open(running.address)
        await ana.write("the parent")
        await ana.message("the parent").hover()
        await ana.page.get_by_role("button", name="Reply in thread").click()
        await ana.write("the reply", where=ana.thread)
        await ana.thread.locator(".composer-field").fill("half a sen")
        await ana.write("/book From before")
        await expect(ana.dialog.get_by_label("What for?")).to_have_value("From before")
        await ana.page.reload()
        await expect(ana.dialog.get_by_label("What for?")).to_have_value("From before")
        await ana.page.keyboard.press("Escape")
        await expect(ana.message("the reply", where=ana.thread)).to_be_visible()
        await expect(ana.thread.locator(".composer-field")).to_have_value("half a sen")
        await ana.keep("after-reload")


async def test_two_tabs_are_two_people_and_each_hears_of_the_other(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path, "--example") as running:
        ana, mei = await tab(), await tab()
        await ana.open(running.address)
        await mei.open(running.address, "mei")
        await mei.go("general")
        await ana.write("hello @mei!")
        entry = mei.page.locator("#sidebar").get_by_role("link", name="product")
        await expect(entry.locator(".mentions")).to_contain_text("1")
        await mei.keep("mentioned")
        await entry.click()
        message = mei.message("hello @mei")
        await expect(message.locator(".mention.mine")).to_have_text("@mei")
        await mei.react(message, "wave")
        await expect(ana.message("hello @mei").locator(".reaction").first).to_contain_text("1")
        await ana.go("Mei Tanaka")
        await ana.write("just between us")
        await expect(ana.message("just between us")).to_be_visible()
        await mei.go("Ana Ruiz")
        await expect(mei.message("just between us")).to_be_visible()
        # a zone of one's own: it is never the same hour in Madrid and Tokyo
        times = [await each.message("just between us").locator("time").first.inner_text() for each in (ana, mei)]
        assert times[0] != times[1]


async def test_a_lost_playground_is_said_and_found_again(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path, "--example") as running:
        ana = await tab()
        await ana.open(running.address)
        await ana.write("before")
        await expect(ana.message("before")).to_be_visible()
        await running.kill()
        await expect(ana.page.locator("#lost")).to_contain_text("The connection is lost")
        await ana.write("nobody hears this")
        await expect(ana.channel.locator(".composer-note")).to_contain_text("Is it still running?")
        await expect(ana.channel.locator(".composer-field")).to_have_value("nobody hears this")
        await expect(ana.message("before")).to_be_visible()
        await ana.keep("lost")
        async with demo(tmp_path, "--example", port=int(running.address.rstrip("/").rpartition(":")[2])):
            await expect(ana.page.locator("#lost")).to_be_hidden()
            await ana.write("again")
            await expect(ana.message("again")).to_be_visible()


async def test_a_tab_that_is_closed_during_an_upload_shares_nothing(tab: Opened, tmp_path: Path) -> None:
    large = tmp_path / "large.bin"
    large.write_bytes(b"\0" * 40_000_000)
    async with demo(tmp_path, "--example") as running:
        ana, bo = await tab(), await tab()
        await ana.open(running.address)
        await bo.open(running.address, "bo")
        browser = await ana.page.context.new_cdp_session(ana.page)
        slowly = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 1_000_000}
        await browser.send("Network.emulateNetworkConditions", slowly)
        await ana.drop(large, text="a large one")
        await expect(ana.channel.locator("progress")).to_be_visible()
        await ana.keep("uploading")
        await ana.page.close()
        await bo.write("still here")
        await expect(bo.message("still here")).to_be_visible()
        assert await bo.message("large.bin").count() == 0


async def test_an_upload_can_be_cancelled(tab: Opened, tmp_path: Path) -> None:
    large = tmp_path / "large.bin"
    large.write_bytes(b"\0" * 40_000_000)
    async with demo(tmp_path, "--example") as running:
        ana = await tab()
        await ana.open(running.address)
        browser = await ana.page.context.new_cdp_session(ana.page)
        slowly = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 1_000_000}
        await browser.send("Network.emulateNetworkConditions", slowly)
        await ana.drop(large)
        await ana.channel.get_by_role("button", name="Cancel large.bin").click()
        await expect(ana.channel.locator(".staged-file")).to_have_count(0)
        await ana.write("changed my mind")
        await expect(ana.message("changed my mind")).to_be_visible()
        assert await ana.message("large.bin").count() == 0


async def test_a_file_that_is_too_large_is_refused_with_its_reason_and_nothing_is_lost(
    tab: Opened, tmp_path: Path
) -> None:
    small = tmp_path / "notes.txt"
    small.write_text("one line")

    async def announced(route: Route) -> None:
        # the same request, with the length of a file that nobody wants to write in a test
        await route.fulfill(
            status=413,
            json={
                "ok": False,
                "error": "file_too_large",
                "message": "This file is too large: Slack takes up to 1 GB.",
            },
        )

    async with demo(tmp_path, "--example") as running:
        ana = await tab()
        await ana.open(running.address)
        await ana.page.route("**/page/upload*", announced)
        await ana.drop(small, text="see this")
        await expect(ana.channel.locator(".composer-note")).to_contain_text("Slack takes up to 1 GB")
        await expect(ana.channel.locator(".staged-file")).to_contain_text("notes.txt")
        await expect(ana.channel.locator(".composer-field")).to_have_value("see this")
        await ana.keep("too-large")
        await ana.page.unroute("**/page/upload*")
        await ana.channel.get_by_role("button", name="Send").click()
        await expect(ana.message("see this").locator(".text-preview")).to_contain_text("one line")


async def test_a_message_that_cannot_be_drawn_leaves_the_others_standing(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path, "--example") as running:
        ana = await tab(complains="nothere is not defined")
        await ana.open(running.address)
        await ana.write("a good one")
        await expect(ana.message("a good one")).to_be_visible()

        async def spoilt(route: Route) -> None:
            answer = await route.fetch()
            body = await answer.text()
            await route.fulfill(
                response=answer, body=body.replace('case "rich_text":', 'case "rich_text": void nothere;')
            )

        await ana.page.route("**/page/blocks.js", spoilt)
        await ana.page.goto("about:blank")
        await ana.page.goto(f"{running.address}?as=ana")
        await expect(ana.channel.locator(".broken")).to_contain_text("could not be drawn")
        await expect(ana.channel.locator(".composer-field")).to_be_enabled()


async def test_requests_are_seen_and_faults_are_thrown_in_the_inspector(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path, "--example") as running:
        ana = await tab()
        await ana.open(running.address)
        await ana.page.get_by_role("button", name="Inspector").click()
        drawer = ana.page.locator("#inspector")
        await ana.write("/book help")
        row = drawer.get_by_role("option").filter(has_text="/book")
        await row.first.click()
        await expect(drawer.locator(".traffic-detail")).to_contain_text('command: "/book"')
        await ana.keep("inspector")
        await drawer.get_by_label("Too fast (429)").check()
        await ana.write("/book something")
        await drawer.get_by_label("Refused only").check()
        await expect(drawer.get_by_role("option").first).to_contain_text("ratelimited")
        await ana.keep("refused")
        async with ana.page.expect_download() as download:
            await drawer.get_by_role("link", name="Export JSON").click()
        exported = await (await download.value).path()
        assert "xoxb" not in Path(exported).read_text(encoding="utf-8")  # noqa: ASYNC240 - a test may block
        await drawer.get_by_label("Too fast (429)").uncheck()
        await drawer.get_by_role("button", name="Close the inspector").click()
        await expect(ana.page.get_by_role("button", name="Inspector")).to_be_focused()


async def test_a_name_that_nobody_has_is_said_and_the_page_is_there(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path, "--example") as running:
        somebody = await tab()
        await somebody.open(running.address, "zoe")
        await expect(somebody.page.locator("#notices")).to_contain_text("nobody of the name")
        await expect(somebody.page.locator("#who")).to_contain_text("Ana Ruiz")


async def test_a_messages_address_opens_its_thread_and_shows_it(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path, "--example") as running:
        ana, bo = await tab(), await tab()
        await ana.open(running.address)
        await ana.write("the parent")
        await ana.message("the parent").focus()
        await ana.page.keyboard.press("t")
        for number in range(12):
            await ana.write(f"reply {number}\nof twelve", where=ana.thread)
            await expect(ana.message(f"reply {number}", where=ana.thread).first).to_be_visible()
        address = await ana.message("reply 3", where=ana.thread).locator("a.time").first.get_attribute("href")
        await bo.page.goto(f"{running.address.rstrip('/')}{address}&as=bo")
        await expect(bo.page.locator("#who")).to_contain_text("Bo Larsen")
        await expect(bo.message("reply 3", where=bo.thread)).to_be_in_viewport()
        await expect(bo.message("reply 3", where=bo.thread)).to_have_class(re.compile("revealed"))
        await bo.page.go_back()
        await bo.page.go_forward()
        await expect(bo.thread).to_be_visible()


async def test_time_moves_forward_for_everybody(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path, "--example") as running:
        ana = await tab()
        await ana.open(running.address)
        await ana.write("said today")
        await expect(ana.channel.locator(".divider").first).to_contain_text("Today")
        await ana.page.locator("#clock").click()
        await ana.keep("clock")
        await ana.page.get_by_role("menuitem", name="1 day").click()
        await expect(ana.channel.locator(".divider").first).to_contain_text("Yesterday")
        await expect(ana.page.locator("#clock .moved")).to_be_visible()
