from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.assignments import Gesture, Item, ItemKind, ItemState, Refusal, decide
from bot.domain.conversation import Evidence

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


def an_item() -> Item:
    return Item(
        id="i1",
        job_id="j1",
        position=0,
        kind=ItemKind.ACTION_ITEM,
        text="Book the studio",
        evidence=Evidence("I'll book the studio.", "Mei", 12.0),
        owner=None,
        due=None,
        score=0.9,
        state=ItemState.OPEN,
        version=1,
        changed_at=NOW,
    )


def after(*gestures: tuple[str, Gesture]) -> Item:
    """The item after these gestures, each of which must change it."""
    item = an_item()
    for user, gesture in gestures:
        changed = decide(item, gesture, user, NOW)
        assert isinstance(changed, Item), (user, gesture, changed)
        item = changed
    return item


def test_the_first_claim_wins() -> None:
    claimed = after(("ana", Gesture.CLAIM))
    assert claimed.claimed_by == "ana"
    assert decide(claimed, Gesture.CLAIM, "bo", NOW) is Refusal.TAKEN


def test_releasing_gives_an_item_back_to_everyone() -> None:
    item = after(("ana", Gesture.CLAIM), ("ana", Gesture.RELEASE), ("bo", Gesture.CLAIM))
    assert item.claimed_by == "bo"


def test_nobody_can_release_what_somebody_else_has() -> None:
    assert decide(after(("ana", Gesture.CLAIM)), Gesture.RELEASE, "bo", NOW) is Refusal.NOT_YOURS


def test_anyone_may_finish_an_item_even_one_that_nobody_claimed() -> None:
    item = after(("bo", Gesture.FINISH))
    assert item.state is ItemState.DONE
    assert item.finished_by == "bo"


def test_reopening_gives_an_item_back_to_whoever_had_claimed_it() -> None:
    item = after(("ana", Gesture.CLAIM), ("bo", Gesture.FINISH), ("bo", Gesture.REOPEN))
    assert item.state is ItemState.CLAIMED
    assert item.claimed_by == "ana"


def test_reopening_an_item_that_nobody_had_claimed_leaves_it_open() -> None:
    assert after(("bo", Gesture.FINISH), ("bo", Gesture.REOPEN)).state is ItemState.OPEN


def test_only_who_finished_an_item_reopens_it() -> None:
    assert decide(after(("bo", Gesture.FINISH)), Gesture.REOPEN, "ana", NOW) is Refusal.NOT_YOURS


def test_a_finished_item_cannot_be_claimed() -> None:
    assert decide(after(("bo", Gesture.FINISH)), Gesture.CLAIM, "ana", NOW) is Refusal.ALREADY_DONE


def test_doing_the_same_twice_changes_nothing() -> None:
    assert decide(after(("ana", Gesture.CLAIM)), Gesture.CLAIM, "ana", NOW) is Refusal.NOTHING_TO_DO
    assert decide(after(("ana", Gesture.FINISH)), Gesture.FINISH, "ana", NOW) is Refusal.NOTHING_TO_DO


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["ana", "bo", "cy"]), st.sampled_from(list(Gesture)))))
def test_an_item_is_never_in_a_state_that_contradicts_itself(gestures: list[tuple[str, Gesture]]) -> None:
    item = an_item()
    for user, gesture in gestures:
        decided = decide(item, gesture, user, NOW)
        if not isinstance(decided, Item):
            continue
        assert decided.version == item.version + 1
        item = decided
        assert (item.finished_by is not None) == (item.state is ItemState.DONE)
        if item.state is ItemState.CLAIMED:
            assert item.claimed_by is not None
        if item.state is ItemState.OPEN:
            assert item.claimed_by is None


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["ana", "bo"]), st.sampled_from(list(Gesture)))))
def test_whatever_one_person_did_that_person_can_undo(gestures: list[tuple[str, Gesture]]) -> None:
    undo = {Gesture.CLAIM: Gesture.RELEASE, Gesture.FINISH: Gesture.REOPEN}
    item = an_item()
    for user, gesture in gestures:
        decided = decide(item, gesture, user, NOW)
        if not isinstance(decided, Item):
            continue
        if gesture in undo:
            undone = decide(decided, undo[gesture], user, NOW)
            assert isinstance(undone, Item)
            assert (undone.state, undone.claimed_by) == (item.state, item.claimed_by)
        item = decided
