"""A key file on this machine: JSON that an operator's setting names."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.errors import BadInput

_MOST_BYTES = 100_000


def read_key(path: Path, setting: str) -> Mapping[str, Any]:
    """Read a small JSON file; what is wrong with it is told without a word of it.

    Raises:
        BadInput: It cannot be read, or holds something else.
    """
    try:
        with path.open("rb") as file:
            body = json.loads(file.read(_MOST_BYTES))
    except OSError as error:
        raise BadInput(f"{setting} names {path}, which cannot be read ({error.strerror}).", "Check the path.") from None
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise BadInput(f"{setting} names {path}, which is no JSON key.", "Download the key again, as JSON.")
    return body
