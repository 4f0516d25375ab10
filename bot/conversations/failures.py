"""What went wrong on the way to a conversation server or there, as the bot's own errors."""

import socket
import ssl
from collections.abc import Iterator

import httpx

from bot.conversations.values import fields, number, text
from bot.errors import BadInput, Busy, Failed, FollowthroughError, Unavailable

NOT_THE_API = "Check that CONVERSATION_API_URL is a server of the conversation API."
_CHECK_URL = "Check CONVERSATION_API_URL."
_CHECK_CREDENTIALS = "Check CONVERSATION_API_ID and CONVERSATION_API_SECRET."
_LONGEST = 300  # characters of a server's own words

# These happen before the first byte of a request has left.
_NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


_NOT_TAKEN = frozenset({400, 415, 422})
_REFUSALS = {
    401: ("The conversation server does not accept our credentials.", _CHECK_CREDENTIALS),
    402: ("The account at the conversation server has no balance left.", "Top it up, then try again."),
    403: ("The conversation server does not allow this application to do that.", _CHECK_CREDENTIALS),
    413: ("The recording is too large for the conversation server.", "Share a shorter one."),
}


class UnknownThere(Failed):
    """The server knows no job or conversation of this id."""


def nothing_was_sent(error: httpx.RequestError) -> bool:
    """Say whether a request failed before anything of it left this machine."""
    return isinstance(error, _NOTHING_SENT)


def unreachable(error: httpx.RequestError) -> Unavailable:
    """Return why a server could not be reached."""
    host = error.request.url.host
    causes = list(_causes(error))
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return Unavailable(f"The conversation server's host, {host}, was not found.", _CHECK_URL)
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return Unavailable(f"No secure connection to the conversation server at {host} could be made.", _CHECK_URL)
    if nothing_was_sent(error):
        return Unavailable(f"The conversation server at {host} could not be reached.", _CHECK_URL)
    return Unavailable(f"The conversation server at {host} broke off or took too long to answer.")


def perhaps_taken(what: str) -> Failed:
    """Return the error for a submit whose fate is unknown: sent again, the recording could be processed twice."""
    return Failed(
        f"{what} It may or may not have taken the recording.",
        "Wait a few minutes, then try again; at worst the server processes it twice.",
    )


def refusal(response: httpx.Response) -> FollowthroughError:
    """Return what an answer that is no success means; its body must have been read.

    A status from 500 on is `Unavailable`: whoever sent something that must not be sent twice looks for it first.
    """
    status = response.status_code
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return Unavailable(f"The conversation server had an error of its own ({status}).", after=_retry_after(response))
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return Busy("The conversation server has too many jobs at the moment.", after=_retry_after(response))
    said = _said(response)
    if status == httpx.codes.NOT_FOUND:
        return UnknownThere(f"The conversation server does not know this: {said or 'not found.'}", _CHECK_URL)
    if status in _NOT_TAKEN:
        # a sentence speaks for itself; a validator's phrase needs to be introduced
        whole = said[:1].isupper()
        return BadInput(said if whole else f"The conversation server did not take it: {said or 'it did not say why.'}")
    what, cure = _REFUSALS.get(
        status, (f"The conversation server answered with something unexpected ({status}).", _CHECK_URL)
    )
    return BadInput(what, cure) if status == httpx.codes.REQUEST_ENTITY_TOO_LARGE else Failed(what, cure)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _said(response: httpx.Response) -> str:
    """Return the server's own sentence, without the quotes that its validation puts around names."""
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return ""
    said = text(fields(body).get("message")).replace('"', "")
    if len(said) > _LONGEST:
        return f"{said[:_LONGEST]}…"
    return said if not said or said.endswith((".", "!", "?")) else f"{said}."


def _retry_after(response: httpx.Response) -> float | None:
    seconds = number(response.headers.get("Retry-After"))
    return seconds if seconds is not None and seconds >= 0 else None
