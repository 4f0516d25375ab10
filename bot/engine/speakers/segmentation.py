"""Who speaks when within ten seconds: windows of a recording, and in each up to three speakers told apart.

The model listens to ten seconds and says of each frame of 17 ms which of its three speakers speak: nobody, one of
them, or two. Who they are is not known across windows; that is what `clustering` finds out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.engine.pcm import RATE, SAMPLE_BYTES
from bot.engine.speakers.models import Floats

SLOTS: Final = 3
CLASSES: Final = np.array(
    [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]], dtype=np.float32
)
"""Which of its speakers speak in each of the model's classes; the first is nobody, the last three are two at once."""
TWO: Final = 4
"""The first class in which two speak."""

WINDOW_SAMPLES: Final = 10 * RATE
FRAMES: Final = 589
STEP_SAMPLES: Final = 270
FIRST_SAMPLE: Final = 360
"""Frame n is about the 270 samples from 360 + 270 n: it sees 991 samples, and these are in their middle."""

HOP_FRAMES: Final = 148
"""A new window begins each 2.5 s, on the grid of frames: every frame is heard in four windows."""
HOP_SAMPLES: Final = HOP_FRAMES * STEP_SAMPLES

BATCH: Final = 4


@dataclass(frozen=True, slots=True)
class Window:
    """Ten seconds of a recording.

    Attributes:
        number: Windows are counted from 0, also those that were left out; frame 0 is at `number * HOP_FRAMES`.
        likely: How likely each of its speakers speaks, frames by speakers, 0 to 1; 0 after the recording's end.
        likely_two: How likely two speak at once, by frame.
        active: Whether each speaker speaks, frames by speakers.
    """

    number: int
    likely: NDArray[np.float16]
    likely_two: NDArray[np.float16]
    active: NDArray[np.bool_]

    @property
    def first(self) -> int:
        """The recording's frame at which it begins."""
        return self.number * HOP_FRAMES


def seconds_at(frame: int) -> float:
    """Return when a frame begins."""
    return (frame * STEP_SAMPLES + FIRST_SAMPLE) / RATE


def frames_in(samples: int) -> int:
    """Return how many frames begin within so many samples."""
    return max(0, -(-(samples - FIRST_SAMPLE) // STEP_SAMPLES))


def window_count(samples: int) -> int:
    """Return how many windows cover so many samples."""
    return 1 + max(0, -(-(samples - WINDOW_SAMPLES) // HOP_SAMPLES))


def batches(samples: int, worth: Callable[[int, int], bool]) -> Iterator[tuple[int, ...]]:
    """Yield the numbers of the windows of so many samples that are worth listening to, a few at a time.

    Args:
        samples: The recording's.
        worth: Says whether to listen to the samples from one place to another: silence need not be.
    """
    numbers = [
        number
        for number in range(window_count(samples))
        if worth(number * HOP_SAMPLES, min(samples, number * HOP_SAMPLES + WINDOW_SAMPLES))
    ]
    for begin in range(0, len(numbers), BATCH):
        yield tuple(numbers[begin : begin + BATCH])


def windows(pcm: Path, batch: Sequence[int], segment: Callable[[Floats], Floats]) -> Iterator[tuple[Window, Floats]]:
    """Yield some of a recording's windows with their samples.

    Args:
        pcm: A file of raw PCM.
        batch: The windows' numbers.
        segment: The model: windows of samples to the logarithms of its classes.
    """
    heard = np.zeros((len(batch), WINDOW_SAMPLES), np.float32)
    lengths: list[int] = []
    with pcm.open("rb") as file:
        for row, number in enumerate(batch):
            file.seek(number * HOP_SAMPLES * SAMPLE_BYTES)
            data = file.read(WINDOW_SAMPLES * SAMPLE_BYTES)
            lengths.append(len(data) // SAMPLE_BYTES)
            heard[row, : lengths[-1]] = np.frombuffer(data, "<i2", lengths[-1]) / np.float32(32768)
    for number, sound, length, logits in zip(batch, heard, lengths, segment(heard), strict=True):
        yield read(number, logits, length), sound[:length]


def read(number: int, logits: Floats, samples: int) -> Window:
    """Return what the model's answer says of a window, of which so many samples are the recording's."""
    classes = np.exp(logits)
    active = CLASSES[logits.argmax(1)] > 0
    beyond = frames_in(samples)
    classes[beyond:] = 0
    active[beyond:] = False
    likely_two = classes[:, TWO:].sum(1)
    return Window(number, (classes @ CLASSES).astype(np.float16), likely_two.astype(np.float16), active)
