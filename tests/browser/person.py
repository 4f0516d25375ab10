"""Somebody in front of the page: what they do and what they see."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Locator, Page

SHARED = Path(__file__).parents[2] / "bot" / "playground" / "sample"
TRANSCRIPT = SHARED / "transcript.vtt"

_LISTENED_WITHIN = 110_000.0
"""Milliseconds until a recording of three minutes has its thread, on a busy machine of two cores."""


class Person:
    """Somebody who looks at the page in a tab of their own.

    Attributes:
        page: The tab.
        keep: Keeps a picture of what is seen now, by a name.
    """

    def __init__(self, page: Page, keep: Callable[[Page, str], Awaitable[None]]) -> None:
        self.page = page
        self._keep = keep
        self.channel = page.locator("#channel")
        self.thread = page.locator("#thread")
        self.dialog = page.locator("dialog[open]")

    async def keep(self, name: str) -> None:
        """Keep a picture of what is seen now."""
        await self._keep(self.page, name)

    async def open(self, address: str, who: str = "ana", place: str = "") -> None:
        """Open the page and wait until it can be used."""
        await self.page.goto(f"{address}?as={who}{place}")
        await self.page.locator("body.ready").wait_for()

    async def go(self, name: str) -> None:
        """Go to a channel or to somebody, by the sidebar."""
        await self.page.locator("#sidebar").get_by_role("link", name=name).click()

    async def write(self, text: str, *, where: Locator | None = None) -> None:
        """Type something and send it."""
        field = (where or self.channel).locator(".composer-field")
        await field.fill(text)
        # the list of suggestions must not take the Enter
        await field.press("Escape") if text.startswith("/") and " " not in text else None
        await field.press("Enter")

    async def drop(self, *files: Path, text: str = "") -> None:
        """Choose files as with the composer's button, and send them."""
        await self.channel.locator("input[type=file]").set_input_files([str(each) for each in files])
        await self.channel.locator(".composer-field").fill(text)
        await self.channel.get_by_role("button", name="Send").click()

    async def share_transcript(self) -> None:
        """Share a transcript, which the bot turns into a thread at once, and open that thread."""
        await self.drop(TRANSCRIPT, text="Here is the transcript of this week's meeting.")
        await self.open_thread()

    async def open_thread(self) -> None:
        """Wait for the bot's thread and open it."""
        parent = self.channel.locator("article", has=self.page.locator(".block-header"))
        await parent.locator(".replies").click(timeout=_LISTENED_WITHIN)
        await self.items.first.wait_for()

    @property
    def items(self) -> Locator:
        """The action items in the open thread."""
        return self.thread.locator("article", has=self.page.get_by_text("Unclaimed")).or_(
            self.thread.locator("article", has=self.page.get_by_text("unclaimed"))
        )

    def message(self, text: str, *, where: Locator | None = None) -> Locator:
        """Return the messages that show this text."""
        return (where or self.channel).locator("article", has_text=text)

    def at(self, message_ts: str) -> Locator:
        """Return a message of the thread by its ts."""
        return self.thread.locator(f'article[data-ts="{message_ts}"]')

    async def react(self, message: Locator, name: str) -> None:
        """Put an emoji on a message, by the picker over it."""
        await message.hover()
        await message.get_by_role("button", name="React", exact=True).click()
        await self.page.get_by_label("Search emoji").fill(name)
        await self.page.get_by_label("Search emoji").press("Enter")

    async def choose(self, field: Locator, words: str) -> None:
        """Choose an option of a select, by typing."""
        await field.click()
        await self.page.get_by_label("Search the options").fill(words)
        await self.page.get_by_role("option", name=words).first.wait_for()
        await self.page.get_by_label("Search the options").press("Enter")

    async def act_as(self, name: str) -> None:
        """Become somebody else in this tab."""
        await self.page.locator("#who").click()
        await self.page.get_by_role("menuitemradio", name=name).click()
        await self.page.locator("#who", has_text=name).wait_for()
