"""What lies in Slack itself: clips, canvases, and files that another workspace keeps."""

import asyncio

import pytest

from bot.playground.attachments import Canvas, Clip
from bot.playground.records import Message
from bot.slack.blocks.ids import MESSAGE_SHORTCUT, Press
from tests.scenarios.house import ONE_ITEM, House

pytestmark = pytest.mark.asyncio(loop_scope="module")

WORDS = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nI'll book the studio for the photo day by Friday.\n"
NOTES = """:headphones: Huddle notes: 3/3/26 with ![](@U0PLAYANA01)

## Summary
* They go with the recycled paper

## Transcript
Mei Tanaka: I'll book the studio for the photo day by Friday.
Ana Ruiz: Thank you, that is a great help.
Mei Tanaka: You are welcome.
Ana Ruiz: Until Friday then.
"""


def link_to(message: Message) -> str:
    return f"https://playground.slack.com/docs/T0PLAYTEAM1/{message.files[0]}"


async def test_a_clip_is_read_in_slacks_own_words_and_else_it_is_had_itself(house: House) -> None:
    understood, failed = house.room(), house.room()
    # what is no sound shows that it was not heard
    await house.slack.say("ana", understood.id, "", files=[Clip("audio_message.m4a", b"\x00\x01", WORDS)])
    await house.slack.say("ana", failed.id, "", files=[Clip("audio_message.m4a", ONE_ITEM, status="failed")])
    (item,), others = await asyncio.gather(understood.items(), failed.items())
    assert "“I'll book the studio for the photo day by Friday.”" in item.text
    assert "Ana" not in item.text, "who uploaded a clip need not be who speaks in it"
    assert len(others) == 1
    assert not understood.refused()


async def test_the_notes_of_a_huddle_are_offered_and_read_as_text(house: House) -> None:
    room, slack = house.room(), house.slack
    await slack.say("ana", room.id, "", files=[Canvas(":headphones: Huddle notes: 3/3/26", NOTES, huddle=True)])
    offer = await room.whispered("ana", "Shall I turn Huddle notes: 3-3-26 into a thread of action items?")
    assert not room.from_app()
    await slack.press("ana", room.id, offer.ts, Press.ACCEPT)
    (item,) = await room.items()
    assert item.text.splitlines()[-1].startswith("“I'll book the studio for the photo day by Friday.”")
    assert "Mei Tanaka" in item.text
    assert room.heads()[0].text.startswith("Huddle notes: 3-3-26 · ")


async def test_any_other_canvas_is_left_alone_until_somebody_asks_for_it(house: House) -> None:
    room, other, slack = house.room(), house.room(), house.slack
    shared = await slack.say("bo", room.id, "our plans", files=[Canvas("Plans for spring", NOTES)])
    await slack.settled()
    assert not await house.jobs(room)
    assert not room.whispers("bo")

    refused = await slack.command("ana", other.id, f"/process {link_to(shared)}")
    assert refused.text == "That file is not shared in this channel. Share it here first, then ask again."
    assert not await house.jobs(other), "what the app may read is not everybody's"
    answer = await slack.command("ana", room.id, f"/process {link_to(shared)}")
    assert answer.text == "On it: Plans for spring. I’ll show here how far it is."
    assert len(await room.items()) == 1


async def test_the_shortcut_reads_a_canvas_and_says_which_scope_is_missing(house: House) -> None:
    room, slack = house.room(), house.slack
    shared = await slack.say("bo", room.id, "", files=[Canvas("Plans for spring", NOTES)])
    slack.rules.refuse("canvases.getContent", "missing_scope")
    await slack.message_shortcut("ana", room.id, shared.ts, MESSAGE_SHORTCUT)
    ended = await room.ended()
    assert "This app may not read canvases." in ended.text
    assert "Copy its text into a text file, and upload that here." in ended.text
    assert "add the scope canvases:read" in ended.text


async def test_a_file_that_another_workspace_keeps_back_is_said_to_be_kept(house: House) -> None:
    room, rules = house.room(), house.slack.rules
    rules.hide_files = rules.keep_files = True
    try:
        await house.slack.say("ana", room.id, "", files=[("call.vtt", ONE_ITEM)])
        ended = await room.ended()
    finally:
        rules.hide_files = rules.keep_files = False
    assert "The file was shared from another workspace, which keeps it from this bot." in ended.text
    assert "Upload the file itself in this channel." in ended.text
