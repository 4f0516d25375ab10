"""The conversation API's ids: 16 digits for conversations, messages and insights, UUID v4 for jobs and members."""

import hashlib
import secrets
import uuid

_LOWEST = 10**15
_SPAN = 9 * 10**15


def numeric_id() -> str:
    """Return a new 16-digit id."""
    return str(_LOWEST + secrets.randbelow(_SPAN))


def derived_id(*parts: str) -> str:
    """Return the 16-digit id that always belongs to `parts`: what is found again keeps its id."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return str(_LOWEST + int.from_bytes(digest[:8], "big") % _SPAN)


def unique_id() -> str:
    """Return a new UUID v4."""
    return str(uuid.uuid4())
