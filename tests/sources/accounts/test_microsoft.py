"""SharePoint, Stream and Teams through an app registration, from a server that answers as Graph does."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote

import pytest

from bot.domain.recordings import MediaKind, recording_of_link
from bot.errors import Busy, FollowthroughError, NoAccess, NotARecording, Obstacle, Unavailable
from bot.links.link import look_at
from bot.sources.accounts.account import Media
from bot.sources.accounts.microsoft import MicrosoftAccount, MicrosoftCredentials
from bot.sources.fetch import RecordingFetcher
from tests.clocks import SettableClock
from tests.sources.accounts.zoom_cloud import said
from tests.sources.internet import OneServerInternet
from tests.sources.servers import Answer, Asked, LocalServer

CREDENTIALS = MicrosoftCredentials("acme.onmicrosoft.com", "app-1", "s3cret~value")
GRAPH = "graph.microsoft.com/v1.0"
SHARED = "https://acme-my.sharepoint.com/:v:/g/personal/ana/EabcDEF?e=x1"
PATH = "/sites/Design/Shared Documents/Recordings/Bär & call.mp4"
STREAM = f"https://acme.sharepoint.com/sites/Design/_layouts/15/stream.aspx?id={quote(PATH, safe='')}&ga=1"
RECAP = "https://teams.microsoft.com/l/meetingrecap?driveId=b%21abcDEF&driveItemId=01ABCDEF&threadId=19"
ITEM = {
    "id": "01ABCDEF",
    "name": "Bär & call.mp4",
    "size": 4096,
    "createdDateTime": "2026-02-25T08:00:00Z",
    "file": {"mimeType": "video/mp4"},
    "video": {"duration": 65500},
    "parentReference": {"driveId": "b!abcDEF"},
    "@microsoft.graph.downloadUrl": "https://acme-my.sharepoint.com/personal/ana/_layouts/15/download.aspx?tempauth=t",
}


@dataclass
class Graph:
    """An organisation's files and its sign-in.

    Attributes:
        server: Where both answer.
        good: The tokens that are taken.
        issued: How many were given out.
    """

    server: LocalServer
    good: set[str] = field(default_factory=set)
    issued: int = 0

    def open(self) -> None:
        self.server.routes["login.microsoftonline.com/acme.onmicrosoft.com/oauth2/v2.0/token"] = self._token
        share = base64.urlsafe_b64encode(SHARED.encode()).decode().rstrip("=")
        self.has(f"/shares/u!{share}/driveItem", ITEM)
        self.has("/drives/b%21abcDEF/items/01ABCDEF", ITEM)
        self.has("/sites/acme.sharepoint.com:/sites/Design", {"id": "acme.sharepoint.com,1-2,3-4"})
        drives = [
            7,
            {"id": "b!wiki1", "webUrl": "https://acme.sharepoint.com/sites/Design/Shared"},
            {"id": "b!docs1", "webUrl": "https://acme.sharepoint.com/sites/Design/Shared%20Documents"},
        ]
        self.has("/sites/acme.sharepoint.com,1-2,3-4/drives", {"value": drives})
        self.has(f"/drives/b!docs1/root:/{quote('Recordings/Bär & call.mp4')}", ITEM)

    def has(self, path: str, body: object) -> None:
        self.server.routes[f"{GRAPH}{path}"] = self._guarded(said(body))

    def _guarded(self, answer: Answer) -> Callable[[Asked], Answer]:
        def answered(asked: Asked) -> Answer:
            if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.good:
                return wrong(401, "InvalidAuthenticationToken")
            return answer

        return answered

    def _token(self, asked: Asked) -> Answer:
        wanted = {
            "grant_type": ["client_credentials"],
            "client_id": [CREDENTIALS.client],
            "client_secret": [CREDENTIALS.secret],
            "scope": ["https://graph.microsoft.com/.default"],
        }
        if parse_qs(asked.body.decode()) != wanted:
            return said({"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret."}, 401)
        self.issued += 1
        self.good = {f"eyJ.{self.issued}"}
        return said({"token_type": "Bearer", "expires_in": 3599, "access_token": f"eyJ.{self.issued}"})


def wrong(status: int, code: str) -> Answer:
    return said({"error": {"code": code, "message": "No."}}, status)


@pytest.fixture
def graph(server: LocalServer) -> Graph:
    return Graph(server)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def account(server: LocalServer, clock: SettableClock) -> MicrosoftAccount:
    return MicrosoftAccount(OneServerInternet(server), clock, CREDENTIALS)


async def found(graph: Graph, account: MicrosoftAccount, url: str = SHARED) -> Sequence[Media]:
    graph.open()
    return await account.find(look_at(url))


@pytest.mark.parametrize("url", [SHARED, STREAM, RECAP])
async def test_every_kind_of_link_leads_to_its_file(graph: Graph, account: MicrosoftAccount, url: str) -> None:
    (file,) = await found(graph, account, url)
    assert (file.name, file.kind, file.size, file.seconds) == ("Bär & call.mp4", MediaKind.VIDEO, 4096, 65.5)
    assert file.recorded_on == date(2026, 2, 25)


async def test_the_address_that_opens_by_itself_is_sent_no_token(
    graph: Graph, account: MicrosoftAccount, server: LocalServer, clock: SettableClock, tmp_path: Path
) -> None:
    words = Answer(b"Mei: I'll book the studio.\nBo: Good.\n")
    server.routes["acme-my.sharepoint.com/personal/ana/_layouts/15/download.aspx"] = words
    graph.open()

    async def silent(_: int, __: int | None) -> None: ...

    fetcher = RecordingFetcher(OneServerInternet(server), clock, accounts=[account])
    got = await fetcher.fetch(recording_of_link(SHARED), tmp_path / "job", silent)
    assert got.kind is MediaKind.TRANSCRIPT
    assert "authorization" not in server.asked[-1].headers
    assert "download.aspx" in server.asked[-1].target


async def test_without_that_address_graph_itself_gives_the_bytes(graph: Graph, account: MicrosoftAccount) -> None:
    graph.open()
    graph.has("/drives/b%21abcDEF/items/01ABCDEF", {k: v for k, v in ITEM.items() if not k.startswith("@")})
    (file,) = await account.find(look_at(RECAP))
    assert file.url == "https://graph.microsoft.com/v1.0/drives/b%21abcDEF/items/01ABCDEF/content"
    assert file.headers == {"Authorization": "Bearer eyJ.1"}
    assert "eyJ" not in repr(file)


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ({"folder": {"childCount": 3}}, NotARecording),
        ({"file": None, "folder": {}}, NotARecording),
        ({"@microsoft.graph.downloadUrl": 7, "parentReference": {"driveId": "../x"}}, NoAccess),
        ({"@microsoft.graph.downloadUrl": None, "id": "a/b"}, NoAccess),
    ],
)
async def test_what_is_no_file_is_refused(
    graph: Graph, account: MicrosoftAccount, item: dict[str, Any], kind: type[FollowthroughError]
) -> None:
    graph.open()
    graph.has("/drives/b%21abcDEF/items/01ABCDEF", ITEM | item)
    with pytest.raises(kind):
        await account.find(look_at(RECAP))


@pytest.mark.parametrize(
    "odd",
    [{"size": -5}, {"size": 1e400}, {"name": None}, {"video": {"duration": "long"}}, {"createdDateTime": "tomorrow"}],
)
async def test_what_graph_says_is_not_believed(graph: Graph, account: MicrosoftAccount, odd: dict[str, Any]) -> None:
    graph.open()
    graph.has("/drives/b%21abcDEF/items/01ABCDEF", ITEM | odd)
    (file,) = await account.find(look_at(RECAP))
    assert file.size in {None, 4096}
    assert file.seconds in {None, 65.5}


@pytest.mark.parametrize(
    ("answer", "kind", "obstacle"),
    [
        (wrong(404, "itemNotFound"), NotARecording, Obstacle.NOT_FOUND),
        (wrong(403, "accessDenied"), NoAccess, Obstacle.PRIVATE),
        (wrong(400, "invalidRequest"), NoAccess, Obstacle.SIGN_IN),
        (Answer(b"", 429, {"Retry-After": "12"}), Busy, Obstacle.UNREACHABLE),
        (wrong(503, "serviceNotAvailable"), Unavailable, Obstacle.UNREACHABLE),
        (Answer(b"{", 200), Unavailable, Obstacle.UNREACHABLE),
    ],
)
async def test_each_of_graphs_answers_has_its_meaning(
    graph: Graph, account: MicrosoftAccount, answer: Answer, kind: type[FollowthroughError], obstacle: Obstacle
) -> None:
    graph.open()
    graph.server.routes[f"{GRAPH}/drives/b%21abcDEF/items/01ABCDEF"] = answer
    with pytest.raises(FollowthroughError) as caught:
        await account.find(look_at(RECAP))
    assert (type(caught.value), caught.value.obstacle) == (kind, obstacle)


async def test_a_file_outside_every_library_of_its_site_is_not_found(graph: Graph, account: MicrosoftAccount) -> None:
    elsewhere = STREAM.replace("Shared%20Documents", "Secret%20Documents")
    with pytest.raises(NotARecording):
        await found(graph, account, elsewhere)


async def test_a_token_that_is_no_longer_taken_is_renewed_once(graph: Graph, account: MicrosoftAccount) -> None:
    await found(graph, account)
    graph.good = set()
    assert await found(graph, account)
    assert graph.issued == 2


async def test_a_secret_that_ended_is_told_without_a_word_of_it(
    graph: Graph, server: LocalServer, clock: SettableClock, caplog: pytest.LogCaptureFixture
) -> None:
    ended = MicrosoftCredentials("acme.onmicrosoft.com", "app-1", "hunter2~hunter2")
    with pytest.raises(NoAccess, match="does not accept this bot's credentials") as caught:
        await found(graph, MicrosoftAccount(OneServerInternet(server), clock, ended))
    assert "MICROSOFT_CLIENT_SECRET" in caplog.text
    assert "hunter2" not in f"{caught.value!r}{caplog.text}{ended!r}"


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        (SHARED, True),
        (STREAM, True),
        (RECAP, True),
        ("https://teams.microsoft.com/l/meetingrecap?driveId=b!abcDEF", False),
        ("https://teams.microsoft.com/l/meetingrecap?driveId=..%2Fme&driveItemId=01ABCDEF", False),
        ("https://web.microsoftstream.com/video/0281766f-a2d0-4bb7-88ea-f19e65135184", False),
        ("https://1drv.ms/v/s!AbCdEfGh", False),
        ("https://us02web.zoom.us/rec/share/Ab3dEf6hIj", False),
    ],
)
def test_it_opens_what_graph_can_be_asked_for(account: MicrosoftAccount, url: str, *, opens: bool) -> None:
    assert account.opens(look_at(url)) is opens
