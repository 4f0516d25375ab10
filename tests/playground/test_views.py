"""Modals and Home over the Web API: triggers, stacks, hashes, and what is typed."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground, Refused

MEI = "U0PLAYMEI03"


def modal(title: str = "Correct", **fields: Any) -> dict[str, Any]:
    return {"type": "modal", "title": {"type": "plain_text", "text": title}, "blocks": []} | fields


FIELDS: list[dict[str, Any]] = [
    {
        "type": "input",
        "block_id": "what",
        "label": {"type": "plain_text", "text": "What"},
        "element": {"type": "plain_text_input", "action_id": "text"},
    },
    {
        "type": "input",
        "block_id": "tags",
        "optional": True,
        "label": {"type": "plain_text", "text": "Tags"},
        "element": {
            "type": "checkboxes",
            "action_id": "boxes",
            "options": [{"text": {"type": "plain_text", "text": "Urgent"}, "value": "urgent"}],
        },
    },
]


async def refusal(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


async def test_a_trigger_opens_one_modal(slack: Playground, client: AsyncWebClient) -> None:
    trigger = slack.parts.tickets.trigger(MEI)
    await client.views_open(trigger_id=trigger, view=modal())
    assert slack.modal("mei") is not None
    assert await refusal(client.views_open(trigger_id=trigger, view=modal())) == "exchanged_trigger_id"
    assert await refusal(client.views_open(trigger_id="1.x", view=modal())) == "invalid_trigger_id"


async def test_a_trigger_lives_three_seconds(slack: Playground, client: AsyncWebClient) -> None:
    trigger = slack.parts.tickets.trigger(MEI)
    slack.clock.forward(3.1)
    assert await refusal(client.views_open(trigger_id=trigger, view=modal())) == "expired_trigger_id"


async def test_a_view_that_breaks_a_rule_is_refused_before_its_trigger_is_used(
    slack: Playground, client: AsyncWebClient
) -> None:
    trigger = slack.parts.tickets.trigger(MEI)
    with pytest.raises(SlackApiError) as refused:
        await client.views_open(trigger_id=trigger, view=modal(blocks=FIELDS))
    assert refused.value.response["error"] == "invalid_arguments"
    assert refused.value.response["response_metadata"]["messages"] == [
        "[ERROR] missing required field: submit [json-pointer:/view]"
    ]
    await client.views_open(trigger_id=trigger, view=modal())


async def test_modals_stack_three_high(slack: Playground, client: AsyncWebClient) -> None:
    await client.views_open(trigger_id=slack.parts.tickets.trigger(MEI), view=modal("One"))
    for title in ("Two", "Three"):
        await client.views_push(trigger_id=slack.parts.tickets.trigger(MEI), view=modal(title))
    fourth = client.views_push(trigger_id=slack.parts.tickets.trigger(MEI), view=modal("Four"))
    assert await refusal(fourth) == "push_limit_reached"
    await slack.close("mei")
    top = slack.modal("mei")
    assert top is not None
    assert top.body["title"]["text"] == "Two"


async def test_an_update_with_an_old_hash_conflicts_and_what_was_typed_stays(
    slack: Playground, client: AsyncWebClient
) -> None:
    submit = {"type": "plain_text", "text": "Save"}
    opened = await client.views_open(
        trigger_id=slack.parts.tickets.trigger(MEI), view=modal(blocks=FIELDS, submit=submit)
    )
    view = opened["view"]
    typed = slack.modal("mei")
    assert typed is not None
    slack.parts.modals.fill(typed, {"text": "half a sentence"})
    new = modal("Again", blocks=FIELDS, submit=submit)
    updated = await client.views_update(view_id=view["id"], hash=view["hash"], view=new)
    assert updated["view"]["state"]["values"]["what"]["text"]["value"] == "half a sentence"
    stale = client.views_update(view_id=view["id"], hash=view["hash"], view=new)
    assert await refusal(stale) == "hash_conflict"
    assert await refusal(client.views_update(view_id="V0", view=new)) == "not_found"


async def test_a_client_does_not_send_a_form_with_an_unanswered_question(
    slack: Playground, client: AsyncWebClient
) -> None:
    submit = {"type": "plain_text", "text": "Save"}
    await client.views_open(trigger_id=slack.parts.tickets.trigger(MEI), view=modal(blocks=FIELDS, submit=submit))
    with pytest.raises(Refused, match="input_required"):
        await slack.submit("mei", {"boxes": ["urgent"]})
    with pytest.raises(Refused, match="option_not_found"):
        await slack.submit("mei", {"boxes": ["never"]})
    assert slack.deliveries == []


async def test_home_is_published_for_each_person(slack: Playground, client: AsyncWebClient) -> None:
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    published = await client.views_publish(user_id=MEI, view=home)
    await client.views_publish(user_id=MEI, view=home, hash=published["view"]["hash"])
    stale = client.views_publish(user_id=MEI, view=home, hash=published["view"]["hash"])
    assert await refusal(stale) == "hash_conflict"
    assert slack.home("mei") is not None
    assert slack.home("ana") is None
    assert await refusal(client.views_publish(user_id=MEI, view=modal())) == "invalid_arguments"
