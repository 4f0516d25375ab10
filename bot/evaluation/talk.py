"""From a scripted meeting to what the engine is given: the way that a typed conversation takes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import chain
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from bot.engine.records import Message, Person
from bot.engine.typed import Entry, sentences
from bot.evaluation.gold import GoldMeeting

BEGINS: Final = time(9, tzinfo=UTC)
"""Meetings begin in the morning: what is said of "this afternoon" is still to come."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as the engine gets it.

    Attributes:
        messages: Its sentences, at 150 words a minute.
        turn_of: Which turn each message is of, by its id.
        began: When it began.
    """

    messages: tuple[Message, ...]
    turn_of: Mapping[str, int]
    began: datetime

    def turns(self, message_ids: Iterable[str]) -> frozenset[int]:
        """Return the turns that messages are of; an id that does not exist has none."""
        return frozenset(self.turn_of[one] for one in message_ids if one in self.turn_of)


def talk_of(meeting: GoldMeeting) -> Talk:
    """Return what the engine is given of a meeting: the turns, and nothing of what should be understood."""
    said = [(turn.speaker, turn.text) for turn in meeting.turns]
    return spoken(said, datetime.combine(meeting.held_on, BEGINS))


def spoken(said: Sequence[tuple[str | None, str]], began: datetime) -> Talk:
    """Return turns (who, what) as a conversation."""
    people = {name: Person(str(uuid5(NAMESPACE_URL, name)), name) for name, _ in said if name}
    cut = list(sentences([Entry(text, name) for name, text in said], began, 0.0))
    places = list(chain.from_iterable([place] * len(turn) for place, turn in enumerate(cut)))
    messages = tuple(
        Message(f"{number:016d}", part.text, people.get(part.name or ""), part.start, part.end)
        for number, part in enumerate(chain.from_iterable(cut), start=1)
    )
    return Talk(messages, {message.id: place for message, place in zip(messages, places, strict=True)}, began)
