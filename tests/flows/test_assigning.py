import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.assignments import Gesture, ItemState, Refusal
from bot.domain.jobs import JobState
from bot.domain.posts import ItemNote, RefusalNote
from bot.flows import assigning, intake
from tests.flows.stage import ANA, BO, CHANNEL, Outside, Stage, a_share, open_stage, until, until_state


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, Outside(tmp_path)) as stage:
        job = (await intake.request(stage.ports, a_share(), event_id="e1")).job
        await until_state(stage, job.id, JobState.DONE)
        yield stage


def an_item(stage: Stage) -> str:
    """The ts of an item's message."""
    return next(ts for ts, note in stage.outside.sent.items() if isinstance(note, ItemNote))


def shown(stage: Stage, ts: str) -> ItemNote:
    note = stage.outside.sent[ts]
    assert isinstance(note, ItemNote)
    return note


async def make(stage: Stage, user: str, gesture: Gesture, event_id: str) -> None:
    await assigning.gesture_on_message(stage.ports, CHANNEL, an_item(stage), user, gesture, event_id=event_id)


async def until_shown(stage: Stage, state: ItemState) -> ItemNote:
    async def told() -> bool:
        return shown(stage, an_item(stage)).item.state is state

    await until(told)
    return shown(stage, an_item(stage))


async def test_a_claim_shows_on_the_items_message(stage: Stage) -> None:
    await make(stage, ANA, Gesture.CLAIM, "r1")
    assert (await until_shown(stage, ItemState.CLAIMED)).item.claimed_by == ANA


async def test_of_two_claims_at_the_same_moment_one_wins_and_the_other_is_told(stage: Stage) -> None:
    await asyncio.gather(make(stage, ANA, Gesture.CLAIM, "r1"), make(stage, BO, Gesture.CLAIM, "r2"))
    winner = (await until_shown(stage, ItemState.CLAIMED)).item.claimed_by

    async def told() -> bool:
        return bool(stage.outside.whispers)

    await until(told)
    ((user, note),) = stage.outside.whispers
    assert {winner, user} == {ANA, BO}
    assert isinstance(note, RefusalNote)
    assert note.refusal is Refusal.TAKEN


async def test_a_whole_life_by_reaction(stage: Stage) -> None:
    await make(stage, ANA, Gesture.CLAIM, "r1")
    await until_shown(stage, ItemState.CLAIMED)
    await make(stage, ANA, Gesture.FINISH, "r2")
    await until_shown(stage, ItemState.DONE)
    await make(stage, ANA, Gesture.REOPEN, "r3")
    await until_shown(stage, ItemState.CLAIMED)
    await make(stage, ANA, Gesture.RELEASE, "r4")
    assert (await until_shown(stage, ItemState.OPEN)).item.claimed_by is None


async def test_a_reaction_delivered_twice_counts_once(stage: Stage) -> None:
    await make(stage, ANA, Gesture.CLAIM, "r1")
    await until_shown(stage, ItemState.CLAIMED)
    edits = stage.outside.calls.count("edit")
    await make(stage, ANA, Gesture.CLAIM, "r1")
    await make(stage, BO, Gesture.RELEASE, "r2")
    assert not stage.outside.whispers
    assert stage.outside.calls.count("edit") == edits


async def test_a_button_says_why_it_changes_nothing(stage: Stage) -> None:
    item = shown(stage, an_item(stage)).item
    await make(stage, ANA, Gesture.CLAIM, "r1")
    await assigning.gesture_on_item(stage.ports, item.id, CHANNEL, BO, Gesture.RELEASE, event_id="b1")

    async def told() -> bool:
        return bool(stage.outside.whispers)

    await until(told)
    ((user, note),) = stage.outside.whispers
    assert user == BO
    assert isinstance(note, RefusalNote)
    assert note.refusal is Refusal.NOT_YOURS


async def test_a_reaction_to_any_other_message_means_nothing(stage: Stage) -> None:
    await assigning.gesture_on_message(stage.ports, CHANNEL, "999.9", ANA, Gesture.CLAIM, event_id="r1")
    await assigning.gesture_on_item(stage.ports, "no such item", CHANNEL, ANA, Gesture.CLAIM, event_id="r2")
    assert not stage.outside.whispers
