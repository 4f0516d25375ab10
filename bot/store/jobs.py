"""The table `jobs`."""

import json
from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any

from bot.domain.jobs import Job, JobState
from bot.domain.previews import Preview
from bot.domain.recordings import MediaKind, Recording, RecordingKind
from bot.errors import Obstacle
from bot.ports import Row, Transaction
from bot.store.moments import from_text, to_text

ADD = """
    INSERT INTO jobs (
        id, team, channel, user_id, message_ts, thread_ts, via,
        recording_key, recording_kind, recording_location, recording_name, title, language, held_on, speakers,
        state, stage, progress, seconds, reason, cure,
        media_path, media_kind, sha256, conversation_id, engine_job_id, created_at, updated_at,
        obstacle, preview, understood_by, same_as, listening_since, listened
    ) VALUES (
        :id, :team, :channel, :user_id, :message_ts, :thread_ts, :via,
        :recording_key, :recording_kind, :recording_location, :recording_name, :title, :language, :held_on, :speakers,
        :state, :stage, :progress, :seconds, :reason, :cure,
        :media_path, :media_kind, :sha256, :conversation_id, :engine_job_id, :created_at, :updated_at,
        :obstacle, :preview, :understood_by, :same_as, :listening_since, :listened
    )
"""
GET = "SELECT * FROM jobs WHERE id = :id"
OF_RECORDING = """
    SELECT * FROM jobs
    WHERE team = :team AND channel = :channel AND recording_key = :recording_key
      AND state NOT IN ('failed', 'declined')
    ORDER BY created_at DESC, id DESC
    LIMIT 1
"""
RECENT = """
    SELECT * FROM jobs
    WHERE team = :team AND channel = :channel
    ORDER BY
        CASE WHEN state IN ('done', 'needs_you', 'failed', 'declined', 'already_here') THEN 1 ELSE 0 END,
        created_at DESC, id DESC
    LIMIT :count
"""
DONE_ELSEWHERE = """
    SELECT * FROM jobs
    WHERE team = :team AND recording_key = :recording_key AND channel <> :channel AND state = 'done'
    ORDER BY created_at DESC, id DESC
    LIMIT :count
"""
OF_BYTES = """
    SELECT * FROM jobs
    WHERE sha256 = :sha256 AND team = :team AND id <> :id AND state IN ('fetched', 'submitted', 'read', 'done')
    ORDER BY created_at, id
"""
OF_THREAD = """
    SELECT * FROM jobs
    WHERE team = :team AND channel = :channel AND (message_ts = :thread_ts OR thread_ts = :thread_ts OR id IN (
        SELECT job_id FROM posts WHERE posts.channel = :channel AND ts = :thread_ts
    ))
    ORDER BY created_at DESC, id DESC
    LIMIT 20
"""
# what is shorter than a minute tells how long it takes to begin
LISTENED = """
    SELECT listened / seconds AS share FROM jobs
    WHERE listened IS NOT NULL AND seconds >= 60
    ORDER BY created_at DESC
    LIMIT :count
"""
IN_STATE = "SELECT * FROM jobs WHERE state = :state ORDER BY created_at, id"
CHANGE = """
    UPDATE jobs SET
        team = :team, channel = :channel, user_id = :user_id, message_ts = :message_ts, thread_ts = :thread_ts,
        via = :via, recording_kind = :recording_kind, recording_location = :recording_location,
        recording_name = :recording_name, title = :title, language = :language, held_on = :held_on,
        speakers = :speakers,
        state = :state, stage = :stage, progress = :progress, seconds = :seconds, reason = :reason, cure = :cure,
        media_path = :media_path, media_kind = :media_kind, sha256 = :sha256,
        conversation_id = :conversation_id, engine_job_id = :engine_job_id,
        created_at = :created_at, updated_at = :updated_at,
        obstacle = :obstacle, preview = :preview, understood_by = :understood_by, same_as = :same_as,
        listening_since = :listening_since, listened = :listened
    WHERE id = :id AND state = :expected
"""


async def add(tx: Transaction, job: Job, recording_key: str) -> None:
    """Store a new job."""
    tx.write(ADD, {**_values(job), "recording_key": recording_key})


async def get(tx: Transaction, job_id: str) -> Job | None:
    """Return a job."""
    row = await tx.fetch_one(GET, {"id": job_id})
    return _job(row) if row else None


async def of_recording(tx: Transaction, team: str, channel: str, recording_key: str) -> Job | None:
    """Return the newest job of a recording in a channel that did not fail and was not declined."""
    row = await tx.fetch_one(OF_RECORDING, {"team": team, "channel": channel, "recording_key": recording_key})
    return _job(row) if row else None


async def recent(tx: Transaction, team: str, channel: str, limit: int) -> list[Job]:
    """Return a channel's jobs, unfinished ones first, then newest first."""
    return [_job(row) for row in await tx.fetch_all(RECENT, {"team": team, "channel": channel, "count": limit})]


async def done_elsewhere(tx: Transaction, team: str, channel: str, recording_key: str, limit: int) -> list[Job]:
    """Return the finished jobs of a recording in other channels, newest first."""
    values = {"team": team, "channel": channel, "recording_key": recording_key, "count": limit}
    return [_job(row) for row in await tx.fetch_all(DONE_ELSEWHERE, values)]


async def of_bytes(tx: Transaction, job: Job, sha256: str) -> list[Job]:
    """Return the other jobs of a workspace on the same bytes that are on their way or done, oldest first."""
    values = {"sha256": sha256, "team": job.team, "id": job.id}
    return [_job(row) for row in await tx.fetch_all(OF_BYTES, values)]


async def of_thread(tx: Transaction, team: str, channel: str, thread_ts: str) -> list[Job]:
    """Return the jobs that were shared by a thread's first message or in the thread, or began it; newest first."""
    values = {"team": team, "channel": channel, "thread_ts": thread_ts}
    return [_job(row) for row in await tx.fetch_all(OF_THREAD, values)]


async def listening_shares(tx: Transaction, limit: int) -> list[float]:
    """Return which share of its length the understanding of each of the last recordings took, newest first."""
    return [row["share"] for row in await tx.fetch_all(LISTENED, {"count": limit})]


async def in_states(tx: Transaction, states: Collection[JobState]) -> list[Job]:
    """Return every job in one of `states`, oldest first."""
    # a statement a state: lists as values are what SQLite and PostgreSQL do not have in common
    found = [_job(row) for state in set(states) for row in await tx.fetch_all(IN_STATE, {"state": state.value})]
    return sorted(found, key=lambda job: (job.created_at, job.id))


async def change(tx: Transaction, job: Job, expected: JobState) -> bool:
    """Store every field of a job; False when its state is no longer `expected`."""
    return await tx.execute(CHANGE, {**_values(job), "expected": expected.value}) == 1


def _values(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "team": job.team,
        "channel": job.channel,
        "user_id": job.user,
        "message_ts": job.message_ts,
        "thread_ts": job.thread_ts,
        "via": job.via,
        "recording_kind": job.recording.kind.value,
        "recording_location": job.recording.location,
        "recording_name": job.recording.name,
        "title": job.title,
        "language": job.language,
        "held_on": job.held_on.isoformat() if job.held_on else None,
        "speakers": job.speakers,
        "state": job.state.value,
        "stage": job.stage,
        "progress": job.progress,
        "seconds": job.seconds,
        "reason": job.reason,
        "cure": job.cure,
        "media_path": job.media_path,
        "media_kind": job.media_kind,
        "sha256": job.sha256,
        "conversation_id": job.conversation_id,
        "engine_job_id": job.engine_job_id,
        "created_at": to_text(job.created_at),
        "updated_at": to_text(job.updated_at),
        "obstacle": job.obstacle.value if job.obstacle else None,
        "preview": _preview_text(job.preview) if job.preview else None,
        "understood_by": job.understood_by,
        "same_as": job.same_as,
        "listening_since": to_text(job.listening_since) if job.listening_since else None,
        "listened": job.listened,
    }


def _preview_text(preview: Preview) -> str:
    # the address that was asked is for the log of that moment: it may hold what opens the recording
    kept = {name: value for name, value in asdict(preview).items() if name != "url"}
    return json.dumps(kept, ensure_ascii=False)


def _preview(text: str) -> Preview:
    fields = json.loads(text)
    kind, obstacle = fields.pop("kind"), fields.pop("obstacle")
    return Preview(**fields, kind=MediaKind(kind) if kind else None, obstacle=Obstacle(obstacle) if obstacle else None)


def _job(row: Row) -> Job:
    return Job(
        id=row["id"],
        team=row["team"],
        channel=row["channel"],
        user=row["user_id"],
        message_ts=row["message_ts"],
        thread_ts=row["thread_ts"],
        via=row["via"],
        recording=Recording(
            RecordingKind(row["recording_kind"]),
            row["recording_location"],
            row["recording_name"],
        ),
        title=row["title"],
        language=row["language"],
        held_on=date.fromisoformat(row["held_on"]) if row["held_on"] else None,
        speakers=row["speakers"],
        state=JobState(row["state"]),
        stage=row["stage"],
        progress=row["progress"],
        seconds=row["seconds"],
        reason=row["reason"],
        cure=row["cure"],
        media_path=row["media_path"],
        media_kind=row["media_kind"],
        sha256=row["sha256"],
        conversation_id=row["conversation_id"],
        engine_job_id=row["engine_job_id"],
        created_at=from_text(row["created_at"]),
        updated_at=from_text(row["updated_at"]),
        obstacle=Obstacle(row["obstacle"]) if row["obstacle"] else None,
        preview=_preview(row["preview"]) if row["preview"] else None,
        understood_by=row["understood_by"],
        same_as=row["same_as"],
        listening_since=from_text(row["listening_since"]) if row["listening_since"] else None,
        listened=row["listened"],
    )
