import io
import json
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message as Mail
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.operations import RECOGNISE
from bot.engine.pcm import RATE
from bot.engine.speech import hearing, remote
from bot.engine.speech.answers import NotReadable, read_answer
from bot.engine.speech.hearing import Sound, hear
from bot.engine.speech.remote import RemoteEars
from bot.engine.speech.shelf import Shelf
from bot.engine.speech.transcript import SpeechOptions
from bot.errors import Failed
from tests.engine.loopback import reply, serving
from tests.engine.serving import ended, engine_in, read
from tests.engine.sounds import DATA

KEY = "sk-very-secret"
SOUND = np.zeros(3 * RATE, np.float32)
HEARD = {
    "task": "transcribe",
    "language": "english",
    "duration": 3.0,
    "text": " Good morning. I will call Anna.",
    "segments": [
        {"start": 0.0, "end": 1.0, "text": " Good morning.", "avg_logprob": -0.2, "no_speech_prob": 0.01},
        {"start": 1.2, "end": 3.0, "text": " I will call Anna.", "avg_logprob": -0.3, "no_speech_prob": 0.01},
    ],
    "words": [
        {"word": "Good", "start": 0.1, "end": 0.4},
        {"word": "morning", "start": 0.4, "end": 0.9},
        {"word": "I", "start": 1.3, "end": 1.4},
        {"word": "will", "start": 1.4, "end": 1.7},
        {"word": "call", "start": 1.7, "end": 2.1},
        {"word": "Anna", "start": 2.2, "end": 2.8},
    ],
}


@dataclass
class Server:
    """A transcription server that takes nothing but what OpenAI's documentation allows.

    Attributes:
        answers: What it says to each request, status and body (and headers), the last one for good.
        asked: The fields of each request that it took.
        forms: The response formats that its model knows.
        seconds: Length of each recording that came.
    """

    answers: list[tuple[int, Any, dict[str, str]]] = field(default_factory=lambda: [(200, HEARD, {})])
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    forms: tuple[str, ...] = ("verbose_json", "json")
    words: bool = True
    seconds: list[float] = field(default_factory=list)

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"]))
        assert request.path == "/v1/audio/transcriptions"
        assert len(body) < 25_000_000
        if request.headers["Authorization"] != f"Bearer {KEY}":
            reply(request, 401, b'{"error": {"message": "Incorrect API key provided: sk-very-secret"}}')
            return
        fields, recording = _form(request.headers["Content-Type"], body)
        assert fields["model"] == ["whisper-1"]
        if fields["response_format"][0] not in self.forms or ("timestamp_granularities[]" in fields and not self.words):
            reply(request, 400, b'{"error": {"message": "response_format is not compatible with this model"}}')
            return
        with wave.open(io.BytesIO(recording)) as sound:
            assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, RATE)
            self.seconds.append(sound.getnframes() / RATE)
        self.asked.append(fields)
        status, said, headers = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        reply(request, status, said if isinstance(said, bytes) else json.dumps(said).encode(), **headers)


def _form(kind: str, body: bytes) -> tuple[dict[str, list[str]], bytes]:
    """Read a multipart form: its fields, and the one file in it."""
    mail = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    fields: dict[str, list[str]] = {}
    file = b""
    for part in mail.get_payload():
        assert isinstance(part, Mail)
        name = str(part.get_param("name", header="content-disposition"))
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        if part.get_filename():
            assert (name, part.get_content_type()) == ("file", "audio/wav")
            file = content
        else:
            fields.setdefault(name, []).append(content.decode())
    return fields, file


@contextmanager
def ears_of(server: Server, monkeypatch: pytest.MonkeyPatch, key: str = KEY) -> Iterator[RemoteEars]:
    monkeypatch.setattr(remote, "FIRST_WAIT_SECONDS", 0.01)
    with serving(server.answer) as address:
        ears = RemoteEars(f"{address}/v1/", key, "whisper-1")
        try:
            yield ears
        finally:
            ears.close()


def nobody_asks(_: float) -> None:
    """Take no notice of progress."""


def test_what_a_server_hears_has_the_words_as_they_are_written_and_their_times(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server()
    with ears_of(server, monkeypatch) as ears:
        heard = ears.recognise(SOUND, SpeechOptions("en", ("Kowalczyk", "Zephyrion")), nobody_asks)
    assert server.asked == [
        {
            "model": ["whisper-1"],
            "temperature": ["0"],
            "language": ["en"],
            "prompt": ["Kowalczyk, Zephyrion"],
            "response_format": ["verbose_json"],
            "timestamp_granularities[]": ["word", "segment"],
        }
    ]
    assert server.seconds == [3]
    assert [one.text for one in heard.utterances] == ["Good morning.", "I will call Anna."]
    words = [(word.text, word.start, word.end) for one in heard.utterances for word in one.words]
    assert words[:2] == [("Good", 0.1, 0.4), ("morning.", 0.4, 0.9)]
    assert words[-1] == ("Anna.", 2.2, 2.8)
    assert heard.language == "en"
    assert heard.utterances[0].words[0].score == pytest.approx(0.82, abs=0.01)


def test_a_server_that_knows_less_is_asked_for_less_and_not_again(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server(answers=[(200, {"text": "Good morning, Anna."}, {})], forms=("json",))
    with ears_of(server, monkeypatch) as ears:
        for _ in range(2):
            heard = ears.recognise(SOUND, SpeechOptions(), nobody_asks)
    assert [asked["response_format"] for asked in server.asked] == [["json"]] * 2
    (one,) = heard.utterances
    assert (one.start, one.end, one.text) == (0, 3, "Good morning, Anna.")
    assert [word.text for word in one.words] == ["Good", "morning,", "Anna."]


def test_a_server_without_word_times_gives_those_of_its_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server(answers=[(200, {**HEARD, "words": None}, {})], words=False)
    with ears_of(server, monkeypatch) as ears:
        heard = ears.recognise(SOUND, SpeechOptions(), nobody_asks)
    assert [(one.words[0].start, one.words[-1].end) for one in heard.utterances] == [(0, 1), (1.2, 3)]


def test_a_server_that_is_busy_is_asked_again_when_it_wants_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("bot.engine.speech.remote.time.sleep", slept.append)
    busy = (429, {"error": {"message": "slow down"}}, {"Retry_After": "7"})
    server = Server(answers=[busy, (503, b"", {}), (200, HEARD, {})])
    told: list[float] = []
    with ears_of(server, monkeypatch) as ears:
        assert ears.recognise(SOUND, SpeechOptions(), told.append).utterances
    assert slept == [7, 0.02]
    assert told == [0, 0, 1]  # whoever watches sees that it lives


def test_a_server_that_has_answered_before_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "PATIENCE_SECONDS", 0.0)
    server = Server(answers=[(200, HEARD, {}), (503, b"", {}), (503, b"", {}), (200, HEARD, {})])
    with ears_of(server, monkeypatch) as ears:
        for _ in range(2):
            assert ears.recognise(SOUND, SpeechOptions(), nobody_asks).utterances


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ((500, b"", {}), "The speech server 127.0.0.1 could not be asked: it answered 500."),
        ((404, b"", {}), "SPEECH_REMOTE_MODEL"),
        ((413, {"error": {"message": "Too\nlarge."}}, {}), "refused a part of the recording (413): Too large."),
        ((429, {"error": {"code": "insufficient_quota", "message": "x"}}, {}), "has no quota left"),
        ((200, b"<html>", {}), "cannot be read: it is no JSON"),
        ((200, {"message": "hello"}, {}), "cannot be read: it has no text"),
    ],
)
def test_what_goes_wrong_is_said_in_a_sentence(
    answer: tuple[int, Any, dict[str, str]], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "PATIENCE_SECONDS", 0.02)
    with ears_of(Server(answers=[answer]), monkeypatch) as ears, pytest.raises(Failed) as failed:
        ears.recognise(SOUND, SpeechOptions(), nobody_asks)
    assert sentence in str(failed.value)


def test_a_server_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "PATIENCE_SECONDS", 0.0)
    with pytest.raises(Failed, match=r"The speech server 127\.0\.0\.1 could not be asked"):
        RemoteEars("http://127.0.0.1:1/v1", KEY, "whisper-1").recognise(SOUND, SpeechOptions(), nobody_asks)


def test_the_key_is_never_shown(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    with ears_of(Server(), monkeypatch, key="sk-other-secret") as ears:
        with pytest.raises(Failed, match="refused the key") as failed:
            ears.recognise(SOUND, SpeechOptions(), nobody_asks)
        assert "secret" not in f"{failed.value}{failed.value.__cause__}{vars(ears)['_url']}{caplog.text}"


def test_a_recording_is_sent_part_by_part_and_silence_is_not_sent(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(hearing, "PART_SECONDS", 4.0)
    pcm = tmp_path / "sound.pcm"
    pcm.write_bytes(bytes(20 * RATE * 2))
    likely = np.zeros(20 * RATE // 512 + 1, np.float32)
    likely[31:125] = likely[400:500] = 1.0  # somebody speaks from 1 to 4 s, and from 12.8 to 16 s
    shelf = Shelf(tmp_path / "job")
    shelf.samples("voice1", lambda: likely)
    server = Server()
    with ears_of(server, monkeypatch) as ears:
        heard = list(hear(Sound.of([pcm], shelf), ears, SpeechOptions(), nobody_asks))
    assert server.seconds == [pytest.approx(3.8, abs=0.1), pytest.approx(4, abs=0.1)]
    # the language that was heard first is said from then on
    assert [asked.get("language") for asked in server.asked] == [None, ["en"]]
    assert [part.language for part in heard] == ["en", "en"]
    assert heard[1].sentences[0].utterance.start == pytest.approx(12.5, abs=0.1)


async def test_an_engine_has_its_recordings_heard_elsewhere(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    server = Server()
    with serving(server.answer) as address:
        elsewhere = {"speech_url": f"{address}/v1", "speech_key": KEY, "recognise": RECOGNISE}
        async with engine_in(tmp_path, **elsewhere) as api:
            recording = (DATA / "two_people.ogg").read_bytes()
            answer = await api.post("/v1/process/audio", params={"customVocabulary": "Kowalczyk"}, content=recording)
            job = await ended(api, answer.json()["jobId"])
            said = await read(api, answer.json()["conversationId"], "messages")
    assert job["status"] == "completed"
    assert [message["text"] for message in said["messages"]] == ["Good morning.", "I will call Anna."]
    assert server.asked[0]["prompt"] == ["Kowalczyk"]
    assert KEY not in "".join(capfd.readouterr())
    assert KEY.encode() not in (tmp_path / "engine.db").read_bytes()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=6,
)
TIMES = st.floats() | st.integers(-5, 400) | JSON
WORD = st.fixed_dictionaries(
    {"word": st.sampled_from(["so", "So", "I", "", "—", "ß"]) | JSON},
    optional={"start": TIMES, "end": TIMES, "probability": TIMES},
)
SEGMENT = st.fixed_dictionaries(
    {"text": st.sampled_from(["so I", "So. so", " ", "Ich so ß"])},
    optional={
        "start": TIMES,
        "end": TIMES,
        "words": st.lists(WORD, max_size=4),
        "avg_logprob": TIMES,
        "no_speech_prob": TIMES,
    },
)


@settings(deadline=None)
@given(
    st.fixed_dictionaries(
        {"text": st.sampled_from(["so I", ""]) | JSON},
        optional={
            "segments": st.lists(SEGMENT | JSON, max_size=4) | JSON,
            "words": st.lists(WORD | JSON, max_size=9) | JSON,
            "language": JSON,
        },
    )
)
def test_whatever_a_server_answers_is_read_or_refused(answer: dict[str, Any]) -> None:
    try:
        heard = read_answer(json.dumps(answer).encode(), 30.0)
    except NotReadable:
        return
    for one in heard.utterances:
        assert one.text
        assert "".join(word.text for word in one.words) == "".join(one.text.split())
        for word in one.words:
            assert 0 <= word.start <= word.end <= 30
            assert word.score is None or 0 <= word.score <= 1
