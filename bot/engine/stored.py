"""What the engine's tables hold: conversations, jobs, and who spoke."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.engine.records import Person


class Status(StrEnum):
    """A job's status, as the conversation API names it."""

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    FAILED = "failed"

    @property
    def ended(self) -> bool:
        """Whether nothing follows."""
        return self in {Status.COMPLETED, Status.FAILED}


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation, without what was said.

    Attributes:
        id: 16-digit numeric string.
        app_id: Whose it is.
        name: As the caller named it, else the id.
        started_at: Aware, in UTC.
        parameters: What was asked for, as it was sent.
        metadata: The caller's labels.
        language: Two letters, when it is known.
        understood: Whether there are insights.
    """

    id: str
    app_id: str
    name: str
    started_at: datetime
    parameters: Mapping[str, Any]
    metadata: Mapping[str, str]
    language: str | None = None
    understood: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """A submit or an append, and how far it is.

    Attributes:
        id: UUID v4.
        conversation_id: What it adds to.
        status: How far it is.
        progress: 0 to 1.
        seconds: Length of the recording, once known.
        message: Why it failed, in plain words.
        bad_input: Whether what was sent is the reason.
        webhook_url: Where to post each status.
        submitted_at: Aware, in UTC.
    """

    id: str
    conversation_id: str
    status: Status
    submitted_at: datetime
    progress: float = 0.0
    seconds: float | None = None
    message: str = ""
    bad_input: bool = False
    webhook_url: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who spoke.

    Attributes:
        id: UUID v4.
        name: As the source or the caller names them, or as they called themselves.
        email: When somebody gave one.
        same_as: Another member, when the caller said that they are the same.
        named_in: The message in which they said their name, when that is where it comes from.
    """

    id: str
    name: str
    email: str | None = None
    same_as: str | None = None
    named_in: str | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody who spoke in one conversation, in the order of their first words."""

    members: tuple[Member, ...] = ()
    by_id: Mapping[str, Member] = field(default_factory=dict)

    @property
    def people(self) -> list[Person]:
        """The members, each person once."""
        return [Person(member.id, member.name, member.email) for member in self.members if not member.same_as]

    def person(self, member_id: str | None) -> Person | None:
        """Return whom an id means today."""
        member = self.by_id.get(member_id or "")
        while member is not None and member.same_as:
            member = self.by_id.get(member.same_as)
        return Person(member.id, member.name, member.email) if member else None

    def today(self, person: Person | None) -> Person | None:
        """Return a person as they are called today; one who is no member stays as they are."""
        if person is None:
            return None
        return self.person(person.id) or person
