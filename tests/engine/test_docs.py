"""The documentation names every endpoint and parameter that there is, and none that there is not."""

import re
from pathlib import Path

from starlette.routing import BaseRoute, Mount, Route

from bot.engine.engine import Engine
from bot.engine.parameters import FLAGS, HONOURED
from bot.queues.embedded import EmbeddedQueue
from bot.store.sqlite import open_database
from tests.clocks import SettableClock
from tests.engine.serving import settings

PAGE = (Path(__file__).parents[2] / "docs" / "conversation-api.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def served(routes: list[BaseRoute], prefix: str = "") -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for route in routes:
        if isinstance(route, Mount):
            found |= served(list(route.routes), prefix + route.path)
        elif isinstance(route, Route):
            found |= {(method, prefix + route.path) for method in (route.methods or set()) - {"HEAD"}}
    return found


async def test_every_endpoint_is_in_the_table_and_every_row_is_served(tmp_path: Path) -> None:
    clock = SettableClock()
    async with open_database(tmp_path / "engine.db") as database:
        engine = Engine(database, EmbeddedQueue(database, clock), clock, tmp_path, settings())
    rows = set(re.findall(r"^\| (GET|POST|PUT|DELETE) \| `([^`]+)` \|", section("Endpoints"), re.MULTILINE))
    assert rows == served(engine.app.routes)


def test_every_parameter_that_is_read_is_in_the_table() -> None:
    rows = section("Parameters")
    documented = set(re.findall(r"`(\w+)`", rows))
    assert documented >= HONOURED | set(FLAGS)
    without_effect = {row.split("`")[1] for row in rows.splitlines() if "no effect" in row}
    assert not without_effect & HONOURED
