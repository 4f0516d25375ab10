"""What was understood of a conversation, as the bot sees it: every claim carries its evidence."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence; `speaker` is None when unknown, `at` and `seconds` are its start and length in seconds."""

    id: str
    speaker: str | None
    at: float
    seconds: float
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The verbatim words that a claim rests on, who said them (None when unknown) and when, in seconds."""

    quote: str
    speaker: str | None
    at: float


@dataclass(frozen=True, slots=True)
class ActionItem:
    """Something that has to be done.

    Attributes:
        text: What, in a few words.
        evidence: The quote behind it.
        owner: A name, only with evidence; else None.
        due: The day, only when it was spoken; else None.
        score: 0 to 1.
    """

    text: str
    evidence: Evidence
    owner: str | None
    due: date | None
    score: float


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A call to book, a mail to send, people to bring together; fields as in `ActionItem`."""

    text: str
    evidence: Evidence
    owner: str | None
    due: date | None
    score: float


@dataclass(frozen=True, slots=True)
class Question:
    """Something that was asked."""

    text: str
    evidence: Evidence
    score: float


@dataclass(frozen=True, slots=True)
class Topic:
    """What was talked about, with a score from 0 to 1."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class KeyMoment:
    """A quote that carries a decision, commitment, question, risk or number; `kind` is that word, or empty."""

    evidence: Evidence
    kind: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation that was understood.

    Attributes:
        id: The conversation API's id.
        title: Its name.
        started_at: When it began (aware); due dates are relative to its day.
        seconds: Its length.
        language: Two letters, or None when not known.
        speakers: Names, in order of their first words; empty when nobody knows who spoke.
        messages: The transcript.
        summary: Paragraphs, only when a language model wrote them.
        key_moments: Quotes, when there is no summary.
    """

    id: str
    title: str
    started_at: datetime
    seconds: float
    language: str | None
    speakers: tuple[str, ...]
    messages: tuple[Message, ...]
    summary: tuple[str, ...]
    key_moments: tuple[KeyMoment, ...]
    topics: tuple[Topic, ...]
    action_items: tuple[ActionItem, ...]
    follow_ups: tuple[FollowUp, ...]
    questions: tuple[Question, ...]
