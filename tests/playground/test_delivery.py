"""How requests reach an app: signatures, sockets, payloads, and faults on the way."""

import asyncio
import contextlib
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import websockets
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground import Http, Playground, running
from tests.playground.conftest import AppWith, brisk, serving


class Receiver:
    """An app that only writes down what it gets."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.answer: Response = Response()

    async def take(self, request: Request) -> Response:
        body = await request.body()
        self.requests.append((dict(request.headers), body))
        if body.startswith(b"{") and (challenge := json.loads(body).get("challenge")):
            return JSONResponse({"challenge": challenge})
        return self.answer


@pytest.fixture
async def received() -> AsyncIterator[tuple[Playground, Receiver]]:
    """A playground that delivers to a receiver over HTTP."""
    receiver = Receiver()
    async with (
        serving(Starlette(routes=[Route("/slack", receiver.take, methods=["POST"])])) as address,
        running(port=0, delivery=Http(f"{address}/slack"), rules=brisk()) as slack,
    ):
        yield slack, receiver


async def test_a_request_is_signed_over_its_very_bytes(received: tuple[Playground, Receiver]) -> None:
    slack, receiver = received
    await slack.say("ana", "product", "hello")
    await slack.settled()
    headers, body = receiver.requests[0]
    base = f"v0:{headers['x-slack-request-timestamp']}:".encode() + body
    expected = hmac.new(b"playground", base, hashlib.sha256).hexdigest()
    assert headers["x-slack-signature"] == f"v0={expected}"


async def test_an_event_has_the_shape_of_slack_s(received: tuple[Playground, Receiver]) -> None:
    slack, receiver = received
    said = await slack.say("ana", "product", "see https://x.test/a?b=1&c=2")
    await slack.settled()
    envelope = json.loads(receiver.requests[0][1])
    assert envelope["type"] == "event_callback"
    assert envelope["team_id"] == "T0PLAYTEAM1"
    assert envelope["authorizations"][0]["user_id"] == "U0PLAYBOT09"
    event = envelope["event"]
    assert event["blocks"][0]["elements"][0]["elements"][1] == {"type": "link", "url": "https://x.test/a?b=1&c=2"}
    expected = {
        "type": "message",
        "user": "U0PLAYANA01",
        "text": "see <https://x.test/a?b=1&amp;c=2>",
        "ts": said.ts,
        "event_ts": said.ts,
        "channel": "C0PRODUCT02",
        "channel_type": "channel",
    }
    assert expected.items() <= event.items()


async def test_a_mention_comes_twice(received: tuple[Playground, Receiver]) -> None:
    slack, _ = received
    await slack.say("ana", "product", "@followthrough hello")
    assert sorted(each.name for each in slack.deliveries) == ["app_mention", "message"]


async def test_a_failure_s_retries_carry_number_and_reason_until_they_are_used_up(
    received: tuple[Playground, Receiver],
) -> None:
    slack, receiver = received
    receiver.answer = Response(status_code=500)
    await slack.say("ana", "product", "hello")
    await slack.settled()
    shown = [(each.get("x-slack-retry-num"), each.get("x-slack-retry-reason")) for each, _ in receiver.requests]
    assert shown == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert [each.ack.status for each in slack.deliveries[0].attempts] == [500] * 4


async def test_an_app_may_ask_not_to_be_tried_again(received: tuple[Playground, Receiver]) -> None:
    slack, receiver = received
    receiver.answer = Response(status_code=500, headers={"x-slack-no-retry": "1"})
    await slack.say("ana", "product", "hello")
    await slack.settled()
    assert len(receiver.requests) == 1


async def test_commands_are_forms_and_interactions_are_forms_of_json(received: tuple[Playground, Receiver]) -> None:
    slack, receiver = received
    await slack.command("ana", "product", "/process a b")
    await slack.global_shortcut("ana", "process")
    (headers, command), (_, shortcut) = receiver.requests
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert b"command=%2Fprocess&text=a+b" in command
    assert shortcut.startswith(b"payload=%7B")


async def test_an_answer_that_slack_cannot_show_is_an_error_for_the_person(
    received: tuple[Playground, Receiver],
) -> None:
    slack, receiver = received
    receiver.answer = JSONResponse({"text": "x", "blocks": [{"type": "headline"}]})
    answer = await slack.command("ana", "product", "/process x")
    assert (answer.acknowledged, answer.error) == (True, "invalid_blocks")
    assert "invalid_blocks" in slack.ephemerals("ana")[0].text


async def test_an_address_proves_itself_by_its_challenge(received: tuple[Playground, Receiver]) -> None:
    slack, _ = received
    assert await slack.verify_url()


async def test_an_app_that_is_not_there_gets_its_events_when_it_is_back() -> None:
    async with running(port=0, rules=brisk()) as slack:
        slack.rules.retries = (0.0, 30.0)
        await slack.say("ana", "product", "hello")
        await slack.wait_for(lambda: len(slack.deliveries[0].attempts) == 2)
        assert {each.ack.reason for each in slack.deliveries[0].attempts} == {"connection_failed"}
        answer = await slack.command("ana", "product", "/process x")
        assert answer.error == "dispatch_failed"


async def test_a_connection_that_breaks_in_the_middle_is_a_try_that_failed(slack: Playground) -> None:
    client = AsyncWebClient(slack.bot_token, base_url=slack.url)
    opened = await client.apps_connections_open(app_token=slack.app_token)
    async with websockets.connect(opened["url"]) as socket:
        await socket.recv()
        slack.rules.ack_seconds, slack.rules.retries = 30.0, ()
        await slack.say("ana", "product", "hello")
        await socket.recv()
    await slack.settled()
    assert [each.ack.reason for each in slack.deliveries[0].attempts] == ["connection_failed"]


async def test_an_app_that_is_asked_to_connect_anew_does_and_misses_nothing(app_with_socket: AppWith) -> None:
    heard: list[str] = []

    def listen(app: AsyncApp) -> None:
        @app.event("message")
        async def _(event: dict[str, Any]) -> None:
            heard.append(event["text"])

    async with app_with_socket(listen) as slack:
        slack.rules.retries = (0.0, 0.2, 1.0, 5.0)
        opened = [each.method for each in slack.calls].count("apps.connections.open")
        await slack.refresh_sockets()
        await slack.wait_for(lambda: [each.method for each in slack.calls].count("apps.connections.open") > opened)
        await slack.connected()
        await slack.say("ana", "product", "still there?")
        await slack.settled()
        # perhaps twice: what came over the old connection may have been taken, and its acknowledgement lost
        assert set(heard) == {"still there?"}
        assert slack.deliveries[0].acknowledged


async def test_no_more_than_ten_connections(slack: Playground) -> None:
    client = AsyncWebClient(slack.bot_token, base_url=slack.url)
    async with contextlib.AsyncExitStack() as stack:
        for number in range(11):
            opened = await client.apps_connections_open(app_token=slack.app_token)
            socket = await stack.enter_async_context(websockets.connect(opened["url"]))
            hello = json.loads(await socket.recv())
            assert hello["type"] == ("hello" if number < 10 else "disconnect")


async def test_a_link_s_preview_is_a_change_without_an_edit(slack: Playground) -> None:
    slack.rules.unfurl_links = True
    await slack.say("ana", "product", "see https://x.test/a")
    posted, changed = [each.payload["event"] for each in slack.deliveries]
    assert posted["ts"] == changed["message"]["ts"]
    assert changed["subtype"] == "message_changed"
    assert "edited" not in changed["message"]


async def test_another_bot_s_message_is_marked_as_one(slack: Playground) -> None:
    from bot.playground.records import Person  # noqa: PLC0415 - only here

    slack.workspace.add_person(Person("U0OTHERBOT1", "zoomer", "Zoomer", is_bot=True, bot_id="B0OTHERBOT1"))
    slack.workspace.join("product", "zoomer")
    await slack.send("zoomer", "product", "https://x.test/rec")
    event = slack.deliveries[-1].payload["event"]
    assert (event["subtype"], event["bot_id"], event["text"]) == ("bot_message", "B0OTHERBOT1", "https://x.test/rec")
    assert "user" not in event


async def test_an_event_that_nobody_here_causes_can_be_sent(received: tuple[Playground, Receiver]) -> None:
    slack, receiver = received
    slack.send_event({"type": "app_uninstalled"})
    await slack.settled()
    assert json.loads(receiver.requests[0][1])["event"]["type"] == "app_uninstalled"


async def test_waiting_for_what_never_comes_ends_and_says_what_was_seen(slack: Playground) -> None:
    client = AsyncWebClient(slack.bot_token, base_url=slack.url)
    await client.auth_test()
    with pytest.raises(TimeoutError, match=r"auth\.test ok"):
        await slack.wait_for(lambda: slack.messages("product"), within=0.05)


async def test_waiting_sees_what_happens_meanwhile(slack: Playground) -> None:
    waiting = asyncio.create_task(slack.wait_for(lambda: slack.messages("product")))
    await asyncio.sleep(0)
    await slack.say("ana", "product", "here")
    assert [each.text for each in await waiting] == ["here"]
