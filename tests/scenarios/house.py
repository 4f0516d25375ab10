"""The whole house: the bot as its operator runs it, a Slack on this machine, and a site that has recordings.

Nothing is played: the real Bolt app, store, queue, fetcher and engine with its worker processes.
"""

import itertools
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import yaml

from bot.app import Bot, open_bot
from bot.domain.jobs import Job, JobState
from bot.playground.calls import Call
from bot.playground.playground import Http, Playground, Socket, running
from bot.playground.records import Channel, Ephemeral, Message
from bot.playground.rules import Rules
from bot.settings import Settings
from tests.sources.servers import Answer, LocalServer, Route

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / "manifest.yml"
RECORDING = ROOT / "tests" / "engine" / "data" / "two_people.ogg"
PLANNING = b"""WEBVTT

00:00:01.000 --> 00:00:04.000
<v Mei Tanaka>I'll book the studio for the photo day by Friday.

00:00:05.000 --> 00:00:08.000
<v Ana Ruiz>Somebody has to ask the printer for a sample of the recycled paper.

00:00:09.000 --> 00:00:13.000
<v Bo Larsen>And I'll set up a call with the translators next Tuesday.
"""
ONE_ITEM = (
    b"Mei Tanaka: I'll book the studio for the photo day by Friday.\nAna Ruiz: Thank you, that is a great help.\n"
)
ENDINGS = (" is done", " needs you", " could not be done")
# a worker of the engine starts with its first job, on a machine that may be busy
WITHIN = 40.0

_Shown = TypeVar("_Shown", Message, Ephemeral)


@dataclass
class Room:
    """A channel of one test's own, and what the app shows in it."""

    slack: Playground
    channel: Channel

    @property
    def id(self) -> str:
        return self.channel.id

    def from_app(self) -> list[Message]:
        return self.slack.from_app(self.id)

    def heads(self) -> list[Message]:
        """The app's messages in the channel itself."""
        return [each for each in self.slack.messages(self.id) if each.bot_id]

    async def told(self, words: str, within: float = WITHIN) -> Message:
        """Wait for a message of the app that holds `words`."""
        return await self.slack.wait_for(lambda: _holding(self.from_app(), words), within)

    async def whispered(self, user: str, words: str, within: float = WITHIN) -> Ephemeral:
        """Wait for a private message in this channel that holds `words`."""
        return await self.slack.wait_for(lambda: _holding(self.whispers(user), words), within)

    def whispers(self, user: str) -> list[Ephemeral]:
        return [each for each in self.slack.ephemerals(user) if each.channel == self.id]

    async def ended(self, within: float = WITHIN) -> Message:
        """Wait for the progress message to say how it ended."""
        return await self.slack.wait_for(lambda: next(iter(self.endings()), None), within)

    def endings(self) -> list[Message]:
        return [each for each in self.from_app() if any(ending in each.text for ending in ENDINGS)]

    def refused(self) -> list[Call]:
        """What Slack refused here."""
        return [each for each in self.slack.refused if each.args.get("channel") == self.id]

    def posted(self) -> list[Message]:
        """The app's messages here, in the order in which they were posted."""
        return sorted(self.from_app(), key=lambda message: float(message.ts))

    async def items(self, within: float = WITHIN) -> list[Message]:
        """Wait until the thread is done, and return its action items and follow-ups."""
        ended = await self.ended(within)
        assert " is done" in ended.text, ended.text
        return [each for each in self.from_app() if each.text.startswith(("Action item", "Follow-up"))]


def _holding(messages: Sequence[_Shown], words: str) -> _Shown | None:
    return next((each for each in messages if words in each.text), None)


@dataclass
class House:
    """A running bot, its Slack, and the site (which the bot may fetch from).

    Attributes:
        slack: As people see it.
        bot: What runs.
        site: Serves what its `routes` say.
        settings: What the operator set.
    """

    slack: Playground
    bot: Bot
    site: LocalServer
    settings: Settings
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def room(self, *, with_app: bool = True) -> Room:
        """Make a channel with everybody in it: one for each test, so that they do not wait for another's pace."""
        bot = self.slack.workspace.bot
        members = ["ana", "bo", "mei", *([bot.name] if with_app else [])]
        return Room(self.slack, self.slack.workspace.add_channel(f"room-{next(self._numbers)}", members))

    def serve(self, name: str, content: bytes | Route) -> str:
        """Put something on the site, under a path of its own, and return the link to it."""
        path = f"/{next(self._numbers)}/{name}"
        self.site.routes[path] = Answer(content) if isinstance(content, bytes) else content
        return self.site.url(path)

    async def jobs(self, room: Room) -> list[Job]:
        """Return a room's jobs, oldest first, as they are stored."""
        async with self.bot.ports.store.look() as work:
            return [job for job in await work.jobs_in(list(JobState)) if job.channel == room.id]


@asynccontextmanager
async def open_house(
    folder: Path,
    *,
    over_http: bool = False,
    rules: Rules | None = None,
    without_scope: str = "",
    **settings: Any,
) -> AsyncIterator[House]:
    """Open everything, and close it when the block ends.

    Args:
        folder: The bot's data directory.
        over_http: Slack sends signed requests instead of using Socket Mode.
        rules: How strict Slack is; with its own rate limits when None.
        without_scope: A scope that the app was installed without.
        settings: More of the operator's settings.
    """
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    if without_scope:
        manifest["oauth_config"]["scopes"]["bot"].remove(without_scope)
    port = free_port() if over_http else 0
    delivery = Http(f"http://127.0.0.1:{port}/slack/events") if over_http else Socket()
    async with (
        running(port=0, delivery=delivery, manifest=manifest, rules=rules) as slack,
        LocalServer() as site,
    ):
        given = Settings(
            slack_bot_token=slack.bot_token,
            slack_app_token="" if over_http else slack.app_token,
            slack_signing_secret=slack.signing_secret,
            slack_api_url=slack.url,
            host="127.0.0.1",
            port=port,
            data_dir=folder,
            fetch_allow_hosts=(site.place,),
        )
        given = replace(given, **settings)
        async with open_bot(given) as bot:
            if not over_http:
                await slack.connected()
            yield House(slack, bot, site, given)


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
