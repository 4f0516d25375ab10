"""Gold meetings: scripted talk with what should be understood of it, read strictly.

A meeting is a JSON file in `meetings/train`, `meetings/tune` or `meetings/test`; `docs/evaluation.md` describes it.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeGuard

from bot.errors import BadInput

MEETINGS: Final = Path(__file__).parent / "meetings"
"""What ships."""


class Part(StrEnum):
    """What a meeting may be used for; no meeting is in two parts."""

    TRAIN = "train"
    TUNE = "tune"
    TEST = "test"


TRAPS: Final = (
    "hypothetical",
    "joke",
    "past",
    "quoted",
    "retracted",
    "refused",
    "product",
    "same name",
    "inverted",
    "injected",
    "done already",
    "habit",
    "mechanics",
    "advice",
)
"""Kinds of talk that sounds like work and is none, or whose owner is easily mistaken.

*Mechanics* is what keeps the meeting itself going ("let me share my screen"); *habit* is what somebody always does.
"""

_KINDS: Final = ("action", "follow_up")
_REST: Final = {"decisions", "questions", "chapters"}
"""What a meeting has all of or nothing of."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says before the next one speaks; `speaker` is None when nobody knows who it was."""

    speaker: str | None
    text: str


@dataclass(frozen=True, slots=True)
class GoldItem:
    """Work that the meeting gives somebody.

    Attributes:
        text: What is to be done, readable alone.
        turns: The turns that carry it; the first is where it is taken on or given.
        follow_up: Whether it is to meet, call, write to or bring together people.
        owner: Whose it is: a speaker's name, or that of somebody who is spoken of; None when that stays open.
        due: By when, where that is said.
        optional: Whether sane people would differ over it; then it counts neither way.
    """

    text: str
    turns: tuple[int, ...]
    follow_up: bool = False
    owner: str | None = None
    due: date | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldDecision:
    """What the meeting settles, and the turns that settle it."""

    text: str
    turns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question that matters: where it is asked, and the turns that answer it; none when it stays open."""

    turn: int
    answer_turns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GoldChapter:
    """A stretch of turns about one thing; `last` belongs to it."""

    title: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Trap:
    """Talk that a hasty reader takes for work, or for somebody else's work; `kind` is one of `TRAPS`."""

    turns: tuple[int, ...]
    kind: str


@dataclass(frozen=True)
class GoldMeeting:
    """A meeting and what should be understood of it; `name` is its file's, without the ending.

    `only_work`: what it decides and asks, and its chapters, nobody has marked.
    """

    name: str
    part: Part
    title: str
    kind: str
    held_on: date
    turns: tuple[Turn, ...]
    items: tuple[GoldItem, ...]
    decisions: tuple[GoldDecision, ...]
    questions: tuple[GoldQuestion, ...]
    chapters: tuple[GoldChapter, ...]
    traps: tuple[Trap, ...]
    only_work: bool = False

    @cached_property
    def speakers(self) -> frozenset[str]:
        """The names of those who speak."""
        return frozenset(turn.speaker for turn in self.turns if turn.speaker)


def read_meetings(part: Part, folder: Path = MEETINGS) -> tuple[tuple[GoldMeeting, ...], tuple[str, ...]]:
    """Return the meetings of a part, in the order of their names, and what is wrong with each that breaks a rule."""
    meetings: list[GoldMeeting] = []
    troubles: list[str] = []
    for path in sorted((folder / part).glob("*.json")):
        try:
            meetings.append(read_meeting(path, part))
        except BadInput as error:
            troubles.append(str(error))
    return tuple(meetings), tuple(troubles)


def read_meeting(path: Path, part: Part) -> GoldMeeting:
    """Read and check one meeting.

    Raises:
        BadInput: It breaks a rule; the error says everything that is wrong.
    """
    return meeting_of(read_json(path), path.stem, part)


def read_json(path: Path) -> Any:
    """Return what a file says.

    Raises:
        BadInput: It is no JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(f"{path.name} cannot be read: {error}.") from error


def meeting_of(plain: Any, name: str, part: Part) -> GoldMeeting:
    """Return the meeting that `plain` describes.

    Raises:
        BadInput: It breaks a rule; the error says everything that is wrong.
    """
    reader = _Reader(plain)
    meeting = reader.meeting(name, part)
    if reader.wrong:
        raise BadInput(f"{name}.json is no gold meeting: {'; '.join(reader.wrong)}.")
    return meeting


class _Reader:
    """Reads one meeting and notes what is wrong with it."""

    def __init__(self, plain: Any) -> None:
        self.wrong: list[str] = []
        self._plain: Mapping[str, Any] = plain if isinstance(plain, dict) else {}
        self._turns: tuple[Turn, ...] = ()

    def meeting(self, name: str, part: Part) -> GoldMeeting:
        """Return the meeting; it means something only when nothing is wrong."""
        only_work = not self._plain.keys() & _REST
        known = {"title", "kind", "date", "turns", "items", "traps"} | (set() if only_work else _REST)
        self._keys(self._plain, "the meeting", known)
        self._turns = tuple(self._turn(place, each) for place, each in enumerate(self._list("turns")))
        if not self._turns:
            self.wrong.append("it has no turns")
        held_on = self._date(self._plain.get("date"), "date") or date.min
        return GoldMeeting(
            name=name,
            part=part,
            title=self._text(self._plain, "title", "the meeting"),
            kind=self._text(self._plain, "kind", "the meeting"),
            held_on=held_on,
            turns=self._turns,
            items=tuple(self._item(f"item {place}", each, held_on) for place, each in enumerate(self._list("items"))),
            only_work=only_work,
            decisions=tuple(
                GoldDecision(self._text(each, "text", where), self._places(each, "turns", where))
                for where, each in self._each("decisions", {"text", "turns"})
            ),
            questions=tuple(
                self._question(where, each)
                for where, each in self._each("questions", {"turn", "answered", "answer_turns"})
            ),
            chapters=() if only_work else self._chapters(),
            traps=tuple(self._trap(where, each) for where, each in self._each("traps", {"turns", "kind"})),
        )

    def _turn(self, place: int, plain: Any) -> Turn:
        where = f"turn {place}"
        self._keys(plain, where, {"speaker", "text"})
        speaker = plain.get("speaker") if isinstance(plain, dict) else None
        if speaker is not None and (not isinstance(speaker, str) or not speaker.strip()):
            self.wrong.append(f"{where}: the speaker is neither a name nor null")
        return Turn(speaker, self._text(plain, "text", where))

    def _item(self, where: str, plain: Any, held_on: date) -> GoldItem:
        self._keys(plain, where, {"text", "turns", "kind", "owner", "due"}, {"optional"})
        if not isinstance(plain, dict):
            return GoldItem("", ())
        kind, owner, optional = plain.get("kind"), plain.get("owner"), plain.get("optional", False)
        if kind not in _KINDS:
            self.wrong.append(f"{where}: its kind is {kind!r}, not one of {', '.join(_KINDS)}")
        if not isinstance(optional, bool):
            self.wrong.append(f"{where}: optional is {optional!r}, not true or false")
        due = self._date(plain["due"], f"{where}: due") if plain.get("due") is not None else None
        if due is not None and due < held_on:
            self.wrong.append(f"{where}: it is due before the meeting")
        if owner is not None and not self._is_named(owner):
            self.wrong.append(f"{where}: its owner {owner!r} neither speaks nor is spoken of by the first name")
        turns = self._places(plain, "turns", where)
        return GoldItem(self._text(plain, "text", where), turns, kind == "follow_up", owner, due, bool(optional))

    def _is_named(self, owner: Any) -> bool:
        """Tell whether somebody of that name speaks, or is spoken of."""
        if not isinstance(owner, str) or not owner.strip():
            return False
        if any(turn.speaker == owner for turn in self._turns):
            return True
        first = re.compile(rf"\b{re.escape(owner.split()[0])}\b", re.IGNORECASE)
        return any(first.search(turn.text) for turn in self._turns)

    def _question(self, where: str, plain: Mapping[str, Any]) -> GoldQuestion:
        turn = plain.get("turn")
        answers = self._places(plain, "answer_turns", where, may_be_empty=True)
        if plain.get("answered") is not bool(answers):
            self.wrong.append(f"{where}: it is answered exactly when it has answer_turns")
        if not self._is_place(turn):
            self.wrong.append(f"{where}: there is no turn {turn!r}")
            return GoldQuestion(0, answers)
        if any(answer < turn for answer in answers):
            self.wrong.append(f"{where}: it is answered before it is asked")
        return GoldQuestion(turn, answers)

    def _chapters(self) -> tuple[GoldChapter, ...]:
        chapters: list[GoldChapter] = []
        expected = 0
        for where, each in self._each("chapters", {"title", "first", "last"}):
            first, last = each.get("first"), each.get("last")
            if not (self._is_place(first) and self._is_place(last) and first <= last):
                self.wrong.append(f"{where}: {first!r} to {last!r} are no turns in order")
                continue
            if first != expected:
                self.wrong.append(f"{where}: it begins with turn {first}, not {expected}")
            expected = last + 1
            chapters.append(GoldChapter(self._text(each, "title", where), first, last))
        if expected != len(self._turns):
            self.wrong.append(f"the chapters end before turn {expected}, and there are {len(self._turns)}")
        return tuple(chapters)

    def _trap(self, where: str, plain: Mapping[str, Any]) -> Trap:
        kind = plain.get("kind")
        if kind not in TRAPS:
            self.wrong.append(f"{where}: its kind is {kind!r}, not one of {', '.join(TRAPS)}")
        return Trap(self._places(plain, "turns", where), str(kind))

    def _list(self, key: str) -> Sequence[Any]:
        value = self._plain.get(key, [] if key in _REST else None)
        if isinstance(value, list):
            return value
        self.wrong.append(f"{key} is no list")
        return ()

    def _each(self, key: str, keys: set[str]) -> list[tuple[str, Mapping[str, Any]]]:
        """Return the objects of a list, each with what it is called in an error."""
        named = [(f"{key.removesuffix('s')} {place}", each) for place, each in enumerate(self._list(key))]
        for where, each in named:
            self._keys(each, where, keys)
        return [(where, each) for where, each in named if isinstance(each, dict)]

    def _keys(self, plain: Any, where: str, needed: set[str], allowed: frozenset[str] | set[str] = frozenset()) -> None:
        if not isinstance(plain, dict):
            self.wrong.append(f"{where} is no object")
            return
        self.wrong += [f"{where}: {key} is missing" for key in sorted(needed - set(plain))]
        self.wrong += [f"{where}: {key} is unknown" for key in sorted(set(plain) - needed - allowed)]

    def _text(self, plain: Any, key: str, where: str) -> str:
        value = plain.get(key) if isinstance(plain, dict) else None
        if isinstance(value, str) and value.strip():
            return value
        self.wrong.append(f"{where}: {key} holds no words")
        return ""

    def _places(self, plain: Mapping[str, Any], key: str, where: str, *, may_be_empty: bool = False) -> tuple[int, ...]:
        value = plain.get(key)
        if not isinstance(value, list) or not all(self._is_place(place) for place in value):
            self.wrong.append(f"{where}: {key} is {value!r}; the turns are 0 to {len(self._turns) - 1}")
            return ()
        if len(set(value)) != len(value) or not (value or may_be_empty):
            self.wrong.append(f"{where}: {key} is {'empty' if not value else 'a list with repeats'}")
        return tuple(value)

    def _is_place(self, value: Any) -> TypeGuard[int]:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(self._turns)

    def _date(self, value: Any, where: str) -> date | None:
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.wrong.append(f"{where} is {value!r}, not a day such as 2026-03-04")
            return None
