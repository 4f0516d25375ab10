"""By when: days that people name, relative to the day of the meeting."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.insights.dates import find_dates
from bot.engine.insights.due_dates import due
from bot.engine.insights.sentences import plain
from bot.engine.insights.vocabulary import MONTHS, WEEKDAYS
from tests.engine.insights.talking import work

WEDNESDAY = date(2026, 3, 4)
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def deadline(text: str, base: date = WEDNESDAY) -> date | None:
    """Return the deadline that a text names."""
    found = due(plain(text), find_dates(text, plain(text), base), base)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("said", "month", "day"),
    [
        ("by EOD", 3, 4),
        ("by close of business", 3, 4),
        ("tonight", 3, 4),
        ("tomorrow morning", 3, 5),
        ("the day after tomorrow", 3, 6),
        ("by Friday", 3, 6),
        ("by fri", 3, 6),
        ("by Wednesday", 3, 11),
        ("this Friday", 3, 6),
        ("next Tuesday", 3, 10),
        ("by next Friday", 3, 13),
        ("Tuesday next week", 3, 10),
        ("Monday week", 3, 16),
        ("a week from Monday", 3, 16),
        ("before Friday", 3, 5),
        ("before the weekend", 3, 6),
        ("over the weekend", 3, 8),
        ("by the end of the week", 3, 6),
        ("by the end of next week", 3, 13),
        ("next week", 3, 13),
        ("early next week", 3, 10),
        ("by the end of the month", 3, 31),
        ("EOM", 3, 31),
        ("next month", 4, 30),
        ("by the end of March", 3, 31),
        ("by the end of the quarter", 3, 31),
        ("before the quarter's over", 3, 31),
        ("before the month is out", 3, 31),
        ("in the first week of April", 4, 10),
        ("in Q2", 6, 30),
        ("by the end of Q2", 6, 30),
        ("by the end of the year", 12, 31),
        ("in two weeks", 3, 18),
        ("by close of play on Tuesday", 3, 10),
        ("eod tomorrow", 3, 5),
        ("a week tomorrow", 3, 12),
        ("this time next week", 3, 11),
        ("by month end", 3, 31),
        ("the last Friday of the month", 3, 27),
        ("in the second week of May", 5, 15),
        ("by the middle of the month", 3, 15),
        ("on the fifteenth of next month", 4, 15),
        ("in the week of the tenth of August", 8, 14),
        ("on Wednesday the first of July", 7, 1),
        ("straight after the weekend", 3, 9),
        ("within three working days", 3, 9),
        ("before Easter", 4, 2),
        ("before Christmas", 12, 24),
        ("by the weekend", 3, 6),
        ("the ninth is fine", 3, 9),
        ("Monday or Tuesday", 3, 10),
        ("on Friday, no, Thursday", 3, 5),
        ("at Monday's rehearsal", 3, 9),
        ("within three days", 3, 7),
        ("in a couple of weeks", 3, 18),
        ("in a month", 4, 4),
        ("by the end of this May", 5, 31),
        ("the 3rd", 4, 3),
        ("by the 10th", 3, 10),
        ("on the twenty-first", 3, 21),
        ("March 5th", 3, 5),
        ("5 March", 3, 5),
        ("by the fifteenth of April", 4, 15),
        ("2026-03-20", 3, 20),
        ("by 3/20", 3, 20),
        ("you have until Friday", 3, 6),
        ("no later than Thursday", 3, 5),
    ],
)
def test_a_day_that_is_named_is_found(said: str, month: int, day: int) -> None:
    assert deadline(said) == date(2026, month, day)


@pytest.mark.parametrize(
    "said",
    [
        "last Friday",
        "yesterday",
        "two weeks ago",
        "on March 2nd",
        "every Friday",
        "on Mondays",
        "until Friday",
        "after Monday",
        "not before Friday",
        "Monday's meeting",
        "the ninth floor",
        "the Christmas thing",
        "instead of Friday",
        "not on a Friday",
        "offer them the tenth",
        "I may send it",
        "this may have to wait",
        "the March slot",
        "the second photo day",
        "by 3/4",
        "version 4.3. of it",
        "by the 32nd",
        "February 30th",
        "soon",
    ],
)
def test_the_past_habits_and_beginnings_are_no_deadlines(said: str) -> None:
    assert deadline(said) is None


def test_a_date_that_is_given_in_an_answer_belongs_to_the_promise() -> None:
    assert work("Ines: I'll send the deck.\nMei: By when?\nInes: By Friday.") == [
        ("Send the deck", "Ines", "2026-03-06")
    ]


def test_a_date_in_a_refusal_is_nobodys_deadline() -> None:
    assert work("Ines: Mei, can you update the price list?\nMei: Sorry, not before Friday.")[0][2] is None


def test_a_date_in_the_reason_is_no_deadline() -> None:
    assert work("Ines: I'll book the small room because Friday is a holiday.") == [
        ("Book the small room", "Ines", None)
    ]


@settings(deadline=None)
@given(base=DAYS, weekday=st.sampled_from(WEEKDAYS))
def test_a_weekday_is_the_next_one(base: date, weekday: str) -> None:
    found = deadline(f"by {weekday.title()}", base)
    assert found is not None
    assert WEEKDAYS[found.weekday()] == weekday
    assert 1 <= (found - base).days <= 7


@settings(deadline=None)
@given(base=DAYS, weekday=st.sampled_from(WEEKDAYS))
def test_next_weekday_is_in_the_next_calendar_week(base: date, weekday: str) -> None:
    found = deadline(f"next {weekday}", base)
    assert found is not None
    assert found - timedelta(days=found.weekday()) == base - timedelta(days=base.weekday()) + timedelta(days=7)


@settings(deadline=None)
@given(base=DAYS, count=st.integers(1, 365))
def test_days_from_now_are_counted(base: date, count: int) -> None:
    assert deadline(f"in {count} days", base) == base + timedelta(days=count)


@settings(deadline=None)
@given(base=DAYS, ahead=st.integers(0, 300))
def test_a_day_of_the_year_is_found_in_either_order(base: date, ahead: int) -> None:
    day = base + timedelta(days=ahead)
    month = MONTHS[day.month - 1].title()
    assert deadline(f"by {month} {day.day}, {day.year}", base) == day
    assert deadline(f"by {day.day} {month} {day.year}", base) == day


WORDS = "by the end of next this last week month quarter friday march may q2 5th 31st in two 2 weeks before after every"
MORE = "early mid eod until 2026-02-30 3/14 , ."


@settings(deadline=None, max_examples=200)
@given(base=DAYS, words=st.lists(st.sampled_from(f"{WORDS} {MORE}".split()), max_size=12))
def test_no_words_break_the_calendar_and_a_deadline_is_never_past(base: date, words: list[str]) -> None:
    text = " ".join(words)
    for days in find_dates(text, text, base):
        assert text[days.offset : days.stop] == days.text
        assert days.start <= days.end
    found = deadline(text, base)
    assert found is None or found >= base
