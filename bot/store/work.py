"""The `Work` port in SQL: one transaction, with each table in a module of its own."""

# ruff: noqa: D102  # what each method does is said once, by the port

from collections.abc import Collection, Sequence

from bot.domain.assignments import Item
from bot.domain.channels import ChannelMode
from bot.domain.jobs import Job, JobState
from bot.domain.posts import Overview, Post
from bot.ports import Clock, Queue, Task, Transaction
from bot.store import channels, events, jobs, overviews
from bot.store import items as item_rows
from bot.store import posts as post_rows


class SqlWork:
    """What the flows do inside one transaction."""

    def __init__(self, tx: Transaction, queue: Queue, clock: Clock) -> None:
        self._tx = tx
        self._queue = queue
        self._clock = clock

    async def first_time(self, event_id: str) -> bool:
        return await events.add(self._tx, event_id, self._clock.now())

    async def keep_if_new(self, event_id: str, team: str, channel: str, recording_key: str) -> bool:
        return await events.settle(
            self._tx, event_id, self._clock.now(), team=team, channel=channel, recording_key=recording_key
        )

    async def add_job(self, job: Job, recording_key: str) -> None:
        await jobs.add(self._tx, job, recording_key)

    async def job(self, job_id: str) -> Job | None:
        return await jobs.get(self._tx, job_id)

    async def job_of_recording(self, team: str, channel: str, recording_key: str) -> Job | None:
        return await jobs.of_recording(self._tx, team, channel, recording_key)

    async def recent_jobs(self, team: str, channel: str, limit: int) -> list[Job]:
        return await jobs.recent(self._tx, team, channel, limit)

    async def done_elsewhere(self, team: str, channel: str, recording_key: str, limit: int) -> list[Job]:
        return await jobs.done_elsewhere(self._tx, team, channel, recording_key, limit)

    async def jobs_of_bytes(self, job: Job, sha256: str) -> list[Job]:
        return await jobs.of_bytes(self._tx, job, sha256)

    async def jobs_of_thread(self, team: str, channel: str, thread_ts: str) -> list[Job]:
        return await jobs.of_thread(self._tx, team, channel, thread_ts)

    async def listening_shares(self, limit: int) -> list[float]:
        return await jobs.listening_shares(self._tx, limit)

    async def jobs_in(self, states: Collection[JobState]) -> list[Job]:
        return await jobs.in_states(self._tx, states)

    async def change_job(self, job: Job, *, expected: JobState) -> bool:
        return await jobs.change(self._tx, job, expected)

    async def save_overview(self, job_id: str, overview: Overview) -> None:
        await overviews.save(self._tx, job_id, overview)

    async def overview(self, job_id: str) -> Overview | None:
        return await overviews.get(self._tx, job_id)

    async def add_items(self, items: Sequence[Item]) -> None:
        await item_rows.add(self._tx, items)

    async def item(self, item_id: str) -> Item | None:
        return await item_rows.get(self._tx, item_id)

    async def change_item(self, item: Item) -> bool:
        return await item_rows.change(self._tx, item)

    async def plan_posts(self, posts: Sequence[Post]) -> None:
        await post_rows.plan(self._tx, posts)

    async def posts_of_job(self, job_id: str) -> list[Post]:
        return await post_rows.of_job(self._tx, job_id)

    async def post_of_item(self, item_id: str) -> Post | None:
        return await post_rows.of_item(self._tx, item_id)

    async def post_at(self, channel: str, ts: str) -> Post | None:
        return await post_rows.at(self._tx, channel, ts)

    async def change_post(self, post: Post) -> None:
        await post_rows.change(self._tx, post)

    async def channel_mode(self, team: str, channel: str) -> ChannelMode:
        return await channels.mode(self._tx, team, channel)

    async def set_channel_mode(self, team: str, channel: str, mode: ChannelMode, user: str) -> None:
        await channels.set_mode(self._tx, team, channel, mode, user=user, now=self._clock.now())

    async def defer(self, task: Task) -> None:
        await self._queue.defer(self._tx, task)
