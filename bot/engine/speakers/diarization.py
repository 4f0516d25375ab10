"""Who speaks when in a recording: its windows, the voices in them, and one line of turns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.engine.at_once import at_once
from bot.engine.pcm import SAMPLE_BYTES
from bot.engine.speakers.clustering import voices
from bot.engine.speakers.models import Floats, VoiceModels
from bot.engine.speakers.segmentation import FRAMES, Window, batches, frames_in, seconds_at, window_count, windows
from bot.engine.speakers.voiceprints import Voiceprint, voiceprints

ANYBODY: Final = 0.5
TWO_AT_ONCE: Final = 0.4
"""From which likelihood on somebody speaks, and two do."""

DECISIVE: Final = 0.08
"""When a print resembles its voice this much more than the next, it is that one's with 0.73; twice as much: 0.88."""
STRANGER: Final = 0.45
"""How much a print resembles a voice that it is not, where there is no other to compare with."""

LEAST_CONFIDENCE: Final = 0.7
MOST_VOICES: Final = 20
"""A recording with more voices, or less sure ones, is none in which voices can be told apart."""


@dataclass(frozen=True, slots=True)
class VoiceTurn:
    """A stretch in which one voice speaks: seconds from the recording's start, the voice from 0, and 0 to 1."""

    start: float
    end: float
    voice: int
    score: float


@dataclass(frozen=True, slots=True)
class Diarization:
    """Who speaks when.

    Attributes:
        turns: By their start; they overlap where people do. Voices are counted in the order of their first turn.
        voices: How many there are.
        confidence: How sure the turns' voices are, 0 to 1: the mean over what is spoken.
    """

    turns: tuple[VoiceTurn, ...]
    voices: int
    confidence: float

    @property
    def reliable(self) -> bool:
        """Whether voices were told apart well enough to say who said something."""
        return self.confidence >= LEAST_CONFIDENCE and self.voices <= MOST_VOICES


def diarize(
    pcm: Path,
    models: VoiceModels,
    *,
    count: int | None = None,
    on_progress: Callable[[float], None] = lambda _done: None,
    worth: Callable[[int, int], bool] = lambda _first, _end: True,
) -> Diarization:
    """Find out who speaks when in a file of raw PCM.

    Args:
        pcm: One channel.
        models: Loaded.
        count: How many voices there are, when that is known.
        on_progress: Told the fraction that is done, 0 to 1.
        worth: Says whether to listen to the samples from one place to another.
    """
    samples = pcm.stat().st_size // SAMPLE_BYTES
    heard: list[Window] = []
    prints: list[Voiceprint] = []
    works = (partial(_listened, pcm, batch, models) for batch in batches(samples, worth))
    for found in at_once(models.threads, works):
        for window, own in found:
            heard.append(window)
            prints.extend(own)
            on_progress((window.number + 1) / window_count(samples))
    return _assembled(heard, prints, voices(prints, count), frames_in(samples))


def _listened(pcm: Path, batch: Sequence[int], models: VoiceModels) -> list[tuple[Window, tuple[Voiceprint, ...]]]:
    """Return some windows, and what their speakers sound like."""
    return [
        (window, tuple(voiceprints(window, sound, models.embed)))
        for window, sound in windows(pcm, batch, models.segment)
    ]


def _assembled(heard: Sequence[Window], prints: Sequence[Voiceprint], centres: Floats, frames: int) -> Diarization:
    """Lay the windows over each other, now that it is known whose their speakers' voices are."""
    if not len(centres):
        return Diarization((), 0, 1.0)
    owners = attributed(prints, centres)
    covered = np.zeros(frames + FRAMES, np.float32)
    anybody, two = covered.copy(), covered.copy()
    activity = np.zeros((len(centres), frames + FRAMES), np.float32)
    sure = activity.copy()
    for window in heard:
        place = slice(window.first, window.first + FRAMES)
        likely = window.likely.astype(np.float32)
        covered[place] += 1
        two[place] += window.likely_two
        anybody[place] += likely.sum(1) - window.likely_two
        for slot, (voice, certainty) in owners.get(window.number, {}).items():
            activity[voice, place] += likely[:, slot]
            sure[voice, place] += likely[:, slot] * certainty
    covered = np.maximum(covered, 1)
    speakers = np.where(anybody / covered > ANYBODY, 1 + (two / covered > TWO_AT_ONCE), 0)
    return _result(_loudest(activity, speakers)[:, :frames], sure / np.maximum(activity.max(0), 1e-6))


def attributed(prints: Sequence[Voiceprint], centres: Floats) -> dict[int, dict[int, tuple[int, float]]]:
    """Return by window and slot whose voice it is, and how sure that is; speakers of one window are different people.

    Only where a window has more speakers than there are voices, one voice has two of them.
    """
    by_window: dict[int, list[Voiceprint]] = {}
    for each in prints:
        by_window.setdefault(each.window, []).append(each)
    found: dict[int, dict[int, tuple[int, float]]] = {}
    for number, own in by_window.items():
        likeness = np.stack([each.vector for each in own]) @ centres.T
        free = np.ones(len(centres), bool)
        open_rows = set(range(len(own)))
        found[number] = {}
        while open_rows:
            rows = sorted(open_rows)
            choice = np.where(free, likeness[rows], -np.inf) if free.any() else likeness[rows]
            place, voice = (int(each) for each in np.unravel_index(choice.argmax(), choice.shape))
            row = rows[place]
            found[number][own[row].slot] = voice, _certainty(likeness[row], voice)
            free[voice] = False
            open_rows.remove(row)
    return found


def _certainty(likeness: Floats, voice: int) -> float:
    """Return how sure it is that a print is a voice's, from how much it resembles all of them."""
    others = np.delete(likeness, voice)
    ahead = float(likeness[voice]) - max(float(others.max(initial=-1)), STRANGER if not len(others) else -1.0)
    return float(1 / (1 + np.exp(-ahead / DECISIVE)))


def _loudest(activity: Floats, speakers: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return in which frames each voice speaks: of the frame's number of speakers, the most likely."""
    speaks = np.zeros(activity.shape, bool)
    left = activity.copy()
    columns = np.arange(activity.shape[1])
    for rank in range(min(2, len(activity))):
        best = left.argmax(0)
        chosen = (speakers > rank) & (left[best, columns] > 0)
        speaks[best[chosen], columns[chosen]] = True
        left[best, columns] = -1
    return speaks


def _result(speaks: NDArray[np.bool_], sure: Floats) -> Diarization:
    found: list[tuple[int, int, int]] = []
    for voice, row in enumerate(speaks):
        edges = np.flatnonzero(np.diff(np.concatenate([[False], row, [False]]).astype(np.int8)))
        found.extend((int(begin), int(end), voice) for begin, end in zip(edges[::2], edges[1::2], strict=True))
    found.sort()
    numbers = {voice: number for number, voice in enumerate(dict.fromkeys(voice for _, _, voice in found))}
    turns = tuple(
        VoiceTurn(
            round(seconds_at(begin), 3),
            round(seconds_at(end), 3),
            numbers[voice],
            round(min(1.0, float(sure[voice, begin:end].mean())), 3),
        )
        for begin, end, voice in found
    )
    spoken = sum(turn.end - turn.start for turn in turns)
    confidence = sum((turn.end - turn.start) * turn.score for turn in turns) / spoken if spoken else 1.0
    return Diarization(turns, len(numbers), round(confidence, 3))
