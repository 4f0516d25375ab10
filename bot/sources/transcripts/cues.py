"""Captions with times: WebVTT, SubRip and YouTube's SBV, as programs really write them.

Read leniently, and by hand: a strict reader such as webvtt-py gives up at a missing header, a comma in a time, a
missing blank line or a stray one, and knows nothing of who speaks.
"""

import html
import re
from dataclasses import dataclass, field
from itertools import pairwise

from bot.ports import TranscriptLine
from bot.sources.transcripts.lines import plain, seconds_of
from bot.sources.transcripts.speakers import clean_name, split_label, trusted_names

_TIME = r"(?:\d{1,3}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,6})?"
_TIMING = re.compile(rf"^\s*(?P<start>{_TIME})\s*(?:-{{1,3}}>|→)\s*(?P<end>{_TIME})(?:\s.*)?$")
_SBV_TIMING = re.compile(r"^\s*(?P<start>\d{1,3}:\d\d:\d\d\.\d{3})\s*,\s*(?P<end>\d{1,3}:\d\d:\d\d\.\d{3})\s*$")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+(?P<name>[^<>]{1,200})>|(?P<close></v>)")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|<\d[\d:.]*>|\{\\[^{}]{0,200}\}")
_INNER_TIME = re.compile(r"<\d[\d:.]*>")
_BLOCKS = re.compile(r"^(NOTE|STYLE|REGION)(\s|$)")
# Webex writes the speaker into the cue's name: 12 "Ines Vega" (1234567)
_WEBEX_ID = re.compile(r'^\s*\d*\s*"(?P<name>[^"]{1,200})"\s*(\(\d+\))?\s*$')


@dataclass(slots=True)
class _Cue:
    start: float
    end: float
    name: str = ""
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A cue's part of one speaker; `sure` says that the label is the file's own mark, not a word before a colon."""

    start: float
    end: float
    label: str | None
    words: str
    whole: str
    sure: bool


def has_cues(text: str) -> bool:
    """Say whether a text is captions: a line with two times in it."""
    return any(_timing(line) for line in text.split("\n"))


def read_cues(text: str) -> list[TranscriptLine]:
    """Read captions into lines in the order of time; what is broken is left out, what can be read is read."""
    cues = sorted(_cues(text.split("\n")), key=lambda cue: cue.start)
    if _INNER_TIME.search(text):
        _unroll(cues)
    turns = [turn for cue in cues for turn in _turns(cue)]
    trusted = trusted_names(turn.label for turn in turns if not turn.sure)
    lines = []
    for turn in turns:
        known = turn.label is not None and (turn.sure or turn.label in trusted)
        words = turn.words if known else turn.whole
        if words:
            lines.append(TranscriptLine(turn.label if known else None, words, turn.start, turn.end))
    return lines


def _timing(line: str) -> tuple[float, float] | None:
    match = _TIMING.match(line[:200]) or _SBV_TIMING.match(line[:200])
    if match is None:
        return None
    start = seconds_of(match["start"])
    return start, max(start, seconds_of(match["end"]))


def _cues(lines: list[str]) -> list[_Cue]:
    """Find the cues: whatever stands between two lines with times, less the next cue's own name."""
    places = [at for at, line in enumerate(lines) if _timing(line)]
    cues = []
    for at, following in pairwise([*places, len(lines)]):
        timing = _timing(lines[at])
        if timing is None:
            continue
        cue = _Cue(*timing, name=_webex_speaker(lines[at - 1] if at else ""))
        last = following == len(lines)
        cue.lines = _spoken(lines[at + 1 : following], before_another=not last)
        cues.append(cue)
    return cues


def _webex_speaker(line: str) -> str:
    match = _WEBEX_ID.match(line)
    return clean_name(match["name"]) if match else ""


def _spoken(lines: list[str], *, before_another: bool) -> list[str]:
    """Return a cue's own lines: no notes and styles, and not the line right above the next cue's times."""
    if before_another and lines and lines[-1].strip():
        name = lines[-1].strip()
        # The next cue's name stands after a blank line; where that is missing, only a number is one.
        apart = len(lines) > 1 and not lines[-2].strip() and (any(lines[:-2]) or " " not in name)
        if apart or name.isdigit() or _WEBEX_ID.match(name):
            lines = lines[:-1]
    kept, skipping = [], False
    for line in lines:
        if not line.strip():
            skipping = False
        elif _BLOCKS.match(line):
            skipping = True
        if not skipping and line.strip():
            kept.append(line)
    return kept


def _unroll(cues: list[_Cue]) -> None:
    """Drop what automatic captions show again: each cue repeats the line before, to scroll on a screen."""
    before: list[str] = []
    for cue in cues:
        shown = [_words(line) for line in cue.lines]
        cue.lines = [line for line, words in zip(cue.lines, shown, strict=True) if words not in before]
        before = shown or before


def _words(text: str) -> str:
    return plain(html.unescape(_TAG.sub(" " if "<br" in text.lower() else "", text)))


def _turns(cue: _Cue) -> list[_Turn]:
    text = "\n".join(cue.lines)
    if _VOICE.search(text):
        return _voices(cue, text)
    if cue.name:
        return [_Turn(cue.start, cue.end, cue.name, _words(text), "", sure=True)]
    groups: list[tuple[str | None, list[str], list[str]]] = []  # label, words without it, words with it
    for line in cue.lines:
        words = _words(line)
        found = split_label(words)
        if found is None and groups and not words.startswith((">>", "- ")):
            groups[-1][1].append(words)
            groups[-1][2].append(words)
            continue
        bare = words.removeprefix(">>").removeprefix("-").strip()
        label, said = found or (None, bare)
        groups.append((label, [said], [bare]))
    return [
        _Turn(cue.start, cue.end, label, " ".join(said).strip(), " ".join(whole).strip(), sure=False)
        for label, said, whole in groups
    ]


def _voices(cue: _Cue, text: str) -> list[_Turn]:
    turns = []
    speaker: str | None = None
    at = 0
    for match in [*_VOICE.finditer(text), None]:
        words = _words(text[at : match.start() if match else len(text)])
        if words:
            turns.append(_Turn(cue.start, cue.end, speaker, words, words, sure=True))
        if match is None:
            break
        speaker = None if match["close"] else clean_name(html.unescape(match["name"])) or None
        at = match.end()
    return turns
