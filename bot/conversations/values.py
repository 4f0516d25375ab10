"""Reads single values out of JSON that a server sent: what is missing or odd becomes None, never an exception."""

import math
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

_TIDY = str.maketrans(dict.fromkeys(range(32), " "))


def fields(value: Any) -> Mapping[str, Any]:
    """Return a JSON object's fields; anything else has none."""
    return value if isinstance(value, dict) else {}


def entries(value: Any) -> list[Mapping[str, Any]]:
    """Return the objects of a JSON array; anything else in it, or instead of it, is left out."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def text(value: Any) -> str:
    """Return a string in one line, or an empty one.

    Control characters and lone surrogates go: a database or Slack would refuse the whole text for one of them.
    """
    if not isinstance(value, str):
        return ""
    whole = value.encode("utf-8", "replace").decode("utf-8")
    return " ".join(whole.translate(_TIDY).split())


def identity(value: Any) -> str:
    """Return an id; some servers send numbers where others send strings."""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:d}" if abs(value) < 10**40 else ""
    return text(value)


def identities(value: Any) -> list[str]:
    """Return the ids in a JSON array, in order."""
    return [found for each in value if (found := identity(each))] if isinstance(value, list) else []


def number(value: Any) -> float | None:
    """Return a finite number, also when it was sent as a string."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def moment(value: Any) -> datetime | None:
    """Return an ISO 8601 time as an aware one in UTC; without a zone it is taken as UTC."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value.strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day(value: Any) -> date | None:
    """Return the day that an ISO 8601 date or time names, as it is written, whatever its zone."""
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        return None
