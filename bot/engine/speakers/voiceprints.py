"""What each speaker of a window sounds like."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.engine.pcm import RATE
from bot.engine.speakers.features import STEP, mel_energies
from bot.engine.speakers.features import WINDOW as MEL_WINDOW
from bot.engine.speakers.models import Floats
from bot.engine.speakers.segmentation import FIRST_SAMPLE, FRAMES, SLOTS, STEP_SAMPLES, Window

ALONE_SECONDS: Final = 0.3
"""With less speech of one's own, what is said over others counts too: better than nothing, and never a seed."""
LEAST_SECONDS: Final = 0.2
"""Less says nothing about a voice."""
MOST_SECONDS: Final = 6.0
"""More makes a print hardly better, and takes time in proportion."""

MELS_A_SECOND: Final = RATE / STEP


@dataclass(frozen=True, slots=True)
class Voiceprint:
    """What a speaker of a window sounds like.

    Attributes:
        window: The window's number.
        slot: Which of the window's speakers.
        seconds: How long they speak alone in it.
        vector: 192 numbers, of length 1 together.
    """

    window: int
    slot: int
    seconds: float
    vector: Floats


def voiceprints(window: Window, sound: Floats, embed: Callable[[Floats], Floats]) -> Iterator[Voiceprint]:
    """Yield the prints of all who speak long enough in a window.

    Args:
        window: Who speaks when in it.
        sound: Its samples.
        embed: The model: mel energies to 192 numbers.
    """
    if not window.active.any():
        return
    energies = mel_energies(sound)
    active = window.active[_frames(len(energies))]
    alone = active & (active.sum(1, keepdims=True) == 1)
    for slot in range(SLOTS):
        seconds = float(alone[:, slot].sum()) / MELS_A_SECOND
        used = alone[:, slot] if seconds >= ALONE_SECONDS else active[:, slot]
        places = np.flatnonzero(used)[: int(MOST_SECONDS * MELS_A_SECOND)]
        if len(places) >= LEAST_SECONDS * MELS_A_SECOND:
            yield Voiceprint(window.number, slot, seconds, embed(energies[places]))


def _frames(mels: int) -> NDArray[np.intp]:
    """Return the segmentation's frame in whose middle each step of mel energies lies."""
    middles = np.arange(mels) * STEP + MEL_WINDOW // 2
    return np.clip((middles - FIRST_SAMPLE) // STEP_SAMPLES, 0, FRAMES - 1)
