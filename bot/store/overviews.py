"""The table `overviews`: what a thread's parent shows, as JSON, since it is read and written whole."""

import json
from dataclasses import asdict

from bot.domain.conversation import Evidence, KeyMoment
from bot.domain.posts import Overview
from bot.ports import Transaction

SAVE = """
    INSERT INTO overviews (job_id, body) VALUES (:job_id, :body)
    ON CONFLICT (job_id) DO UPDATE SET body = excluded.body
"""
GET = "SELECT body FROM overviews WHERE job_id = :job_id"


async def save(tx: Transaction, job_id: str, overview: Overview) -> None:
    """Keep an overview; a later one takes its place."""
    tx.write(SAVE, {"job_id": job_id, "body": json.dumps(asdict(overview), ensure_ascii=False)})


async def get(tx: Transaction, job_id: str) -> Overview | None:
    """Return a job's overview."""
    row = await tx.fetch_one(GET, {"job_id": job_id})
    return _overview(row["body"]) if row else None


def _overview(body: str) -> Overview:
    fields = json.loads(body)
    moments = [KeyMoment(Evidence(**moment["evidence"]), moment["kind"]) for moment in fields["key_moments"]]
    lists = {name: tuple(fields[name]) for name in ("speakers", "summary", "topics")}
    return Overview(**{**fields, **lists, "key_moments": tuple(moments)})
