"""Who may use the page, and what browsers are told about it."""

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from bot.playground import Playground


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "", "[::1", "192.0.2.1"]
)
async def test_a_name_that_is_not_loopback_is_refused(http: httpx.AsyncClient, host: str) -> None:
    for path in ("/", "/page/traffic", "/api/auth.test"):
        assert (await http.get(path, headers={"Host": host})).status_code == 403


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1", "[::1]:9000"])
async def test_loopback_is_itself_under_each_of_its_names_and_behind_a_forwarded_port(
    http: httpx.AsyncClient, host: str
) -> None:
    assert (await http.get("/page/traffic", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1", "file://"])
async def test_another_sites_page_may_not_drive_it(slack: Playground, http: httpx.AsyncClient, origin: str) -> None:
    said = {"as": "ana", "channel": "product", "text": "not me"}
    answer = await http.post("/page/do/say", json=said, headers={"Origin": origin})
    assert answer.status_code == 403
    form = {"token": slack.bot_token, "channel": slack.workspace.channel("product").id, "text": "not the app"}
    assert (await http.post("/api/chat.postMessage", data=form, headers={"Origin": origin})).status_code == 403
    with pytest.raises(InvalidStatus) as refused:
        await connect(slack.address.replace("http", "ws") + "page/live?as=ana", additional_headers={"Origin": origin})
    assert refused.value.response.status_code == 403
    assert slack.messages("product") == []


async def test_its_own_page_may(slack: Playground, http: httpx.AsyncClient) -> None:
    said = {"as": "ana", "channel": "product", "text": "me"}
    answer = await http.post("/page/do/say", json=said, headers={"Origin": slack.address.rstrip("/")})
    assert answer.json()["ok"]


async def test_a_form_of_another_type_than_json_is_not_read(http: httpx.AsyncClient) -> None:
    answer = await http.post("/page/do/say", data={"as": "ana", "channel": "product", "text": "x"})
    assert answer.json()["error"] == "invalid_json"


async def test_browsers_are_told_to_run_nothing_but_the_pages_own_modules(http: httpx.AsyncClient) -> None:
    for path in ("/", "/page/traffic", "/page/nothing.js"):
        answer = await http.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/page/../page.py", "/page/%2e%2e/page.py", "/page//etc/passwd", "/page/%00", "/page/"]
)
async def test_only_the_pages_own_files_are_served(http: httpx.AsyncClient, path: str) -> None:
    assert (await http.get(path)).status_code == 404


async def test_a_messages_address_leads_to_the_page(slack: Playground, http: httpx.AsyncClient) -> None:
    said = await slack.say("ana", "product", "here")
    reply = await slack.say("bo", "product", "and here", thread_ts=said.ts)
    answer = await http.get(slack.parts.wire.permalink(reply))
    page = await http.get("/")
    assert answer.status_code == page.status_code == 200
    assert answer.content == page.content
    assert page.headers["Content-Type"].startswith("text/html")
