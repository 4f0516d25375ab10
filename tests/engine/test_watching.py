"""What whoever watches an engine is told."""

import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest

from bot.engine.apps import App
from bot.engine.routes import watching
from bot.store.sqlite import open_database
from tests.engine.serving import APP_SECRET, asking, ended, engine_in, engine_on, said, sent, settings, submitted


async def figures(api: httpx.AsyncClient) -> dict[str, float]:
    answer = await api.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def own_model(folder: Path) -> Path:
    folder.mkdir()
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).touch()
    return folder


async def test_an_engine_that_can_work_says_so_to_anybody(tmp_path: Path) -> None:
    async with engine_in(tmp_path, model_path=own_model(tmp_path / "model")) as api:
        del api.headers["Authorization"]
        answer = await api.get("/healthz")
    assert answer.status_code == 200
    body = answer.json()
    assert body["status"] == "ok"
    assert {name: check["ok"] for name, check in body["checks"].items()} == dict.fromkeys(
        ("database", "disk", "queue", "model"), True
    )


async def test_an_engine_without_a_model_says_so_though_none_was_asked_for_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    for more in ({"model_path": tmp_path / "nothing"}, {"speech_model": "small", "model_cache": tmp_path / "cache"}):
        async with engine_in(tmp_path, **more) as api:
            answer = await api.get("/healthz")
        assert answer.status_code == 503
        assert answer.json()["checks"]["model"] == {"ok": False, "where": "missing"}
    monkeypatch.delenv("HF_HUB_OFFLINE")
    async with engine_in(tmp_path, speech_model="small", model_cache=tmp_path / "cache") as api:
        assert (await api.get("/healthz")).json()["checks"]["model"] == {"ok": True, "where": "fetched when needed"}
    async with engine_in(tmp_path, speech_url="https://speech.example.com/v1") as api:
        assert (await api.get("/healthz")).json()["checks"]["model"] == {"ok": True, "where": "elsewhere"}


async def test_a_full_disk_and_a_full_queue_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = tmp_path / "gate"
    monkeypatch.setattr(watching, "shutil", SimpleNamespace(disk_usage=lambda _: SimpleNamespace(free=10_000_000)))
    async with engine_in(tmp_path, max_all_jobs=1, model_path=own_model(tmp_path / "model")) as api:
        _, job_id = await sent(api, f"WAIT {gate}", "Hello.")
        answer = await api.get("/healthz")
        assert answer.status_code == 503
        assert answer.json() == {
            "status": "unavailable",
            "checks": {
                "database": {"ok": True},
                "disk": {"ok": False, "freeBytes": 10_000_000},
                "queue": {"ok": False, "unfinished": 1, "limit": 1},
                "model": {"ok": True, "where": "here"},
            },
        }
        gate.touch()
        await ended(api, job_id)
        monkeypatch.setattr(watching, "shutil", shutil)
        assert (await api.get("/healthz")).status_code == 200


async def test_a_database_that_is_gone_is_told_and_figures_still_come(tmp_path: Path) -> None:
    async with (
        open_database(tmp_path / "engine.db") as database,
        engine_on(database, tmp_path, settings()) as engine,
        asking(engine) as api,
    ):
        async with database.transaction() as tx:
            await tx.execute("ALTER TABLE jobs RENAME TO lost")
        answer = await api.get("/healthz")
        assert answer.status_code == 503
        assert answer.json()["checks"]["database"] == {"ok": False}
        assert "followthrough_engine_disk_free_bytes" in await figures(api)
        async with database.transaction() as tx:
            await tx.execute("ALTER TABLE lost RENAME TO jobs")


async def test_the_figures_tell_what_was_done(tmp_path: Path) -> None:
    async with engine_in(tmp_path) as api:
        conversation_id, heard = await sent(api, f"DIE {tmp_path / 'died'}", "I will go.")
        assert (await ended(api, heard))["status"] == "completed"
        _, refused = await sent(api, "REFUSE")
        assert (await ended(api, refused))["status"] == "failed"
        _, typed = await submitted(api, said("Anna: Hello."))
        await ended(api, typed)
        await api.get(f"/v1/conversations/{conversation_id}/messages")
        await api.get("/v1/conversations/1/messages")
        await api.get("/nothing/here")
        await api.request("BREW", "/v1/conversations")
        now = await figures(api)
    assert now['followthrough_engine_jobs{status="completed"}'] == 2
    assert now['followthrough_engine_jobs{status="failed"}'] == 1
    assert now['followthrough_engine_jobs{status="in_progress"}'] == 0
    assert now["followthrough_engine_queue_depth"] == 0
    assert now['followthrough_engine_jobs_ended_total{status="completed"}'] == 2
    assert now["followthrough_engine_audio_seconds_total"] == 0.5
    assert now['followthrough_engine_work_seconds_total{step="understanding"}'] > 0
    assert now['followthrough_engine_worker_restarts_total{lane="speech"}'] == 1
    messages = 'method="GET",route="/v1/conversations/{conversation_id}/messages"'
    assert now[f'followthrough_http_requests_total{{{messages},status="200"}}'] == 1
    assert now[f'followthrough_http_requests_total{{{messages},status="404"}}'] == 1
    assert now[f"followthrough_http_request_seconds_count{{{messages}}}"] == 2
    assert now['followthrough_http_requests_total{method="GET",route="none",status="404"}'] == 1
    assert any(re.search(r'method="other".*status="405"', name) for name in now)


async def test_neither_says_who_calls_or_what_was_said(tmp_path: Path) -> None:
    apps = (App("known-only-to-us", APP_SECRET),)
    async with (
        open_database(tmp_path / "engine.db") as database,
        engine_on(database, tmp_path, settings(apps=apps, model_path=own_model(tmp_path / "model"))) as engine,
        asking(engine, apps[0]) as api,
    ):
        conversation_id, job_id = await submitted(api, said("Anna: I will tell Bo about the merger."))
        await ended(api, job_id)
        await api.get(f"/v1/conversations/{conversation_id}")
        told = (await api.get("/metrics")).text + (await api.get("/healthz")).text
    for private in ("known-only-to-us", APP_SECRET, "Anna", "merger", conversation_id, job_id, str(tmp_path)):
        assert private not in told
