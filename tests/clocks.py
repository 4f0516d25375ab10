"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta


class SettableClock:
    """The `Clock` port for tests.

    Attributes:
        moment: What it shows.
    """

    def __init__(self, moment: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        """Move the clock on, as in `clock.move(minutes=5)`."""
        self.moment += timedelta(**by)
