"""Typed conversations: entries of a text submit become sentences with a speaker and a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.engine.parameters import clean, read_text, read_time
from bot.engine.problems import bad_request
from bot.engine.sentences import split

WORDS_A_SECOND = 2.5
"""150 words a minute: how fast people speak, for entries without a time."""

MOST_ENTRIES = 50_000
LONGEST_ENTRY = 1_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of `messages[]`; `start` and `end` are aware, in UTC, when the caller gave them."""

    text: str
    name: str | None = None
    email: str | None = None
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an entry; times in seconds from the start of the conversation."""

    text: str
    name: str | None
    email: str | None
    start: float
    end: float


def read_entries(value: Any, utc_offset: int | None) -> tuple[Entry, ...]:
    """Check a text submit's `messages`.

    Raises:
        Problem: 400, with what is wrong.
    """
    if value is None:
        raise bad_request('"messages" is required')
    if not isinstance(value, list):
        raise bad_request('"messages" must be an array')
    if len(value) > MOST_ENTRIES:
        raise bad_request(f'"messages" must contain less than or equal to {MOST_ENTRIES} items')
    entries = tuple(_entry(part, utc_offset) for part in value)
    if not any(entry.text.strip() for entry in entries):
        raise bad_request('"messages" holds no words')
    return entries


def _entry(part: Any, utc_offset: int | None) -> Entry:
    if not isinstance(part, dict):
        raise bad_request('"messages" must contain objects')
    payload = part.get("payload")
    content = payload.get("content") if isinstance(payload, dict) else None
    if not isinstance(content, str):
        raise bad_request('"messages.payload.content" is required')
    if len(content) > LONGEST_ENTRY:
        raise bad_request(f'"messages.payload.content" must have at most {LONGEST_ENTRY} characters')
    who, when = _object(part, "from"), _object(part, "duration")
    email = read_text(who, "userId") or read_text(who, "email")
    return Entry(
        text=clean(content),
        name=read_text(who, "name") or email,
        email=email,
        start=read_time(when, "startTime", utc_offset),
        end=read_time(when, "endTime", utc_offset),
    )


def _object(part: dict[str, Any], name: str) -> dict[str, Any]:
    value = part.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise bad_request(f'"messages.{name}" must be an object')
    return value


def sentences(entries: Sequence[Entry], began: datetime, at: float) -> Iterator[list[Sentence]]:
    """Cut entries into sentences, entry by entry.

    Args:
        entries: What was sent.
        began: The start of the conversation.
        at: Seconds from there at which the first entry begins, when it says nothing else.
    """
    for number, entry in enumerate(entries):
        start = at if entry.start is None else (entry.start - began).total_seconds()
        end = start if entry.end is None else (entry.end - began).total_seconds()
        if end <= start:
            end = start + len(entry.text.split()) / WORDS_A_SECOND
            follower = entries[number + 1].start if number + 1 < len(entries) else None
            limit = (follower - began).total_seconds() if follower else end
            end = limit if start < limit < end else end
        yield _placed(entry, start, end)
        at = end


def _placed(entry: Entry, start: float, end: float) -> list[Sentence]:
    """Give each sentence its share of the entry's time, by its length."""
    spans = split(entry.text)
    letters = sum(last - first for first, last in spans)
    placed: list[Sentence] = []
    said = 0
    for first, last in spans:
        begin = start + (end - start) * said / letters
        said += last - first
        finish = start + (end - start) * said / letters
        text = " ".join(entry.text[first:last].split())
        placed.append(Sentence(text, entry.name, entry.email, round(begin, 3), round(finish, 3)))
    return placed
