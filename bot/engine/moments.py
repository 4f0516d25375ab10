"""Moments on the wire: ISO 8601, read with or without a zone, written in UTC with milliseconds."""

from datetime import UTC, datetime, timedelta, timezone

LARGEST_OFFSET = 14 * 60
"""Minutes: no clock on earth is further from UTC."""


def read_moment(text: str, utc_offset: int | None = None) -> datetime:
    """Read ISO 8601 as an aware moment, in its own zone.

    Args:
        text: As `2020-07-21T16:04:19.99Z`; a bare date is its midnight.
        utc_offset: Minutes from UTC of the clock that `text` was read from, when it names no zone; None for UTC.

    Raises:
        ValueError: It is no moment, or too close to the first or last year to be reckoned with.
    """
    moment = datetime.fromisoformat(text.strip())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone(utc_offset))
    if not 1900 <= moment.year <= 2200:  # noqa: PLR2004 - room for every later sum, and no meeting outside of it
        raise ValueError(f"{text!r} is not in our time")
    return moment


def zone(utc_offset: int | None) -> timezone:
    """Return the zone that is so many minutes from UTC."""
    return timezone(timedelta(minutes=utc_offset)) if utc_offset else UTC


def stamp(moment: datetime) -> str:
    """Write a moment as the wire has it: `2020-07-21T16:04:19.990Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def after(start: datetime, seconds: float) -> str:
    """Write the moment that is `seconds` after `start`."""
    return stamp(start + timedelta(seconds=seconds))
