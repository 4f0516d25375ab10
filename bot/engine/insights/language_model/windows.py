"""A conversation as numbered lines, and the windows in which a language model reads them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.engine.records import Message

LONGEST_LINE: Final = 300
"""Words; a message of more is read as several lines."""

_OVERLAP: Final = 0.1
"""The part of a window that is context before what it is asked about, and again after it."""

_WORD: Final = re.compile(r"\S+")
_LETTERS_A_WORD: Final = 12
"""Text without blanks, as in Japanese, counts one word for so many characters."""


@dataclass(frozen=True, slots=True)
class Line:
    """A message, or a piece of a very long one, as the model sees it.

    Attributes:
        number: Its id: its place in the whole conversation, from 1.
        place: The message's place among all messages.
        text: What of it is read.
        words: Its length.
    """

    number: int
    place: int
    text: str
    words: int


@dataclass(frozen=True, slots=True)
class Window:
    """Lines that are read together; what it is asked about is those from `first` to `last`, the others are context."""

    lines: tuple[Line, ...]
    first: int
    last: int


def numbered(messages: Sequence[Message]) -> list[Line]:
    """Return the lines of a conversation; messages without a letter or digit have none."""
    lines: list[Line] = []
    for place, message in enumerate(messages):
        if any(letter.isalnum() for letter in message.text):
            lines.extend(Line(len(lines) + n, place, *piece) for n, piece in enumerate(_pieces(message.text), start=1))
    return lines


def _pieces(text: str) -> list[tuple[str, int]]:
    """Cut a text where it is longer than a line, if need be within a word."""
    if (length := _length(text)) <= LONGEST_LINE:
        return [(text, length)]
    size = LONGEST_LINE * _LETTERS_A_WORD
    chunks = [
        (start, min(start + size, word.end()))
        for word in _WORD.finditer(text)
        for start in range(word.start(), word.end(), size)
    ]
    pieces: list[tuple[str, int]] = []
    begin, end, words = chunks[0][0], chunks[0][0], 0
    for start, stop in chunks:
        length = _length(text[start:stop])
        if words and words + length > LONGEST_LINE:
            pieces.append((text[begin:end], words))
            begin, words = start, 0
        end, words = stop, words + length
    return [*pieces, (text[begin:end], words)]


def _length(text: str) -> int:
    return sum(1 + (len(word) - 1) // _LETTERS_A_WORD for word in text.split())


def windows(lines: Sequence[Line], words: int) -> list[Window]:
    """Cut lines into windows of about so many words; each line is asked about in exactly one of them."""
    if sum(line.words for line in lines) <= words:
        return [Window(tuple(lines), lines[0].number, lines[-1].number)] if lines else []
    context = int(words * _OVERLAP)
    most = words - 2 * context
    found: list[Window] = []
    begin = 0
    while begin < len(lines):
        end, total = begin, 0
        while end < len(lines) and (end == begin or total + lines[end].words <= most):
            total += lines[end].words
            end += 1
        before, after = _reach(lines[:begin][::-1], context), _reach(lines[end:], context)
        shown = tuple(lines[begin - before : end + after])
        found.append(Window(shown, lines[begin].number, lines[end - 1].number))
        begin = end
    return found


def halves(window: Window) -> list[Window]:
    """Return two smaller windows about the same lines, or none when there is but one line."""
    asked = [line for line in window.lines if window.first <= line.number <= window.last]
    if len(asked) < 2:  # noqa: PLR2004 - two halves
        return []
    middle = len(asked) // 2
    context = sum(line.words for line in asked) // 8
    found = []
    for part in (asked[:middle], asked[middle:]):
        first, last = part[0].number, part[-1].number
        before = [line for line in window.lines if line.number < first]
        after = [line for line in window.lines if line.number > last]
        back, on = _reach(before[::-1], context), _reach(after, context)
        shown = (*before[len(before) - back :], *part, *after[:on])
        found.append(Window(shown, first, last))
    return found


def _reach(lines: Sequence[Line], words: int) -> int:
    """Return how many of these lines are within so many words."""
    total = 0
    for count, line in enumerate(lines):
        total += line.words
        if total > words:
            return count
    return len(lines)
