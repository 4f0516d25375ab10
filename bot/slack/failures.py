"""Slack's refusals, as errors that say what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import Failed, FollowthroughError, NeedsPerson, NoAccess, NotInChannel, Unavailable

_BAD_TOKEN = frozenset(
    {"account_inactive", "invalid_auth", "not_allowed_token_type", "not_authed", "token_expired", "token_revoked"}
)
_NOT_IN = frozenset({"channel_not_found", "not_in_channel"})
_NO_THREAD = frozenset({"cannot_reply_to_message", "thread_not_found"})
_NO_FILE = frozenset({"file_deleted", "file_not_found"})
_BUSY = frozenset({"message_limit_exceeded", "rate_limited", "ratelimited"})
_PASSING = frozenset(
    {"fatal_error", "internal_error", "request_timeout", "service_unavailable", "team_added_to_org", "update_failed"}
)
_SHARE_AGAIN = "Share it again if you still want its thread."
# seconds to wait when Slack says only that it was too much: its limits are counted by the minute
_AFTER = 30.0
_TOO_MANY = 429
_SERVER_ERROR = 500


@contextmanager
def told(app_name: str = "the app", *, but: frozenset[str] = frozenset()) -> Iterator[None]:
    """Raise what goes wrong with Slack inside the block as one of our errors; the refusals in `but` end it quietly."""
    try:
        yield
    except SlackApiError as error:
        if code_of(error) in but:
            return
        raise trouble_of(error, app_name) from error
    except (aiohttp.ClientError, SlackClientError, TimeoutError, OSError) as error:
        raise Unavailable("Slack did not answer.") from error


def code_of(error: SlackApiError) -> str:
    """Return Slack's word for the trouble, such as `not_in_channel`; empty when it gave none."""
    data = _part(error, "data")
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def trouble_of(error: SlackApiError, app_name: str) -> FollowthroughError:
    """Return one of our errors for a refusal of Slack's; `app_name` is whom to invite."""
    code = code_of(error)
    status = _part(error, "status_code") or _part(error, "status") or 0
    if code in _BUSY or status == _TOO_MANY:
        return Unavailable("Slack asked us to wait.", after=_retry_after(error))
    if code in _PASSING or status >= _SERVER_ERROR or not code:
        return Unavailable("Slack had trouble of its own.")
    return _lasting(error, code, app_name)


def _lasting(error: SlackApiError, code: str, app_name: str) -> FollowthroughError:
    if code in _NOT_IN:
        return NotInChannel("I am not in that channel.", f"Type /invite @{app_name} there, then try again.")
    if code == "is_archived":
        return NotInChannel("That channel is archived.", "Unarchive it, or share the recording in another channel.")
    if code.startswith("restricted_action"):
        elsewhere = "Ask an admin to allow it, or share the recording in another channel."
        return NotInChannel("I may not post in that channel.", elsewhere)
    if code in _NO_THREAD:
        return NeedsPerson("The message that I was replying to was deleted, so I stopped.", _SHARE_AGAIN)
    if code in _NO_FILE:
        return NoAccess("The file was deleted in Slack before I could fetch it.", _SHARE_AGAIN)
    return Failed(*_for_good(error, code))


def _for_good(error: SlackApiError, code: str) -> tuple[str, str]:
    if code in _BAD_TOKEN:
        return f"Slack does not accept the bot's token ({code}).", "Whoever runs the bot should check SLACK_BOT_TOKEN."
    if code == "missing_scope":
        needed = _part(error, "data").get("needed") or "unknown"
        return (
            f"The bot lacks a permission in Slack ({needed}).",
            "Whoever runs the bot should add it and install the app again.",
        )
    return f"Slack refused ({code}).", "The log says more."


def _retry_after(error: SlackApiError) -> float:
    headers = _part(error, "headers") or {}
    for name, value in dict(headers).items():
        if str(name).lower() == "retry-after":
            try:
                return max(1.0, float(value))
            except ValueError:
                break
    return _AFTER


def _part(error: SlackApiError, name: str) -> Any:
    # the library hands over its own response, or aiohttp's when the body was no JSON
    return getattr(error.response, name, None)
