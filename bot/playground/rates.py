"""How often a method may be called: Slack's tiers, and one message a second in a channel."""

import math
import time
from collections.abc import Callable
from enum import IntEnum

from bot.playground.refusal import TooFast
from bot.playground.rules import Rules


class Tier(IntEnum):
    """Calls a minute that a method takes, for each app and workspace."""

    ONE = 1
    TWO = 20
    THREE = 50
    FOUR = 100
    MANY = 600
    """Methods of the special tier, which take several hundred a minute."""


_TIER_ONE_BURST = 20
"""Slack lets a few calls of a tier 1 method through at once; a bot that restarts often needs them."""

_JITTER = 0.1
"""How much of a call may be missing from its bucket: one sent on the second may arrive a little before it. It is owed
to the next one, so that the pace holds."""


class Rates:
    """Counts calls in buckets that refill steadily."""

    def __init__(self, rules: Rules, now: Callable[[], float] = time.monotonic) -> None:
        self._rules = rules
        self._now = now
        self._buckets: dict[str, tuple[float, float]] = {}

    def call(self, method: str, tier: Tier) -> None:
        """Count a call.

        Raises:
            TooFast: There were too many.
        """
        burst = _TIER_ONE_BURST if tier is Tier.ONE else int(tier)
        self._take(method, burst, tier / 60)

    def message(self, channel: str) -> None:
        """Count a message in a channel.

        Raises:
            TooFast: They come faster than one a second.
        """
        self._take(f"channel {channel}", self._rules.message_burst, 1.0)

    def _take(self, bucket: str, size: float, refill: float) -> None:
        if not self._rules.rate_limits:
            return
        now = self._now()
        left, since = self._buckets.get(bucket, (size, now))
        left = min(size, left + (now - since) * refill)
        if left < 1 - _JITTER:
            self._buckets[bucket] = (left, now)
            raise TooFast(max(1, math.ceil((1 - left) / refill)))
        self._buckets[bucket] = (left - 1, now)
