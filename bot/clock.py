"""The wall clock."""

from datetime import UTC, datetime


class SystemClock:
    """Implements `Clock` with this machine's time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)
