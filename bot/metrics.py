"""Figures for whoever watches a server: kept in memory, read by Prometheus as text."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
LATENCIES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The figures of one server; none says who called or what was said.

    Attributes:
        requests: Answered requests, by method, route and status.
        request_seconds: From a request's first byte to the end of its answer, by method and route.
        jobs: Jobs by status, as the database has them.
        waiting: Jobs that nobody works on yet.
        jobs_ended: Jobs that ended in this process, by status.
        audio_seconds: Seconds of sound that were heard.
        work_seconds: Seconds that were spent, by step of the work.
        worker_deaths: Worker processes that ended or hung in the middle of a request, by lane; another takes over.
        webhooks: Attempts to tell a caller of a job's status, by what became of them.
        disk_free_bytes: What is left where recordings are kept.
    """

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self.requests = Counter(
            "followthrough_http_requests", "Answered requests.", ["method", "route", "status"], registry=registry
        )
        self.request_seconds = Histogram(
            "followthrough_http_request_seconds",
            "Time to the end of an answer.",
            ["method", "route"],
            buckets=LATENCIES,
            registry=registry,
        )
        self.jobs = Gauge("followthrough_engine_jobs", "Jobs that are stored.", ["status"], registry=registry)
        self.waiting = Gauge("followthrough_engine_queue_depth", "Jobs that wait to begin.", registry=registry)
        self.jobs_ended = Counter("followthrough_engine_jobs_ended", "Jobs that ended.", ["status"], registry=registry)
        self.audio_seconds = Counter("followthrough_engine_audio_seconds", "Sound that was heard.", registry=registry)
        self.work_seconds = Counter("followthrough_engine_work_seconds", "Time spent.", ["step"], registry=registry)
        self.worker_deaths = Counter(
            "followthrough_engine_worker_restarts", "Workers that died at work.", ["lane"], registry=registry
        )
        self.webhooks = Counter(
            "followthrough_engine_webhooks", "Attempts to tell callers.", ["outcome"], registry=registry
        )
        self.disk_free_bytes = Gauge("followthrough_engine_disk_free_bytes", "Room for recordings.", registry=registry)

    @contextmanager
    def spent(self, step: str) -> Iterator[None]:
        """Count the time inside the block, however it ends."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.work_seconds.labels(step).inc(time.perf_counter() - began)

    def text(self) -> bytes:
        """Return all figures in the form that Prometheus reads."""
        return generate_latest(self._registry)


class Metered:
    """Counts an app's requests and their time, by the route that answered: paths with ids in them would be endless."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        began = time.perf_counter()
        try:
            await self._app(scope, receive, watched)
        finally:
            method = scope["method"] if scope["method"] in METHODS else "other"
            route = _route(scope)
            self._metrics.requests.labels(method, route, str(status)).inc()
            self._metrics.request_seconds.labels(method, route).observe(time.perf_counter() - began)


def _route(scope: Scope) -> str:
    """Return the path of the route that answered, with names for its parts; `none` when there was none."""
    path = getattr(scope.get("route"), "path", None)
    mounted = scope.get("root_path", "")
    if path is None or path == mounted:
        return "none"
    return f"{mounted}{path}"
