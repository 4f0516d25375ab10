"""From what was understood to what the thread will say: its overview, its items, its messages."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from bot.domain.assignments import Item, ItemKind, ItemState
from bot.domain.conversation import ActionItem, Conversation, FollowUp, KeyMoment, SummarySentence
from bot.domain.jobs import Job
from bot.domain.posts import A_MESSAGE, Overview, Post, PostKind, PostState


def overview_of(conversation: Conversation, title: str | None) -> Overview:
    """Return what the thread shows besides its items.

    What a language model or another server wrote is a summary; what rules put together says no more than the key
    moments do, which are the speakers' own words.
    """
    quoted = not conversation.author and all(map(_is_quoted, conversation.summary))
    central = [KeyMoment(replace(each.evidence[0], quote=each.text), "") for each in conversation.summary if quoted]
    written = not quoted and (conversation.author or not conversation.key_moments)
    return Overview(
        title=title or conversation.title,
        seconds=conversation.seconds,
        speakers=conversation.speakers,
        summary=tuple(sentence.text for sentence in conversation.summary) if written else (),
        key_moments=conversation.key_moments or tuple(central),
        topics=tuple(topic.text for topic in conversation.topics),
        action_items=len(conversation.action_items),
        follow_ups=len(conversation.follow_ups),
        language=conversation.language,
        decisions=conversation.decisions,
        questions=tuple(question for question in conversation.questions if question.answer is None),
        notes=conversation.notes,
        author=conversation.author,
    )


def _is_quoted(sentence: SummarySentence) -> bool:
    """Tell whether a sentence of a summary is one that was said: then it is shown as a quote, not as a summary."""
    return any(sentence.text in evidence.quote for evidence in sentence.evidence[:1])


def items_of(job: Job, conversation: Conversation, now: datetime) -> list[Item]:
    """Return what there is to do, in order: the action items, then the follow-ups."""
    found: list[tuple[ItemKind, int, ActionItem | FollowUp]] = [
        *((ItemKind.ACTION_ITEM, place, each) for place, each in enumerate(conversation.action_items)),
        *((ItemKind.FOLLOW_UP, place, each) for place, each in enumerate(conversation.follow_ups)),
    ]
    return [
        Item(
            id=uuid4().hex,
            job_id=job.id,
            position=place,
            kind=kind,
            text=each.text,
            evidence=each.evidence,
            owner=each.owner,
            due=each.due,
            score=each.score,
            state=ItemState.OPEN,
            version=1,
            changed_at=now,
        )
        for kind, place, each in found
    ]


def thread_of(job: Job, overview: Overview, items: list[Item]) -> list[Post]:
    """Plan the thread: its parent, what was settled and what stayed open, then the items in order."""
    kinds: list[tuple[PostKind, str | None]] = [(PostKind.PARENT, None)]
    kinds += [(PostKind.DECISIONS, None) for _ in range(0, len(overview.decisions), A_MESSAGE)]
    kinds += [(PostKind.QUESTIONS, None)] if overview.questions else []
    kinds += [(PostKind(item.kind.value), item.id) for item in items]
    # positions leave room for the offer and the progress
    return [
        Post(uuid4().hex, job.id, position, kind, PostState.PLANNED, item_id=item_id)
        for position, (kind, item_id) in enumerate(kinds, start=10)
    ]
