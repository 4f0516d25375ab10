"""The engine's tables: conversations, jobs, members and messages."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.engine.moments import stamp
from bot.engine.plain import to_plain
from bot.engine.records import Message, Person
from bot.engine.stored import Conversation, Job, Member, Roster, Status
from bot.ports import Row, Transaction

ENGINE_MIGRATIONS = Path(__file__).parent / "migrations"

ROWS_A_STATEMENT = 200
"""10 values a row stay far below what SQLite and PostgreSQL take in one statement."""

FURTHER = "CASE WHEN :progress > progress THEN :progress ELSE progress END"
"""A job that is run again begins behind what people were shown."""

FIND = """
    SELECT id, app_id, name, started_at, parameters, metadata, language, insights IS NOT NULL AS understood
    FROM conversations
    WHERE id = :id
"""
LIST_OLDEST_FIRST = """
    SELECT id, app_id, name, started_at, parameters, metadata, language, insights IS NOT NULL AS understood
    FROM conversations
    WHERE app_id = :app AND started_at >= :since AND started_at <= :until
    ORDER BY started_at, id LIMIT :limit OFFSET :offset
"""
LIST_NEWEST_FIRST = """
    SELECT id, app_id, name, started_at, parameters, metadata, language, insights IS NOT NULL AS understood
    FROM conversations
    WHERE app_id = :app AND started_at >= :since AND started_at <= :until
    ORDER BY started_at DESC, id DESC LIMIT :limit OFFSET :offset
"""


class Storage:
    """Reads and writes the tables inside one transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    # ------------------------------------------------------------------------------------------------- conversations

    async def add_conversation(self, conversation: Conversation) -> None:
        """Store a new conversation."""
        await self._tx.execute(
            "INSERT INTO conversations (id, app_id, name, started_at, parameters, metadata, language)"
            " VALUES (:id, :app_id, :name, :started_at, :parameters, :metadata, :language)",
            _conversation_values(conversation),
        )

    async def change_conversation(self, conversation: Conversation) -> None:
        """Store every field but the insights."""
        await self._tx.execute(
            "UPDATE conversations SET name = :name, started_at = :started_at, parameters = :parameters,"
            " metadata = :metadata, language = :language WHERE id = :id",
            _conversation_values(conversation),
        )

    async def save_insights(self, conversation_id: str, insights: str) -> None:
        """Store what was understood: the plain form of `Insights`, as JSON."""
        await self._tx.execute(
            "UPDATE conversations SET insights = :insights WHERE id = :id",
            {"id": conversation_id, "insights": insights},
        )

    async def conversation(self, conversation_id: str) -> Conversation | None:
        """Return a conversation."""
        row = await self._tx.fetch_one(FIND, {"id": conversation_id})
        return _conversation(row) if row else None

    async def insights(self, conversation_id: str) -> str | None:
        """Return what was understood, as it was stored; None before that."""
        row = await self._tx.fetch_one("SELECT insights FROM conversations WHERE id = :id", {"id": conversation_id})
        return row["insights"] if row else None

    async def conversations(
        self, app_id: str, since: datetime, until: datetime, *, limit: int, offset: int, newest_first: bool
    ) -> list[Conversation]:
        """Return an app's conversations that began in a span of time, by their start, without what was understood."""
        rows = await self._tx.fetch_all(
            LIST_NEWEST_FIRST if newest_first else LIST_OLDEST_FIRST,
            {"app": app_id, "since": stamp(since), "until": stamp(until), "limit": limit, "offset": offset},
        )
        return [_conversation(row) for row in rows]

    async def give_to(self, app_id: str) -> None:
        """Have an app own what was stored before conversations had owners."""
        await self._tx.execute("UPDATE conversations SET app_id = :app WHERE app_id = ''", {"app": app_id})

    async def forget(self, conversation_id: str) -> None:
        """Delete a conversation and all that belongs to it."""
        for statement in (
            "DELETE FROM messages WHERE conversation_id = :id",
            "DELETE FROM members WHERE conversation_id = :id",
            "DELETE FROM notes WHERE conversation_id = :id",
            "DELETE FROM hearings WHERE job_id IN (SELECT id FROM jobs WHERE conversation_id = :id)",
            "DELETE FROM voices WHERE job_id IN (SELECT id FROM jobs WHERE conversation_id = :id)",
            "DELETE FROM job_sources WHERE job_id IN (SELECT id FROM jobs WHERE conversation_id = :id)",
            "DELETE FROM jobs WHERE conversation_id = :id",
            "DELETE FROM conversations WHERE id = :id",
        ):
            await self._tx.execute(statement, {"id": conversation_id})

    # ---------------------------------------------------------------------------------------------------------- jobs

    async def add_job(self, job: Job, source: Mapping[str, Any]) -> None:
        """Store a new job and what was sent with it: entries, a file or an address, and the parameters."""
        await self._tx.execute(
            "INSERT INTO jobs (id, conversation_id, status, progress, seconds, message, bad_input,"
            " webhook_url, submitted_at) VALUES (:id, :conversation_id, :status, :progress, :seconds,"
            " :message, :bad_input, :webhook_url, :submitted_at)",
            {
                "id": job.id,
                "conversation_id": job.conversation_id,
                "status": job.status.value,
                "progress": job.progress,
                "seconds": job.seconds,
                "message": job.message,
                "bad_input": int(job.bad_input),
                "webhook_url": job.webhook_url,
                "submitted_at": stamp(job.submitted_at),
            },
        )
        await self._tx.execute(
            "INSERT INTO job_sources (job_id, source) VALUES (:id, :source)", {"id": job.id, "source": _dump(source)}
        )

    async def job(self, job_id: str) -> Job | None:
        """Return a job."""
        row = await self._tx.fetch_one("SELECT * FROM jobs WHERE id = :id", {"id": job_id})
        return _job(row) if row else None

    async def jobs_of(self, conversation_id: str) -> list[Job]:
        """Return a conversation's jobs, oldest first."""
        rows = await self._tx.fetch_all(
            "SELECT * FROM jobs WHERE conversation_id = :id ORDER BY submitted_at, id", {"id": conversation_id}
        )
        return [_job(row) for row in rows]

    async def source(self, job_id: str) -> dict[str, Any]:
        """Return what was sent with a job: large, and gone when the job has ended."""
        row = await self._tx.fetch_one("SELECT source FROM job_sources WHERE job_id = :id", {"id": job_id})
        return json.loads(row["source"]) if row else {}

    async def unfinished_job_ids(self) -> set[str]:
        """Return the id of every job that has not ended."""
        rows = await self._tx.fetch_all("SELECT id FROM jobs WHERE status IN ('scheduled', 'in_progress')")
        return {row["id"] for row in rows}

    async def count_unfinished_jobs(self) -> dict[str, int]:
        """Return how many jobs of each app have not ended; apps without one are left out."""
        rows = await self._tx.fetch_all(
            "SELECT conversations.app_id AS app, COUNT(*) AS n FROM jobs"
            " JOIN conversations ON conversations.id = jobs.conversation_id"
            " WHERE jobs.status IN ('scheduled', 'in_progress') GROUP BY conversations.app_id"
        )
        return {row["app"]: int(row["n"]) for row in rows}

    async def count_jobs(self) -> dict[Status, int]:
        """Return how many jobs have each status; those that none has are left out."""
        rows = await self._tx.fetch_all("SELECT status, COUNT(*) AS n FROM jobs GROUP BY status")
        return {Status(row["status"]): int(row["n"]) for row in rows}

    async def move_job(self, job: Job, status: Status, message: str = "", *, bad_input: bool = False) -> bool:
        """Store a job's next status; False, and nothing stored, when its status is no longer `job.status`."""
        changed = await self._tx.execute(
            f"UPDATE jobs SET status = :status, message = :message, bad_input = :bad_input, progress = {FURTHER}"  # noqa: S608 - a constant
            " WHERE id = :id AND status = :expected",
            {
                "id": job.id,
                "status": status.value,
                "message": message,
                "bad_input": int(bad_input),
                "progress": 1.0 if status is Status.COMPLETED else job.progress,
                "expected": job.status.value,
            },
        )
        if changed and status.ended:
            for statement in (
                "DELETE FROM job_sources WHERE job_id = :id",
                "DELETE FROM hearings WHERE job_id = :id",
                "DELETE FROM voices WHERE job_id = :id",
            ):
                await self._tx.execute(statement, {"id": job.id})
        return changed > 0

    async def advance_job(self, job_id: str, progress: float, seconds: float | None) -> bool:
        """Store how far a running job is, never less than before; False when it runs no longer."""
        changed = await self._tx.execute(
            f"UPDATE jobs SET progress = {FURTHER}, seconds = COALESCE(:seconds, seconds)"  # noqa: S608 - a constant
            " WHERE id = :id AND status = 'in_progress'",
            {"id": job_id, "progress": progress, "seconds": seconds},
        )
        return changed > 0

    # -------------------------------------------------------------------------------------------------------- people

    async def roster(self, conversation_id: str) -> Roster:
        """Return everybody who spoke."""
        rows = await self._tx.fetch_all(
            "SELECT id, name, email, same_as, named_in FROM members WHERE conversation_id = :id ORDER BY position",
            {"id": conversation_id},
        )
        members = tuple(Member(**row) for row in rows)
        return Roster(members, {member.id: member for member in members})

    async def add_member(self, conversation_id: str, member: Member) -> None:
        """Store somebody who spoke for the first time."""
        self._tx.write(
            "INSERT INTO members (id, conversation_id, position, name, email, same_as) VALUES (:id, :conversation_id,"
            " (SELECT COALESCE(MAX(position) + 1, 0) FROM members WHERE conversation_id = :conversation_id),"
            " :name, :email, NULL)",
            {"id": member.id, "conversation_id": conversation_id, "name": member.name, "email": member.email},
        )

    async def change_member(self, member: Member) -> None:
        """Store a member's name, where it comes from, their email, and whom they turned out to be."""
        await self._tx.execute(
            "UPDATE members SET name = :name, email = :email, same_as = :same_as, named_in = :named_in WHERE id = :id",
            {
                "id": member.id,
                "name": member.name,
                "email": member.email,
                "same_as": member.same_as,
                "named_in": member.named_in,
            },
        )

    # ------------------------------------------------------------------------------------------------------ messages

    async def add_messages(self, conversation_id: str, job_id: str, messages: Sequence[Message]) -> None:
        """Store what was said next."""
        row = await self._tx.fetch_one(
            "SELECT COALESCE(MAX(position), 0) AS last FROM messages WHERE conversation_id = :id",
            {"id": conversation_id},
        )
        position = int(row["last"]) if row else 0
        for first in range(0, len(messages), ROWS_A_STATEMENT):
            chunk = messages[first : first + ROWS_A_STATEMENT]
            rows: list[str] = []
            values: dict[str, Any] = {"conversation": conversation_id, "job": job_id}
            for n, message in enumerate(chunk):
                position += 1
                rows.append(
                    f"(:id{n}, :conversation, :job, :at{n}, :who{n}, :text{n}, :start{n}, :end{n}, :words{n}, :sure{n})"
                )
                values |= {
                    f"id{n}": message.id,
                    f"at{n}": position,
                    f"who{n}": message.speaker.id if message.speaker else None,
                    f"text{n}": message.text,
                    f"start{n}": message.start,
                    f"end{n}": message.end,
                    f"words{n}": _dump(to_plain(message.words)) if message.words else None,
                    f"sure{n}": message.speaker_score,
                }
            await self._tx.execute(
                "INSERT INTO messages"  # noqa: S608 - placeholders of ours
                " (id, conversation_id, job_id, position, member_id, text, started, ended, words, speaker_score)"
                f" VALUES {', '.join(rows)}",
                values,
            )

    async def drop_messages(self, job_id: str) -> None:
        """Delete what a job had found, before it is run again."""
        await self._tx.execute("DELETE FROM messages WHERE job_id = :id", {"id": job_id})

    async def set_speaker(self, message_id: str, member_id: str) -> None:
        """Say who spoke a message."""
        self._tx.write(
            "UPDATE messages SET member_id = :member WHERE id = :id", {"id": message_id, "member": member_id}
        )

    async def messages(self, conversation_id: str, roster: Roster) -> list[Message]:
        """Return what was said, in order, without the times of its words."""
        rows = await self._tx.fetch_all(
            "SELECT id, member_id, text, started, ended, speaker_score FROM messages WHERE conversation_id = :id"
            " ORDER BY position",
            {"id": conversation_id},
        )
        people: dict[str | None, Person | None] = {None: None}
        for row in rows:
            if row["member_id"] not in people:
                people[row["member_id"]] = roster.person(row["member_id"])
        return [
            Message(
                row["id"],
                row["text"],
                people[row["member_id"]],
                float(row["started"]),
                float(row["ended"]),
                speaker_score=row["speaker_score"],
            )
            for row in rows
        ]

    async def words(self, conversation_id: str) -> dict[str, str]:
        """Return the times of each message's words, by message id, as JSON: there are many, and few ask for them."""
        rows = await self._tx.fetch_all(
            "SELECT id, words FROM messages WHERE conversation_id = :id AND words IS NOT NULL", {"id": conversation_id}
        )
        return {row["id"]: row["words"] for row in rows}

    async def last_end(self, conversation_id: str) -> float:
        """Return when the last word was said, in seconds from the start; 0 before anything was."""
        row = await self._tx.fetch_one(
            "SELECT COALESCE(MAX(ended), 0) AS ended FROM messages WHERE conversation_id = :id", {"id": conversation_id}
        )
        return float(row["ended"]) if row else 0.0


def _dump(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _conversation_values(conversation: Conversation) -> dict[str, Any]:
    return {
        "id": conversation.id,
        "app_id": conversation.app_id,
        "name": conversation.name,
        "started_at": stamp(conversation.started_at),
        "parameters": _dump(conversation.parameters),
        "metadata": _dump(conversation.metadata),
        "language": conversation.language,
    }


def _conversation(row: Row) -> Conversation:
    return Conversation(
        id=row["id"],
        app_id=row["app_id"],
        name=row["name"],
        started_at=datetime.fromisoformat(row["started_at"]),
        parameters=json.loads(row["parameters"]),
        metadata=json.loads(row["metadata"]),
        language=row["language"],
        understood=bool(row["understood"]),
    )


def _job(row: Row) -> Job:
    return Job(
        id=row["id"],
        conversation_id=row["conversation_id"],
        status=Status(row["status"]),
        submitted_at=datetime.fromisoformat(row["submitted_at"]),
        progress=float(row["progress"]),
        seconds=row["seconds"],
        message=row["message"],
        bad_input=bool(row["bad_input"]),
        webhook_url=row["webhook_url"],
    )
