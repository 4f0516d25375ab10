"""What a score of work means: of the items that score 0.8, eight in ten should be right.

Rules and examples may be surer than they are right, or less sure. One number makes up for that, the same share of the
log odds of every score: their order stays, and so does 0.5, the default threshold. What is shown by default does not
change. `bench/calibrate_scores.py` fits the number; `docs/models.md` says how well it holds.
"""

from typing import Final

SLOPE: Final = 1.0
"""So much of the log odds of a score holds: from `python -m bench.calibrate_scores`, on the train and tune meetings."""

DEFINITIVE: Final = 0.7
"""Firm words with less probability are no firm commitment: of those above, 97 % are right in train and 98 % in tune."""


def probability(score: float, slope: float = SLOPE) -> float:
    """Return how likely it is that something is work, from 0 to 1; 0.5 stays, and the order too.

    Args:
        score: What the rules and the examples say, 0 to 1.
        slope: How much of its log odds to keep, above 0.
    """
    if score <= 0 or score >= 1:
        return min(1.0, max(0.0, score))
    odds = float((score / (1 - score)) ** slope)
    return odds / (1 + odds)
