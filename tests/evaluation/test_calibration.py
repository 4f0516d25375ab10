import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evaluation.calibration import calibration_error, reliability

SCORED = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=50)


def test_scores_that_mean_what_they_say_have_no_error() -> None:
    bins = reliability([(0.8, True)] * 4 + [(0.8, False)])
    assert calibration_error(bins) == pytest.approx(0.0)
    assert [each.count for each in bins] == [0, 0, 0, 0, 0, 0, 0, 0, 5, 0]


def test_the_error_is_how_far_score_and_share_are_apart_for_what_was_scored() -> None:
    bins = reliability([(0.9, False), (0.5, True), (0.5, False), (0.5, True), (0.5, False)])
    # the first is 0.9 off, the four others not at all
    assert calibration_error(bins) == pytest.approx(0.9 / 5)


@given(SCORED)
@settings(deadline=None)
def test_everything_is_in_one_bin_and_the_error_is_a_share(scored: list[tuple[float, bool]]) -> None:
    bins = reliability(scored)
    assert sum(each.count for each in bins) == len(scored)
    assert 0 <= calibration_error(bins) <= 1
