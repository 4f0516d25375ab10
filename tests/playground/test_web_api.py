"""Calling the Web API: who may, in which forms, and what is refused how."""

import json
from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground, running
from tests.playground.conftest import brisk


async def post(slack: Playground, method: str, **request: Any) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False) as http:
        return await http.post(slack.url + method, **request)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def test_the_app_learns_who_it_is_and_what_it_may(client: AsyncWebClient) -> None:
    who = await client.auth_test()
    assert (who["user_id"], who["bot_id"]) == ("U0PLAYBOT09", "B0PLAYBOT09")
    assert "chat:write" in who.headers["x-oauth-scopes"]


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        ({}, "not_authed"),
        ({"headers": bearer("xoxb-other")}, "invalid_auth"),
        ({"headers": bearer("xapp-playground")}, "not_allowed_token_type"),
        ({"json": {"token": "xoxb-playground"}}, "not_authed"),
    ],
)
async def test_a_call_without_the_right_token_is_refused(
    slack: Playground, request_: dict[str, Any], error: str
) -> None:
    answer = await post(slack, "auth.test", **request_)
    assert (answer.status_code, answer.json()) == (200, {"ok": False, "error": error})


async def test_a_token_in_a_form_counts(slack: Playground) -> None:
    assert (await post(slack, "auth.test", data={"token": "xoxb-playground"})).json()["ok"]


async def test_an_unknown_method_is_named_so(slack: Playground) -> None:
    answer = await post(slack, "chat.shout", headers=bearer(slack.bot_token))
    assert answer.json() == {"ok": False, "error": "unknown_method", "req_method": "chat.shout"}


async def test_arguments_are_understood_in_every_form(slack: Playground) -> None:
    blocks = [{"type": "divider"}]
    message = {"channel": "C0PRODUCT02", "text": "x"}
    sent: list[dict[str, Any]] = [
        {"json": message | {"blocks": blocks}},
        {"data": message | {"blocks": json.dumps(blocks)}},
        {"params": message | {"blocks": json.dumps(blocks)}},
        {"data": message, "files": {"blocks": (None, json.dumps(blocks).encode())}},
    ]
    slack.rules.rate_limits = False
    for each in sent:
        answer = await post(slack, "chat.postMessage", headers=bearer(slack.bot_token), **each)
        assert answer.json()["ok"], each
    assert [each.blocks[0]["type"] for each in slack.messages("product")] == ["divider"] * 4


@pytest.mark.parametrize(
    ("body", "error"), [("{", "invalid_json"), ("[]", "json_not_object"), ('"x"', "json_not_object")]
)
async def test_broken_json_is_refused(slack: Playground, body: str, error: str) -> None:
    headers = bearer(slack.bot_token) | {"Content-Type": "application/json"}
    answer = await post(slack, "chat.postMessage", content=body, headers=headers)
    assert answer.json()["error"] == error


@pytest.mark.parametrize(
    ("missing", "method", "args"),
    [
        ("chat:write", "chat.postMessage", {"channel": "C0PRODUCT02", "text": "x"}),
        ("reactions:write", "reactions.add", {"channel": "C0PRODUCT02", "timestamp": "1.0", "name": "eyes"}),
        ("files:read", "files.info", {"file": "F1"}),
        ("users:read", "users.info", {"user": "U0PLAYANA01"}),
        ("channels:read", "conversations.info", {"channel": "C0PRODUCT02"}),
        ("channels:history", "conversations.history", {"channel": "C0PRODUCT02"}),
        ("users:read.email", "users.lookupByEmail", {"email": "ana@playground.example"}),
    ],
)
async def test_a_scope_that_the_manifest_does_not_ask_for_is_missing(
    missing: str, method: str, args: dict[str, str]
) -> None:
    manifest = {"oauth_config": {"scopes": {"bot": ["team:read"]}}}
    async with running(port=0, rules=brisk(), manifest=manifest) as slack:
        answer = (await post(slack, method, data=args, headers=bearer(slack.bot_token))).json()
        assert answer == {"ok": False, "error": "missing_scope", "needed": missing, "provided": "team:read"}


async def test_too_many_calls_of_a_method_must_wait(slack: Playground, client: AsyncWebClient) -> None:
    for _ in range(20):
        await client.users_list()
    with pytest.raises(SlackApiError) as refused:
        await client.users_list()
    assert refused.value.response.status_code == 429
    assert int(refused.value.response.headers["Retry-After"]) >= 1
    await client.users_info(user="U0PLAYANA01")
    assert [each.method for each in slack.refused] == ["users.list"]


async def test_a_channel_takes_one_message_a_second_after_a_small_burst(
    slack: Playground, client: AsyncWebClient
) -> None:
    for _ in range(slack.rules.message_burst):
        await client.chat_postMessage(channel="C0PRODUCT02", text="x")
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C0PRODUCT02", text="x")
    assert refused.value.response["error"] == "ratelimited"
    await client.chat_postMessage(channel="C0GENERAL01", text="another channel")
    slack.rules.rate_limits = False
    await client.chat_postMessage(channel="C0PRODUCT02", text="x")


async def test_slack_s_own_retry_handler_gets_its_message_through(slack: Playground) -> None:
    from slack_sdk.http_retry.builtin_async_handlers import (  # noqa: PLC0415 - only here
        AsyncRateLimitErrorRetryHandler,
    )

    client = AsyncWebClient(
        slack.bot_token, base_url=slack.url, retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=2)]
    )
    slack.rules.refuse("chat.postMessage", "ratelimited")
    await client.chat_postMessage(channel="C0PRODUCT02", text="patience")
    assert [each.error for each in slack.calls] == ["ratelimited", ""]


async def test_a_fault_is_answered_as_often_as_was_asked(slack: Playground, client: AsyncWebClient) -> None:
    slack.rules.refuse("auth.test", "token_revoked")
    slack.rules.refuse("auth.test", "503")
    for expected in ("token_revoked", "503"):
        with pytest.raises(SlackApiError) as refused:
            await client.auth_test()
        assert refused.value.response["error"] == expected
    assert refused.value.response.status_code == 503
    assert (await client.auth_test())["ok"]


async def test_every_call_is_logged_without_its_token(slack: Playground, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C0PRODUCT02", text="hello")
    await post(slack, "auth.test", data={"token": "xoxb-playground"})
    assert [(each.method, each.ok) for each in slack.calls] == [("chat.postMessage", True), ("auth.test", True)]
    assert slack.calls[0].args["text"] == "hello"
    assert "xoxb" not in str([each.args for each in slack.calls])


async def test_blocks_can_be_checked_without_posting_them(client: AsyncWebClient) -> None:
    assert (await client.blocks_validate(blocks=[{"type": "divider"}]))["ok"]
    with pytest.raises(SlackApiError) as refused:
        await client.blocks_validate(message={"blocks": [{"type": "header"}]})
    assert refused.value.response["error"] == "invalid_message"
    assert refused.value.response["errors"] == [
        {"pointer": "/0", "code": "failed_constraint", "message": "missing required field: text"}
    ]


async def test_the_socket_s_address_opens_once(slack: Playground) -> None:
    import websockets  # noqa: PLC0415 - only here

    answer = (await post(slack, "apps.connections.open", headers=bearer(slack.app_token))).json()
    async with websockets.connect(answer["url"]) as socket:
        assert json.loads(await socket.recv())["type"] == "hello"
        assert slack.connections == 1
    async with websockets.connect(answer["url"]) as again:
        with pytest.raises(websockets.ConnectionClosed):
            await again.recv()
    await slack.wait_for(lambda: slack.connections == 0)
