"""The table `items`: action items and follow-ups, and whose they are."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.domain.assignments import Item, ItemKind, ItemState
from bot.domain.conversation import Evidence
from bot.ports import Row, Transaction
from bot.store.moments import from_text, to_text

ADD = """
    INSERT INTO items (
        id, job_id, position, kind, text, quote, quote_speaker, quote_at,
        owner, due, score, state, claimed_by, finished_by, version, changed_at
    ) VALUES (
        :id, :job_id, :position, :kind, :text, :quote, :quote_speaker, :quote_at,
        :owner, :due, :score, :state, :claimed_by, :finished_by, :version, :changed_at
    )
"""
GET = "SELECT * FROM items WHERE id = :id"
CHANGE = """
    UPDATE items SET
        position = :position, kind = :kind, text = :text,
        quote = :quote, quote_speaker = :quote_speaker, quote_at = :quote_at,
        owner = :owner, due = :due, score = :score, state = :state,
        claimed_by = :claimed_by, finished_by = :finished_by, version = :version, changed_at = :changed_at
    WHERE id = :id AND version = :version - 1
"""


async def add(tx: Transaction, items: Sequence[Item]) -> None:
    """Store a job's items."""
    for item in items:
        tx.write(ADD, _values(item))


async def get(tx: Transaction, item_id: str) -> Item | None:
    """Return an item."""
    row = await tx.fetch_one(GET, {"id": item_id})
    return _item(row) if row else None


async def change(tx: Transaction, item: Item) -> bool:
    """Store a changed item; False unless the stored version is the one before."""
    return await tx.execute(CHANGE, _values(item)) == 1


def _values(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "job_id": item.job_id,
        "position": item.position,
        "kind": item.kind.value,
        "text": item.text,
        "quote": item.evidence.quote,
        "quote_speaker": item.evidence.speaker,
        "quote_at": item.evidence.at,
        "owner": item.owner,
        "due": item.due.isoformat() if item.due else None,
        "score": item.score,
        "state": item.state.value,
        "claimed_by": item.claimed_by,
        "finished_by": item.finished_by,
        "version": item.version,
        "changed_at": to_text(item.changed_at),
    }


def _item(row: Row) -> Item:
    return Item(
        id=row["id"],
        job_id=row["job_id"],
        position=row["position"],
        kind=ItemKind(row["kind"]),
        text=row["text"],
        evidence=Evidence(row["quote"], row["quote_speaker"], row["quote_at"]),
        owner=row["owner"],
        due=date.fromisoformat(row["due"]) if row["due"] else None,
        score=row["score"],
        state=ItemState(row["state"]),
        version=row["version"],
        changed_at=from_text(row["changed_at"]),
        claimed_by=row["claimed_by"],
        finished_by=row["finished_by"],
    )
