"""Meetings written to learn from, with marks that say which sentence carries which work.

A text file a meeting, in `bench/meetings`:

    title: Payroll software, second call
    kind: sales call
    date: 2026-02-17
    Verena: Then send me the NDA. {A1 A2} I'll get it signed this week. {A2*@}
    Tom: Deal. {A1*} It never leaves the union. {T:product}
    A1 = action|Tom|-|Send Verena the NDA
    A2 = action|Verena|2026-02-20|Get the NDA signed

A mark stands after the sentence that it is about: `A1*` where work is taken on or given, `A1` where it is told
otherwise, with `@` where the day that counts is said; `T:` and a kind is talk that sounds like work and is none. An
item says kind (with `?` where sane people would differ), owner, day and text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from bot.engine.insights.sentences import Sentence
from bot.evaluation.gold import GoldItem, GoldMeeting, Part, Turn
from bot.evaluation.talk import Talk

FOLDER: Final = Path(__file__).parent / "meetings"
UNSEEN: Final = FOLDER / "unseen"
"""Meetings that the reader has not learned from."""

_ITEM: Final = re.compile(r"A(?P<number>\d+) = (?P<kind>action|follow_up)(?P<optional>\??)\|(?P<rest>.*)")
_BRACES: Final = re.compile(r"\s*\{(?P<marks>[^{}]*)\}")
_MARK: Final = re.compile(r"A(?P<number>\d+)(?P<flags>[*@]*)|T:(?P<trap>\S+)")
_NOBODY: Final = "?"
_NONE: Final = "-"


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of a sentence.

    Attributes:
        turn: In which turn it stands.
        offset: How many characters of the turn stand before the mark.
        item: The place of its item among the meeting's, None for talk that is no work.
        taken_on: Whether the work is taken on or given here.
        dated: Whether the day that counts is said here.
    """

    turn: int
    offset: int
    item: int | None
    taken_on: bool = False
    dated: bool = False


@dataclass(frozen=True, slots=True)
class WrittenMeeting:
    """A meeting, and what its sentences are marked with."""

    gold: GoldMeeting
    marks: tuple[Mark, ...]

    def marked(self, sentences: Sequence[Sentence], talk: Talk) -> dict[int, list[Mark]]:
        """Return the marks of each sentence that has some, by its number."""
        found: dict[int, list[Mark]] = {}
        ends: dict[int, int] = {}
        by_turn: dict[int, list[tuple[int, int]]] = {}
        for sentence in sentences:
            turn = talk.turn_of[sentence.parts[0][0]]
            start = self.gold.turns[turn].text.find(sentence.text, ends.get(turn, 0))
            start = max(start, ends.get(turn, 0))
            ends[turn] = start + len(sentence.text)
            by_turn.setdefault(turn, []).append((start, sentence.number))
        for mark in self.marks:
            before = [number for start, number in by_turn.get(mark.turn, ()) if start < mark.offset]
            if before:
                found.setdefault(before[-1], []).append(mark)
        return found


def read_written(folder: Path = FOLDER) -> tuple[WrittenMeeting, ...]:
    """Return the meetings of a folder, in the order of their names.

    Raises:
        ValueError: A line is not in the form.
    """
    return tuple(written(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt")))


def written(name: str, text: str) -> WrittenMeeting:
    """Return the meeting that a text tells.

    Raises:
        ValueError: A line is not in the form.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    head = dict(line.split(": ", 1) for line in lines[:3])
    defined = {}
    turns: list[Turn] = []
    marked: list[tuple[int, int, re.Match[str]]] = []
    for line in lines[3:]:
        if item := _ITEM.fullmatch(line):
            defined[int(item["number"])] = item
            continue
        speaker, said = line.split(": ", 1)
        spoken, here = _unmarked(said)
        marked += [(len(turns), offset, mark) for offset, mark in here]
        turns.append(Turn(None if speaker == _NOBODY else speaker, spoken))
    places = {number: place for place, number in enumerate(defined)}
    marks = tuple(
        Mark(
            turn,
            offset,
            places[int(mark["number"])] if mark["number"] else None,
            "*" in (mark["flags"] or ""),
            "@" in (mark["flags"] or ""),
        )
        for turn, offset, mark in marked
    )
    items = tuple(
        _item(item, [mark for mark in marks if mark.item == places[number]]) for number, item in defined.items()
    )
    gold = GoldMeeting(
        name,
        Part.TRAIN,
        head["title"],
        head["kind"],
        date.fromisoformat(head["date"]),
        tuple(turns),
        items,
        (),
        (),
        (),
        (),
    )
    return WrittenMeeting(gold, marks)


def _item(found: re.Match[str], marks: Sequence[Mark]) -> GoldItem:
    owner, due, text = found["rest"].split("|", 2)
    first = [mark.turn for mark in marks if mark.taken_on]
    return GoldItem(
        text.strip(),
        tuple(dict.fromkeys([*first, *(mark.turn for mark in marks)])),
        found["kind"] == "follow_up",
        None if owner.strip() == _NONE else owner.strip(),
        None if due.strip() == _NONE else date.fromisoformat(due.strip()),
        bool(found["optional"]),
    )


def _unmarked(said: str) -> tuple[str, list[tuple[int, re.Match[str]]]]:
    """Return what is said, and the marks in it with how many characters stand before each."""
    spoken = ""
    found = []
    last = 0
    for braces in _BRACES.finditer(said):
        spoken += said[last : braces.start()]
        found += [(len(spoken), mark) for mark in _marks(braces["marks"])]
        last = braces.end()
    return (spoken + said[last:]).strip(), found


def _marks(text: str) -> Iterator[re.Match[str]]:
    for one in text.replace(",", " ").split():
        mark = _MARK.fullmatch(one)
        if mark is None:
            msg = f"{one} is no mark"
            raise ValueError(msg)
        yield mark
