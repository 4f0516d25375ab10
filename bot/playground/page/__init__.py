"""The playground in a browser: what each person sees, as it happens, and what they can do."""

from bot.playground.page.guard import Guard
from bot.playground.page.page import Page

__all__ = ["Guard", "Page"]
