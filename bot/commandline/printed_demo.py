"""`python -m bot demo --print`: the bot, a Slack of its own, a sample meeting; prints what people would see of it."""

import asyncio
import html
import re
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.app import Bot, open_bot
from bot.domain.jobs import ENDED, Job, JobState
from bot.errors import BadInput
from bot.playground import sample
from bot.playground.changes import Change, MessageEdited, MessagePosted, ReactionAdded
from bot.playground.playground import Playground, running
from bot.playground.records import Message
from bot.settings import Settings

_CHANNEL = "product"
_WORDS = "Here is the recording of this week's meeting."
# how long what follows a reaction may take before the demo ends without showing it
_SEEN_WITHIN = 10.0
_MENTION = re.compile(r"<@(\w+)>")
_LINK = re.compile(r"<(?:https?:[^|>]+)\|([^>]+)>")


async def demo(settings: Settings, recording: Path | None, port: int) -> int:
    """Share a recording with the bot and print the thread as it grows; return 0 when it is whole, else 1.

    Raises:
        BadInput: There is no such recording, or the port is taken.
    """
    shared = recording or sample.RECORDING
    if not shared.is_file():
        raise BadInput(f"There is no file {shared}.")
    with tempfile.TemporaryDirectory(prefix="followthrough-demo-") as folder:
        try:
            opening = running(port=port)
            async with opening as slack:
                mine = replace(
                    settings,
                    slack_bot_token=slack.bot_token,
                    slack_app_token=slack.app_token,
                    slack_api_url=slack.url,
                    data_dir=Path(folder),
                )
                async with open_bot(mine) as bot:
                    return await _meeting(slack, bot, shared)
        except OSError as error:
            raise BadInput(
                f"Port {port} cannot be listened on ({error.strerror}).", "Choose another: --port."
            ) from error


async def _meeting(slack: Playground, bot: Bot, shared: Path) -> int:
    await slack.connected()
    _print(f"A Slack of your own is at {slack.url}, with #{_CHANNEL} in it.\n")
    watching = asyncio.create_task(_watch(slack), name="demo")
    try:
        await slack.say("ana", _CHANNEL, _WORDS, files=[shared])
        job = await _ended(bot)
        if job.state is not JobState.DONE:
            return 1
        await _claim(slack)
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
    _print("\nThat was it. With `python -m bot serve` it does the same in your Slack.")
    return 0


async def _ended(bot: Bot) -> Job:
    """Wait until the shared recording's job has ended and people were told."""
    while True:
        async with bot.ports.store.look() as work:
            jobs = await work.jobs_in(list(ENDED))
        if jobs:
            await asyncio.sleep(0.5)
            return jobs[0]
        await asyncio.sleep(0.1)


async def _claim(slack: Playground) -> None:
    """Show what a reaction does, on the first item."""
    item = next((each for each in slack.from_app(_CHANNEL) if each.text.startswith("Action item")), None)
    if item is None:
        return
    _print("\nBo takes the first one, with ✋:\n")
    before = item.text
    await slack.react("bo", _CHANNEL, item.ts, "hand")
    await slack.wait_for(lambda: slack.message(_CHANNEL, item.ts).text != before, _SEEN_WITHIN)
    await asyncio.sleep(0.1)


async def _watch(slack: Playground) -> None:
    """Print every change of the channel, as it comes."""
    names = {person.id: f"@{person.name}" for person in slack.workspace.everyone()}
    with slack.listening() as changes:
        while True:
            if line := _told(slack, await changes.get(), names):
                _print(line)


def _told(slack: Playground, change: Change, names: dict[str, str]) -> str:
    """Return what a person sees of a change, or nothing."""
    match change:
        case MessagePosted(message=message):
            files = "".join(f"\n📎 {slack.workspace.file(each).name}" for each in message.files)
            return _said(message, names, _plain(message.text, names) + files)
        case MessageEdited(message=message, previous=previous) if message.text != previous.text:
            before = _plain(previous.text, names).splitlines()
            news = [line for line in _plain(message.text, names).splitlines() if line not in before]
            return _said(message, names, "\n".join(news), sign="✎")
        case ReactionAdded(user=user, name=name):
            return f"{_now()}   {names.get(user, user)} reacts :{name}:"
    return ""


def _plain(text: str, names: dict[str, str]) -> str:
    """Return a message's words as a terminal can show them."""
    named = _MENTION.sub(lambda match: names.get(match[1], match[1]), text)
    return html.unescape(_LINK.sub(r"\1", named))


def _said(message: Message, names: dict[str, str], text: str, sign: str = "↳") -> str:
    depth = f"  {sign} " if message.thread_ts else " "
    first, *rest = text.splitlines() or [""]
    margin = " " * (len(_now()) + len(depth) + 2)
    return "\n".join(
        [f"{_now()} {depth}{names.get(message.user, message.user)}: {first}", *(margin + each for each in rest)]
    )


def _now() -> str:
    return f"{datetime.now(UTC):%H:%M:%S}"


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
