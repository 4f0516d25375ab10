"""What a person does on the page, and what they are answered."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_bolt.async_app import AsyncApp

from bot.playground import Playground
from bot.playground.page.actions import Actions
from bot.playground.page.faults import Faults
from bot.playground.page.sample import Sample
from tests.playground.conftest import AppWith
from tests.playground.page.conftest import OpenTab


async def test_one_can_write_change_and_delete_ones_own_messages_only(slack: Playground, tab: OpenTab) -> None:
    async with tab(slack, "ana") as ana, tab(slack, "bo") as bo:
        said = await ana.do("say", channel="product", text="helo")
        here = {"channel": said["channel"], "ts": said["ts"]}
        assert (await ana.do("edit", **here, text="hello"))["ok"]
        assert slack.message("product", said["ts"]).text == "hello"
        assert (await bo.do("edit", **here, text="bye"))["error"] == "cant_update_message"
        refused = await bo.do("delete", **here)
        assert refused["message"] == "You can delete your own messages only."
        assert (await ana.do("delete", **here))["ok"]
        assert slack.messages("product") == []
        assert (await ana.do("delete", **here))["message"] == "This message is gone."


@pytest.mark.parametrize(
    ("action", "given_", "error"),
    [
        ("say", {"channel": "product", "text": "  "}, "no_text"),
        ("say", {"channel": "product", "text": "x" * 40_001}, "msg_too_long"),
        ("say", {"channel": "nowhere", "text": "x"}, "channel_not_found"),
        ("say", {"channel": "old-launch", "text": "x"}, "is_archived"),
        ("say", {"channel": "leads", "text": "x", "as": "mei"}, "not_in_channel"),
        ("say", {"channel": "product", "text": "x", "as": "followthrough"}, "user_not_found"),
        ("say", {"text": "x"}, "invalid_arguments"),
        ("join", {"channel": "leads", "as": "mei"}, "channel_not_found"),
        ("archive", {"channel": "@bo"}, "restricted_action"),
        ("press", {"channel": "product", "ts": "1.0", "action_id": "go"}, "message_not_found"),
        ("submit", {}, "not_found"),
        ("close_modal", {}, "not_found"),
        ("clock", {"forward": -5}, "invalid_arguments"),
        ("clock", {"forward": 1e300}, "invalid_arguments"),
        ("clock", {"forward": True}, "invalid_arguments"),
        ("rules", {"slow_seconds": "much"}, "invalid_arguments"),
        ("rules", {"duplicates": 1}, "invalid_arguments"),
        ("rules", {"switches": {"nothing": True}}, "invalid_arguments"),
        ("fly", {}, "unknown_action"),
    ],
)
async def test_what_cannot_be_done_is_said_in_a_sentence(
    slack: Playground, tab: OpenTab, action: str, given_: dict[str, Any], error: str
) -> None:
    async with tab(slack, "ana") as ana:
        answer = await ana.do(action, **given_)
        assert (answer["ok"], answer["error"]) == (False, error)
        assert answer["message"].endswith(".")
        assert "refuses this" not in answer["message"]


async def test_a_command_that_nobody_hears_says_so(slack: Playground, tab: OpenTab) -> None:
    async with tab(slack, "ana") as ana:
        answer = await ana.do("command", channel="product", text="/process help")
        assert answer["error"] == "dispatch_failed"
        assert "not connected" in answer["message"]
        assert "dispatch_failed" in (await ana.told("ephemeral_shown"))["ephemeral"]["text"]
        whispered = ana.frames[-1]["ephemeral"]["ts"]
        assert (await ana.do("dismiss_ephemeral", ts=whispered))["ok"]
        assert (await ana.told("ephemeral_gone"))["ts"] == whispered


async def test_nobody_takes_away_what_another_is_shown(slack: Playground, tab: OpenTab) -> None:
    async with tab(slack, "ana") as ana, tab(slack, "bo") as bo:
        await ana.do("command", channel="product", text="/nobody")
        shown = slack.ephemerals("ana")[0]
        await bo.do("dismiss_ephemeral", ts=shown.ts)
        assert slack.ephemerals("ana") == [shown]
        assert (await bo.do("press", channel="product", ts=shown.ts, action_id="x"))["error"] == "message_not_found"


async def test_a_menu_in_a_message_tells_the_app_what_was_chosen(app_with: AppWith, tab: OpenTab) -> None:
    heard: list[Any] = []

    def listen(app: AsyncApp) -> None:
        @app.action("when")
        async def _(ack: Any, action: dict[str, Any]) -> None:
            await ack()
            heard.append(action["selected_date"])

    blocks = [{"type": "actions", "block_id": "b", "elements": [{"type": "datepicker", "action_id": "when"}]}]
    async with app_with(listen) as slack, tab(slack, "ana") as ana:
        posted = await slack.send("followthrough", "product", "When?", blocks)
        here = {"channel": "product", "ts": posted.ts, "action_id": "when", "block_id": "b"}
        assert (await ana.do("press", **here, choice="2026-12-24"))["ok"]
        assert heard == ["2026-12-24"]
        assert (await ana.do("press", **here, choice=["2026-12-24"]))["error"] == "invalid_arguments"
        assert (await ana.do("press", **{**here, "block_id": "c"}, choice="x"))["error"] == "element_not_found"


async def test_an_external_menu_asks_the_app_for_its_options(app_with: AppWith, tab: OpenTab) -> None:
    chosen: list[Any] = []

    def listen(app: AsyncApp) -> None:
        @app.options("city")
        async def _(ack: Any, payload: dict[str, Any]) -> None:
            name = payload["value"].title()
            await ack(options=[{"text": {"type": "plain_text", "text": name}, "value": "c1"}])

        @app.action("city")
        async def _(ack: Any, action: dict[str, Any]) -> None:
            await ack()
            chosen.append(action["selected_option"])

    element = {"type": "external_select", "action_id": "city", "min_query_length": 1}
    async with app_with(listen) as slack, tab(slack, "ana") as ana:
        blocks = [{"type": "actions", "block_id": "b", "elements": [element]}]
        posted = await slack.send("followthrough", "product", "Where?", blocks)
        here = {"channel": "product", "ts": posted.ts, "action_id": "city"}
        answer = await ana.do("suggest", **here, value="bergen")
        assert [each["text"]["text"] for each in answer["options"]] == ["Bergen"]
        assert (await ana.do("press", **here, choice=answer["options"][0]))["ok"]
        assert chosen == answer["options"]


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        (b"{", 200, "invalid_json"),
        (b"[]", 200, "json_not_object"),
        (b"[" * 100_000, 200, "invalid_json"),
        (b"\xff\xfe", 200, "invalid_json"),
        (b'{"as": "' + b"x" * 1_000_000 + b'"}', 413, "too_large"),
    ],
)
async def test_what_is_no_request_is_refused(http: httpx.AsyncClient, body: bytes, status: int, error: str) -> None:
    answer = await http.post("/page/do/say", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (status, error)


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5)
    | st.sampled_from(["ana", "product", "@bo", "@followthrough", "hand", "U0PLAYBOT09"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
_FIELDS = ["channel", "text", "ts", "thread_ts", "name", "user", "action_id", "block_id", "choice", "view_id"]
_MORE_FIELDS = ["values", "callback_id", "forward", "slow_seconds", "switches", "rules", "archived", "tab", "value"]


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_whatever_a_page_sends_is_done_or_refused(slack: Playground, http: httpx.AsyncClient, data: Any) -> None:
    names = sorted(Actions(slack, Faults(slack.rules), Sample(None)).names - {"clock"})
    given_ = data.draw(st.dictionaries(st.sampled_from(_FIELDS + _MORE_FIELDS), _VALUES))
    slack.rules.slow_seconds = 0.0
    answer = await http.post(f"/page/do/{data.draw(st.sampled_from(names))}", json={"as": "ana"} | given_)
    body = answer.json()
    assert answer.status_code == 200, json.dumps(given_)
    assert body["ok"] or body["error"] != "internal_error", json.dumps(given_)
