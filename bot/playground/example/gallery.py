"""Every block and element that a message can hold, to see how it looks and what an app hears when it is used."""

from typing import Any

from bot.playground.example.views import mrkdwn, options, plain

Json = dict[str, Any]
_PICTURE = "https://playground.example/plan.png"
_SMALL = {"one": "One", "two": "Two", "three": "Three"}
_CHOICES = options(_SMALL)


def _text(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def _list(style: str, *items: str) -> Json:
    sections = [{"type": "rich_text_section", "elements": [_text(each)]} for each in items]
    return {"type": "rich_text_list", "style": style, "indent": 0, "elements": sections}


def _section(text: str, accessory: Json) -> Json:
    return {"type": "section", "text": mrkdwn(text), "accessory": accessory}


_TEXTS: list[Json] = [
    {"type": "header", "text": plain("Texts :sparkles:")},
    {
        "type": "section",
        "text": mrkdwn(
            "*bold*, _italic_, ~struck~, `code`, <https://example.com|a link>, <!here>\n> a quote\n```code```"
        ),
    },
    {"type": "section", "fields": [mrkdwn("*Room*\nHarbour"), mrkdwn("*Seats*\n12")]},
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    _text("Rich text: "),
                    _text("bold", bold=True),
                    _text(", "),
                    _text("italic", italic=True),
                    _text(", "),
                    {"type": "emoji", "name": "wave"},
                    _text(" and "),
                    {"type": "link", "url": "https://example.com", "text": "a link"},
                ],
            },
            _list("bullet", "first", "second"),
            _list("ordered", "one", "two"),
            {"type": "rich_text_quote", "elements": [_text("A quote.")]},
            {"type": "rich_text_preformatted", "elements": [_text("x = 1\ny = 2")]},
        ],
    },
    {"type": "markdown", "text": "**Markdown**, with a [link](https://example.com)\n\n- one\n- two"},
    {"type": "divider"},
    {
        "type": "table",
        "rows": [
            [{"type": "raw_text", "text": "Room"}, {"type": "raw_text", "text": "Seats"}],
            [{"type": "raw_text", "text": "Harbour"}, {"type": "raw_text", "text": "12"}],
        ],
    },
    {
        "type": "context",
        "elements": [
            {"type": "image", "image_url": _PICTURE, "alt_text": "A floor plan"},
            mrkdwn("Context, with a picture"),
        ],
    },
    {"type": "image", "image_url": _PICTURE, "alt_text": "A floor plan", "title": plain("The floor plan")},
    {
        "type": "video",
        "title": plain("How to find the attic"),
        "alt_text": "Somebody climbs stairs",
        "thumbnail_url": _PICTURE,
        "video_url": "https://playground.example/attic",
    },
]

_CONFIRM = {
    "title": plain("Sure?"),
    "text": plain("This cannot be undone."),
    "confirm": plain("Yes"),
    "deny": plain("No"),
}
_ELEMENTS: list[Json] = [
    {"type": "header", "text": plain("Elements")},
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "plain_button", "text": plain("Button"), "value": "pressed"},
            {"type": "button", "action_id": "primary", "text": plain("Primary"), "style": "primary", "value": "p"},
            {
                "type": "button",
                "action_id": "danger",
                "text": plain("Danger"),
                "style": "danger",
                "value": "d",
                "confirm": _CONFIRM,
            },
            {"type": "button", "action_id": "link", "text": plain("Link"), "url": "https://example.com"},
            {"type": "overflow", "action_id": "overflow", "options": _CHOICES},
        ],
    },
    {
        "type": "actions",
        "elements": [
            {"type": "static_select", "action_id": "static", "placeholder": plain("Static"), "options": _CHOICES},
            {"type": "users_select", "action_id": "users", "placeholder": plain("Users")},
            {"type": "channels_select", "action_id": "channels", "placeholder": plain("Channels")},
            {"type": "conversations_select", "action_id": "conversations", "placeholder": plain("Conversations")},
        ],
    },
    {
        "type": "actions",
        "elements": [
            {"type": "datepicker", "action_id": "date", "placeholder": plain("A date")},
            {"type": "timepicker", "action_id": "time_of_day", "placeholder": plain("A time")},
            {"type": "datetimepicker", "action_id": "moment"},
        ],
    },
    _section(
        "Several of a list",
        {
            "type": "multi_static_select",
            "action_id": "several",
            "placeholder": plain("Several"),
            "option_groups": [{"label": plain("Numbers"), "options": _CHOICES}],
        },
    ),
    _section("Several people", {"type": "multi_users_select", "action_id": "people", "placeholder": plain("People")}),
    _section("Boxes", {"type": "checkboxes", "action_id": "boxes", "options": _CHOICES}),
    _section("One of these", {"type": "radio_buttons", "action_id": "radio", "options": _CHOICES}),
    _section("A picture", {"type": "image", "image_url": _PICTURE, "alt_text": "A floor plan"}),
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": {"text": plain("Good"), "value": "good"},
                "negative_button": {"text": plain("Bad"), "value": "bad"},
            },
            {"type": "icon_button", "action_id": "icon", "icon": "trash", "text": plain("Remove")},
        ],
    },
]

GALLERY: tuple[list[Json], ...] = (_TEXTS, _ELEMENTS)
