"""The table `events`: what was received, so that a repetition is recognised."""

from datetime import datetime, timedelta

from bot.ports import Row, Transaction
from bot.store.moments import to_text

KEPT = timedelta(days=7)  # Slack repeats an event for about an hour, and can be asked to redeliver for days

ADD = "INSERT INTO events (id, received_at) VALUES (:id, :received_at) ON CONFLICT (id) DO NOTHING RETURNING id"
# one statement, not two: between statements the thread of the database waits for its turn with everybody else's
ADD_AND_LOOK = """
    INSERT INTO events (id, received_at) VALUES (:id, :received_at) ON CONFLICT (id) DO NOTHING
    RETURNING id, (
        SELECT jobs.id FROM jobs
        WHERE team = :team AND channel = :channel AND recording_key = :recording_key
          AND state NOT IN ('failed', 'declined')
        LIMIT 1
    ) AS job
"""
FORGET = "DELETE FROM events WHERE received_at < :before"


async def add(tx: Transaction, event_id: str, now: datetime) -> bool:
    """Record an event; False when it was recorded before."""
    return await tx.fetch_one(ADD, {"id": event_id, "received_at": to_text(now)}) is not None


async def settle(tx: Transaction, event_id: str, now: datetime, **recording: str) -> bool:
    """Record an event and keep what the transaction has noted, if the event is new and the recording has no job.

    Args:
        tx: Over afterwards.
        event_id: The event's.
        now: When it came.
        recording: Its `team`, `channel` and `recording_key`.
    """
    rows = await tx.settle(ADD_AND_LOOK, {"id": event_id, "received_at": to_text(now), **recording}, when=_new)
    return _new(rows)


def _new(rows: list[Row]) -> bool:
    return bool(rows) and rows[0]["job"] is None


def forget(tx: Transaction, now: datetime) -> None:
    """Delete the events that can no longer be repeated."""
    tx.write(FORGET, {"before": to_text(now - KEPT)})
