"""The only door to the outside: HTTP that connects to public addresses, and to no other."""

import asyncio
import socket
import ssl
import urllib.request
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from bot.errors import BadInput, NoAccess, Obstacle, Unavailable
from bot.ports import Json
from bot.sources.addresses import is_address, is_public
from bot.sources.connections import Connection
from bot.sources.downloads import Downloaded, Limits, Request, download
from bot.sources.exchange import ask, within
from bot.sources.threads import Lanes

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Finds every address of a host's port, as text; raises OSError when there is none."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LIMITS = Limits()
_RESOLVE_SECONDS = 10.0
_POST_SECONDS = 15.0
# So many downloads are busy at a time, however many there are: the others' bytes wait in the kernel, and people do not
# wait for a processor. One is faster than any network.
_LANES = 1
_USE_A_PUBLIC_LINK = "Share a link that works from anywhere, or drop the file here."


@dataclass(frozen=True, slots=True)
class AllowedHosts:
    """Hosts that an operator allows though they are private or speak plain http.

    Attributes:
        names: Hosts whose every port is allowed, in small letters.
        places: Single ports: host and port.
    """

    names: frozenset[str] = frozenset()
    places: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def of(cls, entries: Iterable[str]) -> "AllowedHosts":
        """Read entries as `host`, `host:port`, or `[::1]:port` for IPv6.

        Raises:
            BadInput: An entry is neither.
        """
        names, places = set(), set()
        for entry in entries:
            bare = entry.strip().lower()
            try:
                split = urlsplit(f"//[{bare}]" if bare.count(":") > 1 and "[" not in bare else f"//{bare}")
                host, port = (split.hostname or "").rstrip("."), split.port
            except ValueError as error:
                raise BadInput(f"“{entry}” is no host.", "Write host or host:port.") from error
            if port is None:
                names.add(host)
            else:
                places.add((host, port))
        return cls(frozenset(names), frozenset(places))

    def has(self, url: httpx.URL) -> bool:
        """Say whether the URL's host, or its host and port, is listed."""
        return _plain(url) in self.names or (_plain(url), port_of(url)) in self.places


def port_of(url: httpx.URL) -> int:
    """Return the port that a URL means."""
    return url.port or _DEFAULT_PORTS.get(url.scheme, 0)


def _plain(url: httpx.URL) -> str:
    return url.raw_host.decode("ascii").lower().rstrip(".")


async def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system for every address of a host."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def check_url(url: httpx.URL, allowed: AllowedHosts) -> None:
    """Refuse a URL that we would not open, whatever its host's address.

    Any port will do: what answers there has to speak TLS with the host's own certificate.

    Raises:
        NoAccess: It is not https (plain http is for allowed hosts), has no host, or carries a password.
    """
    if url.scheme not in _DEFAULT_PORTS or not url.host:
        raise NoAccess(
            "Only web links can be fetched.", "Share a link that begins with https://.", obstacle=Obstacle.BLOCKED
        )
    if url.userinfo:
        raise NoAccess(
            "The link carries a user name or password.",
            "Share a link that works without them.",
            obstacle=Obstacle.BLOCKED,
        )
    if url.scheme == "http" and not allowed.has(url):
        if is_address(_plain(url)) and not is_public(_plain(url)):
            raise _inside(_plain(url))
        raise NoAccess(
            "The link is not encrypted (http).",
            "Share it with https://, or drop the file here.",
            obstacle=Obstacle.BLOCKED,
        )


def _lost(what: str) -> Unavailable:
    return Unavailable(what, obstacle=Obstacle.UNREACHABLE)


def _inside(host: str) -> NoAccess:
    return NoAccess(
        f"{host} is inside a private network, where this bot does not go.",
        _USE_A_PUBLIC_LINK,
        obstacle=Obstacle.BLOCKED,
    )


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends requests to addresses that were checked, and to exactly those.

    A host is resolved once for a request. Every one of its addresses has to be public, and the connection goes to a
    checked address, not to the name, so that a second answer of its name server changes nothing. The certificate is
    still checked against the name. Each request has a connection of its own: it was checked for this host, and another
    host may share its address.
    """

    def __init__(self, allowed: AllowedHosts, find: Resolver, context: ssl.SSLContext, lanes: Lanes) -> None:
        self._allowed = allowed
        self._find = find
        self._context = context
        self._lanes = lanes

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Check the request's URL and its host's addresses, then send it to the first address that answers.

        Raises:
            NoAccess: The URL or an address is refused.
            Unavailable: The host has no address.
        """
        check_url(request.url, self._allowed)
        seconds = request.extensions.get("timeout", {})
        connection = await self._connect(request.url, seconds.get("connect"))
        try:
            return await ask(connection, request, seconds, self._lanes)
        except BaseException:
            connection.close()
            raise

    async def _connect(self, url: httpx.URL, seconds: float | None) -> Connection:
        addresses = await self.addresses(url)
        for address in addresses[:-1]:
            try:
                return await self._connect_to(address, url, seconds)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue  # nothing was sent yet: the next address may answer
        return await self._connect_to(addresses[-1], url, seconds)

    async def _connect_to(self, address: str, url: httpx.URL, seconds: float | None) -> Connection:
        async with within(seconds, httpx.ConnectTimeout, httpx.ConnectError):
            connection = await Connection.open(address, port_of(url))
            if url.scheme == "https":
                try:
                    await connection.secure(self._context, _plain(url))
                except BaseException:
                    connection.close()
                    raise
            return connection

    async def addresses(self, url: httpx.URL) -> list[str]:
        """Return the addresses of a URL's host, each of them checked.

        Raises:
            NoAccess: One is refused, or there is no such host.
            Unavailable: The name server does not say.
        """
        host = _plain(url)
        try:
            async with asyncio.timeout(_RESOLVE_SECONDS):
                found = list(dict.fromkeys(await self._find(host, port_of(url))))
        except TimeoutError as error:
            raise _lost(f"The name server did not say where {host} is.") from error
        except socket.gaierror as error:
            if error.errno == socket.EAI_NONAME:
                raise NoAccess(
                    f"There is no server called {host}.", "Check the link.", obstacle=Obstacle.UNREACHABLE
                ) from error
            raise _lost(f"The name server did not say where {host} is.") from error
        except (OSError, UnicodeError) as error:
            raise _lost(f"There is no server called {host}, or it cannot be found just now.") from error
        if not found:
            raise _lost(f"There is no server called {host}, or it cannot be found just now.")
        if not self._allowed.has(url) and not all(is_public(address) for address in found):
            raise _inside(host)
        return found


def _context() -> ssl.SSLContext:
    # An intranet's own authority is in the system's store; a slim container has no store, but httpx brings one.
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    context.set_alpn_protocols(["http/1.1"])
    return context


class _OwnCookies(DefaultCookiePolicy):
    """Gives a cookie back to the host that set it, or those that it set it for, and only at its own port.

    Cookies know no ports otherwise, and two servers on one host may be two owners'.
    """

    def set_ok(self, cookie: Cookie, request: urllib.request.Request) -> bool:
        port = request.host.partition(":")[2]
        cookie.port = port if port.isdecimal() else "80"  # as `return_ok` reads a host without one, whatever its scheme
        return super().set_ok(cookie, request)


class Door:
    """Makes HTTP clients for the outside.

    They keep no connection, know no proxy of the environment, follow no redirect by themselves, and send nothing to
    an address that is not public, unless its host is allowed.
    """

    def __init__(
        self,
        allow_hosts: Iterable[str] = (),
        *,
        find: Resolver = resolve,
        context: ssl.SSLContext | None = None,
        lanes: Lanes | None = None,
    ) -> None:
        self._allowed = AllowedHosts.of(allow_hosts)
        self._find = find
        self._context = context or _context()
        self._lanes = lanes or Lanes(_LANES, "download")

    def to(self, place: str) -> "Door":
        """Return a door that allows one more host than the public ones, `host:port`, and none of this door's own."""
        return Door([place], find=self._find, context=self._context, lanes=self._lanes)

    async def addresses(self, url: httpx.URL) -> list[str]:
        """Return the addresses that may be connected to for a URL, for what brings its own HTTP.

        Raises:
            NoAccess: The URL or one of its host's addresses is refused, or there is no such host.
            Unavailable: The name server does not say.
        """
        check_url(url, self._allowed)
        return await self._transport().addresses(url)

    def client(self, *, connect_seconds: float = 10.0, idle_seconds: float = 30.0) -> httpx.AsyncClient:
        """Return a new client, with cookies of its own; close it after use."""
        return httpx.AsyncClient(
            transport=self._transport(),
            timeout=httpx.Timeout(idle_seconds, connect=connect_seconds),
            headers={"User-Agent": "Followthrough", "Accept-Encoding": "identity"},
            cookies=CookieJar(_OwnCookies(strict_domain=True)),
            follow_redirects=False,
            trust_env=False,
        )

    def _transport(self) -> GuardedTransport:
        return GuardedTransport(self._allowed, self._find, self._context, self._lanes)

    async def download(self, url: str, target: Path, limits: Limits = _LIMITS) -> Downloaded:
        """Bring the bytes behind a URL to `target`, whatever they are; raises as `downloads.download`."""
        async with self.client(connect_seconds=limits.connect_seconds, idle_seconds=limits.idle_seconds) as client:
            return await download(client, Request(url), target, limits)

    async def post(self, url: str, message: Mapping[str, Json], seconds: float = _POST_SECONDS) -> None:
        """Post JSON; only whether it was taken matters, and what is answered is not read.

        Raises:
            NoAccess: The address is refused.
            httpx.HTTPError: It was not taken: anything but a status of 2xx, a redirect included.
            TimeoutError: Not within so many seconds, from the name's look-up to the answer's head.
        """
        async with (
            asyncio.timeout(seconds),
            self.client() as client,
            client.stream("POST", url, json=dict(message)) as answer,
        ):
            answer.raise_for_status()
