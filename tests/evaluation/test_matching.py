from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evaluation.matching import best_pairs

WORTH = st.integers(0, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.sampled_from([0.0, 0.0, 1.0, 2.0, 5.0]), min_size=columns, max_size=columns), max_size=4
    )
)


def test_giving_way_finds_a_place_for_both() -> None:
    # the first could have either, the second only what the first likes better
    assert best_pairs([[5.0, 4.0], [3.0, 0.0]]) == [(0, 1), (1, 0)]


def test_what_does_not_go_together_is_never_paired() -> None:
    assert best_pairs([[0.0, 0.0], [0.0, 1.0]]) == [(1, 1)]
    assert best_pairs([[], []]) == []
    assert best_pairs([]) == []


@given(WORTH)
@settings(deadline=None)
def test_no_other_choice_is_worth_more(worth: list[list[float]]) -> None:
    pairs = best_pairs(worth)
    rows, columns = len(worth), max(map(len, worth), default=0)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    wide = [[*row, *[0.0] * rows] for row in worth]
    best = max(
        (
            sum(wide[row][column] for row, column in enumerate(order))
            for order in permutations(range(columns + rows), rows)
        ),
        default=0.0,
    )
    assert sum(worth[row][column] for row, column in pairs) == best
