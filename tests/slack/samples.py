"""Jobs, overviews and items to show."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.domain.assignments import Item, ItemKind, ItemState
from bot.domain.conversation import Decision, Evidence, KeyMoment, Question
from bot.domain.jobs import Job, JobState
from bot.domain.posts import Overview
from bot.domain.recordings import Recording, RecordingKind

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
ANA, BO = "U0ANA", "U0BO"


def a_job(**changes: Any) -> Job:
    """Ana's job on a recording from Tuesday 3 March 2026."""
    job = Job(
        id="a" * 32,
        team="T1",
        channel="C0PRODUCT",
        user=ANA,
        message_ts="1.000001",
        thread_ts=None,
        via="message",
        recording=Recording(RecordingKind.LINK, "https://files.example.test/planning.mp4", "planning.mp4"),
        title="Spring catalogue planning",
        language=None,
        held_on=date(2026, 3, 3),
        state=JobState.SUBMITTED,
        created_at=NOW,
        updated_at=NOW,
    )
    return replace(job, **changes)


def a_moment(
    quote: str = "We go with the recycled paper.", speaker: str | None = "Robert", at: float = 760
) -> KeyMoment:
    """A decision."""
    return KeyMoment(Evidence(quote, speaker, at), "decision")


def an_overview(**changes: Any) -> Overview:
    """What was understood of it."""
    overview = Overview(
        title="Spring catalogue planning",
        seconds=2520,
        speakers=("Ines", "Robert", "Mei"),
        summary=(),
        key_moments=(a_moment(), a_moment("If the photos slip again we lose the March slot.", "Ines", 1085)),
        topics=("paper", "photo shoot", "print slot"),
        action_items=3,
        follow_ups=1,
        language="en",
        decisions=(a_decision(),),
        questions=(a_question(), a_question("Do we print in English, too?")),
    )
    return replace(overview, **changes)


def a_decision(
    text: str = "Recycled paper for the catalogue", quote: str = "We go with the recycled paper."
) -> Decision:
    """What Robert settled."""
    return Decision(text, Evidence(quote, "Robert", 760), 0.9)


def a_question(text: str = "Who calls the printer?") -> Question:
    """What Mei asked and nobody answered."""
    return Question(text, Evidence(text, "Mei", 1200), 0.8)


def an_item(**changes: Any) -> Item:
    """An item that Mei took on in the meeting."""
    item = Item(
        id="b" * 32,
        job_id="a" * 32,
        position=0,
        kind=ItemKind.ACTION_ITEM,
        text="Book the studio for the second photo day",
        evidence=Evidence("I'll book the studio before the weekend.", "Mei", 1150),
        owner="Mei",
        due=date(2026, 3, 6),
        score=0.9,
        state=ItemState.OPEN,
        version=1,
        changed_at=NOW,
    )
    return replace(item, **changes)
