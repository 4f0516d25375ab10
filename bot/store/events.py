"""The table `events`: what was received, so that a repetition is recognised."""

from datetime import datetime, timedelta

from bot.ports import Transaction
from bot.store.moments import to_text

KEPT = timedelta(days=7)  # Slack repeats an event for about an hour, and can be asked to redeliver for days

ADD = "INSERT INTO events (id, received_at) VALUES (:id, :received_at) ON CONFLICT (id) DO NOTHING RETURNING id"
FORGET = "DELETE FROM events WHERE received_at < :before"


async def add(tx: Transaction, event_id: str, now: datetime) -> bool:
    """Record an event; False when it was recorded before."""
    return await tx.fetch_one(*adding(event_id, now)) is not None


def adding(event_id: str, now: datetime) -> tuple[str, dict[str, str]]:
    """Return the statement that records an event; it gives a row when it was not recorded before."""
    return ADD, {"id": event_id, "received_at": to_text(now)}


def forget(tx: Transaction, now: datetime) -> None:
    """Delete the events that can no longer be repeated."""
    tx.write(FORGET, {"before": to_text(now - KEPT)})
