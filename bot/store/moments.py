"""Moments as they are stored: ISO 8601 text in UTC with microseconds, which sorts as time does, on every database."""

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """Write an aware moment."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be stored.")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """Read a moment, aware and in UTC."""
    return datetime.fromisoformat(text)
