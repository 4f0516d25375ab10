"""What a server's answer means for the person who shared the link."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import parse_qsl

import httpx

from bot.errors import BadInput, Busy, FollowthroughError, NoAccess, NotARecording, Obstacle, Unavailable

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_WAIT_SECONDS = 3600.0
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS})
_DENIED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_AGAIN = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.MISDIRECTED_REQUEST})
_DROP_IT_HERE = "Download the recording yourself and drop the file here."


def where_next(response: httpx.Response) -> httpx.URL | None:
    """Return where a redirect leads, or None when the answer is none.

    Raises:
        NotARecording: It leads to no address.
    """
    if response.status_code not in _REDIRECTS:
        return None
    try:
        following = response.url.join(response.headers["location"])
    except (KeyError, httpx.InvalidURL) as error:
        raise NotARecording(
            f"{response.url.host} sends us on to no address.", _DROP_IT_HERE, obstacle=Obstacle.NOT_FOUND
        ) from error
    return following.copy_with(fragment=None)


def check_answer(response: httpx.Response, denied: NoAccess | None = None) -> None:
    """Pass an answer that brings a file.

    Args:
        response: The answer, its body not read yet.
        denied: What to raise when we may not have it; None for a sentence that fits any server.

    Raises:
        NoAccess: We may not have it.
        NotARecording: It is not there.
        BadInput: It comes compressed.
        Unavailable: The server has trouble, or asks to wait (then `Busy`, with `after`).
    """
    if response.is_success:
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding not in {"", "identity"}:
            raise BadInput(
                f"{response.url.host} sends the file compressed ({encoding[:20]}).",
                _DROP_IT_HERE,
                obstacle=Obstacle.WRONG_KIND,
            )
        return
    if denied is not None and response.status_code in _DENIED:
        raise denied
    raise _trouble(response)


def _trouble(response: httpx.Response) -> FollowthroughError:
    status, host = response.status_code, response.url.host
    after = retry_after(response.headers)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Busy(f"{host} asks to come back later.", obstacle=Obstacle.QUOTA, after=after)
    if status == HTTPStatus.SERVICE_UNAVAILABLE and after is not None:
        return Busy(f"{host} asks to come back later.", obstacle=Obstacle.UNREACHABLE, after=after)
    if response.is_server_error or status in _AGAIN:
        return Unavailable(f"{host} has trouble of its own ({status}).", obstacle=Obstacle.UNREACHABLE, after=after)
    expired_at = expiry(response.url)
    if expired_at is not None and expired_at < datetime.now(UTC):
        return NoAccess(
            f"The link expired on {expired_at:%-d %B %Y at %H:%M} UTC.",
            "Share a new link, or drop the file here.",
            obstacle=Obstacle.EXPIRED,
        )
    if status in _GONE:
        return NotARecording(
            f"There is nothing at that link any more ({status}).",
            "Check the link, or drop the file here.",
            obstacle=Obstacle.NOT_FOUND,
        )
    return NoAccess(
        f"{host} does not let us have it ({status}): the link is private, or has expired.",
        f"Make it open to anyone with the link. Or: {_DROP_IT_HERE[0].lower()}{_DROP_IT_HERE[1:]}",
        obstacle=Obstacle.SIGN_IN if status == HTTPStatus.UNAUTHORIZED else Obstacle.PRIVATE,
    )


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a `Retry-After` asks to wait, an hour at most, or None when it says nothing we know."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), _MAX_WAIT_SECONDS)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    wait = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - datetime.now(UTC)
    return min(max(wait.total_seconds(), 0.0), _MAX_WAIT_SECONDS)


def expiry(url: httpx.URL) -> datetime | None:
    """Return when a presigned link ends, when it says so: S3's and Google's, Azure's, or CloudFront's way."""
    query = {key.lower(): value for key, value in parse_qsl(url.query.decode("ascii", "replace"))}
    try:
        for vendor in ("x-amz", "x-goog"):
            if f"{vendor}-date" in query:
                begins = datetime.strptime(query[f"{vendor}-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
                return begins + timedelta(seconds=int(query[f"{vendor}-expires"]))
        if "sig" in query and "se" in query:
            moment = datetime.fromisoformat(query["se"])
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if "signature" in query and "expires" in query:
            return datetime.fromtimestamp(int(query["expires"]), UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return None
    return None
