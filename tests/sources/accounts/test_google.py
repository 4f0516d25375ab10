"""Google Drive and Docs through a service account, from a server that checks signatures and answers as Google does."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.domain.recordings import MediaKind, recording_of_link
from bot.errors import BadInput, Busy, FollowthroughError, NoAccess, NotARecording, Obstacle, Unavailable
from bot.links.link import look_at
from bot.sources.accounts.account import Media
from bot.sources.accounts.google import FIELDS, SCOPE, GoogleAccount, GoogleKey
from bot.sources.fetch import RecordingFetcher
from tests.clocks import SettableClock
from tests.sources.accounts.zoom_cloud import said
from tests.sources.internet import OneServerInternet
from tests.sources.servers import Answer, Asked, LocalServer

FILE, DOC = "1aBcDeFgHiJkLmNoPqRsTuVwXyZ", "1dOcDeFgHiJkLmNoPqRsTuVwXyZ"
LINK = f"https://drive.google.com/file/d/{FILE}/view?usp=sharing"
DOC_LINK = f"https://docs.google.com/document/d/{DOC}/edit"
EMAIL = "listener@acme-bots.iam.gserviceaccount.com"
TOKENS = "https://oauth2.googleapis.com/token"
FILES = "www.googleapis.com/drive/v3/files"
VIDEO = {
    "id": FILE,
    "name": "Weekly sync.mp4",
    "mimeType": "video/mp4",
    "size": "123456",
    "createdTime": "2026-02-26T10:00:00.000Z",
    "videoMediaMetadata": {"durationMillis": "1800500"},
    "capabilities": {"canDownload": True},
    "trashed": False,
}


@dataclass
class Drive:
    """A Drive and its token endpoint.

    Attributes:
        server: Where it answers.
        public: Checks what the service account signs.
        files: What it may see, by id.
        delegated: Users whose place it may take.
    """

    server: LocalServer
    public: rsa.RSAPublicKey
    files: dict[str, dict[str, Any]] = field(default_factory=lambda: {FILE: VIDEO})
    delegated: set[str] = field(default_factory=set)
    claims: list[dict[str, Any]] = field(default_factory=list)
    good: set[str] = field(default_factory=set)

    def open(self) -> None:
        self.server.routes["oauth2.googleapis.com/token"] = self._token
        for file_id in (*self.files, DOC, "1NoSuchFileWhatsoeverHere"):
            self.server.routes[f"{FILES}/{file_id}"] = self._file
            self.server.routes[f"{FILES}/{file_id}/export"] = self._export

    def _token(self, asked: Asked) -> Answer:
        form = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
        assert form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
        try:
            claims = jwt.decode(
                form["assertion"],
                self.public,
                algorithms=["RS256"],
                audience=TOKENS,
                issuer=EMAIL,
                # our clock stands still; the length is checked below
                options={"verify_exp": False, "verify_iat": False, "require": ["iss", "scope", "aud", "iat", "exp"]},
            )
        except jwt.InvalidTokenError:
            return said({"error": "invalid_grant", "error_description": "Invalid JWT Signature."}, 400)
        assert 0 < claims["exp"] - claims["iat"] <= 3600
        assert jwt.get_unverified_header(form["assertion"])["kid"] == "key-1"
        if claims["scope"] != SCOPE or claims.get("sub") not in {None, *self.delegated}:
            return said({"error": "unauthorized_client"}, 401)
        self.claims.append(claims)
        self.good = {f"ya29.{len(self.claims)}"}
        return said({"access_token": f"ya29.{len(self.claims)}", "expires_in": 3599, "token_type": "Bearer"})

    def _refused(self, asked: Asked, file_id: str) -> Answer | None:
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.good:
            return wrong(401, "authError")
        if file_id not in self.files:
            return wrong(404, "notFound")
        key = self.files[file_id].get("resourceKey")
        if key and asked.headers.get("x-goog-drive-resource-keys") != f"{file_id}/{key}":
            return wrong(404, "notFound")
        return None

    def _file(self, asked: Asked) -> Answer:
        parts = urlsplit(asked.target)
        file_id, query = parts.path.rpartition("/")[2], parse_qs(parts.query)
        refused = self._refused(asked, file_id)
        if refused or query.get("supportsAllDrives") != ["true"]:
            return refused or wrong(404, "notFound")
        if query.get("alt") == ["media"]:
            return Answer(b"Mei: I'll book the studio.\nBo: Good.\n", headers={"Content-Type": "text/plain"})
        assert query["fields"] == [FIELDS]
        return said(self.files[file_id])

    def _export(self, asked: Asked) -> Answer:
        parts = urlsplit(asked.target)
        refused = self._refused(asked, parts.path.split("/")[-2])
        assert parse_qs(parts.query) == {"mimeType": ["text/plain"]}
        return refused or Answer("\ufeffMei: I'll book the studio.\r\nBo: Good.\r\n".encode())


def wrong(status: int, reason: str, **headers: str) -> Answer:
    body = {"error": {"code": status, "message": "No.", "errors": [{"domain": "global", "reason": reason}]}}
    return said(body, status, **headers)


@pytest.fixture(scope="module")
def private() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def key_file(folder: Path, private: rsa.RSAPrivateKey, **changes: Any) -> Path:
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    body = {
        "type": "service_account",
        "client_email": EMAIL,
        "private_key_id": "key-1",
        "private_key": pem.decode(),
        "token_uri": TOKENS,
    }
    path = folder / "key.json"
    path.write_text(json.dumps(body | changes), encoding="utf-8")
    return path


@pytest.fixture
def drive(server: LocalServer, private: rsa.RSAPrivateKey) -> Drive:
    return Drive(server, private.public_key())


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture(scope="module")
def key(private: rsa.RSAPrivateKey, tmp_path_factory: pytest.TempPathFactory) -> GoogleKey:
    return GoogleKey.read(key_file(tmp_path_factory.mktemp("key"), private))


@pytest.fixture
def account(server: LocalServer, clock: SettableClock, key: GoogleKey) -> GoogleAccount:
    return GoogleAccount(OneServerInternet(server), clock, key)


async def found(drive: Drive, account: GoogleAccount, url: str = LINK) -> Sequence[Media]:
    drive.open()
    return await account.find(look_at(url))


async def refused(drive: Drive, account: GoogleAccount, url: str = LINK) -> FollowthroughError:
    with pytest.raises(FollowthroughError) as caught:
        await found(drive, account, url)
    return caught.value


async def test_a_file_that_was_shared_with_the_account_is_found(drive: Drive, account: GoogleAccount) -> None:
    (file,) = await found(drive, account)
    assert (file.name, file.kind, file.size, file.seconds) == ("Weekly sync.mp4", MediaKind.VIDEO, 123456, 1800.5)
    assert file.recorded_on == date(2026, 2, 26)
    assert file.headers == {"Authorization": "Bearer ya29.1"}
    assert "ya29" not in repr(file)


async def test_its_bytes_are_fetched(
    drive: Drive, account: GoogleAccount, server: LocalServer, clock: SettableClock, tmp_path: Path
) -> None:
    drive.files[FILE] = VIDEO | {"name": "notes.txt", "mimeType": "text/plain"}
    drive.open()

    async def silent(_: int, __: int | None) -> None: ...

    fetcher = RecordingFetcher(OneServerInternet(server), clock, accounts=[account])
    got = await fetcher.fetch(recording_of_link(LINK), tmp_path / "job", silent)
    assert (got.kind, got.name, got.recorded_on) == (MediaKind.TRANSCRIPT, "notes.txt", date(2026, 2, 26))


async def test_a_document_is_read_as_plain_text(
    drive: Drive, account: GoogleAccount, server: LocalServer, clock: SettableClock, tmp_path: Path
) -> None:
    drive.files[DOC] = {
        "id": DOC,
        "name": "Weekly sync – Transcript",
        "mimeType": "application/vnd.google-apps.document",
    }
    drive.open()

    async def silent(_: int, __: int | None) -> None: ...

    fetcher = RecordingFetcher(OneServerInternet(server), clock, accounts=[account])
    got = await fetcher.fetch(recording_of_link(DOC_LINK), tmp_path / "job", silent)
    assert got.name == "Weekly sync – Transcript.txt"
    assert [line.speaker for line in await fetcher.read_transcript(got.path)] == ["Mei", "Bo"]


async def test_a_link_that_carries_its_own_key_hands_it_on(drive: Drive, account: GoogleAccount) -> None:
    drive.files[FILE] = VIDEO | {"resourceKey": "0-abcDEFghiJKLmno"}
    (file,) = await found(drive, account, LINK + "&resourcekey=0-abcDEFghiJKLmno")
    assert file.headers["X-Goog-Drive-Resource-Keys"] == f"{FILE}/0-abcDEFghiJKLmno"
    assert isinstance(await refused(drive, account, LINK + "&resourcekey=a%0d%0aX-Evil:%201"), NoAccess)
    assert isinstance(await refused(drive, account, LINK + "&resourcekey=ключключключ"), NoAccess)
    assert not account.opens(look_at("https://drive.google.com/file/d/ключключключключключключ/view"))


async def test_a_shortcut_leads_to_its_file(drive: Drive, account: GoogleAccount) -> None:
    shortcut = {"mimeType": "application/vnd.google-apps.shortcut", "shortcutDetails": {"targetId": FILE}}
    drive.files["1ShortcutAbCdEfGhIjKlMn"] = shortcut
    (file,) = await found(drive, account, "https://drive.google.com/file/d/1ShortcutAbCdEfGhIjKlMn/view")
    assert file.name == "Weekly sync.mp4"


async def test_a_user_whose_place_is_taken_is_named_in_what_is_signed(
    drive: Drive, server: LocalServer, clock: SettableClock, key: GoogleKey
) -> None:
    account = GoogleAccount(OneServerInternet(server), clock, key, "recordings@acme.example")
    error = await refused(drive, account)
    assert error.obstacle is Obstacle.BLOCKED
    assert SCOPE in error.what
    drive.delegated = {"recordings@acme.example"}
    assert await found(drive, account)
    assert drive.claims[0]["sub"] == "recordings@acme.example"


async def test_a_file_that_is_not_shared_names_the_address_to_share_it_with(
    drive: Drive, account: GoogleAccount, server: LocalServer, clock: SettableClock
) -> None:
    link = "https://drive.google.com/file/d/1NoSuchFileWhatsoeverHere/view"
    error = await refused(drive, account, link)
    assert error.obstacle is Obstacle.PRIVATE
    assert EMAIL in error.cure
    looked = await RecordingFetcher(OneServerInternet(server), clock, accounts=[account]).look(recording_of_link(link))
    assert looked.obstacle is Obstacle.PRIVATE
    assert EMAIL in looked.cure, "the cure that fits just this is not replaced by the usual one"


@pytest.mark.parametrize(
    ("changes", "obstacle"),
    [
        ({"capabilities": {"canDownload": False}}, Obstacle.DOWNLOAD_DISABLED),
        ({"trashed": True}, Obstacle.NOT_FOUND),
        ({"mimeType": "application/vnd.google-apps.folder"}, Obstacle.WRONG_KIND),
        ({"mimeType": "application/vnd.google-apps.spreadsheet"}, Obstacle.WRONG_KIND),
        ({"mimeType": "application/vnd.google-apps.shortcut", "shortcutDetails": []}, Obstacle.WRONG_KIND),
        ({"id": "../../about"}, Obstacle.WRONG_KIND),
        ({"id": 7}, Obstacle.WRONG_KIND),
    ],
)
async def test_what_cannot_be_had_says_why(
    drive: Drive, account: GoogleAccount, changes: dict[str, Any], obstacle: Obstacle
) -> None:
    drive.files[FILE] = VIDEO | changes
    error = await refused(drive, account)
    assert isinstance(error, NoAccess | NotARecording)
    assert error.obstacle is obstacle


@pytest.mark.parametrize(
    ("answer", "kind", "obstacle"),
    [
        (wrong(403, "userRateLimitExceeded"), Busy, Obstacle.UNREACHABLE),
        (wrong(429, "rateLimitExceeded", **{"Retry-After": "5"}), Busy, Obstacle.UNREACHABLE),
        (wrong(403, "downloadQuotaExceeded"), NoAccess, Obstacle.QUOTA),
        (wrong(403, "accessNotConfigured"), NoAccess, Obstacle.BLOCKED),
        (wrong(403, "insufficientPermissions"), NoAccess, Obstacle.BLOCKED),
        (wrong(403, "insufficientFilePermissions"), NoAccess, Obstacle.PRIVATE),
        (wrong(403, "cannotDownloadFile"), NoAccess, Obstacle.DOWNLOAD_DISABLED),
        (wrong(500, "backendError"), Unavailable, Obstacle.UNREACHABLE),
        (said({"error": "teapot"}, 418), NoAccess, Obstacle.PRIVATE),
        (Answer(b"<html>", 200), Unavailable, Obstacle.UNREACHABLE),
    ],
)
async def test_each_of_googles_reasons_has_its_meaning(
    drive: Drive, account: GoogleAccount, answer: Answer, kind: type[FollowthroughError], obstacle: Obstacle
) -> None:
    drive.open()
    drive.server.routes[f"{FILES}/{FILE}"] = answer
    with pytest.raises(FollowthroughError) as caught:
        await account.find(look_at(LINK))
    assert (type(caught.value), caught.value.obstacle) == (kind, obstacle)


async def test_a_token_that_is_no_longer_taken_is_renewed_once(drive: Drive, account: GoogleAccount) -> None:
    await found(drive, account)
    drive.good = set()
    assert await found(drive, account)
    assert len(drive.claims) == 2


async def test_a_key_that_was_withdrawn_is_told_without_a_word_of_it(
    drive: Drive, account: GoogleAccount, caplog: pytest.LogCaptureFixture
) -> None:
    drive.public = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    error = await refused(drive, account)
    assert "does not accept this bot's key" in error.what
    assert "PRIVATE KEY" not in f"{error!r}{caplog.text}"


@pytest.mark.parametrize(
    "changes",
    [
        {"private_key": "-----BEGIN PRIVATE KEY-----\nhunter2\n"},
        {"private_key": 7},
        {"client_email": ""},
        {"token_uri": "x"},
    ],
)
def test_a_key_that_cannot_sign_is_refused_at_the_start(
    tmp_path: Path, private: rsa.RSAPrivateKey, changes: dict[str, Any]
) -> None:
    with pytest.raises(BadInput, match="GOOGLE_SERVICE_ACCOUNT") as caught:
        GoogleKey.read(key_file(tmp_path, private, **changes))
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"[" * 90_000, b"-----BEGIN"])
def test_a_file_that_is_no_key_is_refused_at_the_start(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key.json").write_bytes(content)
    with pytest.raises(BadInput, match="no JSON key"):
        GoogleKey.read(tmp_path / "key.json")
    with pytest.raises(BadInput, match="cannot be read"):
        GoogleKey.read(tmp_path / "none.json")


def test_the_private_key_is_never_shown(key: GoogleKey) -> None:
    assert "PRIVATE" not in repr(key)
    assert "private" not in repr(key)
