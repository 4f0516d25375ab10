"""Google Drive and Docs, with a service account: what was shared with it, or what a user of the domain can see."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from bot.domain.recordings import MediaKind
from bot.errors import BadInput, Busy, NeedsPerson, NoAccess, NotARecording, Obstacle
from bot.links.address import Address
from bot.links.link import Link
from bot.links.source import DROP
from bot.links.source import Account as Service
from bot.ports import Clock
from bot.sources.accounts import typed
from bot.sources.accounts.account import Media
from bot.sources.accounts.asking import Api, Question, Reply, Token, ask, not_set_up
from bot.sources.accounts.keys import read_key
from bot.sources.accounts.kinds import kind_of
from bot.sources.door import Door

API: Final = "https://www.googleapis.com/drive/v3"
SCOPE: Final = "https://www.googleapis.com/auth/drive.readonly"
FIELDS: Final = (
    "id,name,mimeType,size,createdTime,trashed,videoMediaMetadata/durationMillis,capabilities/canDownload,"
    "shortcutDetails/targetId"
)

_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_VALID = timedelta(hours=1)  # the longest that Google takes
_GOOGLES = "application/vnd.google-apps."
_DOCUMENT, _FOLDER, _SHORTCUT = f"{_GOOGLES}document", f"{_GOOGLES}folder", f"{_GOOGLES}shortcut"
_ID = re.compile(r"[\w-]{10,100}", re.ASCII)
_BUSY = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "sharingRateLimitExceeded"})
_QUOTA = frozenset({"downloadQuotaExceeded", "dailyLimitExceeded", "quotaExceeded"})
_NOT_ON = frozenset({"accessNotConfigured", "SERVICE_DISABLED"})
_NO_SCOPE = frozenset({"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"})
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GoogleKey:
    """What a service account's key file says.

    Attributes:
        email: Whose key it is; files are shared with this address.
        id: The key's own.
        private: Signs.
        tokens: Where a signature is exchanged for a token.
    """

    email: str
    id: str
    private: RSAPrivateKey = field(repr=False)
    tokens: str

    @classmethod
    def read(cls, path: Path) -> "GoogleKey":
        """Read the JSON file that Google Cloud's console gives out.

        Raises:
            BadInput: It is not there, or is something else.
        """
        body = read_key(path, "GOOGLE_SERVICE_ACCOUNT")
        private = _private_key(typed.text(body, "private_key"))
        key_id, email, tokens = (typed.text(body, name) for name in ("private_key_id", "client_email", "token_uri"))
        if private is None or not email or Address.of(tokens) is None:
            raise BadInput(
                "GOOGLE_SERVICE_ACCOUNT names a file that is no service account's key.",
                "Make a key of type JSON for the service account, and set its path.",
            )
        return cls(email, key_id, private, tokens)

    def signed(self, claims: Mapping[str, Any]) -> str:
        """Return claims as a JSON Web Token."""
        return jwt.encode(dict(claims), self.private, algorithm="RS256", headers={"kid": self.id})


class GoogleAccount:
    """Finds what a service account, or the user whose place it takes, can see in Drive."""

    def __init__(self, door: Door, clock: Clock, key: GoogleKey, subject: str = "") -> None:
        self._door = door
        self._clock = clock
        self._key = key
        self._subject = subject
        self._api = Api(door, clock, self._issue)

    def opens(self, link: Link) -> bool:
        """Say whether it is a file or document in Google Drive."""
        return link.source.account is Service.GOOGLE and _ID.fullmatch(link.found.get("id", "")) is not None

    async def find(self, link: Link) -> Sequence[Media]:
        """Return the one file behind a link; a document as plain text.

        Raises:
            NoAccess: It was not shared with the account, its download is off, or the account may not use Drive.
            NotARecording: It is in the bin, or a folder, or another of Google's own kinds.
            Unavailable: Google did not answer.
        """
        headers, file = self._keys(link), await self._file(link.found["id"], self._keys(link))
        if typed.text(file, "mimeType") == _SHORTCUT:
            target = typed.text(typed.part(file, "shortcutDetails"), "targetId")
            if _ID.fullmatch(target):
                headers, file = {}, await self._file(target, {})
        return [await self._media(file, headers)]

    async def _file(self, file_id: str, headers: Mapping[str, str]) -> Mapping[str, Any]:
        query = {"fields": FIELDS, "supportsAllDrives": "true"}
        reply = await self._api.get(f"{API}/files/{file_id}", query, **headers)
        if not reply.good:
            raise self._refusal(reply)
        return reply.body

    async def _media(self, file: Mapping[str, Any], headers: Mapping[str, str]) -> Media:
        kind, name, file_id = typed.text(file, "mimeType"), typed.text(file, "name"), typed.text(file, "id")
        if file.get("trashed") is True:
            raise NotARecording("The file is in Google Drive's bin.", obstacle=Obstacle.NOT_FOUND)
        if kind == _FOLDER:
            raise NotARecording(
                "That is a Google Drive folder, not a recording.",
                "Open the folder and share the link to the recording itself.",
                obstacle=Obstacle.WRONG_KIND,
            )
        if not _ID.fullmatch(file_id) or (kind.startswith(_GOOGLES) and kind != _DOCUMENT):
            raise NotARecording("That is neither a recording nor a transcript.", obstacle=Obstacle.WRONG_KIND)
        if typed.part(file, "capabilities").get("canDownload") is False:
            raise NoAccess(
                "The owner of this Google Drive file has switched its download off.",
                obstacle=Obstacle.DOWNLOAD_DISABLED,
            )
        sent = (await self._api.token()).headers | dict(headers)
        on = typed.day(file, "createdTime")
        if kind == _DOCUMENT:
            return Media(
                f"{API}/files/{file_id}/export?mimeType=text/plain",
                sent,
                f"{name}.txt",
                MediaKind.TRANSCRIPT,
                recorded_on=on,
            )
        return Media(
            f"{API}/files/{file_id}?alt=media&supportsAllDrives=true",
            sent,
            name,
            kind_of(kind, name),
            typed.size(file, "size"),
            _seconds(file),
            on,
        )

    def _keys(self, link: Link) -> dict[str, str]:
        """Return the header that old link-shared files want, whose key stands in the link."""
        address = Address.of(link.url)
        key = address.query.get("resourcekey", "") if address else ""
        return {"X-Goog-Drive-Resource-Keys": f"{link.found['id']}/{key}"} if _ID.fullmatch(key) else {}

    async def _issue(self) -> Token:
        now = self._clock.now()
        claims: dict[str, Any] = {"iss": self._key.email, "scope": SCOPE, "aud": self._key.tokens}
        claims |= {"iat": int(now.timestamp()), "exp": int((now + _VALID).timestamp())}
        if self._subject:
            claims["sub"] = self._subject
        form = {"grant_type": _GRANT, "assertion": self._key.signed(claims)}
        reply = await ask(self._door, Question(self._key.tokens, form=form))
        token = Token.of(reply.body, now) if reply.good else None
        if token is None:
            if typed.text(reply.body, "error") == "unauthorized_client":
                _log.warning("Google: the domain does not delegate %s to the service account", SCOPE)
                raise not_set_up(
                    f"Whoever runs this bot has to delegate the scope {SCOPE} to its Google service account."
                )
            _log.warning("Google refused the key of GOOGLE_SERVICE_ACCOUNT (%s)", reply.status)
            raise not_set_up("Google does not accept this bot's key: whoever runs it has to check it.")
        return token

    def _refusal(self, reply: Reply) -> NeedsPerson | Busy:
        reasons = _reasons(reply.body)
        if reasons & _BUSY:
            return Busy("Google Drive asks to come back later.", obstacle=Obstacle.UNREACHABLE)
        if reasons & _QUOTA:
            return NoAccess(
                "This Google Drive file was downloaded too often, and is held back for now.", obstacle=Obstacle.QUOTA
            )
        if reasons & _NOT_ON:
            _log.warning("Google: the Drive API is not enabled in the service account's project")
            return not_set_up("Whoever runs this bot has to enable the Google Drive API in its project.")
        if reasons & _NO_SCOPE or reply.status == HTTPStatus.UNAUTHORIZED:
            _log.warning("Google: the service account lacks the scope %s", SCOPE)
            return not_set_up(f"Whoever runs this bot has to give its Google account the scope {SCOPE}.")
        if reasons & {"cannotDownloadFile"}:
            return NoAccess(
                "The owner of this Google Drive file has switched its download off.",
                obstacle=Obstacle.DOWNLOAD_DISABLED,
            )
        who = self._subject or self._key.email
        # Google says “not found” of everything that was not shared with whoever asks
        return NoAccess(
            "This Google Drive file is not shared with this bot.",
            f"In Drive, choose Share and add {who} as a viewer. Or download it {DROP}",
            obstacle=Obstacle.PRIVATE,
        )


def _private_key(text: str) -> RSAPrivateKey | None:
    try:
        key = load_pem_private_key(text.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, RSAPrivateKey) else None


def _reasons(body: Mapping[str, Any]) -> set[str]:
    error = typed.part(body, "error")
    return {typed.text(each, "reason") for name in ("errors", "details") for each in typed.parts(error, name)}


def _seconds(file: Mapping[str, Any]) -> float | None:
    length = typed.number(typed.part(file, "videoMediaMetadata"), "durationMillis")
    return None if length is None else length / 1000
