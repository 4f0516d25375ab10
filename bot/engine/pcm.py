"""The form in which sound travels inside the engine: 16 kHz, mono, signed 16 bits, little endian, no header."""

from pathlib import Path

RATE = 16_000
SAMPLE_BYTES = 2


def seconds(pcm: Path) -> float:
    """Return how long a file of it is."""
    return pcm.stat().st_size / (RATE * SAMPLE_BYTES)
