import asyncio

import pytest

from bot.slack.later import Later


async def test_what_was_started_is_seen_to_its_end() -> None:
    done: list[str] = []

    async def work() -> None:
        await asyncio.sleep(0)
        done.append("said")

    async with Later() as later:
        later.start("Saying it", work())
    assert done == ["said"]


async def test_what_goes_wrong_is_in_the_log_and_nowhere_else(caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        raise ValueError("a bug")

    async with Later() as later:
        later.start("Saying it", work())
    assert "Saying it failed" in caplog.text
