"""The one ASGI app: Slack's requests, the webhooks of the conversation API and of Zoom, and whether all is well."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.web.hooks import PATH, Hooks
from bot.web.slack import SlackRequests
from bot.web.zoom import PATH as ZOOM_PATH
from bot.web.zoom import ZoomEvents

_NOT_READY = 503


def build(
    *,
    ready: Callable[[], Awaitable[bool]],
    slack: SlackRequests | None = None,
    hooks: Hooks | None = None,
    zoom: ZoomEvents | None = None,
) -> Starlette:
    """Return the app; what is None is not served.

    Args:
        ready: Says whether requests can be taken: the database answers, the queue runs.
        slack: Slack's requests; None with Socket Mode.
        hooks: The conversation API's webhooks; None when nothing outside can reach us.
        zoom: Zoom's webhooks; None when the operator has set none up.
    """

    async def health(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readiness(_request: Request) -> Response:
        return PlainTextResponse("ready") if await ready() else PlainTextResponse("not ready", _NOT_READY)

    routes = [Route("/health", health), Route("/ready", readiness)]
    if slack is not None:
        routes.append(Route("/slack/events", slack.answer, methods=["POST"]))
    if hooks is not None:
        routes.append(Route(PATH + "{token}", hooks.answer, methods=["POST"]))
    if zoom is not None:
        routes.append(Route(ZOOM_PATH, zoom.answer, methods=["POST"]))
    return Starlette(routes=routes)
