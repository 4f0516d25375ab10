"""What yt-dlp's troubles mean for the person who shared the link."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from bot.errors import Busy, FollowthroughError, NoAccess, Obstacle, Unavailable
from bot.links.link import Link
from bot.sources.ways import refusal


def _when(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_WORD = r"pass(word|code)|passwd"
_WRONG_PASSCODE = _when(
    rf"(wrong|incorrect|invalid|not correct|n.t match)[^.]*({_WORD})|({_WORD})[^.]*(wrong|incorrect)"
)
_PASSCODE = _when(_WORD)
# what yt-dlp suggests to somebody at a terminal, at the end of its words
_HINT = re.compile(r"[.;,]?\s*use --(?!video-password).*", re.IGNORECASE | re.DOTALL)
_TOO_ODD = _when(r"ffmpeg|javascript runtime|js runtime")
_TOO_LARGE = _when(r"file too large")
_ROBOT = _when(r"captcha|not a (bot|robot)|robot|unusual traffic|cloudflare|anti-?bot|impersonat")
_PLACE = _when(r"your (country|location|region)|geo.?restrict|geo.?block|in certain countries")

#: The first that matches counts.
_MEANINGS: tuple[tuple[re.Pattern[str], Obstacle], ...] = (
    (_when(r"\bDRM\b"), Obstacle.DOWNLOAD_DISABLED),
    (_when(r"expired|link has been disabled"), Obstacle.EXPIRED),
    (
        _when(r"processing|uploading|not yet|premieres? |will begin|upcoming|not started|is live|being prepared"),
        Obstacle.NOT_READY,
    ),
    (_when(r"private|permission|not authori[sz]ed|not allowed|members.only|only available to"), Obstacle.PRIVATE),
    (_when(r"sign.?in|log.?in|logged.?in|registered users|cookies|authenticat"), Obstacle.SIGN_IN),
    (
        _when(r"deleted|removed|not found|not exist|n.t exist|no longer|terminated|unavailable|not available"),
        Obstacle.NOT_FOUND,
    ),
)
_STATUS: Mapping[int, Obstacle] = {
    HTTPStatus.UNAUTHORIZED: Obstacle.SIGN_IN,
    HTTPStatus.FORBIDDEN: Obstacle.PRIVATE,
    HTTPStatus.NOT_FOUND: Obstacle.NOT_FOUND,
    HTTPStatus.GONE: Obstacle.NOT_FOUND,
}
LOST = frozenset({"TransportError", "IncompleteRead", "TimeoutError", "SSLError", "ProxyError", "OSError"})
"""Kinds of exceptions that mean that a connection did not come about, or broke."""


def error_of(trouble: Mapping[str, Any], link: Link, *, passcode: bool) -> FollowthroughError:
    """Return the error for what yt-dlp said; its obstacle is None when that tells nothing.

    Args:
        trouble: Its words, whether they are the source's, the kinds of its exceptions, and the HTTP status seen.
        link: The link.
        passcode: Whether somebody gave one.
    """
    words, kinds, status = _HINT.sub("", str(trouble["words"])), set(trouble["kinds"]), trouble["status"]
    if _TOO_LARGE.search(words):
        return refusal(link, Obstacle.TOO_LARGE)
    if _PASSCODE.search(words):
        wrong = passcode or _WRONG_PASSCODE.search(words)
        return refusal(link, Obstacle.PASSCODE, "That passcode does not open it." if wrong else "")
    hindered = _hindered(link, words, kinds)
    if hindered:
        return _blocked(link, hindered)
    return _passing(link, kinds, status) or _lasting(link, words if trouble["said"] else "", status)


def _hindered(link: Link, words: str, kinds: set[str]) -> str:
    """Return what keeps this bot, of all who ask, from a page; empty when nothing does."""
    product = _product(link)
    if _ROBOT.search(words):
        return f"{product} takes this bot for a robot, and shows it nothing."
    if "GeoRestrictedError" in kinds or _PLACE.search(words):
        return f"{product} does not show this where the bot runs."
    if _TOO_ODD.search(words):
        return f"{product} sends this in a form that the bot cannot put together."
    if "CertificateVerifyError" in kinds:
        return f"The connection to {product} is not safe: its certificate is not valid."
    return ""


def _passing(link: Link, kinds: set[str], status: int | None) -> FollowthroughError | None:
    """Return the error for what trying again can help."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Busy(f"{_product(link)} asks to come back later.", obstacle=Obstacle.QUOTA)
    if status is not None and status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Unavailable(f"{_product(link)} has trouble of its own ({status}).", obstacle=Obstacle.UNREACHABLE)
    if status is None and kinds & LOST:
        return Unavailable(f"{_product(link)} cannot be reached just now.", obstacle=Obstacle.UNREACHABLE)
    return None


def _lasting(link: Link, words: str, status: int | None) -> FollowthroughError:
    obstacle = _STATUS.get(status) if status is not None else None
    if obstacle is None:
        obstacle = next((meaning for pattern, meaning in _MEANINGS if pattern.search(words)), None)
    return refusal(link, obstacle) if obstacle is not None else NoAccess(link.what, link.cure)


def _product(link: Link) -> str:
    return link.product.rsplit(" ", 1)[0]


def _blocked(link: Link, what: str) -> NoAccess:
    return NoAccess(what, link.cure, obstacle=Obstacle.BLOCKED)
