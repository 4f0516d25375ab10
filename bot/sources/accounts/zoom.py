"""Zoom, with a server-to-server OAuth app of the operator's: the recordings of the whole account."""

import base64
import logging
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import httpx

from bot.domain.recordings import MediaKind
from bot.errors import NeedsPerson, NoAccess, NotARecording, Obstacle
from bot.links.address import Address
from bot.links.link import Link, look_at
from bot.links.source import Account as Service
from bot.ports import Clock
from bot.sources.accounts import typed
from bot.sources.accounts.account import Media
from bot.sources.accounts.asking import Api, Question, Reply, Token, ask, not_set_up
from bot.sources.door import Door

TOKENS: Final = "https://zoom.us/oauth/token"
API: Final = "https://api.zoom.us/v2"
LIST_SCOPE: Final = "cloud_recording:read:list_account_recordings:admin"
READ_SCOPE: Final = "cloud_recording:read:list_recording_files:admin"

# Zoom lists no further back, and a month at a time
_MONTHS = 6
_DAYS = 30
_PAGE = "100"
_MOST_PAGES = 24
_MOST_REMEMBERED = 500
_SECONDS_FOR_DOWNLOAD = "3600"
_NO_SCOPE = 4711
_UUID = re.compile(r"[\w+/=-]{1,100}", re.ASCII)
_NAMED_SCOPES = re.compile(r"scopes?:? ?\[([\w:., ]{3,300})\]")
_KINDS = {"TRANSCRIPT": MediaKind.TRANSCRIPT, "M4A": MediaKind.AUDIO, "MP4": MediaKind.VIDEO}
_ORDER = tuple(_KINDS)
_OWN_HOSTS = ("zoom.us", "zoom.com")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ZoomCredentials:
    """What Zoom's marketplace shows of a server-to-server OAuth app."""

    account: str
    client: str
    secret: str = field(repr=False)


class ZoomAccount:
    """Finds the recordings of one Zoom account; a passcode is not needed there."""

    def __init__(self, door: Door, clock: Clock, credentials: ZoomCredentials) -> None:
        self._door = door
        self._clock = clock
        self._credentials = credentials
        self._api = Api(door, clock, self._issue)
        self._meetings: dict[str, str] = {}  # a link's id to its meeting's: the look has found what the fetch asks for

    def opens(self, link: Link) -> bool:
        """Say whether it is a recording in Zoom's cloud, but not in the government's."""
        address = Address.of(link.url)
        return link.source.account is Service.ZOOM and address is not None and "zoomgov" not in address.host

    async def find(self, link: Link) -> Sequence[Media]:
        """Return a recording's transcript, sound and picture.

        Raises:
            NoAccess: It is not of this account, still being made, or the operator's app may not read it.
            NotARecording: It was deleted, or holds nothing that was said.
            Unavailable: Zoom did not answer.
        """
        wanted = _id_of(link)
        meeting = self._meetings.get(wanted) or await self._search(wanted)
        if meeting is None:
            what = "This Zoom recording is not one of this bot's own Zoom account."
            raise NoAccess(what, link.cure, obstacle=Obstacle.SIGN_IN)
        query = {"include_fields": "download_access_token", "ttl": _SECONDS_FOR_DOWNLOAD}
        reply = await self._api.get(f"{API}/meetings/{_in_path(meeting)}/recordings", query)
        if not reply.good:
            self._meetings.pop(wanted, None)
            raise _refusal(reply, READ_SCOPE)
        return await self._media(reply.body, wanted)

    # ------------------------------------------------------------------------------------------------------ finding

    async def _search(self, wanted: str) -> str | None:
        async for meeting in self._listed():
            uuid = typed.text(meeting, "uuid")
            if _UUID.fullmatch(uuid) and wanted in _ids_of(meeting):
                self._remember(wanted, uuid)
                return uuid
        return None

    async def _listed(self) -> AsyncIterator[Mapping[str, Any]]:
        """Yield the account's recordings, the newest month first, as far as is reasonable."""
        until, pages = self._clock.now().date(), 0
        for _ in range(_MONTHS):
            since, following = until - timedelta(days=_DAYS - 1), ""
            while pages < _MOST_PAGES:
                pages += 1
                query = {"from": since.isoformat(), "to": until.isoformat(), "page_size": _PAGE}
                if following:
                    query["next_page_token"] = following
                reply = await self._api.get(f"{API}/accounts/me/recordings", query)
                if not reply.good:
                    raise _refusal(reply, LIST_SCOPE)
                for meeting in typed.parts(reply.body, "meetings"):
                    yield meeting
                following = typed.text(reply.body, "next_page_token")
                if not following:
                    break
            until = since - timedelta(days=1)

    def _remember(self, wanted: str, uuid: str) -> None:
        while len(self._meetings) >= _MOST_REMEMBERED:
            self._meetings.pop(next(iter(self._meetings)))
        self._meetings[wanted] = uuid

    # -------------------------------------------------------------------------------------------------------- files

    async def _media(self, meeting: Mapping[str, Any], wanted: str) -> list[Media]:
        files = typed.parts(meeting, "recording_files")
        ready = [each for each in files if _kind_of(each) and typed.text(each, "download_url") and _is_ready(each)]
        if not ready:
            if any(not _is_ready(each) for each in files):
                raise NoAccess("Zoom is still making this recording.", obstacle=Obstacle.NOT_READY)
            raise NotARecording("Zoom keeps neither sound nor words of this meeting.", obstacle=Obstacle.NOT_FOUND)
        narrow = Token.of({"access_token": meeting.get("download_access_token")}, self._clock.now())
        headers = (narrow or await self._api.token()).headers
        topic, on = typed.text(meeting, "topic") or "Zoom recording", _day_of(meeting)
        return [_file(each, topic, on, headers) for each in _best_first(ready, wanted)]

    async def _issue(self) -> Token:
        pair = f"{self._credentials.client}:{self._credentials.secret}".encode()
        form = {"grant_type": "account_credentials", "account_id": self._credentials.account}
        basic = {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
        reply = await ask(self._door, Question(TOKENS, form=form, headers=basic))
        token = Token.of(reply.body, self._clock.now()) if reply.good else None
        if token is None:
            _log.warning("Zoom refused ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET (%s)", reply.status)
            raise not_set_up("Zoom does not accept this bot's credentials: whoever runs it has to check them.")
        return token


def _refusal(reply: Reply, scope: str) -> NeedsPerson:
    code = typed.number(reply.body, "code")
    if code == _NO_SCOPE or reply.status == HTTPStatus.FORBIDDEN:
        named = _NAMED_SCOPES.search(typed.text(reply.body, "message"))
        missing = named[1].strip() if named else scope
        _log.warning("Zoom's app lacks a scope: %s", missing)
        return not_set_up(f"Whoever runs this bot has to give its Zoom app the scope {missing}.")
    if reply.status == HTTPStatus.NOT_FOUND:
        return NotARecording("There is no Zoom recording behind that link any more.", obstacle=Obstacle.NOT_FOUND)
    _log.warning("Zoom refused to be asked for recordings", extra={"status": reply.status, "code": code})
    return not_set_up("Zoom does not let this bot's app read recordings: whoever runs it has to check it.")


def _id_of(link: Link) -> str:
    return unquote(link.found.get("id", ""))


def _ids_of(meeting: Mapping[str, Any]) -> set[str]:
    """Return the ids of every link that leads to a meeting's recording."""
    links = [typed.text(meeting, "share_url")]
    links += [typed.text(each, "play_url") for each in typed.parts(meeting, "recording_files")]
    return {_id_of(look_at(each)) for each in links if each} - {""}


def _in_path(uuid: str) -> str:
    """Write a meeting's id as Zoom reads it in a path: twice encoded where it holds a slash."""
    once = quote(uuid, safe="")
    return quote(once, safe="") if "/" in uuid else once


def _kind_of(file: Mapping[str, Any]) -> MediaKind | None:
    return _KINDS.get(typed.text(file, "file_type"))


def _is_ready(file: Mapping[str, Any]) -> bool:
    return typed.text(file, "status") != "processing"


def _seconds(file: Mapping[str, Any]) -> float | None:
    begin, end = typed.moment(file, "recording_start"), typed.moment(file, "recording_end")
    try:
        return max((end - begin).total_seconds(), 0.0) if begin and end else None
    except TypeError:  # one of them says its time zone, the other does not
        return None


def _best_first(files: Sequence[Mapping[str, Any]], wanted: str) -> list[Mapping[str, Any]]:
    """Order the files of one stretch of the meeting: the one that was shared, else the longest.

    A recording that was stopped and begun again is several; what is fetched is one of them, not one after another.
    """
    played = next((each for each in files if wanted in _ids_of({"recording_files": [each]})), None)
    told = played or max(files, key=lambda each: _seconds(each) or 0.0)
    begun = typed.text(told, "recording_start")
    stretch = [each for each in files if typed.text(each, "recording_start") == begun]
    return sorted(
        stretch, key=lambda each: (_ORDER.index(typed.text(each, "file_type")), typed.size(each, "file_size") or 0)
    )


def _file(file: Mapping[str, Any], topic: str, on: date | None, headers: Mapping[str, str]) -> Media:
    url, kind = typed.text(file, "download_url"), _kind_of(file)
    ending = "vtt" if kind is MediaKind.TRANSCRIPT else typed.text(file, "file_type").lower()
    return Media(
        url,
        headers if _is_own(url) else {},
        f"{topic}.{ending}",
        kind,
        typed.size(file, "file_size"),
        _seconds(file),
        on,
    )


def _is_own(url: str) -> bool:
    """Say whether a URL is Zoom's own: what opens the recording is sent to nobody else."""
    try:
        parsed, api = httpx.URL(url), httpx.URL(API)
    except httpx.InvalidURL:
        return False
    if (parsed.scheme, parsed.host, parsed.port) == (api.scheme, api.host, api.port):
        return True
    return parsed.scheme == "https" and any(parsed.host == own or parsed.host.endswith(f".{own}") for own in _OWN_HOSTS)


def _day_of(meeting: Mapping[str, Any]) -> date | None:
    """Return the day on which the meeting began, where its host was."""
    began: datetime | None = typed.moment(meeting, "start_time")
    if began is None or began.tzinfo is None:
        return began.date() if began else None
    try:
        return began.astimezone(ZoneInfo(typed.text(meeting, "timezone") or "UTC")).date()
    except (ZoneInfoNotFoundError, ValueError, OSError, OverflowError):
        return began.date()
