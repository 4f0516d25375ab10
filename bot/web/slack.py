"""Slack's requests over HTTP: verified before anything in them is read, then handed to the Bolt app."""

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.errors import BadInput
from bot.web.bodies import TooLargeError, read_body

# events and interactions are some kilobytes; a message with everything Slack allows in it stays below this
_MOST = 1_000_000
# seconds since 1970 have eleven digits for the next three thousand years
_DIGITS = 11
_UNAUTHORISED = 401
_TOO_LARGE = 413


class SlackRequests:
    """Answers `POST /slack/events`: events, commands and interactions."""

    def __init__(self, app: AsyncApp, signing_secret: str) -> None:
        """Keep what is needed to answer.

        Raises:
            BadInput: There is no signing secret, so anybody could pretend to be Slack.
        """
        if not signing_secret:
            raise BadInput("There is no signing secret.", "Set SLACK_SIGNING_SECRET, from the app's Basic Information.")
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)

    async def answer(self, request: Request) -> Response:
        """Answer one request."""
        try:
            body = await read_body(request, _MOST)
        except TooLargeError:
            return Response(status_code=_TOO_LARGE)
        if not self._is_from_slack(request, body):
            return JSONResponse({"error": "invalid request"}, _UNAUTHORISED)
        return to_starlette_response(await self._app.async_dispatch(to_async_bolt_request(request, body)))

    def _is_from_slack(self, request: Request, body: bytes) -> bool:
        timestamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _DIGITS and signature.isascii()):
            return False
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except UnicodeDecodeError:
            return False
