"""What a message says: read from a call's arguments, and checked as Slack checks it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground import block_kit, form
from bot.playground.arguments import Arguments
from bot.playground.block_kit import limits
from bot.playground.records import Json
from bot.playground.refusal import Refused


@dataclass(frozen=True, slots=True)
class Content:
    """A message's content; None where a call left it out.

    Attributes:
        text: Escaped mrkdwn.
    """

    text: str | None
    blocks: tuple[Json, ...] | None
    attachments: tuple[Json, ...] | None
    metadata: Mapping[str, Any] | None

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return not (self.text and self.text.strip()) and not self.blocks and not self.attachments


def read_content(args: Arguments) -> Content:
    """Read and check a message.

    Raises:
        Refused: As Slack refuses it.
    """
    blocks, attachments = read_blocks(args), read_attachments(args)
    text = args.text("text") if "text" in args else None
    if "markdown_text" in args:
        text = _markdown(args)
    return Content(text, blocks, attachments, _metadata(args))


def read_blocks(args: Arguments) -> tuple[Json, ...] | None:
    """Read and check a message's blocks; raises as `read_content`."""
    given = args.structure("blocks", "invalid_blocks_format")
    if given is None:
        return None
    if not isinstance(given, list):
        raise Refused("invalid_blocks_format")
    check_blocks(given)
    return form.identified(given)


def check_blocks(blocks: list[Any]) -> None:
    """Check a message's blocks; raises as `read_content`."""
    if wrong := block_kit.check_message(blocks):
        errors = [each.removeprefix("[ERROR] ") for each in wrong]
        raise Refused("invalid_blocks", errors=errors, response_metadata={"messages": wrong})
    if block_kit.message_size(blocks) > limits.MESSAGE_BLOCKS_TEXT:
        raise Refused("msg_blocks_too_long")


def read_attachments(args: Arguments) -> tuple[Json, ...] | None:
    """Read and check a message's attachments; raises as `read_content`."""
    given = args.structure("attachments", "invalid_attachments")
    if given is None:
        return None
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise Refused("invalid_attachments")
    if len(given) > limits.ATTACHMENTS:
        raise Refused("too_many_attachments")
    for each in given:
        if isinstance(each.get("blocks"), list):
            check_blocks(each["blocks"])
    return tuple(given)


def _markdown(args: Arguments) -> str:
    if "text" in args or "blocks" in args:
        raise Refused("markdown_text_conflict")
    text = args.text("markdown_text")
    if len(text) > limits.MARKDOWN_TEXT:
        raise Refused("msg_too_long")
    return text


def _metadata(args: Arguments) -> Mapping[str, Any] | None:
    given = args.structure("metadata", "invalid_metadata_format")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise Refused("invalid_metadata_format")
    if not isinstance(given.get("event_type"), str) or not isinstance(given.get("event_payload"), dict):
        raise Refused("invalid_metadata_schema")
    return given
