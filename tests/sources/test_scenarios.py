"""Each source as it answers in reality: status codes, redirects, pages in between, cookies, forms, expiry, and lies."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.domain.recordings import MediaKind, recording_of_link
from bot.errors import BadInput, Busy, FollowthroughError, NoAccess, NotARecording, Obstacle, Unavailable
from bot.links.link import Link, look_at
from bot.ports import Fetched, Preview
from bot.sources.accounts.account import Media
from bot.sources.door import Door
from bot.sources.downloads import Limits
from bot.sources.fetch import RecordingFetcher
from tests.clocks import SettableClock
from tests.sources.internet import OneServerInternet
from tests.sources.servers import Answer, Asked, LocalServer, Raw, page, redirect

WORDS = b"Ines: We go with the recycled paper.\nRobert: Then I'll ask the printer for a sample.\n"
VTT = b"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nInes Vega: We go with the recycled paper.\n"
ATTACHED = {"Content-Disposition": 'attachment; filename="Planning.wav"'}
DRIVE = "https://drive.google.com/file/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ/view"
DOC = "https://docs.google.com/document/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ/edit"
SHAREPOINT = "https://acme-my.sharepoint.com/:v:/g/personal/ana/EabcDEF?e=4kq"
DROPBOX = "https://www.dropbox.com/scl/fi/abc/call.wav?rlkey=k1&dl=0"
S3 = "https://bucket.s3.amazonaws.com/3f2a?X-Amz-Date=20260304T100000Z&X-Amz-Expires=600&X-Amz-Signature=0f5e"
GCS = "https://storage.googleapis.com/b/3f2a?X-Goog-Date=20260304T100000Z&X-Goog-Expires=600&X-Goog-Signature=0f5e"
AZURE = "https://acme.blob.core.windows.net/calls/3f2a?sv=2024-11-04&se=2026-03-04T10%3A00%3A00Z&sp=r&sig=0f5e"


async def no_progress(_: int, __: int | None) -> None: ...


@pytest.fixture
def fetcher(server: LocalServer) -> RecordingFetcher:
    return fetcher_of(server)


def fetcher_of(server: LocalServer, limits: Limits | None = None) -> RecordingFetcher:
    return RecordingFetcher(OneServerInternet(server), SettableClock(), limits=limits)


async def fetch(fetcher: RecordingFetcher, folder: Path, url: str) -> Fetched:
    return await fetcher.fetch(recording_of_link(url), folder, no_progress)


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def kept(fetcher: RecordingFetcher, folder: Path, url: str) -> tuple[FollowthroughError, Preview]:
    """Return why a recording cannot be fetched, and what a look says of it: they say the same."""
    with pytest.raises(FollowthroughError) as caught:
        await fetch(fetcher, folder, url)
    assert left_in(folder) == []
    seen = await fetcher.look(recording_of_link(url))
    error = caught.value
    assert (seen.obstacle, seen.what, seen.cure) == (error.obstacle, error.what, error.cure)
    return error, seen


# -------------------------------------------------------------------------------------------------------- google drive


async def test_drive_brings_a_public_file_as_an_attachment(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    server.routes["drive.usercontent.google.com/download"] = Answer(tone, headers=ATTACHED)
    seen = await fetcher.look(recording_of_link(DRIVE))
    assert (seen.source, seen.name, seen.kind) == ("Google Drive file", "Planning.wav", MediaKind.AUDIO)
    assert (seen.size, seen.obstacle) == (len(tone), None)
    assert seen.seconds == pytest.approx(1.0)
    assert (await fetch(fetcher, tmp_path, DRIVE)).name == "Planning.wav"


async def test_drive_asks_first_about_a_file_too_large_to_scan_and_keeps_a_cookie(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    form = '<form id="download-form" action="https://drive.usercontent.google.com/download" method="get">'
    form += '<input type="hidden" name="id" value="1a"><input type="hidden" name="uuid" value="7"></form>'

    def answer(asked: Asked) -> Answer:
        if "uuid=7" in asked.target and "NID=1" in asked.headers.get("cookie", ""):
            return Answer(tone, headers=ATTACHED)
        asking = page(form)
        return Answer(asking.body, headers={"Content-Type": "text/html", "Set-Cookie": "NID=1; Path=/"})

    server.routes["/download"] = answer
    assert (await fetcher.look(recording_of_link(DRIVE))).obstacle is None
    assert (await fetch(fetcher, tmp_path, DRIVE)).kind is MediaKind.AUDIO


@pytest.mark.parametrize(
    ("answer", "obstacle", "click"),
    [
        (redirect("https://accounts.google.com/ServiceLogin?continue=x"), Obstacle.SIGN_IN, "Anyone with the link"),
        (page("You need access", 403), Obstacle.PRIVATE, "Anyone with the link"),
        (
            page('<p class="uc-error-caption">Too many users have viewed or downloaded this file recently.</p>'),
            Obstacle.QUOTA,
            "Make a copy",
        ),
        (
            page('<p class="uc-error-caption">Sorry, the download quota exceeded for this file.</p>', 403),
            Obstacle.QUOTA,
            "Make a copy",
        ),
        (
            page('<p class="uc-error-caption">The owner has not given you permission to download this file.</p>'),
            Obstacle.DOWNLOAD_DISABLED,
            "lets viewers download",
        ),
        (page("Sorry, the file you have requested does not exist.", 404), Obstacle.NOT_FOUND, "bin"),
        (Answer(b"Ines: these are words, but nobody attached them.\n" * 3), Obstacle.PRIVATE, "Anyone with the link"),
    ],
    ids=["sign in", "private", "quota", "quota as 403", "no download", "deleted", "text that is no attachment"],
)
async def test_drive_keeps_a_file(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, *, answer: Answer, obstacle: Obstacle, click: str
) -> None:
    server.routes["/download"] = answer
    error, _ = await kept(fetcher, tmp_path, DRIVE)
    assert error.obstacle is obstacle
    assert click in error.cure


async def test_a_public_doc_comes_as_its_text_and_a_private_one_asks_to_sign_in(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path
) -> None:
    export = "/document/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ/export"
    server.routes[export] = redirect("https://doc-0c-apps-viewer.googleusercontent.com/export/x", 307)
    server.routes["doc-0c-apps-viewer.googleusercontent.com/export/x"] = Answer(
        WORDS, headers={"Content-Disposition": "attachment; filename*=UTF-8''Weekly%20call.txt"}
    )
    seen = await fetcher.look(recording_of_link(DOC))
    assert (seen.name, seen.kind) == ("Weekly call.txt", MediaKind.TRANSCRIPT)
    assert (await fetch(fetcher, tmp_path / "doc", DOC)).kind is MediaKind.TRANSCRIPT

    server.routes[export] = redirect("https://accounts.google.com/v3/signin/identifier")
    (tmp_path / "private").mkdir()
    error, _ = await kept(fetcher, tmp_path / "private", DOC)
    assert (error.obstacle, "Anyone with the link" in error.cure) == (Obstacle.SIGN_IN, True)


# ----------------------------------------------------------------------------------------------------------- microsoft


async def test_sharepoint_sets_a_cookie_on_the_way_to_a_file_for_anyone(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    server.routes["/:v:/g/personal/ana/EabcDEF"] = redirect(
        "/personal/ana/_layouts/15/download.aspx?UniqueId=1", headers={"Set-Cookie": "FedAuth=1; Path=/"}
    )

    def download(asked: Asked) -> Answer:
        return Answer(tone, headers=ATTACHED) if "FedAuth=1" in asked.headers.get("cookie", "") else Answer(status=401)

    server.routes["/personal/ana/_layouts/15/download.aspx"] = download
    assert (await fetcher.look(recording_of_link(SHAREPOINT))).obstacle is None
    assert (await fetch(fetcher, tmp_path, SHAREPOINT)).name == "Planning.wav"


@pytest.mark.parametrize(
    ("answer", "obstacle", "click"),
    [
        (redirect("https://login.microsoftonline.com/common/oauth2/authorize"), Obstacle.SIGN_IN, "Anyone with"),
        (redirect("/_layouts/15/AccessDenied.aspx?p=1"), Obstacle.PRIVATE, "Anyone with"),
        (redirect("/personal/ana/_layouts/15/guestaccess.aspx?share=E"), Obstacle.PASSCODE, "removes the password"),
        (page("This link has expired. Contact the owner for a new one."), Obstacle.EXPIRED, "shares it again"),
        (page("Sorry, something went wrong: the item may have been deleted", 404), Obstacle.NOT_FOUND, "Copy link"),
    ],
    ids=["sign in", "denied", "password", "expired", "gone"],
)
async def test_sharepoint_keeps_a_file(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, *, answer: Answer, obstacle: Obstacle, click: str
) -> None:
    server.routes["/:v:/g/personal/ana/EabcDEF"] = answer
    error, _ = await kept(fetcher, tmp_path, SHAREPOINT)
    assert error.obstacle is obstacle
    assert click in error.cure


# ------------------------------------------------------------------------------------------------------------- dropbox


async def test_dropbox_sends_the_file_from_a_host_of_its_own(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    server.routes["/scl/fi/abc/call.wav"] = redirect("https://uc1.dl.dropboxusercontent.com/cd/0/get/x?dl=1")
    server.routes["uc1.dl.dropboxusercontent.com/cd/0/get/x"] = Answer(tone, headers=ATTACHED)
    seen = await fetcher.look(recording_of_link(DROPBOX))
    assert (seen.kind, seen.obstacle) == (MediaKind.AUDIO, None)
    assert "k1" not in seen.url
    assert (await fetch(fetcher, tmp_path, DROPBOX)).kind is MediaKind.AUDIO


@pytest.mark.parametrize(
    ("answer", "obstacle", "click"),
    [
        (redirect("https://www.dropbox.com/sm/password?cont=x"), Obstacle.PASSCODE, "removes the password"),
        (page('<form><input type="password" name="shared-link-password"></form>'), Obstacle.PASSCODE, "password"),
        (page("<div>Preview only</div>"), Obstacle.DOWNLOAD_DISABLED, "Disable downloads"),
        (page("This link has expired"), Obstacle.EXPIRED, "removes the expiration date"),
        (page("Error (429): this account's links are generating too much traffic", 429), Obstacle.QUOTA, "tomorrow"),
        (page("This item was deleted", 404), Obstacle.NOT_FOUND, "Create link"),
        (Answer(b"PK\x03\x04" + bytes(60)), Obstacle.WRONG_KIND, "that is in it by itself"),
        (Answer(b"%PDF-1.7"), Obstacle.WRONG_KIND, "an audio or video file"),
    ],
    ids=["password", "password form", "no download", "expired", "traffic", "deleted", "a folder as zip", "a PDF"],
)
async def test_dropbox_keeps_a_file(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, *, answer: Answer, obstacle: Obstacle, click: str
) -> None:
    server.routes["/scl/fi/abc/call.wav"] = answer
    with pytest.raises(FollowthroughError) as caught:
        await fetch(fetcher, tmp_path, DROPBOX)
    assert caught.value.obstacle is obstacle
    assert click in caught.value.cure
    assert left_in(tmp_path) == []


# ------------------------------------------------------------------------------------------------------- signed links


def error_of_storage(code: str, message: str, status: int = 403) -> Answer:
    body = f'<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code><Message>{message}</Message></Error>'
    return Answer(body.encode(), status, {"Content-Type": "application/xml"})


async def test_a_signed_link_is_only_ever_asked_for_with_get(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    def signed(asked: Asked) -> Answer:
        if asked.method != "GET":
            return error_of_storage("SignatureDoesNotMatch", "The signature is for another method")
        if "range" in asked.headers:
            last = len(tone) - 1
            return Answer(tone, 206, {"Content-Range": f"bytes 0-{last}/{len(tone)}"})
        return Answer(tone)

    server.routes["/3f2a"] = signed
    seen = await fetcher.look(recording_of_link(S3))
    assert (seen.size, seen.status) == (len(tone), 206)
    assert seen.seconds == pytest.approx(1.0)
    assert "0f5e" not in seen.url
    assert (await fetch(fetcher, tmp_path, S3)).size == len(tone)


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        (S3, error_of_storage("AccessDenied", "Request has expired")),
        (GCS, error_of_storage("ExpiredToken", "The provided token has expired.", 400)),
        (AZURE, error_of_storage("AuthenticationFailed", "Signature not valid in the specified time frame")),
    ],
    ids=["S3", "Google", "Azure"],
)
async def test_a_signed_link_that_expired_says_when(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, url: str, answer: Answer
) -> None:
    server.routes |= {"/3f2a": answer, "/b/3f2a": answer, "/calls/3f2a": answer}
    error, seen = await kept(fetcher, tmp_path, url)
    assert error.obstacle is Obstacle.EXPIRED
    assert "4 March 2026" in error.what
    assert "new link" in error.cure
    assert "0f5e" not in seen.url


async def test_a_signed_link_whose_session_ended_before_it_says_so_too(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path
) -> None:
    server.routes["/3f2a"] = error_of_storage("ExpiredToken", "The provided token has expired.", 400)
    error, _ = await kept(fetcher, tmp_path, S3.replace("20260304", "21260304"))
    assert error.obstacle is Obstacle.EXPIRED


# ---------------------------------------------------------------------------------------------------------- any server


async def test_a_server_that_drips_is_looked_at_by_what_came(server: LocalServer, tone: bytes) -> None:
    closed = asyncio.Event()

    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900000000\r\n\r\n" + tone)
        try:
            while True:
                writer.write(bytes(60_000))
                await writer.drain()
                await asyncio.sleep(0.01)
        finally:
            closed.set()

    server.routes["/call.wav"] = Raw(drip)
    seen = await fetcher_of(server).look(recording_of_link("https://media.example/call.wav"))
    assert (seen.kind, seen.size) == (MediaKind.AUDIO, 900_000_000)
    async with asyncio.timeout(5):
        await closed.wait()  # nothing more is taken than the look needs


async def test_what_is_too_large_is_told_before_it_is_fetched(server: LocalServer, tmp_path: Path) -> None:
    server.routes["/call.wav"] = Answer(b"fLaC" + bytes(4000))
    error, _ = await kept(fetcher_of(server, Limits(max_bytes=1000)), tmp_path, "https://media.example/call.wav")
    assert error.obstacle is Obstacle.TOO_LARGE
    assert "sound alone" in error.cure


@pytest.mark.parametrize(
    ("answer", "obstacle", "kind"),
    [
        (Answer(b"%PDF-1.7", headers={"Content-Type": "video/mp4"}), Obstacle.WRONG_KIND, BadInput),
        (page("News of the day"), Obstacle.WRONG_KIND, NotARecording),
        (page('<input name="email"><input type="password">'), Obstacle.SIGN_IN, NoAccess),
        (redirect("https://acme.okta.com/app/x"), Obstacle.SIGN_IN, NoAccess),
        (redirect("/login?next=/call.wav"), Obstacle.SIGN_IN, NoAccess),
        (Answer(b"", 200), Obstacle.WRONG_KIND, BadInput),
        (Answer(b"id,name\n1,bolt\n2,nut\n"), Obstacle.WRONG_KIND, BadInput),
        (Answer(b"gone", 410), Obstacle.NOT_FOUND, NotARecording),
        (Answer(b"no", 403), Obstacle.PRIVATE, NoAccess),
        (Answer(b"no", 401), Obstacle.SIGN_IN, NoAccess),
    ],
    ids=["a lie", "a page", "a login", "sso", "login path", "empty", "a table", "gone", "forbidden", "unauthorized"],
)
async def test_a_server_keeps_a_file(
    fetcher: RecordingFetcher,
    server: LocalServer,
    tmp_path: Path,
    *,
    answer: Answer,
    obstacle: Obstacle,
    kind: type[FollowthroughError],
) -> None:
    server.routes["/call.wav"] = answer
    error, _ = await kept(fetcher, tmp_path, "https://media.example/call.wav")
    assert isinstance(error, kind)
    assert error.obstacle is obstacle
    assert error.cure.endswith(".")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [(Answer(b"", 503), Unavailable), (Answer(b"", 429, {"Retry-After": "7"}), Busy)],
)
async def test_a_server_in_trouble_is_tried_again(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, answer: Answer, kind: type[Unavailable]
) -> None:
    server.routes["/call.wav"] = answer
    recording = recording_of_link("https://media.example/call.wav")
    for attempt in (fetcher.look(recording), fetcher.fetch(recording, tmp_path, no_progress)):
        with pytest.raises(kind):
            await attempt


async def test_nothing_is_asked_of_a_source_that_gives_nobody_a_recording(
    fetcher: RecordingFetcher, server: LocalServer
) -> None:
    for url in (
        "https://us02web.zoom.us/j/81234567890",
        "https://drive.google.com/drive/folders/1aBcDeFgHiJkLmNoPqRs",
        "https://teams.microsoft.com/l/meetingrecap?driveId=b&driveItemId=01AB",
        "https://us02web.zoom.us/rec/share/Ab3dEf6hIj",
    ):
        seen = await fetcher.look(recording_of_link(url))
        assert seen.obstacle is not None
        assert seen.what
        assert seen.cure
        assert seen.status is None
    assert server.asked == []


# --------------------------------------------------------------------------------------------------------------- pages


async def test_a_page_is_called_by_its_title_and_judged_by_the_recording_it_names(
    fetcher: RecordingFetcher, server: LocalServer, tone: bytes
) -> None:
    server.routes["/watch"] = page('<meta property="og:title" content="Spring &amp; summer"><video src="/v"></video>')
    server.routes["/v"] = Answer(tone)
    seen = await fetcher.look(recording_of_link("https://video.example/watch"))
    assert (seen.name, seen.kind, seen.size) == ("Spring & summer", MediaKind.AUDIO, len(tone))


TRACKS = '<video src="/v"><track kind="subtitles" srclang="de" src="/de.vtt"><track srclang="en" src="/en.vtt"></video>'


async def test_a_films_captions_are_taken_before_the_film(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    server.routes |= {"/watch": Answer(f'<html lang="en-GB">{TRACKS}'.encode()), "/v": Answer(tone)}
    server.routes["/en.vtt"] = Answer(VTT)
    url = "https://video.example/watch"
    assert (await fetcher.look(recording_of_link(url))).kind is MediaKind.TRANSCRIPT
    assert (await fetch(fetcher, tmp_path / "words", url)).kind is MediaKind.TRANSCRIPT
    server.routes["/en.vtt"] = Answer(b"WEBVTT\n\n")
    assert (await fetcher.look(recording_of_link(url))).kind is MediaKind.AUDIO
    assert (await fetch(fetcher, tmp_path / "film", url)).kind is MediaKind.AUDIO


async def test_captions_that_may_be_a_translation_are_left(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    server.routes |= {"/watch": page(TRACKS), "/v": Answer(tone), "/de.vtt": Answer(VTT), "/en.vtt": Answer(VTT)}
    assert (await fetch(fetcher, tmp_path, "https://video.example/watch")).kind is MediaKind.AUDIO


async def test_a_page_names_its_recording_in_linked_data(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    told = {"@graph": [{"@type": "WebPage"}, {"@type": "VideoObject", "contentUrl": "/media/1"}]}
    server.routes["/watch"] = page(f'<script type="application/ld+json">{json.dumps(told)}</script>')
    server.routes["/media/1"] = Answer(tone)
    assert (await fetch(fetcher, tmp_path, "https://video.example/watch")).kind is MediaKind.AUDIO


async def test_a_page_names_its_recording_relative_to_where_it_was_found(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    server.routes["/w"] = redirect("https://other.example/deep/watch")
    server.routes["other.example/deep/watch"] = page('<video src="call.wav"></video>')
    server.routes["other.example/deep/call.wav"] = Answer(tone)
    assert (await fetch(fetcher, tmp_path, "https://video.example/w")).kind is MediaKind.AUDIO


# --------------------------------------------------------------------------------------------- the operator's account


@dataclass
class Library:
    """An account that opens one link, and says what it finds there."""

    found: Sequence[Media] = ()
    trouble: FollowthroughError | None = None
    asked: list[str] = field(default_factory=list)

    def opens(self, link: Link) -> bool:
        return link.source.account is not None

    async def find(self, link: Link) -> Sequence[Media]:
        self.asked.append(link.key)
        if self.trouble is not None:
            raise self.trouble
        return self.found


@pytest.fixture
def opened(server: LocalServer) -> tuple[RecordingFetcher, Library]:
    library = Library()
    return RecordingFetcher(OneServerInternet(server), SettableClock(), accounts=[library]), library


KEY = {"Authorization": "Bearer t0ken"}


def media(path: str, kind: MediaKind | None = None, *, size: int | None = None, seconds: float | None = None) -> Media:
    return Media(f"https://api.example{path}", KEY, "Board meeting", kind, size, seconds)


async def test_an_account_opens_what_the_public_may_not_have(
    opened: tuple[RecordingFetcher, Library], server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    fetcher, library = opened
    library.found = [media("/call", MediaKind.AUDIO, size=len(tone), seconds=1)]
    server.routes["/call"] = Answer(tone)
    seen = await fetcher.look(recording_of_link("https://us02web.zoom.us/rec/share/Ab3dEf6hIj"))
    assert (seen.name, seen.kind, seen.size, seen.obstacle) == ("Board meeting", MediaKind.AUDIO, len(tone), None)
    assert server.asked == []
    got = await fetch(fetcher, tmp_path, "https://us02web.zoom.us/rec/share/Ab3dEf6hIj")
    assert (got.kind, got.name) == (MediaKind.AUDIO, "Board meeting.wav")
    assert server.asked[0].headers["authorization"] == "Bearer t0ken"


async def test_what_an_account_says_is_too_large_is_not_begun(server: LocalServer, tmp_path: Path) -> None:
    library = Library([media("/call", MediaKind.VIDEO, size=2000)])
    internet = OneServerInternet(server)
    fetcher = RecordingFetcher(internet, SettableClock(), limits=Limits(max_bytes=1000), accounts=[library])
    server.routes["/call"] = Answer(b"fLaC" + bytes(1996))
    error, _ = await kept(fetcher, tmp_path, "https://us02web.zoom.us/rec/share/Ab3dEf6hIj")
    assert error.obstacle is Obstacle.TOO_LARGE


async def test_an_accounts_key_is_not_carried_to_another_host(
    opened: tuple[RecordingFetcher, Library], server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    fetcher, library = opened
    library.found = [media("/call")]
    server.routes |= {"/call": redirect("https://cdn.example/signed"), "/signed": Answer(tone)}
    await fetch(fetcher, tmp_path, DRIVE)
    assert [("authorization" in asked.headers) for asked in server.asked] == [True, False]


async def test_a_transcript_that_holds_nothing_is_passed_over_for_the_sound(
    opened: tuple[RecordingFetcher, Library], server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    fetcher, library = opened
    library.found = [media("/words", MediaKind.TRANSCRIPT), media("/call", MediaKind.AUDIO)]
    server.routes |= {"/words": Answer(b"WEBVTT\n\n"), "/call": Answer(tone)}
    assert (await fetch(fetcher, tmp_path, DRIVE)).kind is MediaKind.AUDIO
    server.routes["/words"] = Answer(VTT)
    assert (await fetch(fetcher, tmp_path / "again", DRIVE)).kind is MediaKind.TRANSCRIPT


async def test_where_the_account_finds_nothing_the_public_link_is_tried(
    opened: tuple[RecordingFetcher, Library], server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    fetcher, library = opened
    library.trouble = NoAccess("This account does not see the file.", "Share it.", obstacle=Obstacle.PRIVATE)
    server.routes["/download"] = Answer(tone, headers=ATTACHED)
    assert (await fetch(fetcher, tmp_path, DRIVE)).kind is MediaKind.AUDIO
    assert library.asked == [look_at(DRIVE).key]


async def test_what_the_public_link_says_is_told_where_the_account_only_finds_nothing(
    opened: tuple[RecordingFetcher, Library], server: LocalServer, tmp_path: Path
) -> None:
    fetcher, library = opened
    library.trouble = NoAccess("This account does not see the file.", "Share it.", obstacle=Obstacle.NOT_FOUND)
    server.routes["/download"] = page('<p class="uc-error-caption">Too many users have downloaded this file.</p>')
    error, _ = await kept(fetcher, tmp_path, DRIVE)
    assert error.obstacle is Obstacle.QUOTA
    server.routes["/download"] = redirect("https://accounts.google.com/ServiceLogin")
    error, _ = await kept(fetcher, tmp_path, DRIVE)
    assert error.what == "This account does not see the file."


async def test_an_account_that_does_not_answer_is_tried_again_rather_than_given_up(
    opened: tuple[RecordingFetcher, Library], server: LocalServer, tmp_path: Path
) -> None:
    fetcher, library = opened
    library.trouble = Unavailable("Google has trouble of its own.", obstacle=Obstacle.UNREACHABLE)
    server.routes["/download"] = redirect("https://accounts.google.com/ServiceLogin")
    with pytest.raises(Unavailable, match="trouble of its own"):
        await fetch(fetcher, tmp_path, DRIVE)


# ------------------------------------------------------------------------------------------------------ odd addresses


@pytest.mark.parametrize(
    "url", ["https://a..b/call.mp4", "https://xn--zzz-.example/call.mp4", "https://[::1%25a]/a.mp4"]
)
async def test_an_address_that_is_none_is_refused_in_a_sentence(tmp_path: Path, url: str) -> None:
    with pytest.raises(FollowthroughError) as caught:
        await RecordingFetcher(Door(), SettableClock()).fetch(recording_of_link(url), tmp_path, no_progress)
    assert caught.value.what.endswith(".")


@pytest.mark.parametrize("url", ["https://xn--zzz-.example/", "https://[nowhere", "//"])
async def test_a_redirect_to_nowhere_is_told(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, url: str
) -> None:
    server.routes["/call.wav"] = redirect(url)
    error, _ = await kept(fetcher, tmp_path, "https://media.example/call.wav")
    assert isinstance(error, NotARecording | NoAccess)


async def test_a_page_that_names_nonsense_is_an_ordinary_page(
    opened: tuple[RecordingFetcher, Library], tmp_path: Path
) -> None:
    fetcher, library = opened
    library.found = [Media("https://[nowhere", {}, "Call")]
    server_less = "https://us02web.zoom.us/rec/share/Ab3dEf6hIj"
    with pytest.raises(NotARecording):
        await fetch(fetcher, tmp_path, server_less)
