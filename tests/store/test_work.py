"""What the flows store and find again, on each kind of database."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.domain.assignments import Gesture, Item, ItemKind, ItemState, decide
from bot.domain.channels import ChannelMode
from bot.domain.conversation import Decision, Evidence, KeyMoment, Question
from bot.domain.jobs import Job, JobState
from bot.domain.posts import Overview, Post, PostKind, PostState
from bot.domain.previews import Preview
from bot.domain.recordings import MediaKind, Recording, RecordingKind
from bot.errors import Obstacle
from bot.ports import Database, Store, Task
from bot.queues.embedded import EmbeddedQueue
from bot.queues.tasks import QUEUE_MIGRATIONS
from bot.store.migrations import STORE_MIGRATIONS, migrate
from bot.store.store import SqlStore
from tests.clocks import SettableClock

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(START)


@pytest.fixture
async def store(database: Database, clock: SettableClock) -> Store:
    await migrate(database, STORE_MIGRATIONS)
    await migrate(database, QUEUE_MIGRATIONS)
    return SqlStore(database, EmbeddedQueue(database, clock), clock)


def a_job(job_id: str = "1", state: JobState = JobState.RECEIVED, at: datetime = START) -> Job:
    return Job(
        id=job_id,
        team="T1",
        channel="C1",
        user="U1",
        message_ts=None,
        thread_ts=None,
        via="command",
        recording=Recording(RecordingKind.LINK, "https://example.com/all-hands.mp4", "all-hands.mp4"),
        title=None,
        language=None,
        held_on=None,
        state=state,
        created_at=at,
        updated_at=at,
    )


FULL_JOB = Job(
    id="full",
    team="T1",
    channel="C1",
    user="U1",
    message_ts="1772442000.000100",
    thread_ts="1772441000.000200",
    via="file",
    recording=Recording(RecordingKind.SLACK_FILE, "F123", "Grüße aus Köln.m4a"),
    title="Q1 · 100 % of 'plans'; \"all\" of :them",
    language="de-DE",
    held_on=date(2026, 2, 27),
    speakers=3,
    state=JobState.SUBMITTED,
    created_at=START,
    updated_at=datetime(2026, 3, 2, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=1))),
    stage="listening",
    progress=0.41,
    seconds=2520.25,
    reason="It is private.",
    cure="Ask its owner to share it.",
    media_path="media/full.m4a",
    media_kind="audio",
    sha256="ab" * 32,
    conversation_id="5179649407582208",
    engine_job_id="c1f6d1f4-6a3b-4b3e-9f9b-5d5b5a3b1e2d",
    obstacle=Obstacle.PASSCODE,
    preview=Preview(
        "Zoom recording",
        "Grüße aus Köln",
        MediaKind.AUDIO,
        84_000_000,
        2520.5,
        Obstacle.PASSCODE,
        "It asks for a passcode.",
        "Enter it.",
        status=200,
    ),
    understood_by="another",
    same_as="elsewhere",
    listening_since=START,
    listened=251.5,
)


def an_item(item_id: str = "a" * 32, job_id: str = "1") -> Item:
    return Item(
        id=item_id,
        job_id=job_id,
        position=0,
        kind=ItemKind.ACTION_ITEM,
        text="Book the studio",
        evidence=Evidence("I'll book the studio before the weekend.", "Mei", 1150.5),
        owner="Mei",
        due=date(2026, 3, 6),
        score=0.875,
        state=ItemState.OPEN,
        version=1,
        changed_at=START,
    )


async def add_job(store: Store, job: Job, key: str = "link:all-hands") -> None:
    async with store.work() as work:
        await work.add_job(job, key)


@pytest.mark.parametrize("job", [a_job(), FULL_JOB], ids=["bare", "full"])
async def test_a_job_comes_back_as_it_was_stored(store: Store, job: Job) -> None:
    await add_job(store, job)
    async with store.look() as work:
        assert await work.job(job.id) == job
        assert await work.job("nobody's") is None


async def test_a_job_changes_only_from_the_state_that_was_expected(store: Store) -> None:
    await add_job(store, a_job())
    everything = replace(FULL_JOB, id="1")
    async with store.work() as work:
        assert not await work.change_job(everything, expected=JobState.OFFERED)
        assert await work.job("1") == a_job()
        assert await work.change_job(everything, expected=JobState.RECEIVED)
        assert not await work.change_job(everything, expected=JobState.RECEIVED)
    async with store.look() as work:
        assert await work.job("1") == everything


async def test_a_recording_is_recognised_in_its_channel_until_it_failed_or_was_declined(store: Store) -> None:
    await add_job(store, a_job("old", JobState.DONE))
    await add_job(store, a_job("new", JobState.NEEDS_YOU, START + timedelta(minutes=1)))
    await add_job(store, a_job("failed", JobState.FAILED, START + timedelta(minutes=2)))
    await add_job(store, a_job("declined", JobState.DECLINED, START + timedelta(minutes=3)))
    await add_job(store, a_job("other", JobState.DONE, START + timedelta(minutes=4)), "link:another")
    async with store.look() as work:
        found = await work.job_of_recording("T1", "C1", "link:all-hands")
        assert found is not None
        assert found.id == "new"
        assert await work.job_of_recording("T1", "C2", "link:all-hands") is None
        assert await work.job_of_recording("T2", "C1", "link:all-hands") is None
        assert await work.job_of_recording("T1", "C1", "link:nothing") is None


async def test_the_address_that_a_look_asked_is_not_kept(database: Database, store: Store) -> None:
    await add_job(store, replace(a_job(), preview=Preview("link", "a.mp4", url="https://a.example/a.mp4?sig=secret")))
    async with database.reading() as tx:
        (row,) = await tx.fetch_all("SELECT * FROM jobs")
    assert "secret" not in str(dict(row))


async def test_the_finished_threads_of_a_recording_are_found_in_other_channels(store: Store) -> None:
    for place, (channel, state) in enumerate([("C1", "done"), ("C2", "done"), ("C3", "submitted"), ("C4", "done")]):
        job = replace(a_job(channel, JobState(state), START + timedelta(minutes=place)), channel=channel)
        await add_job(store, job)
    await add_job(store, replace(a_job("team", JobState.DONE), team="T2", channel="C9"))
    async with store.look() as work:
        assert [job.id for job in await work.done_elsewhere("T1", "C1", "link:all-hands", 5)] == ["C4", "C2"]
        assert [job.id for job in await work.done_elsewhere("T1", "C5", "link:all-hands", 2)] == ["C4", "C2"]


async def test_the_same_bytes_are_found_in_a_workspace_while_they_are_on_their_way_or_done(store: Store) -> None:
    for place, state in enumerate(JobState):
        await add_job(store, replace(a_job(state, state, START - timedelta(minutes=place)), sha256="ab"))
    await add_job(store, replace(a_job("others", JobState.DONE), sha256="cd"))
    await add_job(store, replace(a_job("team", JobState.DONE), sha256="ab", team="T2"))
    async with store.look() as work:
        found = await work.jobs_of_bytes(a_job("submitted"), "ab")
        assert [job.id for job in found] == ["done", "read", "fetched"]


async def test_the_jobs_of_a_thread_are_those_shared_by_it_in_it_and_begun_by_it(store: Store) -> None:
    by = replace(a_job("by"), message_ts="1.0")
    within = replace(a_job("within", at=START + timedelta(minutes=1)), message_ts="2.0", thread_ts="1.0")
    begun = a_job("begun", at=START + timedelta(minutes=2))
    for job in (by, within, begun, replace(by, id="elsewhere", channel="C2")):
        await add_job(store, job)
    async with store.work() as work:
        await work.plan_posts([Post("p", "begun", 1, PostKind.PROGRESS, PostState.SENT, channel="C1", ts="3.0")])
    async with store.look() as work:
        assert [job.id for job in await work.jobs_of_thread("T1", "C1", "1.0")] == ["within", "by"]
        assert [job.id for job in await work.jobs_of_thread("T1", "C1", "3.0")] == ["begun"]


async def test_what_listening_took_is_told_of_the_last_recordings(store: Store) -> None:
    for place, (listened, seconds) in enumerate([(60.0, 600.0), (None, 600.0), (90.0, 12.0), (30.0, 600.0)]):
        job = a_job(str(place), JobState.DONE, START + timedelta(minutes=place))
        await add_job(store, replace(job, listened=listened, seconds=seconds))
    async with store.look() as work:
        assert await work.listening_shares(20) == [0.05, 0.1]
        assert await work.listening_shares(1) == [0.05]


async def test_a_channels_jobs_are_listed_unfinished_first_then_newest_first(store: Store) -> None:
    for minute, state in enumerate(JobState):
        await add_job(store, a_job(state.value, state, START + timedelta(minutes=minute)))
    await add_job(store, replace(a_job("elsewhere"), channel="C2"))
    async with store.look() as work:
        listed = [job.id for job in await work.recent_jobs("T1", "C1", 100)]
        assert listed == [
            *("read", "submitted", "fetched", "received", "offered"),
            *("already_here", "declined", "failed", "needs_you", "done"),
        ]
        assert [job.id for job in await work.recent_jobs("T1", "C1", 2)] == ["read", "submitted"]


async def test_jobs_in_some_states_come_oldest_first(store: Store) -> None:
    for minute, state in enumerate([JobState.SUBMITTED, JobState.DONE, JobState.RECEIVED, JobState.SUBMITTED]):
        await add_job(store, a_job(str(minute), state, START - timedelta(minutes=minute)))
    async with store.look() as work:
        found = await work.jobs_in([JobState.SUBMITTED, JobState.RECEIVED, JobState.RECEIVED])
        assert [job.id for job in found] == ["3", "2", "0"]
        assert await work.jobs_in([]) == []


async def test_an_event_is_new_once(store: Store) -> None:
    async with store.work() as work:
        assert await work.first_time("Ev1")
        assert not await work.first_time("Ev1")
    async with store.work() as work:
        assert not await work.first_time("Ev1")
        assert await work.first_time("Ev2")


async def test_an_event_whose_work_failed_is_still_new(store: Store) -> None:
    async def fail() -> None:
        async with store.work() as work:
            await work.first_time("Ev1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with store.work() as work:
        assert await work.first_time("Ev1")


async def test_of_ten_deliveries_at_once_one_is_the_first(store: Store) -> None:
    async def deliver() -> bool:
        async with store.work() as work:
            return await work.first_time("Ev1")

    assert sorted(await asyncio.gather(*(deliver() for _ in range(10)))) == [False] * 9 + [True]


async def test_events_are_forgotten_once_they_cannot_come_again(
    store: Store, database: Database, clock: SettableClock
) -> None:
    for days, event in [(0, "Ev1"), (6, "Ev2"), (2, "Ev3")]:
        clock.move(days=days)
        async with store.work() as work:
            await work.first_time(event)
    async with database.reading() as tx:
        rows = await tx.fetch_all("SELECT id FROM events ORDER BY id")
    assert [row["id"] for row in rows] == ["Ev2", "Ev3"]


async def test_an_overview_comes_back_as_it_was_saved_last(store: Store) -> None:
    bare = Overview("Plans", 61.5, (), (), (), (), 0, 0, None)
    moments = (
        KeyMoment(Evidence("We go with “recycled” paper.", "Robert", 760.0), "decision"),
        KeyMoment(Evidence("Two cents more.", None, 762.25), ""),
    )
    said = moments[0].evidence
    full = Overview(
        title="Plans",
        seconds=61.5,
        speakers=("Ines", "Robert"),
        summary=("One.", "Two."),
        key_moments=moments,
        topics=("paper", "print"),
        action_items=3,
        follow_ups=2,
        language="en",
        decisions=(Decision("Recycled paper", said, 0.9),),
        questions=(Question("Who prints?", said, 0.8), Question("How much?", said, 0.7, moments[1].evidence)),
        notes=("Who spoke could not be told.",),
        author="a-model:7b",
    )
    await add_job(store, a_job())
    for overview in (bare, full):
        async with store.work() as work:
            await work.save_overview("1", overview)
        async with store.look() as work:
            assert await work.overview("1") == overview
            assert await work.overview("nobody's") is None


async def test_the_overview_of_an_earlier_version_can_still_be_shown(database: Database, store: Store) -> None:
    await add_job(store, a_job())
    body = (
        '{"title": "Plans", "seconds": 61.5, "speakers": ["Ines"], "summary": [], "key_moments": [], "topics": [],'
        ' "questions": 2, "action_items": 3, "follow_ups": 1, "language": "en"}'
    )
    async with database.transaction() as tx:
        await tx.execute("INSERT INTO overviews (job_id, body) VALUES (:job, :body)", {"job": "1", "body": body})
    async with store.look() as work:
        assert await work.overview("1") == Overview("Plans", 61.5, ("Ines",), (), (), (), 3, 1, "en")


async def test_items_come_back_as_they_were_stored(store: Store) -> None:
    bare = replace(an_item("b" * 32), owner=None, due=None, evidence=Evidence("So.", None, 0.0), position=1)
    await add_job(store, a_job())
    async with store.work() as work:
        await work.add_items([an_item(), bare])
    async with store.look() as work:
        assert await work.item("a" * 32) == an_item()
        assert await work.item("b" * 32) == bare
        assert await work.item("c" * 32) is None


async def test_of_two_people_who_claim_together_exactly_one_has_it(store: Store) -> None:
    await add_job(store, a_job())
    async with store.work() as work:
        await work.add_items([an_item()])
    everybody_looked = asyncio.Barrier(2)

    async def claim(user: str) -> bool:
        async with store.look() as work:
            item = await work.item("a" * 32)
        assert item is not None
        claimed = decide(item, Gesture.CLAIM, user, START)
        assert isinstance(claimed, Item)
        await everybody_looked.wait()
        async with store.work() as work:
            return await work.change_item(claimed)

    won = await asyncio.gather(claim("U1"), claim("U2"))
    assert sorted(won) == [False, True]
    async with store.look() as work:
        item = await work.item("a" * 32)
    assert item is not None
    assert item.claimed_by == ("U1" if won[0] else "U2")
    assert item.version == 2


async def test_posts_are_planned_once_and_found_by_job_item_and_message(store: Store) -> None:
    parent = Post("p1", "1", 0, PostKind.PARENT, PostState.PLANNED)
    reply = Post("p2", "1", 1, PostKind.ACTION_ITEM, PostState.PLANNED, item_id="a" * 32)
    await add_job(store, a_job())
    async with store.work() as work:
        await work.add_items([an_item()])
        await work.plan_posts([reply, parent])
    sent = replace(parent, state=PostState.SENT, channel="C1", ts="1772442000.000100", claimed_at=START)
    async with store.work() as work:
        await work.change_post(sent)
        await work.plan_posts([parent, reply])  # planning again after a crash
    async with store.look() as work:
        assert await work.posts_of_job("1") == [sent, reply]
        assert await work.post_of_item("a" * 32) == reply
        assert await work.post_of_item("c" * 32) is None
        assert await work.post_at("C1", "1772442000.000100") == sent
        assert await work.post_at("C2", "1772442000.000100") is None


async def test_a_channel_asks_until_it_is_told_otherwise(store: Store) -> None:
    async with store.work() as work:
        assert await work.channel_mode("T1", "C1") is ChannelMode.ASK
        await work.set_channel_mode("T1", "C1", ChannelMode.AUTO, "U1")
        await work.set_channel_mode("T1", "C1", ChannelMode.OFF, "U2")
    async with store.look() as work:
        assert await work.channel_mode("T1", "C1") is ChannelMode.OFF
        assert await work.channel_mode("T2", "C1") is ChannelMode.ASK


async def test_a_look_changes_nothing(store: Store) -> None:
    async def change() -> None:
        async with store.look() as work:
            await work.first_time("Ev1")

    async def defer() -> None:
        async with store.look() as work:
            await work.defer(Task("fetch", {}))

    for call in (change, defer):
        with pytest.raises(RuntimeError, match="only reads"):
            await call()
    async with store.work() as work:
        assert await work.first_time("Ev1")


async def test_a_moment_without_a_time_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="time zone"):
        await add_job(store, a_job(at=datetime(2026, 3, 2, 9, 0)))  # noqa: DTZ001  # that is what is refused
