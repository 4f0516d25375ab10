"""The documentation names every endpoint, parameter and limit that there is, and none that there is not."""

import asyncio
import os
import re
import sys
from pathlib import Path

from starlette.routing import BaseRoute, Mount, Route

from bot.engine import attempts, parameters, typed, uploads, webhooks
from bot.engine.engine import Engine
from bot.engine.parameters import FLAGS, HONOURED
from bot.engine.recordings import MOST_CHANNELS
from bot.engine.routes import access, conversations
from bot.metrics import Metrics
from bot.queues.embedded import EmbeddedQueue
from bot.settings import Settings
from bot.store.sqlite import open_database
from tests.clocks import SettableClock
from tests.engine.serving import asking, engine_on, listening, settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "conversation-api.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    found = PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    assert found, f"there is no section {title}"
    return found


def endpoints(*status: str) -> set[tuple[str, str]]:
    rows = re.findall(r"^\| ([A-Z]+) \| `([^`]+)` \| \*([^*]+)\* \|", section("Endpoints"), re.MULTILINE)
    return {(method, path) for method, path, each in rows if each in status}


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
    assert endpoints("served", "ours") == served(engine.app.routes)


async def test_what_is_out_of_scope_answers_404_with_a_message(tmp_path: Path) -> None:
    out_of_scope = endpoints("out of scope")
    assert len(out_of_scope) > 40
    async with (
        open_database(tmp_path / "engine.db") as database,
        engine_on(database, tmp_path, settings()) as engine,
        asking(engine) as api,
    ):
        for method, path in sorted(out_of_scope):
            answer = await api.request(method, re.sub(r"\{\w+\}", "1234567890123456", path), json={})
            assert answer.status_code == 404, (method, path)
            assert answer.json()["message"]


def test_every_parameter_that_is_read_is_in_the_table() -> None:
    table = section("Parameters").partition("\nWhat the other endpoints take:")[0]
    rows = {
        name: (status, what)
        for name, status, what in re.findall(r"^\| `(\w+)` \| \*(\w+)\* \| (.*)", table, re.MULTILINE)
    }
    honoured = {name for name, (status, _) in rows.items() if status == "served"}
    # an older name stands in the row of the newer one
    assert honoured | {"customEntities"} >= HONOURED
    assert "`customEntities`" in rows["entities"][1]
    assert set(rows) >= set(FLAGS)
    assert {status for status, _ in rows.values()} == {"served", "ignored"}
    assert not (set(rows) - honoured) & HONOURED


def test_every_limit_is_the_one_that_holds() -> None:
    table = section("Limits and errors")
    limits = {
        what: most for what, most, _ in re.findall(r"^\| ([^|]+?) \| ([^|]+?) \| ([^|]+?) \|$", table, re.MULTILINE)
    }
    defaults = Settings()
    expected = {
        "an upload, a recording from an address": f"`MAX_RECORDING_MB` ({defaults.max_recording_mb})",
        "a recording's length": f"`ENGINE_MAX_HOURS` ({defaults.engine_max_hours})",
        "channels that are told apart": str(MOST_CHANNELS),
        "a JSON body": f"{uploads.LARGEST_JSON // 1024**2} MB",
        "a JSON body for a token": f"{access.LARGEST_BODY // 1024} kB",
        "entries of `messages`": str(typed.MOST_ENTRIES),
        "characters of one entry": str(typed.LONGEST_ENTRY),
        "entries of `speakerEvents`": str(conversations.MOST_EVENTS),
        "words of all `trackers`": str(parameters.MOST_TERMS),
        "entries of any other list": str(parameters.LONGEST_LIST),
        "characters of a name or any other text": str(parameters.LONGEST_TEXT),
        "jobs of one app at once": f"`ENGINE_MAX_JOBS` ({defaults.engine_max_jobs})",
        "jobs of all apps at once": f"`ENGINE_MAX_ALL_JOBS` ({defaults.engine_max_all_jobs})",
        "wrong credentials from one address": f"{attempts.MOST} in a minute",
        "attempts to deliver a webhook": str(len(webhooks.WAITS_SECONDS) + 1),
    }
    assert {what: limits.get(what) for what in expected} == expected


def test_every_figure_is_named() -> None:
    told = section("Run it for others")
    names = set(re.findall(r"^# TYPE followthrough_(\w+) ", Metrics().text().decode(), re.MULTILINE))
    for name in names - {name for name in names if name.endswith("_created")}:
        assert f"`followthrough_{name}" in told or f"`…_{name.removeprefix('engine_')}" in told, name


async def test_the_python_example_does_what_it_says(tmp_path: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", section("Point an existing client here"), re.DOTALL)
    program = program.replace('"demo"', '"tests"').replace('"demo-secret"', '"quite secret"')
    async with (
        open_database(tmp_path / "engine.db") as database,
        engine_on(database, tmp_path, settings()) as engine,
        listening(engine) as address,
    ):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", program),
            cwd=ROOT,
            env=os.environ | {"ENGINE": address, "NO_PROXY": "*"},
            stdout=asyncio.subprocess.PIPE,
        )
        output, _ = await process.communicate()
    assert process.returncode == 0
    assert "'status': 'completed'" in output.decode()
    assert "unknown deposit" in output.decode()
