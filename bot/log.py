"""Structured logs: one line of JSON an event, with one id from Slack's event to the last post."""

import contextvars
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_trace: contextvars.ContextVar[str | None] = contextvars.ContextVar("trace", default=None)

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


@contextmanager
def traced(trace: str | None) -> Iterator[None]:
    """Write `trace` (a job's or an event's id) on every line logged inside the block."""
    token = _trace.set(trace)
    try:
        yield
    finally:
        _trace.reset(token)


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON: time, level, logger, message, trace, and what was passed as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "message": record.getMessage(),
        }
        if trace := _trace.get():
            line["trace"] = trace
        line.update({key: value for key, value in vars(record).items() if key not in _STANDARD})
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configure(level: str) -> None:
    """Send every log line to standard error, in JSON.

    The HTTP clients are kept at WARNING: at INFO they would write each request's address, which may be a signed link.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("httpx", "httpcore", "aiohttp", "apscheduler", "slack_sdk", "slack_bolt", "uvicorn.access"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLevelName(level)))
