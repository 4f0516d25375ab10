"""From a share in Slack to a thread whose items people claim and finish, over real HTTP."""

from dataclasses import replace
from pathlib import Path

from bot.domain.conversation import Decision, Evidence, Question
from bot.domain.jobs import JobState
from bot.slack.blocks.ids import Press
from tests.flows.stage import a_conversation
from tests.slack.scene import CHANNEL, LINK, button, open_scene


async def test_a_command_becomes_a_thread_whose_items_can_be_claimed_finished_and_reopened(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        answer = await scene.slack.command("ana", CHANNEL, f"/process {LINK} title=Spring planning")
        assert answer.acknowledged
        assert answer.text == "On it: Spring planning. I’ll show here how far it is."

        await scene.posted("Spring planning is done")
        parent = await scene.posted("Spring planning · Wed 4 Mar 2026 · 2 min · Mei")
        item, *_ = scene.slack.thread(CHANNEL, parent.ts)
        assert item.text.startswith(
            "Action item: Book studio 0.\nFor Mei, as said in the meeting · unclaimed · by Fri 6 Mar"
        )

        await scene.slack.react("bo", CHANNEL, item.ts, "raised_hand")
        await scene.posted("U0PLAYBO002> has it")
        await scene.slack.react("mei", CHANNEL, item.ts, "hand")
        await scene.whispered("mei", "was first and has this one")
        await scene.slack.unreact("bo", CHANNEL, item.ts, "raised_hand")
        await scene.posted("Book studio 0.\nFor Mei, as said in the meeting · unclaimed")

        now = scene.slack.message(CHANNEL, item.ts)
        assert button(now, Press.CLAIM)["text"]["text"] == "I’ll take it"
        assert (await scene.slack.press("ana", CHANNEL, item.ts, Press.CLAIM)).acknowledged
        await scene.posted("U0PLAYANA01> has it")
        await scene.slack.react("ana", CHANNEL, item.ts, "white_check_mark")
        await scene.posted("Action item, done: Book studio 0.\nDone by <@U0PLAYANA01>")
        assert (await scene.slack.press("ana", CHANNEL, item.ts, Press.REOPEN)).acknowledged
        await scene.posted("U0PLAYANA01> has it")
        assert not scene.slack.refused


async def test_decisions_and_open_questions_come_before_the_items_and_can_do_nothing(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        told = a_conversation(items=1)
        said = Evidence("<!channel> we drop <https://evil.example|the insert> *now* :tada:", "<@U0PLAYBO002>", 70.0)
        scene.outside.conversation = replace(
            told,
            decisions=(Decision("Drop <!channel> <@U0PLAYBO002>", said, 0.9),),
            questions=(Question("Who tells <!here>?", replace(said, quote="Who tells <!here>?"), 0.8),),
        )
        await scene.slack.command("ana", CHANNEL, f"/process {LINK}")
        await scene.posted("is done")
        parent = await scene.posted("1 action item · 1 follow-up · 1 decision · 1 open question")
        decided, asked, *items = scene.slack.thread(CHANNEL, parent.ts)
        assert decided.text == (
            "1 decision:\nDrop &lt;!channel&gt; &lt;@U0PLAYBO002&gt;. “&lt;!channel&gt; we drop"
            " &lt;https:\u200b//evil.example|the insert&gt; ∗now∗ :\u200btada:” &lt;@U0PLAYBO002&gt;, 01:10"
        )
        assert asked.text.startswith("1 open question:\n“Who tells &lt;!here&gt;?”")
        assert [item.text.split(":")[0] for item in items] == ["Action item", "Follow-up"]
        # what is no item takes no gesture
        await scene.slack.react("bo", CHANNEL, decided.ts, "hand")
        await scene.slack.react("bo", CHANNEL, items[0].ts, "hand")
        await scene.posted("U0PLAYBO002> has it")
        assert scene.slack.message(CHANNEL, decided.ts).text == decided.text
        assert not scene.slack.refused


async def test_how_many_people_speak_is_told_to_the_engine(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        await scene.slack.command("ana", CHANNEL, f"/process {LINK} speakers=3")
        await scene.posted("is done")
        assert scene.outside.options is not None
        assert scene.outside.options.speakers == 3


async def test_a_pasted_link_is_offered_to_its_sharer_only_and_starts_on_yes(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        message = await scene.slack.say("ana", CHANNEL, f"yesterday's call {LINK}")
        offer = await scene.whispered("ana", "Shall I turn planning.vtt into a thread of action items?")
        assert not scene.slack.ephemerals("bo")
        assert not scene.slack.from_app(CHANNEL)

        await scene.slack.press("ana", CHANNEL, offer.ts, Press.ACCEPT)
        await scene.whispered("ana", "On it: planning.vtt.")
        await scene.posted("is done")
        progress, *_ = scene.slack.thread(CHANNEL, message.ts)
        assert "See the thread" in progress.text
        assert scene.slack.message(CHANNEL, message.ts).reacted("eyes", scene.bot)


async def test_not_now_is_taken_for_an_answer(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        await scene.slack.say("ana", CHANNEL, LINK)
        offer = await scene.whispered("ana", "Shall I turn")
        await scene.slack.press("ana", CHANNEL, offer.ts, Press.DECLINE)
        await scene.whispered("ana", "All right, I leave planning.vtt alone. `/process &lt;link&gt;` starts it later.")
        (job,) = await scene.jobs()
        assert job.state is JobState.DECLINED
        assert not scene.slack.from_app(CHANNEL)


async def test_it_works_over_socket_mode_just_the_same(tmp_path: Path) -> None:
    async with open_scene(tmp_path, socket_mode=True) as scene:
        answer = await scene.slack.command("ana", CHANNEL, f"/process {LINK}")
        assert answer.text.startswith("On it")
        await scene.posted("is done")
