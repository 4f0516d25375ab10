"""Precision, recall and F1 from what was found, what there was, and how much of the two is the same."""

from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True)
class Sum:
    """Something counted: of two of them, everything adds up."""

    def __add__(self, other: Self) -> Self:
        return type(self)(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


@dataclass(frozen=True)
class Counts(Sum):
    """How many were right, how many were predicted, and how many there were to find."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """The share of the predicted that is right; 1 when nothing was predicted."""
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """The share of what there was that was found; 1 when there was nothing."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.predicted + self.gold
        return 2 * self.right / both if both else 1.0


@dataclass(frozen=True)
class Share(Sum):
    """So many of so many."""

    part: int = 0
    whole: int = 0

    @property
    def value(self) -> float | None:
        """The share; None of nothing."""
        return self.part / self.whole if self.whole else None
