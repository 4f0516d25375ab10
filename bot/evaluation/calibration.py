"""Whether a score means what it says: of what is scored 0.8, eight in ten should be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """What was scored from `low` to `high`: how many, their mean score, and the share that is right."""

    low: float
    high: float
    count: int
    mean_score: float
    share_right: float


def reliability(scored: Iterable[tuple[float, bool]]) -> tuple[Bin, ...]:
    """Return the reliability diagram of pairs of a score, 0 to 1, and whether it was right; empty bins are in it."""
    groups: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for score, right in scored:
        groups[min(BINS - 1, int(score * BINS))].append((score, right))
    return tuple(_bin(place, group) for place, group in enumerate(groups))


def calibration_error(bins: Iterable[Bin]) -> float:
    """Return the expected calibration error: how far score and share are apart, on average over all that was scored."""
    full = [each for each in bins if each.count]
    total = sum(each.count for each in full)
    return sum(each.count * abs(each.mean_score - each.share_right) for each in full) / total if total else 0.0


def _bin(place: int, group: list[tuple[float, bool]]) -> Bin:
    count = len(group)
    mean = sum(score for score, _ in group) / count if count else 0.0
    share = sum(right for _, right in group) / count if count else 0.0
    return Bin(place / BINS, (place + 1) / BINS, count, mean, share)
