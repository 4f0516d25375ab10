"""Cuts a recording's speech into pieces that fit in memory, at silences, and finds the way back to its times."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from bot.engine.pcm import RATE
from bot.engine.records import Utterance
from bot.engine.speech.voice import WINDOW, Samples, Span, spans

# A pause that is longer wins over a shorter one, up to about a second.
PAUSE_WINDOWS = 31


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

    def placed(self, utterance: Utterance) -> Utterance:
        """Return what was heard in the chunk's speech with its times in the recording."""
        words = tuple(
            replace(word, start=start, end=end)
            for word in utterance.words
            for start, end in (self.in_recording(word.start, word.end),)
        )
        start, end = (words[0].start, words[-1].end) if words else self.in_recording(utterance.start, utterance.end)
        return replace(utterance, start=start, end=end, words=words)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a recording that is heard in one go, in all its channels.

    Attributes:
        start: The first sample of it.
        end: The first sample after it.
        chunks: The speech in it, by channel; a channel that is silent has a chunk without spans.
    """

    start: int
    end: int
    chunks: tuple[Chunk, ...]


def parts(likely: Sequence[Samples], samples: int, most_seconds: float, begin: int = 0) -> tuple[Part, ...]:
    """Cut what is left of a recording into parts, where nobody speaks in any channel.

    Args:
        likely: How likely speech is in each window, by channel.
        samples: How long the recording is.
        most_seconds: The most speech in a part; one that goes on without a silence is cut at its longest pause.
        begin: Where to begin, in samples: the end of an earlier part gives the parts that would have followed it.
    """
    loudest = np.maximum.reduce(list(likely))
    together = chunks(_clipped(spans(loudest, samples), begin, samples), loudest, most_seconds)
    own = [spans(each, samples) for each in likely]
    cut: list[Part] = []
    for chunk in together:
        end = chunk.spans[-1].end
        cut.append(Part(begin, end, tuple(Chunk(_clipped(each, begin, end)) for each in own)))
        begin = end
    return tuple(cut)


def chunks(speech: Sequence[Span], likely: Samples, most_seconds: float) -> tuple[Chunk, ...]:
    """Pack spans into chunks of at most `most_seconds` of speech; a longer span is cut where speech is least likely."""
    most = int(most_seconds * RATE)
    packed: list[Chunk] = []
    held: list[Span] = []
    for span in speech:
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


def _clipped(speech: Sequence[Span], begin: int, end: int) -> tuple[Span, ...]:
    clipped = (Span(max(span.start, begin), min(span.end, end)) for span in speech)
    return tuple(span for span in clipped if span.start < span.end)


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
    """Average over about a second, so that the end of a sentence wins over the gap inside one."""
    half = PAUSE_WINDOWS // 2
    padded = np.pad(likely, half, mode="edge")
    return np.convolve(padded, np.full(PAUSE_WINDOWS, 1 / PAUSE_WINDOWS), mode="valid").astype(np.float32)
