"""Which of the days around work is its deadline, when the rules and the reader are both heard."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.engine.insights.weighed_days import AGREED, ALONE, RATHER, chosen

THURSDAY, FRIDAY = date(2026, 3, 5), date(2026, 3, 6)
SURE = ALONE + RATHER + 1

days = st.sampled_from([date(2026, 3, day) for day in range(5, 12)])
odds = st.dictionaries(days, st.floats(-10, 10))


def test_the_rules_day_holds_while_the_reader_does_not_deny_it() -> None:
    assert chosen(THURSDAY, {THURSDAY: AGREED + 1}) == THURSDAY
    assert chosen(THURSDAY, {}) == THURSDAY


def test_a_day_that_the_reader_denies_is_no_deadline() -> None:
    assert chosen(THURSDAY, {THURSDAY: AGREED - 1}) is None


def test_a_day_that_only_the_reader_finds_needs_to_be_likely() -> None:
    assert chosen(None, {FRIDAY: SURE}) == FRIDAY
    assert chosen(None, {FRIDAY: ALONE - 1}) is None


def test_a_much_likelier_day_takes_the_place_of_the_rules_one() -> None:
    assert chosen(THURSDAY, {THURSDAY: ALONE - 0.5, FRIDAY: SURE}) == FRIDAY
    assert chosen(THURSDAY, {THURSDAY: SURE, FRIDAY: SURE + RATHER / 2}) == THURSDAY


@given(said=st.none() | days, told=odds)
def test_no_day_is_ever_made_up(said: date | None, told: dict[date, float]) -> None:
    assert chosen(said, told) in {None, said, *told}
