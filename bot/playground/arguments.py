"""What a call of the Web API was given: query, form or JSON, all read alike."""

import json
from collections.abc import Mapping
from email import message_from_bytes
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.playground.refusal import Refused


class Arguments:
    """A call's arguments.

    Attributes:
        values: As they came: texts from a form, any JSON from a JSON body.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = {key: value for key, value in values.items() if value is not None}

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        """Return a text."""
        value = self.values.get(name, default)
        return value if isinstance(value, str) else json.dumps(value)

    def required(self, name: str, error: str = "invalid_arguments") -> str:
        """Return a text that must be there and not empty.

        Raises:
            Refused: It is missing; with `error`.
        """
        if value := self.text(name):
            return value
        raise Refused(error, response_metadata={"messages": [f"[ERROR] missing required field: {name}"]})

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a yes or no, however it was written."""
        return self.text(name, str(default)).lower() in {"1", "true"}

    def number(self, name: str, default: int) -> int:
        """Return a whole number."""
        try:
            return int(self.text(name, str(default)))
        except ValueError:
            message = f"[ERROR] must be a number [json-pointer:/{name}]"
            raise Refused("invalid_arguments", response_metadata={"messages": [message]}) from None

    def structure(self, name: str, error: str) -> Any:
        """Return JSON that came as itself or as a text, or None when it is missing.

        Raises:
            Refused: The text is no JSON; with `error`.
        """
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise Refused(error) from None


async def read_arguments(request: Request) -> Arguments:
    """Read a request's query and body.

    Raises:
        Refused: The body is not what its content type says.
    """
    values: dict[str, Any] = dict(request.query_params)
    body = await request.body()
    content_type = request.headers.get("content-type", "")
    if content_type.startswith("application/json"):
        return Arguments(values | _json(body))
    if content_type.startswith("multipart/form-data"):
        return Arguments(values | {name: part.decode() for name, part in multipart(content_type, body).items()})
    try:
        return Arguments(values | dict(parse_qsl(body.decode(), keep_blank_values=True)))
    except UnicodeDecodeError:
        raise Refused("invalid_form_data") from None


def _json(body: bytes) -> dict[str, Any]:
    try:
        given = json.loads(body or b"{}")
    except ValueError:
        raise Refused("invalid_json") from None
    if not isinstance(given, dict):
        raise Refused("json_not_object")
    return given


def multipart(content_type: str, body: bytes) -> dict[str, bytes]:
    """Return the parts of a multipart form by their names."""
    document = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body, policy=HTTP)
    parts: dict[str, bytes] = {}
    for part in document.iter_parts() if document.is_multipart() else ():
        name = part.get_param("name", header="content-disposition")
        payload = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(payload, bytes):
            parts[name] = payload
    return parts
