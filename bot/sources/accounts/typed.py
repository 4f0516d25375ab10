"""Reading what an API answered: each value is of its kind, or it is not there."""

import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

_LONGEST_TEXT = 16_000


def text(body: Mapping[str, Any], name: str) -> str:
    """Return a text, or an empty one."""
    value = body.get(name)
    return value if isinstance(value, str) and len(value) <= _LONGEST_TEXT else ""


def number(body: Mapping[str, Any], name: str) -> float | None:
    """Return a number that is not negative, also one that is written as a text, as Google writes sizes."""
    value = body.get(name)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= len(str(2**63)):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # JSON's integers have no end, and its decoder knows infinity
    return float(value) if 0 <= value < 2**63 and math.isfinite(value) else None


def size(body: Mapping[str, Any], name: str) -> int | None:
    """Return a number of bytes."""
    value = number(body, name)
    return None if value is None else int(value)


def part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return an object, or an empty one."""
    value = body.get(name)
    return value if isinstance(value, dict) else {}


def parts(body: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return the objects of a list, whatever else is in it."""
    value = body.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def moment(body: Mapping[str, Any], name: str) -> datetime | None:
    """Return a moment in ISO 8601."""
    try:
        return datetime.fromisoformat(text(body, name))
    except ValueError:
        return None


def day(body: Mapping[str, Any], name: str) -> date | None:
    """Return the day of a moment, where that moment was written down."""
    found = moment(body, name)
    return found.date() if found else None
