"""What the models are shown of a conversation: a sentence with what is said around it, or two of them.

A passage is a row of word pieces. Who speaks is told by a letter, `a:` for whoever speaks first in the passage's own
order; what is asked about is marked by the type 1, everything around it has the type 0. `bench/train_reader.py` and
`bench/train_highlighter.py` show the same passages to learn from.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Final

from tokenizers import Tokenizer

BEGIN, END, WORK, OTHER, DAY, DAY_END = 101, 102, 1, 2, 3, 4
"""Pieces with a meaning of their own: MiniLM's beginning and end, and four that it has never used."""

BEFORE, SENTENCE, AFTER = 48, 44, 36
"""So many pieces of what was said before, of the sentence itself, and of what is said next."""

BESIDE: Final = 12
"""So many before and after two sentences, """

BETWEEN: Final = 20
"""so many after the first and before the second, when more than twice as many lie between them, """

OF_TWO: Final = 40
"""so many of each, """

DATED, TO_THE_DAY = 48, 20
"""and of one whose day is asked about so many, so many of them at most before the day."""

LONG_BEFORE, LONG_AFTER = 124, 76
"""And of a long passage so many pieces of what was said before the sentence, and of what is said next."""

_FAR_BACK, _FAR_ON = 7, 7
"""So many sentences are looked at before and after."""

_LONG_BACK, _LONG_ON = 24, 16
"""And in a long passage so many."""

_LETTERS: Final = "abcdefgh"
_NOBODY: Final = "x"


Origin = tuple[int, int]
"""A sentence, and the character of it at which a piece of a word begins."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Word pieces, and the type of each: 1 for what is asked about."""

    pieces: tuple[int, ...]
    types: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LongPassage:
    """A passage, and where each of its pieces stands in the conversation; None for what nobody said."""

    passage: Passage
    origins: tuple[Origin | None, ...]


class Passages:
    """Cuts passages out of one conversation.

    Args:
        texts: Its sentences.
        speakers: Who says each, None when that is not known.
        tokenizer: MiniLM's; it must neither pad nor truncate.
    """

    def __init__(self, texts: Sequence[str], speakers: Sequence[Hashable | None], tokenizer: Tokenizer) -> None:
        self._texts = texts
        self._speakers = speakers
        self._tokenizer = tokenizer
        cut = tokenizer.encode_batch(list(texts), add_special_tokens=False)
        self._pieces = [one.ids for one in cut]
        self._begins = [[start for start, _ in one.offsets] for one in cut]
        self._names = {letter: self._cut(f"{letter}:") for letter in _LETTERS + _NOBODY}

    def around(self, place: int) -> Passage:
        """Return a sentence with what is said around it."""
        letter = _letters()
        said = self._names[letter(self._speakers[place])] + self._pieces[place][:SENTENCE]
        before = self._back(place, letter, BEFORE)
        after = self._on(place, letter, AFTER)
        return Passage(
            (BEGIN, *before, END, *said, END, *after, END),
            (*[0] * (len(before) + 2), *[1] * (len(said) + 1), *[0] * (len(after) + 1)),
        )

    def long(self, place: int) -> LongPassage:
        """Return a sentence with much of what is said around it."""
        letter = _letters()
        who: list[_Placed] = [(piece, None) for piece in self._names[letter(self._speakers[place])]]
        said = who + self._placed(place)[:SENTENCE]
        before: list[_Placed] = []
        for earlier in range(place - 1, max(-1, place - 1 - _LONG_BACK), -1):
            if len(before) >= LONG_BEFORE:
                break
            before = self._after_name(earlier, letter) + before
        after: list[_Placed] = []
        for later in range(place + 1, min(len(self._texts), place + 1 + _LONG_ON)):
            if len(after) >= LONG_AFTER:
                break
            after += self._after_name(later, letter)
        before, after, end = before[-LONG_BEFORE:], after[:LONG_AFTER], (END, None)
        found = [(BEGIN, None), *before, end, *said, end, *after, end]
        types = (*[0] * (len(before) + 2), *[1] * (len(said) + 1), *[0] * (len(after) + 1))
        return LongPassage(Passage(tuple(piece for piece, _ in found), types), tuple(origin for _, origin in found))

    def of_two(self, work: int, other: int, day: tuple[int, int] | None = None) -> Passage:
        """Return two sentences with what is said around and between them.

        Args:
            work: The place of the one that tells the work.
            other: The place of the other one; it may be the same.
            day: From which character to which a day is named in the other one, when that is asked about.
        """
        letter = _letters()
        letter(self._speakers[work])
        first, last = min(work, other), max(work, other)
        parts = [([BEGIN, *self._back(first, letter, BESIDE)], 0), (self._marked(first, work, other, day, letter), 1)]
        if first < last:
            parts += [(self._between(first, last, letter), 0), (self._marked(last, work, other, day, letter), 1)]
        parts.append(([*self._on(last, letter, BESIDE), END], 0))
        return Passage(
            tuple(piece for pieces, _ in parts for piece in pieces),
            tuple(kind for pieces, kind in parts for _ in pieces),
        )

    def _cut(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids) if text.strip() else []

    def _named(self, place: int, letter: "_Letter") -> list[int]:
        """Return who begins to speak with a sentence, if somebody else spoke before."""
        begins = place == 0 or self._speakers[place - 1] != self._speakers[place]
        return self._names[letter(self._speakers[place])] if begins else []

    def _placed(self, place: int) -> "list[_Placed]":
        """Return the pieces of a sentence, and where each stands."""
        begins = self._begins[place]
        return [(piece, (place, begin)) for piece, begin in zip(self._pieces[place], begins, strict=True)]

    def _after_name(self, place: int, letter: "_Letter") -> "list[_Placed]":
        return [(piece, None) for piece in self._named(place, letter)] + self._placed(place)

    def _back(self, place: int, letter: "_Letter", most: int) -> list[int]:
        found: list[int] = []
        for earlier in range(place - 1, max(-1, place - 1 - _FAR_BACK), -1):
            if len(found) >= most:
                break
            found = self._named(earlier, letter) + self._pieces[earlier] + found
        return found[-most:]

    def _on(self, place: int, letter: "_Letter", most: int) -> list[int]:
        found: list[int] = []
        for later in range(place + 1, min(len(self._texts), place + 1 + _FAR_ON)):
            if len(found) >= most:
                break
            found += self._named(later, letter) + self._pieces[later]
        return found[:most]

    def _between(self, first: int, last: int, letter: "_Letter") -> list[int]:
        found = [
            piece for place in range(first + 1, last) for piece in self._named(place, letter) + self._pieces[place]
        ]
        return found if len(found) <= 2 * BETWEEN else [*found[:BETWEEN], END, *found[-BETWEEN:]]

    def _marked(self, place: int, work: int, other: int, day: tuple[int, int] | None, letter: "_Letter") -> list[int]:
        marks = [WORK] * (place == work) + [OTHER] * (place == other)
        said = self._dated(place, day) if day and place == other else self._pieces[place][:OF_TWO]
        return marks + self._names[letter(self._speakers[place])] + said

    def _dated(self, place: int, day: tuple[int, int]) -> list[int]:
        text, (start, stop) = self._texts[place], day
        before = self._cut(text[:start])
        pieces = [*before, DAY, *self._cut(text[start:stop]), DAY_END, *self._cut(text[stop:])]
        first = max(0, min(len(before) - TO_THE_DAY, len(pieces) - DATED)) if len(pieces) > DATED else 0
        return pieces[first : first + DATED]


_Letter = Callable[[Hashable | None], str]
_Placed = tuple[int, Origin | None]


def _letters() -> _Letter:
    """Return what gives each speaker a letter, in the order in which they are asked for."""
    known: dict[Hashable, str] = {}

    def letter(speaker: Hashable | None) -> str:
        if speaker is None:
            return _NOBODY
        return known.setdefault(speaker, _LETTERS[min(len(known), len(_LETTERS) - 1)])

    return letter
