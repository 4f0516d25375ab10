"""What people see of a recording that cannot be had, and what they press, in Slack."""

import logging
from pathlib import Path
from typing import Any

import pytest

from bot.domain.jobs import JobState
from bot.domain.previews import Preview
from bot.domain.recordings import MediaKind
from bot.errors import Obstacle
from bot.playground.records import Ephemeral, Message, View
from bot.slack.blocks.ids import PASSCODE_FIELD, Press
from tests.slack.scene import CHANNEL, LINK, Scene, open_scene

ZOOM = "https://us02web.zoom.us/rec/share/Ab3dEf6hIj"
CODE = "7*J?x@9L"
WHOLE = Preview("Zoom recording", "Weekly sync", MediaKind.VIDEO, 84_000_000, 2520.0)
PRIVATE = Preview(
    "Google Drive file", "Weekly sync", obstacle=Obstacle.PRIVATE, what="It is private.", cure="Its owner shares it."
)


def labels(message: Message | Ephemeral) -> list[str]:
    """The buttons of a message, as people read them."""
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    return [element["text"]["text"] for row in rows for element in row]


async def enter(scene: Scene, user: str, ts: str, code: str) -> None:
    """Press *Enter passcode* and send the form."""
    await form(scene, user, ts)
    answer = await scene.slack.submit(user, {PASSCODE_FIELD: code})
    assert answer.acknowledged
    assert scene.slack.modal(user) is None


async def became(scene: Scene, ts: str, words: str) -> Message:
    """Wait until a message says something else."""

    def said() -> Message | None:
        message = scene.slack.message(CHANNEL, ts)
        return message if words in message.text else None

    return await scene.slack.wait_for(said)


async def form(scene: Scene, user: str, ts: str) -> View:
    """Press *Enter passcode*, and wait for the form."""
    await scene.slack.press(user, CHANNEL, ts, Press.PASSCODE)
    return await scene.slack.wait_for(lambda: scene.slack.modal(user))


# ----------------------------------------------------------------------------------------------------------- one look


async def test_an_offer_says_what_it_is_how_long_it_is_and_how_long_it_takes(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        scene.outside.previews = [WHOLE]
        await scene.slack.say("ana", CHANNEL, f"our call {ZOOM}")
        offer = await scene.whispered("ana", "Shall I turn Weekly sync into a thread of action items?")
        assert "Zoom recording · video · 84 MB · 42 min · takes about 5 min" in offer.text
        assert labels(offer) == ["Process", "Not now"]
        assert not scene.slack.ephemerals("bo")

        await scene.slack.press("ana", CHANNEL, offer.ts, Press.ACCEPT)
        await scene.posted("is done")
        assert scene.outside.calls.count("look") == 1


async def test_the_progress_says_what_it_is_too(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        scene.outside.previews = [WHOLE]
        scene.outside.troubles["fetch"] = [RuntimeError("not yet")]
        await scene.slack.command("ana", CHANNEL, f"/process {ZOOM}")
        progress = await scene.posted("Zoom recording · video · 84 MB · 42 min · takes about 5 min · Started by <@")
        assert progress.text.startswith("Weekly sync: Fetching the recording")


async def test_an_offer_that_cannot_be_had_shows_the_cure_and_asks_again_when_told_to(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        scene.outside.previews = [PRIVATE, WHOLE]
        await scene.slack.say("ana", CHANNEL, LINK)
        cure = await scene.whispered("ana", "I cannot open Weekly sync yet:\nIt is private.\nIts owner shares it.")
        assert labels(cure) == ["Upload the file instead", "Try again", "Not now"]
        assert not scene.slack.from_app(CHANNEL)
        await scene.slack.press("ana", CHANNEL, cure.ts, Press.TRY_AGAIN)
        await scene.whispered("ana", "I look at planning.vtt again.")
        await scene.whispered("ana", "Shall I turn Weekly sync")
        await scene.rested()
        assert not scene.slack.from_app(CHANNEL)


async def test_a_question_that_was_answered_by_command_is_replaced_when_it_is_pressed(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        scene.outside.previews = [PRIVATE]
        await scene.slack.say("ana", CHANNEL, LINK)
        cure = await scene.whispered("ana", "I cannot open")
        await scene.slack.command("ana", CHANNEL, f"/process {LINK}")
        await scene.posted("is done")
        await scene.slack.press("ana", CHANNEL, cure.ts, Press.TRY_AGAIN)
        await scene.whispered("ana", "is already here: look for its thread in this channel.")
        assert not [each for each in scene.slack.ephemerals("ana") if "I cannot open" in each.text]


async def test_an_offer_that_cannot_be_had_can_be_declined(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        scene.outside.previews = [PRIVATE]
        await scene.slack.say("ana", CHANNEL, LINK)
        cure = await scene.whispered("ana", "I cannot open")
        await scene.slack.press("ana", CHANNEL, cure.ts, Press.DECLINE)
        await scene.whispered("ana", "All right, I leave Weekly sync alone.")


# ---------------------------------------------------------------------------------------------------------- passcodes


async def test_a_passcode_is_entered_in_a_form_and_a_wrong_one_is_told_in_the_same_message(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        scene.outside.opens = CODE
        await scene.slack.command("ana", CHANNEL, f"/process {ZOOM}")
        stopped = await scene.posted("needs you, <@U0PLAYANA01>:\nThis recording asks for a passcode.")
        assert labels(stopped) == ["Enter passcode", "Upload the file instead", "Try again"]

        view = await form(scene, "bo", stopped.ts)
        assert "held in memory only" in str(view.body)
        empty = await scene.slack.submit("bo", {PASSCODE_FIELD: "   "})
        assert empty.body["errors"] == {PASSCODE_FIELD: "Enter the passcode."}
        await scene.slack.submit("bo", {PASSCODE_FIELD: "wr0ng"})
        wrong = await became(scene, stopped.ts, "That passcode did not open it.")
        assert "Enter passcode" in labels(wrong)

        await enter(scene, "bo", stopped.ts, f" {CODE} ")
        await became(scene, stopped.ts, "is done")
        (job,) = await scene.jobs()
        assert job.state is JobState.DONE


async def test_an_offer_takes_a_passcode_privately_and_goes_on(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        scene.outside.opens = CODE
        shared = await scene.slack.say("ana", CHANNEL, ZOOM)
        cure = await scene.whispered("ana", "I cannot open Zoom recording yet:\nThis recording asks for a passcode.")
        assert labels(cure) == ["Enter passcode", "Upload the file instead", "Try again", "Not now"]
        await enter(scene, "ana", cure.ts, CODE)
        await scene.whispered("ana", "I look at Zoom recording again.")
        done = await scene.posted("is done")
        assert done.thread_ts == shared.ts


@pytest.mark.parametrize("edited", [False, True])
async def test_a_passcode_beside_the_link_or_later_in_its_thread_is_used_unasked(
    tmp_path: Path, *, edited: bool
) -> None:
    async with open_scene(tmp_path) as scene:
        scene.outside.opens = CODE
        await scene.slack.say("ana", CHANNEL, f"{ZOOM}\nPasscode: {CODE}")
        await scene.whispered("ana", "Shall I turn Zoom recording")

        await scene.slack.command("bo", CHANNEL, f"/process {ZOOM}2")
        stopped = await scene.posted("needs you")
        said = await scene.slack.say("mei", CHANNEL, "I look it up", thread_ts=stopped.ts)
        if edited:
            await scene.slack.edit("mei", CHANNEL, said.ts, f"the passcode is {CODE}")
        else:
            await scene.slack.say("mei", CHANNEL, f"the passcode is {CODE}", thread_ts=stopped.ts)
        await became(scene, stopped.ts, "is done")


async def test_a_passcode_in_the_command_opens_the_recording_at_once(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        scene.outside.opens = CODE
        answer = await scene.slack.command("ana", CHANNEL, f"/process {ZOOM} Passcode: {CODE}")
        assert answer.text.startswith("On it: Zoom recording.")
        await scene.posted("is done")
        assert scene.outside.passcodes == [CODE, CODE]


async def test_nothing_that_we_write_down_or_say_holds_a_passcode(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    async with open_scene(tmp_path) as scene:
        scene.outside.opens = CODE
        await scene.slack.command("ana", CHANNEL, f"/process {ZOOM}?pwd=Gl0ry")
        stopped = await scene.posted("needs you")
        await enter(scene, "ana", stopped.ts, "wr0ng-0ne")
        await became(scene, stopped.ts, "did not open it")
        status = await scene.slack.command("ana", CHANNEL, "/process status")
        await enter(scene, "ana", stopped.ts, CODE)
        await became(scene, stopped.ts, "is done")
        written = str([await rows(scene, table) for table in ("events", "tasks", "posts", "overviews")])
        shown = str([(each.text, each.blocks) for each in scene.slack.from_app(CHANNEL)]) + status.text
        jobs = str([row | {"recording_location": ""} for row in await rows(scene, "jobs")])
        for secret in (CODE, "wr0ng-0ne", "Gl0ry"):
            assert secret not in written
            assert secret not in caplog.text
            assert secret not in shown
            assert secret not in jobs


async def rows(scene: Scene, table: str) -> list[dict[str, Any]]:
    async with scene.database.reading() as tx:
        return [dict(row) for row in await tx.fetch_all(f"SELECT * FROM {table}")]  # noqa: S608 - our own tables


async def test_a_button_of_yesterday_is_answered(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        scene.outside.opens = CODE
        await scene.slack.command("ana", CHANNEL, f"/process {ZOOM}")
        stopped = await scene.posted("needs you")
        for user in ("ana", "bo"):
            await form(scene, user, stopped.ts)
        await scene.slack.submit("ana", {PASSCODE_FIELD: CODE})
        await became(scene, stopped.ts, "is done")
        late = await scene.slack.submit("bo", {PASSCODE_FIELD: CODE})
        assert late.body["errors"] == {PASSCODE_FIELD: "Zoom recording: done"}


# --------------------------------------------------------------------------------------------------------------- files


async def test_where_to_drop_the_file_is_said_privately_and_the_file_goes_on_in_the_thread(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        scene.outside.opens = CODE
        await scene.slack.command("ana", CHANNEL, f"/process {ZOOM}")
        stopped = await scene.posted("needs you")
        await scene.slack.press("bo", CHANNEL, stopped.ts, Press.UPLOAD)
        await scene.whispered("bo", "Reply in the thread of this message with the recording, or its transcript")
        scene.outside.opens = None
        await scene.slack.say("bo", CHANNEL, "here", thread_ts=stopped.ts, files=[("sync.vtt", b"WEBVTT")])
        await became(scene, stopped.ts, "is done")
        await scene.rested()
        (job,) = await scene.jobs()
        assert job.recording.name == "sync.vtt"


# ----------------------------------------------------------------------------------------------------------- elsewhere


async def test_a_thread_in_another_channel_is_told_of_and_may_be_made_here_too(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        await scene.slack.command("ana", CHANNEL, f"/process {LINK}")
        await scene.posted("is done")
        product = scene.slack.workspace.channel(CHANNEL).id
        await scene.slack.command("bo", "#general", f"/process {LINK}")
        told = await scene.whispered("bo", "is already here: ")
        assert f"in <#{product}>" in told.text
        assert "see its thread" in told.text
        assert labels(told) == ["Process here too", "Not now"]
        assert not scene.slack.from_app("#general")
        await scene.slack.press("bo", "#general", told.ts, Press.ACCEPT)
        await scene.posted("is done", "#general")
        assert scene.outside.calls.count("submit") == 1


async def test_the_same_bytes_by_another_link_get_the_way_to_their_thread(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        other = "https://mirror.example.test/copy.vtt"
        scene.outside.bytes_of = {LINK: "ab" * 32, other: "ab" * 32}
        await scene.slack.command("ana", CHANNEL, f"/process {LINK}")
        parent = await scene.posted("Key moments")
        await scene.slack.command("bo", CHANNEL, f"/process {other}")
        pointer = await scene.posted("is already here, shared by another link or file.")
        assert f"/p{parent.ts.replace('.', '')}|See its thread>" in pointer.text
