"""A chat endpoint on this machine, as strict as real ones, and as unreliable as a test wants it."""

import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bot.engine.insights.language_model.model import LanguageModel

KEY, NAME = "sk-secret-of-the-tests", "tiny-model"


@dataclass(frozen=True)
class Raw:
    """An answer that is no completion: status, body, headers; sent after so many seconds."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    after: float = 0.0


def said(content: Any, finish: str = "stop") -> Raw:
    """Return a completion with this content: a text as it is, anything else as JSON."""
    text = content if isinstance(content, str) or content is None else json.dumps(content)
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return Raw(200, json.dumps({"object": "chat.completion", "choices": [choice]}).encode())


def refused(status: int, message: str, **headers: str) -> Raw:
    """Return an error as OpenAI's protocol has it."""
    return Raw(status, json.dumps({"error": {"message": message, "type": "error"}}).encode(), headers)


@dataclass
class ChatServer:
    """A server that runs.

    Attributes:
        url: Its base.
        asked: The bodies of the requests that it took as valid.
        answer: What it says to them; changed by tests.
        formats: The response formats that it knows.
        takes_temperature: Whether it takes another temperature than the default.
        seen: How many requests came, valid or not.
    """

    url: str
    answer: Callable[[Mapping[str, Any]], Raw]
    asked: list[dict[str, Any]] = field(default_factory=list)
    formats: Sequence[str] = ("json_schema", "json_object", "text")
    takes_temperature: bool = True
    seen: int = 0

    def model(self, **changes: Any) -> LanguageModel:
        """Return this server's model, with little patience."""
        patience = {"request_seconds": 5.0, "deadline_seconds": 20.0, "pause_seconds": 0.01}
        return LanguageModel(self.url, NAME, KEY, **{**patience, **changes})

    def respond(self, path: str, headers: Mapping[str, str], content: bytes) -> Raw:
        """Check a request as strictly as the strictest servers, and answer it."""
        self.seen += 1
        if path != "/v1/chat/completions":
            return refused(404, f"no such path: {path}")
        if headers.get("authorization") != f"Bearer {KEY}":
            return refused(401, "Incorrect API key provided")
        body = json.loads(content)
        wrong = self._wrong(body)
        if wrong:
            return refused(400, wrong)
        self.asked.append(body)
        return self.answer(body)

    def _wrong(self, body: Mapping[str, Any]) -> str | None:
        """Return what a request has that it must not have."""
        if unknown := set(body) - {"model", "messages", "stream", "temperature", "response_format"}:
            return f"unknown fields {unknown}"
        if body["model"] != NAME or body.get("stream") is not False:
            return "the model does not exist"
        if "temperature" in body and (body["temperature"] != 0 or not self.takes_temperature):
            return "Unsupported value: 'temperature' does not support 0 with this model"
        return _wrong_turns(body["messages"]) or self._wrong_form(body.get("response_format", {"type": "text"}))

    def _wrong_form(self, form: Mapping[str, Any]) -> str | None:
        if form["type"] not in self.formats:
            return f"response_format: {form['type']} is not supported"
        if form["type"] != "json_schema":
            return None
        described = form["json_schema"]
        if not re.fullmatch(r"[\w-]{1,64}", described["name"]) or described["strict"] is not True:
            return "response_format: a name and strict are needed"
        return _loose(described["schema"])


def _wrong_turns(turns: Sequence[Mapping[str, str]]) -> str | None:
    if not turns or any(set(turn) != {"role", "content"} or not turn["content"].strip() for turn in turns):
        return "messages: each has a role and content"
    if [turn["role"] for turn in turns][:2] != ["system", "user"] or turns[-1]["role"] != "user":
        return "messages: the roles do not alternate"
    return None


def _loose(schema: Mapping[str, Any]) -> str | None:
    """Return where a schema is not of the strict kind."""
    if "anyOf" in schema:
        return next(filter(None, map(_loose, schema["anyOf"])), None)
    if schema["type"] == "array":
        return _loose(schema["items"])
    if schema["type"] == "object":
        if schema.get("additionalProperties") is not False or set(schema["required"]) != set(schema["properties"]):
            return "additionalProperties is to be false, and all properties required"
        return next(filter(None, map(_loose, schema["properties"].values())), None)
    return None if set(schema) <= {"type", "enum"} else f"keywords that are not permitted: {set(schema)}"


def lines_of(body: Mapping[str, Any]) -> list[tuple[int, str | None, str]]:
    """Return the transcript's lines as a model is shown them: number, speaker, text."""
    shown = body["messages"][1]["content"]
    data = shown.split("<transcript>\n", 1)[1].rsplit("\n</transcript>", 1)[0]
    return [(number, who, text) for number, who, text in map(json.loads, data.split("\n"))]


def asked_about(body: Mapping[str, Any]) -> tuple[int, int]:
    """Return the first and the last line that the model is to conclude from."""
    found = re.search(r"Conclude from the lines (\d+) to (\d+)", body["messages"][1]["content"])
    assert found is not None
    return int(found[1]), int(found[2])


def is_repair(body: Mapping[str, Any]) -> bool:
    """Tell whether the model is asked again."""
    return len(body["messages"]) > 2


NOTHING: dict[str, list[Any]] = {
    "items": [],
    "decisions": [],
    "questions": [],
    "topics": [],
    "chapters": [],
    "summary": [],
}


@contextmanager
def chat_server(answer: Callable[[Mapping[str, Any]], Raw]) -> Iterator[ChatServer]:
    """Run a server that answers valid requests so."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            raw = server.respond(self.path, headers, content)
            stopping.wait(raw.after)
            try:
                self.send_response(raw.status)
                for name, value in raw.headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("content-length", str(len(raw.body)))
                self.end_headers()
                self.wfile.write(raw.body)
            except OSError:
                self.close_connection = True  # whoever asked has given up

        def log_message(self, *_: Any) -> None:
            """A test's output is its own."""

    stopping = threading.Event()
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = ChatServer(f"http://127.0.0.1:{listening.server_port}/v1", answer)
    serving = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    serving.start()
    try:
        yield server
    finally:
        stopping.set()
        listening.shutdown()
        serving.join()
        listening.server_close()
