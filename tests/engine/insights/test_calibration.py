import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.calibrate_scores import fit
from bot.engine.insights.calibration import probability
from tests.engine.insights.talking import understood

SCORES = st.floats(0, 1)


@given(SCORES, SCORES)
@settings(deadline=None)
def test_the_order_of_scores_stays(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= probability(low) <= probability(high) <= 1


@given(SCORES)
@settings(deadline=None)
def test_what_the_default_threshold_shows_stays(score: float) -> None:
    assert (probability(score) >= 0.5) == (score >= 0.5) or math.isclose(score, 0.5)


@given(SCORES)
@settings(deadline=None)
def test_nothing_is_made_surer_than_it_was(score: float) -> None:
    assert abs(probability(score) - 0.5) <= abs(score - 0.5) + 1e-12


def test_the_fit_finds_what_share_is_right() -> None:
    # of what was scored 0.9, three in four are right: log odds 2.2 should have been 1.1
    slope = fit([(0.9, True)] * 30 + [(0.9, False)] * 10)
    assert probability(0.9, slope) == pytest.approx(0.75, abs=1e-3)


def test_only_what_is_surely_work_is_definitive() -> None:
    firm, unsure = understood("Ines: I'll send the contract to Mei by Friday.\nMei: I'll take the train.").action_items
    assert firm.definitive
    assert not unsure.definitive


def test_a_nod_makes_no_firm_commitment_of_an_idea() -> None:
    found = understood("Ines: Maybe somebody could tidy the shared drive.\nMei: Sure.", threshold=0.0)
    assert not any(item.definitive for item in (*found.action_items, *found.follow_ups))
