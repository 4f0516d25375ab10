"""Voice activity: where in a recording somebody speaks, by the Silero model that faster-whisper brings."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from faster_whisper.vad import get_vad_model
from numpy.typing import NDArray

from bot.engine.pcm import RATE, SAMPLE_BYTES

Samples = NDArray[np.float32]

# What the model was trained with: windows of 32 ms, each preceded by the last 4 ms of the one before.
WINDOW = 512
CONTEXT = 64
STATE = (1, 1, 128)
# A minute at once: 4 MB of samples, however long the recording is.
BLOCK_WINDOWS = 60 * RATE // WINDOW


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a recording, in samples; `end` is the first one after it."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class VoiceRules:
    """How probabilities become spans of speech.

    With Silero's own 0.5 and 0.35, a tenth of the speech in far-field meeting clips was lost, with these 7 %; neither
    takes noise, hum, typing or music without singing for speech.

    Attributes:
        begin: Speech begins with a window at least this likely.
        stop: A window less likely than this is silence.
        silence: Seconds of silence that end a span.
        least: Spans shorter than this many seconds are clicks.
        pad: Seconds to keep before and after a span.
    """

    begin: float = 0.35
    stop: float = 0.2
    silence: float = 2.0
    least: float = 0.2
    pad: float = 0.4


class VoiceDetector:
    """The loaded model."""

    def __init__(self) -> None:
        self._session = get_vad_model().session  # one thread, and no arena that would keep the largest block's memory

    def likelihoods(self, pcm: Path) -> Samples:
        """Return how likely speech is in each window of the file: four bytes for each 32 ms."""
        cell = hidden = np.zeros(STATE, np.float32)
        tail = np.zeros(CONTEXT, np.float32)
        found: list[Samples] = []
        with pcm.open("rb") as file:
            for block in blocks(file):
                windows = block.reshape(-1, WINDOW)
                before = np.vstack([tail, windows[:-1, -CONTEXT:]])
                feed = {"input": np.hstack([before, windows]), "h": hidden, "c": cell}
                likely, hidden, cell = self._session.run(None, feed)
                found.append(likely.reshape(-1))
                tail = windows[-1, -CONTEXT:]
        return np.concatenate(found) if found else np.zeros(0, np.float32)


def blocks(file: BinaryIO) -> Iterator[Samples]:
    """Yield a file of raw PCM minute by minute, in whole windows: the last one is filled up with silence."""
    while data := file.read(BLOCK_WINDOWS * WINDOW * SAMPLE_BYTES):
        samples = to_float(data)
        yield np.pad(samples, (0, -len(samples) % WINDOW))


def to_float(data: bytes) -> Samples:
    """Return raw PCM as samples between -1 and 1; an odd last byte is left out."""
    whole = len(data) - len(data) % SAMPLE_BYTES
    return np.frombuffer(data[:whole], dtype="<i2").astype(np.float32) / np.float32(32768)


def spans(likely: Samples, samples: int, rules: VoiceRules | None = None) -> tuple[Span, ...]:
    """Return the stretches of speech in a recording of so many samples, in order, never touching."""
    rules = rules or VoiceRules()
    least = rules.least * RATE
    raw = (span for span in _raw_spans(likely, rules) if len(span) >= least)
    pad = int(rules.pad * RATE)
    padded: list[Span] = []
    for span in raw:
        start, end = max(0, span.start - pad), min(samples, span.end + pad)
        if padded and start <= padded[-1].end:
            start = padded.pop().start
        padded.append(Span(start, end))
    return tuple(padded)


def _raw_spans(likely: Samples, rules: VoiceRules) -> Iterator[Span]:
    patience = int(rules.silence * RATE / WINDOW)
    start: int | None = None
    quiet_since: int | None = None
    for index, value in enumerate(likely.tolist()):
        if start is None:
            if value >= rules.begin:
                start = index
            continue
        if value >= rules.begin:
            quiet_since = None
        elif value < rules.stop and quiet_since is None:
            quiet_since = index
        if quiet_since is not None and index - quiet_since >= patience:
            yield Span(start * WINDOW, quiet_since * WINDOW)
            start = quiet_since = None
    if start is not None:
        yield Span(start * WINDOW, (len(likely) if quiet_since is None else quiet_since) * WINDOW)
