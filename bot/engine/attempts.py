"""Wrong credentials: after a few from one address, nobody there is heard for a while."""

import ipaddress
from collections import OrderedDict
from datetime import datetime, timedelta

from bot.ports import Clock

MOST = 10
SPAN = timedelta(minutes=1)
REMEMBERED = 10_000
"""Addresses; of more the one that was wrong the longest ago is forgotten."""


class Attempts:
    """Counts wrong attempts by address, in memory: a restart forgives."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, list[datetime]] = OrderedDict()

    def wait(self, address: str) -> int:
        """Return for how many seconds nobody at an address is heard; 0 when they are."""
        recent = self._recent(_place(address))
        if len(recent) < MOST:
            return 0
        return max(1, round((recent[0] + SPAN - self._clock.now()).total_seconds()))

    def wrong(self, address: str) -> None:
        """Count an attempt that was wrong."""
        place = _place(address)
        self._wrong[place] = [*self._recent(place), self._clock.now()]
        self._wrong.move_to_end(place)
        if len(self._wrong) > REMEMBERED:
            self._wrong.popitem(last=False)

    def _recent(self, place: str) -> list[datetime]:
        since = self._clock.now() - SPAN
        return [at for at in self._wrong.get(place, []) if at > since]


def _place(address: str) -> str:
    """Return what one person has: an IPv4 address, or a network of 64 bits in IPv6."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if ip.version == 4 else str(ipaddress.ip_network((int(ip) >> 64 << 64, 64)))  # noqa: PLR2004 - IPv4
