"""What the bot says: the messages it plans for Slack, as data; how they look is the Slack adapter's business."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.assignments import Item, Refusal
from bot.domain.conversation import Decision, KeyMoment, Question
from bot.domain.jobs import Job
from bot.domain.timing import Estimate


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes: a channel (or a user's id, for a direct message), and the thread in it."""

    channel: str
    thread_ts: str | None = None


class PostKind(StrEnum):
    """The messages of a job, in the order in which they are planned."""

    OFFER = "offer"  # shown to the sharer only
    PROGRESS = "progress"
    PARENT = "parent"
    DECISIONS = "decisions"
    QUESTIONS = "questions"
    ACTION_ITEM = "action_item"
    FOLLOW_UP = "follow_up"


class PostState(StrEnum):
    """Where a planned message is; `sending` after a crash means: look whether it arrived."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Post:
    """A message that has to appear in Slack exactly once.

    Attributes:
        id: 32 hex digits; it travels with the message, so that a crash can be cleared up.
        job_id: The job it belongs to.
        position: The order within the job.
        kind: Which message of the job.
        item_id: For an item's own message.
        state: Planned, sending or sent.
        channel: Where it was sent; None until it is.
        ts: Slack's id of the message once sent.
        claimed_at: When sending began; aware.
    """

    id: str
    job_id: str
    position: int
    kind: PostKind
    state: PostState
    item_id: str | None = None
    channel: str | None = None
    ts: str | None = None
    claimed_at: datetime | None = None


A_MESSAGE = 10
"""So many decisions one message shows; more of them take several messages."""

MOST_QUESTIONS = 5
"""So many open questions are shown: an hour of talk has dozens, and few that somebody still wants answered."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the thread shows of a conversation besides its items; kept with the job, the transcript is not.

    Attributes:
        title: Its name.
        seconds: Its length.
        speakers: Names, or empty when nobody knows who spoke.
        summary: Sentences that somebody wrote, or empty.
        key_moments: Quotes, when there is no summary.
        topics: Phrases, best first.
        action_items: How many.
        follow_ups: How many.
        language: Two letters, or None.
        decisions: What was settled.
        questions: What stayed open.
        notes: What people should know about the result, in whole sentences.
        author: The language model that wrote the summary, when it is known.
    """

    title: str
    seconds: float
    speakers: tuple[str, ...]
    summary: tuple[str, ...]
    key_moments: tuple[KeyMoment, ...]
    topics: tuple[str, ...]
    action_items: int
    follow_ups: int
    language: str | None
    decisions: tuple[Decision, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    author: str | None = None


@dataclass(frozen=True, slots=True)
class OfferNote:
    """Asks the sharer, and nobody else, whether to process what they pasted, or says what it needs first.

    Attributes:
        job: Has what one look told.
        takes: About how long understanding it takes, when that could be told.
    """

    job: Job
    takes: Estimate | None = None


@dataclass(frozen=True, slots=True)
class ElsewhereNote:
    """Tells the sharer, and nobody else, of a recording's thread in another channel that they read.

    Attributes:
        job: Theirs, which waits for their answer.
        channel: Where the thread is.
        link: Leads there when it can.
    """

    job: Job
    channel: str
    link: str | None


@dataclass(frozen=True, slots=True)
class ProgressNote:
    """The one message of a job that is edited in place.

    Attributes:
        job: As it is now.
        overview: What came of it.
        thread_link: Leads to the finished thread, or to that of the same recording.
        takes: About how long understanding it takes, when that could be told.
    """

    job: Job
    overview: Overview | None = None
    thread_link: str | None = None
    takes: Estimate | None = None


@dataclass(frozen=True, slots=True)
class ParentNote:
    """The head of the thread."""

    job: Job
    overview: Overview


@dataclass(frozen=True, slots=True)
class DecisionsNote:
    """What was settled: `shown` of `total` decisions, those from the `first` on (counted from 1)."""

    shown: tuple[Decision, ...]
    first: int
    total: int


@dataclass(frozen=True, slots=True)
class QuestionsNote:
    """What stayed open: those `shown` of `total` questions that are clearest."""

    shown: tuple[Question, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ItemNote:
    """An action item or follow-up, in its present state."""

    item: Item


@dataclass(frozen=True, slots=True)
class RefusalNote:
    """Tells one person why their gesture changed nothing."""

    item: Item
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class AlreadyHereNote:
    """Tells one person that this recording has a thread, or is on its way; `link` leads there when it can."""

    job: Job
    link: str | None


@dataclass(frozen=True, slots=True)
class TroubleNote:
    """Tells one person directly what they have to do; `job` says about what."""

    job: Job
    what: str
    cure: str


Note = (
    OfferNote
    | ElsewhereNote
    | ProgressNote
    | ParentNote
    | DecisionsNote
    | QuestionsNote
    | ItemNote
    | RefusalNote
    | AlreadyHereNote
    | TroubleNote
)


def clearest(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Return the questions to show, in the order of the conversation."""
    best = sorted(range(len(questions)), key=lambda place: -questions[place].score)[:MOST_QUESTIONS]
    return tuple(questions[place] for place in sorted(best))


def unsent(posts: Sequence[Post]) -> list[Post]:
    """Return the posts that are not known to be in Slack, in order."""
    return sorted((post for post in posts if post.state is not PostState.SENT), key=lambda post: post.position)
