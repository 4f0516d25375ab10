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
class Decision:
    """Something that was settled, with the words that settled it."""

    text: str
    evidence: Evidence
    score: float


@dataclass(frozen=True, slots=True)
class Question:
    """Something that was asked; `answer` is None while it is open."""

    text: str
    evidence: Evidence
    score: float
    answer: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """What was talked about, with a score from 0 to 1; `parent` is the text of the wider topic it belongs to."""

    text: str
    score: float
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of the conversation that is about one thing; `at` and `seconds` are its start and length."""

    title: str
    at: float
    seconds: float


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A part of the summary, and the words that say so: empty when another server did not tell them."""

    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class KeyMoment:
    """A quote that carries a decision, commitment, question, risk, number or recap; `kind` is that word, or empty."""

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
        summary: Sentences, or paragraphs of another server.
        key_moments: Quotes that carry the conversation.
        topics: Best first.
        action_items: In the order of the conversation, as are all that follow.
        follow_ups: What is to be done by speaking or writing to somebody.
        questions: Open and answered ones.
        decisions: What was settled.
        chapters: What it was about, from its beginning to its end.
        notes: What people should know about the result, in whole sentences.
        author: The language model that wrote the conclusions; None when the engine's own rules did, or nobody said.
    """

    id: str
    title: str
    started_at: datetime
    seconds: float
    language: str | None
    speakers: tuple[str, ...]
    messages: tuple[Message, ...]
    summary: tuple[SummarySentence, ...]
    key_moments: tuple[KeyMoment, ...]
    topics: tuple[Topic, ...]
    action_items: tuple[ActionItem, ...]
    follow_ups: tuple[FollowUp, ...]
    questions: tuple[Question, ...]
    decisions: tuple[Decision, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    notes: tuple[str, ...] = ()
    author: str | None = None
