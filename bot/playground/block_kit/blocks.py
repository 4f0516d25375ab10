"""Block Kit's blocks, and which of them go where."""

from collections.abc import Mapping
from typing import Any

from bot.playground.block_kit import limits
from bot.playground.block_kit.checks import (
    Check,
    Findings,
    all_different,
    anything,
    by_type,
    either,
    flag,
    one_of,
    record,
    several,
    text,
    url,
)
from bot.playground.block_kit.elements import IMAGE, IN_ACTIONS, IN_CONTEXT_ACTIONS, IN_INPUT, IN_SECTION
from bot.playground.block_kit.objects import SLACK_FILE, plain, text_object
from bot.playground.block_kit.rich_text import RICH_TEXT_ELEMENTS

_BLOCK: Mapping[str, Check] = {"block_id": text(limits.BLOCK_ID)}


def _block(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *rules: Check) -> Check:
    return record(required, {**_BLOCK, **(optional or {})}, *rules)


def _own_action_ids(value: Any, pointer: str, findings: Findings) -> None:
    elements = value.get("elements")
    if isinstance(elements, list):
        ids = [
            (each["action_id"], f"{pointer}/elements/{index}/action_id")
            for index, each in enumerate(elements)
            if isinstance(each, dict) and isinstance(each.get("action_id"), str)
        ]
        all_different(ids, "action_id", findings)


def _markdown(value: Any, pointer: str, findings: Findings) -> None:
    text(limits.MARKDOWN_TEXT)(value, pointer, findings)
    findings.texts += len(value) if isinstance(value, str) else 0


_CONTEXT_TEXT = text_object(limits.CONTEXT_TEXT)
_CELL = by_type(
    {
        "raw_text": record({"text": text(limits.SECTION_TEXT, least=0)}),
        "raw_number": record({"value": anything}, {"text": text(limits.SECTION_TEXT)}),
        "rich_text": record({"elements": RICH_TEXT_ELEMENTS}, _BLOCK),
    }
)

_EVERYWHERE: Mapping[str, Check] = {
    "actions": _block({"elements": several(by_type(IN_ACTIONS), limits.ACTIONS_ELEMENTS)}, {}, _own_action_ids),
    "context": _block(
        {
            "elements": several(
                by_type({"image": IMAGE, "plain_text": _CONTEXT_TEXT, "mrkdwn": _CONTEXT_TEXT}),
                limits.CONTEXT_ELEMENTS,
            )
        }
    ),
    "divider": _block({}),
    "header": _block({"text": plain(limits.HEADER_TEXT)}),
    "image": _block(
        {"alt_text": text(limits.ALT_TEXT)},
        {"image_url": url(limits.URL), "slack_file": SLACK_FILE, "title": plain(limits.IMAGE_TITLE)},
        either("image_url", "slack_file"),
    ),
    "input": _block(
        {"label": plain(limits.INPUT_LABEL), "element": by_type(IN_INPUT)},
        {"dispatch_action": flag, "hint": plain(limits.INPUT_HINT), "optional": flag},
    ),
    "rich_text": _block({"elements": RICH_TEXT_ELEMENTS}),
    "section": _block(
        {},
        {
            "text": text_object(limits.SECTION_TEXT),
            "fields": several(text_object(limits.SECTION_FIELD), limits.SECTION_FIELDS),
            "accessory": by_type(IN_SECTION),
            "expand": flag,
        },
        either("text", "fields"),
    ),
    "video": _block(
        {
            "alt_text": text(limits.ALT_TEXT),
            "title": plain(limits.VIDEO_TITLE),
            "thumbnail_url": url(limits.URL),
            "video_url": url(limits.URL),
        },
        {
            "author_name": text(limits.VIDEO_AUTHOR),
            "description": plain(limits.VIDEO_TITLE),
            "provider_icon_url": url(limits.URL),
            "provider_name": text(limits.VIDEO_AUTHOR),
            "title_url": url(limits.URL),
        },
    ),
}

IN_MESSAGE: Mapping[str, Check] = {
    **_EVERYWHERE,
    "context_actions": _block(
        {"elements": several(by_type(IN_CONTEXT_ACTIONS), limits.CONTEXT_ACTIONS)}, {}, _own_action_ids
    ),
    "file": _block({"external_id": text(limits.EXTERNAL_ID), "source": one_of("remote")}),
    "markdown": _block({"text": _markdown}),
    "table": _block(
        {"rows": several(several(_CELL, limits.TABLE_CELLS), limits.TABLE_ROWS)},
        {"column_settings": several(anything, limits.TABLE_CELLS)},
    ),
}
IN_VIEW: Mapping[str, Check] = _EVERYWHERE
