"""One message a second a channel, as Slack asks, kept on our side so that it seldom has to refuse."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.errors import Unavailable

# keys in mind before those that are long past are dropped
_KEPT = 1_000


class Pace:
    """Lets callers with the same key through one after another, `seconds` apart, in the order in which they came.

    Attributes:
        seconds: From one to the next.
    """

    def __init__(
        self,
        seconds: float,
        *,
        longest_wait: float = 20.0,
        now: Callable[[], float] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.seconds = seconds
        self._longest_wait = longest_wait
        self._now = now or (lambda: asyncio.get_running_loop().time())
        self._sleep = sleep
        self._free: dict[str, float] = {}

    async def turn(self, key: str) -> None:
        """Wait for the next turn of `key`.

        Raises:
            Unavailable: That would take so long that the caller does better to come back.
        """
        now = self._now()
        at = max(now, self._free.get(key, now))
        if at - now > self._longest_wait:
            raise Unavailable("Slack asked us to wait.", after=at - now)
        self._free[key] = at + self.seconds
        if len(self._free) > _KEPT:
            self._free = {each: free for each, free in self._free.items() if free > now}
        if at > now:
            await self._sleep(at - now)

    def hold(self, key: str, seconds: float) -> None:
        """Give no turn of `key` for `seconds`: Slack said so."""
        self._free[key] = max(self._free.get(key, 0.0), self._now() + seconds)
