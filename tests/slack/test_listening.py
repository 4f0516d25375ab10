"""What people do in Slack, and what the bot makes of it."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.async_app import AsyncBoltRequest

from bot.domain.channels import ChannelMode
from bot.domain.jobs import JobState
from bot.domain.recordings import RecordingKind
from bot.errors import Failed, NoAccess
from bot.playground.rules import Rules
from bot.slack.blocks.ids import (
    FORM_CHANNEL,
    FORM_LINK,
    FORM_SPEAKERS,
    FORM_TITLE,
    GLOBAL_SHORTCUT,
    MESSAGE_SHORTCUT,
    Press,
)
from bot.slack.options import Signs
from tests.slack.scene import CHANNEL, LINK, Scene, open_scene

ZOOM = "https://zoom.us/rec/share/abc123"


async def the_mode(scene: Scene) -> ChannelMode:
    channel = scene.slack.workspace.channel(CHANNEL).id
    async with scene.ports.store.look() as work:
        return await work.channel_mode("T0PLAYTEAM1", channel)


# -------------------------------------------------------------------------------------------------------- the command


@pytest.mark.parametrize("typed", ["/process", "/process help", "/process make me a sandwich"])
async def test_help_is_the_answer_to_what_is_not_understood(tmp_path: Path, typed: str) -> None:
    async with open_scene(tmp_path, working=False) as scene:
        answer = await scene.slack.command("ana", CHANNEL, typed)
        assert "I turn a recording or a transcript into a thread of action items" in answer.text
        assert len(scene.slack.ephemerals("ana")) == 1
        assert await scene.jobs() == []


async def test_the_settings_are_changed_by_command_and_do_what_they_say(tmp_path: Path) -> None:
    async with open_scene(tmp_path, working=False) as scene:
        assert (await scene.slack.command("ana", CHANNEL, "/process off")).text.startswith("Changed: I now leave links")
        await scene.slack.say("bo", CHANNEL, LINK)
        await scene.slack.settled()
        assert await scene.jobs() == []
        await scene.slack.command("ana", CHANNEL, "/process auto")
        assert await the_mode(scene) is ChannelMode.AUTO
        await scene.slack.say("bo", CHANNEL, LINK)
        await scene.slack.settled()
        (job,) = await scene.jobs()
        assert job.state is JobState.RECEIVED
        await scene.slack.command("ana", CHANNEL, "/process ask")
        assert await the_mode(scene) is ChannelMode.ASK


async def test_status_is_for_this_channel_and_says_when_there_is_nothing(tmp_path: Path) -> None:
    async with open_scene(tmp_path, working=False) as scene:
        assert (await scene.slack.command("ana", CHANNEL, "/process status")).text.startswith("Nothing is on its way")
        await scene.slack.command("ana", CHANNEL, f'/process {LINK} title="Spring planning" lang=de date=2026-03-02')
        status = await scene.slack.command("bo", CHANNEL, "/process status")
        assert "Spring planning: Fetching the recording" in status.text
        assert (await scene.slack.command("bo", "#general", "/process status")).text.startswith("Nothing")
        (job,) = await scene.jobs()
        assert (job.language, str(job.held_on), job.via) == ("de", "2026-03-02", "command")


async def test_the_same_recording_twice_is_one_job(tmp_path: Path) -> None:
    async with open_scene(tmp_path, working=False) as scene:
        await scene.slack.command("ana", CHANNEL, f"/process {ZOOM}?pwd=1")
        again = await scene.slack.command("bo", CHANNEL, f"/process {ZOOM}?pwd=2")
        assert "is already on its way" in again.text
        assert len(await scene.jobs()) == 1


async def test_an_invitation_is_answered_at_once_with_what_to_do(tmp_path: Path) -> None:
    async with open_scene(tmp_path, working=False) as scene:
        answer = await scene.slack.command("ana", CHANNEL, "/process https://zoom.us/j/12345")
        assert answer.text.startswith("That is an invitation to a Zoom meeting, not its recording.")
        assert await scene.jobs() == []


async def test_the_command_may_have_another_name(tmp_path: Path) -> None:
    async with open_scene(tmp_path, working=False, signs=Signs(command="/minutes")) as scene:
        answer = await scene.slack.command("ana", CHANNEL, "/minutes")
        assert "`/minutes status`" in answer.text


async def test_when_the_store_fails_the_asker_is_told_and_an_event_comes_again(tmp_path: Path) -> None:
    async with open_scene(tmp_path, working=False, rules=Rules(rate_limits=False, retries=(0.0, 0.0))) as scene:
        work, troubles = scene.ports.store.work, [Failed("The disk is full.", "Make room."), ValueError("a bug")]

        def failing() -> Any:
            if troubles:
                raise troubles.pop(0)
            return work()

        scene.ports.store.work = failing  # type: ignore[method-assign]
        answer = await scene.slack.command("ana", CHANNEL, f"/process {LINK}")
        assert answer.text == "The disk is full. Make room."
        await scene.slack.say("ana", CHANNEL, LINK)
        await scene.slack.settled()
        assert [len(each.attempts) for each in scene.slack.deliveries] == [1, 2]
        assert len(await scene.jobs()) == 1


async def test_a_channel_that_the_bot_is_not_in_is_answered_directly_with_the_cure(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        await scene.slack.command("ana", "#design", f"/process {LINK}")
        told = await scene.slack.wait_for(lambda: scene.slack.direct("ana"))
        assert "Type /invite @followthrough there, then try again." in told[0].text
        (job,) = await scene.jobs()
        assert job.state is JobState.NEEDS_YOU


# -------------------------------------------------------------------------------------------------------- messages


async def test_a_dropped_file_starts_at_once_whatever_else_is_dropped(tmp_path: Path) -> None:
    async with open_scene(tmp_path, working=False) as scene:
        await scene.slack.say("ana", CHANNEL, "the call", files=[("planning.vtt", b"WEBVTT"), ("a.png", b"\x89PNG")])
        await scene.slack.settled()
        (job,) = await scene.jobs()
        assert (job.recording.kind, job.recording.name, job.via) == (RecordingKind.SLACK_FILE, "planning.vtt", "file")
        assert job.state is JobState.RECEIVED


async def test_ordinary_talk_links_and_code_start_nothing(tmp_path: Path) -> None:
    async with open_scene(tmp_path, working=False) as scene:
        for text in ("hello", "https://example.org/news", "https://zoom.us/j/12345", f"`{LINK}`", f"```{LINK}```"):
            await scene.slack.say("ana", CHANNEL, text)
        await scene.slack.settled()
        assert await scene.jobs() == []


async def test_a_client_that_knows_no_rich_text_is_understood(tmp_path: Path) -> None:
    async with open_scene(tmp_path, working=False) as scene:
        await scene.slack.send("ana", CHANNEL, "<https://zoom.us/rec/share/abc?pwd=1&amp;x=2|the call>")
        await scene.slack.settled()
        (job,) = await scene.jobs()
        assert job.recording.location == "https://zoom.us/rec/share/abc?pwd=1&x=2"
        assert job.state is JobState.OFFERED


async def test_a_link_added_by_an_edit_counts_and_an_unfolded_one_does_not_count_twice(tmp_path: Path) -> None:
    rules = Rules(rate_limits=False, unfurl_links=True)
    async with open_scene(tmp_path, working=False, rules=rules) as scene:
        message = await scene.slack.say("ana", CHANNEL, "yesterday's call")
        await scene.slack.edit("ana", CHANNEL, message.ts, f"yesterday's call {LINK}")
        await scene.slack.settled()
        (job,) = await scene.jobs()
        assert job.message_ts == message.ts
        await scene.slack.edit("ana", CHANNEL, message.ts, f"yesterday's long call {LINK}")
        await scene.slack.say("bo", "#general", ZOOM)
        await scene.slack.settled()
        assert len(await scene.jobs()) == 2


async def test_each_link_of_a_message_is_offered_once_and_five_of_them_at_most(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        links = [f"https://files.example.test/{number}.vtt" for number in range(7)]
        message = await scene.slack.say("ana", CHANNEL, f"{links[0]} {links[1]} and once more {links[0]}")
        await scene.rested()
        assert await asked_about(scene) == ["0.vtt", "1.vtt"]
        await scene.slack.edit("ana", CHANNEL, message.ts, f"{links[0]} {links[1]} and {links[2]}")
        await scene.rested()
        assert await asked_about(scene) == ["0.vtt", "1.vtt", "2.vtt"]
        await scene.slack.say("ana", "#general", " ".join(links))
        await scene.rested()
        assert len(await scene.jobs()) == 3 + 5
        offer = await scene.whispered("ana", "Shall I turn 1.vtt")
        await scene.slack.press("ana", CHANNEL, offer.ts, Press.ACCEPT)
        await scene.rested()
        done = [job.recording.name for job in await scene.jobs() if job.state is JobState.DONE]
        assert done == ["1.vtt"]


async def asked_about(scene: Scene) -> list[str]:
    texts = [each.text for each in scene.slack.ephemerals("ana") if each.text.startswith("Shall I turn ")]
    return sorted(text.removeprefix("Shall I turn ").split(" ")[0] for text in texts)


async def test_a_recording_shared_in_a_thread_keeps_its_thread(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        parent = await scene.slack.say("ana", CHANNEL, "how was the call?")
        await scene.slack.say("bo", CHANNEL, "here", thread_ts=parent.ts, files=[("planning.vtt", b"WEBVTT")])
        await scene.posted("is done")
        assert {each.thread_ts for each in scene.slack.from_app(CHANNEL)} == {parent.ts}


async def test_slack_may_deliver_everything_twice(tmp_path: Path) -> None:
    async with open_scene(tmp_path, rules=Rules(rate_limits=False, duplicates=True)) as scene:
        await scene.slack.say("ana", CHANNEL, "the call", files=[("planning.vtt", b"WEBVTT")])
        await scene.posted("is done")
        await scene.slack.settled()
        assert len(await scene.jobs()) == 1
        assert len([each for each in scene.slack.from_app(CHANNEL) if "Key moments" in each.text]) == 1


async def test_what_nobody_listens_to_is_acknowledged_all_the_same(tmp_path: Path) -> None:
    async with open_scene(tmp_path, working=False) as scene:
        message = await scene.slack.say("ana", CHANNEL, "hello")
        await scene.slack.react("bo", CHANNEL, message.ts, "tada")
        await scene.slack.react("bo", CHANNEL, message.ts, "raised_hand")
        await scene.slack.delete("ana", CHANNEL, message.ts)
        await scene.slack.settled()
        assert all(each.acknowledged for each in scene.slack.deliveries)


# ---------------------------------------------------------------------------------------------------- the shortcuts


async def test_the_shortcut_takes_the_link_of_any_message(tmp_path: Path) -> None:
    async with open_scene(tmp_path, working=False) as scene:
        message = await scene.slack.say("ana", CHANNEL, f"our call: {ZOOM}")
        await scene.slack.settled()
        await scene.slack.message_shortcut("bo", CHANNEL, message.ts, MESSAGE_SHORTCUT)
        await scene.whispered("bo", "On it: Zoom recording")
        (job,) = await scene.jobs()
        assert job.state is JobState.RECEIVED


async def test_the_shortcut_says_privately_that_a_message_holds_nothing(tmp_path: Path) -> None:
    async with open_scene(tmp_path, working=False) as scene:
        message = await scene.slack.say("ana", CHANNEL, "lunch?")
        await scene.slack.message_shortcut("bo", CHANNEL, message.ts, MESSAGE_SHORTCUT)
        await scene.whispered("bo", "I found no link and no recording in that message.")


async def test_the_form_asks_for_link_and_channel_and_says_what_is_wrong_with_them(tmp_path: Path) -> None:
    async with open_scene(tmp_path, working=False) as scene:
        await scene.slack.global_shortcut("ana", GLOBAL_SHORTCUT)
        await scene.slack.wait_for(lambda: scene.slack.modal("ana"))
        product = scene.slack.workspace.channel(CHANNEL).id
        wrong = await scene.slack.submit("ana", {FORM_LINK: "our call", FORM_CHANNEL: product})
        assert wrong.body["errors"] == {FORM_LINK: "Enter one link; it begins with https://."}
        wrong = await scene.slack.submit("ana", {FORM_LINK: "https://zoom.us/j/1", FORM_CHANNEL: product})
        assert wrong.body["errors"][FORM_LINK].startswith("That is an invitation to a Zoom meeting")
        crowd = await scene.slack.submit("ana", {FORM_LINK: ZOOM, FORM_CHANNEL: product, FORM_SPEAKERS: "21"})
        assert crowd.body["errors"] == {FORM_SPEAKERS: "Enter a number from 1 to 20."}
        filled = {FORM_LINK: ZOOM, FORM_CHANNEL: product, FORM_TITLE: "Planning", FORM_SPEAKERS: "3"}
        right = await scene.slack.submit("ana", filled)
        assert right.acknowledged
        assert scene.slack.modal("ana") is None
        (job,) = await scene.jobs()
        assert (job.channel, job.title, job.speakers) == (product, "Planning", 3)
        assert job.user == scene.slack.workspace.person("ana").id

        await scene.slack.global_shortcut("ana", GLOBAL_SHORTCUT)
        await scene.slack.wait_for(lambda: scene.slack.modal("ana"))
        again = await scene.slack.submit("ana", {FORM_LINK: ZOOM, FORM_CHANNEL: product})
        assert again.body["errors"][FORM_LINK].startswith("Planning is already on its way")


# ---------------------------------------------------------------------------------------------------------- buttons


async def test_what_failed_is_tried_again_by_its_button(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        scene.outside.troubles["fetch"] = [NoAccess("The link needs a sign-in.", "Share it with anybody.")]
        await scene.slack.command("ana", CHANNEL, f"/process {LINK}")
        stopped = await scene.posted("needs you, <@U0PLAYANA01>:\nThe link needs a sign-in.\nShare it with anybody.")
        await scene.slack.press("bo", CHANNEL, stopped.ts, Press.TRY_AGAIN)
        await scene.posted("is done")


async def test_two_people_who_claim_together_are_told_apart(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        await scene.slack.command("ana", CHANNEL, f"/process {LINK}")
        await scene.posted("is done")
        item = await scene.posted("Action item: Book studio 1")
        await asyncio.gather(
            scene.slack.press("bo", CHANNEL, item.ts, Press.CLAIM),
            scene.slack.press("mei", CHANNEL, item.ts, Press.CLAIM),
        )
        await scene.slack.wait_for(lambda: "has it" in scene.slack.message(CHANNEL, item.ts).text)
        refused = await scene.slack.wait_for(lambda: scene.slack.ephemerals("bo") + scene.slack.ephemerals("mei"))
        assert ["was first and has this one" in each.text for each in refused] == [True]


# --------------------------------------------------------------------------------------------------------- arrivals


async def test_an_invited_bot_says_hello_once_and_another_newcomer_is_not_greeted(tmp_path: Path) -> None:
    async with open_scene(tmp_path, working=False) as scene:
        await scene.slack.invite("mei", "#design", scene.bot)
        hello = await scene.posted("Hello!", "#design")
        assert "`/process off` stops that" in hello.text
        await scene.slack.settled()
        assert len(scene.slack.from_app("#design")) == 1


async def test_the_home_explains_itself_and_is_published_once(tmp_path: Path) -> None:
    async with open_scene(tmp_path, working=False) as scene:
        await scene.slack.open_home("ana")
        home = await scene.slack.wait_for(lambda: scene.slack.home("ana"))
        assert "How to begin" in str(home.body)
        event = {
            "type": "app_home_opened",
            "user": "U1",
            "tab": "home",
            "view": {"callback_id": home.body["callback_id"]},
        }
        before = len(scene.slack.calls)
        await scene.bolt.async_dispatch(
            AsyncBoltRequest(mode="socket_mode", body={"type": "event_callback", "event": event})
        )
        await scene.slack.settled()
        assert len(scene.slack.calls) == before


# ---------------------------------------------------------------------------------------------- from other workspaces


async def test_slack_is_asked_about_a_file_of_another_workspace_until_it_answers(tmp_path: Path) -> None:
    rules = Rules(rate_limits=False, hide_files=True, retries=(0.0,))
    async with open_scene(tmp_path, working=False, rules=rules) as scene:
        scene.slack.rules.refuse("files.info", "internal_error")
        await scene.slack.say("ana", CHANNEL, "", files=[("planning.vtt", b"WEBVTT")])
        await scene.slack.settled()
        message = next(each for each in scene.slack.deliveries if each.name == "message")
        assert [each.ack.ok for each in message.attempts] == [False, True]
        (job,) = await scene.jobs()
        assert job.recording.name == "planning.vtt"
