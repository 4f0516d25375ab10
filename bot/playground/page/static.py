"""The page itself: its HTML, modules and styles, as they lie in the package."""

import mimetypes
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

_FOLDER = Path(__file__).with_name("static")
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
# a browser keeps them, and asks each time whether they are still the same
_FRESH = {"Cache-Control": "no-cache"}


class Static:
    """Serves the page's files."""

    def __init__(self, folder: Path = _FOLDER) -> None:
        self._folder = folder.resolve()

    async def page(self, _request: Request) -> Response:
        """Serve the page."""
        return self._served("index.html")

    async def file(self, request: Request) -> Response:
        """Serve one of its modules, styles or pictures."""
        return self._served(request.path_params["file"])

    def _served(self, name: str) -> Response:
        try:
            path = (self._folder / name).resolve()
        except ValueError:  # a null byte
            path = self._folder
        if not path.is_relative_to(self._folder) or not path.is_file():
            return PlainTextResponse("There is no such file.\n", 404)
        media_type = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return FileResponse(path, media_type=media_type, headers=_FRESH)
