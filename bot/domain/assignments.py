"""The life of an action item: open, claimed, done; what a gesture means for it, and how it is undone."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.conversation import Evidence


class ItemKind(StrEnum):
    """An action item is work; a follow-up is a conversation to be had."""

    ACTION_ITEM = "action_item"
    FOLLOW_UP = "follow_up"


class ItemState(StrEnum):
    """Where an item is."""

    OPEN = "open"
    CLAIMED = "claimed"
    DONE = "done"


class Gesture(StrEnum):
    """What a person can do to an item, by reaction or by button."""

    CLAIM = "claim"
    RELEASE = "release"
    FINISH = "finish"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Item:
    """An action item or follow-up that was posted, and whose it is.

    Attributes:
        id: 32 hex digits.
        job_id: The job it came from.
        position: Its place in the thread, from 0, within its kind.
        kind: Action item or follow-up.
        text: What is to be done.
        evidence: The quote behind it.
        owner: The name that the conversation gives, only with evidence; not a Slack user.
        due: The day, when spoken.
        score: 0 to 1.
        state: Open, claimed or done.
        claimed_by: Slack user id of who has it; kept when it is done, so that reopening gives it back.
        finished_by: Slack user id of who finished it.
        version: Grows by one with every change: a change is stored only on the version that it was decided on.
        changed_at: Aware.
    """

    id: str
    job_id: str
    position: int
    kind: ItemKind
    text: str
    evidence: Evidence
    owner: str | None
    due: date | None
    score: float
    state: ItemState
    version: int
    changed_at: datetime
    claimed_by: str | None = None
    finished_by: str | None = None


class Refusal(StrEnum):
    """Why a gesture changes nothing."""

    TAKEN = "taken"  # somebody else has it
    ALREADY_DONE = "already_done"
    NOT_YOURS = "not_yours"  # only who did it can undo it
    NOTHING_TO_DO = "nothing_to_do"  # it is so already


def decide(item: Item, gesture: Gesture, user: str, now: datetime) -> Item | Refusal:
    """Say what `item` becomes when `user` makes `gesture`, or why it stays as it is.

    First claim wins. Anyone may finish an item: work gets done by people who never claimed it. What one person did,
    that person undoes: a reaction that another takes away was theirs alone and undoes nothing.
    """
    match gesture:
        case Gesture.CLAIM:
            return _claim(item, user, now)
        case Gesture.RELEASE:
            return _release(item, user, now)
        case Gesture.FINISH:
            if item.state is ItemState.DONE:
                return Refusal.NOTHING_TO_DO if item.finished_by == user else Refusal.ALREADY_DONE
            return _changed(item, now, state=ItemState.DONE, claimed_by=item.claimed_by, finished_by=user)
        case Gesture.REOPEN:
            return _reopen(item, user, now)


def _claim(item: Item, user: str, now: datetime) -> Item | Refusal:
    if item.state is ItemState.DONE:
        return Refusal.ALREADY_DONE
    if item.claimed_by == user:
        return Refusal.NOTHING_TO_DO
    if item.state is ItemState.CLAIMED:
        return Refusal.TAKEN
    return _changed(item, now, state=ItemState.CLAIMED, claimed_by=user, finished_by=None)


def _release(item: Item, user: str, now: datetime) -> Item | Refusal:
    if item.state is not ItemState.CLAIMED:
        return Refusal.NOTHING_TO_DO
    if item.claimed_by != user:
        return Refusal.NOT_YOURS
    return _changed(item, now, state=ItemState.OPEN, claimed_by=None, finished_by=None)


def _reopen(item: Item, user: str, now: datetime) -> Item | Refusal:
    if item.state is not ItemState.DONE:
        return Refusal.NOTHING_TO_DO
    if item.finished_by != user:
        return Refusal.NOT_YOURS
    back = ItemState.CLAIMED if item.claimed_by else ItemState.OPEN
    return _changed(item, now, state=back, claimed_by=item.claimed_by, finished_by=None)


def _changed(item: Item, now: datetime, *, state: ItemState, claimed_by: str | None, finished_by: str | None) -> Item:
    return replace(
        item,
        state=state,
        claimed_by=claimed_by,
        finished_by=finished_by,
        version=item.version + 1,
        changed_at=now,
    )
