"""People, dates and the caller's own entities that a text names."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from bot.engine.insights.dates import find_dates
from bot.engine.insights.people import Roster
from bot.engine.insights.sentences import plain
from bot.engine.records import CustomEntity, Mention, Message, Person


def entities_by_message(
    messages: Sequence[Message], people: Roster, base: date | None, custom: Sequence[CustomEntity]
) -> dict[str, tuple[Mention, ...]]:
    """Return what each message names, by its id; messages that name nothing are left out.

    Args:
        messages: The conversation.
        people: Who speaks and is spoken of.
        base: The day of the meeting; None for a language whose dates are not read.
        custom: The caller's own entities.
    """
    wanted = _patterns(custom)
    found = {}
    for message in messages:
        named = [*_custom(message.text, wanted)]
        if base is not None:
            named += people_and_dates(message.text, people, base, None)
        if named:
            found[message.id] = tuple(sorted(named, key=lambda mention: (mention.offset, mention.type)))
    return found


def people_and_dates(text: str, people: Roster, base: date, owner: Person | None) -> tuple[Mention, ...]:
    """Return the people and dates that a text names, in order; `owner` is marked as the assignee."""
    named = [
        Mention("person", name, offset, person=person, assignee=person == owner)
        for name, offset, person in people.mentions(text)
    ]
    for days in find_dates(text, plain(text), base):
        kind = "date" if days.start == days.end else "daterange"
        named.append(Mention(kind, days.text, days.offset, start=days.start, end=days.end if kind != "date" else None))
    return tuple(sorted(named, key=lambda mention: mention.offset))


def _patterns(custom: Sequence[CustomEntity]) -> list[tuple[CustomEntity, re.Pattern[str]]]:
    """Make a search for each entity: whole words, in any case, with any blanks between them."""
    return [
        (entity, re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)", re.IGNORECASE))
        for entity in custom
        if (words := entity.text.split())
    ]


def _custom(text: str, wanted: Sequence[tuple[CustomEntity, re.Pattern[str]]]) -> Iterator[Mention]:
    for entity, pattern in wanted:
        for match in pattern.finditer(text):
            value = entity.value if entity.value is not None else entity.text
            yield Mention("custom", match[0], match.start(), custom_type=entity.type, value=value)
