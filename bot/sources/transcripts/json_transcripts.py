"""Transcripts as JSON, in the shapes that speech services and the conversation API write."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.errors import BadInput
from bot.ports import TranscriptLine
from bot.sources.transcripts.lines import plain, seconds_of
from bot.sources.transcripts.speakers import clean_name

_TEXT = ("text", "content", "transcript", "sentence", "utterance", "words", "body", "caption", "raw_text", "display")
_SPEAKER = ("speaker", "speaker_name", "speakername", "speaker_label", "name", "from", "participant", "user", "author")
_START = ("start", "start_time", "starttime", "timeoffset", "begin", "from_time", "offset", "start_ms", "startms", "ts")
_END = ("end", "end_time", "endtime", "to_time", "stop", "end_ms", "endms", "end_ts")
_CLOCK = re.compile(r"^(?:\d{1,3}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,6})?$")
_MAX_DEPTH = 8
_MAX_SECONDS = 7 * 24 * 3600.0
_SLOWEST = 20.0  # seconds a word, on average: slower speech is a count of milliseconds


def read_json(text: str) -> list[TranscriptLine]:
    """Read the longest list of spoken texts that a JSON document holds.

    Raises:
        BadInput: It is no JSON, or holds no such list.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(
            "The file begins like JSON, and is broken.", "Export the transcript again, as VTT, SRT or plain text."
        ) from error
    best: list[TranscriptLine] = []
    letters = 0
    for entries in _lists(document, 0):
        lines = _in_seconds([line for entry in entries if (line := _line(entry)) is not None])
        size = sum(len(line.text) for line in lines)
        # words one by one are no better than the sentences they make up
        if size > letters * 1.2 or (size >= letters * 0.8 and 0 < len(lines) < len(best)):
            best, letters = lines, size
    if not best:
        raise BadInput(
            "The JSON file holds no transcript.",
            'It needs a list of entries such as {"speaker": "Ines", "text": "…", "start": 1.5}.',
        )
    return best


def _lists(value: Any, depth: int) -> Iterator[list[Mapping[str, Any]]]:
    """Yield every list of objects, outermost first."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        for child in value.values():
            yield from _lists(child, depth + 1)
    elif isinstance(value, list):
        entries = [entry for entry in value if isinstance(entry, dict)]
        if entries:
            yield [{str(key).lower(): item for key, item in entry.items()} for entry in entries]
        for child in value:
            if isinstance(child, (dict, list)):
                yield from _lists(child, depth + 1)


def _line(entry: Mapping[str, Any]) -> TranscriptLine | None:
    words = _text(entry)
    if not words:
        return None
    duration = entry.get("duration")
    span = {str(key).lower(): item for key, item in duration.items()} if isinstance(duration, dict) else {}
    start = _first(entry, _START, _seconds)
    start = start if start is not None else _first(span, _START, _seconds)
    end = _first(entry, _END, _seconds)
    end = end if end is not None else _first(span, _END, _seconds)
    length = _seconds(duration, "duration")
    if start is not None and length is not None and (end is None or end < start or "timeoffset" in entry):
        end = start + length
    return TranscriptLine(_first(entry, _SPEAKER, _speaker), words, start, end)


def _text(entry: Mapping[str, Any]) -> str:
    payload = entry.get("payload")
    if isinstance(payload, dict) and isinstance(payload.get("content"), str):
        return plain(payload["content"])
    for key in _TEXT:
        if isinstance(entry.get(key), str):
            return plain(entry[key])
    elements = entry.get("elements")  # Rev: words and the gaps between them
    if isinstance(elements, list):
        return plain("".join(str(part.get("value", "")) for part in elements if isinstance(part, dict)))
    return ""


def _first(entry: Mapping[str, Any], keys: tuple[str, ...], read: Any) -> Any:
    return next((found for key in keys if key in entry and (found := read(entry[key], key)) is not None), None)


def _speaker(value: Any, _: str) -> str | None:
    if isinstance(value, dict):
        value = value.get("name") or value.get("displayName") or value.get("id")
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return f"Speaker {value}"
    return (clean_name(plain(value))[:80] or None) if isinstance(value, str) else None


def _seconds(value: Any, key: str) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        value = _of_text(value.strip())
    if not isinstance(value, (int, float)) or not 0 <= value < 1e15:  # noqa: PLR2004 - beyond any clock; and NaN fails
        return None
    return float(value) / 1000 if key.endswith("ms") else float(value)


def _of_text(text: str) -> float | None:
    if _CLOCK.match(text):
        return seconds_of(text)
    try:
        return float(text.removesuffix("s"))
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError, OSError):
        return None


def _in_seconds(lines: list[TranscriptLine]) -> list[TranscriptLine]:
    """Bring times to seconds from the start: from dates, and from milliseconds."""
    starts = [line.start for line in lines if line.start is not None]
    if not starts:
        return lines
    first = min(starts)
    shift = first if first > _MAX_SECONDS else 0.0
    ends = [line.end for line in lines if line.end is not None]
    span = max([*starts, *ends]) - first
    words = sum(len(line.text.split()) for line in lines)
    whole = all(value == int(value) for value in (*starts, *ends))
    scale = 0.001 if whole and span > _SLOWEST * words else 1.0

    def placed(value: float | None) -> float | None:
        return None if value is None else round((value - shift) * scale, 3)

    return [TranscriptLine(line.speaker, line.text, placed(line.start), placed(line.end)) for line in lines]
