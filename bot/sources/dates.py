"""The day a recording is from, as its name or its file says."""

import re
from datetime import date, timedelta
from email.utils import parsedate_to_datetime

_EARLIEST = date(1995, 1, 1)
# 2026-03-04, 2026_03_04, 2026.03.04, 20260304; with no other digits around, but Zoom's GMT20260304-150312.
_IN_NAME = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<gap>[-_. ]?)(?P<month>\d\d)(?P=gap)(?P<day>\d\d)(?!\d)")


def date_in_name(name: str, today: date) -> date | None:
    """Return the first plausible day that a file's name holds, year first; other orders are ambiguous."""
    for match in _IN_NAME.finditer(name):
        try:
            day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            continue
        if is_plausible(day, today):
            return day
    return None


def date_of_header(text: str, today: date) -> date | None:
    """Return the day in an HTTP date, as in `Last-Modified`, when it is plausible."""
    try:
        day = parsedate_to_datetime(text).date()
    except (ValueError, TypeError, OverflowError):
        return None
    return day if is_plausible(day, today) else None


def is_plausible(day: date, today: date) -> bool:
    """Say whether a recording can be from this day: not of the future, but for another time zone's today."""
    return _EARLIEST <= day <= today + timedelta(days=1)
