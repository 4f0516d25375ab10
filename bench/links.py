"""How fast the recordings among a channel's links are noticed, on one core: `python -m bench.links`.

Every message of every channel that the bot is in goes this way. The last column is the time of a message with twice as
many links, by that of this one: 2 means linear.
"""

import time
from itertools import cycle, islice
from typing import Any

from bot.links.link import look_at
from bot.links.table import SOURCES
from bot.slack.finding import shared_files, shared_links

MESSAGES = 2_000
ORDINARY = (
    "https://github.com/acme/app/pull/{}",
    "https://docs.google.com/spreadsheets/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ/edit?n={}",
    "https://www.example.com/2026/03/{}/what-we-learned",
    "https://acme.atlassian.net/browse/APP-{}",
)
RECORDINGS = tuple(f"{each.example}{'&' if '?' in each.example else '?'}n={{}}" for each in SOURCES)


def _message(links: list[str]) -> dict[str, Any]:
    """Return a message as Slack sends it: its text, and the same as rich text."""
    elements: list[dict[str, Any]] = [{"type": "text", "text": "What we talked about this morning: "}]
    elements += [{"type": "link", "url": url} for url in links]
    section = {"type": "rich_text_section", "elements": elements}
    text = "What we talked about this morning: " + " ".join(f"<{url.replace('&', '&amp;')}>" for url in links)
    return {"text": text, "blocks": [{"type": "rich_text", "elements": [section]}]}


def _messages(kinds: tuple[str, ...], links: int) -> list[dict[str, Any]]:
    every = (kind.format(number) for number, kind in enumerate(cycle(kinds)))  # no link twice: nothing is remembered
    return [_message(list(islice(every, links))) for _ in range(MESSAGES)]


def _seconds(kinds: tuple[str, ...], links: int) -> float:
    messages = _messages(kinds, links)
    look_at.cache_clear()
    started = time.process_time()
    for message in messages:
        shared_files(message)
        shared_links(message)
    return time.process_time() - started


def main() -> None:
    """Print the table."""
    print("Recordings noticed among a message's links")
    print(f"{'links':<12} {'a message':>10} {'messages/s':>11} {'links/s':>9} {'twice as many':>14}")
    for name, kinds in (("none", ORDINARY), ("ordinary", ORDINARY), ("recordings", RECORDINGS)):
        for links in (0,) if name == "none" else (1, 50):
            took = min(_seconds(kinds, links) for _ in range(3))
            growth = min(_seconds(kinds, 2 * links) for _ in range(3)) / took
            shown = f"{growth:>13.1f}x" if links > 1 else f"{'':>14}"
            print(
                f"{name:<12} {links:>10} {MESSAGES / took:>11,.0f} {MESSAGES * links / took:>9,.0f} {shown}", flush=True
            )


if __name__ == "__main__":
    main()
