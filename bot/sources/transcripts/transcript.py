"""Transcripts, told from other text and read: captions, plain text with names, JSON, and Word documents."""

import re
from collections import Counter

from bot.errors import BadInput
from bot.ports import TranscriptLine
from bot.sources.transcripts.cues import has_cues, read_cues
from bot.sources.transcripts.dialogue import read_dialogue
from bot.sources.transcripts.documents import is_document, read_document
from bot.sources.transcripts.encodings import decode
from bot.sources.transcripts.json_transcripts import read_json
from bot.sources.transcripts.lines import cut, joined

MAX_BYTES = 20 * 1024 * 1024
"""The largest transcript: ten hours with the time of every word stay below it."""

_CURE = "Share a transcript with lines such as “Name: words”, or a VTT or SRT file."
_JSON = re.compile(r'\s*(\{\s*["}]|\[\s*[\[{\]])')  # and not "[00:12] Ines: words"
_TIMES = re.compile(r"[\[(]?\b\d{1,3}(:\d{1,3})+([.,]\d{1,3})?[\])]?")
_LEVEL = re.compile(r"\b(DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|TRACE|CRITICAL)\b")
_LOGGED = re.compile(r"^\W?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d |\d{1,3}(\.\d{1,3}){3} )")
_CODE = re.compile(r"[;{}]\s*$|^\s*(import|from|def|class|function|const|let|var|return|#include)\b.*[\w)\"':;]$")
_FEWEST_WORDS = 5  # "File not found" was said by a server
_SEPARATORS = ",;\t|"
_SAMPLE_LINES = 200
_SAMPLE_LETTERS = 1000  # of a line
_MOST = 0.7


def read_transcript(data: bytes) -> tuple[TranscriptLine, ...]:
    """Read a transcript's lines, in order, with their speakers and times where it has them.

    Raises:
        BadInput: It is empty, too large, no text, or no transcript.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise BadInput("The transcript is empty.", "Export it again, and share that.")
    if len(data) > MAX_BYTES:
        raise BadInput(f"The transcript is larger than {MAX_BYTES // 1024**2} MB.", "Share it in parts.")
    lines = _read(read_document(data) if is_document(data) else decode(data))
    if not any(letter.isalpha() for line in lines for letter in line.text):
        raise BadInput("The transcript holds no words.", _CURE)
    if all(line.speaker is None and line.start is None for line in lines) and _count_words(lines) < _FEWEST_WORDS:
        raise BadInput("The text is too short for a transcript.", _CURE)
    return tuple(piece for line in joined(lines) for piece in cut(line))


def _read(text: str) -> list[TranscriptLine]:
    if _JSON.match(text):
        return _ordered(read_json(text))
    if has_cues(text):
        return _ordered(read_cues(text))
    _check_prose(text)
    return read_dialogue(text)


def _count_words(lines: list[TranscriptLine]) -> int:
    """Count words, up to those that matter; two signs count for one in scripts that write no spaces."""
    sample = " ".join(line.text for line in lines[:_FEWEST_WORDS])[:500]
    return len(re.findall(r"[^\W\d_]+", sample)) + sum(letter.isalpha() and letter > "\u2e80" for letter in sample) // 2


def _ordered(lines: list[TranscriptLine]) -> list[TranscriptLine]:
    """Bring lines into the order of time, when all have one; no line ends before it starts."""
    whole = [
        TranscriptLine(line.speaker, line.text, line.start, max(line.start, line.end))
        if line.start is not None and line.end is not None
        else line
        for line in lines
    ]
    if any(line.start is None for line in whole):
        return [TranscriptLine(line.speaker, line.text, None, None) for line in whole]
    return sorted(whole, key=lambda line: line.start or 0.0)


def _check_prose(text: str) -> None:
    """Refuse text that nobody said.

    Raises:
        BadInput: It is numbers, a table, a log, program code or markup.
    """
    lines = [line[:_SAMPLE_LETTERS] for line in text.split("\n") if line.strip()][:_SAMPLE_LINES]
    called = _called(lines)
    if called:
        raise BadInput(f"The text is {called}, not a transcript.", _CURE)


def _called(lines: list[str]) -> str:
    text = _TIMES.sub("", "".join(lines))
    letters = sum(letter.isalpha() for letter in text)
    signs = sum(not letter.isspace() for letter in text)
    if letters * 2 < signs or not letters:
        return "mostly numbers and signs"
    if lines and lines[0].lstrip().startswith(("<?xml", "<")) and text.count("<") > len(lines) // 2:
        return "markup"
    if _is_table(lines):
        return "a table of data"
    logged = sum(bool(_LOGGED.match(line)) for line in lines)
    if logged > _MOST * len(lines) and sum(bool(_LEVEL.search(line)) for line in lines) * 2 > len(lines):
        return "a program's log"
    if len(lines) > 4 and sum(bool(_CODE.search(line)) for line in lines) > len(lines) // 2:  # noqa: PLR2004
        return "program code"
    return ""


def _is_table(lines: list[str]) -> bool:
    """Say whether most lines have the same number of columns: two of the same sign, or a tab."""
    if len(lines) < 3:  # noqa: PLR2004 - a head and two rows
        return False
    for separator in _SEPARATORS:
        count, often = Counter(line.count(separator) for line in lines).most_common(1)[0]
        if count >= (1 if separator == "\t" else 2) and often > 0.8 * len(lines):
            return True
    return False
