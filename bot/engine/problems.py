"""The conversation API's errors: a status and a body with a `message`, never more of our inside than that."""

import logging
import secrets
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.errors import FollowthroughError, NeedsPerson, Unavailable

log = logging.getLogger(__name__)

BAD_CREDENTIALS = "Token validation failed for provided token."
NO_CONVERSATION = "The conversationId is either invalid or does not exist."


class Problem(Exception):
    """A request that is answered with an error.

    Attributes:
        status: The HTTP status.
        body: What is sent, as JSON.
        headers: Sent with it.
    """

    def __init__(self, status: int, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body = {**more, "message": message}
        self.headers: dict[str, str] = {}


def bad_request(message: str) -> Problem:
    """The caller sent something that we cannot take."""
    return Problem(400, message)


def no_conversation() -> Problem:
    """There is no such conversation, or no longer."""
    return Problem(404, NO_CONVERSATION)


def no_job(job_id: str) -> Problem:
    """There is no such job, or no longer."""
    return Problem(404, f"Job with id {job_id[:64]} not found")


def too_many_jobs(limit: int) -> Problem:
    """The account's jobs are all taken; nothing was created."""
    return Problem(
        429,
        f"This API has a limit of maximum of {limit} number of concurrent jobs per account. "
        "If you are looking to scale, and need more concurrent jobs than this limit, "
        "please contact us at support@symbl.ai",
        statusCode=429,
    )


def queue_full(limit: int) -> Problem:
    """The jobs of all apps together are too many; nothing was created."""
    return Problem(
        429,
        f"This server takes {limit} jobs at once, and has them. Nothing was created; try again later.",
        statusCode=429,
    )


def too_many_attempts(seconds: int) -> Problem:
    """Wrong credentials came too often from the caller's address."""
    problem = Problem(429, f"Too many attempts with wrong credentials. Try again in {seconds} seconds.", statusCode=429)
    problem.headers = {"Retry-After": str(seconds)}
    return problem


def too_large(limit: int) -> Problem:
    """The body is larger than the engine takes."""
    return Problem(413, f"The request is larger than the limit of {limit} bytes.")


async def answer_problem(_request: Request, problem: Exception) -> Response:
    """Answer a `Problem`."""
    if not isinstance(problem, Problem):
        raise problem
    return JSONResponse(problem.body, problem.status, headers=problem.headers)


async def answer_http(_request: Request, problem: Exception) -> Response:
    """Answer what the router refuses: 404 and 405."""
    if not isinstance(problem, HTTPException):
        raise problem
    return JSONResponse({"message": problem.detail}, problem.status_code, headers=problem.headers)


async def answer_error(_request: Request, problem: Exception) -> Response:
    """Answer an error that says what to do next: 400 when the caller can cure it."""
    if not isinstance(problem, FollowthroughError):
        raise problem
    status = 400 if isinstance(problem, NeedsPerson) else 503 if isinstance(problem, Unavailable) else 500
    return JSONResponse({"message": str(problem)}, status)


class NoLeaks:
    """Answers 500 for whatever nobody foresaw: an id for the caller, and everything else in the log under that id."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception:
            trouble = secrets.token_hex(6)
            log.exception("A request failed", extra={"trouble": trouble, "path": scope.get("path")})
            if begun:
                raise
            body = {"message": f"Something went wrong on our side. The server's log tells more under {trouble}."}
            await JSONResponse(body, 500)(scope, receive, send)
