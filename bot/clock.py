"""The wall clock, and one that somebody may move."""

from collections.abc import Callable
from datetime import UTC, datetime


class SystemClock:
    """Implements `Clock` with this machine's time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)


class MovableClock:
    """Implements `Clock` with a time that somebody else keeps, and may move forward.

    Args:
        seconds: Tells that time, in seconds since 1970 (UTC).
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._followers: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.fromtimestamp(self._seconds(), UTC)

    def follow(self, call: Callable[[], None]) -> None:
        """Have `call` made whenever the time was moved: what was far off may be due now."""
        self._followers.append(call)

    def moved(self) -> None:
        """Tell those who wait for a moment."""
        for call in self._followers:
            call()
