"""Lines of a transcript: their times, their words, and sentences that run over several of them."""

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.ports import TranscriptLine

_SENTENCE_END = re.compile(r"""[.!?…。！？]["'”’»)\]]*$""")
# Controls, soft hyphens, marks of direction; but not the joiners, which Persian, Hindi and emoji need.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_BREAK = re.compile(r"(?<=[.!?…。！？])\s+")
_MAX_GAP = 3.0  # seconds of silence that a sentence bridges
_MAX_SPAN = 30.0  # seconds: captions without any full stop are still cut into lines
_MAX_LETTERS = 1000
_MAX_LINE = 4000


def seconds_of(time: str) -> float:
    """Return the seconds of a time such as 1:02:03.5, 02:03,500 or 0:03."""
    parts = [float(part or 0) for part in time.replace(",", ".").split(":")]
    return round(sum(part * 60.0**power for power, part in enumerate(reversed(parts))), 3)


def plain(text: str) -> str:
    """Return text on one line, without control, direction and other invisible characters."""
    return " ".join(_INVISIBLE.sub("", text).split())


def ends_sentence(text: str) -> bool:
    """Say whether a sentence ends where this text does."""
    return _SENTENCE_END.search(text[-8:]) is not None


def joined(lines: Iterable[TranscriptLine]) -> list[TranscriptLine]:
    """Join a sentence that runs over several lines of one speaker; a line without a speaker may end another's."""
    result: list[TranscriptLine] = []
    for line in lines:
        before = result[-1] if result else None
        if before is not None and _goes_on(before, line):
            end = line.end if line.end is not None else before.end
            result[-1] = replace(before, text=f"{before.text} {line.text}", end=end)
        else:
            result.append(line)
    return result


def _goes_on(before: TranscriptLine, line: TranscriptLine) -> bool:
    if ends_sentence(before.text) or line.speaker not in {None, before.speaker}:
        return False
    if len(before.text) + len(line.text) > _MAX_LETTERS:
        return False
    if before.start is None or before.end is None or line.start is None or line.end is None:
        return before.start is None and line.start is None
    return line.start - before.end <= _MAX_GAP and line.end - before.start <= _MAX_SPAN


def cut(line: TranscriptLine) -> list[TranscriptLine]:
    """Cut a line that is too long for any reader at its sentences, or else at spaces; only the first keeps its time."""
    if len(line.text) <= _MAX_LINE:
        return [line]
    pieces: list[str] = []
    for sentence in _BREAK.split(line.text):
        for part in _short(sentence):
            if pieces and len(pieces[-1]) + len(part) < _MAX_LINE:
                pieces[-1] = f"{pieces[-1]} {part}"
            else:
                pieces.append(part)
    first = replace(line, text=pieces[0], end=None)
    return [first, *(TranscriptLine(line.speaker, piece, None, None) for piece in pieces[1:])]


def _short(text: str) -> list[str]:
    parts = []
    at = 0
    while len(text) - at > _MAX_LINE:
        end = text.rfind(" ", at + 1, at + _MAX_LINE)
        end = end if end > at else at + _MAX_LINE
        parts.append(text[at:end])
        at = end
    return [part for part in (*(part.strip() for part in parts), text[at:].strip()) if part]
