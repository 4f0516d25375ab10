"""A small, strict server of the conversation API: checks what a client sends, answers as the real one was recorded."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

APP_ID = "6d7a3562"
SECRET = "9f1c0a77"
CONVERSATION = "4656687783346176"
JOB = "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d"
STEVE = "98d11b11-4a0a-4bdd-b2e1-d50238f605d6"


def recorded() -> dict[str, Any]:
    """Return a conversation as the published service answered: numbers as floats, `from` with ids, no quotes."""
    return {
        "": {
            "id": CONVERSATION,
            "type": "meeting",
            "name": "Weekly planning",
            "startTime": "2021-06-01T16:00:00.000Z",
            "endTime": "2021-06-01T16:02:00.500Z",
            "members": [{"id": STEVE, "name": "Steve", "email": "Steve@example.com"}],
            "metadata": {"language": "en"},
        },
        "messages": {
            "messages": [
                {
                    "id": "4833512358674432",
                    "text": "Shall we begin?",
                    "from": {"id": "f23fc74e-0bf4-4cfe-902e-fd5b9c146855", "name": "Speaker 2"},
                    "startTime": "2021-06-01T16:00:00.100Z",
                    "endTime": "2021-06-01T16:00:01.900Z",
                    "timeOffset": 0.1,
                    "duration": 1.8,
                    "conversationId": CONVERSATION,
                    "phrases": [],
                    "sentiment": {"polarity": {"score": -0.092}, "suggested": "neutral"},
                },
                {
                    "id": "5590459222065152",
                    "text": "I need to complete the analysis by next Monday.",
                    "from": {"id": STEVE},
                    "startTime": "2021-06-01T16:01:10.000Z",
                    "endTime": "2021-06-01T16:01:14.250Z",
                    "conversationId": CONVERSATION,
                    "phrases": [{"type": "action_phrase", "text": "complete the analysis"}],
                },
                {
                    "id": "4675554024357888",
                    "text": "And we need to have the meeting with Richard Holmes today.",
                    "from": {},
                    "startTime": "2021-06-01T16:01:20.000Z",
                    "endTime": "2021-06-01T16:01:24.000Z",
                    "timeOffset": 80,
                    "duration": 4,
                    "conversationId": CONVERSATION,
                    "phrases": [],
                },
            ]
        },
        "members": {"members": [{"id": STEVE, "name": "Steve", "email": "Steve@example.com"}]},
        "action-items": {
            "actionItems": [
                {
                    "id": "4755377456414720",
                    "text": "Steve needs to complete the analysis by next Monday.",
                    "type": "action_item",
                    "score": 0.9765610554943914,
                    "messageIds": ["5590459222065152"],
                    "entities": [
                        {"type": "daterange", "text": "by next monday", "offset": 37, "end": "2021-06-07"},
                        {
                            "type": "person",
                            "text": "Steve",
                            "offset": 0,
                            "value": {"assignee": True, "id": STEVE, "name": "Steve", "userId": "Steve@example.com"},
                        },
                    ],
                    "phrases": [],
                    "from": {"id": STEVE, "name": "Steve", "userId": "Steve@example.com"},
                    "definitive": True,
                    "assignee": {"id": STEVE, "name": "Steve", "email": "Steve@example.com"},
                }
            ]
        },
        "follow-ups": {
            "followUps": [
                {
                    "id": "4526427164639111",
                    "text": "We need to have the meeting today",
                    "type": "follow_up",
                    "score": 1,
                    "messageIds": ["4675554024357888"],
                    "entities": [
                        {"type": "date", "text": "today", "offset": 28, "value": "2021-06-01"},
                        {
                            "type": "person",
                            "text": "Richard Holmes",
                            "offset": 110,
                            "value": {"name": "Richard Holmes"},
                        },
                    ],
                    "from": {},
                    "assignee": {},
                    "dueBy": "2021-06-01T07:00:00.000Z",
                }
            ]
        },
        "questions": {
            "questions": [
                {
                    "id": "5420651570528256",
                    "text": "Shall we begin?",
                    "type": "question",
                    "score": 0.9877,
                    "messageIds": ["4833512358674432"],
                    "from": {"id": "f23fc74e-0bf4-4cfe-902e-fd5b9c146855", "name": "Speaker 2", "userId": ""},
                }
            ]
        },
        "topics": {
            "topics": [
                {"id": "1", "text": "interns", "type": "topic", "score": 0.064, "messageIds": [], "parentRefs": []},
                {"id": "5907389282779136", "text": "analysis", "type": "topic", "score": 0.71, "messageIds": []},
            ]
        },
        "summary": {
            "summary": [
                {"id": "6", "text": "Steve completes the analysis.", "messageRefs": [{"id": "5590459222065152"}]},
            ]
        },
    }


def other_clients() -> dict[str, Any]:
    """Return the same conversation in the other forms that clients of the API have met or were written for."""
    pages = recorded()
    for message in pages["messages"]["messages"]:
        message["id"] = int(message["id"])
        message["phrases"] = ["complete the analysis"]
        message["timeOffset"] = str(message.get("timeOffset", 70))
        message["words"] = None
    pages["members"] = {"members": [{"name": "Steve"}]}
    pages[""]["members"] = []
    pages["messages"]["messages"][1]["from"] = {"name": "Steve", "email": "Steve@example.com"}
    item = pages["action-items"]["actionItems"][0]
    item["id"], item["messageIds"] = int(item["id"]), [5590459222065152]
    item["phrases"] = ["complete the analysis"]
    item["entities"] = []
    item["dueBy"] = {"value": "2021-06-07T00:00:00.000Z", "start": None, "end": None}
    item["score"] = "0.9765610554943914"
    item["assignee"] = {"name": "Steve"}
    follow_up = pages["follow-ups"]["followUps"][0]
    follow_up["messageIds"] = [4675554024357888]
    follow_up["entities"] = [{"type": "date", "text": "today", "value": None}]
    pages["questions"]["questions"][0]["messageIds"] = [4833512358674432]
    pages["topics"]["topics"][1]["score"] = "0.71"
    return pages


@dataclass
class Server:
    """Keeps what a client sent, and answers; set `answers` to answer a path with something else.

    Attributes:
        pages: The conversation's bodies, by the last part of their path.
        job: The body of the job.
        answers: `METHOD /path` → the responses to give first, in order.
        requests: `METHOD /path` of each request that arrived.
        tokens: How many tokens were asked for.
        life: `expiresIn` of the tokens.
        good: The tokens that are accepted.
        query: The last upload's parameters.
        headers: The last upload's headers.
        body: The last transcript.
        received: The last upload's length in bytes.
        sha256: The last upload's hash, as hex.
    """

    pages: dict[str, Any] = field(default_factory=recorded)
    job: Any = field(default_factory=lambda: {"id": JOB, "status": "in_progress"})
    answers: dict[str, list[Response]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    tokens: int = 0
    life: Any = 86400
    good: set[str] = field(default_factory=set)
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    received: int = 0
    sha256: str = ""

    def app(self) -> Starlette:
        """Return the server as an ASGI app."""
        return Starlette(
            routes=[
                Route("/oauth2/token:generate", self._token, methods=["POST"]),
                Route("/v1/process/text", self._text, methods=["POST"]),
                Route("/v1/process/audio", self._media, methods=["POST"]),
                Route("/v1/process/video", self._media, methods=["POST"]),
                Route("/v1/job/{job}", self._job, methods=["GET"]),
                Route("/v1/conversations/{conversation}", self._conversation, methods=["GET", "DELETE"]),
                Route("/v1/conversations/{conversation}/{part}", self._part, methods=["GET"]),
            ]
        )

    async def _token(self, request: Request) -> Response:
        if early := self._early(request):
            return early
        grant = await request.json()
        assert request.headers["content-type"] == "application/json"
        if grant != {"type": "application", "appId": APP_ID, "appSecret": SECRET}:
            return JSONResponse({"message": "Wrong credentials."}, 401)
        self.tokens += 1
        token = f"head.{self.tokens}.tail"
        self.good.add(token)
        return JSONResponse({"accessToken": token, "expiresIn": self.life})

    async def _text(self, request: Request) -> Response:
        if early := self._early(request, signed=True):
            return early
        assert request.headers["content-type"] == "application/json"
        self.body = await request.json()
        return JSONResponse({"conversationId": CONVERSATION, "jobId": JOB}, 201)

    async def _media(self, request: Request) -> Response:
        if early := self._early(request, signed=True):
            return early
        assert "transfer-encoding" not in request.headers
        size = int(request.headers["content-length"])
        digest, received = hashlib.sha256(), 0
        async for chunk in request.stream():
            digest.update(chunk)
            received += len(chunk)
        assert received == size
        self.received, self.sha256 = received, digest.hexdigest()
        self.query, self.headers = dict(request.query_params), dict(request.headers)
        return JSONResponse({"conversationId": CONVERSATION, "jobId": JOB}, 201)

    async def _job(self, request: Request) -> Response:
        if early := self._early(request, signed=True):
            return early
        if request.path_params["job"] != JOB:
            return JSONResponse({"message": f"Job with {request.path_params['job']} not found"}, 404)
        return JSONResponse(self.job)

    async def _conversation(self, request: Request) -> Response:
        if early := self._early(request, signed=True):
            return early
        if request.path_params["conversation"] != CONVERSATION:
            return JSONResponse({"message": "The conversationId is either invalid or does not exist."}, 404)
        if request.method == "DELETE":
            return JSONResponse({"message": "successfully deleted the conversation"})
        return self._page("")

    async def _part(self, request: Request) -> Response:
        return self._early(request, signed=True) or self._page(request.path_params["part"])

    def _page(self, part: str) -> Response:
        if part not in self.pages:
            return JSONResponse({"message": "Not found."}, 404)
        return Response(json.dumps(self.pages[part]), media_type="application/json")

    def _early(self, request: Request, *, signed: bool = False) -> Response | None:
        what = f"{request.method} {request.url.path}"
        self.requests.append(what)
        if waiting := self.answers.get(what):
            return waiting.pop(0)
        if signed and request.headers.get("authorization", "").removeprefix("Bearer ") not in self.good:
            return JSONResponse({"message": "Token validation failed for provided token."}, 401)
        return None
