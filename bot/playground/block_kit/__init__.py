"""Slack's rules for Block Kit: what the playground refuses, and what tests of anything that builds blocks can ask."""

from typing import Any

from bot.playground.block_kit import limits
from bot.playground.block_kit.blocks import IN_MESSAGE, IN_VIEW
from bot.playground.block_kit.checks import Check, Findings, all_different, by_type, flag, one_of, record, several, text
from bot.playground.block_kit.objects import plain

__all__ = ["check_message", "check_view", "limits", "message_size"]

_MESSAGE_BLOCKS = several(by_type(IN_MESSAGE), limits.BLOCKS_IN_MESSAGE, least=0)
_VIEW_BLOCKS = several(by_type(IN_VIEW), limits.BLOCKS_IN_VIEW, least=0)
_IDS: dict[str, Check] = {
    "callback_id": text(limits.CALLBACK_ID, least=0),
    "private_metadata": text(limits.PRIVATE_METADATA, least=0),
    "external_id": text(limits.EXTERNAL_ID, least=0),
}
_MODAL = record(
    {"title": plain(limits.VIEW_TITLE), "blocks": _VIEW_BLOCKS},
    {
        **_IDS,
        "submit": plain(limits.VIEW_SUBMIT),
        "close": plain(limits.VIEW_CLOSE),
        "clear_on_close": flag,
        "notify_on_close": flag,
        "submit_disabled": flag,
    },
)
_HOME = record({"blocks": _VIEW_BLOCKS}, _IDS)


def check_message(blocks: Any) -> list[str]:
    """Return what Slack would find wrong with a message's blocks, in its words; nothing when it would take them."""
    findings = Findings()
    _MESSAGE_BLOCKS(blocks, "/blocks", findings)
    _own_block_ids(blocks, "/blocks", findings)
    _markdown_together(blocks, findings)
    _one_table(blocks, findings)
    return findings.messages


def message_size(blocks: Any) -> int:
    """Return a message's size as Slack measures it against `limits.MESSAGE_BLOCKS_TEXT`."""
    findings = Findings()
    _MESSAGE_BLOCKS(blocks, "/blocks", findings)
    return findings.texts + limits.BLOCK_COST * (len(blocks) if isinstance(blocks, list) else 0)


def check_view(view: Any) -> list[str]:
    """Return what Slack would find wrong with a modal or Home, in its words; nothing when it would take it."""
    findings = Findings()
    if not isinstance(view, dict):
        findings.add("must be an object", "/view")
        return findings.messages
    one_of("modal", "home")(view.get("type"), "/view/type", findings)
    (_HOME if view.get("type") == "home" else _MODAL)(view, "/view", findings)
    blocks = view.get("blocks")
    _own_block_ids(blocks, "/view/blocks", findings)
    if view.get("type") == "modal" and _has_input(blocks) and not view.get("submit"):
        findings.add("missing required field: submit", "/view")
    return findings.messages


def _has_input(blocks: Any) -> bool:
    return isinstance(blocks, list) and any(isinstance(each, dict) and each.get("type") == "input" for each in blocks)


def _own_block_ids(blocks: Any, pointer: str, findings: Findings) -> None:
    if isinstance(blocks, list):
        ids = [
            (each["block_id"], f"{pointer}/{index}/block_id")
            for index, each in enumerate(blocks)
            if isinstance(each, dict) and isinstance(each.get("block_id"), str)
        ]
        all_different(ids, "block_id", findings)


def _of_type(blocks: Any, kind: str) -> list[Any]:
    return (
        [each for each in blocks if isinstance(each, dict) and each.get("type") == kind]
        if isinstance(blocks, list)
        else []
    )


def _markdown_together(blocks: Any, findings: Findings) -> None:
    texts = [each.get("text") for each in _of_type(blocks, "markdown")]
    if sum(len(each) for each in texts if isinstance(each, str)) > limits.MARKDOWN_TEXT:
        findings.add(f"markdown blocks must be less than {limits.MARKDOWN_TEXT + 1} characters together", "/blocks")


def _one_table(blocks: Any, findings: Findings) -> None:
    if len(_of_type(blocks, "table")) > 1:
        findings.add("only one table allowed", "/blocks")
