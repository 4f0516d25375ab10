"""Short ways to write a conversation down, and to read what was understood of it."""

from datetime import UTC, datetime

from bot.engine.insights.understanding import understand
from bot.engine.records import CustomEntity, Insight, InsightOptions, Insights, Message, Person

WEDNESDAY = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
"""The day of every meeting in these tests."""

WARD = """
Ines: Bed four, Mr Lowry. He fell on Sunday night, and nothing is broken.
Omar: He slept well. He was a bit confused this morning.
Ines: That's the tablets. It passes.
Omar: He ate his breakfast, all of it.
Ines: Good man. And his blood pressure?
Omar: Fine, a bit low when he stands up.
Ines: That will be the tablets as well.
Omar: His daughter wants to talk to a doctor. She has rung twice.
Ines: Tonight, before I go.
Omar: She works, so after six is better.
Ines: After six, then.
Omar: Bed five is asleep, and has been since midnight.
Ines: Lucky him. And bed six?
Omar: Bed six went home yesterday.
"""
"""A meeting in which work is told by no turn of phrase, and not what it is about."""


def conversation(script: str) -> list[Message]:
    """Turn `Name: words` lines into messages; a line without a name has no speaker."""
    people: dict[str, Person] = {}
    messages: list[Message] = []
    for line in filter(None, map(str.strip, script.splitlines())):
        name, colon, words = line.partition(": ")
        speaker = people.setdefault(name, Person(f"person-{len(people)}", name)) if colon else None
        place = len(messages)
        messages.append(
            Message(f"{4000000000000000 + place}", words if colon else line, speaker, place * 4.0, place * 4 + 3)
        )
    return messages


def understood(
    script: str, *, threshold: float = 0.5, language: str | None = "en", entities: tuple[CustomEntity, ...] = ()
) -> Insights:
    """Return what is understood of a script."""
    options = InsightOptions(WEDNESDAY, threshold, language, entities)
    return understand(conversation(script), options)


def told(insight: Insight) -> tuple[str, str | None, str | None]:
    """Return an insight as what, who and by when."""
    owner = insight.owner.name if insight.owner else None
    return insight.text, owner, insight.due.isoformat() if insight.due else None


def work(script: str) -> list[tuple[str, str | None, str | None]]:
    """Return the action items of a script as what, who and by when."""
    return [told(item) for item in understood(script).action_items]


def follow_ups(script: str) -> list[tuple[str, str | None, str | None]]:
    """Return the follow-ups of a script as what, who and by when."""
    return [told(item) for item in understood(script).follow_ups]


def all_work(script: str) -> list[str]:
    """Return the texts of everything that is to be done by a script."""
    found = understood(script)
    return [item.text for item in (*found.action_items, *found.follow_ups)]
