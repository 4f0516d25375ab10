"""Bodies of requests: JSON within a limit, and recordings streamed to disk as they arrive."""

import asyncio
import json
from pathlib import Path
from typing import Any, BinaryIO

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive

from bot.engine.problems import bad_request, too_large

CUT_OFF = "The request was cut off."
LARGEST_JSON = 16 * 1024 * 1024
WRITE_BYTES = 1024 * 1024
"""Bytes that are collected before a thread writes them."""

DIGITS = 18
"""No file is longer than a number with so many digits says."""

DISCARDED_BYTES = 64 * 1024 * 1024
DISCARD_SECONDS = 10.0


async def read_json(request: Request, limit: int = LARGEST_JSON) -> dict[str, Any]:
    """Return a request's body as an object; an empty one is an empty object.

    Raises:
        Problem: 400 when it is none, 413 when it is too large.
    """
    sent = media_type(request)
    if sent and sent != "application/json" and not sent.endswith("+json"):
        raise bad_request(f"Content-Type '{sent[:80]}' is not supported. Send application/json.")
    raw = bytearray()
    try:
        async for chunk in request.stream():
            raw += chunk
            if len(raw) > limit:
                raise too_large(limit)
    except ClientDisconnect as error:
        raise bad_request(CUT_OFF) from error
    if not raw.strip():
        return {}
    try:
        value = json.loads(raw)
        # half of a surrogate pair is legal in JSON, and no text that anything can store
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise bad_request("The body must be valid JSON.") from error
    if not isinstance(value, dict):
        raise bad_request("The body must be a JSON object.")
    return value


async def save(request: Request, target: Path, limit: int) -> int:
    """Write a request's body to `target` as it arrives, and return its size.

    Raises:
        Problem: 400 when it is cut short, 413 when it is too large; nothing is left on disk then.
    """
    declared = request.headers.get("content-length", "")
    expected = int(declared) if declared.isdecimal() and len(declared) <= DIGITS else None
    if expected is not None and expected > limit:
        raise too_large(limit)
    file = await asyncio.to_thread(target.open, "wb")
    whole = False
    try:
        size = await _write(request, file, limit)
        whole = expected is None or size == expected
    finally:
        await asyncio.to_thread(file.close)
        if not whole:
            await asyncio.to_thread(target.unlink)
    if not whole:
        raise bad_request(f"The body has {size} bytes, not the {expected} that Content-Length says.")
    return size


async def _write(request: Request, file: BinaryIO, limit: int) -> int:
    size = 0
    waiting = bytearray()
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > limit:
                raise too_large(limit)
            waiting += chunk
            if len(waiting) >= WRITE_BYTES:
                await asyncio.to_thread(file.write, bytes(waiting))
                waiting.clear()
    except ClientDisconnect as error:
        raise bad_request(CUT_OFF) from error
    await asyncio.to_thread(file.write, bytes(waiting))
    return size


async def discard(receive: Receive) -> None:
    """Take in the rest of a body that is refused: a client that is still sending would miss our answer."""
    size = 0
    try:
        async with asyncio.timeout(DISCARD_SECONDS):
            while size < DISCARDED_BYTES:
                message = await receive()
                size += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return
    except TimeoutError:
        return


def media_type(request: Request) -> str:
    """Return what a request's body is said to be, in lower case, without parameters; empty when nothing is said."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
