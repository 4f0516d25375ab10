"""Where in the transcript a quote stands, whatever blanks, case and quotation marks it was given with."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.engine.records import Message

LONGEST: Final = 80
"""Words; a quote of more points at nothing."""

SHORTEST: Final = 4
"""Letters and digits; less stands everywhere."""

_STRAIGHT: Final = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-"}
)
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_AROUND: Final = " \"'.…,;:!?-()[]"


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the transcript, verbatim.

    Attributes:
        text: The words; across messages joined by a blank.
        parts: The messages that hold them: each by its place, with the first character and the one after the last.
    """

    text: str
    parts: tuple[tuple[int, int, int], ...]

    @property
    def places(self) -> tuple[int, ...]:
        """The places of the messages that hold them."""
        return tuple(place for place, _, _ in self.parts)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text made comparable, and for each of its characters the offset of the one it was made of."""

    text: str
    offsets: tuple[int, ...]


def fold(text: str) -> Folded:
    """Return a text in one case, with single blanks, straight quotation marks, and without what cannot be seen."""
    letters: list[str] = []
    offsets: list[int] = []
    for offset, letter in enumerate(text):
        blank = letter.isspace()
        if not blank and unicodedata.category(letter) in _UNSEEN:
            continue
        if blank and (not letters or letters[-1] == " "):
            continue
        for one in " " if blank else unicodedata.normalize("NFKC", letter.translate(_STRAIGHT)).casefold():
            letters.append(one)
            offsets.append(offset)
    return Folded("".join(letters), tuple(offsets))


def visible(text: str) -> str:
    """Return a text on one line, without characters that cannot be seen: controls, directions, zero widths."""
    kept = "".join(" " if letter.isspace() else letter for letter in text)
    return " ".join("".join(one for one in kept if unicodedata.category(one) not in _UNSEEN).split())


class Transcript:
    """The messages of a conversation, to find quotes in."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self.messages = messages
        self._folded: dict[tuple[int, ...], Folded] = {}

    def find(self, quote: str, places: Sequence[int]) -> Span | None:
        """Find a quote in the messages at these places: in one of them, or across those that follow one another."""
        wanted = fold(quote).text.strip(_AROUND)
        if sum(letter.isalnum() for letter in wanted) < SHORTEST or len(wanted.split()) > LONGEST:
            return None
        for place in places:
            if (span := self._within((place,), wanted)) is not None:
                return span
        return next((span for run in _runs(places) if (span := self._within(run, wanted)) is not None), None)

    def _within(self, run: tuple[int, ...], wanted: str) -> Span | None:
        joined = " ".join(self.messages[place].text for place in run)
        folded = self._folded.get(run)
        if folded is None:
            folded = self._folded[run] = fold(joined)
        at = _whole_words(folded.text, wanted)
        if at < 0:
            return None
        start, end = folded.offsets[at], folded.offsets[at + len(wanted) - 1] + 1
        return Span(joined[start:end], self._parts(run, start, end))

    def _parts(self, run: tuple[int, ...], start: int, end: int) -> tuple[tuple[int, int, int], ...]:
        """Return what each message of a run holds of the characters of their join from `start` to `end`."""
        parts = []
        begin = 0
        for place in run:
            stop = begin + len(self.messages[place].text)
            if begin < end and start < stop:
                parts.append((place, max(start, begin) - begin, min(end, stop) - begin))
            begin = stop + 1
        return tuple(parts)


def _runs(places: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the stretches of messages that follow one another."""
    runs: list[list[int]] = []
    for place in sorted(set(places)):
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [tuple(run) for run in runs if len(run) > 1]


def _whole_words(text: str, wanted: str) -> int:
    """Return where `wanted` stands in `text` without beginning or ending within a word; -1 when nowhere."""
    at = text.find(wanted)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(wanted) : at + len(wanted) + 1]
        if not (_joins(before, wanted[0]) or _joins(wanted[-1], after)):
            return at
        at = text.find(wanted, at + 1)
    return -1


def _joins(left: str, right: str) -> bool:
    """Tell whether two characters are in one word; scripts without blanks have no words to cut."""
    return left.isalnum() and right.isalnum() and ord(left) < _NO_BLANKS and ord(right) < _NO_BLANKS


_NO_BLANKS: Final = 0x0E00
"""From Thai on, many scripts write without blanks."""
