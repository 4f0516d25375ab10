"""Recordings that only the operator's own account opens, and Zoom telling of new ones, through the whole bot."""

import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.sources.accounts import zoom
from tests.scenarios.house import ONE_ITEM, House, free_port, open_house
from tests.sources.accounts.zoom_cloud import CREDENTIALS, ZoomCloud, a_file, a_meeting
from tests.sources.servers import Answer, LocalServer

SECRET = "zooms-secret-token"
SHARED = "https://us02web.zoom.us/rec/share/Ab3dEf6hIj"


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """A bot in Socket Mode with a Zoom account, whose addresses are the site's, and with Zoom's webhooks."""
    settings: dict[str, Any] = {
        "zoom_account_id": CREDENTIALS.account,
        "zoom_client_id": CREDENTIALS.client,
        "zoom_client_secret": CREDENTIALS.secret,
        "zoom_webhook_secret": SECRET,
        "port": free_port(),
    }
    async with open_house(tmp_path, **settings) as house:
        monkeypatch.setattr(zoom, "API", house.site.url("/v2"))
        monkeypatch.setattr(zoom, "TOKENS", house.site.url("/oauth/token"))
        yield house


def zooms(site: LocalServer, **changes: Any) -> ZoomCloud:
    """What Zoom has: one recording, of today."""
    today = time.strftime("%Y-%m-%dT00:00:00Z", time.gmtime())
    words = a_file("TRANSCRIPT", download_url=site.url("/words"))
    site.routes["/words"] = Answer(ONE_ITEM)
    cloud = ZoomCloud(site, host="", tokens="/oauth/token")
    cloud.meetings = [a_meeting(start_time=today, recording_files=[words, a_file("MP4")]) | changes]
    cloud.open()
    return cloud


async def tell(house: House, name: str, meeting: dict[str, Any]) -> None:
    """Have Zoom send an event, signed."""
    body = json.dumps({"event": name, "event_ts": 1, "payload": {"object": meeting}}).encode()
    at = str(int(time.time()))
    mark = hmac.new(SECRET.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {"x-zm-request-timestamp": at, "x-zm-signature": f"v0={mark}"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{house.bot.port}", trust_env=False) as client:
        assert (await client.post("/zoom/events", content=body, headers=headers)).status_code == 204
        assert (await client.post("/slack/events", content=body)).status_code == 404


async def test_a_recording_that_the_public_cannot_open_becomes_a_thread(house: House) -> None:
    zooms(house.site)
    room = house.room()
    await house.slack.command("ana", room.id, f"/process {SHARED}")
    assert [item.text for item in await room.items()]
    assert any("Photo day" in message.text for message in room.from_app())


async def test_a_recording_that_was_still_being_made_goes_on_when_zoom_says_so(house: House) -> None:
    making = zooms(house.site, recording_files=[a_file("MP4", status="processing")])
    room = house.room()
    await house.slack.command("ana", room.id, f"/process {SHARED}")
    assert "still" in (await room.ended()).text
    done = zooms(house.site)
    await tell(house, "recording.completed", done.meetings[0])
    await room.told(" is done")
    assert making.meetings != done.meetings
    assert len(await house.jobs(room)) == 1
