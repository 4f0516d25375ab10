"""What the model of voices listens to: the energy in 80 mel bands, a hundred times a second.

The same numbers as Kaldi's `fbank` gives with its defaults (windows of 25 ms each 10 ms, Povey's window, no dither):
the model was trained on them, and a different window or scale costs it accuracy.
"""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.engine.pcm import RATE

Samples = NDArray[np.float32]

BANDS: Final = 80
WINDOW: Final = 400
STEP: Final = 160
FFT: Final = 512
LOWEST_HZ: Final = 20.0
PREEMPHASIS: Final = np.float32(0.97)
FLOOR: Final = np.float32(1.1920929e-07)
"""The smallest energy whose logarithm is taken: single precision's own step at 1."""


def mel_energies(samples: Samples) -> NDArray[np.float32]:
    """Return the logarithms of the energies: one row a step of 10 ms that has a whole window, one column a band.

    Args:
        samples: Between -1 and 1, at 16 kHz.
    """
    if len(samples) < WINDOW:
        return np.zeros((0, BANDS), np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::STEP]
    frames = frames - frames.mean(1, keepdims=True)
    emphasised = np.empty_like(frames)
    emphasised[:, 1:] = frames[:, 1:] - PREEMPHASIS * frames[:, :-1]
    emphasised[:, 0] = frames[:, 0] * (1 - PREEMPHASIS)
    emphasised *= _window()
    spectrum = np.fft.rfft(emphasised, FFT)
    power = (spectrum.real**2 + spectrum.imag**2).astype(np.float32)
    energies: NDArray[np.float32] = np.log(np.maximum(power @ _bands(), FLOOR))
    return energies


@cache
def _window() -> NDArray[np.float32]:
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / (WINDOW - 1))
    return (hann**0.85).astype(np.float32)


@cache
def _bands() -> NDArray[np.float32]:
    """Return each band's weight at each frequency: triangles that are even on the mel scale."""
    edges = np.linspace(_mel(np.array(LOWEST_HZ)), _mel(np.array(RATE / 2)), BANDS + 2)
    heard = _mel(np.arange(FFT // 2 + 1) * RATE / FFT)[:, None]
    left, centre, right = edges[:-2], edges[1:-1], edges[2:]
    weights = np.minimum((heard - left) / (centre - left), (right - heard) / (right - centre))
    weights = np.maximum(weights, 0)
    weights[-1] = 0  # Kaldi leaves the highest frequency out
    return weights.astype(np.float32)


def _mel(hertz: NDArray[np.float64]) -> NDArray[np.float64]:
    mel: NDArray[np.float64] = 1127.0 * np.log1p(hertz / 700.0)
    return mel
