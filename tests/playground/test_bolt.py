"""The real Bolt app, in both deliveries: whatever holds here holds for any app that is pointed at the playground."""

import asyncio
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from tests.playground.conftest import AppWith

BUTTONS: list[dict[str, Any]] = [
    {"type": "section", "block_id": "what", "text": {"type": "mrkdwn", "text": "Book the studio"}},
    {
        "type": "actions",
        "block_id": "do",
        "elements": [
            {
                "type": "button",
                "action_id": "claim",
                "text": {"type": "plain_text", "text": "I'll take it"},
                "value": "7",
            },
            {
                "type": "static_select",
                "action_id": "due",
                "options": [
                    {"text": {"type": "plain_text", "text": "Friday"}, "value": "fri"},
                    {"text": {"type": "plain_text", "text": "Monday"}, "value": "mon"},
                ],
            },
        ],
    },
]
FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "correct",
    "private_metadata": "item 7",
    "title": {"type": "plain_text", "text": "Correct"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "what",
            "label": {"type": "plain_text", "text": "What"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        },
        {
            "type": "input",
            "block_id": "when",
            "optional": True,
            "label": {"type": "plain_text", "text": "When"},
            "element": {"type": "datepicker", "action_id": "day", "initial_date": "2026-03-06"},
        },
    ],
}


async def test_what_a_person_says_is_answered_in_the_thread(app_with: AppWith) -> None:
    def listen(app: AsyncApp) -> None:
        @app.event("message")
        async def _(event: dict[str, Any], say: Any) -> None:
            await say(text=f"heard {event['text']}", thread_ts=event["ts"])

    async with app_with(listen) as slack:
        said = await slack.say("ana", "#product", "hello there")
        (reply,) = await slack.wait_for(lambda: slack.thread("#product", said.ts))
        assert reply.text == "heard hello there"
        assert reply.bot_id
        await slack.settled()
        assert all(each.acknowledged for each in slack.deliveries)


async def test_a_command_is_answered_to_its_sender_alone(app_with: AppWith) -> None:
    def listen(app: AsyncApp) -> None:
        @app.command("/process")
        async def _(ack: Any, command: dict[str, Any]) -> None:
            await ack(f"{command['user_name']} wants {command['text']}")

    async with app_with(listen) as slack:
        answer = await slack.command("bo", "design", "/process help")
        assert answer.acknowledged
        assert [each.text for each in slack.ephemerals("bo")] == ["bo wants help"]
        assert slack.ephemerals("ana") == []
        assert slack.messages("design") == []


async def test_a_command_may_be_answered_to_the_channel(app_with: AppWith) -> None:
    def listen(app: AsyncApp) -> None:
        @app.command("/process")
        async def _(ack: Any) -> None:
            await ack({"response_type": "in_channel", "text": "on it"})

    async with app_with(listen) as slack:
        await slack.command("bo", "product", "/process x")
        assert [each.text for each in slack.messages("product")] == ["on it"]


async def test_a_command_that_nobody_acknowledges_fails_before_the_person_s_eyes(app_with: AppWith) -> None:
    def listen(app: AsyncApp) -> None:
        @app.command("/process")
        async def _(ack: Any) -> None:
            await late.wait()
            await ack()

    late = asyncio.Event()
    async with app_with(listen) as slack:
        slack.rules.ack_seconds = 0.3
        answer = await slack.command("bo", "product", "/process x")
        late.set()
        assert answer.error == "operation_timeout"
        assert "operation_timeout" in slack.ephemerals("bo")[0].text


async def test_a_reaction_arrives_with_its_message_and_can_be_taken_back(app_with: AppWith) -> None:
    seen: list[tuple[str, str, str, str]] = []

    def listen(app: AsyncApp) -> None:
        async def note(event: dict[str, Any]) -> None:
            seen.append((event["type"], event["reaction"], event["item"]["ts"], event["item_user"]))

        app.event("reaction_added")(note)
        app.event("reaction_removed")(note)
        app.event("message")(_nothing)

    async with app_with(listen) as slack:
        said = await slack.say("ana", "product", "who books the studio?")
        await slack.react("mei", "product", said.ts, "raised_hand")
        await slack.settled()
        await slack.unreact("mei", "product", said.ts, "raised_hand")
        await slack.settled()
        assert seen == [
            ("reaction_added", "raised_hand", said.ts, said.user),
            ("reaction_removed", "raised_hand", said.ts, said.user),
        ]
        assert slack.message("product", said.ts).reactions == ()


async def test_pressing_a_button_reaches_its_listener_and_may_change_the_message(app_with: AppWith) -> None:
    def listen(app: AsyncApp) -> None:
        @app.action("claim")
        async def _(ack: Any, body: dict[str, Any], action: dict[str, Any], client: Any) -> None:
            await ack()
            assert body["message"]["blocks"][0]["block_id"] == "what"
            text = f"{body['user']['name']} took {action['value']}"
            await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text=text, blocks=[])

        app.event("message")(_nothing)

    async with app_with(listen) as slack:
        posted = await _post(slack, BUTTONS)
        answer = await slack.press("bo", "product", posted, "claim")
        assert answer.acknowledged
        changed = await slack.wait_for(lambda: _edited(slack, posted))
        assert (changed.text, changed.blocks) == ("bo took 7", ())


async def test_choosing_in_a_menu_says_which_option(app_with: AppWith) -> None:
    chosen: list[str] = []

    def listen(app: AsyncApp) -> None:
        @app.action("due")
        async def _(ack: Any, action: dict[str, Any]) -> None:
            await ack()
            chosen.append(action["selected_option"]["value"])

        app.event("message")(_nothing)

    async with app_with(listen) as slack:
        posted = await _post(slack, BUTTONS)
        await slack.press("bo", "product", posted, "due", "mon")
        assert chosen == ["mon"]


async def test_a_button_shown_to_one_person_works_and_can_be_replaced(app_with: AppWith) -> None:
    def listen(app: AsyncApp) -> None:
        @app.command("/process")
        async def _(ack: Any) -> None:
            await ack({"text": "Process it?", "blocks": BUTTONS})

        @app.action("claim")
        async def _(ack: Any, respond: Any, body: dict[str, Any]) -> None:
            await ack()
            assert body["container"]["is_ephemeral"]
            assert "message" not in body
            await respond(text="Started.", replace_original=True)

    async with app_with(listen) as slack:
        await slack.command("bo", "product", "/process x")
        (asked,) = slack.ephemerals("bo")
        await slack.press("bo", "product", asked.ts, "claim")
        await slack.wait_for(lambda: [each.text for each in slack.ephemerals("bo")] == ["Started."])


async def test_a_message_shortcut_brings_the_message_along(app_with: AppWith) -> None:
    def listen(app: AsyncApp) -> None:
        @app.shortcut({"type": "message_action", "callback_id": "process"})
        async def _(ack: Any, shortcut: dict[str, Any], respond: Any) -> None:
            await ack()
            await respond(f"processing {shortcut['message']['text']}")

        app.event("message")(_nothing)

    async with app_with(listen) as slack:
        said = await slack.say("ana", "product", "the recording")
        await slack.message_shortcut("mei", "product", said.ts, "process")
        await slack.wait_for(lambda: [each.text for each in slack.ephemerals("mei")] == ["processing the recording"])


async def test_a_global_shortcut_opens_a_modal_whose_errors_are_shown_until_it_is_right(app_with: AppWith) -> None:
    submitted: list[dict[str, Any]] = []

    def listen(app: AsyncApp) -> None:
        @app.shortcut({"type": "shortcut", "callback_id": "correct"})
        async def _(ack: Any, shortcut: dict[str, Any], client: Any) -> None:
            await ack()
            await client.views_open(trigger_id=shortcut["trigger_id"], view=FORM)

        @app.view("correct")
        async def _(ack: Any, view: dict[str, Any]) -> None:
            values = view["state"]["values"]
            if len(values["what"]["text"]["value"]) < 3:
                await ack(response_action="errors", errors={"what": "Say more."})
                return
            submitted.append(view)
            await ack()

    async with app_with(listen) as slack:
        await slack.global_shortcut("mei", "correct")
        await slack.wait_for(lambda: slack.modal("mei"))
        await slack.submit("mei", {"text": "x"})
        wrong = slack.modal("mei")
        assert wrong is not None
        assert wrong.errors == {"what": "Say more."}
        await slack.submit("mei", {"text": "Book the studio", "day": "2026-03-09"})
        assert slack.modal("mei") is None
        (view,) = submitted
        assert view["private_metadata"] == "item 7"
        assert view["state"]["values"]["when"]["day"]["selected_date"] == "2026-03-09"


async def test_opening_home_lets_the_app_publish_it(app_with: AppWith) -> None:
    def listen(app: AsyncApp) -> None:
        @app.event("app_home_opened")
        async def _(event: dict[str, Any], client: Any) -> None:
            view = {
                "type": "home",
                "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "Nothing open."}}],
            }
            await client.views_publish(user_id=event["user"], view=view)

    async with app_with(listen) as slack:
        await slack.open_home("ana")
        home = await slack.wait_for(lambda: slack.home("ana"))
        assert home.body["blocks"][0]["text"]["text"] == "Nothing open."
        assert slack.home("bo") is None


async def test_an_event_nobody_listens_to_is_tried_again_and_given_up(app_with: AppWith) -> None:
    async with app_with(lambda _: None) as slack:
        slack.rules.ack_seconds = 0.3  # over Socket Mode Bolt says no by saying nothing
        await slack.say("ana", "product", "hello?")
        await slack.settled()
        (delivery,) = slack.deliveries
        assert not delivery.acknowledged
        assert len(delivery.attempts) == 4


async def test_a_retry_says_that_it_is_one_and_keeps_the_event_s_id(app_with: AppWith) -> None:
    tries: list[tuple[str, list[str] | None]] = []

    def listen(app: AsyncApp) -> None:
        @app.event("message")
        async def _(body: dict[str, Any], request: Any) -> None:
            tries.append((body["event_id"], request.headers.get("x-slack-retry-num")))
            if len(tries) == 1:
                await late.wait()

    late = asyncio.Event()
    async with app_with(listen) as slack:
        slack.rules.ack_seconds = 0.5
        await slack.say("ana", "product", "hello")
        await slack.settled()
        late.set()
        assert len({event_id for event_id, _ in tries}) == 1
        first, second, *_ = (number for _, number in tries)
        assert first in (None, ["0"])
        assert second == ["1"]


async def test_duplicates_bring_one_event_twice(app_with: AppWith) -> None:
    ids: list[str] = []

    def listen(app: AsyncApp) -> None:
        @app.event("message")
        async def _(body: dict[str, Any]) -> None:
            ids.append(body["event_id"])

    async with app_with(listen) as slack:
        slack.rules.duplicates = True
        await slack.say("ana", "product", "hello")
        await slack.settled()
        assert len(ids) == 2
        assert len(set(ids)) == 1


async def test_what_the_app_posts_itself_does_not_make_it_answer_itself(app_with: AppWith) -> None:
    def listen(app: AsyncApp) -> None:
        @app.event("message")
        async def _(say: Any) -> None:
            await say("echo")

    async with app_with(listen) as slack:
        await slack.say("ana", "product", "hello")
        await slack.wait_for(lambda: slack.from_app("product"))
        await slack.settled()
        assert len(slack.from_app("product")) == 1
        # the event of its own message was sent all the same, as Slack does
        assert [each.name for each in slack.deliveries] == ["message", "message"]


async def _nothing() -> None:
    """Take an event, and do nothing."""


async def _post(slack: Playground, blocks: list[dict[str, Any]]) -> str:
    client = AsyncWebClient(slack.bot_token, base_url=slack.url)
    posted = await client.chat_postMessage(channel="C0PRODUCT02", text="Book the studio", blocks=blocks)
    return str(posted["ts"])


def _edited(slack: Playground, ts: str) -> Any:
    message = slack.message("product", ts)
    return message if message.edited_ts else None
