"""Cuts a recording's speech into pieces that fit in memory, at silences, and finds the way back to its times."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from bot.engine.pcm import RATE
from bot.engine.speech.voice import WINDOW, Samples, Span


@dataclass(frozen=True, slots=True)
class Chunk:
    """Spans of speech that are recognised together, with the silence between them left out."""

    spans: tuple[Span, ...]

    @property
    def seconds(self) -> float:
        """Length of its speech."""
        return sum(map(len, self.spans)) / RATE

    def in_recording(self, start: float, end: float) -> tuple[float, float]:
        """Return a stretch's times in the recording, from its times in the chunk's speech.

        A word that seems to reach over a silence that was left out stays on the side where most of it is.
        """
        ends = list(accumulate(map(len, self.spans)))
        index = min(bisect_right(ends, (start + end) / 2 * RATE), len(self.spans) - 1)
        span = self.spans[index]
        shift = span.start - (ends[index] - len(span))
        first, last = span.start / RATE, span.end / RATE
        return _within(start + shift / RATE, first, last), _within(end + shift / RATE, first, last)


def chunks(spans: Sequence[Span], likely: Samples, most_seconds: float) -> tuple[Chunk, ...]:
    """Pack spans into chunks of at most `most_seconds` of speech; a longer span is cut where speech is least likely."""
    most = int(most_seconds * RATE)
    packed: list[Chunk] = []
    held: list[Span] = []
    for span in spans:
        for piece in _pieces(span, likely, most):
            if held and sum(map(len, held)) + len(piece) > most:
                packed.append(Chunk(tuple(held)))
                held = []
            held.append(piece)
    if held:
        packed.append(Chunk(tuple(held)))
    return tuple(packed)


def _within(time: float, first: float, last: float) -> float:
    return min(max(time, first), last)


def _pieces(span: Span, likely: Samples, most: int) -> list[Span]:
    pieces = []
    while len(span) > most:
        # Look for the quietest place in the last half: pieces never get shorter than that.
        first, last = (span.start + most // 2) // WINDOW, (span.start + most) // WINDOW
        cut = (first + int(np.argmin(_smooth(likely[first:last])))) * WINDOW
        pieces.append(Span(span.start, cut))
        span = Span(cut, span.end)
    return [*pieces, span]


def _smooth(likely: Samples) -> Samples:
    """Average over about a third of a second, so that a pause wins over the gap inside a word."""
    return np.convolve(np.pad(likely, 4, mode="edge"), np.ones(9), mode="valid").astype(np.float32)
