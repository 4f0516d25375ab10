"""About how long understanding a recording takes, told before it is begun."""

from dataclasses import dataclass
from typing import Protocol

from bot.domain.recordings import MediaKind

TYPICAL_SHARE = 0.12
"""Of a recording's length: a little more than the embedded engine takes on two cores (docs/quality.md)."""

TRANSCRIPT_SECONDS = 5.0
"""A transcript is only read."""

_MB = 1_000_000
_MB_A_MINUTE = {MediaKind.AUDIO: 1.0, MediaKind.VIDEO: 10.0}
"""What meetings typically take on disk; used when nothing tells a recording's length."""


class Seen(Protocol):
    """What is known of a recording after a look at it."""

    @property
    def kind(self) -> MediaKind | None:
        """What it is, when that could be told."""

    @property
    def size(self) -> int | None:
        """Bytes."""

    @property
    def seconds(self) -> float | None:
        """Its length."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """About how long it will take.

    Attributes:
        seconds: So long.
        guessed: The recording's length is not known; it was guessed from its size.
    """

    seconds: float
    guessed: bool = False


def understanding_time(seen: Seen, share: float = TYPICAL_SHARE) -> Estimate | None:
    """Say about how long understanding a recording will take, or None when nothing tells.

    Args:
        seen: What a look at it told.
        share: How long the engine needs, of the recording's length.
    """
    if seen.kind is MediaKind.TRANSCRIPT:
        return Estimate(TRANSCRIPT_SECONDS)
    if seen.seconds is not None:
        return Estimate(seen.seconds * share)
    if seen.kind is None or not seen.size:
        return None
    minutes = seen.size / _MB / _MB_A_MINUTE[seen.kind]
    return Estimate(minutes * 60 * share, guessed=True)
