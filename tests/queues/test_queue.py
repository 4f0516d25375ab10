"""The `Queue` port's promises, kept by each implementation on each kind of database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.errors import Failed, Unavailable
from bot.ports import Database, Json, Task, TaskHandler
from bot.queues.embedded import EmbeddedQueue
from bot.queues.tasks import QUEUE_MIGRATIONS
from bot.store.migrations import migrate
from tests.clocks import SettableClock

Payload = Mapping[str, Json]


class Desk:
    """A queue under test, and what came of its tasks.

    Attributes:
        clock: Moves only when a test moves it.
        begun: The payloads that handlers were given, in order.
        lost: The tasks that were given up, with the errors.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = SettableClock()
        self.begun: list[Payload] = []
        self.lost: list[tuple[Task, Exception]] = []
        self._begins = asyncio.Condition()
        self.queue = EmbeddedQueue(database, self.clock, concurrency=4, grace=0.05)

    async def note(self, payload: Payload) -> None:
        """Handle a task."""
        async with self._begins:
            self.begun.append(payload)
            self._begins.notify_all()

    async def gave_up(self, task: Task, error: Exception) -> None:
        """Be told of a task that was given up."""
        self.lost.append((task, error))

    async def defer(self, *tasks: Task) -> None:
        """Defer tasks in one transaction."""
        async with self.database.transaction() as tx:
            for task in tasks:
                await self.queue.defer(tx, task)

    @asynccontextmanager
    async def running(self, **handlers: TaskHandler) -> AsyncIterator[None]:
        """Run the queue; tasks named `note` are noted."""
        await self.queue.start({"note": self.note, **handlers}, self.gave_up)
        try:
            yield
        finally:
            await self.queue.stop()

    async def pass_time(self, **by: float) -> None:
        """Move the clock and have the queue look at it, as its timer would."""
        self.clock.move(**by)
        self.queue.wake()
        await asyncio.sleep(0)

    async def rows(self) -> int:
        """Count the tasks that are not finished."""
        async with self.database.reading() as tx:
            row = await tx.fetch_one("SELECT COUNT(*) AS count FROM tasks")
        assert row is not None
        return int(row["count"])

    async def begins(self, count: int) -> None:
        """Wait until `count` tasks have begun."""
        async with self._begins:
            await self._begins.wait_for(lambda: len(self.begun) >= count)

    async def empty(self) -> None:
        """Wait until every task is finished."""
        await until(self._finished)

    async def idle(self) -> None:
        """Wait until no task runs and none that is due could begin."""
        await until(self._idle)

    async def _finished(self) -> bool:
        return not await self.rows()

    async def _idle(self) -> bool:
        busy = "SELECT id FROM tasks WHERE state = 'running' OR run_at <= :now"
        async with self.database.reading() as tx:
            now = self.clock.now().isoformat(timespec="microseconds")
            return await tx.fetch_one(busy, {"now": now}) is None


async def until(is_so: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something is so."""
    while not await is_so():  # noqa: ASYNC110  # it is in the database, which wakes nobody
        await asyncio.sleep(0.002)


@pytest.fixture
async def desk(database: Database) -> Desk:
    await migrate(database, QUEUE_MIGRATIONS)
    return Desk(database)


def a_note(text: str, **more: object) -> Task:
    return Task("note", {"text": text}, **more)  # type: ignore[arg-type]  # the fields of a task, as the tests name them


def texts(desk: Desk) -> list[Json]:
    return [payload["text"] for payload in desk.begun]


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


async def test_a_payload_that_is_no_json_is_refused_where_it_is_deferred(desk: Desk) -> None:
    with pytest.raises(ValueError, match="JSON"):
        await desk.defer(Task("note", {"text": float("nan")}))
    assert await desk.rows() == 0
