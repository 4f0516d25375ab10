"""When a task is tried again: never at once for ever, and never beyond a day of outage, whatever is asked for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Failed, Unavailable
from bot.ports import Task
from bot.queues.retries import ATTEMPTS, OUTAGE, after
from bot.queues.tasks import TaskRow

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ROW = TaskRow("1", Task("note", {}, at=NOW), at=NOW, run_at=NOW, attempts=0, waits=0, waits_since=None)


@settings(deadline=None)
@given(
    asked=st.none() | st.floats(),
    waits=st.integers(min_value=0, max_value=100_000),
    hours=st.floats(min_value=0, max_value=23.9),
)
def test_whatever_the_other_side_asks_for_the_next_attempt_is_soon_enough_and_not_at_once(
    asked: float | None, waits: int, hours: float
) -> None:
    row = replace(ROW, waits=waits, waits_since=NOW - timedelta(hours=hours))
    again = after(row, Unavailable("Away.", after=asked), NOW)
    assert again is not None
    assert NOW + timedelta(seconds=0.2) < again.run_at <= NOW - timedelta(hours=hours) + OUTAGE
    assert again.waits == waits + 1
    assert again.attempts == 0


def test_an_outage_does_not_use_up_the_attempts_of_other_errors() -> None:
    row: TaskRow | None = ROW
    for _ in range(ATTEMPTS * 3):
        assert row is not None
        row = after(row, Unavailable("Away."), NOW)
    for _ in range(ATTEMPTS - 1):
        assert row is not None
        row = after(row, Failed("Broken."), NOW)
    assert row is not None
    assert after(row, Failed("Broken."), NOW) is None


def test_the_waits_grow_and_do_not_come_together() -> None:
    waits: list[float] = []
    for attempts in range(ATTEMPTS - 1):
        again = after(replace(ROW, attempts=attempts), Failed("Broken."), NOW)
        assert again is not None
        waits.append((again.run_at - NOW).total_seconds())
    assert waits == sorted(waits)
    others = [after(ROW, Unavailable("Away."), NOW) for _ in range(20)]
    assert len({other.run_at for other in others if other}) > 1
