"""Which voiceprints are the same voice's.

A print is a voice plus noise, and the noise is the smaller the longer somebody spoke: two prints of one voice resemble
each other 0.6 after a second of speech, 0.74 after two, 0.83 after four and 0.90 after eight; prints of different
voices 0.35 to 0.55 whatever their length (measured on 18 voices of read speech, and alike on meetings). So clusters are
compared by the sums of their prints, each weighed by its seconds, and the resemblance is corrected for what noise is
left in them: that brings one voice to about 1, and strangers to about 0.6 at most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.engine.speakers.models import Floats
from bot.engine.speakers.voiceprints import Voiceprint

NOISE_SECONDS: Final = 0.8
"""A print's noise is as strong as its voice after so many seconds of speech."""
MOST_GAIN: Final = 1.6
"""A resemblance is corrected by this factor at most: beyond it, the noise says more than the print."""
REPEATED: Final = 0.5
"""Windows overlap, so of the seconds in a cluster of several prints only about half are new."""

SAME: Final = 0.75
"""Clusters that resemble each other less are different voices. From 0.7 to 0.8 the results hardly change."""
SURELY_SAME: Final = 0.85
"""Clusters that resemble each other this much are one voice although they seemed to speak with one another."""
TOGETHER: Final = 0.3
"""What clusters lose in resemblance when they are different speakers of the same windows."""

SEED_SECONDS: Final = 1.5
"""Shorter prints found no cluster while there are longer ones: they join what the others have formed."""
JOIN: Final = 0.65
"""A shorter print that resembles no voice this much may be a voice of its own."""
SOLO_SECONDS: Final = 0.5
LEAST_VOICE_SECONDS: Final = 1.0
LEAST_SHARE: Final = 0.01
ENOUGH_SECONDS: Final = 10.0
"""A voice has at least a second, and a hundredth of all speech or ten seconds, added up over overlapping windows."""

BLOCK: Final = 500
"""Prints that are compared all with all: a quarter of an hour. What they form is compared with what others formed."""
BLOCK_SAME: Final = 0.8
"""In a block, clusters form more cautiously: what is together stays together."""


@dataclass(frozen=True, slots=True)
class _Clusters:
    """Sets of prints.

    Attributes:
        sums: Of their prints, weighed by seconds; clusters by 192.
        seconds: Of speech.
        sizes: Prints.
        windows: How many of their prints are of each window; clusters by windows.
    """

    sums: NDArray[np.float64]
    seconds: NDArray[np.float64]
    sizes: NDArray[np.int64]
    windows: Floats

    def __len__(self) -> int:
        return len(self.seconds)

    def of(self, places: Sequence[int] | NDArray[np.intp]) -> "_Clusters":
        """Return some of these."""
        return _Clusters(self.sums[places], self.seconds[places], self.sizes[places], self.windows[places])

    @property
    def centres(self) -> NDArray[np.float64]:
        """What each sounds like, of length 1."""
        return _unit(self.sums)


def voices(prints: Sequence[Voiceprint], count: int | None = None) -> Floats:
    """Return what each voice sounds like, one row a voice, by how long they speak; none when nobody does.

    Args:
        prints: In order.
        count: How many voices there are, when that is known.
    """
    if not prints:
        return np.zeros((0, 0), np.float32)
    seconds = np.array([each.seconds for each in prints])
    width = max(each.window for each in prints) + 1
    seeds = np.flatnonzero(seconds >= SEED_SECONDS)
    if len(seeds) < (count or 1):
        seeds = np.sort(np.argsort(-seconds, kind="stable")[: count or 1])
    found = _formed([prints[int(place)] for place in seeds], width, count)
    if count is None or len(found) < count:
        short = [each for each in prints if SOLO_SECONDS <= each.seconds < SEED_SECONDS]
        found = _with_newcomers(found, short, width, count)
    if count is None:
        found = _without_tiny(found, float(seconds.sum()))
    return found.of(np.argsort(-found.seconds, kind="stable")).centres.astype(np.float32)


def _formed(prints: Sequence[Voiceprint], width: int, count: int | None) -> _Clusters:
    """Return the voices that long prints form."""
    blocks = [_singles(prints[begin : begin + BLOCK], width) for begin in range(0, len(prints), BLOCK)]
    if len(blocks) > 1:
        blocks = [_joined(block, BLOCK_SAME) for block in blocks]
    found = _joined(_beside(blocks), SAME, count)
    return found if count is not None else _joined(found, SURELY_SAME, together=0.0)


def _with_newcomers(found: _Clusters, short: Sequence[Voiceprint], width: int, count: int | None) -> _Clusters:
    """Add the voices of those who never speak for long, and resemble nobody who does."""
    if not short:
        return found
    vectors = np.stack([each.vector for each in short])
    gains = _gain(np.array([each.seconds for each in short]))
    strangers = np.flatnonzero((vectors @ found.centres.T).max(1) * gains < JOIN)
    if not len(strangers):
        return found
    formed = _joined(_singles([short[int(place)] for place in strangers[:BLOCK]], width), SAME)
    longest = np.argsort(-formed.seconds, kind="stable")
    new = longest[formed.seconds[longest] >= LEAST_VOICE_SECONDS]
    return _beside([found, formed.of(new if count is None else new[: count - len(found)])])


def _without_tiny(found: _Clusters, spoken: float) -> _Clusters:
    """Leave out what is too short to be a voice; at least one stays."""
    least = max(LEAST_VOICE_SECONDS, min(ENOUGH_SECONDS, spoken * LEAST_SHARE))
    kept = np.flatnonzero(found.seconds >= least)
    return found.of(kept if len(kept) else [int(found.seconds.argmax())])


def _singles(prints: Sequence[Voiceprint], width: int) -> _Clusters:
    """Return a cluster for each print, of a recording of so many windows."""
    vectors = np.stack([each.vector for each in prints]).astype(np.float64)
    seconds = np.array([max(each.seconds, 1e-3) for each in prints])
    windows = np.zeros((len(prints), width), np.float32)
    windows[np.arange(len(prints)), [each.window for each in prints]] = 1
    weighed = vectors * (seconds * _gain(seconds))[:, None]
    return _Clusters(weighed, seconds, np.ones(len(prints), np.int64), windows)


def _beside(parts: Sequence[_Clusters]) -> _Clusters:
    return _Clusters(
        np.concatenate([part.sums for part in parts]),
        np.concatenate([part.seconds for part in parts]),
        np.concatenate([part.sizes for part in parts]),
        np.concatenate([part.windows for part in parts]),
    )


def _joined(clusters: _Clusters, same: float, count: int | None = None, together: float = TOGETHER) -> _Clusters:
    """Join the most alike, again and again, until none are alike enough or `count` are left."""
    sums, seconds, sizes = clusters.sums.copy(), clusters.seconds.copy(), clusters.sizes.copy()
    windows = clusters.windows.copy()
    apart = windows @ windows.T
    left = np.ones(len(clusters), bool)

    def likeness(place: int) -> NDArray[np.float64]:
        gains = _gain(np.where(sizes > 1, seconds * REPEATED, seconds))
        cosines = _unit(sums) @ _unit(sums[place])
        row: NDArray[np.float64] = cosines * np.minimum(gains * gains[place], MOST_GAIN)
        row -= together * np.minimum(apart[place] / np.minimum(sizes, sizes[place]), 1)
        row[~left] = -np.inf
        row[place] = -np.inf
        return row

    alike = np.stack([likeness(place) for place in range(len(clusters))])
    while left.sum() > max(count or 1, 1):
        one, other = (int(place) for place in np.unravel_index(alike.argmax(), alike.shape))
        if count is None and alike[one, other] < same:
            break
        sums[one] += sums[other]
        seconds[one] += seconds[other]
        sizes[one] += sizes[other]
        apart[one] += apart[other]
        apart[:, one] = apart[one]
        windows[one] += windows[other]
        left[other] = False
        alike[other] = alike[:, other] = -np.inf
        alike[one] = alike[:, one] = likeness(one)
    return _Clusters(sums, seconds, sizes, windows).of(np.flatnonzero(left))


def _gain(seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much less a print resembles its voice than it would without noise."""
    return np.asarray(np.sqrt(1 + NOISE_SECONDS / np.maximum(seconds, 0.3)), np.float64)


def _unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float64)
