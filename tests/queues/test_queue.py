"""The `Queue` port's promises, kept by each implementation on each kind of database: tasks, keys and locks."""

import asyncio
from datetime import timedelta

import pytest

from bot.errors import Unavailable
from bot.ports import Json, Task
from tests.queues.desk import Desk, Payload, a_note, texts


async def test_a_task_runs_once_with_its_payload_and_is_gone(desk: Desk) -> None:
    payload: Payload = {"text": 'Grüße "100 %"', "n": 3, "half": 0.5, "yes": True, "nothing": None}
    async with desk.running():
        await desk.defer(Task("note", payload))
        await desk.empty()
    async with desk.running():
        pass
    assert desk.begun == [payload]


async def test_what_was_deferred_before_the_start_runs_at_the_start(desk: Desk) -> None:
    await desk.defer(a_note("early"))
    async with desk.running():
        await desk.empty()
    assert texts(desk) == ["early"]


async def test_a_task_of_a_transaction_that_failed_does_not_exist(desk: Desk) -> None:
    async def fail() -> None:
        async with desk.database.transaction() as tx:
            await desk.queue.defer(tx, a_note("never"))
            raise ZeroDivisionError

    async with desk.running():
        with pytest.raises(ZeroDivisionError):
            await fail()
        await desk.defer(a_note("after"))
        await desk.empty()
    assert texts(desk) == ["after"]


async def test_a_task_waits_for_its_time(desk: Desk) -> None:
    async with desk.running():
        await desk.defer(a_note("later", at=desk.clock.now() + timedelta(minutes=10)))
        await desk.defer(a_note("now"))
        await desk.idle()
        await desk.pass_time(minutes=9)
        await desk.idle()
        assert texts(desk) == ["now"]
        await desk.pass_time(minutes=1)
        await desk.empty()
    assert texts(desk) == ["now", "later"]


async def test_the_timer_wakes_the_queue_by_itself(desk: Desk) -> None:
    async with desk.running():
        await desk.defer(a_note("in a moment", at=desk.clock.now() + timedelta(seconds=0.05)))
        await desk.idle()
        desk.clock.move(seconds=0.06)  # and nobody wakes it
        await desk.empty()
    assert texts(desk) == ["in a moment"]


async def test_deferring_a_key_again_takes_the_earlier_time_and_the_new_payload(desk: Desk) -> None:
    now = desk.clock.now()
    await desk.defer(a_note("first", key="k", at=now + timedelta(minutes=5)))
    await desk.defer(a_note("second", key="k", at=now + timedelta(minutes=9)))
    await desk.defer(a_note("other", key="other", at=now + timedelta(minutes=9)))
    async with desk.running():
        await desk.pass_time(minutes=5)
        await desk.idle()
        assert texts(desk) == ["second"]
        await desk.defer(a_note("third", key="other", at=now + timedelta(minutes=1)))
        await desk.empty()
    assert texts(desk) == ["second", "third"]


async def test_a_running_task_does_not_stand_in_the_way_of_its_key(desk: Desk) -> None:
    async def again(payload: Payload) -> None:
        await desk.note(payload)
        if payload["text"] != "three":
            await desk.defer(Task("again", {"text": {"one": "two", "two": "three"}[str(payload["text"])]}, key="k"))

    async with desk.running(again=again):
        await desk.defer(Task("again", {"text": "one"}, key="k"))
        await desk.empty()
    assert texts(desk) == ["one", "two", "three"]


async def test_tasks_of_a_lock_run_one_after_another_in_the_order_of_their_time(desk: Desk) -> None:
    inside: list[Json] = []

    async def alone(payload: Payload) -> None:
        assert not inside
        inside.append(payload["text"])
        await asyncio.sleep(0.001)
        inside.clear()
        await desk.note(payload)

    now = desk.clock.now()
    await desk.defer(*(Task("alone", {"text": f"later {i}"}, lock="l") for i in range(20)))
    await desk.defer(Task("alone", {"text": "earlier"}, lock="l", at=now - timedelta(seconds=1)))
    async with desk.running(alone=alone):
        await desk.empty()
    assert texts(desk) == ["earlier", *(f"later {i}" for i in range(20))]
    assert desk.lost == []


async def test_even_a_task_of_an_earlier_time_waits_for_the_one_of_its_lock_that_runs(desk: Desk) -> None:
    go_on = asyncio.Event()

    async def slow(payload: Payload) -> None:
        await desk.note(payload)
        await go_on.wait()
        await desk.note({"text": "ended"})

    now = desk.clock.now()
    async with desk.running(slow=slow):
        await desk.defer(Task("slow", {"text": "begun"}, lock="l"))
        await desk.begins(1)
        await desk.defer(a_note("earlier", lock="l", at=now - timedelta(minutes=1)), a_note("unlocked"))
        await desk.begins(2)
        go_on.set()
        await desk.empty()
    assert texts(desk) == ["begun", "unlocked", "ended", "earlier"]


async def test_a_task_that_is_tried_again_keeps_its_place_in_the_order_of_its_lock(desk: Desk) -> None:
    async def once_away(payload: Payload) -> None:
        await desk.note(payload)
        if len(desk.begun) == 1:
            raise Unavailable("The line is dead.", after=30)

    first = Task("once_away", {"text": "first"}, lock="l")
    async with desk.running(once_away=once_away):
        await desk.defer(first, a_note("second", lock="l"), a_note("unlocked"))
        await desk.begins(2)
        await desk.pass_time(seconds=29)
        await asyncio.sleep(0.02)
        assert texts(desk) == ["first", "unlocked"]
        await desk.pass_time(seconds=1)
        await desk.empty()
    assert texts(desk) == ["first", "unlocked", "first", "second"]


async def test_no_more_tasks_run_at_once_than_are_allowed_and_all_get_their_turn(desk: Desk) -> None:
    inside = 0
    most = 0

    async def crowd(payload: Payload) -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.001)
        inside -= 1
        await desk.note(payload)

    await desk.defer(*(Task("crowd", {"text": i}) for i in range(60)))
    async with desk.running(crowd=crowd):
        await desk.empty()
    assert most == 4
    assert sorted(texts(desk), key=int) == list(range(60))  # type: ignore[arg-type]  # they are numbers


async def test_a_payload_that_is_no_json_is_refused_where_it_is_deferred(desk: Desk) -> None:
    with pytest.raises(ValueError, match="JSON"):
        await desk.defer(Task("note", {"text": float("nan")}))
    assert await desk.rows() == 0
