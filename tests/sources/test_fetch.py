import hashlib
from datetime import date
from pathlib import Path

import pytest

from bot.domain.recordings import MediaKind, Recording, RecordingKind, recording_of_link
from bot.errors import BadInput, FollowthroughError, NoAccess, NotARecording, Obstacle
from bot.ports import Fetched
from bot.sources.door import Door
from bot.sources.fetch import RecordingFetcher
from tests.clocks import SettableClock
from tests.sources.internet import OneServerInternet
from tests.sources.servers import Answer, Asked, LocalServer, page, redirect

DRIVE = "https://drive.google.com/file/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ/view?usp=sharing"
DOWNLOAD = "/download"
WORDS = b"Ines: We go with the recycled paper.\nRobert: Then I'll ask the printer for a sample.\n"


async def no_progress(_: int, __: int | None) -> None: ...


async def fetch(server: LocalServer, folder: Path, url: str) -> Fetched:
    fetcher = RecordingFetcher(OneServerInternet(server), SettableClock())
    return await fetcher.fetch(recording_of_link(url), folder, no_progress)


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def refusal(server: LocalServer, folder: Path, url: str) -> FollowthroughError:
    with pytest.raises(FollowthroughError) as caught:
        await fetch(server, folder, url)
    assert left_in(folder) == []
    return caught.value


async def test_a_plain_recording_is_fetched(server: LocalServer, tmp_path: Path, tone: bytes) -> None:
    server.routes["/calls/planning.wav"] = Answer(tone)
    got = await fetch(server, tmp_path / "job", "https://media.example/calls/planning.wav")
    assert got.path.read_bytes() == tone
    assert got.path.parent == tmp_path / "job"
    assert (got.kind, got.name, got.size) == (MediaKind.AUDIO, "planning.wav", len(tone))
    assert got.sha256 == hashlib.sha256(tone).hexdigest()


async def test_bytes_decide_what_a_file_is_not_its_name_or_type(
    server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    server.routes["/call.mp4"] = Answer(tone, headers={"Content-Type": "text/html"})
    got = await fetch(server, tmp_path, "https://media.example/call.mp4")
    assert got.kind is MediaKind.AUDIO
    assert got.path.suffix == ".wav"


async def test_a_transcript_is_known_by_its_words(server: LocalServer, tmp_path: Path) -> None:
    server.routes["/x"] = Answer(WORDS, headers={"Content-Type": "application/octet-stream"})
    fetcher = RecordingFetcher(OneServerInternet(server), SettableClock())
    got = await fetcher.fetch(recording_of_link("https://notes.example/x"), tmp_path, no_progress)
    assert got.kind is MediaKind.TRANSCRIPT
    assert [line.speaker for line in await fetcher.read_transcript(got.path)] == ["Ines", "Robert"]


async def test_a_login_page_is_never_taken_for_a_recording(server: LocalServer, tmp_path: Path) -> None:
    server.routes["/call.mp4"] = page('<form><input name="user"><input type="password"></form>')
    error = await refusal(server, tmp_path, "https://media.example/call.mp4")
    assert isinstance(error, NoAccess)
    assert error.obstacle is Obstacle.SIGN_IN
    assert "sign in" in error.what


async def test_a_page_that_asks_only_for_a_passcode_is_told_from_one_to_sign_in(
    server: LocalServer, tmp_path: Path
) -> None:
    server.routes["/call.mp4"] = page('<form><input type="password"></form>')
    error = await refusal(server, tmp_path, "https://media.example/call.mp4")
    assert error.obstacle is Obstacle.PASSCODE
    assert "drop the file here" in error.cure


async def test_an_ordinary_page_is_no_recording_and_says_what_to_do(server: LocalServer, tmp_path: Path) -> None:
    server.routes["/article"] = page("News")
    error = await refusal(server, tmp_path, "https://news.example/article")
    assert isinstance(error, NotARecording)
    assert error.what == "That link opens a web page, not a recording."
    assert "drop the file here" in error.cure


@pytest.mark.parametrize(
    "tag",
    [
        '<meta property="og:video" content="/media/call.wav">',
        "<meta content='https://cdn.example/media/call.wav' property='og:video:secure_url'/>",
        '<meta name="twitter:player:stream" content="../media/call.wav?a=1&amp;b=2">',
        '<video controls src="/media/call.wav"></video>',
        '<video><source type="audio/wav" src=/media/call.wav></video>',
    ],
)
async def test_a_page_that_names_its_recording_is_followed_once(
    server: LocalServer, tmp_path: Path, tone: bytes, tag: str
) -> None:
    server.routes |= {"/watch/1": page(tag), "/media/call.wav": Answer(tone)}
    got = await fetch(server, tmp_path, "https://video.example/watch/1")
    assert got.kind is MediaKind.AUDIO
    assert [asked.target.partition("?")[0] for asked in server.asked] == ["/watch/1", "/media/call.wav"]


async def test_a_page_that_leads_to_another_page_is_left_there(server: LocalServer, tmp_path: Path) -> None:
    server.routes["/watch/1"] = page('<meta property="og:video" content="/watch/1">')
    error = await refusal(server, tmp_path, "https://video.example/watch/1")
    assert isinstance(error, NotARecording)
    assert len(server.asked) == 2


async def test_a_page_cannot_lead_into_a_private_network(server: LocalServer, tmp_path: Path) -> None:
    server.routes["/watch/1"] = page('<video src="https://169.254.169.254/latest/meta-data"></video>')
    fetcher = RecordingFetcher(Door([server.place]), SettableClock())
    with pytest.raises(NoAccess, match="private network"):
        await fetcher.fetch(recording_of_link(server.url("/watch/1")), tmp_path, no_progress)


# ------------------------------------------------------------------------------------------------------ known products


async def test_google_drive_is_asked_for_the_file_itself(server: LocalServer, tmp_path: Path, tone: bytes) -> None:
    name = {"Content-Disposition": "attachment; filename=\"call.wav\"; filename*=UTF-8''Planung%20M%C3%A4rz.wav"}
    server.routes[DOWNLOAD] = Answer(tone, headers=name)
    got = await fetch(server, tmp_path, DRIVE + "&resourcekey=0-key")
    assert got.name == "Planung März.wav"
    assert server.asked[0].headers["host"] == "drive.usercontent.google.com"
    assert server.asked[0].target == (
        "/download?id=1aBcDeFgHiJkLmNoPqRsTuVwXyZ&export=download&confirm=t&resourcekey=0-key"
    )


async def test_google_drives_question_about_a_large_file_is_answered(
    server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    form = (
        '<p class="uc-warning-caption">Too large to scan</p><form id="download-form" method="get"'
        ' action="https://drive.usercontent.google.com/download"><input type="hidden" name="id" value="1a">'
        '<input type="hidden" name="confirm" value="t"><input type="hidden" name="uuid" value="7&amp;8"></form>'
    )

    def answer(asked: Asked) -> Answer:
        attached = {"Content-Disposition": "attachment"}
        return Answer(tone, headers=attached) if "uuid=7%268" in asked.target else page(form)

    server.routes[DOWNLOAD] = answer
    assert (await fetch(server, tmp_path, DRIVE)).kind is MediaKind.AUDIO
    assert len(server.asked) == 2


async def test_google_drives_quota_is_told_from_a_private_file(server: LocalServer, tmp_path: Path) -> None:
    server.routes[DOWNLOAD] = page('<p class="uc-error-caption">Too many users have viewed or downloaded</p>')
    error = await refusal(server, tmp_path, DRIVE)
    assert "too many people" in error.what
    assert "copy" in error.cure


async def test_a_private_drive_file_says_how_to_share_it(server: LocalServer, tmp_path: Path) -> None:
    server.routes[DOWNLOAD] = redirect("https://accounts.google.com/ServiceLogin?continue=x")
    error = await refusal(server, tmp_path, DRIVE)
    assert isinstance(error, NoAccess)
    assert "signed in" in error.what
    assert "Anyone with the link" in error.cure
    assert len(server.asked) == 1


async def test_a_product_that_denies_a_file_says_how_to_share_it(server: LocalServer, tmp_path: Path) -> None:
    server.routes[DOWNLOAD] = page("Sorry", 403)
    error = await refusal(server, tmp_path, DRIVE)
    assert "Anyone with the link" in error.cure


async def test_a_google_doc_comes_as_text(server: LocalServer, tmp_path: Path) -> None:
    server.routes["/document/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ/export"] = Answer(WORDS)
    url = "https://docs.google.com/document/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ/edit#heading=h.1"
    assert (await fetch(server, tmp_path, url)).kind is MediaKind.TRANSCRIPT
    assert server.asked[0].target.endswith("/export?format=txt")


async def test_dropbox_is_asked_to_download_with_the_links_own_key(
    server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    server.routes["/scl/fi/abc/call.wav"] = Answer(tone)
    got = await fetch(server, tmp_path, "https://www.dropbox.com/scl/fi/abc/call.wav?rlkey=k1&dl=0")
    assert got.name == "call.wav"
    assert server.asked[0].target == "/scl/fi/abc/call.wav?rlkey=k1&dl=1"


async def test_a_dropbox_file_that_may_not_be_downloaded_says_so(server: LocalServer, tmp_path: Path) -> None:
    server.routes["/scl/fi/abc/call.mp4"] = page("Preview only")
    error = await refusal(server, tmp_path, "https://www.dropbox.com/scl/fi/abc/call.mp4?rlkey=k1&dl=0")
    assert isinstance(error, NoAccess)
    assert "Dropbox" in error.what


async def test_sharepoint_is_asked_to_download_and_its_sign_in_is_recognised(
    server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    server.routes["/:v:/g/personal/ana/EabcDEF"] = redirect(
        "/_layouts/15/download.aspx", headers={"Set-Cookie": "FedAuth=1"}
    )
    server.routes["/_layouts/15/download.aspx"] = Answer(tone)
    url = "https://contoso-my.sharepoint.com/:v:/g/personal/ana/EabcDEF?e=4kq"
    assert (await fetch(server, tmp_path, url)).kind is MediaKind.AUDIO
    assert server.asked[0].target.endswith("?e=4kq&download=1")

    server.routes["/:v:/g/personal/ana/EabcDEF"] = redirect("https://login.microsoftonline.com/common/oauth2")
    folder = tmp_path / "second"
    error = await refusal(server, folder, url)
    assert "SharePoint gives this file only to people who are signed in." in error.what


@pytest.mark.parametrize(
    ("url", "product", "step"),
    [
        ("https://us02web.zoom.us/rec/share/abc-DEF.1?pwd=x", "Zoom", "press Download"),
        ("https://www.loom.com/share/0123456789abcdef0123456789abcdef", "Loom", "Download"),
        ("https://teams.microsoft.com/l/meetingrecap?driveId=1&driveItemId=2", "Teams", ".vtt"),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "YouTube", "YouTube Studio"),
        ("https://acme.webex.com/acme/ldr.php?RCID=0123456789abcdef0123456789abcdef", "Webex", "download arrow"),
        ("https://fathom.video/share/abc", "Fathom", "export its transcript"),
        ("https://app.fireflies.ai/view/Weekly::abc", "Fireflies", "Download"),
        ("https://otter.ai/u/abc-def", "Otter", "Export"),
        ("https://app.gong.io/call?id=123", "Gong", "transcript"),
        ("https://app.box.com/s/abc", "Box", "download"),
        ("https://acme.slack.com/files/U1/F2/call.mp4", "Slack", "Process recording"),
    ],
)
async def test_a_product_without_downloads_is_named_with_the_steps(
    server: LocalServer, tmp_path: Path, url: str, product: str, step: str
) -> None:
    error = await refusal(server, tmp_path, url)
    assert isinstance(error, NoAccess)
    assert product in error.what
    assert step in error.cure
    assert server.asked == []


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("https://zoom.us/j/123456", "invitation to a Zoom meeting"),
        ("https://meet.google.com/abc-defg-hij", "invitation to a Google Meet call"),
        ("https://teams.microsoft.com/l/meetup-join/19%3a", "invitation to a Teams meeting"),
        ("https://drive.google.com/drive/folders/1aBcDeFgHiJkLmNoPqRs", "Google Drive folder"),
        ("https://www.dropbox.com/scl/fo/abc/def?rlkey=1", "Dropbox folder"),
    ],
)
async def test_an_invitation_or_a_folder_is_refused_unopened(
    server: LocalServer, tmp_path: Path, url: str, what: str
) -> None:
    error = await refusal(server, tmp_path, url)
    assert isinstance(error, NotARecording)
    assert what in error.what
    assert server.asked == []


# ------------------------------------------------------------------------------------------------------------ bad input


@pytest.mark.parametrize(
    ("body", "called"),
    [
        (b"", "empty (0 bytes)"),
        (b"%PDF-1.7 and so on", "a PDF"),
        (b"PK\x03\x04" + b"\x00" * 30, "a zip archive"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"word/document.xml", "Word document cannot be read"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"xl/workbook.xml", "a spreadsheet"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, "a picture"),
        (b"\x00\x01\x02\x03" * 100, "a kind of file that I do not know"),
        (b"#EXTM3U\n#EXT-X-VERSION:3\n", "a streaming playlist"),
        (b"id,name,price\n1,bolt,3\n2,nut,4\n", "a table of data"),
        (b"12 34 56\n78 90 12\n", "numbers"),
        (b'{"error": "not found"}', "no transcript"),
        (b"{broken", "numbers"),
    ],
)
async def test_what_is_no_recording_is_said_to_be_what_it_is(
    server: LocalServer, tmp_path: Path, body: bytes, called: str
) -> None:
    server.routes["/file.mp3"] = Answer(body)
    error = await refusal(server, tmp_path, "https://media.example/file.mp3")
    assert isinstance(error, BadInput)
    if called != "numbers":
        assert called in error.what
    assert error.cure


async def test_a_link_for_the_wrong_kind_of_address_is_no_recording(server: LocalServer, tmp_path: Path) -> None:
    error = await refusal(server, tmp_path, "mailto:ines@example.com")
    assert error.what == "That is no web address."


# ----------------------------------------------------------------------------------------------------- names and dates


@pytest.mark.parametrize(
    ("path", "headers", "day"),
    [
        ("/GMT20260227-150312_Recording.wav", {"Last-Modified": "Sun, 01 Mar 2026 10:00:00 GMT"}, date(2026, 2, 27)),
        ("/2026-02-27 planning.wav", {}, date(2026, 2, 27)),
        ("/planning_2026_02_27.wav", {}, date(2026, 2, 27)),
        ("/planning.wav", {"Last-Modified": "Fri, 27 Feb 2026 10:00:00 GMT"}, date(2026, 2, 27)),
        ("/planning.wav", {"Last-Modified": "yesterday"}, None),
        ("/2031-01-01.wav", {}, None),
        ("/20269999.wav", {}, None),
        ("/call-5552026022711.wav", {}, None),
    ],
)
async def test_a_recording_tells_its_day(
    server: LocalServer, tmp_path: Path, path: str, headers: dict[str, str], day: date | None
) -> None:
    path = path.replace(" ", "%20")
    server.routes[path] = Answer(b"fLaC" + bytes(40), headers=headers)
    assert (await fetch(server, tmp_path, f"https://media.example{path}")).recorded_on == day


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="../../etc/passwd.wav"', "passwd.wav"),
        ('attachment; filename="a\\"b.wav"', 'a"b.wav'),
        ("attachment; filename=call.wav", "call.wav"),
        ("attachment; filename*=nonsense'en'%FF.wav", "Google Drive file.wav"),
        ("inline", "Google Drive file.wav"),
        ('attachment; filename="a\u202ewav.wav"'.encode().decode("latin-1"), None),
    ],
)
async def test_a_name_from_outside_is_only_ever_a_name(
    server: LocalServer, tmp_path: Path, tone: bytes, disposition: str, name: str | None
) -> None:
    server.routes[DOWNLOAD] = Answer(tone, headers={"Content-Disposition": disposition})
    got = await fetch(server, tmp_path, DRIVE)
    if name is not None:
        assert got.name == name
    assert got.name.isprintable()
    assert "/" not in got.name
    assert got.path == tmp_path / "recording.wav"


# ------------------------------------------------------------------------------------------------------- from this disk


def local(path: Path) -> Recording:
    return Recording(RecordingKind.LOCAL_FILE, str(path), path.name)


async def test_a_file_of_this_machine_is_copied_and_stays(tmp_path: Path, tone: bytes) -> None:
    source = tmp_path / "2026-02-27 call.wav"
    source.write_bytes(tone)
    got = await RecordingFetcher(Door(), SettableClock()).fetch(local(source), tmp_path / "job", no_progress)
    assert source.read_bytes() == got.path.read_bytes() == tone
    assert got.path.parent == tmp_path / "job"
    assert (got.name, got.kind, got.recorded_on) == ("2026-02-27 call.wav", MediaKind.AUDIO, date(2026, 2, 27))
    assert got.sha256 == hashlib.sha256(tone).hexdigest()


@pytest.mark.parametrize("content", [None, b"", b"%PDF-1.4", b"<!doctype html><html>"])
async def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(tmp_path: Path, content: bytes | None) -> None:
    source = tmp_path / "call.wav"
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(BadInput) as caught:
        await RecordingFetcher(Door(), SettableClock()).fetch(local(source), tmp_path / "job", no_progress)
    assert caught.value.cure
    assert list((tmp_path / "job").iterdir()) == []


async def test_a_file_of_this_machine_is_looked_at_by_its_first_bytes(tmp_path: Path, tone: bytes) -> None:
    source = tmp_path / "call.wav"
    source.write_bytes(tone)
    fetcher = RecordingFetcher(Door(), SettableClock())
    seen = await fetcher.look(local(source))
    assert (seen.name, seen.kind, seen.size, seen.obstacle) == ("call.wav", MediaKind.AUDIO, len(tone), None)
    assert seen.seconds == pytest.approx(1.0)
    source.write_bytes(b"<!doctype html><html>")
    assert (await fetcher.look(local(source))).obstacle is Obstacle.WRONG_KIND
    assert (await fetcher.look(local(tmp_path / "gone"))).obstacle is Obstacle.NOT_FOUND


async def test_a_folder_is_no_recording(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is no file"):
        await RecordingFetcher(Door(), SettableClock()).fetch(local(tmp_path), tmp_path / "job", no_progress)
