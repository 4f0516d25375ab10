"""Logs that may run for days: they forget their oldest entries."""

from typing import TypeVar

_Entry = TypeVar("_Entry")

MOST_ENTRIES = 50_000
_FORGOTTEN_AT_ONCE = 10_000


def note(log: list[_Entry], entry: _Entry) -> None:
    """Write an entry, and forget the oldest ones when there are too many."""
    if len(log) >= MOST_ENTRIES:
        del log[:_FORGOTTEN_AT_ONCE]
    log.append(entry)
