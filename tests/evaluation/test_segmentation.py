import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.segmentation import pk, window_diff, window_of

# Ten units, chapters 0-4 and 5-9: the window is 10 / 2 / 2 = 2.5, which rounds to 2.
# Eight pairs two units apart: (0,2) (1,3) (2,4) (3,5) (4,6) (5,7) (6,8) (7,9); the border lies in (3,5) and (4,6).
MEANT = [5]


def test_the_same_cut_has_no_errors() -> None:
    assert pk(MEANT, [5], 10) == 0.0
    assert window_diff(MEANT, [5], 10) == 0.0


def test_no_cut_misses_the_pairs_around_the_border() -> None:
    assert pk(MEANT, [], 10) == 2 / 8
    assert window_diff(MEANT, [], 10) == 2 / 8


def test_a_border_one_unit_off_is_nearly_right() -> None:
    # 4 instead of 5: (2,4) is cut and should not be, (4,6) should be and is not
    assert pk(MEANT, [4], 10) == 2 / 8
    # a border three units off disagrees on all four pairs of both borders
    assert pk(MEANT, [8], 10) == 4 / 8


def test_a_border_too_many_beside_a_right_one_is_seen_by_window_diff_only_where_pk_is_blind() -> None:
    # 5 and 6: (3,5) has one border, right; (4,6) has two, which is one too many; (5,7) is cut and should not be
    assert pk(MEANT, [5, 6], 10) == 1 / 8
    assert window_diff(MEANT, [5, 6], 10) == 2 / 8


def test_the_window_is_half_a_chapter_but_never_one_unit() -> None:
    assert window_of([5], 20) == 5
    assert window_of([1, 2, 3], 4) == 2
    assert window_of([], 40) == 20


@pytest.mark.parametrize("units", [0, 1, 2])
def test_what_is_shorter_than_a_window_has_no_errors(units: int) -> None:
    assert pk([1], [], units) == 0.0
    assert window_diff([1], [], units) == 0.0


BORDERS = st.lists(st.integers(0, 30))


@given(BORDERS, BORDERS, st.integers(0, 30))
def test_both_are_shares_and_window_diff_is_never_the_milder(meant: list[int], found: list[int], units: int) -> None:
    assert 0 <= pk(meant, found, units) <= window_diff(meant, found, units) <= 1
