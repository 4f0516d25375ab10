"""Block Kit's elements: what can be pressed, chosen or typed, and images."""

from collections.abc import Mapping

from bot.playground.block_kit import limits
from bot.playground.block_kit.checks import (
    Check,
    anything,
    either,
    flag,
    matching,
    not_both,
    one_of,
    record,
    several,
    text,
    url,
    whole,
)
from bot.playground.block_kit.objects import (
    BOX_OPTION,
    CONFIRM,
    DISPATCH,
    FILTER,
    OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    SLACK_FILE,
    WORKFLOW,
    plain,
)

_ID = text(limits.ACTION_ID)
_ACTION: Mapping[str, Check] = {"action_id": _ID, "confirm": CONFIRM}
_INPUT: Mapping[str, Check] = {"action_id": _ID, "focus_on_load": flag, "placeholder": plain(limits.PLACEHOLDER)}
_TYPED: Mapping[str, Check] = {**_INPUT, "dispatch_action_config": DISPATCH}
_PICKED: Mapping[str, Check] = {**_INPUT, "confirm": CONFIRM}
_MANY: Mapping[str, Check] = {**_PICKED, "max_selected_items": whole(1, 1_000_000)}

_DAY = matching(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "a date as YYYY-MM-DD")
_TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "a time as HH:mm")
_ID_TEXT = text(50)
_NUMBER = matching(r"-?\d+(\.\d+)?", "a number as a string")
_LENGTHS = {"min_length": whole(0, limits.INPUT_LENGTH), "max_length": whole(1, limits.INPUT_LENGTH)}

_OPTIONS = {
    "options": several(OPTION, limits.SELECT_OPTIONS),
    "option_groups": several(OPTION_GROUP, limits.OPTION_GROUPS),
}
_ONE_LIST = (either("options", "option_groups"), not_both("options", "option_groups"))
_BOXES = several(BOX_OPTION, limits.BOX_OPTIONS)

BUTTON = record(
    {"text": plain(limits.BUTTON_TEXT)},
    {
        **_ACTION,
        "value": text(limits.BUTTON_VALUE),
        "url": url(limits.URL),
        "style": one_of("primary", "danger"),
        "accessibility_label": text(limits.ACCESSIBILITY_LABEL),
    },
)
IMAGE = record(
    {"alt_text": text(limits.ALT_TEXT)},
    {"image_url": url(limits.URL), "slack_file": SLACK_FILE},
    either("image_url", "slack_file"),
)
FEEDBACK = record(
    {"text": plain(limits.BUTTON_TEXT), "value": text(limits.BUTTON_VALUE)},
    {"accessibility_label": text(limits.ACCESSIBILITY_LABEL)},
)

PICKERS: Mapping[str, Check] = {
    "button": BUTTON,
    "workflow_button": record(
        {"text": plain(limits.BUTTON_TEXT), "workflow": WORKFLOW}, {**_ACTION, "style": anything}
    ),
    "overflow": record({"options": several(OVERFLOW_OPTION, limits.OVERFLOW_OPTIONS)}, _ACTION),
    "datepicker": record({}, {**_PICKED, "initial_date": _DAY}),
    "timepicker": record({}, {**_PICKED, "initial_time": _TIME, "timezone": text(100)}),
    "datetimepicker": record(
        {}, {"action_id": _ID, "confirm": CONFIRM, "focus_on_load": flag, "initial_date_time": whole(10**9, 10**10 - 1)}
    ),
    "checkboxes": record(
        {"options": _BOXES}, {"action_id": _ID, "confirm": CONFIRM, "focus_on_load": flag, "initial_options": _BOXES}
    ),
    "radio_buttons": record(
        {"options": _BOXES},
        {"action_id": _ID, "confirm": CONFIRM, "focus_on_load": flag, "initial_option": BOX_OPTION},
    ),
    "static_select": record({}, {**_PICKED, **_OPTIONS, "initial_option": OPTION}, *_ONE_LIST),
    "external_select": record({}, {**_PICKED, "initial_option": OPTION, "min_query_length": whole(0, 100)}),
    "users_select": record({}, {**_PICKED, "initial_user": _ID_TEXT}),
    "conversations_select": record(
        {},
        {
            **_PICKED,
            "initial_conversation": _ID_TEXT,
            "default_to_current_conversation": flag,
            "response_url_enabled": flag,
            "filter": FILTER,
        },
    ),
    "channels_select": record({}, {**_PICKED, "initial_channel": _ID_TEXT, "response_url_enabled": flag}),
}
"""Elements that send an action when they are used; most can also be the element of an input."""

MULTI_SELECTS: Mapping[str, Check] = {
    "multi_static_select": record(
        {}, {**_MANY, **_OPTIONS, "initial_options": several(OPTION, limits.SELECT_OPTIONS)}, *_ONE_LIST
    ),
    "multi_external_select": record(
        {}, {**_MANY, "initial_options": several(OPTION, limits.SELECT_OPTIONS), "min_query_length": whole(0, 100)}
    ),
    "multi_users_select": record({}, {**_MANY, "initial_users": several(_ID_TEXT, 1_000)}),
    "multi_conversations_select": record(
        {},
        {
            **_MANY,
            "initial_conversations": several(_ID_TEXT, 1_000),
            "default_to_current_conversation": flag,
            "filter": FILTER,
        },
    ),
    "multi_channels_select": record({}, {**_MANY, "initial_channels": several(_ID_TEXT, 1_000)}),
}

TEXT_INPUTS: Mapping[str, Check] = {
    "plain_text_input": record(
        {}, {**_TYPED, **_LENGTHS, "initial_value": text(limits.INPUT_LENGTH, least=0), "multiline": flag}
    ),
    "email_text_input": record({}, {**_TYPED, "initial_value": text(limits.INPUT_LENGTH)}),
    "url_text_input": record({}, {**_TYPED, "initial_value": text(limits.INPUT_LENGTH)}),
    "number_input": record(
        {"is_decimal_allowed": flag},
        {**_TYPED, "initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
    ),
    "rich_text_input": record({}, {**_TYPED, "initial_value": anything}),
    "file_input": record(
        {},
        {"action_id": _ID, "filetypes": several(text(20), 100), "max_files": whole(1, limits.FILE_INPUT_FILES)},
    ),
}

_NOT_IN_SECTION = {"datetimepicker"}
_NOT_IN_INPUT = {"button", "workflow_button", "overflow"}

IN_SECTION: Mapping[str, Check] = {
    **{kind: check for kind, check in PICKERS.items() if kind not in _NOT_IN_SECTION},
    **MULTI_SELECTS,
    "image": IMAGE,
}
IN_ACTIONS: Mapping[str, Check] = PICKERS
IN_INPUT: Mapping[str, Check] = {
    **{kind: check for kind, check in PICKERS.items() if kind not in _NOT_IN_INPUT},
    **MULTI_SELECTS,
    **TEXT_INPUTS,
}
IN_CONTEXT_ACTIONS: Mapping[str, Check] = {
    "feedback_buttons": record({"positive_button": FEEDBACK, "negative_button": FEEDBACK}, {"action_id": _ID}),
    "icon_button": record(
        {"icon": one_of("trash"), "text": plain(limits.BUTTON_TEXT)},
        {
            **_ACTION,
            "value": text(limits.BUTTON_VALUE),
            "accessibility_label": text(limits.ACCESSIBILITY_LABEL),
            "visible_to_user_ids": several(_ID_TEXT, 1_000),
        },
    ),
}
