"""Which language model to ask, and how patiently."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

DEADLINE_SECONDS = 1800.0
"""An hour of talk is seven windows; a small model on a plain CPU needs a few minutes for each."""

REQUEST_SECONDS = 600.0
"""A small model on a plain CPU reads and answers a window in three to eight minutes."""

_ENDPOINT = "/chat/completions"


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A chat endpoint that speaks OpenAI's protocol: Ollama, llama.cpp, vLLM, or a hosted one.

    Attributes:
        url: Its base, as `http://localhost:11434/v1`.
        name: The model's name there.
        key: Sent as a bearer token; empty where none is wanted.
        output_language: Two letters: the language that it writes in; None for the meeting's own.
        request_seconds: How long one answer may take.
        deadline_seconds: How long all answers together may take.
        concurrency: How many requests are under way at once.
        window_words: How much of a meeting is read at a time, in words.
        pause_seconds: How long the first pause before another attempt is, unless the server says so itself.
    """

    url: str = field(repr=False)
    name: str
    key: str = field(default="", repr=False)
    output_language: str | None = None
    request_seconds: float = REQUEST_SECONDS
    deadline_seconds: float = DEADLINE_SECONDS
    concurrency: int = 2
    window_words: int = 1500
    pause_seconds: float = 1.0

    @property
    def endpoint(self) -> str:
        """Where requests go: the base may be written with or without `/v1` and `/chat/completions`."""
        parts = urlsplit(self.url)
        path = parts.path.rstrip("/").removesuffix(_ENDPOINT) or "/v1"
        return urlunsplit(parts._replace(path=path + _ENDPOINT, fragment=""))

    @property
    def host(self) -> str:
        """The server's name for people's eyes, without anything secret that its address may hold."""
        return urlsplit(self.url).netloc.rsplit("@", 1)[-1]
