from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.recordings import MediaKind, Recording, RecordingKind
from bot.errors import BadInput, FollowthroughError, NoAccess
from bot.ports import Fetched
from bot.sources.door import Door
from bot.sources.fetch import RecordingFetcher
from bot.sources.slack_files import SlackFile, SlackFiles
from tests.clocks import SettableClock
from tests.sources.internet import OneServerInternet
from tests.sources.servers import Answer, LocalServer, page, redirect

TOKEN = "xoxb-for-tests"
PATH = "/files-pri/T1-F1/download/call.wav"


async def no_progress(_: int, __: int | None) -> None: ...


def said_by_slack(url: str, size: int | None = None) -> SlackFile:
    return SlackFile("call.wav", "audio/wav", size, url)


async def fetch(door: Door, folder: Path, file: SlackFile, api_url: str | None) -> Fetched:
    async def info(file_id: str) -> SlackFile:
        assert file_id == "F1"
        return file

    slack = SlackFiles(info, TOKEN, api_url)
    fetcher = RecordingFetcher(door, SettableClock(), slack=slack)
    return await fetcher.fetch(Recording(RecordingKind.SLACK_FILE, "F1", "call.wav"), folder, no_progress)


async def refusal(door: Door, folder: Path, file: SlackFile, api_url: str | None = None) -> FollowthroughError:
    with pytest.raises(FollowthroughError) as caught:
        await fetch(door, folder, file, api_url)
    assert TOKEN not in str(caught.value)
    return caught.value


def tokens(server: LocalServer) -> list[str | None]:
    return [asked.headers.get("authorization") for asked in server.asked]


async def test_an_uploaded_file_is_fetched_with_the_bots_token(
    server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    server.routes[PATH] = Answer(tone)
    file = said_by_slack(f"https://files.slack.com{PATH}", len(tone))
    got = await fetch(OneServerInternet(server), tmp_path, file, None)
    assert (got.kind, got.name) == (MediaKind.AUDIO, "call.wav")
    assert tokens(server) == [f"Bearer {TOKEN}"]


async def test_with_another_slack_server_the_token_goes_to_that_one(
    server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    server.routes[PATH] = Answer(tone)
    got = await fetch(Door(), tmp_path, said_by_slack(server.url(PATH)), server.url("/api/"))
    assert got.path.read_bytes() == tone
    assert tokens(server) == [f"Bearer {TOKEN}"]


async def test_with_another_slack_server_slacks_own_gets_no_token(
    server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    server.routes[PATH] = Answer(tone)
    file = said_by_slack(f"https://files.slack.com{PATH}")
    error = await refusal(OneServerInternet(server), tmp_path, file, "http://127.0.0.1:1/api/")
    assert isinstance(error, NoAccess)
    assert tokens(server) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://files.slack.com.evil.example/call.wav",
        "https://evil-slack.com/call.wav",
        "https://files.slack.com:8443/call.wav",
        "https://media.example/call.wav",
    ],
)
async def test_no_other_host_is_shown_the_token(server: LocalServer, tmp_path: Path, tone: bytes, url: str) -> None:
    server.routes["/call.wav"] = Answer(tone)
    await fetch(OneServerInternet(server), tmp_path, said_by_slack(url), None)
    assert tokens(server) == [None]


async def test_a_file_url_on_a_private_network_is_not_trusted_because_slack_said_it(
    server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    async with LocalServer() as slack:
        server.routes["/call.wav"] = Answer(tone)
        error = await refusal(Door(), tmp_path, said_by_slack(server.url("/call.wav")), slack.url("/api/"))
    assert isinstance(error, NoAccess)
    assert server.asked == []


async def test_no_redirect_leads_the_token_away(server: LocalServer, tmp_path: Path) -> None:
    async with LocalServer() as other:
        server.routes[PATH] = redirect(other.url("/steal"))
        error = await refusal(Door([other.place]), tmp_path, said_by_slack(server.url(PATH)), server.url("/api/"))
        assert "files:read" in error.cure
        assert other.asked == []


async def test_a_login_page_instead_of_bytes_names_the_scope_that_is_missing(
    server: LocalServer, tmp_path: Path
) -> None:
    server.routes[PATH] = page('<form id="signin"><input type="password"></form>')
    error = await refusal(OneServerInternet(server), tmp_path, said_by_slack(f"https://files.slack.com{PATH}"))
    assert isinstance(error, NoAccess)
    assert error.what == "Slack does not let this bot have the file."
    assert "files:read" in error.cure


async def test_an_empty_upload_is_said_to_be_empty(server: LocalServer, tmp_path: Path) -> None:
    server.routes[PATH] = Answer(b"")
    error = await refusal(OneServerInternet(server), tmp_path, said_by_slack(f"https://files.slack.com{PATH}", 0))
    assert isinstance(error, BadInput)
    assert "0 bytes" in error.what
    assert server.asked == []
    error = await refusal(OneServerInternet(server), tmp_path, said_by_slack(f"https://files.slack.com{PATH}"))
    assert "0 bytes" in error.what


async def test_a_file_that_is_too_large_is_not_begun(server: LocalServer, tmp_path: Path) -> None:
    file = said_by_slack(f"https://files.slack.com{PATH}", 10**12)
    assert "larger" in (await refusal(OneServerInternet(server), tmp_path, file)).what
    assert server.asked == []


async def test_a_file_of_another_workspace_or_one_that_is_gone_asks_for_an_upload(
    server: LocalServer, tmp_path: Path
) -> None:
    file = said_by_slack("")
    for missing in (file, replace(file, access="check_file_info"), replace(file, access="file_not_found")):
        error = await refusal(OneServerInternet(server), tmp_path, missing)
        assert isinstance(error, NoAccess)
        assert "Upload the file" in error.cure


async def test_an_uploaded_page_is_called_what_it_is(server: LocalServer, tmp_path: Path) -> None:
    server.routes[PATH] = page("Notes")
    file = replace(said_by_slack(f"https://files.slack.com{PATH}"), name="Notes", mimetype="text/html")
    error = await refusal(OneServerInternet(server), tmp_path, file)
    assert isinstance(error, BadInput)
    assert "web page" in error.what


async def test_a_page_that_was_saved_as_a_recording_is_no_refusal_of_slacks(
    server: LocalServer, tmp_path: Path
) -> None:
    server.routes[PATH] = saved = page("Sign in")
    file = said_by_slack(f"https://files.slack.com{PATH}", size=len(saved.body))
    assert "“call.wav” is a web page." in str(await refusal(OneServerInternet(server), tmp_path, file))
    other = replace(file, size=90_000)
    assert "files:read" in str(await refusal(OneServerInternet(server), tmp_path, other))


async def test_slacks_refusal_names_the_scope(server: LocalServer, tmp_path: Path) -> None:
    server.routes[PATH] = Answer(b"", 403)
    error = await refusal(OneServerInternet(server), tmp_path, said_by_slack(f"https://files.slack.com{PATH}"))
    assert "files:read" in error.cure


async def test_slacks_own_address_as_a_setting_changes_nothing(
    server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    server.routes[PATH] = Answer(tone)
    file = said_by_slack(f"https://files.slack.com{PATH}")
    await fetch(OneServerInternet(server), tmp_path, file, "https://slack.com/api")
    assert tokens(server) == [f"Bearer {TOKEN}"]


def test_the_token_is_not_in_what_is_printed_of_it() -> None:
    async def info(_: str) -> SlackFile:
        return said_by_slack("")

    assert TOKEN not in repr(SlackFiles(info, TOKEN))
