"""`/healthz` and `/metrics`: what whoever watches the server asks, without a token and without secrets."""

import asyncio
import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.engine.storage import Storage
from bot.engine.stored import Status
from bot.metrics import CONTENT_TYPE, Metrics
from bot.ports import Database

log = logging.getLogger(__name__)

LEAST_FREE_BYTES = 1024**3
"""An hour of sound takes 115 MB decoded, beside the file it comes from."""

DATABASE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class WatchingRoutes:
    """The endpoints for monitoring.

    Attributes:
        database: Where jobs are counted.
        folder: Where recordings are kept.
        model: Says where the speech model is, in words, and whether that will do.
        most_jobs: How many jobs of all apps are taken.
        metrics: What is counted meanwhile.
    """

    database: Database
    folder: Path
    model: Callable[[], tuple[str, bool]]
    most_jobs: int
    metrics: Metrics

    def routes(self) -> list[Route]:
        """Return the routes at the root."""
        return [
            Route("/healthz", self.health, methods=["GET"]),
            Route("/metrics", self.figures, methods=["GET"]),
        ]

    async def health(self, _request: Request) -> Response:
        """Say whether a recording that came now would be heard: 200, or 503 with what is wrong."""
        jobs = await self._jobs()
        free = await asyncio.to_thread(self._free)
        model, model_will_do = await asyncio.to_thread(self.model)
        unfinished = sum(number for status, number in (jobs or {}).items() if not status.ended)
        checks: dict[str, dict[str, Any]] = {
            "database": {"ok": jobs is not None},
            "disk": {"ok": free >= LEAST_FREE_BYTES, "freeBytes": free},
            "queue": {"ok": unfinished < self.most_jobs, "unfinished": unfinished, "limit": self.most_jobs},
            "model": {"ok": model_will_do, "where": model},
        }
        well = all(check["ok"] for check in checks.values())
        body = {"status": "ok" if well else "unavailable", "checks": checks}
        return JSONResponse(body, 200 if well else 503, headers={"Cache-Control": "no-store"})

    async def figures(self, _request: Request) -> Response:
        """Answer everything that is counted."""
        jobs = await self._jobs()
        if jobs is not None:
            for status in Status:
                self.metrics.jobs.labels(status.value).set(jobs.get(status, 0))
            self.metrics.waiting.set(jobs.get(Status.SCHEDULED, 0))
        self.metrics.disk_free_bytes.set(await asyncio.to_thread(self._free))
        return Response(self.metrics.text(), media_type=CONTENT_TYPE)

    async def _jobs(self) -> dict[Status, int] | None:
        """Count the jobs; None when the database does not answer."""
        try:
            async with asyncio.timeout(DATABASE_SECONDS), self.database.reading() as tx:
                return await Storage(tx).count_jobs()
        except Exception:
            log.warning("The database does not answer", exc_info=True)
            return None

    def _free(self) -> int:
        """Return the bytes that are free where recordings are kept; 0 when nobody can say."""
        try:
            return shutil.disk_usage(self.folder).free
        except OSError:
            return 0
