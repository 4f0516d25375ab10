"""The few parts that our messages are made of; each stays within Slack's limits whatever it is given.

A line is written once, as pieces, and becomes both rich text (shown) and markup (the top-level text, read aloud).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.slack.blocks.words import clean, escape, fit, shorten

Block = dict[str, Any]

_HEADER = 150  # characters, by Slack's limit for a header
_CONTEXT = 2_000  # one context element; Slack's limit for a text object is 3,000
_TEXT = 4_000  # Slack refuses a longer text in an edit
_BUTTON = 75  # characters, by Slack's limit for a button's text
_MEMBER = re.compile(r"[UW][A-Z0-9]{2,}")
_CHANNEL = re.compile(r"[CGD][A-Z0-9]{2,}")
_ADDRESS = re.compile(r"https?://[^\s<>|]+")


@dataclass(frozen=True, slots=True)
class Message:
    """A message as Slack takes it: `text` carries its whole meaning for who cannot see the blocks."""

    text: str
    blocks: list[Block]

    def marked(self, block_id: str) -> "Message":
        """Return the message with its first block called `block_id`."""
        return replace(self, blocks=[{**self.blocks[0], "block_id": block_id}, *self.blocks[1:]])


@dataclass(frozen=True, slots=True)
class Words:
    """Words to be shown as they are."""

    text: str
    bold: bool = False
    strike: bool = False
    italic: bool = False
    code: bool = False

    def element(self) -> Block:
        """Return the piece as rich text."""
        style = {name: True for name in ("bold", "strike", "italic", "code") if getattr(self, name)}
        return {"type": "text", "text": self.text, **({"style": style} if style else {})}

    def markup(self) -> str:
        """Return the piece as Slack's markup."""
        return f"`{escape(self.text)}`" if self.code else escape(self.text)


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the workspace, by id; anything else is shown as words."""

    user: str

    def element(self) -> Block:
        """Return the piece as rich text."""
        return {"type": "user", "user_id": self.user} if _MEMBER.fullmatch(self.user) else self._words().element()

    def markup(self) -> str:
        """Return the piece as Slack's markup."""
        return f"<@{self.user}>" if _MEMBER.fullmatch(self.user) else self._words().markup()

    def _words(self) -> Words:
        return Words(shorten(self.user, 80) or "somebody")


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, by id; anything else is shown as words."""

    channel: str

    def element(self) -> Block:
        """Return the piece as rich text."""
        if _CHANNEL.fullmatch(self.channel):
            return {"type": "channel", "channel_id": self.channel}
        return Words("the channel").element()

    def markup(self) -> str:
        """Return the piece as Slack's markup."""
        return f"<#{self.channel}>" if _CHANNEL.fullmatch(self.channel) else "the channel"


@dataclass(frozen=True, slots=True)
class Link:
    """A link of our own making: to a message in Slack, never to what somebody pasted."""

    url: str
    label: str

    def element(self) -> Block:
        """Return the piece as rich text."""
        if _ADDRESS.fullmatch(self.url):
            return {"type": "link", "url": self.url, "text": self.label}
        return Words(self.label).element()

    def markup(self) -> str:
        """Return the piece as Slack's markup."""
        return f"<{self.url}|{escape(self.label)}>" if _ADDRESS.fullmatch(self.url) else escape(self.label)


@dataclass(frozen=True, slots=True)
class Emoji:
    """An emoji, by its name in Slack."""

    name: str

    def element(self) -> Block:
        """Return the piece as rich text."""
        return {"type": "emoji", "name": self.name}

    def markup(self) -> str:
        """Return the piece as Slack's markup."""
        return f":{self.name}:"


Piece = Words | Person | Channel | Link | Emoji
Line = Sequence[Piece]


def markup(line: Line) -> str:
    """Return a line as Slack's markup."""
    return "".join(piece.markup() for piece in line)


def spoken(*lines: Line) -> str:
    """Return a message's top-level text: its lines as markup, no longer than Slack takes when a message is edited."""
    return fit("\n".join(markup(line) for line in lines), _TEXT)


def section(*lines: Line) -> Block:
    """Return a block of lines, one under the other."""
    return {"type": "rich_text", "elements": [_rich("rich_text_section", lines)]}


def quote(above: Sequence[Line], quoted: Line) -> Block:
    """Return a block of lines with a quotation under them."""
    return {"type": "rich_text", "elements": [_rich("rich_text_section", above), _rich("rich_text_quote", [quoted])]}


def bullets(above: Line, points: Iterable[Line]) -> Block:
    """Return a block with a line and a list of points under it."""
    listed = [_rich("rich_text_section", [point]) for point in points]
    return {
        "type": "rich_text",
        "elements": [
            _rich("rich_text_section", [above]),
            {"type": "rich_text_list", "style": "bullet", "elements": listed},
        ],
    }


def _rich(kind: str, lines: Sequence[Line]) -> Block:
    elements: list[Block] = []
    for place, line in enumerate(lines):
        if place:
            elements.append(Words("\n").element())
        elements += [piece.element() for piece in line]
    # Slack refuses an empty text
    return {"type": kind, "elements": [each for each in elements if each.get("text") != ""]}


def header(text: str) -> Block:
    """Return a headline."""
    return {"type": "header", "text": plain_text(shorten(text, _HEADER) or "Recording")}


def context(text: str) -> Block:
    """Return a small grey line that is shown as it is."""
    return {"type": "context", "elements": [plain_text(shorten(text, _CONTEXT) or "–")]}


def context_line(line: Line) -> Block:
    """Return a small grey line made of pieces."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": markup(line), "verbatim": True}]}


def actions(*buttons: Block) -> Block:
    """Return a row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def button(label: str, action: str, value: str, *, primary: bool = False, about: str = "") -> Block:
    """Return a button; `about` says to a screen reader what it is for, beyond its label."""
    made: Block = {"type": "button", "text": plain_text(label), "action_id": action, "value": value}
    if primary:
        made["style"] = "primary"
    if clean(about):
        made["accessibility_label"] = shorten(f"{label}: {about}", _BUTTON)
    return made


def plain_text(text: str) -> Block:
    """Return text that is shown as it is."""
    return {"type": "plain_text", "text": text, "emoji": False}
