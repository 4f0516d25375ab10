"""Block Kit's composition objects: texts, options, confirmations."""

from typing import Any

from bot.playground.block_kit import limits
from bot.playground.block_kit.checks import (
    Check,
    Findings,
    anything,
    either,
    flag,
    not_both,
    one_of,
    record,
    several,
    text,
    url,
)

_TEXT_FIELDS = {"plain_text": {"emoji": flag}, "mrkdwn": {"verbatim": flag}}


def text_object(most: int, *kinds: str) -> Check:
    """Return a check for a text object of some length and kinds (`plain_text`, `mrkdwn`; both when none is named)."""
    allowed = kinds or ("plain_text", "mrkdwn")
    checks = {kind: record({"text": text(most)}, _TEXT_FIELDS[kind]) for kind in allowed}

    def check(value: Any, pointer: str, findings: Findings) -> None:
        inner = Findings()
        if not isinstance(value, dict):
            inner.add("must be an object", pointer)
        elif value.get("type") not in checks:
            inner.add("must be a valid enum value", f"{pointer}/type")
        else:
            checks[value["type"]](value, pointer, inner)
            findings.texts += len(value["text"]) if isinstance(value.get("text"), str) else 0
        if inner.messages:
            findings.add("failed to match all allowed schemas", pointer)
            findings.messages.extend(inner.messages)

    return check


def plain(most: int) -> Check:
    """Return a check for a `plain_text` object."""
    return text_object(most, "plain_text")


CONFIRM = record(
    {
        "title": plain(limits.CONFIRM_TITLE),
        "text": text_object(limits.CONFIRM_TEXT),
        "confirm": plain(limits.CONFIRM_BUTTON),
        "deny": plain(limits.CONFIRM_BUTTON),
    },
    {"style": one_of("primary", "danger")},
)


def option(*kinds: str) -> Check:
    """Return a check for an option, whose text is of some kinds."""
    return record(
        {"text": text_object(limits.OPTION_TEXT, *kinds), "value": text(limits.OPTION_VALUE)},
        {"description": text_object(limits.OPTION_DESCRIPTION, *kinds)},
    )


OPTION = option("plain_text")
BOX_OPTION = option()
OVERFLOW_OPTION = record(
    {"text": plain(limits.OPTION_TEXT), "value": text(limits.OPTION_VALUE)},
    {"url": url(limits.URL), "description": plain(limits.OPTION_DESCRIPTION)},
)
OPTION_GROUP = record({"label": plain(limits.OPTION_TEXT), "options": several(OPTION, limits.SELECT_OPTIONS)})

SLACK_FILE = record({}, {"id": text(limits.URL), "url": url(limits.URL)}, either("id", "url"), not_both("id", "url"))
FILTER = record(
    {},
    {
        "include": several(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
)
DISPATCH = record({}, {"trigger_actions_on": several(one_of("on_enter_pressed", "on_character_entered"), 2)})
WORKFLOW = record({"trigger": record({"url": url(limits.URL)}, {"customizable_input_parameters": anything})})
