"""Where a meeting was cut into chapters, beside where it should have been."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.engine.records import Chapter
from bot.evaluation.segmentation import pk, window_diff
from bot.evaluation.talk import Talk


@dataclass(frozen=True, slots=True)
class Cut:
    """How well a meeting was cut: chapters meant and found, and the measures of `segmentation`.

    Attributes:
        meant: How many chapters there are.
        found: How many were found.
        pk: Of what was found.
        window_diff: Likewise.
        pk_uncut: What making no cut at all would have.
    """

    meant: int
    found: int
    pk: float
    window_diff: float
    pk_uncut: float


def found_borders(chapters: Sequence[Chapter], talk: Talk) -> frozenset[int]:
    """Return the turns with which chapters begin, but for the first chapter."""
    return frozenset(min(talk.turns(chapter.message_ids)) for chapter in chapters[1:])


def compared(meant: Collection[int], found: Collection[int], units: int) -> Cut:
    """Compare the turns that should begin a chapter with those that do; what is not 1 to `units` - 1 is no border."""
    inner = range(1, units)
    true, guess = [each for each in meant if each in inner], [each for each in found if each in inner]
    return Cut(
        meant=len(true) + 1,
        found=len(guess) + 1,
        pk=pk(true, guess, units),
        window_diff=window_diff(true, guess, units),
        pk_uncut=pk(true, (), units),
    )
