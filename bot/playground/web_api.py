"""The Web API over HTTP: who calls, may they, how often, and what they are answered."""

import asyncio
import logging
import time

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.playground.arguments import Arguments, read_arguments
from bot.playground.bounded import note
from bot.playground.calls import Call, Called
from bot.playground.methods import METHODS
from bot.playground.methods.method import Method, Parts, Token
from bot.playground.records import Json
from bot.playground.refusal import Refused, TooFast

log = logging.getLogger(__name__)


class WebApi:
    """Answers `/api/…`.

    Attributes:
        calls: Every call, oldest first; the oldest are forgotten when there are very many.
    """

    def __init__(self, parts: Parts) -> None:
        self.calls: list[Call] = []
        self._parts = parts

    async def answer(self, request: Request) -> Response:
        """Answer one call."""
        name = request.path_params["method"]
        started, at = time.monotonic(), self._parts.workspace.clock.now()
        if self._parts.rules.slow_seconds:
            await asyncio.sleep(self._parts.rules.slow_seconds)
        args, status = Arguments({}), 200
        answered: Json = {}
        headers: dict[str, str] = {}
        try:
            args = await read_arguments(request)
            token = _token(request, args)
            self._fail(name)
            answered = {"ok": True} | self._run(name, args, token)
        except TooFast as refused:
            answered, status = {"ok": False, "error": refused.error}, 429
            headers = {"Retry-After": str(refused.retry_after)}
        except Refused as refused:
            answered = {"ok": False, "error": refused.error} | refused.details
            status = int(refused.error) if refused.error.isdigit() else 200
        except Exception:
            # a mistake of ours must not look like one of the app's
            log.exception("%s broke", name)
            answered, status = {"ok": False, "error": "internal_error"}, 500
        self.record(Call(name, args.values, answered, status, started, time.monotonic() - started, at))
        if status == 200:  # noqa: PLR2004 - HTTP's own number
            headers |= self._scopes(name)
        return JSONResponse(answered, status, headers)

    def record(self, call: Call) -> None:
        """Note a call in the log."""
        note(self.calls, call)
        self._parts.workspace.changes.publish(Called(self._parts.workspace.clock.next_ts(), call))

    def _fail(self, name: str) -> None:
        error = self._parts.rules.next_refusal(name)
        if error == "ratelimited" or self._parts.rules.too_fast:
            raise TooFast(1)
        if error:
            raise Refused(error)

    def _run(self, name: str, args: Arguments, token: str) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise Refused("unknown_method", req_method=name)
        self._authenticate(method, token)
        self._parts.rates.call(name, method.tier)
        if method.scopes:
            self._parts.need(*method.scopes)
        return method.run(self._parts, args)

    def _authenticate(self, method: Method, token: str) -> None:
        if method.token is Token.NONE:
            return
        if not token:
            raise Refused("not_authed")
        app = self._parts.app
        if token not in {app.bot_token, app.app_token}:
            raise Refused("invalid_auth")
        if token != (app.app_token if method.token is Token.APP else app.bot_token):
            raise Refused("not_allowed_token_type")

    def _scopes(self, name: str) -> dict[str, str]:
        method = METHODS.get(name)
        return {
            "X-OAuth-Scopes": ",".join(sorted(self._parts.app.scopes)),
            "X-Accepted-OAuth-Scopes": ",".join(method.scopes) if method else "",
        }


def _token(request: Request, args: Arguments) -> str:
    """Return the token from the header, or from a form; one in a JSON body counts for nothing."""
    in_arguments = args.values.pop("token", "")
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    is_json = request.headers.get("content-type", "").startswith("application/json")
    return "" if is_json else str(in_arguments)
