"""Conversations to be read by a language model that the tests play."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from bot.engine.insights.language_model.conclusions import conclude
from bot.engine.insights.language_model.model import LanguageModel
from bot.engine.insights.understanding import understand
from bot.engine.records import InsightOptions, Insights, Message, Person
from tests.engine.insights.language_model.soundness import assert_sound

WEDNESDAY = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)

PLANNING = (
    ("Ana Ruiz", "Bob, can you send me the March invoice by Friday?"),
    ("Bob Marsh", "Sure, will do."),
    ("Ana Ruiz", "We go with the recycled paper, even if it costs two cents more."),
    ("Mei Lin", "I'll book the studio for the second photo day."),
    ("Ana Ruiz", "When does the printer need the files?"),
    ("Mei Lin", "The printer needs the files on the fifteenth."),
    ("Bob Marsh", "Somebody has to ask the printer for a sample."),
)


def conversation(said: Sequence[tuple[str | None, str]]) -> list[Message]:
    """Return messages, one for each thing said."""
    people = {name: Person(f"id-{name}", name) for name, _ in said if name}
    return [
        Message(f"{n:016}", text, people[name] if name else None, 5.0 * n, 5.0 * n + 4)
        for n, (name, text) in enumerate(said)
    ]


def long_conversation(sentences: int) -> list[Message]:
    """Return a long conversation in which somebody promises something now and then."""
    talk = []
    for n in range(sentences):
        promises = n % 10 == 0
        said = (
            f"I'll check the pump of hall {n + 100} today."
            if promises
            else f"Hall {n + 100} was quiet all of last week."
        )
        talk.append(("Ana Ruiz" if n % 2 == 0 else "Bob Marsh", said))
    return conversation(talk)


own_conclusions = cache(understand)
"""What the engine concludes by itself: worked out once for each meeting of the tests."""


def concluded(model: LanguageModel, messages: Sequence[Message], **options: Any) -> Insights:
    """Return what is understood of a conversation with a model, after asserting that it is sound."""
    asked = InsightOptions(WEDNESDAY, **options)
    found = conclude(model, messages, asked, own_conclusions(tuple(messages), asked), lambda _done: None)
    assert_sound(found, messages)
    return found


def entry(text: str, quote: str, *lines: int, **more: Any) -> dict[str, Any]:
    """Return an entry as a model writes it; with `kind` it is an item."""
    item = {"owner": None, "due": None, "firm": True} if "kind" in more else {}
    return {"text": text, "quote": quote, "lines": list(lines), **item, **more}


def item(text: str, quote: str, *lines: int, **more: Any) -> dict[str, Any]:
    """Return an action item as a model writes it."""
    return entry(text, quote, *lines, **{"kind": "action_item", **more})


GOOD: dict[str, Any] = {
    "items": [
        item(
            "Send Ana the March invoice",
            "can you send me the March invoice by Friday?",
            1,
            2,
            owner="Bob Marsh",
            due="2026-03-06",
        ),
        item(
            "Book the studio for the second photo day",
            "I'll book the studio for the second photo day.",
            4,
            owner="Mei Lin",
        ),
        entry(
            "Ask the printer for a sample",
            "Somebody has to ask the printer for a sample.",
            7,
            kind="follow_up",
        ),
    ],
    "decisions": [entry("Go with the recycled paper", "We go with the recycled paper", 3)],
    "questions": [
        entry(
            "When does the printer need the files?",
            "When does the printer need the files?",
            5,
            answer={"quote": "needs the files on the fifteenth", "line": 6},
        )
    ],
    "topics": [
        {"text": "printer", "lines": [5, 6, 7], "parent": None},
        {"text": "recycled paper", "lines": [3], "parent": "printer"},
    ],
    "chapters": [{"title": "The March invoice", "first": 1}, {"title": "Printer and photo day", "first": 3}],
    "summary": [
        entry("Bob sends the March invoice by Friday.", "send me the March invoice", 1, 2),
        entry("They go with the recycled paper, though it costs two cents more.", "We go with the recycled paper", 3),
    ],
}
"""What a good model concludes of `PLANNING`."""
