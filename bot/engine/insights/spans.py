"""Stretches of the calendar: weeks, months and quarters around a day, and their beginnings, middles and ends."""

from datetime import date, timedelta
from typing import Final

from bot.engine.insights.vocabulary import WEEKDAYS

Span = tuple[date, date]
"""The first and the last day."""

_FORTNIGHT: Final = 14
"""A third of a month is shorter, one of a quarter is not: the middle of a month is its fifteenth."""


def one(day: date) -> Span:
    """Return a single day as a stretch."""
    return day, day


def monday_of(base: date) -> date:
    """Return the Monday of a day's week."""
    return base - timedelta(days=base.weekday())


def months_later(base: date, months: int) -> date:
    """Return the same day of a later month, or its last day where it has no such day."""
    years, month = divmod(base.month - 1 + months, 12)
    last = last_of(base.year + years, month + 1)
    return last.replace(day=min(base.day, last.day))


def last_of(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def week_of(base: date, step: int, part: str) -> Span:
    """Return a working week so many weeks on, or a part of it; this one from today on."""
    if step == 0 and base.weekday() >= WEEKDAYS.index("saturday"):
        step = 1
    monday = monday_of(base) + timedelta(days=7 * step)
    if part == "end":
        return one(monday + timedelta(days=4))
    if part in {"start", "beginning", "early"}:
        return monday, monday + timedelta(days=1)
    if part in {"mid", "middle"}:
        return one(monday + timedelta(days=2))
    return (base if step == 0 and base >= monday else monday), monday + timedelta(days=4)


def part_of(part: str, first: date, last: date) -> Span:
    """Return the part of a month, quarter or year that is meant."""
    third = (last - first) // 3
    if part == "end":
        return one(last)
    if part in {"start", "beginning", "early"}:
        return first, first + third
    if part in {"mid", "middle"}:
        return (one(first + timedelta(days=14))) if third.days < _FORTNIGHT else (first + third, last - third)
    return (last - third, last) if part == "late" else (first, last)


def period_of(base: date, unit: str, step: int, part: str) -> Span:
    """Return a week, month, quarter or year so many of them on, or a part of it."""
    if unit == "week":
        return week_of(base, step, part)
    if unit == "month":
        first = months_later(base.replace(day=1), step)
        return part_of(part, first, last_of(first.year, first.month))
    if unit == "quarter":
        years, quarter = divmod((base.month - 1) // 3 + step, 4)
        return part_of(part, *quarter_of(base.year + years, quarter + 1))
    return part_of(part, date(base.year + step, 1, 1), date(base.year + step, 12, 31))


def quarter_of(year: int, quarter: int) -> Span:
    """Return the first and the last day of a quarter."""
    return date(year, 3 * quarter - 2, 1), last_of(year, 3 * quarter)


def working_week(day: date) -> Span:
    """Return the Monday and the Friday of a day's week."""
    return monday_of(day), monday_of(day) + timedelta(days=4)
