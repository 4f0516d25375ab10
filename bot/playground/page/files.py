"""Files to and from the page."""

from pathlib import PurePosixPath
from urllib.parse import quote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response

from bot.playground.page.actions import Actions
from bot.playground.page.ranges import ranged
from bot.playground.page.sample import Sample
from bot.playground.page.sentences import sentence
from bot.playground.page.sight import Sight
from bot.playground.people import People
from bot.playground.records import File, Json
from bot.playground.refusal import Refused
from bot.playground.uploads import MOST_BYTES

_LONGEST_NAME = 255
_SHOWN = ("image/", "audio/", "video/", "text/plain", "text/vtt")
"""What a browser may show by itself; anything else it saves. Nothing here is ever a page of ours."""
_CLOSED = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, max-age=3600"}


class Files:
    """Takes what people drop on the page, and shows them what was shared."""

    def __init__(self, slack: People, actions: Actions, sample: Sample) -> None:
        self._slack = slack
        self._actions = actions
        self._sample = sample

    async def upload(self, request: Request) -> Response:
        """Take a file's bytes and share it."""
        try:
            return JSONResponse({"ok": True} | await self._upload(request))
        except Refused as refused:
            status = 413 if refused.error == "file_too_large" else 200
            answer = {"ok": False, "error": refused.error, "message": sentence(refused.error)}
            return JSONResponse(answer | refused.details, status)
        except ClientDisconnect:
            # the tab was closed on the way: nothing was shared
            return Response()

    async def _upload(self, request: Request) -> Json:
        given = request.query_params
        me = self._actions.person(given.get("as", ""))
        channel = self._slack.place(me, given.get("channel", ""))
        if channel.archived:
            raise Refused("is_archived")
        length = request.headers.get("content-length", "")
        if length.isdigit() and int(length) > MOST_BYTES:
            raise Refused("file_too_large")
        content = bytearray()
        async for chunk in request.stream():
            content += chunk
            if len(content) > MOST_BYTES:
                raise Refused("file_too_large")
        thread = given.get("thread_ts") or None
        name = _name(given.get("name", ""))
        said = await self._slack.say(
            me, channel.id, given.get("text", ""), thread_ts=thread, files=[(name, bytes(content))]
        )
        return {"channel": said.channel, "ts": said.ts, "file": said.files[0]}

    async def download(self, request: Request) -> Response:
        """Show a file to somebody who may see it."""
        try:
            me = self._actions.person(request.query_params.get("as", ""))
            file = self._slack.workspace.file(request.path_params["id"])
        except Refused as refused:
            return PlainTextResponse(sentence(refused.error) + "\n", 404)
        sight = Sight(self._slack, me)
        if file.user != me and not any(sight.may_read(each) for each in file.channels):
            return PlainTextResponse(sentence("file_not_found") + "\n", 404)
        return _served(file, request.headers.get("range", ""))

    async def sample(self, _request: Request) -> Response:
        """Show the file that waits in the composer."""
        if self._sample.path is None:
            return PlainTextResponse(sentence("file_not_found") + "\n", 404)
        return FileResponse(self._sample.path, headers=_CLOSED)


def _served(file: File, wanted: str) -> Response:
    headers = dict(_CLOSED)
    if not file.mimetype.startswith(_SHOWN):
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    return ranged(file.content, file.mimetype, wanted, headers)


def _name(given: str) -> str:
    """Return a file's own name, without the folders that it is said to be in."""
    name = PurePosixPath(given.replace("\\", "/")).name
    return "".join(each for each in name if each.isprintable())[-_LONGEST_NAME:] or "file"
