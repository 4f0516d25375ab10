"""The one ASGI app, asked over HTTP."""

import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator

import httpx
import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.errors import BadInput
from bot.web.app import build
from bot.web.hooks import Hooks, HookTokens
from bot.web.slack import SlackRequests

SECRET = "a signing secret"
TOKENS = HookTokens(b"a secret of our own")


class Heard:
    """What reached the app."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.hints: list[str] = []
        self.ready = True

    async def event(self, body: dict[str, str]) -> None:
        self.events.append(body["event_id"])

    async def hint(self, job_id: str) -> None:
        self.hints.append(job_id)

    async def is_ready(self) -> bool:
        return self.ready


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
async def web(heard: Heard) -> AsyncIterator[httpx.AsyncClient]:
    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb", bot_id="B1", bot_user_id="U1")

    bolt = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)
    bolt.event("reaction_added")(heard.event)
    app = build(ready=heard.is_ready, slack=SlackRequests(bolt, SECRET), hooks=Hooks(TOKENS, heard.hint))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot.test") as client:
        yield client


def signed(body: bytes, *, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    timestamp = str(int(time.time() if at is None else at))
    mark = hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={mark}",
    }


EVENT = json.dumps(
    {"type": "event_callback", "event_id": "Ev1", "event": {"type": "reaction_added", "user": "U2"}}
).encode()


async def test_a_signed_event_is_heard(web: httpx.AsyncClient, heard: Heard) -> None:
    answer = await web.post("/slack/events", content=EVENT, headers=signed(EVENT))
    assert answer.status_code == 200
    assert heard.events == ["Ev1"]


async def test_slacks_question_whether_we_are_here_is_answered(web: httpx.AsyncClient) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c4"}).encode()
    answer = await web.post("/slack/events", content=body, headers=signed(body))
    assert answer.json() == {"challenge": "c4"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(EVENT, secret="another"),
        signed(EVENT, at=time.time() - 301),
        signed(b"another body"),
        signed(EVENT) | {"X-Slack-Request-Timestamp": "soon"},
        signed(EVENT) | {"X-Slack-Request-Timestamp": "9" * 5000},
        signed(EVENT) | {"X-Slack-Signature": "v0=ü"},
    ],
)
async def test_what_slack_did_not_sign_is_refused(
    web: httpx.AsyncClient, heard: Heard, headers: dict[str, str]
) -> None:
    encoded = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    answer = await web.post("/slack/events", content=EVENT, headers=encoded)
    assert answer.status_code == 401
    assert heard.events == []


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b"\xff\xfe", b"payload={", b""])
async def test_garbage_without_a_signature_is_not_even_read(web: httpx.AsyncClient, body: bytes) -> None:
    assert (await web.post("/slack/events", content=body)).status_code == 401


async def test_a_body_of_any_length_is_not_taken(web: httpx.AsyncClient, heard: Heard) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 100_000

    large = b"x" * 1_000_001
    assert (await web.post("/slack/events", content=large, headers=signed(large))).status_code == 413
    assert (await web.post("/slack/events", content=endless(), headers=signed(b""))).status_code == 413
    hook = TOKENS.address("", "a" * 32)
    assert (await web.post(hook, content=endless())).status_code == 413
    assert (heard.events, heard.hints) == ([], [])


def test_without_a_signing_secret_nothing_is_served() -> None:
    with pytest.raises(BadInput, match="SLACK_SIGNING_SECRET"):
        SlackRequests(AsyncApp(token="xoxb", signing_secret="x"), "")


async def test_a_webhook_only_hints_at_the_job_it_was_made_for(web: httpx.AsyncClient, heard: Heard) -> None:
    address = TOKENS.address("https://bot.example/", "a" * 32)
    assert address.startswith("https://bot.example/hooks/conversations/")
    answer = await web.post(address.removeprefix("https://bot.example"), json={"id": "x", "status": "completed"})
    assert answer.status_code == 204
    assert heard.hints == ["a" * 32]


@pytest.mark.parametrize(
    "token",
    [
        "a" * 32,
        f"{'a' * 32}-",
        f"{'a' * 32}-{'0' * 32}",
        "-",
        "x",
        HookTokens(b"other").address("", "a" * 32)[21:],
        "é-ü",
    ],
)
async def test_a_guessed_webhook_does_not_exist(web: httpx.AsyncClient, heard: Heard, token: str) -> None:
    assert (await web.post(f"/hooks/conversations/{token}", json={})).status_code == 404
    assert heard.hints == []


async def test_health_and_readiness_are_told_apart(web: httpx.AsyncClient, heard: Heard) -> None:
    assert (await web.get("/health")).text == "ok"
    assert (await web.get("/ready")).status_code == 200
    heard.ready = False
    assert (await web.get("/ready")).status_code == 503
    assert (await web.get("/health")).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/", 404), ("GET", "/slack/events", 405), ("POST", "/health", 405)]
)
async def test_nothing_else_is_served(web: httpx.AsyncClient, method: str, path: str, status: int) -> None:
    assert (await web.request(method, path)).status_code == status


async def test_with_socket_mode_slacks_path_is_not_served() -> None:
    app = build(ready=Heard().is_ready)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot.test") as client:
        assert (await client.post("/slack/events", content=EVENT, headers=signed(EVENT))).status_code == 404
        assert (await client.post(TOKENS.address("", "a" * 32))).status_code == 404
