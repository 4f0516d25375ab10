"""How likely a sentence gives somebody work, by how much it is like examples that people judged.

Kernel logistic regression: each example pulls towards work or away from it, the more the nearer it is in what is said,
in how it is put and in signals. What they say is weighed against the score of the signals. `bench/train_items.py` makes
the file of examples; `docs/models.md` says what is in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.engine.insights.meaning import HALF, Meaning

FILE: Final = Path(__file__).parent / "minilm" / "examples.npz"

SCALE: Final = 0.2
"""One signal more or less is as far as this, beside meanings of length 1."""

SHARE: Final = 0.7
"""What is said and how it is put count the same, together as much as a meaning of length 1."""

WIDTH: Final = 0.4
"""How fast likeness fades with the square of the distance."""

TRUST: Final = 1.2
"""So far, in log odds, the examples can take from what the signals say: plain words are work, like others or not."""

_MOST: Final = 6.0
"""Log odds beyond this say nothing more."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Examples:
    """What was judged, and what to make of it.

    Attributes:
        names: The signals, in the order of the features.
        usual: How sentences are mostly put, and how much that varies, by number.
        places: Each example as `features` tells it.
        pulls: How much each speaks for work.
        level: What is added to their sum.
        mixing: The weights of what they say and of the signals' own log odds, and what is added.
    """

    names: tuple[str, ...]
    usual: tuple[Numbers, Numbers]
    places: Numbers
    pulls: Numbers
    level: float
    mixing: tuple[float, float, float]

    def likelihoods(self, meanings: Meaning, found: Sequence[Mapping[str, float]], scores: Sequence[float]) -> Numbers:
        """Return how likely each of some sentences gives somebody work, from 0 to 1.

        Args:
            meanings: Of the sentences, one a row.
            found: The signals of each.
            scores: What the signals alone say of each, above 0 and below 1.
        """
        if not found:
            return np.empty(0)
        alike = self.opinions(features(direction(meanings, self.usual), found, scores, self.names))
        return mixed(alike, scores, self.mixing)

    def opinions(self, rows: Numbers) -> Numbers:
        """Return what the examples say of sentences, in log odds."""
        return np.asarray(kernel(rows, self.places) @ self.pulls + self.level)


def direction(meanings: Meaning, usual: tuple[Numbers, Numbers]) -> Numbers:
    """Return meanings with how it is put told as what is unusual about it, of length 1 like what is said."""
    put = (meanings[:, HALF:] - usual[0]) / usual[1]
    return np.hstack([meanings[:, :HALF], put / np.linalg.norm(put, axis=1, keepdims=True)]).astype(np.float64)


def features(
    directions: Numbers, found: Sequence[Mapping[str, float]], scores: Sequence[float], names: Sequence[str]
) -> Numbers:
    """Return where sentences are: their meaning, their signals, and what the signals alone say; one a row."""
    flags = np.array([[signals.get(name, 0.0) for name in names] for signals in found]).reshape(len(found), len(names))
    return laid_out(directions, flags, np.asarray(scores, np.float64))


def laid_out(directions: Numbers, flags: Numbers, scores: Numbers) -> Numbers:
    """Return features of their parts, each weighed by what it counts."""
    return np.hstack([SHARE * directions, SCALE * flags, SCALE * scores[:, None]])


def kernel(one: Numbers, other: Numbers) -> Numbers:
    """Return how like each other the rows of two sets are, from 0 to 1."""
    apart = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1)[None] - 2 * one @ other.T
    return np.asarray(np.exp(-WIDTH * np.maximum(apart, 0.0)))


def mixed(alike: Numbers, scores: Sequence[float], mixing: tuple[float, float, float]) -> Numbers:
    """Return the likelihood of what the examples say, in log odds, and what the signals say: never far below these."""
    theirs = log_odds(scores)
    told = np.maximum(mixing[0] * alike + mixing[1] * theirs + mixing[2], theirs - TRUST)
    return np.asarray(1 / (1 + np.exp(-told)))


def log_odds(scores: Sequence[float]) -> Numbers:
    """Return probabilities as log odds, within bounds."""
    chance = np.clip(np.asarray(scores, np.float64), 1e-6, 1 - 1e-6)
    return np.clip(np.log(chance / (1 - chance)), -_MOST, _MOST)


@cache
def examples() -> Examples:
    """Return the examples that ship with the engine, read once in a process."""
    with np.load(FILE, allow_pickle=False) as kept:
        return Examples(
            tuple(str(name) for name in kept["names"]),
            (kept["usual"].astype(np.float64), kept["varies"].astype(np.float64)),
            laid_out(
                kept["directions"] * float(kept["unit"]),
                kept["flags"].astype(np.float64),
                kept["scores"].astype(np.float64),
            ),
            kept["pulls"].astype(np.float64),
            float(kept["level"]),
            (float(kept["mixing"][0]), float(kept["mixing"][1]), float(kept["mixing"][2])),
        )
