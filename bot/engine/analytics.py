"""Who talked how long, and how long nobody did."""

from collections.abc import Sequence
from typing import Any

from bot.engine.records import Message, Person

SECONDS_A_MINUTE = 60


def analytics_body(people: Sequence[Person], messages: Sequence[Message]) -> dict[str, Any]:
    """Return the API's metrics of a conversation and of its members.

    Silence is what is left of the time from 0 to the last word; overlap, as a share, is of the time that anybody
    talked. A conversation from text has the times that its caller gave, or those reckoned at 150 words a minute.
    """
    total = max((message.end for message in messages), default=0.0)
    talk = _covered(messages)
    spoken = _by_speaker(messages)
    overlap = max(0.0, sum(_covered(each) for each in spoken.values()) - talk)
    return {
        "metrics": [
            _metric("total_silence", max(0.0, total - talk), total),
            _metric("total_talk_time", talk, total),
            _metric("total_overlap", overlap, talk),
        ],
        "members": [_member(person, spoken.get(person, []), talk) for person in people],
    }


def _member(person: Person, messages: Sequence[Message], talk: float) -> dict[str, Any]:
    own = _covered(messages)
    words = sum(len(message.text.split()) for message in messages)
    email = {"userId": person.email} if person.email else {}
    return {
        "id": person.id,
        "name": person.name,
        **email,
        "pace": {"wpm": round(words * SECONDS_A_MINUTE / own) if own else 0},
        "talkTime": _share(own, talk),
        "listenTime": _share(max(0.0, talk - own), talk),
        "overlap": {},
    }


def _by_speaker(messages: Sequence[Message]) -> dict[Person | None, list[Message]]:
    spoken: dict[Person | None, list[Message]] = {}
    for message in messages:
        spoken.setdefault(message.speaker, []).append(message)
    return spoken


def _covered(messages: Sequence[Message]) -> float:
    """Return the seconds in which at least one of `messages` is being said."""
    covered = 0.0
    reached = 0.0
    for start, end in sorted((message.start, message.end) for message in messages):
        covered += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return covered


def _metric(name: str, seconds: float, whole: float) -> dict[str, Any]:
    return {"type": name, "percent": round(100 * seconds / whole, 3) if whole else 0, "seconds": round(seconds, 3)}


def _share(seconds: float, whole: float) -> dict[str, Any]:
    return {"percentage": round(100 * seconds / whole, 3) if whole else 0, "seconds": round(seconds, 3)}
