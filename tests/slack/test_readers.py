"""Who may be told of a channel."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import yaml

from bot.playground.playground import Playground, Socket, running
from bot.playground.records import ChannelKind, Person
from bot.playground.rules import Rules
from bot.slack.client import identify, web_client
from bot.slack.people import People
from bot.slack.readers import Readers
from tests.slack.scene import MANIFEST


class Moment:
    """Seconds that a test sets."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@asynccontextmanager
async def readers(now: Moment | None = None) -> AsyncIterator[tuple[Playground, Readers]]:
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    async with (
        running(port=0, delivery=Socket(), manifest=manifest, rules=Rules(rate_limits=False)) as slack,
        web_client(slack.bot_token, slack.url) as client,
    ):
        yield slack, Readers(client, People(client, await identify(client)), now=now or Moment())


async def test_a_public_channel_is_for_every_full_member_and_for_guests_who_are_in_it() -> None:
    async with readers() as (slack, found):
        guest = slack.workspace.add_person(Person("U0GUEST001", "gast", "Gast", guest=True))
        partner = slack.workspace.add_person(Person("U0PARTNER1", "pia", "Pia", team="T0OTHER001"))
        bot = slack.workspace.bot.name
        opened = slack.workspace.add_channel("open-room", ["ana", bot])
        shared = slack.workspace.add_channel("shared-room", ["ana", "gast", "pia", bot])
        assert await found.may_read(slack.workspace.person("bo").id, opened.id), "they can join it"
        for outsider in (guest, partner):
            assert not await found.may_read(outsider.id, opened.id)
            assert await found.may_read(outsider.id, shared.id)
        assert not await found.may_read("U0NOBODY01", opened.id)


async def test_a_private_channel_is_for_those_who_are_in_it() -> None:
    async with readers() as (slack, found):
        room = slack.workspace.add_channel("closed", ["ana", slack.workspace.bot.name], kind=ChannelKind.PRIVATE)
        assert await found.may_read(slack.workspace.person("ana").id, room.id)
        assert not await found.may_read(slack.workspace.person("bo").id, room.id)


async def test_what_slack_does_not_show_nobody_reads() -> None:
    async with readers() as (slack, found):
        hidden = slack.workspace.add_channel("hidden", ["ana"], kind=ChannelKind.PRIVATE)
        ana = slack.workspace.person("ana").id
        assert not await found.may_read(ana, hidden.id)
        assert not await found.may_read(ana, "C0NOTHING1")


async def test_an_answer_counts_for_a_minute_only() -> None:
    now = Moment()
    async with readers(now) as (slack, found):
        room = slack.workspace.add_channel("closed", ["ana", slack.workspace.bot.name], kind=ChannelKind.PRIVATE)
        bo = slack.workspace.person("bo").id
        for _ in range(5):
            assert not await found.may_read(bo, room.id)
        assert len([call for call in slack.calls if call.method == "conversations.members"]) == 1
        await slack.invite("ana", room.id, "bo")
        now.seconds = 61.0
        assert await found.may_read(bo, room.id)
