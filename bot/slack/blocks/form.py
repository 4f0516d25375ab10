"""The form behind the global shortcut, where no message and no channel is at hand."""

from bot.domain.recordings import MOST_SPEAKERS
from bot.slack.blocks.ids import FORM, FORM_CHANNEL, FORM_LINK, FORM_SPEAKERS, FORM_TITLE
from bot.slack.blocks.kit import Block, plain_text

_LONGEST_LINK = 3_000
_LONGEST_TITLE = 120


def form_view() -> Block:
    """Return the form that asks for a link and a channel, and for what helps: a title, and how many people speak."""
    link = {
        "type": "plain_text_input",
        "action_id": FORM_LINK,
        "placeholder": plain_text("https://…"),
        "max_length": _LONGEST_LINK,
        "focus_on_load": True,
    }
    channel = {
        "type": "conversations_select",
        "action_id": FORM_CHANNEL,
        "default_to_current_conversation": True,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    title = {"type": "plain_text_input", "action_id": FORM_TITLE, "max_length": _LONGEST_TITLE}
    speakers = {
        "type": "number_input",
        "action_id": FORM_SPEAKERS,
        "is_decimal_allowed": False,
        "min_value": "1",
        "max_value": str(MOST_SPEAKERS),
    }
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": plain_text("Process recording"),
        "submit": plain_text("Process"),
        "close": plain_text("Cancel"),
        "blocks": [
            _input(FORM_LINK, "Link to the recording or transcript", link),
            _input(FORM_CHANNEL, "Channel for the thread", channel),
            _input(FORM_TITLE, "Title", title, optional=True),
            _input(FORM_SPEAKERS, "How many people speak in it", speakers, optional=True),
        ],
    }


def _input(block_id: str, label: str, element: Block, *, optional: bool = False) -> Block:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain_text(label),
        "element": element,
        "optional": optional,
    }
