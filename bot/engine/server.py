"""The ASGI app that serves the conversation API."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from bot.engine.attempts import Attempts
from bot.engine.problems import NoLeaks, Problem, answer_error, answer_http, answer_problem
from bot.engine.routes.access import access_routes
from bot.engine.tokens import OnlyWithToken, Tokens
from bot.errors import FollowthroughError


def make_app(tokens: Tokens, attempts: Attempts, routes: Sequence[Route]) -> Starlette:
    """Return the app: tokens for everybody who knows the secret, and `routes` below `/v1` for who has a token."""
    app = Starlette(
        routes=[
            *access_routes(tokens, attempts),
            Mount("/v1", routes=list(routes), middleware=[Middleware(OnlyWithToken, tokens=tokens)]),
        ],
        middleware=[Middleware(NoLeaks)],
        exception_handlers={
            Problem: answer_problem,
            HTTPException: answer_http,
            FollowthroughError: answer_error,
        },
    )
    # what is not served answers 404, and not a redirect to another path that is not served either
    app.router.redirect_slashes = False
    return app
