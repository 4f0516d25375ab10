"""Which prediction is which gold item: each at most once, as many and as well as possible."""

from collections.abc import Sequence
from math import inf


def best_pairs(worth: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the pairs of rows and columns, each in at most one, whose worth adds up to the most.

    Args:
        worth: What each pair of a row and a column is worth; 0 for those that do not go together.

    Returns:
        Pairs of a worth above 0, by row.
    """
    rows, columns = len(worth), max(map(len, worth), default=0)
    size = max(rows, columns)
    # a square of costs: a row or column that is missing costs as much as one that does not fit
    costs = [
        [-worth[row][column] if row < rows and column < columns else 0.0 for column in range(size)]
        for row in range(size)
    ]
    assignment = _Assignment(costs)
    for row in range(size):
        assignment.place(row)
    pairs = sorted((assignment.row_of[column], column) for column in range(columns))
    return [(row, column) for row, column in pairs if row < rows and worth[row][column] > 0]


class _Assignment:
    """The cheapest assignment of the rows of a square to its columns, row by row (Kuhn and Munkres, with potentials).

    Attributes:
        row_of: The row of each column, -1 for none; the one after the last holds the row that is being placed.
    """

    def __init__(self, costs: Sequence[Sequence[float]]) -> None:
        self._costs = costs
        self._size = len(costs)
        self._rows = [0.0] * self._size
        self._columns = [0.0] * (self._size + 1)
        self.row_of = [-1] * (self._size + 1)

    def place(self, row: int) -> None:
        """Find a column for one more row; earlier ones may change theirs."""
        waiting = self._size
        self.row_of[waiting] = row
        least, before = [inf] * self._size, [waiting] * self._size
        seen = {waiting}
        column = waiting
        while self.row_of[column] >= 0:
            seen.add(column)
            self._reach(column, seen, least, before)
            column = min((each for each in range(self._size) if each not in seen), key=least.__getitem__)
            self._shift(least[column], seen, least)
        while column != waiting:
            self.row_of[column] = self.row_of[before[column]]
            column = before[column]

    def _reach(self, column: int, seen: set[int], least: list[float], before: list[int]) -> None:
        """Note what it would cost to go on from a column's row to each other column."""
        row = self.row_of[column]
        for other in range(self._size):
            cost = self._costs[row][other] - self._rows[row] - self._columns[other]
            if other not in seen and cost < least[other]:
                least[other], before[other] = cost, column

    def _shift(self, step: float, seen: set[int], least: list[float]) -> None:
        """Move the potentials so that the next column costs nothing more."""
        for column in seen:
            self._rows[self.row_of[column]] += step
            self._columns[column] -= step
        for column in range(self._size):
            least[column] -= 0.0 if column in seen else step
