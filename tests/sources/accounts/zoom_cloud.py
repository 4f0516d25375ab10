"""Zoom's API on a local server, as strict as its documentation: tokens, scopes, months, pages, ids in paths."""

import base64
import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from bot.sources.accounts.zoom import LIST_SCOPE, READ_SCOPE, ZoomCredentials
from tests.sources.servers import Answer, Asked, LocalServer

CREDENTIALS = ZoomCredentials("AcC-1", "client", "a/secret:of zoom's")
WORDS = b"WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\nMei Tanaka: I'll book the studio by Friday.\n"
LONGEST_RANGE = timedelta(days=31)


def said(body: object, status: int = 200, **headers: str) -> Answer:
    """A JSON answer."""
    return Answer(json.dumps(body).encode(), status, {"Content-Type": "application/json", **headers})


def a_file(kind: str, base: str = "https://us02web.zoom.us", **changes: Any) -> dict[str, Any]:
    """A file of a recording, of the first stretch."""
    return {
        "id": f"f-{kind}",
        "file_type": kind,
        "file_size": 1000,
        "recording_start": "2026-02-27T09:00:00Z",
        "recording_end": "2026-02-27T09:30:00Z",
        "status": "completed",
        "play_url": f"{base}/rec/play/play-{kind}",
        "download_url": f"{base}/rec/download/{kind}",
        **changes,
    }


def a_meeting(**changes: Any) -> dict[str, Any]:
    """A meeting whose recording has words, sound and picture, in no helpful order."""
    return {
        "uuid": "aDYlohsHRtCd4ii1uC2+hA==",
        "topic": "Photo day",
        "start_time": "2026-02-27T23:30:00Z",
        "timezone": "Asia/Tokyo",
        "share_url": "https://us02web.zoom.us/rec/share/Ab3dEf6hIj",
        "recording_files": [a_file(kind) for kind in ("MP4", "CHAT", "M4A", "TRANSCRIPT", "TIMELINE")],
        **changes,
    }


@dataclass
class ZoomCloud:
    """An account's recordings.

    Attributes:
        server: Where it answers.
        host: Before every path: the name that the API has, or nothing when the server is asked by its own.
        meetings: What was recorded.
        scopes: What the operator's app has.
        per_page: How many recordings a page has.
        good: The tokens that are taken.
        issued: How many tokens were given out.
    """

    server: LocalServer
    host: str = "api.zoom.us"
    tokens: str = "zoom.us/oauth/token"
    meetings: list[dict[str, Any]] = field(default_factory=lambda: [a_meeting()])
    scopes: set[str] = field(default_factory=lambda: {LIST_SCOPE, READ_SCOPE})
    per_page: int = 100
    good: set[str] = field(default_factory=set)
    issued: int = 0

    def open(self) -> None:
        """Begin to answer."""
        self.server.routes[self.tokens] = self._token
        self.server.routes[f"{self.host}/v2/accounts/me/recordings"] = self._list
        for meeting in self.meetings:
            uuid = quote(meeting["uuid"], safe="")
            path = quote(uuid, safe="") if "/" in meeting["uuid"] else uuid
            self.server.routes[f"{self.host}/v2/meetings/{path}/recordings"] = self._read(meeting)
        for kind in ("TRANSCRIPT", "M4A", "MP4"):
            self.server.routes[f"/rec/download/{kind}"] = self._download

    def targets(self, containing: str) -> list[str]:
        """What was asked for, in order."""
        return [asked.target for asked in self.server.asked if containing in asked.target]

    def _token(self, asked: Asked) -> Answer:
        pair = base64.b64encode(f"{CREDENTIALS.client}:{CREDENTIALS.secret}".encode()).decode()
        form = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
        wanted = {"grant_type": "account_credentials", "account_id": CREDENTIALS.account}
        if asked.method != "POST" or asked.headers.get("authorization") != f"Basic {pair}" or form != wanted:
            return said({"reason": "Invalid client_id or client_secret", "error": "invalid_client"}, 400)
        self.issued += 1
        self.good = {f"token-{self.issued}"}
        return said({"access_token": f"token-{self.issued}", "token_type": "bearer", "expires_in": 3599})

    def _refused(self, asked: Asked, scope: str) -> Answer | None:
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.good:
            return said({"code": 124, "message": "Invalid access token."}, 401)
        if scope not in self.scopes:
            return said(
                {"code": 4711, "message": f"Invalid access token, does not contain scopes:[{scope}, other:admin]."}, 400
            )
        return None

    def _list(self, asked: Asked) -> Answer:
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.target).query).items()}
        since, until = date.fromisoformat(query["from"]), date.fromisoformat(query["to"])
        if until - since > LONGEST_RANGE or until < since:
            return said({"code": 300, "message": "The date range is too long."}, 400)
        if int(query["page_size"]) > 300:
            return said({"code": 300, "message": "Invalid field."}, 400)
        within = [each for each in self.meetings if since <= date.fromisoformat(each["start_time"][:10]) <= until]
        at = int(query.get("next_page_token", "page-0").removeprefix("page-"))
        shown, more = within[at : at + self.per_page], at + self.per_page < len(within)
        return self._refused(asked, LIST_SCOPE) or said(
            {"meetings": shown, "next_page_token": f"page-{at + self.per_page}" if more else ""}
        )

    def _read(self, meeting: dict[str, Any]) -> Any:
        def answer(asked: Asked) -> Answer:
            token = {} if "download_access_token" not in asked.target else {"download_access_token": "for-download"}
            return self._refused(asked, READ_SCOPE) or said(meeting | token)

        return answer

    def _download(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != "Bearer for-download":
            return Answer(b"<html>Sign in to Zoom</html>", 401)
        return Answer(WORDS, headers={"Content-Type": "text/vtt"})
