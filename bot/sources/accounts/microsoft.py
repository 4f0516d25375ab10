"""SharePoint, OneDrive, Stream and Teams, with an app registration of the operator's: what Graph lets it read."""

import base64
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote, unquote

from bot.errors import NeedsPerson, NoAccess, NotARecording, Obstacle
from bot.links.address import Address
from bot.links.link import Link
from bot.links.source import Account as Service
from bot.ports import Clock
from bot.sources.accounts import typed
from bot.sources.accounts.account import Media
from bot.sources.accounts.asking import Api, Question, Reply, Token, ask, not_set_up
from bot.sources.accounts.kinds import kind_of
from bot.sources.door import Door

API: Final = "https://graph.microsoft.com/v1.0"
LOGIN: Final = "https://login.microsoftonline.com"
SCOPE: Final = "https://graph.microsoft.com/.default"
PERMISSIONS: Final = "Files.Read.All and Sites.Read.All"

_DOWNLOAD = "@microsoft.graph.downloadUrl"
_ID = re.compile(r"[\w!-][\w!.-]{4,200}", re.ASCII)
#: `/sites/acme/Shared Documents/call.mp4`: a site's own path has two parts.
_SITE_PATH = re.compile(r"/(?:sites|teams|personal)/[^/]+")
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MicrosoftCredentials:
    """What Entra shows of an app registration."""

    tenant: str
    client: str
    secret: str = field(repr=False)


class MicrosoftAccount:
    """Finds files of one Microsoft 365 organisation."""

    def __init__(self, door: Door, clock: Clock, credentials: MicrosoftCredentials) -> None:
        self._door = door
        self._clock = clock
        self._credentials = credentials
        self._api = Api(door, clock, self._issue)

    def opens(self, link: Link) -> bool:
        """Say whether Graph can be asked for it: a share link, a Stream page with its path, a recap with its ids."""
        if link.source.account is not Service.MICROSOFT:
            return False
        match link.source.id:
            case "stream":
                return "host" in link.found
            case "teams":
                return _recap_of(link) is not None
            case _:
                return True

    async def find(self, link: Link) -> Sequence[Media]:
        """Return the one file behind a link.

        Raises:
            NoAccess: The organisation's app may not read it.
            NotARecording: It is not there any more, or a folder.
            Unavailable: Microsoft did not answer.
        """
        recap = _recap_of(link) if link.source.id == "teams" else None
        if recap is not None:
            item = await self._get(f"/drives/{quote(recap[0])}/items/{quote(recap[1])}")
        elif link.source.id == "stream":
            item = await self._by_path(link.found["host"], unquote(link.found["id"]))
        else:
            item = await self._get(f"/shares/{_share_id(link.url)}/driveItem")
        return [await self._media(item)]

    async def _by_path(self, host: str, path: str) -> Mapping[str, Any]:
        """Return the file that a Stream page shows: its site, the site's library, and the path in that."""
        site_path = _SITE_PATH.match(path)
        site = await self._get(f"/sites/{host}:{quote(site_path[0])}" if site_path else f"/sites/{host}")
        found = await self._get(f"/sites/{quote(typed.text(site, 'id'), safe=',')}/drives")
        for drive in typed.parts(found, "value"):
            library = Address.of(typed.text(drive, "webUrl"))
            root = unquote(library.parts.path).rstrip("/") + "/" if library else ""
            if root.strip("/") and path.startswith(root) and _ID.fullmatch(typed.text(drive, "id")):
                return await self._get(f"/drives/{drive['id']}/root:/{quote(path.removeprefix(root))}")
        raise _gone()

    async def _get(self, path: str) -> Mapping[str, Any]:
        reply = await self._api.get(f"{API}{path}")
        if not reply.good:
            raise _refusal(reply)
        return reply.body

    async def _media(self, item: Mapping[str, Any]) -> Media:
        name, file = typed.text(item, "name"), typed.part(item, "file")
        if "folder" in item or "file" not in item:
            raise NotARecording(
                "That is a folder, not a recording.",
                "Open the folder and share the link to the recording itself.",
                obstacle=Obstacle.WRONG_KIND,
            )
        # the one address opens by itself, and is not Graph's: no token is sent there
        url, headers = typed.text(item, _DOWNLOAD), {}
        if not url:
            url, headers = _content_of(item), (await self._api.token()).headers
        return Media(
            url,
            headers,
            name,
            kind_of(typed.text(file, "mimeType"), name),
            typed.size(item, "size"),
            _seconds(item),
            typed.day(item, "createdDateTime"),
        )

    async def _issue(self) -> Token:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._credentials.client,
            "client_secret": self._credentials.secret,
            "scope": SCOPE,
        }
        tenant = quote(self._credentials.tenant, safe="")
        reply = await ask(self._door, Question(f"{LOGIN}/{tenant}/oauth2/v2.0/token", form=form))
        token = Token.of(reply.body, self._clock.now()) if reply.good else None
        if token is None:
            _log.warning(
                "Microsoft refused MICROSOFT_TENANT, MICROSOFT_CLIENT_ID and MICROSOFT_CLIENT_SECRET (%s)", reply.status
            )
            raise not_set_up("Microsoft does not accept this bot's credentials: whoever runs it has to check them.")
        return token


def _share_id(url: str) -> str:
    return "u!" + base64.urlsafe_b64encode(url.strip().encode()).decode().rstrip("=")


def _recap_of(link: Link) -> tuple[str, str] | None:
    """Return the drive and the item of a Teams recap, where its link names both."""
    address = Address.of(link.url)
    query = address.query if address else {}
    drive, item = query.get("driveId", ""), query.get("driveItemId", "")
    return (drive, item) if _ID.fullmatch(drive) and _ID.fullmatch(item) else None


def _content_of(item: Mapping[str, Any]) -> str:
    drive, item_id = typed.text(typed.part(item, "parentReference"), "driveId"), typed.text(item, "id")
    if not _ID.fullmatch(drive) or not _ID.fullmatch(item_id):
        raise NoAccess("Microsoft does not say where this file is.", obstacle=Obstacle.DOWNLOAD_DISABLED)
    return f"{API}/drives/{quote(drive)}/items/{quote(item_id)}/content"


def _seconds(item: Mapping[str, Any]) -> float | None:
    lengths = (typed.number(typed.part(item, facet), "duration") for facet in ("video", "audio"))
    return next((length / 1000 for length in lengths if length), None)


def _gone() -> NotARecording:
    return NotARecording("Microsoft finds no file behind that link.", obstacle=Obstacle.NOT_FOUND)


def _refusal(reply: Reply) -> NeedsPerson:
    if reply.status in _GONE:
        return _gone()
    code = typed.text(typed.part(reply.body, "error"), "code")[:60]
    if reply.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        _log.warning("Graph refused a file; the app needs the application permissions %s", PERMISSIONS)
        return NoAccess(
            "This bot's Microsoft account may not read this file: it is another organisation's, "
            f"or the app lacks the permissions {PERMISSIONS}.",
            obstacle=Obstacle.PRIVATE,
        )
    _log.warning("Graph refused a link", extra={"status": reply.status, "code": code})
    return NoAccess("Microsoft does not open this link for this bot.", obstacle=Obstacle.SIGN_IN)
