import pytest

from bot.errors import Unavailable
from bot.slack.pace import Pace


class Waits:
    """A time that passes only when somebody waits."""

    def __init__(self) -> None:
        self.at = 100.0

    def now(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds


async def test_messages_to_one_channel_are_a_second_apart_and_other_channels_do_not_wait() -> None:
    waits = Waits()
    pace = Pace(1.0, now=waits.now, sleep=waits.sleep)
    times = []
    for channel in ("C1", "C1", "C2", "C1"):
        await pace.turn(channel)
        times.append((channel, waits.at))
    assert times == [("C1", 100.0), ("C1", 101.0), ("C2", 101.0), ("C1", 102.0)]


async def test_who_would_wait_too_long_is_told_when_to_come_back() -> None:
    waits = Waits()
    pace = Pace(1.0, longest_wait=20.0, now=waits.now, sleep=waits.sleep)
    pace.hold("C1", 30.0)
    with pytest.raises(Unavailable) as told:
        await pace.turn("C1")
    assert told.value.after == 30.0
    await pace.turn("C2")
    assert waits.at == 100.0


async def test_a_short_hold_is_waited_for() -> None:
    waits = Waits()
    pace = Pace(1.0, now=waits.now, sleep=waits.sleep)
    pace.hold("C1", 5.0)
    await pace.turn("C1")
    assert waits.at == 105.0
