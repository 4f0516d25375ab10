"""Speaking in a Slack that is as strict as the real one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.assignments import ItemState, Refusal
from bot.domain.posts import ItemNote, Place, RefusalNote
from bot.errors import Failed, FollowthroughError, NeedsPerson, NoAccess, NotInChannel, Unavailable
from bot.playground.playground import Playground, running
from bot.playground.rules import Rules
from bot.playground.seed import ANA, BO, DESIGN, LAUNCH, PRODUCT
from bot.slack.client import identify, web_client
from bot.slack.messenger import SlackMessenger
from bot.slack.options import Signs
from tests.slack.samples import an_item

POST = "0123456789abcdef0123456789abcdef"
NOTE = ItemNote(an_item())


@asynccontextmanager
async def speaking(
    rules: Rules | None = None, post_every: float = 0.0
) -> AsyncIterator[tuple[Playground, SlackMessenger]]:
    async with running(port=0, rules=rules) as slack, web_client(slack.bot_token, slack.url) as client:
        identity = await identify(client)
        yield slack, SlackMessenger(client, identity, Signs(), post_every=post_every, edit_every=0.0)


def long_ago() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=1)


async def test_a_message_is_posted_found_again_and_edited_in_place() -> None:
    async with speaking() as (slack, messenger):
        ts = await messenger.post(Place(PRODUCT), NOTE, POST)
        assert await messenger.find(Place(PRODUCT), POST, long_ago()) == ts
        assert await messenger.find(Place(PRODUCT), "f" * 32, long_ago()) is None
        await messenger.edit(PRODUCT, ts, ItemNote(an_item(state=ItemState.CLAIMED, claimed_by=BO)))
        (message,) = slack.from_app(PRODUCT)
        assert message.ts == ts
        assert "has it" in message.text
        # the edit has not made it unfindable
        assert await messenger.find(Place(PRODUCT), POST, long_ago()) == ts


async def test_a_reply_is_found_in_its_thread_with_one_call() -> None:
    async with speaking() as (slack, messenger):
        parent = await slack.say("ana", PRODUCT, "the call")
        ts = await messenger.post(Place(PRODUCT, parent.ts), NOTE, POST)
        before = len(slack.calls)
        assert await messenger.find(Place(PRODUCT, parent.ts), POST, long_ago()) == ts
        assert [each.method for each in slack.calls[before:]] == ["conversations.replies"]


async def test_whatever_goes_wrong_while_looking_counts_as_not_found() -> None:
    async with speaking() as (slack, messenger):
        slack.rules.refuse("conversations.history", "ratelimited")
        assert await messenger.find(Place(PRODUCT), POST, long_ago()) is None
        assert await messenger.find(Place("C0NOWHERE"), POST, long_ago()) is None


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ("not_in_channel", NotInChannel, "Type /invite @followthrough there, then try again."),
        ("channel_not_found", NotInChannel, "/invite @followthrough"),
        ("is_archived", NotInChannel, "Unarchive it"),
        ("restricted_action_read_only_channel", NotInChannel, "Ask an admin"),
        ("token_revoked", Failed, "SLACK_BOT_TOKEN"),
        ("thread_not_found", NeedsPerson, "Share it again"),
        ("file_deleted", NoAccess, "Share it again"),
        ("missing_scope", Failed, "lacks a permission"),
        ("invalid_blocks", Failed, "Slack refused (invalid_blocks)"),
        ("internal_error", Unavailable, "trouble of its own"),
        ("503", Unavailable, "trouble of its own"),
        ("ratelimited", Unavailable, "asked us to wait"),
    ],
)
async def test_a_refusal_says_what_to_do(code: str, kind: type[FollowthroughError], words: str) -> None:
    async with speaking() as (slack, messenger):
        slack.rules.refuse("chat.postMessage", code)
        with pytest.raises(kind) as told:
            await messenger.post(Place(PRODUCT), NOTE, POST)
        assert words in str(told.value)


@pytest.mark.parametrize("channel", [DESIGN, LAUNCH, "C0NOWHERE"])
async def test_a_channel_that_cannot_be_posted_in_needs_a_person(channel: str) -> None:
    async with speaking() as (_, messenger):
        with pytest.raises(NotInChannel):
            await messenger.post(Place(channel), NOTE, POST)


async def test_nobody_is_asked_to_invite_it_to_a_direct_message() -> None:
    async with speaking() as (slack, messenger):
        direct = slack.workspace.direct("ana", "bo")
        with pytest.raises(NotInChannel) as told:
            await messenger.post(Place(direct.id), NOTE, POST)
        assert "/invite" not in str(told.value)
        assert "Share it in a channel" in str(told.value)


async def test_when_slack_says_how_long_to_wait_that_is_passed_on_and_held_to() -> None:
    async with speaking(Rules(message_burst=1)) as (slack, messenger):
        await messenger.post(Place(PRODUCT), NOTE, POST)
        with pytest.raises(Unavailable) as told:
            await messenger.post(Place(PRODUCT), NOTE, "f" * 32)
        assert told.value.after is not None
        assert told.value.after >= 1
        # our own pace now keeps the next one back until Slack will take it
        await messenger.post(Place(PRODUCT), NOTE, "f" * 32)
        assert [each.error for each in slack.refused] == ["ratelimited"]


async def test_at_its_own_pace_it_is_never_refused() -> None:
    async with speaking(Rules(message_burst=1), post_every=1.0) as (slack, messenger):
        for number in range(3):
            await messenger.post(Place(PRODUCT), NOTE, f"{number:032}")
        assert slack.refused == []


async def test_a_connection_that_breaks_is_not_tried_again_behind_our_back() -> None:
    async with running(port=0) as slack, web_client(slack.bot_token, "http://127.0.0.1:9/api/") as client:
        with pytest.raises(Unavailable) as told:
            await identify(client)
        assert told.value.after is None
        assert slack.calls == []


async def test_a_wrong_token_is_named() -> None:
    async with running(port=0) as slack, web_client("xoxb-wrong", slack.url) as client:
        with pytest.raises(Failed, match="SLACK_BOT_TOKEN"):
            await identify(client)


async def test_who_is_not_in_the_channel_is_told_directly() -> None:
    async with speaking() as (slack, messenger):
        note = RefusalNote(an_item(state=ItemState.CLAIMED, claimed_by=ANA), Refusal.TAKEN)
        await messenger.whisper(Place(PRODUCT), BO, note)
        assert len(slack.ephemerals("bo")) == 1
        slack.rules.refuse("chat.postEphemeral", "user_not_in_channel")
        await messenger.whisper(Place(PRODUCT), BO, note)
        assert "was first" in slack.direct("bo")[0].text


async def test_what_people_deleted_stays_deleted() -> None:
    async with speaking() as (slack, messenger):
        ts = await messenger.post(Place(PRODUCT), NOTE, POST)
        slack.workspace.delete(PRODUCT, ts)
        await messenger.edit(PRODUCT, ts, NOTE)
        await messenger.react(PRODUCT, ts, "eyes")
        assert await messenger.link(PRODUCT, ts) is None
        assert slack.from_app(PRODUCT) == []


async def test_a_reaction_that_is_there_already_is_no_error() -> None:
    async with speaking() as (slack, messenger):
        message = await slack.say("ana", PRODUCT, "the call")
        await messenger.react(PRODUCT, message.ts, "eyes")
        await messenger.react(PRODUCT, message.ts, "eyes")
        assert await messenger.link(PRODUCT, message.ts)


async def test_nothing_unfolds_and_no_name_is_linked() -> None:
    async with speaking() as (slack, messenger):
        ts = await messenger.post(Place(PRODUCT), NOTE, POST)
        await messenger.edit(PRODUCT, ts, NOTE)
        posted, edited = slack.calls[-2:]
        assert (posted.args["unfurl_links"], posted.args["unfurl_media"]) == (False, False)
        assert (edited.args["parse"], edited.args["link_names"]) == ("none", False)
