"""Every way to share a recording, from the message to the finished thread."""

import asyncio

import pytest

from bot.playground.records import Message
from bot.slack.blocks.ids import FORM_CHANNEL, FORM_LINK, FORM_TITLE, GLOBAL_SHORTCUT, MESSAGE_SHORTCUT, Press
from tests.scenarios.house import ONE_ITEM, PLANNING, House
from tests.sources.servers import Raw

pytestmark = pytest.mark.asyncio(loop_scope="module")


def check_deliveries(house: House) -> None:
    late = [each.name for each in house.slack.deliveries if each.ended and not (each.seconds or 9.0) < 3.0]
    assert not late, "Slack was answered too late, or not at all"


def link_to(message: Message) -> str:
    return f"/p{message.ts.replace('.', '')}"


async def test_a_pasted_link_is_offered_accepted_and_becomes_a_thread(house: House) -> None:
    room, slack = house.room(), house.slack
    shared = await slack.say("ana", room.id, f"The call: {house.serve('spring_planning.vtt', PLANNING)}")

    offer = await room.whispered("ana", "Shall I turn spring_planning.vtt into a thread of action items?")
    assert not room.whispers("bo")
    assert not room.from_app(), "nothing is public before the answer"
    assert (await slack.press("ana", room.id, offer.ts, Press.ACCEPT)).acknowledged
    await room.whispered("ana", "On it: spring_planning.vtt.")

    items = await room.items()
    progress, parent, *replies = room.posted()
    assert slack.message(room.id, shared.ts).reacted("eyes", slack.workspace.bot.id)
    assert progress.thread_ts == shared.ts
    assert progress.text.startswith("Spring planning is done: 2 action items, 1 follow-up in 13 s of talk.")
    assert f"{link_to(parent)}|See the thread>" in progress.text

    assert parent.thread_ts is None
    assert len(parent.text.splitlines()) <= 12
    for words in ("Spring planning", "13 s", "Mei Tanaka, Ana Ruiz, Bo Larsen", "Key moments", "Topics:", "Shared by"):
        assert words in parent.text
    assert "2 action items · 1 follow-up" in parent.text

    assert [each.ts for each in replies] == [each.ts for each in items]
    assert {each.thread_ts for each in items} == {parent.ts}
    assert [each.text.split(":")[0] for each in items] == ["Action item", "Action item", "Follow-up"]
    for item, quote, speaker, at in zip(
        items,
        (
            "I'll book the studio for the photo day by Friday.",
            "Somebody has to ask the printer",
            "And I'll set up a call",
        ),
        ("Mei Tanaka", "Ana Ruiz", "Bo Larsen"),
        ("00:01", "00:05", "00:09"),
        strict=True,
    ):
        what, who, said = item.text.splitlines()
        assert what
        assert "nclaimed" in who
        assert said.startswith(f"“{quote}")
        assert said.endswith(f"{speaker}, {at}")
    assert "Mei Tanaka" in items[0].text.splitlines()[1], "she said that she would"
    assert items[1].text.splitlines()[1] == "Unclaimed.", "nobody said that they would"

    assert not room.refused()
    check_deliveries(house)


async def test_a_command_takes_a_title_a_language_and_the_meetings_date(house: House) -> None:
    room, slack = house.room(), house.slack
    fetched = asyncio.Event()

    async def when_asked(writer: asyncio.StreamWriter) -> None:
        await fetched.wait()
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(PLANNING)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + PLANNING)
        await writer.drain()

    link = house.serve("recording.vtt", Raw(when_asked))
    answer = await slack.command("bo", room.id, f'/process {link} title="Spring planning" lang=en date=2026-03-02')
    assert answer.text == "On it: Spring planning. I’ll show here how far it is."
    assert not room.whispers("ana")

    status = await slack.command("mei", room.id, "/process status")
    assert status.text.splitlines() == ["1 on the way, the latest first:", "Spring planning: Fetching the recording"]
    again = await slack.command("mei", room.id, f"/process {link}")
    assert again.text == "Spring planning is already on its way: Fetching the recording."
    fetched.set()

    items = await room.items()
    parent = room.posted()[1]
    assert parent.text.startswith("Spring planning · Mon 2 Mar 2026 · 13 s · ")
    assert "by Fri 6 Mar" in items[0].text
    assert "by Tue 10 Mar" in items[2].text

    status = await slack.command("mei", room.id, "/process status")
    assert status.text.splitlines() == ["Nothing is on its way. The latest here:", "Spring planning: done"]
    again = await slack.command("mei", room.id, f"/process {link}")
    assert not again.text
    way = await room.whispered("mei", "Spring planning is already here")
    assert link_to(parent) in way.text
    assert len(await house.jobs(room)) == 1
    assert not room.refused()


async def test_both_shortcuts_start_what_they_are_pointed_at(house: House) -> None:
    slack, pointed, filled = house.slack, house.room(), house.room()
    await slack.command("ana", pointed.id, "/process off")
    message = await slack.say("mei", pointed.id, f"see {house.serve('monday.txt', ONE_ITEM)} please")
    await slack.message_shortcut("bo", pointed.id, message.ts, MESSAGE_SHORTCUT)
    await pointed.whispered("bo", "On it: monday.txt.")

    await slack.global_shortcut("bo", GLOBAL_SHORTCUT)
    await slack.wait_for(lambda: slack.modal("bo"))
    await slack.submit("bo", {FORM_LINK: "tomorrow", FORM_CHANNEL: filled.id})
    view = slack.modal("bo")
    assert view is not None, "the form stays open"
    assert view.errors == {FORM_LINK: "Enter one link; it begins with https://."}
    link = house.serve("tuesday.txt", ONE_ITEM)
    await slack.submit("bo", {FORM_LINK: link, FORM_CHANNEL: filled.id, FORM_TITLE: "Tuesday’s call"})
    assert slack.modal("bo") is None

    for items in await asyncio.gather(pointed.items(), filled.items()):
        assert len(items) == 1
    assert pointed.posted()[0].thread_ts == message.ts
    assert filled.posted()[1].text.startswith("Tuesday’s call · ")
    assert not pointed.refused()
    assert not filled.refused()


async def test_a_channel_says_what_happens_to_links_that_are_pasted_there(house: House) -> None:
    room, slack = house.room(), house.slack
    answer = await slack.command("ana", room.id, "/process off")
    assert "I now leave links and files in this channel alone" in answer.text
    await slack.say("bo", room.id, house.serve("one.txt", ONE_ITEM))
    await slack.say("bo", room.id, "a file", files=[("two.vtt", PLANNING)])
    await slack.settled()
    assert not await house.jobs(room)

    answer = await slack.command("ana", room.id, "/process auto")
    assert "now starts at once" in answer.text
    shared = await slack.say("bo", room.id, house.serve("three.txt", ONE_ITEM))
    await room.items()
    assert room.posted()[0].thread_ts == shared.ts

    answer = await slack.command("ana", room.id, "/process ask")
    assert "I now ask them first" in answer.text
    await slack.say("bo", room.id, house.serve("four.txt", ONE_ITEM))
    offer = await room.whispered("bo", "Shall I turn four.txt")
    await slack.press("bo", room.id, offer.ts, Press.DECLINE)
    await room.whispered("bo", "All right, I leave four.txt alone.")
    assert len(room.heads()) == 1, "one thread, of the link that was pasted on auto"


async def test_a_transcript_dropped_in_a_thread_stays_in_that_thread(house: House) -> None:
    room, slack = house.room(), house.slack
    head = await slack.say("ana", room.id, "How did the planning go?")
    await slack.say("mei", room.id, "Here is all of it", thread_ts=head.ts, files=[("planning.txt", ONE_ITEM)])
    items = await room.items()
    assert len(items) == 1
    assert not room.heads()
    assert {each.thread_ts for each in room.from_app()} == {head.ts}
    assert not room.refused()


async def test_two_people_who_paste_the_same_link_and_say_yes_at_once_get_one_thread(house: House) -> None:
    room, slack = house.room(), house.slack
    link = house.serve("monday.txt", ONE_ITEM)
    await asyncio.gather(slack.say("ana", room.id, link), slack.say("bo", room.id, f"I have it too: {link}"))
    offers = [await room.whispered(each, "Shall I turn monday.txt") for each in ("ana", "bo")]
    presses = [slack.press(each.user, room.id, each.ts, Press.ACCEPT) for each in offers]
    assert all(answer.acknowledged for answer in await asyncio.gather(*presses))
    for each in ("ana", "bo"):
        await room.whispered(each, "On it: monday.txt.")
    assert len(await room.items()) == 1
    assert len(room.heads()) == 1
    assert not room.refused()


async def test_a_message_without_a_recording_is_left_alone(house: House) -> None:
    room, slack = house.room(), house.slack
    words = f"Lunch at 12? <!here> {house.site.url('/menu.html')} https://zoom.us/j/12345 `{house.site.url('/a.mp4')}`"
    message = await slack.say("ana", room.id, words, files=[("notes.pdf", b"%PDF-1.7"), ("photo.png", b"\x89PNG")])
    await slack.settled()
    assert not await house.jobs(room)
    assert not room.from_app()
    assert not room.whispers("ana")
    assert not slack.message(room.id, message.ts).reactions
    answer = await slack.command("ana", room.id, "/process https://zoom.us/j/12345")
    assert answer.text.startswith("That is an invitation to a Zoom meeting, not its recording.")


async def test_a_new_channel_is_greeted_once(house: House) -> None:
    room, slack = house.room(with_app=False), house.slack
    await slack.invite("ana", room.id, slack.workspace.bot.name)
    hello = await room.told("Hello!")
    assert "`/process help`" in hello.text
    answer = await slack.command("ana", room.id, "/process")
    assert "`/process status` shows what is on its way in this channel" in answer.text
    assert len([each for each in room.from_app() if "Hello!" in each.text]) == 1
