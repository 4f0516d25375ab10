"""Keeps other sites' pages out, and tells browsers what our own may do."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}

_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_HEADERS = {
    "Content-Security-Policy": "; ".join(f"{what} {where}" for what, where in _SOURCES.items()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guard:
    """Lets only this machine's own pages and programs through.

    The `Host` must name loopback, or a site could point its own name at this machine and read what is here; an
    `Origin`, which browsers send with whatever another page makes them post or connect to, must be ours.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        trouble = _trouble(Headers(scope=scope))
        if trouble and scope["type"] == "websocket":
            # before it is accepted, this is an HTTP answer of 403
            await send({"type": "websocket.close", "code": 1008, "reason": trouble})
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        inner: ASGIApp = PlainTextResponse(trouble, 403) if trouble else self._app
        await inner(scope, receive, with_headers)


def _trouble(headers: Headers) -> str:
    """Return why a request is refused, or nothing."""
    host = headers.get("host", "")
    if _name(host) not in _LOOPBACK:
        return "The playground answers on this machine only: use 127.0.0.1 or localhost.\n"
    origin = headers.get("origin")
    if origin is not None and origin not in {f"http://{host}", f"https://{host}"}:
        return "Another site's page may not use the playground.\n"
    return ""


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
