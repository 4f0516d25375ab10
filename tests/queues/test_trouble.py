"""The `Queue` port's promises when handlers fail, the other side is away, or the queue stops."""

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.errors import Failed, Unavailable
from bot.ports import Task
from tests.queues.desk import Desk, Payload, a_note, texts


async def test_what_is_unavailable_is_tried_again_when_it_asked_for(desk: Desk) -> None:
    async def away(payload: Payload) -> None:
        await desk.note(payload)
        if len(desk.begun) < 9:
            raise Unavailable("Slack asks to wait.", after=120)

    async with desk.running(away=away):
        await desk.defer(Task("away", {"text": "x"}))
        for attempts in range(1, 9):
            await desk.idle()
            await desk.pass_time(seconds=119)
            await desk.idle()
            assert len(desk.begun) == attempts
            await desk.pass_time(seconds=1)
        await desk.empty()
    assert len(desk.begun) == 9
    assert desk.lost == []


async def test_an_outage_is_sat_out_for_a_day_and_then_somebody_is_told(desk: Desk) -> None:
    async def away(payload: Payload) -> None:
        await desk.note(payload)
        raise Unavailable("Slack does not answer.")

    async with desk.running(away=away):
        started = desk.clock.now()
        await desk.defer(Task("away", {"text": "x"}, key="k"))
        while not desk.lost:
            await desk.idle()
            await desk.pass_time(minutes=20)
        assert desk.clock.now() - started >= timedelta(hours=24)
        assert len(desk.begun) > 50
        await desk.empty()
    [(task, error)] = desk.lost
    assert (task.name, task.payload, task.key) == ("away", {"text": "x"}, "k")
    assert str(error) == "Slack does not answer."


async def test_any_other_error_is_tried_five_times_and_then_somebody_is_told(desk: Desk) -> None:
    async def broken(payload: Payload) -> None:
        await desk.note(payload)
        raise Failed("It is broken.")

    async with desk.running(broken=broken):
        await desk.defer(Task("broken", {"text": "x"}))
        for _ in range(10):
            await desk.idle()
            await desk.pass_time(minutes=1)
        await desk.empty()
    assert len(desk.begun) == 5
    assert [str(error) for _, error in desk.lost] == ["It is broken."]


async def test_a_task_that_nobody_could_be_told_about_is_not_lost(desk: Desk) -> None:
    deaf = 2

    async def broken(_payload: Payload) -> None:
        raise Failed("It is broken.")

    async def gave_up(task: Task, error: Exception) -> None:
        nonlocal deaf
        if deaf:
            deaf -= 1
            raise Unavailable("Nobody is there.")
        await desk.gave_up(task, error)

    await desk.queue.start({"broken": broken}, gave_up)
    await desk.defer(Task("broken", {}))
    while not desk.lost:
        await desk.idle()
        await desk.pass_time(minutes=1)
    await desk.empty()
    await desk.queue.stop()
    assert deaf == 0
    assert len(desk.lost) == 1


async def test_a_task_that_this_version_does_not_know_is_given_up_and_said_so(desk: Desk) -> None:
    async with desk.running():
        await desk.defer(Task("from the future", {}))
        while not desk.lost:
            await desk.idle()
            await desk.pass_time(minutes=1)
        await desk.empty()
    assert "no task named from the future" in str(desk.lost[0][1])


async def test_a_fresh_deferral_of_a_key_starts_its_attempts_anew(desk: Desk) -> None:
    async def broken(payload: Payload) -> None:
        await desk.note(payload)
        raise Failed("It is broken.")

    async with desk.running(broken=broken):
        for _ in range(3):
            await desk.defer(Task("broken", {"text": "x"}, key="k"))
            for _ in range(3):
                await desk.idle()
                await desk.pass_time(minutes=1)
            await desk.idle()
    assert len(desk.begun) == 12
    assert desk.lost == []


async def test_a_task_that_must_wait_again_gives_way_to_a_newer_one_with_its_key(desk: Desk) -> None:
    async def broken(payload: Payload) -> None:
        await desk.note(payload)
        later = desk.clock.now() + timedelta(hours=1)
        await desk.defer(Task("note", {"text": "new"}, key="k", at=later))
        raise Unavailable("The line is dead.", after=10)

    async with desk.running(broken=broken):
        await desk.defer(Task("broken", {"text": "old"}, key="k"))
        await desk.idle()
        await desk.pass_time(seconds=10)
        await desk.empty()
    assert texts(desk) == ["old", "new"]


async def test_a_handler_that_is_cancelled_from_inside_counts_as_an_error(desk: Desk) -> None:
    async def cancelled(payload: Payload) -> None:
        await desk.note(payload)
        if len(desk.begun) == 1:
            raise asyncio.CancelledError

    async with desk.running(cancelled=cancelled):
        await desk.defer(Task("cancelled", {"text": "x"}))
        await desk.idle()
        await desk.pass_time(minutes=1)
        await desk.empty()
    assert len(desk.begun) == 2


async def test_a_task_that_outlasts_the_stop_is_cancelled_and_runs_again(desk: Desk) -> None:
    async def slow(payload: Payload) -> None:
        await desk.note(payload)
        if len(desk.begun) == 1:
            await asyncio.Event().wait()

    async with desk.running(slow=slow):
        await desk.defer(Task("slow", {"text": "x"}, key="k", lock="l"))
        await desk.begins(1)
        await desk.defer(a_note("after", lock="l"))
    assert await desk.rows() == 2
    async with desk.running(slow=slow):
        await desk.empty()
    assert texts(desk) == ["x", "x", "after"]
    assert desk.lost == []


async def test_a_task_that_a_stop_puts_off_runs_again_and_troubles_nobody(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    leaving = asyncio.Event()

    async def patient(payload: Payload) -> None:
        await desk.note(payload)
        if len(desk.begun) == 1:
            await leaving.wait()
            raise Unavailable("The engine is stopping.", after=0)

    async with desk.running(patient=patient):
        await desk.defer(Task("patient", {"text": "x"}))
        await desk.begins(1)
        leaving.set()
    assert [record.message for record in caplog.records if record.levelno >= logging.WARNING] == []
    async with desk.running(patient=patient):
        await desk.pass_time(minutes=1)
        await desk.empty()
    assert texts(desk) == ["x", "x"]


async def test_a_task_that_ends_within_the_grace_is_finished(desk: Desk) -> None:
    ended: list[str] = []

    async def brief(payload: Payload) -> None:
        await desk.note(payload)
        await asyncio.sleep(0.01)
        ended.append("x")

    async with desk.running(brief=brief):
        await desk.defer(Task("brief", {"text": "x"}))
        await desk.begins(1)
        assert ended == []
    assert ended == ["x"]
    assert await desk.rows() == 0


async def test_a_queue_that_was_stopped_can_be_started_again(desk: Desk) -> None:
    async def away_once(payload: Payload) -> None:
        await desk.note(payload)
        if len(desk.begun) == 1:
            await asyncio.sleep(0.01)
            raise Unavailable("The line is dead.", after=5)

    async with desk.running(away_once=away_once):
        await desk.defer(Task("away_once", {"text": "x"}))
        await desk.begins(1)
    async with desk.running(away_once=away_once):
        await desk.pass_time(seconds=5)
        await desk.empty()
    assert len(desk.begun) == 2
