"""Webhooks: each new status of a job is posted to the address that its caller gave."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from bot.engine.stored import Job, Status
from bot.metrics import Metrics
from bot.ports import Clock, Database, Json, Queue, Task, Transaction

log = logging.getLogger(__name__)

Notify = Callable[[str, Mapping[str, Json]], Awaitable[None]]
"""Posts JSON to an address; raises anything when it was not taken. It refuses addresses that nobody may reach."""

TASK = "webhook"
WAITS_SECONDS = (2.0, 10.0, 60.0, 300.0)
"""After each attempt that went wrong; after the last one the webhook is let go: callers ask for the status anyway."""


class Webhooks:
    """Plans webhooks with the status they tell of, and sends them as tasks of their own: no job waits for them."""

    def __init__(self, database: Database, queue: Queue, clock: Clock, notify: Notify | None, metrics: Metrics) -> None:
        self._database = database
        self._queue = queue
        self._clock = clock
        self._notify = notify
        self._metrics = metrics

    async def plan(self, tx: Transaction, job: Job, status: Status) -> None:
        """Have a job's caller told of its new status, once `tx` is committed."""
        if job.webhook_url and self._notify:
            # Both names of the id are in use among receivers.
            told: dict[str, Json] = {"id": job.id, "jobId": job.id, "status": status.value}
            await self._defer(tx, {"url": job.webhook_url, **told}, attempt=0)

    async def send(self, payload: Mapping[str, Json]) -> None:
        """Send one webhook, or plan the next attempt."""
        if self._notify is None:
            return
        attempt = int(payload.get("attempt") or 0)
        told = {name: value for name, value in payload.items() if name not in {"url", "attempt"}}
        try:
            await self._notify(str(payload["url"]), told)
        except Exception as error:  # noqa: BLE001 - whatever went wrong there is the receiver's, and must not stop a job
            about = {"job": told.get("id"), "status": told.get("status"), "attempt": attempt + 1, "error": str(error)}
            if attempt >= len(WAITS_SECONDS):
                log.warning("A webhook was given up", extra=about)
                self._metrics.webhooks.labels("given up").inc()
                return
            log.info("A webhook was not taken", extra=about)
            self._metrics.webhooks.labels("not taken").inc()
            async with self._database.transaction() as tx:
                await self._defer(tx, payload, attempt=attempt + 1)
        else:
            self._metrics.webhooks.labels("taken").inc()

    async def _defer(self, tx: Transaction, payload: Mapping[str, Json], *, attempt: int) -> None:
        at = self._clock.now() + timedelta(seconds=WAITS_SECONDS[attempt - 1]) if attempt else None
        lock = f"webhook {payload['id']}"
        await self._queue.defer(tx, Task(TASK, {**payload, "attempt": attempt}, at=at, lock=lock))
