"""The playground's clock: real time, which a person may move forward."""

import time


class Clock:
    """Tells the workspace's time, in seconds since 1970 (UTC).

    Attributes:
        ahead: Seconds that this clock is ahead of the machine's.
    """

    def __init__(self) -> None:
        self.ahead = 0.0
        self._last_ts = 0

    def now(self) -> float:
        """Return the workspace's present moment."""
        return time.time() + self.ahead

    def forward(self, seconds: float) -> None:
        """Move time forward; it never goes back."""
        self.ahead += max(0.0, seconds)

    def not_before(self, ts: str) -> None:
        """Give out only later `ts` than this one, which an earlier run gave out."""
        seconds, _, micros = ts.partition(".")
        self._last_ts = max(self._last_ts, int(seconds) * 1_000_000 + int(micros))

    def next_ts(self) -> str:
        """Return a `ts` as Slack writes it: seconds with six decimals, later than every one before."""
        self._last_ts = max(self._last_ts + 1, int(self.now() * 1_000_000))
        seconds, micros = divmod(self._last_ts, 1_000_000)
        return f"{seconds}.{micros:06d}"
