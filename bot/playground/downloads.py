"""The addresses of files: where their bytes come in, and where those who may have them get them."""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from bot.playground.arguments import multipart
from bot.playground.attachments import CANVAS
from bot.playground.methods.method import Parts
from bot.playground.refusal import Refused
from bot.playground.uploads import MOST_BYTES

_LOGIN = """<!DOCTYPE html>
<html lang="en"><head><title>Sign in to Playground | Slack</title></head>
<body><h1>Sign in to Playground</h1><form action="/" method="post"><input name="email"></form></body></html>
"""


class Downloads:
    """Takes uploads and serves private files."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def upload(self, request: Request) -> Response:
        """Take a file's bytes, bare or as the part of a form."""
        if int(request.headers.get("content-length", "0")) > MOST_BYTES:
            return PlainTextResponse("file_too_large", 413)
        body = await request.body()
        content_type = request.headers.get("content-type", "")
        if content_type.startswith("multipart/form-data"):
            body = next(iter(multipart(content_type, body).values()), b"")
        try:
            self._parts.uploads.receive(request.path_params["ticket"], body)
        except Refused as refused:
            return PlainTextResponse(refused.error, 404 if refused.error == "not_found" else 400)
        return PlainTextResponse(f"OK - {len(body)}")

    async def download(self, request: Request) -> Response:
        """Serve a private file; to those who may not have it, Slack shows its login page with status 200."""
        file_id = request.path_params["key"].partition("-")[2]
        file = self._parts.workspace.files.get(file_id)
        if file is None:
            return HTMLResponse("<!DOCTYPE html><title>Not found</title>", 404)
        if not self._authorized(request):
            return HTMLResponse(_LOGIN)
        if file.mimetype == CANVAS:
            # a canvas' bytes are a page; its text is had by `canvases.getContent`
            return HTMLResponse(f"<html><body><pre>{escape(file.content.decode())}</pre></body></html>")
        headers = {"Content-Disposition": "attachment"} if "/download/" in request.url.path else {}
        return Response(file.content, media_type=file.mimetype, headers=headers)

    async def transcript(self, request: Request) -> Response:
        """Serve what Slack understood of a clip, to whom the clip is served."""
        file = self._parts.workspace.files.get(request.path_params["key"].partition("-")[2])
        if file is None or not file.transcription:
            return HTMLResponse("<!DOCTYPE html><title>Not found</title>", 404)
        if not self._authorized(request):
            return HTMLResponse(_LOGIN)
        return PlainTextResponse(file.transcript, media_type="text/vtt")

    def _authorized(self, request: Request) -> bool:
        known = request.headers.get("authorization") == f"Bearer {self._parts.app.bot_token}"
        return known and "files:read" in self._parts.app.scopes
