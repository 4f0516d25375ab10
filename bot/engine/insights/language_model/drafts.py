"""What a language model wrote, read as entries of the right types: nothing of it is believed yet."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

MOST: Final = 200
"""Entries of one list that are read; a window of 1,500 words has no more to say."""

MOST_LINES: Final = 30
"""Lines that one entry may point at."""

_NAMES: Final = ("items", "decisions", "questions", "topics", "chapters", "summary")
_THOUGHT: Final = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_DEEPEST: Final = 40
"""Brackets within brackets that are followed; ours are four deep."""

_CLOSING: Final = {"{": "}", "[": "]"}
_BRACKET: Final = re.compile(r'"(?:[^"\\]|\\.)*(?:"|$)|[][{}]', re.DOTALL)
"""A bracket, or a string: what stands in a string is none."""

_BEGINNINGS: Final = 50
"""Braces in the prose around an answer at which it is looked for."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something the model says was said: its wording, the quote it rests on, and the lines it points at."""

    text: str
    quote: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """Work, as the model tells it; `kind`, `owner` and `due` are as it wrote them."""

    said: Said
    kind: str
    owner: str | None
    due: str | None
    firm: bool


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question and what answered it: a quote and its line."""

    said: Said
    answer: tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class TopicDraft:
    """A topic, its lines, and the wider topic it is part of."""

    text: str
    lines: tuple[int, ...]
    parent: str | None


@dataclass(frozen=True, slots=True)
class ChapterDraft:
    """A title, and the line at which it begins."""

    title: str
    first: int


@dataclass(frozen=True, slots=True)
class Drafts:
    """All entries of an answer that could be read; `broken` counts those that could not."""

    items: tuple[ItemDraft, ...] = ()
    decisions: tuple[Said, ...] = ()
    questions: tuple[QuestionDraft, ...] = ()
    topics: tuple[TopicDraft, ...] = ()
    chapters: tuple[ChapterDraft, ...] = ()
    summary: tuple[Said, ...] = ()
    broken: int = 0


def read_drafts(written: str) -> Drafts | None:
    """Read an answer: JSON, whatever stands around it, even when its end is missing; None without any."""
    answer = _answer_in(_THOUGHT.sub(" ", written))
    if answer is None:
        return None
    lists = {name: value[:MOST] if isinstance(value := answer.get(name), list) else [] for name in _NAMES}
    items = [_item(entry) for entry in lists["items"]]
    decisions = [_said(entry) for entry in lists["decisions"]]
    questions = [_question(entry) for entry in lists["questions"]]
    topics = [_topic(entry) for entry in lists["topics"]]
    chapters = [_chapter(entry) for entry in lists["chapters"]]
    summary = [_said(entry) for entry in lists["summary"]]
    read = (items, decisions, questions, topics, chapters, summary)
    return Drafts(
        tuple(filter(None, items)),
        tuple(filter(None, decisions)),
        tuple(filter(None, questions)),
        tuple(filter(None, topics)),
        tuple(filter(None, chapters)),
        tuple(filter(None, summary)),
        sum(entry is None for entries in read for entry in entries),
    )


# ---------------------------------------------------------------------------------------------------------------- JSON


def _answer_in(written: str) -> Mapping[str, Any] | None:
    """Find the first JSON object in a text that has one of our lists; cut off, what is whole of it counts."""
    decoder = json.JSONDecoder()
    starts = [match.start() for _, match in zip(range(_BEGINNINGS), re.finditer(r"\{", written), strict=False)]
    for start in starts:
        try:
            value, _ = decoder.raw_decode(written, start)
        except (ValueError, RecursionError):
            continue
        if _is_answer(value):
            return dict(value)
    for start in starts:
        value = _salvaged(written[start:])
        if _is_answer(value):
            return dict(value)
    return None


def _is_answer(value: object) -> bool:
    return isinstance(value, dict) and any(name in value for name in _NAMES)


def _salvaged(written: str) -> Any:
    """Return what is whole of a JSON object whose end is missing: up to the last entry that was finished."""
    closing: list[str] = []
    whole: tuple[int, str] | None = None
    for bracket in _BRACKET.finditer(written):
        if bracket[0] in _CLOSING:
            closing.append(_CLOSING[bracket[0]])
        elif bracket[0] in _CLOSING.values():
            if closing.pop() != bracket[0] or not closing:
                break
            whole = bracket.end(), "".join(reversed(closing))
        if len(closing) > _DEEPEST:
            return None
    if whole is None:
        return None
    try:
        return json.loads(written[: whole[0]] + whole[1])
    except (ValueError, RecursionError):
        return None


# ------------------------------------------------------------------------------------------------------------- entries


def _said(entry: object) -> Said | None:
    if not isinstance(entry, dict):
        return None
    text, quote, lines = _text(entry.get("text")), _text(entry.get("quote")), _lines(entry.get("lines"))
    return Said(text, quote, lines) if text and quote else None


def _item(entry: object) -> ItemDraft | None:
    said = _said(entry)
    if said is None or not isinstance(entry, dict):
        return None
    kind = entry.get("kind")
    return ItemDraft(
        said,
        kind if isinstance(kind, str) else "",
        _text(entry.get("owner")) or None,
        _text(entry.get("due")) or None,
        entry.get("firm") is True,
    )


def _question(entry: object) -> QuestionDraft | None:
    said = _said(entry)
    if said is None or not isinstance(entry, dict):
        return None
    answer = entry.get("answer")
    if not isinstance(answer, dict):
        return QuestionDraft(said, None)
    quote, line = _text(answer.get("quote")), _line(answer.get("line"))
    return QuestionDraft(said, (quote, line) if quote and line is not None else None)


def _topic(entry: object) -> TopicDraft | None:
    if not isinstance(entry, dict) or not (text := _text(entry.get("text"))):
        return None
    return TopicDraft(text, _lines(entry.get("lines")), _text(entry.get("parent")) or None)


def _chapter(entry: object) -> ChapterDraft | None:
    if not isinstance(entry, dict):
        return None
    title, first = _text(entry.get("title")), _line(entry.get("first"))
    return ChapterDraft(title, first) if title and first is not None else None


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _lines(value: object) -> tuple[int, ...]:
    given = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(_numbers(given[:MOST_LINES])))


def _numbers(values: list[Any]) -> Iterator[int]:
    for value in values:
        if (number := _line(value)) is not None:
            yield number


def _line(value: object) -> int | None:
    """Read a line's number, also where it was written as "12", "L12" or "[12]"."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    found = re.fullmatch(r"\W*[A-Za-z]{0,5}\W*([0-9]{1,9})\W*", value) if isinstance(value, str) else None
    return int(found[1]) if found else None
