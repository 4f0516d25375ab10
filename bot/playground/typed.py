"""From what a person types to what Slack makes of it: escaped mrkdwn, and rich text blocks beside it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.records import Json

_TOKEN = re.compile(
    r"```(?P<pre>.+?)```"
    r"|`(?P<code>[^`\n]+)`"
    r"|\[(?P<label>[^\]\n]+)\]\((?P<target>https?://[^\s)]+)\)"
    r"|(?P<url>https?://[^\s<>]*[^\s<>.,;:!?)\]}'\"])"
    r"|(?<!\w)@(?P<name>[\w.-]*\w)"
    r"|(?<![\w&])#(?P<channel>[\w-]+)"
    r"|(?<!\w):(?P<emoji>[a-z0-9_+'-]+(?:::skin-tone-\d)?):"
    r"|(?<!\w)\*(?P<bold>\S(?:[^*\n]*\S)?)\*(?!\w)"
    r"|(?<!\w)_(?P<italic>\S(?:[^_\n]*\S)?)_(?!\w)"
    r"|(?<!\w)~(?P<strike>\S(?:[^~\n]*\S)?)~(?!\w)",
    re.DOTALL,
)
_BROADCASTS = {"here", "channel", "everyone"}
_STYLES = {"bold": "*", "italic": "_", "strike": "~", "code": "`"}


@dataclass(frozen=True, slots=True)
class Typed:
    """A message as Slack stores it."""

    text: str
    blocks: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Looks up what was mentioned.

    Attributes:
        user: The id of the person with a handle, or None.
        channel: The id of the channel with a name, or None.
    """

    user: Callable[[str], str | None]
    channel: Callable[[str], str | None]


def escape(text: str) -> str:
    """Escape the three characters that mean something in mrkdwn."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def understand(typed: str, names: Names, block_id: str) -> Typed:
    """Return what Slack makes of a text that a person typed: links, mentions, emoji and simple styles."""
    texts: list[str] = []
    elements: list[Json] = []
    containers: list[Json] = []
    at = 0
    for match in _TOKEN.finditer(typed):
        _plain(typed[at : match.start()], texts, elements)
        at = match.end()
        if match["pre"] is not None:
            _close(elements, containers)
            texts.append(f"```{escape(match['pre'])}```")
            containers.append(
                {
                    "type": "rich_text_preformatted",
                    "elements": [{"type": "text", "text": match["pre"].strip("\n")}],
                    "border": 0,
                }
            )
            continue
        text, element = _one(match, names)
        texts.append(text)
        elements.append(element)
    _plain(typed[at:], texts, elements)
    _close(elements, containers)
    if not containers:
        return Typed(text="".join(texts), blocks=())
    return Typed("".join(texts), ({"type": "rich_text", "block_id": block_id, "elements": containers},))


def _plain(text: str, texts: list[str], elements: list[Json]) -> None:
    if text:
        texts.append(escape(text))
        elements.append({"type": "text", "text": text})


def _close(elements: list[Json], containers: list[Json]) -> None:
    if elements:
        containers.append({"type": "rich_text_section", "elements": list(elements)})
        elements.clear()


def _one(token: re.Match[str], names: Names) -> tuple[str, Json]:
    kind, found = next((kind, text) for kind, text in token.groupdict().items() if text is not None)
    match kind:
        case "url":
            return f"<{escape(found)}>", {"type": "link", "url": found}
        case "label":
            target = token["target"]
            return f"<{escape(target)}|{escape(found)}>", {"type": "link", "url": target, "text": found}
        case "name":
            return _mention(found, names)
        case "channel":
            return _channel(found, names)
        case "emoji":
            name, _, tone = found.partition("::skin-tone-")
            return f":{found}:", {"type": "emoji", "name": name} | ({"skin_tone": int(tone)} if tone else {})
        case style:
            mark = _STYLES[style]
            return f"{mark}{escape(found)}{mark}", {"type": "text", "text": found, "style": {style: True}}


def _mention(name: str, names: Names) -> tuple[str, Json]:
    if name in _BROADCASTS:
        return f"<!{name}>", {"type": "broadcast", "range": name}
    if user := names.user(name):
        return f"<@{user}>", {"type": "user", "user_id": user}
    return f"@{escape(name)}", {"type": "text", "text": f"@{name}"}


def _channel(name: str, names: Names) -> tuple[str, Json]:
    if channel := names.channel(name):
        return f"<#{channel}|{name}>", {"type": "channel", "channel_id": channel}
    return f"#{escape(name)}", {"type": "text", "text": f"#{name}"}
