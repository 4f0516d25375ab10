import asyncio
import socket
import ssl
import subprocess
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest

from bot.errors import BadInput, FollowthroughError, NoAccess, Unavailable
from bot.sources.door import AllowedHosts, Door
from tests.sources.servers import Answer, LocalServer, Raw, redirect


def resolver(*answers: Sequence[str]) -> tuple[list[str], "Finder"]:
    asked: list[str] = []
    return asked, Finder(asked, list(answers))


class Finder:
    """A name server that gives one answer after the other, and the last one from then on."""

    def __init__(self, asked: list[str], answers: list[Sequence[str]]) -> None:
        self._asked = asked
        self._answers = answers

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        assert port
        self._asked.append(host)
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/a.mp3",
        "https://localhost/a.mp3",
        "https://[::1]/a.mp3",
        "https://[::ffff:127.0.0.1]/a.mp3",
        "https://169.254.169.254/latest/meta-data/",
        "https://2130706433/a.mp3",
        "https://0x7f.1/a.mp3",
        "https://0/a.mp3",
        "https://127.1/a.mp3",
        "https://127.0.1/a.mp3",
        "https://0177.0.0.1/a.mp3",
        "https://017700000001/a.mp3",
        "https://0x7f000001/a.mp3",
        "https://0x7f.0x0.0x0.0x1/a.mp3",
        "https://127.0.0.1./a.mp3",
        "https://127。0。0。1/a.mp3",
        "https://①②⑦.⓪.⓪.①/a.mp3",
        "https://localhost./a.mp3",
        "https://LOCALHOST/a.mp3",
        "https://[::]/a.mp3",
        "https://[0:0:0:0:0:0:0:1]/a.mp3",
        "https://[::127.0.0.1]/a.mp3",
        "https://[::ffff:7f00:1]/a.mp3",
        "https://[64:ff9b::7f00:1]/a.mp3",
        "https://[2002:7f00:1::]/a.mp3",
        "https://[fe80::1%25eth0]/a.mp3",
        "https://[fd00:ec2::254]/latest/meta-data/",
        "https://2852039166/latest/meta-data/",
        "https://0xa9fea9fe/latest/meta-data/",
        "https://169.254.43518/latest/meta-data/",
        "https://10.1/a.mp3",
        "https://224.0.0.1/a.mp3",
        "https://255.255.255.255/a.mp3",
    ],
)
async def test_no_spelling_of_a_private_address_is_connected_to(url: str) -> None:
    async with Door().client() as client:
        with pytest.raises((NoAccess, Unavailable, httpx.InvalidURL)):
            await client.get(url)


@pytest.mark.parametrize("spelling", ["127.1", "2130706433", "0x7f.1", "017700000001", "[::ffff:127.0.0.1]", "0"])
async def test_no_spelling_in_a_redirect_leads_into_a_private_network(
    server: LocalServer, tmp_path: Path, spelling: str
) -> None:
    async with LocalServer() as private:
        private.routes["/x"] = Answer(b"secret")
        for scheme in ("http", "https"):
            server.routes["/a"] = redirect(f"{scheme}://{spelling}:{private.port}/x")
            with pytest.raises((NoAccess, Unavailable)):
                await Door([server.place]).download(server.url("/a"), tmp_path / "file")
        assert private.asked == []


async def test_an_allowed_hosts_other_spelling_is_another_host(server: LocalServer) -> None:
    async with Door([server.place]).client() as client:
        for spelling in ("127.1", "0x7f.1", "localhost"):
            with pytest.raises(NoAccess):
                await client.get(f"http://{spelling}:{server.port}/a")
    assert server.asked == []


async def test_a_cookie_goes_back_to_the_server_that_set_it_and_to_no_other(server: LocalServer) -> None:
    _, find = resolver(["127.0.0.1"])
    async with LocalServer() as other:
        server.routes["/a"] = Answer(headers={"Set-Cookie": "pass=1; Path=/"})
        server.routes["/b"] = other.routes["/b"] = Answer()
        door = Door(["recordings.example", "other.example"], find=find)
        async with door.client() as client:
            for host, port, path in (
                ("recordings.example", server.port, "/a"),
                ("recordings.example", server.port, "/b"),
                ("other.example", server.port, "/b"),
                ("recordings.example", other.port, "/b"),  # the same machine; another owner, for all we know
            ):
                await client.get(f"http://{host}:{port}{path}")
    assert [asked.headers.get("cookie") for asked in server.asked] == [None, "pass=1", None]
    assert [asked.headers.get("cookie") for asked in other.asked] == [None]


@pytest.mark.parametrize("domain", ["co.uk", "uk", "other.example.co.uk", ".co.uk"])
async def test_a_cookie_for_hosts_that_are_not_its_servers_is_not_kept(server: LocalServer, domain: str) -> None:
    _, find = resolver(["127.0.0.1"])
    server.routes["/a"] = Answer(headers={"Set-Cookie": f"pass=1; Path=/; Domain={domain}"})
    async with Door(["one.example.co.uk", "other.example.co.uk"], find=find).client() as client:
        for host in ("one.example.co.uk", "other.example.co.uk", "one.example.co.uk"):
            await client.get(f"http://{host}:{server.port}/a")
    assert [asked.headers.get("cookie") for asked in server.asked] == [None, None, None]


async def test_a_cookie_for_a_companys_other_hosts_reaches_them(server: LocalServer) -> None:
    _, find = resolver(["127.0.0.1"])
    server.routes["/a"] = Answer(headers={"Set-Cookie": "pass=1; Path=/; Domain=meetings.example"})
    async with Door(["us.meetings.example", "files.meetings.example"], find=find).client() as client:
        for host in ("us", "files"):
            await client.get(f"http://{host}.meetings.example:{server.port}/a")
    assert [asked.headers.get("cookie") for asked in server.asked] == [None, "pass=1"]


async def test_one_private_address_among_public_ones_refuses_the_host() -> None:
    _, find = resolver(["93.184.215.14", "10.0.0.7"])
    async with Door(find=find).client() as client:
        with pytest.raises(NoAccess, match="private network"):
            await client.get("https://recordings.example/a.mp3")


async def test_a_name_is_looked_up_once_and_its_checked_address_is_used(server: LocalServer) -> None:
    server.routes["/a"] = Answer(b"words")
    # a name server that would send the connection elsewhere, were it asked again
    asked, find = resolver(["127.0.0.1"], ["203.0.113.9"])
    async with Door([f"recordings.example:{server.port}"], find=find).client() as client:
        answer = await client.get(f"http://recordings.example:{server.port}/a")
    assert answer.content == b"words"
    assert asked == ["recordings.example"]
    assert server.asked[0].headers["host"] == f"recordings.example:{server.port}"


async def test_a_name_that_turns_private_later_is_refused_then(server: LocalServer) -> None:
    server.routes["/a"] = Answer(b"words")
    _, find = resolver(["93.184.215.14"], ["127.0.0.1"])
    door = Door(find=find)
    async with door.client(connect_seconds=0.05) as client:
        with pytest.raises((httpx.TransportError, NoAccess)):
            await client.get("https://rebinding.example/a")
        with pytest.raises(NoAccess, match="private network"):
            await client.get(f"https://rebinding.example:{server.port}/a")
    assert server.asked == []


async def test_the_next_address_is_tried_when_the_first_does_not_answer(server: LocalServer) -> None:
    server.routes["/a"] = Answer(b"words")
    _, find = resolver(["127.0.0.2", "127.0.0.1"])  # nothing listens on the first
    async with Door([f"two.example:{server.port}"], find=find).client() as client:
        answer = await client.get(f"http://two.example:{server.port}/a")
    assert answer.content == b"words"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://recordings.example/a.mp3", "not encrypted"),
        ("https://user:word@recordings.example/a.mp3", "user name or password"),
        ("ftp://recordings.example/a.mp3", "web links"),
        ("file:///etc/passwd", "web links"),
    ],
)
async def test_a_link_of_the_wrong_kind_is_refused_before_any_connection(url: str, reason: str) -> None:
    asked, find = resolver(["93.184.215.14"])
    async with Door(find=find).client() as client:
        with pytest.raises((NoAccess, httpx.UnsupportedProtocol), match=reason):
            await client.get(url)
    assert asked == []


async def test_a_plain_link_into_a_private_network_is_called_that() -> None:
    async with Door().client() as client:
        with pytest.raises(NoAccess, match="private network"):
            await client.get("http://169.254.169.254/latest/meta-data/")


async def test_an_allowed_host_may_be_private_and_unencrypted_but_only_on_its_port(server: LocalServer) -> None:
    server.routes["/a"] = Answer(b"words")
    async with Door([server.place]).client() as client:
        assert (await client.get(server.url("/a"))).content == b"words"
        with pytest.raises(NoAccess):
            await client.get("http://127.0.0.1:9/a")


async def test_the_environments_proxy_is_not_used(server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    server.routes["/a"] = Answer(b"words")
    async with Door([server.place]).client() as client:
        assert (await client.get(server.url("/a"))).content == b"words"


async def test_a_client_follows_no_redirect_by_itself(server: LocalServer) -> None:
    server.routes["/a"] = redirect("https://10.0.0.1/")
    async with Door([server.place]).client() as client:
        assert (await client.get(server.url("/a"))).status_code == 302


@pytest.mark.parametrize(
    ("trouble", "error"),
    [(socket.EAI_NONAME, NoAccess), (socket.EAI_AGAIN, Unavailable), (socket.EAI_FAIL, Unavailable)],
)
async def test_a_host_that_does_not_exist_is_told_and_a_silent_name_server_is_worth_another_try(
    trouble: int, error: type[FollowthroughError]
) -> None:
    async def find(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(trouble, f"{host}:{port}")

    async with Door(find=find).client() as client:
        with pytest.raises(error, match=r"gone\.example"):
            await client.get("https://gone.example/a")


def test_allowed_hosts_are_written_as_host_or_host_and_port() -> None:
    allowed = AllowedHosts.of(["Intranet.example", "127.0.0.1:8080", "[::1]:9000", "::2", " media.example:443 "])
    assert allowed.has(httpx.URL("http://intranet.example:1234/x"))
    assert allowed.has(httpx.URL("http://127.0.0.1:8080/x"))
    assert allowed.has(httpx.URL("http://[::1]:9000/x"))
    assert allowed.has(httpx.URL("http://[::2]/x"))
    assert allowed.has(httpx.URL("https://media.example/x"))
    assert not allowed.has(httpx.URL("http://127.0.0.1/x"))
    assert not allowed.has(httpx.URL("http://media.example/x"))
    assert not allowed.has(httpx.URL("http://evil-intranet.example/x"))


def test_an_allowed_host_that_is_none_is_named() -> None:
    with pytest.raises(BadInput, match="host:port"):
        AllowedHosts.of(["127.0.0.1:port"])


def certificate(folder: Path, name: str) -> Path:
    path = folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
    command += ["-addext", f"subjectAltName=DNS:{name}", "-keyout", str(path), "-out", str(folder / "public.pem")]
    subprocess.run(command, check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + (folder / "public.pem").read_bytes())
    return path


async def test_the_certificate_is_checked_against_the_name_not_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = certificate(tmp_path, "recordings.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "public.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    _, find = resolver(["127.0.0.1"])
    async with LocalServer(context) as server:
        server.routes["/a"] = Answer(b"words")
        door = Door([f"recordings.example:{server.port}", f"other.example:{server.port}"], find=find)
        async with door.client() as client:
            answer = await client.get(f"https://recordings.example:{server.port}/a")
            assert answer.content == b"words"
            with pytest.raises(httpx.ConnectError, match="certificate"):
                await client.get(f"https://other.example:{server.port}/a")


TOLD = {"id": "1", "status": "completed"}


async def test_a_message_is_posted_to_an_allowed_host_as_json(server: LocalServer) -> None:
    server.routes["/hook"] = Answer(b"whatever", 204)
    await Door([server.place]).post(server.url("/hook"), TOLD)
    assert [asked.headers["content-type"] for asked in server.asked] == ["application/json"]


async def test_nothing_is_posted_into_a_private_network(server: LocalServer) -> None:
    server.routes["/hook"] = Answer()
    for url in (server.url("/hook"), "https://169.254.169.254/latest/api/token", "https://localhost/hook"):
        with pytest.raises(NoAccess):
            await Door().post(url, TOLD)
    # plain http lets anybody on the way read it
    with pytest.raises(NoAccess, match="not encrypted"):
        await Door().post("http://receiver.example.com/hook", TOLD)
    assert server.asked == []


async def test_a_redirect_of_a_post_is_no_success_and_is_not_followed(server: LocalServer) -> None:
    server.routes |= {"/hook": redirect(server.url("/private"), 307), "/private": Answer()}
    with pytest.raises(httpx.HTTPStatusError):
        await Door([server.place]).post(server.url("/hook"), TOLD)
    assert [asked.target for asked in server.asked] == ["/hook"]


async def test_a_receiver_that_does_not_answer_is_let_go(server: LocalServer) -> None:
    async def never(_writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    server.routes["/hook"] = Raw(never)
    with pytest.raises(TimeoutError):
        await Door([server.place]).post(server.url("/hook"), TOLD, seconds=0.2)
