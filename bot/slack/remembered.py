"""Slack's answers that count for a while, so that the same is not asked again at once."""

from collections.abc import Callable
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Remembered(Generic[_T]):
    """Answers by what was asked about; each is forgotten in time, and no more than so many are kept."""

    def __init__(self, seconds: float, most: int, now: Callable[[], float]) -> None:
        """Remember nothing yet.

        Args:
            seconds: How long an answer counts.
            most: So many are kept.
            now: Seconds that only grow.
        """
        self._seconds = seconds
        self._most = most
        self._now = now
        self._kept: dict[str, tuple[float, _T]] = {}

    def of(self, key: str) -> _T | None:
        """Return the answer about this, when it still counts."""
        known = self._kept.get(key)
        return known[1] if known is not None and known[0] > self._now() else None

    def keep(self, key: str, answer: _T) -> None:
        """Remember an answer, as far as there is room."""
        if len(self._kept) >= self._most:
            self._kept = {each: known for each, known in self._kept.items() if known[0] > self._now()}
        if len(self._kept) < self._most:
            self._kept[key] = (self._now() + self._seconds, answer)
