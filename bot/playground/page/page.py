"""The page's addresses."""

import json
import logging
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from bot.playground.arguments import Arguments
from bot.playground.page.actions import Actions
from bot.playground.page.faults import Faults
from bot.playground.page.files import Files
from bot.playground.page.frames import Frames
from bot.playground.page.inspector import Inspector
from bot.playground.page.live import Live
from bot.playground.page.sample import Sample
from bot.playground.page.sentences import sentence
from bot.playground.page.static import Static
from bot.playground.people import People
from bot.playground.records import Json
from bot.playground.refusal import Refused

log = logging.getLogger(__name__)

_MOST_BYTES = 1_000_000
"""What one action may weigh: the longest message and the fullest modal are far below."""


class Page:
    """Everything that a browser asks of the playground.

    Attributes:
        faults: What may be broken from the page.
        inspector: What went between the app and Slack.
    """

    def __init__(self, slack: People, sample: Sample) -> None:
        self.faults = Faults(slack.rules)
        self.inspector = Inspector()
        self._actions = Actions(slack, self.faults, sample)
        self._files = Files(slack, self._actions, sample)
        self._live = Live(slack, Frames(slack, self.faults, self.inspector, sample))
        self._static = Static()
        slack.workspace.changes.follow(self.inspector.follow)
        slack.workspace.changes.follow(sample.follow)

    def routes(self) -> list[BaseRoute]:
        """Return the addresses."""
        return [
            Route("/", self._static.page),
            Route("/archives/{channel}/{message}", self._static.page),  # a message's address: the page goes there
            WebSocketRoute("/page/live", self._live.serve),
            Route("/page/do/{action}", self.do, methods=["POST"]),
            Route("/page/upload", self._files.upload, methods=["POST"]),
            Route("/page/file/{id}", self._files.download),
            Route("/page/sample", self._files.sample),
            Route("/page/traffic", self.traffic),
            Route("/page/{file:path}", self._static.file),
        ]

    async def do(self, request: Request) -> Response:
        """Do what a person does."""
        try:
            given = Arguments(await _read(request))
            return JSONResponse({"ok": True} | await self._actions.do(request.path_params["action"], given))
        except Refused as refused:
            return refusal(refused)
        except ClientDisconnect:
            return Response()
        except Exception:
            log.exception("the page's %s broke", request.path_params["action"])
            return refusal(Refused("internal_error"), 500)

    async def traffic(self, _request: Request) -> Response:
        """Show what went between the app and Slack."""
        return JSONResponse({"entries": self.inspector.entries()}, headers={"Cache-Control": "no-store"})


def refusal(refused: Refused, status: int = 200) -> Response:
    """Answer as Slack does, with a sentence beside its name for the reason."""
    answer: Json = {"ok": False, "error": refused.error, "message": sentence(refused.error)}
    return JSONResponse(answer | refused.details, 413 if refused.error == "too_large" else status)


async def _read(request: Request) -> dict[str, Any]:
    """Read a JSON object.

    Raises:
        Refused: It is none, or too large.
    """
    # a form of another site could not be sent with this type without asking us first
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise Refused("invalid_json")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise Refused("too_large")
    try:
        given = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        raise Refused("invalid_json") from None
    if not isinstance(given, dict):
        raise Refused("json_not_object")
    return given
