"""`/oauth2/…`: access tokens."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.engine.attempts import Attempts
from bot.engine.parameters import read_text
from bot.engine.problems import BAD_CREDENTIALS, Problem, bad_request, too_many_attempts
from bot.engine.tokens import Tokens
from bot.engine.uploads import read_json

LARGEST_BODY = 16 * 1024
"""Bytes; whoever has no token yet is not given more room."""


def access_routes(tokens: Tokens, attempts: Attempts) -> list[Route]:
    """Return the endpoints that need no token."""

    async def generate(request: Request) -> Response:
        """Answer an app's id and secret with its token; a refresh asks for the same."""
        body = await read_json(request, LARGEST_BODY)
        kind = read_text(body, "type")
        if request.url.path.endswith(":generate") and kind != "application":
            raise bad_request('"type" must be "application"')
        app_id, app_secret = read_text(body, "appId"), read_text(body, "appSecret")
        if not app_id or not app_secret:
            raise bad_request(f'"{"appSecret" if app_id else "appId"}" is required')
        address = request.client.host if request.client else ""
        # before they are compared: who may not guess is not told either when a guess is right
        if seconds := attempts.wait(address):
            raise too_many_attempts(seconds)
        if not tokens.knows(app_id, app_secret):
            attempts.wrong(address)
            raise Problem(401, BAD_CREDENTIALS)
        token, seconds = tokens.current(app_id)
        return JSONResponse({"accessToken": token, "expiresIn": seconds}, headers={"Cache-Control": "no-store"})

    return [
        Route("/oauth2/token:generate", generate, methods=["POST"]),
        Route("/oauth2/token:refresh", generate, methods=["POST"]),
    ]
