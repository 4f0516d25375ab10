"""Zoom's recordings through the operator's own app, from a server that answers as Zoom's documentation says."""

import asyncio
import gzip
import logging
import socket
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.domain.recordings import MediaKind, recording_of_link
from bot.errors import Busy, FollowthroughError, NoAccess, NotARecording, Obstacle, Unavailable
from bot.links.link import look_at
from bot.sources.accounts import zoom
from bot.sources.accounts.account import Media
from bot.sources.accounts.zoom import LIST_SCOPE, READ_SCOPE, ZoomAccount
from bot.sources.door import Door
from bot.sources.fetch import RecordingFetcher
from tests.clocks import SettableClock
from tests.sources.accounts.zoom_cloud import CREDENTIALS, WORDS, ZoomCloud, a_file, a_meeting, said
from tests.sources.internet import OneServerInternet
from tests.sources.servers import Answer, LocalServer

SHARED = "https://us02web.zoom.us/rec/share/Ab3dEf6hIj?startTime=1772180000000"


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def cloud(server: LocalServer) -> ZoomCloud:
    return ZoomCloud(server)


@pytest.fixture
def account(server: LocalServer, clock: SettableClock) -> ZoomAccount:
    return ZoomAccount(OneServerInternet(server), clock, CREDENTIALS)


async def found(cloud: ZoomCloud, account: ZoomAccount, url: str = SHARED) -> Sequence[Media]:
    cloud.open()
    return await account.find(look_at(url))


async def refused(cloud: ZoomCloud, account: ZoomAccount, url: str = SHARED) -> FollowthroughError:
    with pytest.raises(FollowthroughError) as caught:
        await found(cloud, account, url)
    return caught.value


async def test_words_come_before_sound_and_sound_before_pictures(cloud: ZoomCloud, account: ZoomAccount) -> None:
    files = await found(cloud, account)
    assert [each.kind for each in files] == [MediaKind.TRANSCRIPT, MediaKind.AUDIO, MediaKind.VIDEO]
    assert [each.name for each in files] == ["Photo day.vtt", "Photo day.m4a", "Photo day.mp4"]
    assert {(each.size, each.seconds) for each in files} == {(1000, 1800.0)}


async def test_the_day_is_the_one_where_the_host_was(cloud: ZoomCloud, account: ZoomAccount) -> None:
    assert (await found(cloud, account))[0].recorded_on == date(2026, 2, 28)


async def test_a_recording_that_the_public_cannot_open_is_fetched(
    cloud: ZoomCloud, server: LocalServer, account: ZoomAccount, clock: SettableClock, tmp_path: Path
) -> None:
    cloud.open()

    async def silent(_: int, __: int | None) -> None: ...

    fetcher = RecordingFetcher(OneServerInternet(server), clock, accounts=[account])
    looked = await fetcher.look(recording_of_link(SHARED))
    assert (looked.name, looked.kind, looked.seconds) == ("Photo day.vtt", MediaKind.TRANSCRIPT, 1800.0)
    got = await fetcher.fetch(recording_of_link(SHARED), tmp_path, silent)
    assert got.path.read_bytes() == WORDS
    assert (got.name, got.recorded_on) == ("Photo day.vtt", date(2026, 2, 28))
    assert len(cloud.targets("/accounts/me/recordings")) == 1, "what the look has found is not searched for again"


@pytest.mark.parametrize("uuid", ["/ajXp112QmuoKj4854875==", "a//b==", "a/b", "plain+id=="])
async def test_a_meetings_id_is_written_in_the_path_as_zoom_reads_it(
    cloud: ZoomCloud, account: ZoomAccount, uuid: str
) -> None:
    cloud.meetings = [a_meeting(uuid=uuid)]
    assert await found(cloud, account)


async def test_a_link_to_the_player_leads_to_its_own_stretch_of_the_meeting(
    cloud: ZoomCloud, account: ZoomAccount
) -> None:
    later = {"recording_start": "2026-02-27T10:00:00Z", "recording_end": "2026-02-27T10:05:00Z"}
    second = [
        a_file("MP4", play_url="https://us02web.zoom.us/rec/play/second", **later),
        a_file("M4A", **later, play_url="https://us02web.zoom.us/rec/play/second-sound"),
    ]
    cloud.meetings = [a_meeting(recording_files=[*second, a_file("MP4"), a_file("TRANSCRIPT")])]
    played = await found(cloud, account, "https://us02web.zoom.us/rec/play/second")
    assert [(each.kind, each.seconds) for each in played] == [(MediaKind.AUDIO, 300.0), (MediaKind.VIDEO, 300.0)]
    shared = await found(cloud, account)
    assert [(each.kind, each.seconds) for each in shared] == [
        (MediaKind.TRANSCRIPT, 1800.0),
        (MediaKind.VIDEO, 1800.0),
    ]


async def test_an_older_recording_is_found_month_by_month_and_page_by_page(
    cloud: ZoomCloud, account: ZoomAccount
) -> None:
    others = [
        a_meeting(uuid=f"other-{number}", share_url=f"https://zoom.us/rec/share/other{number}") for number in range(5)
    ]
    cloud.meetings = [*others, a_meeting(start_time="2025-11-20T09:00:00Z")]
    cloud.per_page = 2
    assert await found(cloud, account)
    ranges = [target.partition("?")[2].split("&page_size")[0] for target in cloud.targets("/accounts/")]
    assert ranges[:3] == ["from=2026-02-01&to=2026-03-02"] * 3
    assert ranges[3:] == [
        "from=2026-01-02&to=2026-01-31",
        "from=2025-12-03&to=2026-01-01",
        "from=2025-11-03&to=2025-12-02",
    ]


async def test_the_search_ends_however_many_pages_zoom_has(
    server: LocalServer, cloud: ZoomCloud, account: ZoomAccount
) -> None:
    cloud.open()
    server.routes["api.zoom.us/v2/accounts/me/recordings"] = said({"meetings": [], "next_page_token": "again"})
    with pytest.raises(NoAccess, match="not one of this bot's own Zoom account"):
        await account.find(look_at(SHARED))
    assert len(cloud.targets("/accounts/")) == 24


async def test_another_companys_recording_is_said_to_be_one(cloud: ZoomCloud, account: ZoomAccount) -> None:
    error = await refused(cloud, account, "https://us02web.zoom.us/rec/share/SomebodyElses")
    assert isinstance(error, NoAccess)
    assert error.obstacle is Obstacle.SIGN_IN
    assert len(cloud.targets("/accounts/")) == 6


@pytest.mark.parametrize("trouble", ["not ours", "no scope", "no credentials"])
async def test_where_the_account_does_not_help_the_person_hears_what_they_can_do(
    cloud: ZoomCloud, clock: SettableClock, trouble: str
) -> None:
    cloud.meetings = [] if trouble == "not ours" else cloud.meetings
    cloud.scopes = set() if trouble == "no scope" else cloud.scopes
    secret = "wrong" if trouble == "no credentials" else CREDENTIALS.secret
    door = OneServerInternet(cloud.server)
    account = ZoomAccount(door, clock, zoom.ZoomCredentials(CREDENTIALS.account, CREDENTIALS.client, secret))
    cloud.open()
    looked = await RecordingFetcher(door, clock, accounts=[account]).look(recording_of_link(SHARED))
    assert looked.cure.startswith("Open the link, press Download and drop the file here.")


async def test_a_token_serves_until_shortly_before_its_end(
    cloud: ZoomCloud, account: ZoomAccount, clock: SettableClock
) -> None:
    await found(cloud, account)
    clock.move(minutes=50)
    await found(cloud, account)
    assert cloud.issued == 1
    clock.move(minutes=9)
    await found(cloud, account)
    assert cloud.issued == 2


async def test_a_token_that_zoom_no_longer_takes_is_renewed_once(cloud: ZoomCloud, account: ZoomAccount) -> None:
    await found(cloud, account)
    cloud.good = set()
    assert await found(cloud, account)
    assert cloud.issued == 2


async def test_tokens_that_are_never_taken_end_in_words_for_the_operator(
    server: LocalServer, cloud: ZoomCloud, account: ZoomAccount
) -> None:
    cloud.open()
    server.routes["api.zoom.us/v2/accounts/me/recordings"] = said({"code": 124, "message": "Invalid."}, 401)
    with pytest.raises(NoAccess, match="whoever runs it has to check it"):
        await account.find(look_at(SHARED))
    assert cloud.issued == 2


@pytest.mark.parametrize("scope", [LIST_SCOPE, READ_SCOPE])
async def test_a_missing_scope_is_named_to_the_operator(
    cloud: ZoomCloud, account: ZoomAccount, scope: str, caplog: pytest.LogCaptureFixture
) -> None:
    cloud.scopes = {LIST_SCOPE, READ_SCOPE} - {scope}
    with caplog.at_level(logging.WARNING):
        error = await refused(cloud, account)
    assert scope in error.what
    assert scope in caplog.text
    assert error.obstacle is Obstacle.BLOCKED


async def test_credentials_that_zoom_refuses_are_told_without_a_word_of_them(
    server: LocalServer, cloud: ZoomCloud, clock: SettableClock, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = zoom.ZoomCredentials("AcC-1", "client", "hunter2-hunter2")
    error = await refused(cloud, ZoomAccount(OneServerInternet(server), clock, wrong))
    assert "does not accept this bot's credentials" in error.what
    assert "hunter2" not in f"{error!r}{error.what}{caplog.text}{wrong!r}"


async def test_a_recording_that_zoom_is_still_making_is_not_ready(cloud: ZoomCloud, account: ZoomAccount) -> None:
    cloud.meetings = [a_meeting(recording_files=[a_file("MP4", status="processing", download_url="")])]
    error = await refused(cloud, account)
    assert error.obstacle is Obstacle.NOT_READY


async def test_words_that_are_still_being_made_leave_the_sound(cloud: ZoomCloud, account: ZoomAccount) -> None:
    cloud.meetings = [a_meeting(recording_files=[a_file("TRANSCRIPT", status="processing"), a_file("M4A")])]
    assert [each.kind for each in await found(cloud, account)] == [MediaKind.AUDIO]


async def test_a_meeting_of_which_only_the_chat_was_kept_is_none(cloud: ZoomCloud, account: ZoomAccount) -> None:
    cloud.meetings = [a_meeting(recording_files=[a_file("CHAT")])]
    assert isinstance(await refused(cloud, account), NotARecording)


async def test_a_recording_that_was_deleted_meanwhile_is_said_to_be_gone(
    server: LocalServer, cloud: ZoomCloud, account: ZoomAccount
) -> None:
    await found(cloud, account)
    gone = said({"code": 3301, "message": "This recording does not exist."}, 404)
    server.routes["api.zoom.us/v2/meetings/aDYlohsHRtCd4ii1uC2%2BhA%3D%3D/recordings"] = gone
    with pytest.raises(NotARecording) as caught:
        await account.find(look_at(SHARED))
    assert caught.value.obstacle is Obstacle.NOT_FOUND


@pytest.mark.parametrize(
    ("answer", "kind", "after"),
    [
        (said({"code": 429}, 429, **{"Retry-After": "17"}), Busy, 17.0),
        (Answer(b"", 503, {"Retry-After": "3"}), Busy, 3.0),
        (Answer(b"", 502), Unavailable, None),
        (Answer(b'{"meetings": [', 200), Unavailable, None),
        (Answer(b"[" * 100_000, 200), Unavailable, None),
        (Answer(b"[]", 200), Unavailable, None),
        (Answer(gzip.compress(b"{}"), 200, {"Content-Encoding": "gzip"}), Unavailable, None),
        (Answer(b'{"a": "' + b"x" * (5 * 1024 * 1024) + b'"}', 200), Unavailable, None),
        (Answer(b"", 302, {"Location": "https://elsewhere.example/"}), Unavailable, None),
    ],
    ids=["429", "503", "502", "half", "deep", "a list", "compressed", "huge", "redirect"],
)
async def test_trouble_of_zooms_own_is_tried_again(
    cloud: ZoomCloud, account: ZoomAccount, answer: Answer, kind: type[Unavailable], after: float | None
) -> None:
    cloud.open()
    cloud.server.routes["api.zoom.us/v2/accounts/me/recordings"] = answer
    with pytest.raises(Unavailable) as caught:
        await account.find(look_at(SHARED))
    assert (type(caught.value), caught.value.after) == (kind, after)


@pytest.mark.parametrize(
    "odd",
    [
        {"recording_files": "none"},
        {"recording_files": [7, None, {"file_type": "MP4"}, {"file_type": ["M4A"]}]},
        {"recording_files": [a_file("MP4", status=None, file_size="many", recording_start=12, recording_end="soon")]},
        {"recording_files": [a_file("M4A", file_size=-1, recording_end="2026-02-27T09:30:00")]},
        {"start_time": "2026-02-28T00:00:00+99:00"},
        {"start_time": "0001-01-01T00:00:00Z", "timezone": "America/New_York"},
        {"timezone": "../../etc/passwd"},
        {"topic": None},
        {"topic": {"text": "Photo day"}},
    ],
)
async def test_what_zoom_says_is_not_believed(cloud: ZoomCloud, account: ZoomAccount, odd: dict[str, Any]) -> None:
    listed = a_meeting()
    cloud.meetings = [listed | {"uuid": "odd"} | odd]
    cloud.meetings[0]["start_time"] = listed["start_time"]
    cloud.open()
    cloud.meetings[0].update(odd)
    cloud.server.routes["api.zoom.us/v2/accounts/me/recordings"] = said({"meetings": [listed | {"uuid": "odd"}]})
    try:
        files = await account.find(look_at(SHARED))
    except NotARecording:
        return
    assert all(isinstance(each.name, str) and (each.size or 0) >= 0 for each in files)


async def test_a_name_server_that_knows_no_zoom_is_trouble_of_the_moment(clock: SettableClock) -> None:
    async def nobody(_: str, __: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(Unavailable, match=r"zoom\.us cannot be reached"):
        await ZoomAccount(Door(find=nobody), clock, CREDENTIALS).find(look_at(SHARED))


async def test_what_opens_a_recording_is_sent_to_zoom_alone(cloud: ZoomCloud, account: ZoomAccount) -> None:
    elsewhere = [
        "https://zoom.us.evil.example/x",
        "https://evilzoom.us/x",
        "http://us02web.zoom.us/x",
        "https://[",
        "x",
    ]
    files = [a_file("MP4", download_url=url) for url in elsewhere]
    cloud.meetings = [a_meeting(recording_files=[*files, a_file("M4A")])]
    got = await found(cloud, account)
    assert {each.url: bool(each.headers) for each in got} == {
        "https://us02web.zoom.us/rec/download/M4A": True,
        **dict.fromkeys(elsewhere, False),
    }
    assert "for-download" not in repr(got)


async def test_a_download_inside_a_private_network_is_refused(
    server: LocalServer, clock: SettableClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zoom, "API", server.url("/v2"))
    monkeypatch.setattr(zoom, "TOKENS", server.url("/oauth/token"))
    cloud = ZoomCloud(server, host="", tokens="/oauth/token")
    cloud.meetings = [a_meeting(recording_files=[a_file("M4A", download_url="https://169.254.169.254/latest")])]
    cloud.open()

    async def silent(_: int, __: int | None) -> None: ...

    door = Door([server.place])
    fetcher = RecordingFetcher(door, clock, accounts=[ZoomAccount(door, clock, CREDENTIALS)])
    with pytest.raises(NoAccess, match=r"169\.254\.169\.254 is inside a private network"):
        await fetcher.fetch(recording_of_link(SHARED), tmp_path, silent)


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        (SHARED, True),
        ("https://acme.zoom.us/rec/play/x.y-z", True),
        ("https://www.zoomgov.com/rec/share/x", False),
        ("https://zoom.us/clips/share/x", False),
        ("https://zoom.us/j/81234567890", False),
        ("https://www.loom.com/share/0281766fa2d04bb788eaf19e65135184", False),
    ],
)
def test_it_opens_the_clouds_recordings_and_nothing_else(account: ZoomAccount, url: str, *, opens: bool) -> None:
    assert account.opens(look_at(url)) is opens


async def test_many_at_once_share_one_token(cloud: ZoomCloud, account: ZoomAccount) -> None:
    cloud.open()
    await asyncio.gather(*(account.find(look_at(SHARED)) for _ in range(5)))
    assert cloud.issued == 1
