"""Webhooks of the conversation API: a hint that a job has news, at an address that cannot be guessed."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from bot.web.bodies import TooLargeError, read_body

PATH = "/hooks/conversations/"

# what the API sends is a job's id and status; it is not even read
_MOST = 64_000
_NO_CONTENT = 204
_NOT_FOUND = 404
_TOO_LARGE = 413
# 128 bits of the digest: beyond guessing
_DIGITS = 32


class HookTokens:
    """Makes and reads the last part of a webhook's address: the job's id with a mark that only we can make."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def address(self, public_url: str, job_id: str) -> str:
        """Return the address that a server is given for a job."""
        return f"{public_url.rstrip('/')}{PATH}{job_id}-{self._mark(job_id)}"

    def job_of(self, token: str) -> str | None:
        """Return the job that a token was made for; None for any other. Takes the same time for every wrong mark."""
        job_id, _, mark = token.rpartition("-")
        if not job_id or not hmac.compare_digest(mark.encode(), self._mark(job_id).encode()):
            return None
        return job_id

    def _mark(self, job_id: str) -> str:
        return hmac.new(self._secret, job_id.encode(), hashlib.sha256).hexdigest()[:_DIGITS]


class Hooks:
    """Answers `POST /hooks/conversations/{token}`: what it says is not believed, only asked about."""

    def __init__(self, tokens: HookTokens, hint: Callable[[str], Awaitable[None]]) -> None:
        self._tokens = tokens
        self._hint = hint

    async def answer(self, request: Request) -> Response:
        """Pass on that a job has news."""
        job_id = self._tokens.job_of(request.path_params["token"])
        if job_id is None:
            return Response(status_code=_NOT_FOUND)
        try:
            await read_body(request, _MOST)
        except TooLargeError:
            return Response(status_code=_TOO_LARGE)
        await self._hint(job_id)
        return Response(status_code=_NO_CONTENT)
