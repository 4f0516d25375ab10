"""Transcripts as plain text: "Name: words", with or without times, as people copy them out of meeting programs.

Read as ::

    Ines: words                      [00:12:31] Ines: words            Ines Vega  0:03
    Ines (00:12): words              00:12 Ines Vega                   words on lines of their own
                                     words on lines of their own
"""

import re
from dataclasses import dataclass, field

from bot.ports import TranscriptLine
from bot.sources.transcripts.lines import ends_sentence, plain, seconds_of
from bot.sources.transcripts.speakers import can_be_name, clean_name, is_name_like, split_label, trusted_names

_CLOCK = r"(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3}|[:;]\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?"
_SPAN = rf"(?P<time>{_CLOCK})(?:\s*(?:-{{1,2}}>?|–|—|to)\s*{_CLOCK})?"
_TIME_ONLY = re.compile(rf"^[\[(]?{_SPAN}[\])]?$")
_TIME_FIRST = re.compile(rf"^[\[(]?{_SPAN}[\])]?\s*[-–—|:]?\s+(?P<rest>\S.*)$")
_NAME_TIME = re.compile(
    rf"^(?P<name>[^:\d]{{0,2}}[^:]{{1,70}}?)\s*[-–—|,]?\s*[\[(]?(?<![\w:]){_SPAN}[\])]?\s*(?P<colon>:)?\s*(?P<rest>.*)$"
)
_HALF_DAY = re.compile(r"[AaPp](?=\.?[Mm])")
_TIME_PARTS = re.compile(r"\d+(?::\d+)+(?:[.,]\d+)?")
_NOT_SAID = re.compile(r"^(\[[^\]]*\]|\([^)]*\)|[-=_*~#•\s]+)$")  # [music], (laughs), a line of dashes
_MARKDOWN = re.compile(r"^\s*(#{1,6}\s+|>\s+|[-*+]\s+(?=\*\*|\[))|\*\*|__")
_HARD_WRAP = 60  # letters: a line that is at least as long was broken by its page, not by its speaker
_CLOCK_TIME = 1800.0  # seconds: a transcript that begins later than this tells the time of day


@dataclass(slots=True)
class Turn:
    """A line of the text.

    Attributes:
        label: Who may be speaking: a name, or a word before a colon.
        words: What is said under the label.
        whole: The line, when the label is nobody.
        start: In seconds.
        apart: It does not go on from the line before.
    """

    label: str | None
    words: str
    whole: str
    start: float | None = None
    apart: bool = False
    more: list[str] = field(default_factory=list)


def read_dialogue(text: str) -> list[TranscriptLine]:
    """Read plain text into lines, each with its speaker where the text names them."""
    turns = _turns([plain(_MARKDOWN.sub("", line)) for line in text.split("\n")])
    trusted = trusted_names(turn.label for turn in turns if turn.label or turn.apart or turn.start is not None)
    named = [at for at, turn in enumerate(turns) if turn.label in trusted]
    if named and _is_heading(turns[: named[0]]) and len(named) * 2 >= len(turns) - named[0]:
        turns = turns[named[0] :]
    return _in_order(_lines(turns, trusted))


def _is_heading(turns: list[Turn]) -> bool:
    """Say whether the lines above the first speaker are the title, the date, who was invited: hardly any sentence."""
    return sum(ends_sentence(turn.whole) for turn in turns) * 2 <= len(turns)


def _turns(lines: list[str]) -> list[Turn]:
    turns: list[Turn] = []
    waiting: float | None = None
    apart = True
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if not line or (_NOT_SAID.match(line) and not _TIME_ONLY.match(line)):
            apart = True
            continue
        alone = _TIME_ONLY.match(line)
        if alone:
            waiting = _seconds(alone["time"])
            continue
        following = _TIME_ONLY.match(lines[at]) if at < len(lines) else None
        if following and is_name_like(clean_name(line)):
            turn = Turn(clean_name(line), "", line, _seconds(following["time"]))  # Teams: name, time, words
            at += 1
        else:
            turn = read_turn(line)
        if turn.start is None:
            turn.start = waiting
        waiting = None
        turn.apart = apart
        apart = False
        turns.append(turn)
    return turns


def read_turn(line: str) -> Turn:
    """Read one line: who may be speaking, since when, and the words."""
    timed = _TIME_FIRST.match(line)
    if timed:
        rest, start = timed["rest"], _seconds(timed["time"])
        found = split_label(rest)
        if found:
            return Turn(found[0], found[1], rest, start)
        name = clean_name(rest)
        return Turn(name, "", rest, start) if is_name_like(name) else Turn(None, rest, rest, start)
    after = _NAME_TIME.match(line) if any(letter.isdigit() for letter in line[:100]) else None
    if after:
        name = clean_name(after["name"])
        if can_be_name(name) and (
            after["colon"] or not after["rest"] or line[: after.start("time")].endswith(("[", "("))
        ):
            return Turn(name, after["rest"].strip(), line, _seconds(after["time"]))
    found = split_label(line)
    return Turn(found[0], found[1], line) if found else Turn(None, line, line)


def _seconds(time: str) -> float:
    bare = _TIME_PARTS.match(time)
    parts = (bare[0] if bare else time).split(":")
    half = _HALF_DAY.search(time)
    if half is None:
        return seconds_of(":".join(parts[:3]))  # a fourth part counts a film's frames
    hour = int(parts[0]) % 12 + (12 if half[0] in "pP" else 0)
    return seconds_of(":".join([str(hour), *parts[1:], "0"][:3]))  # 10:15 AM has no seconds


def _lines(turns: list[Turn], trusted: frozenset[str]) -> list[TranscriptLine]:
    """Put words under their speaker; a paragraph without one goes on with the one before, as texts are written."""
    lines: list[tuple[str | None, list[str], float | None]] = []
    speaker: str | None = None
    header: float | None = None
    for turn in turns:
        known = turn.label in trusted
        speaker = turn.label if known else speaker
        words = turn.words if known else turn.whole
        start = turn.start if turn.start is not None else header
        header = None
        if not words:
            header = start  # a name on a line of its own: its words follow
            continue
        if (
            lines
            and not known
            and start is None
            and lines[-1][0] == speaker
            and _wrapped(lines[-1][1][-1], words, turn)
        ):
            lines[-1][1].append(words)
        else:
            lines.append((speaker, [words], start))
    return [TranscriptLine(who, " ".join(words), start, None) for who, words, start in lines]


def _wrapped(before: str, words: str, turn: Turn) -> bool:
    """Say whether a line goes on with the sentence before: broken in two by the page, not by a speaker."""
    return not turn.apart and not ends_sentence(before) and (words[0].islower() or len(before) >= _HARD_WRAP)


def _in_order(lines: list[TranscriptLine]) -> list[TranscriptLine]:
    """Count times from the start, and forget those that go backwards."""
    first = next((line.start for line in lines if line.start is not None), None)
    shift = first if first is not None and first >= _CLOCK_TIME else 0.0
    ordered, latest = [], 0.0
    for line in lines:
        start = None if line.start is None else round(line.start - shift, 3)
        if start is not None and start < latest:
            start = None
        latest = latest if start is None else start
        ordered.append(TranscriptLine(line.speaker, line.text, start, None))
    return ordered
