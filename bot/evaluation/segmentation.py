"""How well a conversation was cut into chapters: two measures of the field, the smaller the better.

Both slide a window over the units of a conversation (sentences or turns) and count the places where two cuts disagree
about what lies between its ends. `pk` is Beeferman, Berger and Lafferty (1999), `window_diff` is Pevzner and Hearst
(2002), which also sees a border too many inside a window. Cutting nowhere is no bad guess for either: its figure
belongs beside every other.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

SMALLEST_WINDOW: Final = 2


def pk(meant: Iterable[int], found: Iterable[int], units: int) -> float:
    """Return how often two units a window apart are in one chapter by one cut and in two by the other.

    Args:
        meant: The units that begin a chapter, the first unit not among them.
        found: The same, of the cut that is measured.
        units: How many there are.

    Returns:
        0 to 1; 0 for fewer units than a window holds.
    """
    borders = set(meant)
    true, guess = _chapter_of(borders, units), _chapter_of(set(found), units)
    window = window_of(borders, units)
    wrong = [
        (true[place] == true[place + window]) != (guess[place] == guess[place + window])
        for place in range(units - window)
    ]
    return sum(wrong) / len(wrong) if wrong else 0.0


def window_diff(meant: Iterable[int], found: Iterable[int], units: int) -> float:
    """Return how often two cuts have different numbers of borders between units a window apart; as in `pk`."""
    borders = set(meant)
    true, guess = _chapter_of(borders, units), _chapter_of(set(found), units)
    window = window_of(borders, units)
    wrong = [
        true[place + window] - true[place] != guess[place + window] - guess[place] for place in range(units - window)
    ]
    return sum(wrong) / len(wrong) if wrong else 0.0


def window_of(meant: Iterable[int], units: int) -> int:
    """Return half the mean length of the chapters that are meant, in units: the window of both measures."""
    return max(SMALLEST_WINDOW, round(units / (len(set(meant)) + 1) / 2))


def _chapter_of(borders: set[int], units: int) -> Sequence[int]:
    """Return the number of the chapter that each unit is in."""
    return list(accumulate(int(place in borders and place > 0) for place in range(units)))
