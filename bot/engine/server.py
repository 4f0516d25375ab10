"""The ASGI app that serves the conversation API."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from bot.engine.attempts import Attempts
from bot.engine.problems import NoLeaks, Problem, answer_error, answer_http, answer_problem
from bot.engine.routes.access import access_routes
from bot.engine.routes.watching import WatchingRoutes
from bot.engine.tokens import OnlyWithToken, Tokens
from bot.errors import FollowthroughError
from bot.metrics import Metered


def make_app(tokens: Tokens, attempts: Attempts, watching: WatchingRoutes, routes: Sequence[Route]) -> Starlette:
    """Return the app.

    Args:
        tokens: Handed to everybody who knows a secret.
        attempts: Counts those who do not.
        watching: Answered to everybody.
        routes: Below `/v1`, answered to who has a token.
    """
    app = Starlette(
        routes=[
            *access_routes(tokens, attempts),
            *watching.routes(),
            Mount("/v1", routes=list(routes), middleware=[Middleware(OnlyWithToken, tokens=tokens)]),
        ],
        middleware=[Middleware(Metered, metrics=watching.metrics), Middleware(NoLeaks)],
        exception_handlers={
            Problem: answer_problem,
            HTTPException: answer_http,
            FollowthroughError: answer_error,
        },
    )
    # what is not served answers 404, and not a redirect to another path that is not served either
    app.router.redirect_slashes = False
    return app
