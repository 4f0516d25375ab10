"""A file is told of twice, by its message and by an event of its own: it is one share."""

import math
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain.jobs import Job, JobState
from bot.domain.recordings import RecordingKind
from bot.errors import BadInput
from bot.playground.records import Message, Person
from bot.slack.blocks.ids import FORM_CHANNEL, FORM_LINK, GLOBAL_SHORTCUT, MESSAGE_SHORTCUT
from tests.slack.scene import CHANNEL, Scene, open_scene

PLANNING = ("planning.vtt", b"WEBVTT")


@pytest_asyncio.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with open_scene(tmp_path) as scene:
        yield scene


async def the_job(scene: Scene) -> Job:
    """Wait for everything that was deferred, and return the only job."""
    await scene.rested()
    await scene.posted("is done")
    (job,) = await scene.jobs()
    return job


def asked_about_files(scene: Scene) -> int:
    return sum(call.method == "files.info" for call in scene.slack.calls)


@pytest.mark.parametrize(("late", "asked"), [("message", 1), ("file_shared", 0)])
async def test_a_message_and_its_file_s_own_event_make_one_job_in_any_order(
    scene: Scene, late: str, asked: int
) -> None:
    # seconds of the wall's clock, half a minute of the bot's
    scene.slack.rules.late = {late: 0.3}
    message = await scene.slack.say("ana", CHANNEL, "the call", files=[PLANNING])
    job = await the_job(scene)
    assert (job.message_ts, job.via, job.recording.kind) == (message.ts, "file", RecordingKind.SLACK_FILE)
    assert asked_about_files(scene) == asked
    assert not scene.slack.ephemerals("ana"), "nobody is told that it is already here"
    assert scene.slack.message(CHANNEL, message.ts).reacted("eyes", scene.bot)


async def test_a_file_whose_message_never_comes_is_taken_all_the_same_and_in_its_thread(scene: Scene) -> None:
    head = await scene.slack.say("bo", CHANNEL, "how was the call?")
    scene.slack.rules.late = {"message": math.inf}
    message = await scene.slack.say("ana", CHANNEL, "here", thread_ts=head.ts, files=[PLANNING])
    job = await the_job(scene)
    assert (job.user, job.message_ts, job.thread_ts) == (message.user, message.ts, head.ts)
    assert job.recording.name == "planning.vtt"
    assert {each.thread_ts for each in scene.slack.from_app(CHANNEL)} == {head.ts}


async def test_slack_is_not_asked_about_what_a_message_has_told_already(scene: Scene) -> None:
    await scene.slack.say("ana", CHANNEL, "", files=[PLANNING, ("photo.png", b"\x89PNG")])
    await the_job(scene)
    await scene.slack.say("ana", CHANNEL, "", files=[("plan.pdf", b"%PDF")])
    await scene.rested()
    assert asked_about_files(scene) == 0
    assert len(await scene.jobs()) == 1


async def test_a_file_that_could_not_be_read_is_not_begun_again_by_its_late_message(scene: Scene) -> None:
    scene.outside.troubles["fetch"] = [BadInput("“planning.vtt” is empty (0 bytes).", "Upload the file again.")]
    scene.slack.rules.late = {"message": 0.5}
    await scene.slack.say("ana", CHANNEL, "", files=[PLANNING])
    await scene.rested()
    await scene.posted("needs you")
    (job,) = await scene.jobs()
    assert job.state is JobState.NEEDS_YOU


async def test_in_a_channel_that_is_off_neither_event_starts_anything(scene: Scene) -> None:
    await scene.slack.command("ana", CHANNEL, "/process off")
    await scene.slack.say("ana", CHANNEL, "", files=[PLANNING])
    scene.slack.rules.late = {"message": math.inf}
    await scene.slack.say("ana", CHANNEL, "", files=[PLANNING])
    await scene.rested()
    assert await scene.jobs() == []


async def test_files_of_apps_and_files_in_direct_messages_are_left_alone(scene: Scene) -> None:
    scene.slack.rules.late = {"message": math.inf}
    app = Person("U0OTHERAPP1", "calls", "Call recorder", is_bot=True, bot_id="B0OTHERAPP1")
    scene.slack.workspace.add_person(app)
    scene.slack.workspace.join(CHANNEL, "calls")
    await scene.slack.say("calls", CHANNEL, "", files=[PLANNING])
    await scene.slack.say("ana", "@followthrough", "", files=[PLANNING])
    await scene.rested()
    assert await scene.jobs() == []


async def test_a_file_of_a_channel_that_the_app_is_not_in_is_nobodys_business(scene: Scene) -> None:
    said = await scene.slack.say("mei", "#design", "", files=[PLANNING])
    event = {"type": "file_shared", "channel_id": said.channel, "file_id": said.files[0], "user_id": said.user}
    scene.slack.send_event(event)
    await scene.rested()
    assert asked_about_files(scene) == 1
    assert await scene.jobs() == []


async def test_when_slack_has_trouble_a_file_without_a_message_is_asked_about_again(scene: Scene) -> None:
    scene.slack.rules.late = {"message": math.inf}
    scene.slack.rules.refuse("files.info", "internal_error")
    await scene.slack.say("ana", CHANNEL, "", files=[PLANNING])
    await the_job(scene)
    assert asked_about_files(scene) == 2


async def test_a_file_that_is_gone_or_was_shared_elsewhere_is_forgotten(scene: Scene) -> None:
    scene.slack.rules.late = {"message": math.inf, "file_shared": 0.1}
    gone = await scene.slack.say("ana", CHANNEL, "", files=[PLANNING])
    scene.slack.workspace.delete_file(gone.files[0])
    other = await scene.slack.say("ana", "#general", "", files=[PLANNING])
    file = scene.slack.workspace.file(other.files[0])
    scene.slack.workspace.add_file(replace(file, channels=(), shared_as=()))
    await scene.rested()
    assert await scene.jobs() == []


# --------------------------------------------------------------------------------------------------- links to files


def link_to(message: Message) -> str:
    return f"https://playground.slack.com/files/{message.user}/{message.files[0]}/planning.vtt"


async def test_a_link_opens_a_file_only_where_the_file_is_shared(scene: Scene) -> None:
    await scene.slack.command("ana", "#general", "/process off")
    shared = await scene.slack.say("ana", "#general", "", files=[PLANNING])
    pasted = await scene.slack.say("bo", CHANNEL, f"see {link_to(shared)}")
    await scene.slack.message_shortcut("bo", CHANNEL, pasted.ts, MESSAGE_SHORTCUT)
    await scene.whispered("bo", "That file is not shared in this channel.")

    await scene.slack.global_shortcut("bo", GLOBAL_SHORTCUT)
    await scene.slack.wait_for(lambda: scene.slack.modal("bo"))
    channels = {name: scene.slack.workspace.channel(name).id for name in (CHANNEL, "#general")}
    wrong = await scene.slack.submit("bo", {FORM_LINK: link_to(shared), FORM_CHANNEL: channels[CHANNEL]})
    assert wrong.body["errors"][FORM_LINK].startswith("That file is not shared in this channel.")
    await scene.rested()
    assert await scene.jobs() == []

    right = await scene.slack.submit("bo", {FORM_LINK: link_to(shared), FORM_CHANNEL: channels["#general"]})
    assert right.acknowledged
    (job,) = await scene.jobs()
    assert (job.recording.kind, job.recording.location) == (RecordingKind.SLACK_FILE, shared.files[0])


async def test_a_link_to_a_file_that_is_gone_is_answered_and_trouble_of_slacks_is_told(scene: Scene) -> None:
    shared = await scene.slack.say("ana", CHANNEL, "", files=[("plan.pdf", b"%PDF")])
    scene.slack.workspace.delete_file(shared.files[0])
    gone = await scene.slack.command("bo", CHANNEL, f"/process {link_to(shared)}")
    assert gone.text == "That file is not shared in this channel. Share it here first, then ask again."
    scene.slack.rules.refuse("files.info", "internal_error")
    answer = await scene.slack.command("bo", CHANNEL, f"/process {link_to(shared)}")
    assert answer.text.startswith("Slack had trouble of its own.")
    assert await scene.jobs() == []
