"""Speech recognition by a server that speaks OpenAI's transcription protocol, chunk by chunk."""

import io
import time
import wave
from collections.abc import Iterable
from typing import Any

import httpx
import numpy as np

from bot.engine.pcm import RATE, SAMPLE_BYTES
from bot.engine.speech.answers import NotReadable, read_answer
from bot.engine.speech.languages import whisper_code
from bot.engine.speech.transcript import SURE, OnProgress, Recognised, SpeechOptions
from bot.engine.speech.voice import Samples
from bot.errors import Failed

PATH = "/audio/transcriptions"

# A chunk of two minutes is 4 MB as WAV: far below the 25 MB that such servers take.
TIMEOUT = httpx.Timeout(300.0, connect=15.0)
LONGEST_ANSWER = 16_000_000

PATIENCE_SECONDS = 120.0
PROVEN_PATIENCE_SECONDS = 3600.0
"""How long a server that is overloaded or away is asked again for a chunk; the second one after it has answered once:
then it is known to be there, and what it has heard so far is worth an hour."""

FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0

# What is asked for, from most to least: not every server knows word times, and some models give nothing but text.
FORMS: tuple[dict[str, Any], ...] = (
    {"response_format": "verbose_json", "timestamp_granularities[]": ["word", "segment"]},
    {"response_format": "verbose_json"},
    {"response_format": "json"},
)
# The prompt of Whisper holds 224 tokens; of a longer one only the end would count.
LONGEST_PROMPT = 600
SHOWN = 200


class RemoteEars:
    """A server that recognises speech.

    Args:
        url: Its address, as `https://api.openai.com/v1`.
        key: What it asks for; never shown and never logged.
        model: What it calls its model.

    Attributes:
        threads: How many threads may ask it at once.
    """

    def __init__(self, url: str, key: str, model: str) -> None:
        self._url = url.rstrip("/").removesuffix(PATH) + PATH
        self._host = httpx.URL(self._url).host
        self._model = model
        self.threads = 1  # it remembers of each answer what the next one need not be asked
        self._form = 0
        self._proven = False
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(headers=headers, timeout=TIMEOUT)

    def known(self, language: str | None) -> str | None:
        """Return the code for a language that the caller gave."""
        return whisper_code(language) if language else None

    def listen(self, _places: Iterable[Samples], _sure: float = SURE) -> None:
        """Leave the language to the server, which tells it with the first chunk."""

    def recognise(self, sound: Samples, options: SpeechOptions, on_progress: OnProgress) -> Recognised:
        """Have a piece of speech recognised.

        Raises:
            Failed: The server cannot be used; the error says what to check.
        """
        data = {"model": self._model, "temperature": "0"}
        if options.language:
            data["language"] = options.language
        if options.vocabulary:
            data["prompt"] = ", ".join(options.vocabulary)[:LONGEST_PROMPT]
        answer = self._asked(_wav(sound), data, on_progress)
        on_progress(1.0)
        try:
            return read_answer(answer, len(sound) / RATE)
        except NotReadable as error:
            raise Failed(
                f"The speech server {self._host} gave an answer that cannot be read: {error}.",
                "Check that SPEECH_URL is an OpenAI-compatible transcription server.",
            ) from error

    def _asked(self, sound: bytes, data: dict[str, str], on_progress: OnProgress) -> bytes:
        """Return the body of the server's answer, asking for less where it does not know what is asked for."""
        while True:
            status, body = self._answered(sound, {**data, **FORMS[self._form]}, on_progress)
            if status == httpx.codes.OK:
                self._proven = True
                return body
            refused = status in {httpx.codes.BAD_REQUEST, httpx.codes.UNPROCESSABLE_ENTITY}
            if not refused or self._form == len(FORMS) - 1:
                raise self._failure(status, body)
            self._form += 1

    def _answered(self, sound: bytes, data: dict[str, Any], on_progress: OnProgress) -> tuple[int, bytes]:
        """Return the status and body of an answer that is final; what may pass is waited for."""
        until = time.monotonic() + (PROVEN_PATIENCE_SECONDS if self._proven else PATIENCE_SECONDS)
        wait = FIRST_WAIT_SECONDS
        while True:
            asked_to_wait = None
            try:
                status, body, asked_to_wait = self._post(sound, data)
                trouble = f"it answered {status}"
                if not _passes(status, body):
                    return status, body
            except httpx.TransportError as error:
                trouble = str(error) or type(error).__name__
            pause = min(asked_to_wait if asked_to_wait is not None else wait, LONGEST_WAIT_SECONDS)
            if time.monotonic() + pause > until:
                raise Failed(
                    f"The speech server {self._host} could not be asked: {trouble}.",
                    "Try again later, or ask the operator to check SPEECH_URL.",
                )
            on_progress(0.0)  # whoever watches knows that we live
            time.sleep(pause)
            wait *= 2

    def _post(self, sound: bytes, data: dict[str, Any]) -> tuple[int, bytes, float | None]:
        files = {"file": ("speech.wav", sound, "audio/wav")}
        with self._client.stream("POST", self._url, data=data, files=files) as answer:
            body = bytearray()
            for block in answer.iter_bytes():
                body += block
                if len(body) > LONGEST_ANSWER:
                    raise Failed(f"The speech server {self._host} gave an answer without end.")
            return answer.status_code, bytes(body), _seconds(answer.headers.get("retry-after"))

    def _failure(self, status: int, body: bytes) -> Failed:
        said = _message(body)
        if status in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
            return Failed(f"The speech server {self._host} refused the key.", "Ask the operator to check SPEECH_KEY.")
        if status == httpx.codes.NOT_FOUND:
            return Failed(
                f"The speech server {self._host} has no transcription at that address, or no such model.",
                "Ask the operator to check SPEECH_URL (it often ends in /v1) and SPEECH_REMOTE_MODEL.",
            )
        if status == httpx.codes.TOO_MANY_REQUESTS:
            return Failed(
                f"The speech server {self._host} has no quota left.", "Ask the operator to check its account."
            )
        return Failed(
            f"The speech server {self._host} refused a part of the recording ({status}){f': {said}' if said else ''}.",
            "Ask the operator to check SPEECH_URL and SPEECH_REMOTE_MODEL.",
        )

    def close(self) -> None:
        """Close the connection."""
        self._client.close()


def _passes(status: int, body: bytes) -> bool:
    """Tell whether an answer may be another one a while later; an empty account stays empty."""
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return b"insufficient_quota" not in body
    return status == httpx.codes.REQUEST_TIMEOUT or status >= httpx.codes.INTERNAL_SERVER_ERROR


def _seconds(text: str | None) -> float | None:
    """Return how long a server asks to wait; None when it does not say so in seconds."""
    try:
        seconds = float(text or "")
    except ValueError:
        return None
    return seconds if 0 <= seconds < float("inf") else None


def _message(body: bytes) -> str:
    """Return what a server says went wrong, as far as it can be shown."""
    try:
        error = httpx.Response(200, content=body).json()["error"]
        said = error["message"] if isinstance(error, dict) else error
    except (ValueError, KeyError, TypeError):
        return ""
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in str(said)).split())
    return shown[:SHOWN].rstrip(" .")


def _wav(sound: Samples) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(SAMPLE_BYTES)
        out.setframerate(RATE)
        out.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return file.getvalue()
