"""Posting, changing and deleting messages, and what Slack refuses."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from bot.playground.changes import EphemeralShown, MessagePosted
from bot.playground.records import Message

PRODUCT, DESIGN, LEADS, LAUNCH = "C0PRODUCT02", "C0DESIGN003", "C0LEADS0004", "C0LAUNCH005"
ANA, MEI = "U0PLAYANA01", "U0PLAYMEI03"


async def refusal(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        (DESIGN, "not_in_channel"),
        (LEADS, "channel_not_found"),
        (LAUNCH, "is_archived"),
        ("C0NOWHERE99", "channel_not_found"),
        ("U0NOBODY999", "channel_not_found"),
    ],
)
async def test_the_app_posts_only_where_it_may(client: AsyncWebClient, channel: str, error: str) -> None:
    assert await refusal(client.chat_postMessage(channel=channel, text="x")) == error


async def test_an_invitation_opens_the_channel_and_is_an_event(slack: Playground, client: AsyncWebClient) -> None:
    await slack.invite("bo", "leads", "followthrough")
    await client.chat_postMessage(channel=LEADS, text="hello")
    joined = [each.payload["event"] for each in slack.deliveries if each.name == "member_joined_channel"]
    assert [(each["user"], each["inviter"], each["channel_type"]) for each in joined] == [
        ("U0PLAYBOT09", "U0PLAYBO002", "G")
    ]


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "  "}, "no_text"),
        ({"text": "x", "blocks": [{"type": "headline"}]}, "invalid_blocks"),
        ({"text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"text": "x", "thread_ts": "1.000000"}, "thread_not_found"),
        ({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_schema"),
        ({"markdown_text": "x", "text": "x"}, "markdown_text_conflict"),
        ({"markdown_text": "x" * 12_001}, "msg_too_long"),
        (
            {"text": "x", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}] * 5},
            "msg_blocks_too_long",
        ),
    ],
)
async def test_a_message_that_breaks_a_rule_is_refused(
    client: AsyncWebClient, message: dict[str, Any], error: str
) -> None:
    assert await refusal(client.api_call("chat.postMessage", json={"channel": PRODUCT, **message})) == error


async def test_refused_blocks_say_where_the_trouble_is(client: AsyncWebClient) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=PRODUCT, text="x", blocks=blocks)
    assert refused.value.response["response_metadata"]["messages"] == [
        "[ERROR] failed to match all allowed schemas [json-pointer:/blocks/0/text]",
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ]


async def test_a_text_beyond_forty_thousand_is_cut_off_with_a_warning(
    slack: Playground, client: AsyncWebClient
) -> None:
    answer = await client.chat_postMessage(channel=PRODUCT, text="x" * 40_001)
    assert answer["warning"] == "message_truncated"
    assert len(slack.messages("product")[0].text) == 40_000


async def test_posting_to_a_person_opens_the_direct_message(slack: Playground, client: AsyncWebClient) -> None:
    answer = await client.chat_postMessage(channel=ANA, text="psst")
    assert str(answer["channel"]).startswith("D")
    assert [each.text for each in slack.direct("ana")] == ["psst"]
    assert slack.direct("bo") == []


async def test_only_posting_takes_a_channel_s_name(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="#product", text="x")
    assert posted["channel"] == PRODUCT
    assert await refusal(client.conversations_info(channel="#product")) == "channel_not_found"
    assert await refusal(client.chat_update(channel="#product", ts=posted["ts"], text="y")) == "channel_not_found"


async def test_messages_are_ordered_by_a_ts_that_no_two_share(slack: Playground, client: AsyncWebClient) -> None:
    slack.rules.rate_limits = False
    for number in range(5):
        await client.chat_postMessage(channel=PRODUCT, text=str(number))
    shown = slack.messages("product")
    assert [each.text for each in shown] == ["0", "1", "2", "3", "4"]
    assert [each.ts for each in shown] == sorted({each.ts for each in shown})


async def test_replies_belong_to_their_parent_and_are_counted(slack: Playground, client: AsyncWebClient) -> None:
    parent = await client.chat_postMessage(channel=PRODUCT, text="parent")
    reply = await client.chat_postMessage(channel=PRODUCT, text="reply", thread_ts=parent["ts"])
    await slack.say("mei", "product", "mine", thread_ts=parent["ts"])
    history = await client.conversations_history(channel=PRODUCT)
    assert [(each["text"], each["reply_count"]) for each in history["messages"]] == [("parent", 2)]
    replies = await client.conversations_replies(channel=PRODUCT, ts=parent["ts"])
    assert [each["text"] for each in replies["messages"]] == ["parent", "reply", "mine"]
    nested = client.chat_postMessage(channel=PRODUCT, text="x", thread_ts=reply["ts"])
    assert await refusal(nested) == "cannot_reply_to_message"


async def test_an_update_keeps_what_it_does_not_name(slack: Playground, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(
        channel=PRODUCT, text="old", blocks=[{"type": "divider", "block_id": "line"}]
    )
    await client.chat_update(channel=PRODUCT, ts=posted["ts"], text="new")
    message = slack.message("product", posted["ts"])
    assert (message.text, message.blocks) == ("new", ({"type": "divider", "block_id": "line"},))
    assert message.edited_ts
    await client.chat_update(channel=PRODUCT, ts=posted["ts"], text="new", blocks=[])
    assert slack.message("product", posted["ts"]).blocks == ()


async def test_the_app_changes_and_deletes_its_own_messages_only(slack: Playground, client: AsyncWebClient) -> None:
    said = await slack.say("ana", "product", "mine")
    assert await refusal(client.chat_update(channel=PRODUCT, ts=said.ts, text="x")) == "cant_update_message"
    assert await refusal(client.chat_delete(channel=PRODUCT, ts=said.ts)) == "cant_delete_message"
    assert await refusal(client.chat_update(channel=PRODUCT, ts="1.000000", text="x")) == "message_not_found"
    own = await client.chat_postMessage(channel=PRODUCT, text="own")
    too_long = client.chat_update(channel=PRODUCT, ts=own["ts"], text="x" * 4001)
    assert await refusal(too_long) == "msg_too_long"
    await client.chat_delete(channel=PRODUCT, ts=own["ts"])
    assert [each.text for each in slack.messages("product")] == ["mine"]


async def test_a_whisper_is_seen_by_one_person(slack: Playground, client: AsyncWebClient) -> None:
    await client.chat_postEphemeral(channel=PRODUCT, user=ANA, text="for you")
    assert [each.text for each in slack.ephemerals("ana")] == ["for you"]
    assert slack.ephemerals("bo") == []
    assert slack.messages("product") == []
    elsewhere = client.chat_postEphemeral(channel=PRODUCT, user="U0NOBODY999", text="x")
    assert await refusal(elsewhere) == "user_not_found"


async def test_metadata_comes_back_only_when_asked_for(client: AsyncWebClient) -> None:
    metadata = {"event_type": "post", "event_payload": {"id": "7"}}
    await client.chat_postMessage(channel=PRODUCT, text="x", metadata=metadata)
    plain = await client.conversations_history(channel=PRODUCT)
    asked = await client.conversations_history(channel=PRODUCT, include_all_metadata=True)
    assert "metadata" not in plain["messages"][0]
    assert asked["messages"][0]["metadata"] == metadata


async def test_a_link_to_a_message_names_its_thread(client: AsyncWebClient) -> None:
    parent = await client.chat_postMessage(channel=PRODUCT, text="parent")
    reply = await client.chat_postMessage(channel=PRODUCT, text="reply", thread_ts=parent["ts"])
    link = await client.chat_getPermalink(channel=PRODUCT, message_ts=reply["ts"])
    assert f"/archives/{PRODUCT}/p{str(reply['ts']).replace('.', '')}" in link["permalink"]
    assert f"thread_ts={parent['ts']}" in link["permalink"]


async def test_history_is_cut_into_pages_newest_first(slack: Playground, client: AsyncWebClient) -> None:
    for number in range(5):
        await slack.say("ana", "product", str(number))
    first = await client.conversations_history(channel=PRODUCT, limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel=PRODUCT, limit=3, cursor=cursor)
    assert [each["text"] for each in [*first["messages"], *second["messages"]]] == ["4", "3", "2", "1", "0"]
    since = await client.conversations_history(channel=PRODUCT, oldest=slack.messages("product")[3].ts)
    assert [each["text"] for each in since["messages"]] == ["4"]


async def test_everything_that_happens_can_be_followed(slack: Playground, client: AsyncWebClient) -> None:
    with slack.listening() as changes:
        await client.chat_postMessage(channel=PRODUCT, text="one")
        await client.chat_postEphemeral(channel=PRODUCT, user=MEI, text="two")
        seen = [changes.get_nowait() for _ in range(changes.qsize())]
    shown = [each for each in seen if isinstance(each, MessagePosted | EphemeralShown)]
    assert [type(each) for each in shown] == [MessagePosted, EphemeralShown]


async def test_people_change_and_delete_their_own_words(slack: Playground) -> None:
    said = await slack.say("ana", "product", "see https://x.test/a")
    changed = await slack.edit("ana", "product", said.ts, "see https://x.test/b")
    assert isinstance(changed, Message)
    await slack.delete("ana", "product", said.ts)
    kinds = [(each.payload["event"].get("subtype")) for each in slack.deliveries]
    assert kinds == [None, "message_changed", "message_deleted"]
    event = slack.deliveries[1].payload["event"]
    assert event["message"]["edited"]["user"] == ANA
    assert event["previous_message"]["text"] == "see <https://x.test/a>"
