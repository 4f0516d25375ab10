"""The grammar of rich text."""

from typing import Any

from bot.playground.block_kit import limits
from bot.playground.block_kit.checks import (
    Check,
    Findings,
    anything,
    by_type,
    flag,
    one_of,
    record,
    several,
    text,
    url,
    whole,
)

_MANY = 10_000
"""Rich text has no documented limit on its parts; this only keeps nonsense out."""

_STYLE = record(
    {},
    dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"), flag),
)
_ID = text(50)


def _counted(check: Check) -> Check:
    def counting(value: Any, pointer: str, findings: Findings) -> None:
        check(value, pointer, findings)
        findings.texts += len(value["text"]) if isinstance(value.get("text"), str) else 0

    return counting


_INLINE = by_type(
    {
        "text": _counted(record({"text": text(limits.MESSAGE_TEXT)}, {"style": _STYLE})),
        "link": _counted(
            record(
                {"url": url(limits.URL)},
                {"text": text(limits.MESSAGE_TEXT), "unsafe": flag, "style": _STYLE},
            )
        ),
        "user": record({"user_id": _ID}, {"style": _STYLE}),
        "usergroup": record({"usergroup_id": _ID}, {"style": _STYLE}),
        "channel": record({"channel_id": _ID}, {"style": _STYLE}),
        "team": record({"team_id": _ID}, {"style": _STYLE}),
        "emoji": record({"name": text(100)}, {"unicode": text(100), "skin_tone": whole(1, 6), "style": _STYLE}),
        "broadcast": record({"range": one_of("here", "channel", "everyone")}, {"style": _STYLE}),
        "date": record(
            {"timestamp": whole(0, 10**10), "format": text(limits.URL)},
            {"url": url(limits.URL), "fallback": text(limits.URL), "style": _STYLE},
        ),
        "color": record({"value": text(20)}, {"style": _STYLE}),
    }
)

_SECTION = record({"elements": several(_INLINE, _MANY, least=0)})
_LEVELS = {"indent": whole(0, 8), "border": whole(0, 1)}
RICH_TEXT_ELEMENT = by_type(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": record(
            {
                "elements": several(by_type({"rich_text_section": _SECTION}), _MANY),
                "style": one_of("bullet", "ordered"),
            },
            {**_LEVELS, "offset": whole(0, 10**6)},
        ),
        "rich_text_preformatted": record(
            {"elements": several(_INLINE, _MANY)}, {"border": whole(0, 1), "language": anything}
        ),
        "rich_text_quote": record({"elements": several(_INLINE, _MANY)}, {"border": whole(0, 1)}),
    }
)
RICH_TEXT_ELEMENTS = several(RICH_TEXT_ELEMENT, _MANY)
