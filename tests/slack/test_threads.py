"""From a share in Slack to a thread whose items people claim and finish, over real HTTP."""

from pathlib import Path

from bot.domain.jobs import JobState
from bot.slack.blocks.ids import Press
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
