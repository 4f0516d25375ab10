"""Holidays that people set days by: “before Easter”, “straight after New Year”, “by Thanksgiving”."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from bot.engine.insights.vocabulary import WEEKDAYS

_FIXED: Final = {
    "new year": (1, 1),
    "new year's": (1, 1),
    "new year's day": (1, 1),
    "valentine's": (2, 14),
    "valentine's day": (2, 14),
    "saint patrick's day": (3, 17),
    "st patrick's day": (3, 17),
    "midsummer": (6, 24),
    "halloween": (10, 31),
    "christmas": (12, 25),
    "xmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
}
"""Month and day."""

_MONDAY, _THURSDAY = WEEKDAYS.index("monday"), WEEKDAYS.index("thursday")


def _easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _days_after_easter(days: int) -> Callable[[int], date]:
    return lambda year: _easter(year) + timedelta(days=days)


def _nth(month: int, weekday: int, nth: int) -> Callable[[int], date]:
    """Return which day of a year is the nth such weekday of a month."""
    return lambda year: date(year, month, 1 + (weekday - date(year, month, 1).weekday()) % 7 + 7 * (nth - 1))


_MOVING: Final[dict[str, tuple[Callable[[int], date], Callable[[int], date]]]] = {
    "easter": (_days_after_easter(-2), _days_after_easter(1)),  # nobody works from Good Friday on
    "good friday": (_days_after_easter(-2), _days_after_easter(-2)),
    "maundy thursday": (_days_after_easter(-3), _days_after_easter(-3)),
    "easter sunday": (_days_after_easter(0), _days_after_easter(0)),
    "easter monday": (_days_after_easter(1), _days_after_easter(1)),
    "whitsun": (_days_after_easter(49), _days_after_easter(50)),
    "pentecost": (_days_after_easter(49), _days_after_easter(50)),
    "labor day": (_nth(9, _MONDAY, 1), _nth(9, _MONDAY, 1)),
    "thanksgiving": (_nth(11, _THURSDAY, 4), _nth(11, _THURSDAY, 4)),
}
"""The first and the last day of a holiday in a year."""

NAMES: Final = tuple(sorted((*_FIXED, *_MOVING), key=len, reverse=True))
"""What they are called, the longest first."""


def holiday(name: str, base: date) -> tuple[date, date]:
    """Return the first and the last day of the coming holiday of a name out of `NAMES`; today counts as coming."""
    first, last = _in(name, base.year)
    return (first, last) if last >= base else _in(name, base.year + 1)


def _in(name: str, year: int) -> tuple[date, date]:
    if name in _FIXED:
        day = date(year, *_FIXED[name])
        return day, day
    first, last = _MOVING[name]
    return first(year), last(year)
