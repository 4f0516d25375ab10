"""Downloads that break off: gone on with where that is safe, begun again where it is not, and never a wrong file."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.errors import Unavailable
from bot.sources.door import Door
from bot.sources.downloads import Downloaded, Limits
from bot.sources.media import HEAD_BYTES
from tests.sources.servers import Answer, Asked, LocalServer, Raw, redirect

OLD = bytes(range(256)) * 12_000
NEW = OLD[::-1]
TAG = {"ETag": '"1"'}
CHANGED = {"Last-Modified": "Mon, 02 Mar 2026 10:00:00 GMT", "Date": "Mon, 02 Mar 2026 11:00:00 GMT"}
QUICK = Limits(resume_seconds=0)


@dataclass
class Flaky:
    """A server of one file that breaks off after so many bytes of each answer.

    Attributes:
        breaks: After how many bytes each answer ends, one after the other; later ones are whole.
        headers: Of each answer.
        content: The file; with `then`, another from the second answer on.
        obeys: It knows `If-Range` and `Range`, as servers should.
        part: Changes what it says of a part.
    """

    breaks: list[int]
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = OLD
    then: tuple[bytes, Mapping[str, str]] | None = None
    obeys: bool = True
    part: Callable[[str], str] = str

    def __call__(self, asked: Asked) -> Answer:
        content, headers = self.content, dict(self.headers)
        if self.then is not None:
            self.content, self.headers = self.then
        marks = {headers.get("ETag"), headers.get("Last-Modified")}
        wanted = re.fullmatch(r"bytes=(\d+)-", asked.headers.get("range", ""))
        status, at = 200, 0
        if wanted and (asked.headers.get("if-range") in marks or not self.obeys):
            status, at = 206, int(wanted[1])
            headers["Content-Range"] = self.part(f"bytes {at}-{len(content) - 1}/{len(content)}")
        rest = content[at:]
        headers["Content-Length"] = str(len(rest))
        return Answer(rest[: self.breaks.pop(0)] if self.breaks else rest, status, headers)


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def fetched(server: LocalServer, folder: Path, limits: Limits = QUICK) -> Downloaded:
    got = await Door([server.place]).download(server.url("/a"), folder / "file", limits)
    assert names(folder) == ["file"]
    assert got.sha256 == hashlib.sha256(got.path.read_bytes()).hexdigest()
    return got


def ranges(server: LocalServer) -> list[str]:
    return [asked.headers.get("range", "whole") for asked in server.asked]


@pytest.mark.parametrize("headers", [TAG, CHANGED, {**TAG, **CHANGED}])
async def test_what_is_missing_is_asked_for_and_the_hash_is_right(
    server: LocalServer, tmp_path: Path, headers: Mapping[str, str]
) -> None:
    server.routes["/a"] = Flaky([1_000_000, 500_000], headers)
    got = await fetched(server, tmp_path)
    assert got.path.read_bytes() == OLD
    assert ranges(server) == ["whole", "bytes=1000000-", "bytes=1500000-"]
    assert server.asked[1].headers["if-range"] == headers.get("ETag", headers.get("Last-Modified"))
    assert got.head == OLD[:HEAD_BYTES]


async def test_a_break_within_the_first_bytes_is_gone_on_with_too(server: LocalServer, tmp_path: Path) -> None:
    server.routes["/a"] = Flaky([10, 10, 10], TAG)
    got = await fetched(server, tmp_path)
    assert (got.path.read_bytes(), got.head) == (OLD, OLD[:HEAD_BYTES])


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"ETag": 'W/"1"'},
        # changed in the second it was sent: it may have changed again since
        {"Last-Modified": "Mon, 02 Mar 2026 10:00:00 GMT", "Date": "Mon, 02 Mar 2026 10:00:00 GMT"},
        {"Last-Modified": "yesterday", "Date": "today"},
    ],
)
async def test_a_file_whose_state_cannot_be_told_is_begun_again(
    server: LocalServer, tmp_path: Path, headers: Mapping[str, str]
) -> None:
    server.routes["/a"] = Flaky([1_000_000], headers, then=(NEW, headers))
    assert (await fetched(server, tmp_path)).path.read_bytes() == NEW
    assert ranges(server) == ["whole", "whole"]


async def test_a_file_that_changed_meanwhile_comes_whole(server: LocalServer, tmp_path: Path) -> None:
    server.routes["/a"] = Flaky([1_000_000], TAG, then=(NEW, {"ETag": '"2"'}))
    assert (await fetched(server, tmp_path)).path.read_bytes() == NEW
    assert ranges(server) == ["whole", "bytes=1000000-"]


@pytest.mark.parametrize(
    ("then", "part"),
    [
        ((NEW, {"ETag": '"2"'}), str),  # another state, and it says so
        ((NEW[:-5], {}), str),  # another size
        ((OLD, TAG), lambda said: said.replace("bytes 1000000", "bytes 999999")),
        ((OLD, TAG), lambda said: said.replace("/", "0/")),
        ((OLD, TAG), lambda _: "bytes */3072000"),
        ((OLD, TAG), lambda _: ""),
        ((OLD, TAG), lambda _: "lines 1-2/3"),
    ],
)
async def test_a_part_that_does_not_fit_is_not_taken(
    server: LocalServer, tmp_path: Path, then: tuple[bytes, Mapping[str, str]], part: Callable[[str], str]
) -> None:
    server.routes["/a"] = Flaky([1_000_000], TAG, then=then, obeys=False, part=part)
    assert (await fetched(server, tmp_path)).path.read_bytes() == then[0]
    assert ranges(server) == ["whole", "bytes=1000000-", "whole"]


async def test_a_part_of_a_file_that_became_shorter_is_not_there_and_the_whole_is(
    server: LocalServer, tmp_path: Path
) -> None:
    first = Flaky([1_000_000], TAG)

    def shorter(asked: Asked) -> Answer:
        if len(server.asked) == 1:
            return first(asked)
        return Answer(b"", 416, {"Content-Range": "bytes */5"}) if "range" in asked.headers else Answer(b"short")

    server.routes["/a"] = shorter
    assert (await fetched(server, tmp_path)).path.read_bytes() == b"short"


async def test_a_part_that_nobody_asked_for_is_no_file(server: LocalServer, tmp_path: Path) -> None:
    server.routes["/a"] = Answer(b"words", 206, {"Content-Range": "bytes 5-9/10"})
    with pytest.raises(Unavailable, match="only a part"):
        await fetched(server, tmp_path)
    assert names(tmp_path) == []


async def test_redirects_and_their_headers_are_the_same_when_it_is_gone_on_with(
    server: LocalServer, tmp_path: Path
) -> None:
    async with LocalServer() as other:
        other.routes["/b"] = Flaky([1_000_000], TAG)
        server.routes["/a"] = redirect(other.url("/b"))
        door = Door([server.place, other.place])
        got = await door.download(server.url("/a"), tmp_path / "file", QUICK)
        assert got.path.read_bytes() == OLD
        assert [asked.headers.get("range") for asked in other.asked] == [None, "bytes=1000000-"]


async def test_a_server_that_stays_away_is_given_up(server: LocalServer, tmp_path: Path) -> None:
    flaky = Flaky([1_000_000], TAG)

    async def gone(_: object) -> None:
        return

    def once(asked: Asked) -> Answer:
        server.routes["/a"] = Raw(gone)
        return flaky(asked)

    server.routes["/a"] = once
    with pytest.raises(Unavailable):
        await fetched(server, tmp_path, Limits(resume_seconds=0, resumes=2))
    assert ranges(server) == ["whole", "bytes=1000000-", "bytes=1000000-"]
    assert names(tmp_path) == []
