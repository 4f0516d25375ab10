"""The table `overviews`: what a thread's parent shows, as JSON, since it is read and written whole."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.domain.conversation import Decision, Evidence, KeyMoment, Question
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
    if not isinstance(fields["questions"], list):
        # an earlier version counted the questions, and kept none of them
        fields["questions"] = []
    moments = [KeyMoment(Evidence(**moment["evidence"]), moment["kind"]) for moment in fields["key_moments"]]
    questions = [
        Question(each["text"], Evidence(**each["evidence"]), each["score"], _answer(each))
        for each in fields["questions"]
    ]
    decisions = [
        Decision(each["text"], Evidence(**each["evidence"]), each["score"]) for each in fields.get("decisions", [])
    ]
    return Overview(
        title=fields["title"],
        seconds=fields["seconds"],
        speakers=tuple(fields["speakers"]),
        summary=tuple(fields["summary"]),
        key_moments=tuple(moments),
        topics=tuple(fields["topics"]),
        action_items=fields["action_items"],
        follow_ups=fields["follow_ups"],
        language=fields["language"],
        decisions=tuple(decisions),
        questions=tuple(questions),
        notes=tuple(fields.get("notes", [])),
        author=fields.get("author"),
    )


def _answer(question: Mapping[str, Any]) -> Evidence | None:
    return Evidence(**question["answer"]) if question["answer"] else None
