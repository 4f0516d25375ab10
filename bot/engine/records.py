"""What the engine knows of a conversation, independent of the wire and of storage."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who spoke.

    Attributes:
        id: UUID v4.
        name: As the transcript or the caller names them.
        email: When the caller gave one.
    """

    id: str
    name: str
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place in the recording: seconds from its start; `score` 0 to 1, None for typed text."""

    text: str
    start: float
    end: float
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch of speech as the recogniser heard it, before sentences are cut; times in seconds from the start."""

    start: float
    end: float
    text: str
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence of the conversation.

    Attributes:
        id: 16-digit numeric string.
        text: The sentence, verbatim.
        speaker: None when it is not known who spoke.
        start: Seconds from the start of the recording.
        end: Seconds from the start of the recording.
        words: Word times, where the source had them or they were interpolated.
        speaker_score: How sure it is that `speaker` said it, 0 to 1; None where the source names its speakers.
    """

    id: str
    text: str
    speaker: Person | None
    start: float
    end: float
    words: tuple[Word, ...] = ()
    speaker_score: float | None = None


class InsightKind(StrEnum):
    """The conversation API's three kinds of insight."""

    ACTION_ITEM = "action_item"
    FOLLOW_UP = "follow_up"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, date or custom entity that a text names; `offset` and `text` say where in that text.

    Attributes:
        type: `person`, `date`, `daterange`, `datetimerange`, `timerange` or `custom`.
        text: As written.
        offset: Characters from the start of the text it was found in.
        person: For `person`, whom; a name that is no member has an empty id.
        assignee: For `person`, whether the evidence makes them the owner.
        start: For dates, the (first) day.
        end: For ranges, the last day.
        custom_type: For `custom`, the caller's `customType`.
        value: For `custom`, the caller's `value` (or `text` when it gave none).
    """

    type: str
    text: str
    offset: int
    person: Person | None = None
    assignee: bool = False
    start: date | None = None
    end: date | None = None
    custom_type: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What answered a question: the verbatim words, and the message that holds them."""

    quote: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Insight:
    """An action item, follow-up or question, with the evidence for it.

    Attributes:
        kind: Which of the three.
        text: What is to be done or was asked: short, in the transcript's words.
        quote: The verbatim span of the transcript that it rests on.
        message_ids: The messages that hold the quote, the first where it was said, and those in which somebody agrees
            to it or tells it once more right after. Never empty.
        speaker: Who said it, when known.
        score: 0 to 1.
        owner: Whose it is, only with evidence (see `insights/owners.py`); an owner may be named without being a member.
        due: By when, relative to the meeting's date, only when spoken.
        definitive: True for a firm commitment, False for a suggestion.
        mentions: People and dates in `text`.
        phrases: The phrases in `text` that made it an insight.
        answer: What answered a question; None for one that stayed open, and for what is no question.
        rests_on: Messages that other words of `text` are from: what "it" is, what the work is about.
    """

    kind: InsightKind
    text: str
    quote: str
    message_ids: tuple[str, ...]
    speaker: Person | None
    score: float
    owner: Person | None = None
    due: date | None = None
    definitive: bool = True
    mentions: tuple[Mention, ...] = ()
    phrases: tuple[str, ...] = ()
    answer: Answer | None = None
    rests_on: tuple[str, ...] = ()

    @property
    def evidence(self) -> tuple[str, ...]:
        """The messages that hold the quote, and those that the text has words of besides."""
        return tuple(dict.fromkeys((*self.message_ids, *self.rests_on)))


@dataclass(frozen=True, slots=True)
class Decision:
    """What was settled, in the words that settled it; fields as in `Insight`."""

    text: str
    quote: str
    message_ids: tuple[str, ...]
    speaker: Person | None
    score: float


@dataclass(frozen=True, slots=True)
class Topic:
    """What was talked about: a short phrase, a score from 0 to 1, and the messages that speak of it.

    `parent` is the text of the wider topic that it belongs to, None for one that stands by itself.
    """

    text: str
    score: float
    message_ids: tuple[str, ...]
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of the conversation that is about one thing: its title, and all its messages in order."""

    title: str
    message_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence of the summary, and the messages that say so; never empty."""

    text: str
    message_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What people should know about the result: a stable word for programs, and a sentence for people."""

    code: str
    text: str


class MomentKind(StrEnum):
    """Why a moment is a key moment."""

    DECISION = "decision"
    COMMITMENT = "commitment"
    QUESTION = "question"
    RISK = "risk"
    NUMBER = "number"
    RECAP = "recap"
    """Somebody says at the end who does what."""


@dataclass(frozen=True, slots=True)
class KeyMoment:
    """A quote that carries a decision, commitment, question, risk, number or recap; never called a summary."""

    kind: MomentKind
    quote: str
    message_id: str
    score: float


@dataclass(frozen=True, slots=True)
class CustomEntity:
    """An entity that the caller asked to look for."""

    type: str
    text: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class InsightOptions:
    """What the caller asked of the insights.

    Attributes:
        started_at: The start of the conversation; due dates are relative to its day.
        confidence_threshold: Insights and topics below this score are left out; 0 to 1.
        language: Two-letter language of the messages, or None when unknown; insights are found in English only.
        entities: The caller's own entities.
    """

    started_at: datetime
    confidence_threshold: float = 0.5
    language: str | None = "en"
    entities: Sequence[CustomEntity] = field(default=())


@dataclass(frozen=True, slots=True)
class Insights:
    """Everything that was understood of a conversation; each list in the order of the conversation, topics by score."""

    action_items: tuple[Insight, ...] = ()
    follow_ups: tuple[Insight, ...] = ()
    questions: tuple[Insight, ...] = ()
    topics: tuple[Topic, ...] = ()
    key_moments: tuple[KeyMoment, ...] = ()
    decisions: tuple[Decision, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    summary: tuple[SummarySentence, ...] = ()
    notes: tuple[Note, ...] = ()
    """What could not be said, and why: speakers that were not told apart, a language that is only transcribed."""
    author: str | None = None
    """The language model that wrote them; None for the engine's own rules."""
    phrases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Action phrases of each message, by message id: what `detectPhrases` shows."""
    entities: dict[str, tuple[Mention, ...]] = field(default_factory=dict)
    """People, dates and custom entities of each message, by message id."""
