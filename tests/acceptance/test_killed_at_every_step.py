"""The process is killed with -9 at every step of a job; in the end there is one complete thread."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground.changes import Change, Traffic
from bot.playground.playground import Playground, running
from bot.playground.records import Message
from tests.acceptance.process import BotProcess, until

DATA = Path(__file__).parents[1] / "engine" / "data"
CHANNEL = "product"
TRANSCRIPT = b"""WEBVTT

00:00:01.000 --> 00:00:04.000
<v Mei Tanaka>I'll book the studio for the photo day by Friday.

00:00:05.000 --> 00:00:08.000
<v Ana Ruiz>Somebody has to ask the printer for a sample of the recycled paper.

00:00:09.000 --> 00:00:13.000
<v Bo Larsen>And I'll set up a call with the translators next Tuesday.

00:00:14.000 --> 00:00:17.000
<v Ana Ruiz>Good, so we go with the recycled paper for the catalogue.

00:00:18.000 --> 00:00:20.000
<v Mei Tanaka>Who will answer the mail while we are at the fair?
"""
THREAD = ["1 decision", "1 open question", "Action item", "Action item", "Follow-up"]
# what is asked once at a start, and is no step of a job
_OPENING = {"auth.test", "apps.connections.open"}

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
async def slack() -> AsyncIterator[Playground]:
    async with running(port=0) as slack:
        yield slack


@pytest.fixture
async def bot(slack: Playground, tmp_path: Path) -> AsyncIterator[BotProcess]:
    bot = BotProcess(slack, tmp_path / "data")
    await bot.start()
    yield bot
    await bot.stop()


def heads(slack: Playground, word: str) -> list[Message]:
    """The app's messages that begin with `word`."""
    return [each for each in slack.from_app(CHANNEL) if each.text.startswith(word)]


def check_one_complete_thread(slack: Playground) -> None:
    (parent,) = [each for each in slack.messages(CHANNEL) if each.bot_id]
    replies = slack.thread(CHANNEL, parent.ts)
    texts = [each.text for each in replies]
    assert len(set(texts)) == len(texts), texts
    assert [each.split(":", maxsplit=1)[0] for each in texts] == THREAD
    progress = [each for each in slack.from_app(CHANNEL) if each.ts not in {parent.ts, *(each.ts for each in replies)}]
    assert len(progress) == 1, [each.text for each in progress]
    assert "is done" in progress[0].text


async def test_killed_at_each_call_to_slack_just_before_its_answer(slack: Playground, bot: BotProcess) -> None:
    killed_at: set[tuple[str, str]] = set()

    def kill_at_a_new_step(change: Change) -> None:
        if not isinstance(change, Traffic) or not bot.is_alive:
            return
        call = slack.calls[-1]
        step = (call.method, str(call.args.get("text", "")).split("\n", maxsplit=1)[0])
        if call.method not in _OPENING and step not in killed_at:
            killed_at.add(step)
            bot.kill()

    slack.workspace.changes.follow(kill_at_a_new_step)
    await slack.say("ana", CHANNEL, "Planning", files=[("planning.vtt", TRANSCRIPT)])
    while bot.job_states() != ["done"] or not progress_is_done(slack):
        if not bot.is_alive:
            await bot.gone()
            await bot.start()
        await asyncio.sleep(0.02)
    # 👀, the file, progress, parent, both lists and three items: each was cut off at least once
    assert {method for method, _ in killed_at} >= {"reactions.add", "files.info", "chat.postMessage", "chat.update"}
    assert bot.kills >= 10
    check_one_complete_thread(slack)


def progress_is_done(slack: Playground) -> bool:
    return any("is done" in each.text for each in slack.from_app(CHANNEL))


async def test_killed_in_each_state_of_a_job_that_listens(slack: Playground, bot: BotProcess) -> None:
    await slack.say("ana", CHANNEL, "Planning", files=[DATA / "two_people.ogg"])
    killed_in: list[str] = []
    async with asyncio.timeout(200):
        while bot.job_states() != ["done"]:
            (state,) = bot.job_states() or [""]
            if state and state not in killed_in:
                killed_in.append(state)
                bot.kill()
                await bot.gone()
                await bot.start()
            await asyncio.sleep(0.002)
    await until(lambda: progress_is_done(slack))
    assert "submitted" in killed_in, "it was killed while it listened"
    assert "read" in killed_in, "it was killed while it wrote the thread"
    (parent,) = [each for each in slack.messages(CHANNEL) if each.bot_id]
    texts = [each.text for each in slack.thread(CHANNEL, parent.ts)]
    assert len(set(texts)) == len(texts)


async def test_a_polite_stop_ends_well_and_the_work_goes_on_after_the_next_start(
    slack: Playground, bot: BotProcess
) -> None:
    await slack.say("ana", CHANNEL, "Planning", files=[("planning.vtt", TRANSCRIPT)])
    await slack.wait_for(lambda: heads(slack, "Planning"))
    assert await bot.stop() == 0
    await bot.start()
    await until(lambda: progress_is_done(slack))
    check_one_complete_thread(slack)
