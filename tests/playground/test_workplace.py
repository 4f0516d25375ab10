"""Reactions, people and conversations over the Web API."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground, Refused, running
from bot.playground.records import Person
from tests.playground.conftest import brisk

PRODUCT, LEADS, LAUNCH = "C0PRODUCT02", "C0LEADS0004", "C0LAUNCH005"
ANA = "U0PLAYANA01"


async def refusal(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


async def test_a_reaction_is_there_once_a_person(slack: Playground, client: AsyncWebClient) -> None:
    said = await slack.say("ana", "product", "look")
    await client.reactions_add(channel=PRODUCT, timestamp=said.ts, name="eyes")
    await slack.react("bo", "product", said.ts, ":eyes:")
    again = client.reactions_add(channel=PRODUCT, timestamp=said.ts, name="eyes")
    assert await refusal(again) == "already_reacted"
    with pytest.raises(Refused, match="already_reacted"):
        await slack.react("bo", "product", said.ts, "eyes")
    shown = await client.reactions_get(channel=PRODUCT, timestamp=said.ts)
    assert [(each["name"], each["count"]) for each in shown["message"]["reactions"]] == [("eyes", 2)]
    await client.reactions_remove(channel=PRODUCT, timestamp=said.ts, name="eyes")
    gone = client.reactions_remove(channel=PRODUCT, timestamp=said.ts, name="eyes")
    assert await refusal(gone) == "no_reaction"
    assert not slack.message("product", said.ts).reacted("eyes", "U0PLAYBOT09")
    assert slack.message("product", said.ts).reacted("eyes", "U0PLAYBO002")


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel": PRODUCT, "timestamp": "1.000000", "name": "eyes"}, "message_not_found"),
        ({"channel": PRODUCT, "timestamp": "1.000000", "name": "no such"}, "invalid_name"),
        ({"channel": LEADS, "timestamp": "1.000000", "name": "eyes"}, "channel_not_found"),
        ({"channel": PRODUCT, "name": "eyes"}, "no_item_specified"),
    ],
)
async def test_a_reaction_to_nothing_is_refused(client: AsyncWebClient, args: dict[str, str], error: str) -> None:
    assert await refusal(client.api_call("reactions.add", params=args)) == error


async def test_the_app_s_own_reaction_is_an_event_too(slack: Playground, client: AsyncWebClient) -> None:
    said = await slack.say("ana", "product", "look")
    await client.reactions_add(channel=PRODUCT, timestamp=said.ts, name="eyes")
    (event,) = [each.payload["event"] for each in slack.deliveries if each.name == "reaction_added"]
    assert event["user"] == "U0PLAYBOT09"


async def test_three_colleagues_live_in_three_time_zones(client: AsyncWebClient) -> None:
    listed = await client.users_list()
    people = [each for each in listed["members"] if not each["is_bot"]]
    assert len({each["tz"] for each in people}) == 3
    ana = (await client.users_info(user=ANA))["user"]
    assert (ana["name"], ana["tz"], ana["profile"]["email"]) == ("ana", "Europe/Madrid", "ana@playground.example")
    assert ana["tz_offset"] in {3600, 7200}


async def test_people_are_found_by_their_address(client: AsyncWebClient) -> None:
    found = await client.users_lookupByEmail(email="MEI@playground.example")
    assert found["user"]["name"] == "mei"
    assert await refusal(client.users_lookupByEmail(email="x@y.z")) == "users_not_found"
    assert await refusal(client.users_info(user="U0")) == "user_not_found"


async def test_an_address_is_hidden_without_its_scope() -> None:
    manifest = {"oauth_config": {"scopes": {"bot": ["users:read"]}}}
    async with running(port=0, rules=brisk(), manifest=manifest) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.url)
        assert "email" not in (await client.users_info(user=ANA))["user"]["profile"]


async def test_conversations_show_who_is_in_them(client: AsyncWebClient) -> None:
    product = (await client.conversations_info(channel=PRODUCT))["channel"]
    assert (product["name"], product["is_member"], product["is_private"]) == ("product", True, False)
    assert (await client.conversations_info(channel=LAUNCH))["channel"]["is_archived"]
    assert await refusal(client.conversations_info(channel=LEADS)) == "channel_not_found"
    members = (await client.conversations_members(channel=PRODUCT))["members"]
    assert ANA in members


async def test_lists_leave_out_what_the_app_cannot_see(client: AsyncWebClient) -> None:
    everything = await client.conversations_list(types="public_channel,private_channel", exclude_archived=True)
    assert [each["name"] for each in everything["channels"]] == ["general", "product", "design"]
    own = await client.users_conversations()
    assert [each["name"] for each in own["channels"]] == ["general", "product", "old-launch"]
    pages = [page async for page in await client.conversations_list(limit=2)]
    assert [len(each["channels"]) for each in pages] == [2, 2]


async def test_opening_a_direct_message_takes_its_own_scope(client: AsyncWebClient) -> None:
    assert await refusal(client.conversations_open(users=ANA)) == "missing_scope"


async def test_a_direct_message_to_the_app_reaches_it(slack: Playground) -> None:
    said = await slack.say("ana", "@followthrough", "hello")
    event = slack.deliveries[-1].payload["event"]
    assert (event["channel_type"], event["channel"], event["text"]) == ("im", said.channel, "hello")
    assert slack.direct("ana") == [said]


async def test_what_happens_where_the_app_is_not_stays_there(slack: Playground) -> None:
    await slack.say("ana", "leads", "secret")
    await slack.say("ana", "design", "not for the app")
    assert slack.deliveries == []


async def test_people_need_to_be_in_a_channel_to_speak_there(slack: Playground) -> None:
    said = await slack.say("ana", "leads", "between us")
    with pytest.raises(Refused, match="not_in_channel"):
        await slack.say("mei", "leads", "may I?")
    with pytest.raises(Refused, match="not_in_channel"):
        await slack.react("mei", "leads", said.ts, "eyes")
    with pytest.raises(Refused, match="not_in_channel"):
        await slack.command("mei", "leads", "/process x")
    with pytest.raises(Refused, match="is_archived"):
        await slack.say("mei", "old-launch", "anyone?")


async def test_only_events_that_the_manifest_subscribes_to_are_sent() -> None:
    manifest = {"settings": {"event_subscriptions": {"bot_events": ["reaction_added"]}}}
    async with running(port=0, rules=brisk(), manifest=manifest) as slack:
        said = await slack.say("ana", "product", "hello")
        await slack.react("bo", "product", said.ts, "eyes")
        assert [each.name for each in slack.deliveries] == ["reaction_added"]


async def test_a_command_or_shortcut_that_the_manifest_lacks_does_not_reach_the_app() -> None:
    manifest = {
        "features": {
            "slash_commands": [{"command": "/process", "should_escape": True}],
            "shortcuts": [{"name": "Process recording", "type": "message", "callback_id": "process"}],
        }
    }
    async with running(port=0, rules=brisk(), manifest=manifest) as slack:
        answer = await slack.command("ana", "product", "/proces x")
        assert answer.error == "unknown_command"
        assert "not a valid command" in slack.ephemerals("ana")[0].text
        with pytest.raises(Refused, match="unknown_shortcut"):
            await slack.global_shortcut("ana", "other")
        assert slack.deliveries == []


async def test_a_command_escapes_links_and_people_when_the_manifest_says_so() -> None:
    manifest = {"features": {"slash_commands": [{"command": "/process", "should_escape": True}]}}
    async with running(port=0, rules=brisk(), manifest=manifest) as slack:
        await slack.command("ana", "product", "/process https://x.test/a?b=1&c=2 @bo")
        assert slack.deliveries[0].payload["text"] == "<https://x.test/a?b=1&amp;c=2> <@U0PLAYBO002>"
    async with running(port=0, rules=brisk()) as slack:
        await slack.command("ana", "product", "/process https://x.test/a?b=1&c=2 @bo")
        assert slack.deliveries[0].payload["text"] == "https://x.test/a?b=1&amp;c=2 @bo"


async def test_guests_and_people_of_another_workspace_are_told_from_members(
    slack: Playground, client: AsyncWebClient
) -> None:
    slack.workspace.add_person(Person("U0GUEST0001", "gil", "Gil Guest", guest=True))
    slack.workspace.add_person(Person("U0OTHER0001", "oda", "Oda Other", team="T0OTHERTEAM"))
    for each in ("gil", "oda"):
        slack.workspace.join("product", each)
        await slack.say(each, "product", "hello")
    shown = [(await client.users_info(user=each))["user"] for each in ("U0GUEST0001", "U0OTHER0001", ANA)]
    assert [(each["is_restricted"], each["team_id"]) for each in shown] == [
        (True, "T0PLAYTEAM1"),
        (False, "T0OTHERTEAM"),
        (False, "T0PLAYTEAM1"),
    ]
    said = [each.payload["event"] for each in slack.deliveries if each.payload["event"].get("text") == "hello"]
    assert [each.get("user_team") for each in said] == [None, "T0OTHERTEAM"]
