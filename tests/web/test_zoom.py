"""Zoom's webhooks, signed as Zoom signs them."""

import hashlib
import hmac
import json
import string
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flows.arriving import Arrival
from bot.web.app import build
from bot.web.zoom import ZoomEvents, ZoomSecret, arrival_of
from tests.clocks import SettableClock

SECRET = "a secret token of zoom's"
SHARE = "https://us02web.zoom.us/rec/share/Ab3dEf6hIj"
PLAY = "https://us02web.zoom.us/rec/play/play-MP4"


class Heard:
    """What reached the flows."""

    def __init__(self) -> None:
        self.arrivals: list[tuple[Arrival, str]] = []
        self.clock = SettableClock()

    async def arrived(self, arrival: Arrival, event_id: str) -> None:
        self.arrivals.append((arrival, event_id))

    async def ready(self) -> bool:
        return True


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
async def web(heard: Heard) -> AsyncIterator[httpx.AsyncClient]:
    app = build(ready=heard.ready, zoom=ZoomEvents(ZoomSecret(SECRET), heard.clock.now, heard.arrived))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot.test") as client:
        yield client


def an_event(name: str = "recording.completed", **changes: Any) -> dict[str, Any]:
    meeting = {
        "uuid": "aDYlohsHRtCd4ii1uC2+hA==",
        "topic": "Photo\nday ",
        "share_url": SHARE,
        "recording_files": [{"play_url": PLAY, "download_url": "https://zoom.us/rec/download/x"}],
    }
    return {
        "event": name,
        "event_ts": 1772442000123,
        "payload": {"account_id": "AcC-1", "object": meeting | changes},
        "download_token": "opens-it-for-a-day",
    }


def headers(body: bytes, clock: SettableClock, *, secret: str = SECRET, ago: float = 0) -> dict[str, str]:
    timestamp = str(int(clock.now().timestamp() - ago))
    mark = hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"x-zm-request-timestamp": timestamp, "x-zm-signature": f"v0={mark}"}


async def post(web: httpx.AsyncClient, heard: Heard, event: object) -> httpx.Response:
    body = json.dumps(event).encode()
    return await web.post("/zoom/events", content=body, headers=headers(body, heard.clock))


async def test_zooms_question_whether_the_address_is_ours_is_answered(web: httpx.AsyncClient, heard: Heard) -> None:
    token = "qgg8vlvZRS6UYooatFL8Aw"
    answer = await post(web, heard, {"event": "endpoint.url_validation", "payload": {"plainToken": token}})
    encrypted = hmac.new(SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()
    assert (answer.status_code, answer.json()) == (200, {"plainToken": token, "encryptedToken": encrypted})


@pytest.mark.parametrize(
    "token", ["v0:1772442000:{}", "", "a" * 201, None, 7, ["a"], "a b", "é"], ids=lambda token: repr(token)[:20]
)
async def test_nothing_is_marked_that_could_pass_for_zooms_own(
    web: httpx.AsyncClient, heard: Heard, token: object
) -> None:
    answer = await post(web, heard, {"event": "endpoint.url_validation", "payload": {"plainToken": token}})
    assert (answer.status_code, answer.content) == (400, b"")


@pytest.mark.parametrize(
    ("name", "with_words"), [("recording.completed", False), ("recording.transcript_completed", True)]
)
async def test_a_recording_that_is_ready_is_heard_of(
    web: httpx.AsyncClient, heard: Heard, name: str, *, with_words: bool
) -> None:
    assert (await post(web, heard, an_event(name))).status_code == 204
    assert (await post(web, heard, an_event(name))).status_code == 204
    (first, first_id), (_, second_id) = heard.arrivals
    assert first == Arrival("aDYlohsHRtCd4ii1uC2+hA==", (SHARE, PLAY), "Photo day", with_words)
    assert first_id == second_id, "the same event comes with the same id"
    assert "opens-it" not in repr(heard.arrivals), "what opens the recording is not kept"


@pytest.mark.parametrize(
    "event",
    [
        {"event": "meeting.ended", "payload": {"object": {"uuid": "x"}}},
        {"event": ["recording.completed"]},
        {},
        an_event(uuid=None),
        an_event(uuid="../../me"),
        an_event(uuid=""),
        an_event(share_url="https://evil.example/rec/share/x", recording_files=None),
        an_event(share_url=7, recording_files=[7, {"play_url": 7}, {"play_url": "https://zoom.us/j/81234567890"}]),
        an_event(share_url=SHARE + "\nhttps://evil.example", recording_files="x"),
        {"event": "recording.completed", "payload": []},
    ],
)
async def test_what_tells_of_no_recording_is_taken_and_left(
    web: httpx.AsyncClient, heard: Heard, event: dict[str, Any]
) -> None:
    assert (await post(web, heard, event)).status_code == 204
    assert heard.arrivals == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b"9" * 100_000])
async def test_a_signed_body_that_is_no_event_is_refused(web: httpx.AsyncClient, heard: Heard, body: bytes) -> None:
    answer = await web.post("/zoom/events", content=body, headers=headers(body, heard.clock))
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "changed",
    [
        {"x-zm-signature": ""},
        {"x-zm-signature": "v0="},
        {"x-zm-signature": f"v1={'0' * 64}"},
        {"x-zm-signature": f"v0={'0' * 64}"},
        {"x-zm-request-timestamp": ""},
        {"x-zm-request-timestamp": "soon"},
        {"x-zm-request-timestamp": "-1"},
        {"x-zm-request-timestamp": "9" * 5000},
    ],
)
async def test_what_zoom_did_not_sign_is_refused(web: httpx.AsyncClient, heard: Heard, changed: dict[str, str]) -> None:
    body = json.dumps(an_event()).encode()
    answer = await web.post("/zoom/events", content=body, headers=headers(body, heard.clock) | changed)
    assert answer.status_code == 401
    assert heard.arrivals == []


async def test_another_secret_another_body_and_another_time_are_refused(web: httpx.AsyncClient, heard: Heard) -> None:
    body = json.dumps(an_event()).encode()
    for given_headers in (
        headers(body, heard.clock, secret="another"),
        headers(body + b" ", heard.clock),
        headers(body, heard.clock, ago=301),
        headers(body, heard.clock, ago=-301),
        {},
    ):
        assert (await web.post("/zoom/events", content=body, headers=given_headers)).status_code == 401
    in_time = await web.post("/zoom/events", content=body, headers=headers(body, heard.clock, ago=299))
    assert in_time.status_code == 204


async def test_a_body_of_any_length_is_not_taken(web: httpx.AsyncClient, heard: Heard) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 100_000

    assert (await web.post("/zoom/events", content=endless(), headers=headers(b"", heard.clock))).status_code == 413


async def test_without_a_secret_there_is_no_such_address(heard: Heard) -> None:
    app = build(ready=heard.ready)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot.test") as client:
        assert (await client.post("/zoom/events", json=an_event())).status_code == 404
        assert (await client.get("/health")).text == "ok"


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=20))
def test_no_other_header_passes_for_a_signature(signature: str, timestamp: str) -> None:
    assert not ZoomSecret(SECRET).signed(b"body", timestamp, signature, SettableClock().now())


@settings(deadline=None)
@given(st.integers(0, 63), st.sampled_from(string.hexdigits))
def test_one_digit_decides(at: int, digit: str) -> None:
    now = SettableClock().now()
    timestamp = str(int(now.timestamp()))
    mark = hmac.new(SECRET.encode(), f"v0:{timestamp}:body".encode(), hashlib.sha256).hexdigest()
    changed = mark[:at] + digit + mark[at + 1 :]
    assert ZoomSecret(SECRET).signed(b"body", timestamp, f"v0={changed}", now) is (changed == mark)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10) | st.sampled_from([SHARE, PLAY]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["uuid", "topic", "share_url", "play_url", "recording_files", "object", "payload"]), inner
        )
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(_JSON, st.sampled_from(["recording.completed", "recording.transcript_completed"]))
def test_an_event_of_any_shape_is_an_arrival_or_nothing(inner: object, name: str) -> None:
    for payload in (inner, {"object": inner}):
        found = arrival_of({"event": name, "payload": payload})
        assert found is None or set(found.links) <= {SHARE, PLAY}
