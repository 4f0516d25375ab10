"""What an answer of the language model looks like, as JSON Schema: in the strict form that servers enforce."""

from collections.abc import Mapping
from typing import Any


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list_of(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _or_null(kind: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [kind, {"type": "null"}]}


def answer_schema() -> dict[str, Any]:
    """Return the schema of the conclusions of one window."""
    text, line = {"type": "string"}, {"type": "integer"}
    said = {"text": text, "quote": text, "lines": _list_of(line)}
    return _object(
        items=_list_of(
            _object(
                kind={"type": "string", "enum": ["action_item", "follow_up"]},
                **said,
                owner=_or_null(text),
                due=_or_null(text),
                firm={"type": "boolean"},
            )
        ),
        decisions=_list_of(_object(**said)),
        questions=_list_of(_object(**said, answer=_or_null(_object(quote=text, line=line)))),
        topics=_list_of(_object(text=text, lines=_list_of(line), parent=_or_null(text))),
        chapters=_list_of(_object(title=text, first=line)),
        summary=_list_of(_object(**said)),
    )
