"""How well voices are told apart: the diarization error rate, and whether they were counted right.

The rate is the time that was given to nobody, to somebody too many, or to the wrong one, in parts of the time that
people speak; two who speak at once count twice. Voices have no names, so each is taken for the speaker it fits best,
one to one, over the whole recording.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.evaluation.matching import best_pairs

RTTM_FIELDS = 8
"""`SPEAKER file channel start duration <NA> <NA> name`, and what may follow."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A stretch in which somebody speaks, in seconds."""

    start: float
    end: float
    speaker: str


@dataclass(frozen=True, slots=True)
class DiarizationError:
    """Seconds of speech, and of each kind of error; added up over recordings with `+`.

    Attributes:
        spoken: Speech, twice where two speak.
        missed: Given to nobody.
        invented: Given to a voice where nobody (else) speaks.
        confused: Given to somebody else.
    """

    spoken: float = 0.0
    missed: float = 0.0
    invented: float = 0.0
    confused: float = 0.0

    @property
    def rate(self) -> float:
        """The diarization error rate: 0 is perfect, and above 1 is possible."""
        wrong = self.missed + self.invented + self.confused
        if not self.spoken:
            return 1.0 if wrong else 0.0
        return wrong / self.spoken

    def __add__(self, other: "DiarizationError") -> "DiarizationError":
        return DiarizationError(
            self.spoken + other.spoken,
            self.missed + other.missed,
            self.invented + other.invented,
            self.confused + other.confused,
        )


def read_rttm(text: str) -> dict[str, tuple[Spoken, ...]]:
    """Return who speaks when in each recording that an RTTM file describes.

    Raises:
        ValueError: A `SPEAKER` line is none; the message has its number.
    """
    found: dict[str, list[Spoken]] = defaultdict(list)
    for number, line in enumerate(text.splitlines(), 1):
        fields = line.split()
        if not fields or fields[0] != "SPEAKER":
            continue
        try:
            start, duration = float(fields[3]), float(fields[4])
            name = fields[RTTM_FIELDS - 1]
        except (IndexError, ValueError):
            raise ValueError(f"line {number} is no RTTM: {line}") from None
        found[fields[1]].append(Spoken(start, start + duration, name))
    return {recording: tuple(spoken) for recording, spoken in found.items()}


def diarization_error(expected: Sequence[Spoken], found: Sequence[Spoken], *, collar: float = 0.0) -> DiarizationError:
    """Compare who was found to speak when with who did.

    Args:
        expected: The truth.
        found: What is measured; its speakers' names mean nothing.
        collar: Seconds on either side of each true start and end that are not looked at: 0.25 is customary for
            references cut by hand, 0 is strict.
    """
    times, inside = _pieces(expected, found, collar)
    lengths = np.diff(times) * inside
    truth, guess = _activity(expected, times), _activity(found, times)
    how_many, how_many_found = truth.sum(0), guess.sum(0)
    shared = (truth * lengths) @ guess.T
    matched = sum(shared[pair] for pair in best_pairs(shared.tolist()))
    both = float((np.minimum(how_many, how_many_found) * lengths).sum())
    return DiarizationError(
        spoken=float((how_many * lengths).sum()),
        missed=float((np.maximum(how_many - how_many_found, 0) * lengths).sum()),
        invented=float((np.maximum(how_many_found - how_many, 0) * lengths).sum()),
        confused=max(0.0, both - float(matched)),
    )


def speaker_count(spoken: Iterable[Spoken]) -> int:
    """Return how many different speakers there are."""
    return len({each.speaker for each in spoken})


def _pieces(
    expected: Sequence[Spoken], found: Sequence[Spoken], collar: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the times between which nothing changes, and which of the pieces between them are looked at."""
    edges = {time for each in expected for time in (each.start, each.end)}
    hidden = [(edge - collar, edge + collar) for edge in edges] if collar else []
    times = {time for each in found for time in (each.start, each.end)} | edges | {t for pair in hidden for t in pair}
    ordered = np.array(sorted(times) or [0.0])
    middles = ordered[:-1] + np.diff(ordered) / 2
    inside = np.ones(len(middles), bool)
    for start, end in hidden:
        inside &= (middles < start) | (middles > end)
    return ordered, inside


def _activity(spoken: Sequence[Spoken], times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return one row a speaker: 1 in each piece in which they speak."""
    speakers = {name: row for row, name in enumerate(sorted({each.speaker for each in spoken}))}
    active = np.zeros((len(speakers), max(0, len(times) - 1)))
    for each in spoken:
        active[speakers[each.speaker], np.searchsorted(times, each.start) : np.searchsorted(times, each.end)] = 1
    return active
