"""Tells channels that are speakers of their own from copies and echoes of others."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.engine.speech.voice import WINDOW, Samples, blocks

# A copy differs from its model only by what a codec or a rounding adds: less than a thousandth of the energy.
COPY = 1e-3
# What comes over from another microphone is at least this much weaker than there.
ECHO_DB = 15.0
# An echo ends later than what it is an echo of.
TAIL_WINDOWS = 6
SILENCE = 1e-10


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel of a recording: its number, from 1, and its file of raw PCM."""

    number: int
    pcm: Path


def distinct(channels: Sequence[Channel]) -> tuple[Channel, ...]:
    """Leave out channels that only repeat an earlier one: recordings of one microphone often have two."""
    kept: list[Channel] = []
    for channel in channels:
        if not any(_is_copy(channel.pcm, other.pcm) for other in kept):
            kept.append(channel)
    return tuple(kept)


def without_echoes(likely: Sequence[Samples], channels: Sequence[Channel]) -> list[Samples]:
    """Take speech that comes over from another channel out of how likely speech is in each window, by channel.

    Else it would be heard twice, and said by the wrong one. Somebody who speaks that much lower at the same time as
    another is lost with it.
    """
    if len(channels) == 1:
        return list(likely)
    levels = [_levels(channel.pcm) for channel in channels]
    clean: list[Samples] = []
    for index, own in enumerate(likely):
        others = [level for other, level in enumerate(levels) if other != index]
        loudest = _held(np.maximum.reduce(others))
        clean.append(np.where(levels[index] < loudest - ECHO_DB, np.float32(0), own))
    return clean


def _is_copy(one: Path, other: Path) -> bool:
    difference = energy = 0.0
    with one.open("rb") as first, other.open("rb") as second:
        for own, its in zip(blocks(first), blocks(second), strict=True):
            difference += float(np.square(own - its).sum())
            energy += float(np.square(own).sum() + np.square(its).sum())
    return difference <= COPY * energy


def _levels(pcm: Path) -> NDArray[np.float32]:
    """Return how loud each window is, in decibels."""
    with pcm.open("rb") as file:
        found = [np.square(block.reshape(-1, WINDOW)).mean(axis=1) for block in blocks(file)]
    energy = np.concatenate(found) if found else np.zeros(0, np.float32)
    return (10 * np.log10(energy + SILENCE)).astype(np.float32)


def _held(levels: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return levels that stay up for a moment."""
    held = levels.copy()
    for late in range(1, min(TAIL_WINDOWS, len(levels))):
        np.maximum(held[late:], levels[:-late], out=held[late:])
    return held
