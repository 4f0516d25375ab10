"""A workspace that outlives its process."""

import asyncio
import json
import logging
import os
from pathlib import Path

import pytest

from bot.playground import Playground, running
from tests.playground.conftest import brisk


async def _fill(slack: Playground) -> str:
    said = await slack.say("ana", "product", "The *talk*", files=[("talk.vtt", b"WEBVTT\n")])
    await slack.say("bo", "product", "Thank you", thread_ts=said.ts)
    await slack.react("mei", "product", said.ts, "hand")
    await slack.edit("ana", "product", said.ts, "The whole *talk*")
    await slack.invite("ana", "design", "followthrough")
    slack.workspace.archive("general")
    slack.clock.forward(3_600)
    await slack.say("ana", "@bo", "Between us")
    return said.ts


async def test_everything_is_there_again(tmp_path: Path) -> None:
    async with running(port=0, rules=brisk(), keep=tmp_path / "kept") as slack:
        ts = await _fill(slack)
        before = slack.message("product", ts)
        last = slack.workspace.clock.next_ts()
    async with running(port=0, rules=brisk(), keep=tmp_path / "kept") as slack:
        assert slack.message("product", ts) == before
        assert [each.text for each in slack.thread("product", ts)] == ["Thank you"]
        assert slack.workspace.file(before.files[0]).content == b"WEBVTT\n"
        assert slack.workspace.channel("general").archived
        assert slack.parts.app.user in slack.workspace.channel("design").members
        assert [each.text for each in slack.workspace.messages(slack.workspace.direct("ana", "bo").id)] == [
            "Between us"
        ]
        assert slack.clock.ahead == 3_600
        assert (await slack.say("bo", "product", "next")).ts > last


async def test_nothing_is_kept_that_was_not_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with running(port=0, rules=brisk()) as slack:
        await _fill(slack)
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - a test may block


async def test_it_is_written_while_it_runs_so_that_a_crash_leaves_it(tmp_path: Path) -> None:
    async with running(port=0, rules=brisk(), keep=tmp_path) as slack:
        await slack.say("ana", "product", "before the crash")

        kept = tmp_path / "workspace.json"
        async with asyncio.timeout(10):
            while "before the crash" not in (kept.read_text() if kept.exists() else ""):  # noqa: ASYNC110 - no event says it
                await asyncio.sleep(0.05)


async def test_what_a_crash_interrupted_is_not_read(tmp_path: Path) -> None:
    async with running(port=0, rules=brisk(), keep=tmp_path) as slack:
        await slack.say("ana", "product", "good")
    (tmp_path / ".workspace.json.new").write_text('{"version": 1, "peop')
    (tmp_path / "files" / ".F1.new").write_bytes(b"half a fi")
    async with running(port=0, rules=brisk(), keep=tmp_path) as slack:
        assert [each.text for each in slack.messages("product")] == ["good"]
    assert list((tmp_path / "files").iterdir()) == []


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"version": 99}', '{"version": 1, "people": [{"id": "U1"}]}'])
async def test_what_cannot_be_read_is_put_aside(tmp_path: Path, caplog: pytest.LogCaptureFixture, broken: str) -> None:
    (tmp_path / "workspace.json").write_text(broken)
    with caplog.at_level(logging.WARNING):
        async with running(port=0, rules=brisk(), keep=tmp_path) as slack:
            assert slack.messages("product") == []
    assert "cannot be read" in caplog.text
    assert (tmp_path / "workspace.unreadable").read_text() == broken
    assert json.loads((tmp_path / "workspace.json").read_text())["version"] == 1


async def test_a_deleted_file_is_not_kept(tmp_path: Path) -> None:
    async with running(port=0, rules=brisk(), keep=tmp_path) as slack:
        said = await slack.say("ana", "product", "", files=[("a.txt", b"secret")])
    assert [each.name for each in (tmp_path / "files").iterdir()] == list(said.files)
    async with running(port=0, rules=brisk(), keep=tmp_path) as slack:
        slack.workspace.delete_file(said.files[0])
    assert list((tmp_path / "files").iterdir()) == []
