"""Files to and from the page."""

import asyncio
from urllib.parse import urlsplit

import httpx
import pytest

from bot.playground import Playground
from tests.playground.page.conftest import OpenTab


async def _upload(http: httpx.AsyncClient, *, content: bytes = b"WEBVTT\n", **given: str) -> httpx.Response:
    return await http.post("/page/upload", params={"as": "ana", "channel": "product"} | given, content=content)


async def test_a_dropped_file_is_shared_with_its_words(
    slack: Playground, http: httpx.AsyncClient, tab: OpenTab
) -> None:
    async with tab(slack, "bo") as bo:
        answer = (await _upload(http, name="talk.vtt", text="Our *talk*")).json()
        assert answer["ok"]
        message = (await bo.told("message_posted"))["message"]
        assert message["text"] == "Our *talk*"
        assert [each["name"] for each in message["files"]] == ["talk.vtt"]
        assert message["files"][0]["mimetype"] == "text/vtt"
        assert (await http.get(message["files"][0]["url"])).content == b"WEBVTT\n"


async def test_a_files_name_has_no_folders(http: httpx.AsyncClient, slack: Playground) -> None:
    for given, name in [("../../etc/passwd", "passwd"), ("C:\\talk.wav", "talk.wav"), ("", "file"), ("a\nb", "ab")]:
        file = (await _upload(http, name=given)).json()["file"]
        assert slack.workspace.file(file).name == name


async def test_a_file_that_is_too_large_is_refused_before_it_is_sent(slack: Playground) -> None:
    address = urlsplit(slack.address)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(
        b"POST /page/upload?as=ana&channel=product&name=film.mp4 HTTP/1.1\r\n"
        b"Host: 127.0.0.1\r\nContent-Length: 2000000000\r\n\r\n"
    )
    answer = await asyncio.wait_for(reader.read(4096), 10)
    writer.close()
    assert b" 413 " in answer.splitlines()[0]
    assert b"Slack takes up to 1 GB" in answer


async def test_a_tab_that_is_closed_during_an_upload_shares_nothing(slack: Playground, http: httpx.AsyncClient) -> None:
    address = urlsplit(slack.address)
    _, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(
        b"POST /page/upload?as=ana&channel=product&name=film.mp4 HTTP/1.1\r\n"
        b"Host: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\n" + bytes(10_000)
    )
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    assert (await _upload(http, name="other.vtt")).json()["ok"]
    assert [slack.workspace.file(file).name for each in slack.messages("product") for file in each.files] == [
        "other.vtt"
    ]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"as": "nobody"}, "user_not_found"),
        ({"as": "followthrough"}, "user_not_found"),
        ({"channel": "nowhere"}, "channel_not_found"),
        ({"channel": "old-launch"}, "is_archived"),
        ({"as": "mei", "channel": "leads"}, "not_in_channel"),
        ({"thread_ts": "1.000000"}, "thread_not_found"),
    ],
)
async def test_a_file_goes_only_where_a_person_may_speak(
    http: httpx.AsyncClient, given: dict[str, str], error: str
) -> None:
    answer = (await _upload(http, content=b"", **given)).json()
    assert not answer["ok"]
    assert answer["error"] == error
    assert answer["message"].endswith(".")


async def test_a_file_is_shown_only_to_those_who_see_where_it_was_shared(http: httpx.AsyncClient) -> None:
    file = (await _upload(http, channel="leads", name="plan.vtt")).json()["file"]
    assert (await http.get(f"/page/file/{file}", params={"as": "bo"})).status_code == 200
    assert (await http.get(f"/page/file/{file}", params={"as": "mei"})).status_code == 404
    assert (await http.get(f"/page/file/{file}")).status_code == 404


async def test_a_file_is_never_a_page_of_ours(http: httpx.AsyncClient) -> None:
    for name in ("page.html", "page.svg", "page.xhtml", "page.js"):
        file = (await _upload(http, content=b"<script>alert(1)</script>", name=name)).json()["file"]
        headers = (await http.get(f"/page/file/{file}", params={"as": "ana"})).headers
        assert "sandbox" in headers["Content-Security-Policy"]
        assert name.endswith(".svg") or headers["Content-Disposition"].startswith("attachment")


async def test_one_can_seek_in_a_recording(slack: Playground, http: httpx.AsyncClient) -> None:
    file = (await _upload(http, content=b"0123456789", name="talk.wav")).json()["file"]
    url = f"/page/file/{file}?as=ana"
    for wanted, status, content in [
        ("bytes=0-3", 206, b"0123"),
        ("bytes=4-", 206, b"456789"),
        ("bytes=-3", 206, b"789"),
        ("bytes=8-99", 206, b"89"),
        ("bytes=10-", 416, b""),
        ("bytes=0-1,3-4", 200, b"0123456789"),
        ("nonsense", 200, b"0123456789"),
    ]:
        answer = await http.get(url, headers={"Range": wanted})
        assert (answer.status_code, answer.content) == (status, content), wanted
    assert slack.workspace.file(file).mimetype == "audio/wav"


async def test_the_sample_waits_until_somebody_shared_it(slack: Playground, tab: OpenTab) -> None:
    async with tab(slack, "ana") as ana:
        assert ana.snapshot["sample"]["waiting"]
        assert len((await ana.http.get(ana.snapshot["sample"]["url"])).content) == ana.snapshot["sample"]["size"]
        assert (await ana.do("share_sample", channel="product"))["ok"]
        assert (await ana.told("message_posted"))["message"]["files"][0]["name"] == ana.snapshot["sample"]["name"]
    async with tab(slack, "bo") as bo:
        assert not bo.snapshot["sample"]["waiting"]
