"""The table `posts`: messages that have to appear in Slack exactly once."""

from collections.abc import Sequence
from typing import Any

from bot.domain.posts import Post, PostKind, PostState
from bot.ports import Row, Transaction
from bot.store.moments import from_text, to_text

PLAN = """
    INSERT INTO posts (id, job_id, position, kind, item_id, state, channel, ts, claimed_at)
    VALUES (:id, :job_id, :position, :kind, :item_id, :state, :channel, :ts, :claimed_at)
    ON CONFLICT (id) DO NOTHING
"""
OF_JOB = "SELECT * FROM posts WHERE job_id = :job_id ORDER BY position, id"
OF_ITEM = "SELECT * FROM posts WHERE item_id = :item_id ORDER BY position, id LIMIT 1"
AT = "SELECT * FROM posts WHERE channel = :channel AND ts = :ts ORDER BY position, id LIMIT 1"
CHANGE = """
    UPDATE posts SET state = :state, channel = :channel, ts = :ts, claimed_at = :claimed_at WHERE id = :id
"""


async def plan(tx: Transaction, posts: Sequence[Post]) -> None:
    """Add messages to the plan; those that are in it stay as they are."""
    for post in posts:
        values = {"job_id": post.job_id, "position": post.position, "kind": post.kind.value, "item_id": post.item_id}
        tx.write(PLAN, {**values, **_course(post)})


async def of_job(tx: Transaction, job_id: str) -> list[Post]:
    """Return a job's posts in order."""
    return [_post(row) for row in await tx.fetch_all(OF_JOB, {"job_id": job_id})]


async def of_item(tx: Transaction, item_id: str) -> Post | None:
    """Return the message that shows an item."""
    row = await tx.fetch_one(OF_ITEM, {"item_id": item_id})
    return _post(row) if row else None


async def at(tx: Transaction, channel: str, ts: str) -> Post | None:
    """Return the post that became a Slack message."""
    row = await tx.fetch_one(AT, {"channel": channel, "ts": ts})
    return _post(row) if row else None


async def change(tx: Transaction, post: Post) -> None:
    """Store a post's state, channel, ts and claim."""
    tx.write(CHANGE, _course(post))


def _course(post: Post) -> dict[str, Any]:
    return {
        "id": post.id,
        "state": post.state.value,
        "channel": post.channel,
        "ts": post.ts,
        "claimed_at": to_text(post.claimed_at) if post.claimed_at else None,
    }


def _post(row: Row) -> Post:
    return Post(
        id=row["id"],
        job_id=row["job_id"],
        position=row["position"],
        kind=PostKind(row["kind"]),
        state=PostState(row["state"]),
        item_id=row["item_id"],
        channel=row["channel"],
        ts=row["ts"],
        claimed_at=from_text(row["claimed_at"]) if row["claimed_at"] else None,
    )
