import asyncio
import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest

from bot.errors import BadInput, Busy, FollowthroughError, NoAccess, NotARecording, Obstacle, Unavailable
from bot.sources.answers import expiry, retry_after
from bot.sources.door import Door
from bot.sources.downloads import Limits, Request, download
from tests.sources.servers import Answer, LocalServer, Raw, redirect

BYTES = bytes(range(256)) * 12_000  # three blocks


async def get(server: LocalServer, path: str, folder: Path, limits: Limits | None = None) -> Path:
    door = Door([server.place])
    got = await door.download(server.url(path), folder / "file", limits or Limits())
    return got.path


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_file_arrives_whole_with_its_hash(server: LocalServer, tmp_path: Path) -> None:
    server.routes["/a"] = Answer(BYTES)
    got = await Door([server.place]).download(server.url("/a"), tmp_path / "folder" / "file")
    assert got.path.read_bytes() == BYTES
    assert (got.size, got.sha256) == (len(BYTES), hashlib.sha256(BYTES).hexdigest())
    assert left_in(tmp_path / "folder") == ["file"]


async def test_progress_grows_to_the_whole_size(server: LocalServer, tmp_path: Path) -> None:
    server.routes["/a"] = Answer(BYTES)
    told: list[tuple[int, int | None]] = []

    async def progress(size: int, total: int | None) -> None:
        told.append((size, total))

    async with Door([server.place]).client() as client:
        await download(client, Request(server.url("/a")), tmp_path / "file", Limits(), progress)
    assert told == sorted(told)
    assert told[-1] == (len(BYTES), len(BYTES))


async def test_redirects_are_followed_and_each_is_checked(server: LocalServer, tmp_path: Path) -> None:
    server.routes |= {"/a": redirect("/b"), "/b": redirect(server.url("/c"), 307), "/c": Answer(b"words")}
    assert (await get(server, "/a", tmp_path)).read_bytes() == b"words"


@pytest.mark.parametrize(
    "target",
    ["https://10.0.0.1/x", "https://169.254.169.254/x", "http://localhost:1/x", "file:///etc/passwd", "//[::1]/x"],
)
async def test_a_redirect_into_a_private_network_is_refused(server: LocalServer, tmp_path: Path, target: str) -> None:
    server.routes |= {"/a": redirect("/b"), "/b": redirect(target)}
    with pytest.raises((NoAccess, NotARecording)):
        await get(server, "/a", tmp_path)
    assert left_in(tmp_path) == []


async def test_a_redirect_that_goes_in_circles_ends(server: LocalServer, tmp_path: Path) -> None:
    server.routes |= {"/a": redirect("/b"), "/b": redirect("/a")}
    with pytest.raises(NotARecording, match="round in circles"):
        await get(server, "/a", tmp_path)
    assert len(server.asked) == 6


@pytest.mark.parametrize("location", ["", "http://[", "https://"])
async def test_a_redirect_to_nowhere_is_no_recording(server: LocalServer, tmp_path: Path, location: str) -> None:
    server.routes["/a"] = Answer(b"", 302, {"Location": location} if location else {})
    with pytest.raises((NotARecording, NoAccess)):
        await get(server, "/a", tmp_path)


async def test_a_header_for_one_host_is_not_sent_to_another(server: LocalServer, tmp_path: Path) -> None:
    async with LocalServer() as other:
        other.routes["/b"] = Answer(b"words")
        server.routes |= {"/a": redirect("/a2"), "/a2": redirect(other.url("/b"))}
        request = Request(server.url("/a"), headers={"Authorization": "Bearer secret"})
        async with Door([server.place, other.place]).client() as client:
            await download(client, request, tmp_path / "file", Limits())
        assert [asked.headers.get("authorization") for asked in server.asked] == ["Bearer secret"] * 2
        assert "authorization" not in other.asked[0].headers


async def test_cookies_of_a_first_hop_are_shown_to_the_next_but_not_to_another_download(
    server: LocalServer, tmp_path: Path
) -> None:
    server.routes |= {"/a": redirect("/b", 302, {"Set-Cookie": "pass=1; Path=/"}), "/b": Answer(b"words")}
    await get(server, "/a", tmp_path)
    await get(server, "/b", tmp_path)
    assert [asked.headers.get("cookie") for asked in server.asked] == [None, "pass=1", None]


async def test_a_file_that_says_it_is_too_large_is_not_even_begun(server: LocalServer, tmp_path: Path) -> None:
    server.routes["/a"] = Answer(BYTES)
    with pytest.raises(BadInput, match="larger than the 1 MB"):
        await get(server, "/a", tmp_path, Limits(max_bytes=1024 * 1024))
    assert left_in(tmp_path) == []


async def test_a_file_that_hides_its_size_is_stopped_at_the_limit(server: LocalServer, tmp_path: Path) -> None:
    async def forever(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()

    server.routes["/a"] = Raw(forever)
    with pytest.raises(BadInput, match="larger than"):
        await get(server, "/a", tmp_path, Limits(max_bytes=2 * 1024 * 1024))
    assert left_in(tmp_path) == []


async def test_a_file_that_breaks_off_each_time_is_given_up_and_leaves_nothing(
    server: LocalServer, tmp_path: Path
) -> None:
    server.routes["/a"] = Answer(b"half of it", headers={"Content-Length": "20"})
    with pytest.raises(Unavailable, match="broke off"):
        await get(server, "/a", tmp_path, Limits(resume_seconds=0))
    assert left_in(tmp_path) == []
    assert len(server.asked) == 5


async def test_a_length_that_is_too_short_ends_the_file_there(server: LocalServer, tmp_path: Path) -> None:
    server.routes["/a"] = Answer(b"words and more", headers={"Content-Length": "5"})
    assert (await get(server, "/a", tmp_path)).read_bytes() == b"words"


async def test_a_server_that_says_nothing_is_given_up(server: LocalServer, tmp_path: Path) -> None:
    async def silence(_: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    server.routes["/a"] = Raw(silence)
    with pytest.raises(Unavailable, match="did not answer in time"):
        await get(server, "/a", tmp_path, Limits(idle_seconds=0.2))


async def test_a_slow_drip_ends_at_the_time_limit(server: LocalServer, tmp_path: Path) -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)

    server.routes["/a"] = Raw(drip)
    with pytest.raises(Unavailable, match="took longer"):
        await get(server, "/a", tmp_path, Limits(idle_seconds=5, total_seconds=0.3))
    assert left_in(tmp_path) == []


async def test_what_drips_too_slowly_is_given_up_with_its_speed(server: LocalServer, tmp_path: Path) -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            writer.write(b"x" * 100)
            await writer.drain()
            await asyncio.sleep(0.02)

    server.routes["/a"] = Raw(drip)
    with pytest.raises(Unavailable, match=r"too slowly: \d KB a second\. Drop the file here"):
        await get(server, "/a", tmp_path, Limits(slow_seconds=0.3))
    assert left_in(tmp_path) == []


async def test_a_cancelled_download_leaves_nothing(server: LocalServer, tmp_path: Path) -> None:
    begun = asyncio.Event()

    async def hang(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n" + b"x" * 3_000_000)
        await writer.drain()
        begun.set()
        await asyncio.sleep(60)

    server.routes["/a"] = Raw(hang)
    task = asyncio.create_task(get(server, "/a", tmp_path))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert left_in(tmp_path) == []


async def test_what_is_no_http_is_worth_another_try(server: LocalServer, tmp_path: Path) -> None:
    async def garbage(writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ESMTP\r\n")
        await writer.drain()

    server.routes["/a"] = Raw(garbage)
    with pytest.raises(Unavailable):
        await get(server, "/a", tmp_path)


async def test_a_server_that_is_down_is_worth_another_try(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="cannot be reached"):
        await Door(["127.0.0.1:9"]).download("http://127.0.0.1:9/a", tmp_path / "file")


async def test_a_compressed_answer_is_never_unpacked(server: LocalServer, tmp_path: Path) -> None:
    server.routes["/a"] = Answer(b"\x1f\x8b bomb", headers={"Content-Encoding": "gzip"})
    with pytest.raises(BadInput, match="compressed"):
        await get(server, "/a", tmp_path)
    assert server.asked[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    ("status", "kind", "obstacle"),
    [
        (400, NoAccess, Obstacle.PRIVATE),
        (401, NoAccess, Obstacle.SIGN_IN),
        (403, NoAccess, Obstacle.PRIVATE),
        (404, NotARecording, Obstacle.NOT_FOUND),
        (408, Unavailable, Obstacle.UNREACHABLE),
        (410, NotARecording, Obstacle.NOT_FOUND),
        (429, Busy, Obstacle.QUOTA),
        (451, NotARecording, Obstacle.NOT_FOUND),
        (500, Unavailable, Obstacle.UNREACHABLE),
        (502, Unavailable, Obstacle.UNREACHABLE),
        (503, Unavailable, Obstacle.UNREACHABLE),
    ],
)
async def test_each_refusal_becomes_a_sentence_with_a_cure(
    server: LocalServer, tmp_path: Path, status: int, kind: type[FollowthroughError], obstacle: Obstacle
) -> None:
    server.routes["/a"] = Answer(b"no", status)
    with pytest.raises(kind) as caught:
        await get(server, "/a", tmp_path)
    assert caught.value.what.endswith(".")
    assert caught.value.obstacle is obstacle
    assert bool(caught.value.cure) is not isinstance(caught.value, Unavailable)


@pytest.mark.parametrize("status", [429, 503])
async def test_a_server_that_asks_to_wait_says_how_long(server: LocalServer, tmp_path: Path, status: int) -> None:
    server.routes["/a"] = Answer(b"", status, {"Retry-After": "17"})
    with pytest.raises(Busy) as caught:
        await get(server, "/a", tmp_path)
    assert caught.value.after == 17


async def test_an_expired_link_says_when_it_expired(server: LocalServer, tmp_path: Path) -> None:
    server.routes["/a"] = Answer(b"<Error><Code>AccessDenied</Code></Error>", 403)
    with pytest.raises(NoAccess, match=r"expired on 4 March 2024 at 11:00 UTC.*new link"):
        await get(server, "/a?X-Amz-Date=20240304T100000Z&X-Amz-Expires=3600&X-Amz-Signature=abc", tmp_path)


async def test_no_sentence_repeats_a_links_secrets(server: LocalServer, tmp_path: Path) -> None:
    for status in (403, 404, 500):
        server.routes["/a"] = Answer(b"", status)
        with pytest.raises(FollowthroughError) as caught:
            await get(server, "/a?X-Amz-Signature=s3cr3t&pwd=s3cr3t", tmp_path)
        assert "s3cr3t" not in str(caught.value)


async def test_a_full_disk_is_said_to_be_full(server: LocalServer) -> None:
    server.routes["/a"] = Answer(BYTES)
    with pytest.raises(Unavailable, match="disk"):
        await Door([server.place]).download(server.url("/a"), Path("/proc/nowhere/file"))


async def test_odd_links_are_no_recordings(tmp_path: Path) -> None:
    for url in (
        "https://",
        "https:///x",
        "https://[",
        "https://exa mple",
        "nonsense",
        "https://\ud800.example/",
        "h\x00",
    ):
        with pytest.raises((NotARecording, NoAccess, Unavailable)):
            await Door().download(url, tmp_path / "file")


def test_retry_after_is_read_as_seconds_or_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert retry_after({"retry-after": "5"}) == 5
    assert 80 < (retry_after({"retry-after": soon}) or 0) <= 90
    assert retry_after({"retry-after": "Mon, 01 Jan 2001 00:00:00 GMT"}) == 0
    assert retry_after({"retry-after": "99999999999999999999"}) == 3600
    assert retry_after({"retry-after": "soon"}) is None
    assert retry_after({}) is None


@pytest.mark.parametrize(
    ("query", "moment"),
    [
        ("X-Amz-Date=20260304T100000Z&X-Amz-Expires=60", datetime(2026, 3, 4, 10, 1, tzinfo=UTC)),
        ("X-Goog-Date=20260304T100000Z&X-Goog-Expires=60", datetime(2026, 3, 4, 10, 1, tzinfo=UTC)),
        ("sig=x&sv=1&se=2026-03-04T10:01:00Z", datetime(2026, 3, 4, 10, 1, tzinfo=UTC)),
        ("Signature=x&Expires=1772618460", datetime(2026, 3, 4, 10, 1, tzinfo=UTC)),
        ("X-Amz-Date=nonsense&X-Amz-Expires=60", None),
        ("X-Amz-Date=20260304T100000Z", None),
        ("sig=x&se=1", None),
        ("", None),
    ],
)
def test_a_presigned_link_says_when_it_ends(query: str, moment: datetime | None) -> None:
    assert expiry(httpx.URL(f"https://storage.example/a?{query}")) == moment
