"""Block Kit's rules: what Slack would refuse is refused, with Slack's words and the place; what it takes is taken."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    InputBlock,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextInputElement,
    SectionBlock,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from bot.playground.block_kit import check_message, check_view, limits, message_size

Json = dict[str, Any]


def plain(length: int) -> Json:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int) -> Json:
    return {"type": "mrkdwn", "text": "x" * length}


def button(**fields: Any) -> Json:
    return {"type": "button", "text": plain(5)} | fields


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def options(count: int, text: int = 5) -> list[Json]:
    return [{"text": plain(text), "value": str(number)} for number in range(count)]


def confirm(**fields: Any) -> Json:
    return {"title": plain(100), "text": plain(300), "confirm": plain(30), "deny": plain(30)} | fields


AT_THE_LIMIT: list[tuple[str, Callable[[int], list[Json]], int]] = [
    ("blocks in a message", lambda n: [{"type": "divider"}] * n, 50),
    ("section text", lambda n: [{"type": "section", "text": mrkdwn(n)}], 3000),
    ("section fields", lambda n: [{"type": "section", "fields": [plain(1)] * n}], 10),
    ("length of a field", lambda n: [{"type": "section", "fields": [plain(n)]}], 2000),
    ("header", lambda n: [{"type": "header", "text": plain(n)}], 150),
    ("context elements", lambda n: [{"type": "context", "elements": [mrkdwn(1)] * n}], 10),
    ("actions elements", lambda n: [actions(*[button()] * n)], 25),
    ("button text", lambda n: [actions(button(text=plain(n)))], 75),
    ("button value", lambda n: [actions(button(value="x" * n))], 2000),
    ("button url", lambda n: [actions(button(url="https://" + "x" * (n - 8)))], 3000),
    ("accessibility label", lambda n: [actions(button(accessibility_label="x" * n))], 75),
    ("action_id", lambda n: [actions(button(action_id="x" * n))], 255),
    ("block_id", lambda n: [{"type": "divider", "block_id": "x" * n}], 255),
    ("select options", lambda n: [actions({"type": "static_select", "options": options(n)})], 100),
    ("option text", lambda n: [actions({"type": "static_select", "options": options(1, n)})], 75),
    ("placeholder", lambda n: [actions({"type": "users_select", "placeholder": plain(n)})], 150),
    ("overflow options", lambda n: [actions({"type": "overflow", "options": options(n)})], 5),
    ("checkboxes", lambda n: [actions({"type": "checkboxes", "options": options(n)})], 10),
    ("radio buttons", lambda n: [actions({"type": "radio_buttons", "options": options(n)})], 10),
    ("confirmation title", lambda n: [actions(button(confirm=confirm(title=plain(n))))], 100),
    ("image alt text", lambda n: [{"type": "image", "image_url": "https://x.test/i.png", "alt_text": "x" * n}], 2000),
    ("markdown", lambda n: [{"type": "markdown", "text": "x" * n}], 12_000),
    ("markdown together", lambda n: [{"type": "markdown", "text": "x" * each} for each in (n - 1, 1)], 12_000),
    ("table rows", lambda n: [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * n}], 100),
    ("table cells", lambda n: [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * n]}], 20),
    ("context actions", lambda n: [{"type": "context_actions", "elements": [_trash()] * n}], 5),
]


def _trash() -> Json:
    return {"type": "icon_button", "icon": "trash", "text": plain(3)}


@pytest.mark.parametrize(
    ("blocks", "most"), [each[1:] for each in AT_THE_LIMIT], ids=[each[0] for each in AT_THE_LIMIT]
)
def test_what_is_at_a_limit_is_taken_and_one_more_is_refused(blocks: Callable[[int], list[Json]], most: int) -> None:
    assert check_message(blocks(most)) == []
    assert check_message(blocks(most + 1)) != []


@pytest.mark.parametrize(
    ("blocks", "finding"),
    [
        (
            [{"type": "section", "text": mrkdwn(3001)}],
            "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
        ),
        ([{"type": "divider"}] * 51, "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"),
        ([{"type": "section"}], "[ERROR] must define either `text` or `fields` [json-pointer:/blocks/0]"),
        ([{"type": "header"}], "[ERROR] missing required field: text [json-pointer:/blocks/0]"),
        ([{"type": "headline"}], "[ERROR] unsupported type: headline [json-pointer:/blocks/0/type]"),
        ([{"text": "x"}], "[ERROR] missing required field: type [json-pointer:/blocks/0]"),
        (
            [{"type": "divider", "text": "x"}],
            "[ERROR] invalid additional property: text [json-pointer:/blocks/0]",
        ),
        (
            [{"type": "header", "text": mrkdwn(1)}],
            "[ERROR] must be a valid enum value [json-pointer:/blocks/0/text/type]",
        ),
        (
            [{"type": "section", "text": mrkdwn(0)}],
            "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]",
        ),
        (
            [{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}],
            "[ERROR] duplicate block_id: a [json-pointer:/blocks/1/block_id]",
        ),
        (
            [actions(button(action_id="a"), button(action_id="a"))],
            "[ERROR] duplicate action_id: a [json-pointer:/blocks/0/elements/1/action_id]",
        ),
        (
            [actions({"type": "plain_text_input"})],
            "[ERROR] unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
        ),
        (
            [actions(button(style="green"))],
            "[ERROR] must be a valid enum value [json-pointer:/blocks/0/elements/0/style]",
        ),
        (
            [actions(button(url="javascript:alert(1)"))],
            "[ERROR] must be a valid URL [json-pointer:/blocks/0/elements/0/url]",
        ),
        (
            [actions({"type": "datepicker", "initial_date": "6 March"})],
            "[ERROR] must be a date as YYYY-MM-DD [json-pointer:/blocks/0/elements/0/initial_date]",
        ),
        (
            [
                {
                    "type": "rich_text",
                    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}],
                }
            ],
            "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]",
        ),
        ("a text", "[ERROR] must be an array [json-pointer:/blocks]"),
    ],
)
def test_a_finding_says_what_and_where_in_slack_s_words(blocks: Any, finding: str) -> None:
    assert finding in check_message(blocks)


def test_blocks_from_slack_s_own_library_are_taken() -> None:
    blocks = [
        HeaderBlock(text="Spring catalogue"),
        SectionBlock(
            block_id="item",
            text=MarkdownTextObject(text="*Book the studio*"),
            accessory=OverflowMenuElement(
                action_id="more", options=[Option(value="drop", label="Not an item"), Option(value="due", label="Due…")]
            ),
        ),
        DividerBlock(),
        ContextBlock(elements=[MarkdownTextObject(text="Mei, 19:10")]),
        ActionsBlock(
            elements=[
                ButtonElement(text="I'll take it", action_id="claim", value="1", style="primary"),
                StaticSelectElement(action_id="s", placeholder="Pick", options=[Option(value="a", label="A")]),
                UserSelectElement(action_id="u", placeholder="Who"),
            ]
        ),
    ]
    assert check_message([each.to_dict() for each in blocks]) == []


def view(**fields: Any) -> Json:
    return {"type": "modal", "title": plain(24), "blocks": []} | fields


INPUT = {"type": "input", "label": plain(10), "element": {"type": "plain_text_input", "action_id": "a"}}


@pytest.mark.parametrize(
    "good",
    [
        view(),
        view(blocks=[INPUT], submit=plain(24), close=plain(24), private_metadata="x" * 3000, callback_id="x" * 255),
        view(blocks=[{"type": "divider"}] * 100),
        {"type": "home", "blocks": [{"type": "divider"}] * 100},
        View(
            type="modal",
            title="Correct",
            submit="Save",
            blocks=[InputBlock(label="What", element=PlainTextInputElement(action_id="a"))],
        ).to_dict(),
    ],
)
def test_views_within_the_limits_are_taken(good: Json) -> None:
    assert check_view(good) == []


@pytest.mark.parametrize(
    ("bad", "finding"),
    [
        (view(title=plain(25)), "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"),
        (view(blocks=[INPUT]), "[ERROR] missing required field: submit [json-pointer:/view]"),
        (
            view(private_metadata="x" * 3001),
            "[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]",
        ),
        (view(callback_id="x" * 256), "[ERROR] must be less than 256 characters [json-pointer:/view/callback_id]"),
        (view(submit=plain(25)), "[ERROR] must be less than 25 characters [json-pointer:/view/submit/text]"),
        (view(close=plain(25)), "[ERROR] must be less than 25 characters [json-pointer:/view/close/text]"),
        (
            view(blocks=[{"type": "divider"}] * 101),
            "[ERROR] no more than 100 items allowed [json-pointer:/view/blocks]",
        ),
        (view(blocks=[{"type": "table"}]), "[ERROR] unsupported type: table [json-pointer:/view/blocks/0/type]"),
        ({"type": "modal", "blocks": []}, "[ERROR] missing required field: title [json-pointer:/view]"),
        ({"type": "window", "blocks": []}, "[ERROR] must be a valid enum value [json-pointer:/view/type]"),
        ("modal", "[ERROR] must be an object [json-pointer:/view]"),
    ],
)
def test_a_view_beyond_them_is_refused(bad: Any, finding: str) -> None:
    assert finding in check_view(bad)


def test_all_text_of_a_message_has_a_limit_that_no_single_block_shows() -> None:
    few = [{"type": "section", "text": mrkdwn(2900)}] * 4
    many = [{"type": "section", "text": mrkdwn(252)}] * 45
    accepted_by_slack = [{"type": "section", "text": mrkdwn(191)}] * 50
    assert message_size(few) <= limits.MESSAGE_BLOCKS_TEXT
    assert message_size(accepted_by_slack) <= limits.MESSAGE_BLOCKS_TEXT
    assert message_size(many) > limits.MESSAGE_BLOCKS_TEXT


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "elements", "fields", "accessory", "options", "block_id", "element", "x"])
            | st.text(max_size=3),
            inner | st.sampled_from(["section", "actions", "input", "button", "mrkdwn", "rich_text", "overflow"]),
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(blocks=anything)
@settings(deadline=None)
def test_nonsense_is_found_wrong_and_never_breaks_the_check(blocks: Any) -> None:
    findings = [*check_message(blocks), *check_view(blocks)]
    assert all(each.startswith("[ERROR] ") and each.endswith("]") for each in findings)


@given(
    texts=st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=20),
    labels=st.lists(st.text(min_size=1, max_size=75), min_size=1, max_size=25),
)
@settings(deadline=None)
def test_whatever_is_said_within_the_limits_is_taken(texts: list[str], labels: list[str]) -> None:
    sections = [{"type": "section", "text": {"type": "mrkdwn", "text": each}} for each in texts]
    buttons = [button(text={"type": "plain_text", "text": each}, action_id=str(n)) for n, each in enumerate(labels)]
    assert check_message([*sections, actions(*buttons)]) == []
