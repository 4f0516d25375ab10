"""An internet of one server: every host that a source's rules name is answered by it."""

import asyncio
import ssl
import subprocess
from collections.abc import Sequence
from pathlib import Path

import httpx

from bot.sources.addresses import is_address
from bot.sources.door import Door
from tests.sources.servers import LocalServer


class _ToOneServer(httpx.AsyncBaseTransport):
    def __init__(self, server: LocalServer) -> None:
        self._server = server
        self._inner = httpx.AsyncHTTPTransport(trust_env=False, verify=False)  # it speaks plain http

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        # the Host header stays, so the server sees which host was meant
        url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._server.port)
        return await self._inner.handle_async_request(
            httpx.Request(
                request.method, url, headers=request.headers, stream=request.stream, extensions=request.extensions
            )
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


# what the name server of this internet says of every name: a public address that nothing here connects to
_SOMEWHERE = "93.184.215.14"


async def _found(host: str, _: int) -> Sequence[str]:
    return [host] if is_address(host) else [_SOMEWHERE]


def certificate(folder: Path, hosts: Sequence[str]) -> Path:
    """Make a key and a certificate for hosts, in one file; whoever trusts it trusts a server that has it."""
    both, public = folder / "certificate.pem", folder / "public.pem"
    names = ",".join(f"DNS:{host}" for host in hosts)
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=everything"]
    command += ["-addext", f"subjectAltName={names}", "-keyout", str(both), "-out", str(public)]
    subprocess.run(command, check=True, capture_output=True, timeout=30)
    both.write_bytes(both.read_bytes() + public.read_bytes())
    return both


class _GuardedLine(httpx.AsyncBaseTransport):
    def __init__(self, internet: "GuardedInternet") -> None:
        self._internet = internet
        self._inner = httpx.AsyncHTTPTransport(trust_env=False, verify=internet.context)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await self._internet.addresses(request.url)
        host = request.url.host
        url = request.url.copy_with(host="127.0.0.1", port=self._internet.port)
        return await self._inner.handle_async_request(
            httpx.Request(request.method, url, headers=request.headers, extensions={"sni_hostname": host})
        )

    async def aclose(self) -> None:
        await self._inner.aclose()


class GuardedInternet(Door):
    """The real door's rules for every request, and behind it one server that speaks TLS for every name.

    Attributes:
        context: Trusts that server.
        port: Where it listens.
    """

    def __init__(self, server: LocalServer, trusted: Path) -> None:
        super().__init__(find=_found)
        self.context = ssl.create_default_context(cafile=str(trusted))
        self.port = server.port

    def client(self, *, connect_seconds: float = 10.0, idle_seconds: float = 30.0) -> httpx.AsyncClient:
        timeout = httpx.Timeout(idle_seconds, connect=connect_seconds)
        return httpx.AsyncClient(transport=_GuardedLine(self), timeout=timeout, trust_env=False)

    async def dial(self, address: str, _: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to the one server, as for the guarded proxy."""
        assert address == _SOMEWHERE
        return await asyncio.open_connection("127.0.0.1", self.port)
