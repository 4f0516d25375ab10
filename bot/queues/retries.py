"""When a task that went wrong is tried again, and when it is given up: pure decisions."""

import random
from dataclasses import replace
from datetime import datetime, timedelta

from bot.errors import Unavailable
from bot.queues.tasks import TaskRow

ATTEMPTS = 5  # with waits of about 1, 2, 4 and 8 s: an error that lasts longer is in the program or in the input
OUTAGE = timedelta(hours=24)  # what the other side may take to come back: a night with nobody there to help it
SHORTEST_WAIT = 0.25  # seconds, even when the other side asks for none at all: else we would knock all day
LONGEST_WAIT = 300.0  # seconds; after an outage everything runs again within five minutes


def after(row: TaskRow, error: Exception, now: datetime) -> TaskRow | None:
    """Return the row as it waits for its next attempt after `error`, or None when it is given up."""
    if isinstance(error, Unavailable):
        return _after_outage(row, error, now)
    attempts = row.attempts + 1
    if attempts >= ATTEMPTS:
        return None
    return replace(row, attempts=attempts, run_at=now + _wait(row.attempts))


def after_giving_up_failed(row: TaskRow, now: datetime) -> TaskRow:
    """Return the row as it waits to be tried once more, since nobody could be told that it was given up."""
    return replace(row, waits=row.waits + 1, run_at=now + _wait(row.waits))


def _after_outage(row: TaskRow, error: Unavailable, now: datetime) -> TaskRow | None:
    since = row.waits_since or now
    if now - since >= OUTAGE:
        return None
    wait = _wait(row.waits)
    if error.after is not None:
        # its number comes from outside and may be anything; the last attempt is at the end of the time there is
        wait = timedelta(seconds=min(max(SHORTEST_WAIT, error.after), OUTAGE.total_seconds()))
    return replace(row, waits=row.waits + 1, waits_since=since, run_at=min(now + wait, since + OUTAGE))


def _wait(before: int) -> timedelta:
    """Double with each attempt, from one second, and spread: what failed together must not come back together."""
    seconds = min(LONGEST_WAIT, 2.0 ** min(before, 20))
    return timedelta(seconds=seconds * random.uniform(0.75, 1.25))
