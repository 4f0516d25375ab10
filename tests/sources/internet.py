"""An internet of one server: every host that a source's rules name is answered by it."""

import httpx

from bot.sources.door import Door
from tests.sources.servers import LocalServer


class _ToOneServer(httpx.AsyncBaseTransport):
    def __init__(self, server: LocalServer) -> None:
        self._server = server
        self._inner = httpx.AsyncHTTPTransport(trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        # the Host header stays, so the server sees which host was meant
        url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._server.port)
        return await self._inner.handle_async_request(
            httpx.Request(request.method, url, headers=request.headers, extensions=request.extensions)
        )

    async def aclose(self) -> None:
        await self._inner.aclose()


class OneServerInternet(Door):
    """A door behind which every host is the same server; what is refused at the real door is tested there."""

    def __init__(self, server: LocalServer) -> None:
        super().__init__()
        self._server = server

    def client(self, *, connect_seconds: float = 10.0, idle_seconds: float = 30.0) -> httpx.AsyncClient:
        timeout = httpx.Timeout(idle_seconds, connect=connect_seconds)
        return httpx.AsyncClient(transport=_ToOneServer(self._server), timeout=timeout, trust_env=False)
