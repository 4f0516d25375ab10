import asyncio

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.recordings import MediaKind, recording_of_link
from bot.errors import Unavailable
from bot.links.link import look_at
from bot.sources.downloads import Limits
from bot.sources.fetch import RecordingFetcher
from bot.sources.preview import Peek, seen
from tests.clocks import SettableClock
from tests.sources.internet import OneServerInternet
from tests.sources.servers import Answer, LocalServer, Raw, redirect

URL = "https://media.example/call.wav"
QUICK = Limits(idle_seconds=0.3, connect_seconds=1)


def peeked(head: bytes, headers: dict[str, str], status: int = 200, url: str = URL) -> Peek:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    answer = httpx.Response(status, headers=raw)
    return Peek(httpx.URL(url), status, answer.headers, head, answer)


@pytest.mark.parametrize(
    ("status", "headers", "size"),
    [
        (200, {"Content-Length": "1000"}, 1000),
        (200, {}, None),
        (206, {"Content-Range": "bytes 0-99/1000", "Content-Length": "100"}, 1000),
        (206, {"Content-Range": "bytes 0-99/*", "Content-Length": "100"}, None),
        (206, {"Content-Length": "100"}, None),
        (200, {"Content-Length": "-1"}, None),
        (200, {"Content-Length": "٣"}, None),
        (200, {"Content-Length": "9" * 5000}, None),
    ],
)
def test_the_size_is_that_of_the_whole_file(status: int, headers: dict[str, str], size: int | None) -> None:
    assert seen(look_at(URL), "call.wav", peeked(b"fLaC", headers, status)).size == size


def test_what_opens_a_link_is_not_shown() -> None:
    url = "https://media.example/call.wav?X-Amz-Signature=s3cr3t&token=t0ken&part=2"
    shown = seen(look_at(url), "call.wav", peeked(b"fLaC", {}, url=url)).url
    assert "part=2" in shown
    assert "s3cr3t" not in shown
    assert "t0ken" not in shown


@settings(deadline=None)
@given(
    st.binary(max_size=200)
    | st.sampled_from([b"RIFF", b"fLaC", b"ID3", b"\x00\x00\x00\x18ftypmp42", b"OggS"]).flatmap(
        lambda magic: st.binary(max_size=80).map(lambda rest: magic + rest)
    ),
    st.dictionaries(
        st.sampled_from(["Content-Length", "Content-Range", "Content-Disposition"]),
        st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=40),
    ),
    st.sampled_from([200, 206]),
)
def test_any_answer_can_be_looked_at(head: bytes, headers: dict[str, str], status: int) -> None:
    preview = seen(look_at(URL), "call.wav", peeked(head, headers, status))
    assert preview.name
    assert preview.size is None or preview.size >= 0


async def look(server: LocalServer) -> MediaKind | None:
    fetcher = RecordingFetcher(OneServerInternet(server), SettableClock(), limits=QUICK)
    return (await fetcher.look(recording_of_link(URL))).kind


async def test_a_server_that_falls_silent_after_its_first_bytes_showed_enough(server: LocalServer, tone: bytes) -> None:
    async def stall(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 16044\r\n\r\n" + tone[:500])
        await writer.drain()
        await asyncio.sleep(5)

    server.routes["/call.wav"] = Raw(stall)
    assert await look(server) is MediaKind.AUDIO


async def test_a_server_that_breaks_off_after_its_first_bytes_showed_enough(server: LocalServer, tone: bytes) -> None:
    async def break_off(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 16044\r\n\r\n" + tone[:500])
        await writer.drain()

    server.routes["/call.wav"] = Raw(break_off)
    assert await look(server) is MediaKind.AUDIO


async def test_a_server_that_says_nothing_is_not_waited_for(server: LocalServer) -> None:
    async def say_nothing(_: asyncio.StreamWriter) -> None:
        await asyncio.sleep(5)

    server.routes["/call.wav"] = Raw(say_nothing)
    with pytest.raises(Unavailable):
        await look(server)


async def test_a_link_that_leads_round_in_circles_is_left(server: LocalServer) -> None:
    server.routes["/call.wav"] = redirect("/call.wav?again")
    fetcher = RecordingFetcher(OneServerInternet(server), SettableClock(), limits=QUICK)
    preview = await fetcher.look(recording_of_link(URL))
    assert preview.what == "The link leads round in circles."
    assert len(server.asked) == 1 + QUICK.max_redirects


async def test_a_title_with_a_dot_is_no_file_ending(server: LocalServer, tone: bytes) -> None:
    server.routes["/watch"] = Answer(b'<html><title>Version 1.2, the plan</title><video src="/v"></video></html>')
    server.routes["/v"] = Answer(tone)
    fetcher = RecordingFetcher(OneServerInternet(server), SettableClock())
    preview = await fetcher.look(recording_of_link("https://video.example/watch"))
    assert preview.name == "Version 1.2, the plan"
