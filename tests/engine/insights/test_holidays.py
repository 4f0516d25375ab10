"""Holidays that people set days by."""

from datetime import date

import pytest

from bot.engine.insights.holidays import NAMES, holiday


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("easter", date(2026, 4, 3), date(2026, 4, 6)),
        ("good friday", date(2026, 4, 3), date(2026, 4, 3)),
        ("thanksgiving", date(2026, 11, 26), date(2026, 11, 26)),
        ("labor day", date(2026, 9, 7), date(2026, 9, 7)),
        ("christmas", date(2026, 12, 25), date(2026, 12, 25)),
    ],
)
def test_the_coming_holiday_is_known(name: str, first: date, last: date) -> None:
    assert holiday(name, date(2026, 3, 4)) == (first, last)


def test_after_a_holiday_the_next_years_is_meant() -> None:
    assert holiday("easter", date(2026, 4, 7)) == (date(2027, 3, 26), date(2027, 3, 29))


@pytest.mark.parametrize("name", NAMES)
def test_a_holiday_is_never_over(name: str) -> None:
    assert holiday(name, date(2026, 12, 31))[1] >= date(2026, 12, 31)
