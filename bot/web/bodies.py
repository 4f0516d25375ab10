"""Reading a request's body, no further than it may go."""

from starlette.requests import ClientDisconnect, Request


class TooLargeError(Exception):
    """The body is larger than what is served here ever is."""


async def read_body(request: Request, most: int) -> bytes:
    """Return a request's body of at most `most` bytes.

    Raises:
        TooLargeError: It is larger; what came after the limit was not kept.
    """
    stated = request.headers.get("content-length", "")
    if stated.isdigit() and int(stated) > most:
        raise TooLargeError
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                raise TooLargeError
    except ClientDisconnect:
        return b""
    return bytes(body)
