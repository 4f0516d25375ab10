"""Canvases, such as the notes that Slack writes of a huddle: what their Markdown says, line by line, as a transcript.

Notes are not speech. A line is somebody's only when the line itself says so, and each line stands for itself: no
sentence runs on from one into the next.
"""

import html
import json
import re
from collections.abc import Iterator

from bot.errors import BadInput
from bot.ports import TranscriptLine
from bot.sources.transcripts.dialogue import Turn, read_turn
from bot.sources.transcripts.lines import ends_sentence, plain
from bot.sources.transcripts.speakers import is_name_like, trusted_names

_RULE = re.compile(r"^[-=_*|:+\s]+$")  # a line across the page, or under a table's head
_HEADING = re.compile(r"^#{1,6}\s+")
_ITEM = re.compile(r"^(?:(?:[-*+•]|\d{1,3}[.)])\s+)?(?:\[(?P<box>[ xX]?)\]\s+)?")
_QUOTED = re.compile(r"^(?:>\s*)+")
# people and channels, by their id alone or with the name that people read
_MENTION = re.compile(r"!\[\]\([@#!][^)\s]{1,40}\)|<[@#!][^>|\s]{1,40}(?:\|(?P<name>[^>]{0,100}))?>")
_FIRST_MENTION = re.compile(rf"^(?:(?:{_MENTION.pattern})[\s,]*)+(?:[:：]|\s[-–—]\s)".replace("?P<name>", "?:"))
# bounded: an unclosed bracket must not have the rest of a long line read again for each
_LINK = re.compile(
    r"\[\[\d{1,3}\]\]\([^)\s\[]{0,1000}\)"
    r"|!?\[(?P<label>[^\]\[]{0,300})\]\([^)\s\[]{0,1000}(?:\s[^)\[]{0,100})?\)"
    r"|<https?://[^>|\s<]{0,1000}(?:\|(?P<text>[^>]{0,300}))?>"
)
_EMOJI = re.compile(r"(?<!\w):[a-z][a-z0-9_+'-]{0,60}:(?!\w)")
_STRONG = re.compile(r"\*\*|__|~~|`+")
_SLANTED = re.compile(r"(?<![\w*])([*_])(?=\S)([^*_]{1,300})(?<=\S)\1(?![\w*])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# what stands before a colon in notes again and again, and is nobody's name
_FIELDS = frozenset(
    {"assigned to", "assignee", "blocker", "blockers", "by when", "done", "due", "due date", "impact", "open", "owner"}
    | {"owners", "priority", "question", "questions", "risk", "risks", "task", "what", "who", "why"}
)
# seconds a word: what takes longer on average are notes about a meeting, whose times are no transcript's
_SLOWEST = 10.0


def as_transcript(markdown: str) -> bytes:
    """Return what a canvas says as a transcript's file.

    Raises:
        BadInput: It says nothing.
    """
    lines = read_canvas(markdown)
    if not lines:
        raise BadInput("The canvas is empty.", "Write the notes into it, then try again.")
    entries = [
        {"text": line.text}
        | ({} if line.speaker is None else {"speaker": line.speaker})
        | ({} if line.start is None else {"start": line.start})
        for line in lines
    ]
    return json.dumps(entries, ensure_ascii=False).encode()


def read_canvas(markdown: str) -> tuple[TranscriptLine, ...]:
    """Return the lines of a canvas: its headings, list items and paragraphs, in order."""
    turns = list(_turns(markdown))
    trusted = trusted_names(_label(turn) for _, turn in turns) | {turn.label for _, turn in turns if _is_header(turn)}
    lines: list[TranscriptLine] = []
    speaking: tuple[str | None, float | None] = (None, None)
    for heading, turn in turns:
        known = _label(turn) in trusted
        if known and not turn.words:
            speaking = turn.label, turn.start  # a name on a line of its own: what follows is theirs
            continue
        if turn.label or heading:
            speaking = None, None
        start = turn.start if turn.start is not None else speaking[1]
        said = turn.words if known else turn.whole
        if not any(letter.isalnum() for letter in said):
            continue  # a time alone
        lines.append(TranscriptLine(turn.label if known else speaking[0], _closed(said), start, None))
    return tuple(_timed(lines))


def _turns(markdown: str) -> Iterator[tuple[bool, Turn]]:
    """Yield each line that says something, and whether it is a heading."""
    for line in markdown.splitlines():
        bare = line.strip()
        if _RULE.match(bare):
            continue
        bare = _QUOTED.sub("", bare)
        heading = _HEADING.match(bare) is not None
        words = _words(_ITEM.sub(_ticked, _HEADING.sub("", bare), count=1))
        if any(letter.isalnum() for letter in words):
            yield heading, Turn(None, words, words) if heading else read_turn(words)


def _ticked(item: re.Match[str]) -> str:
    """Return what a list item's mark says: what is ticked is no longer to be done."""
    return "Done: " if (item["box"] or "").strip() else ""


def _words(text: str) -> str:
    """Return what people read of a line: without markup, addresses and emoji; names only where the text has them."""
    if text.startswith("|"):
        text = ", ".join(cell.strip() for cell in text.strip("|").split("|") if cell.strip())
    text = _FIRST_MENTION.sub(_named, text)
    text = _MENTION.sub(_mentioned, text)
    text = _LINK.sub(lambda found: found["label"] or found["text"] or "", text)
    text = _SLANTED.sub(r"\2", _STRONG.sub("", _EMOJI.sub("", text)))
    return plain(html.unescape(_ESCAPED.sub(r"\1", text)))


def _mentioned(found: re.Match[str]) -> str:
    if found["name"] or "@" not in found[0]:
        return found["name"] or ""
    return "somebody" if found.start() else "Somebody"


def _named(found: re.Match[str]) -> str:
    """Return who a line begins with, when their names are written: an id before a colon would make many people one."""
    names = [each["name"] for each in _MENTION.finditer(found[0])]
    return f"{' and '.join(filter(None, names))}: " if all(names) else ""


def _label(turn: Turn) -> str | None:
    return None if turn.label is None or turn.label.casefold() in _FIELDS else turn.label


def _is_header(turn: Turn) -> bool:
    """Say whether a line is a name and a time: what that person said follows."""
    return turn.label is not None and not turn.words and turn.start is not None and is_name_like(turn.label)


def _closed(text: str) -> str:
    return text if ends_sentence(text) else f"{text.rstrip(' :,;–—-')}."


def _timed(lines: list[TranscriptLine]) -> Iterator[TranscriptLine]:
    """Keep times where they are a transcript's: of most lines, growing, and at the pace of talk."""
    known = [line.start for line in lines if line.start is not None]
    words = sum(len(line.text.split()) for line in lines)
    kept = len(known) * 2 > len(lines) and known == sorted(known) and known[-1] - known[0] <= _SLOWEST * words
    latest = known[0] if known else 0.0
    for line in lines:
        latest = line.start if line.start is not None else latest
        yield TranscriptLine(line.speaker, line.text, latest if kept else None, None)
