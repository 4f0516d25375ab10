"""Days that people name, found in text and worked out from the day of the meeting.

Conventions, where English leaves a choice:

- A weekday is the next one after the meeting's day; "this Friday" on a Friday is that day.
- "Next Tuesday" is the Tuesday of the next calendar week; weeks begin on Monday and end, for work, on Friday.
- At the weekend, "this week" and "the end of the week" mean the coming one.
- A day of the year that passed up to 60 days ago is taken as past, else as next year's.
- 3/4 could be April or March and is left alone; 2026-03-04, 4.3. and 3/14 are read.
- "The first" and "the second" are days only after "by", "on" and the like; "the ninth" is one unless a thing follows.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from bot.engine.insights.holidays import NAMES, holiday
from bot.engine.insights.spans import (
    Span,
    last_of,
    monday_of,
    months_later,
    one,
    part_of,
    period_of,
    quarter_of,
    week_of,
    working_week,
)
from bot.engine.insights.vocabulary import MONTHS, NUMBER_WORDS, ORDINALS, WEEKDAYS

LOOKS_BACK: Final = 60
"""A day of the year that is at most so many days ago is past."""


@dataclass(frozen=True, slots=True)
class Days:
    """A day or a stretch of days that a text names.

    Attributes:
        text: As written.
        offset: Characters from the start of the text.
        start: The (first) day.
        end: The last day; the same for a single day.
    """

    text: str
    offset: int
    start: date
    end: date

    @property
    def stop(self) -> int:
        """Where the words end."""
        return self.offset + len(self.text)


_Reading = Callable[[re.Match[str], date], Span | None]

_MONTH_NUMBERS: Final = {month[:3]: number for number, month in enumerate(MONTHS, start=1)}
_STEPS: Final = {"": 0, "the": 0, "this": 0, "coming": 0, "next": 1, "following": 1, "last": -1, "past": -1}

_BEFORE_DIGITS: Final = re.compile(r"\b(?:by|on|before|until|from|for)\s+(?:the\s+)?$")
_BEFORE_MONTH: Final = re.compile(r"\b(?:in|by|before|until|since|during|end of)\s+$")
_VERB_NEXT: Final = re.compile(r"\s+(?!and\b|or\b|at\b|in\b|for\b|we\b|then\b|already\b|please\b)[a-z]")
_MONTH: Final = r"(?P<month>" + "|".join(MONTHS) + r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_SPOKEN_DAY: Final = "|".join(word.replace("-", r"[-\s]") for word in sorted(ORDINALS, key=len, reverse=True))
_LATER_DAY: Final = "|".join(
    word.replace("-", r"[-\s]")
    for word in sorted(ORDINALS, key=len, reverse=True)
    if word not in {"first", "second", "third"}
)
_DAY: Final = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{_SPOKEN_DAY})"
_WEEKDAY: Final = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_COUNT: Final = rf"(?P<count>\d{{1,3}}|a couple of|{'|'.join(word for word in NUMBER_WORDS if ' ' not in word)})"
_UNIT: Final = r"(?P<unit>day|week|fortnight|month)s?"
_YEAR: Final = r"(?:,? (?P<year>20\d\d))?"
_CLOSE: Final = r"(?:(?:the )?(?:very )?(?:end|close) of (?:the )?(?:day|business|play|work)|eod|cob|close)"
_NTH: Final = r"(?P<nth>first|second|third|fourth|last)"
NO_THING: Final = (
    r"(?=\s*(?:[.,;:!?)-]|$)|'s (?:a |fine|good|ok|great|perfect|better|best|free|it\b|when|the )"
    r"|\s+(?:is|it|then|works?|would|will|at|and|or|to|in the|if|because|please|too|should|for|evening|morning"
    r"|afternoon|night|noon|lunch|latest|i|we|you|he|she|they|there|anyway|as|so|already|on|with|by|but|onwards?"
    r"|instead|though|next|this|who|whether|what|how)\b)"
)
"""After “the ninth”: no word for a thing, as in “the ninth floor”."""

_FEAST: Final = (
    r"thing|party|do|dinner|lunch|card|tree|menu|campaign|edition|market|song|period|rush|sale|sales|shop|concert|issue"
    r"|display|week|season|orders?|version|numbers|release"
)
_HOW: Final = r"(?:(?:the )?(?P<how>this(?: coming)?|coming|next|following|last|past) )"
_OF_MONTH: Final = rf"(?:(?P<period>(?:the|this|next) month)|{_MONTH})"
_PART: Final = r"(?:(?:the )?(?:very )?(?P<part>end|start|beginning|middle|early|mid|late|later)(?: of| in)?[\s-])"


_REMEMBERED: Final = 4096
"""So many sentences are remembered with their days: a conversation asks about each one some four times."""


@lru_cache(maxsize=_REMEMBERED)
def find_dates(text: str, flat: str, base: date) -> tuple[Days, ...]:
    """Return the days that a text names, in order, without overlap; the longest reading wins.

    Args:
        text: Verbatim.
        flat: The same in lower case, character by character.
        base: The day of the meeting.
    """
    found: list[Days] = []
    for days in sorted(_all(text, flat, base), key=lambda days: (days.offset, -len(days.text))):
        if not found or days.offset >= found[-1].stop:
            found.append(days)
    return tuple(found)


def _all(text: str, flat: str, base: date) -> Iterator[Days]:
    for pattern, reading in _READINGS:
        for match in pattern.finditer(flat):
            try:
                span = reading(match, base)
            except (ValueError, OverflowError):
                continue  # the 31st of June, or a year that no calendar has
            if span:
                yield Days(text[match.start() : match.end()], match.start(), *span)


def _named(match: re.Match[str], group: str) -> str:
    return match.groupdict().get(group) or ""


def _step(match: re.Match[str]) -> int:
    return _STEPS[_named(match, "how").split(" ")[0]]


def _days_later(days: int) -> _Reading:
    return lambda _match, base: one(base + timedelta(days=days))


def _later(match: re.Match[str], base: date) -> date:
    words, unit = match["count"].replace("  ", " "), match["unit"]
    count = int(words) if words.isdigit() else NUMBER_WORDS[words]
    if unit == "month":
        return months_later(base, count)
    return base + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _in_some_time(match: re.Match[str], base: date) -> Span:
    return one(_later(match, base))


def _some_time_ago(match: re.Match[str], base: date) -> Span:
    return one(base - (_later(match, base) - base))


def _coming(match: re.Match[str], base: date) -> date:
    return base + timedelta(days=(WEEKDAYS.index(match["weekday"]) - base.weekday()) % 7 or 7)


def _weekday(match: re.Match[str], base: date) -> Span:
    wanted, how = WEEKDAYS.index(match["weekday"]), _named(match, "how")
    if how in {"last", "past"}:
        return one(base - timedelta(days=(base.weekday() - wanted - 1) % 7 + 1))
    if how in {"next", "following"} or _named(match, "next"):
        return one(monday_of(base) + timedelta(days=7 + wanted))
    if how == "this":
        return one(base + timedelta(days=(wanted - base.weekday()) % 7))
    return one(_coming(match, base) + timedelta(days=7 if _named(match, "later") else 0))


def _short_weekday(match: re.Match[str], base: date) -> Span:
    wanted = next(number for number, name in enumerate(WEEKDAYS) if name.startswith(match["short"][:3]))
    return one(base + timedelta(days=(wanted - base.weekday()) % 7 or 7))


def _after_weekday(match: re.Match[str], base: date) -> Span:
    return one(_later(match, _coming(match, base)))


def _weekend(match: re.Match[str], base: date) -> Span:
    saturday = monday_of(base) + timedelta(days=5 + 7 * _step(match))
    return saturday, saturday + timedelta(days=1)


def _spoken_period(match: re.Match[str], base: date) -> Span | None:
    part, how = _named(match, "part"), _named(match, "how")
    return period_of(base, match["unit"], _step(match), part) if part or how else None


def _days_of_this_week(_match: re.Match[str], base: date) -> Span:
    """Return what is left of this week with the day after it, so that "before it is out" is its Friday."""
    friday = week_of(base, 0, "end")[1]
    return friday + timedelta(days=1), friday + timedelta(days=1)


def _week_after_next(_match: re.Match[str], base: date) -> Span:
    return week_of(base, 2, "")


def _same_time(match: re.Match[str], base: date) -> Span:
    return one(months_later(base, 1) if match["unit"] == "month" else base + timedelta(days=7))


def _week_of(match: re.Match[str], base: date) -> Span | None:
    named = _in_year(base, _MONTH_NUMBERS[match["month"][:3]], _day_number(match["day"]), "")
    return working_week(named[0])


def _week_of_day(match: re.Match[str], base: date) -> Span | None:
    named = _day_alone(match, base)
    return working_week(named[0]) if named else None


def _working_days(match: re.Match[str], base: date) -> Span:
    words, day = match["count"], base
    for _ in range(int(words) if words.isdigit() else NUMBER_WORDS[words]):
        day += timedelta(days=3 if day.weekday() == WEEKDAYS.index("friday") else 1)
        if day.weekday() > WEEKDAYS.index("friday"):
            day = monday_of(day) + timedelta(days=7)
    return one(day)


def _monday_after_weekend(_match: re.Match[str], base: date) -> Span:
    return one(monday_of(base) + timedelta(days=7))


def _month_meant(match: re.Match[str], base: date) -> date:
    """Return the first day of “the month”, “next month” or a month by its name."""
    named = _named(match, "month")
    if not named:
        return months_later(base.replace(day=1), 1 if "next" in match["period"] else 0)
    month = _MONTH_NUMBERS[named[:3]]
    return date(base.year + (month < base.month), month, 1)


def _nth_of_month(match: re.Match[str], base: date) -> Span:
    """Return “the last Friday of the month”, “the second week of May”, “the last day of next month”."""
    first = _month_meant(match, base)
    last, what = last_of(first.year, first.month), match["what"]
    nth = -1 if match["nth"] == "last" else ORDINALS[match["nth"]]
    if what == "day":
        return one(last if nth < 0 else first + timedelta(days=nth - 1))
    wanted = 0 if what == "week" else WEEKDAYS.index(what)
    day = last - timedelta(days=(last.weekday() - wanted) % 7)
    if nth > 0:
        day = first + timedelta(days=(wanted - first.weekday()) % 7 + 7 * (nth - 1))
    return (day, min(day + timedelta(days=4), last)) if what == "week" else one(day)


def _day_of_month(match: re.Match[str], base: date) -> Span:
    return one(_month_meant(match, base).replace(day=_day_number(match["day"])))


def _holiday(match: re.Match[str], base: date) -> Span:
    return holiday(match["name"], base)


def _end_of(match: re.Match[str], base: date) -> Span:
    unit = {"w": "week", "m": "month", "q": "quarter", "y": "year"}[match["letter"]]
    return period_of(base, unit, 0, "end")


def _end_of_period(match: re.Match[str], base: date) -> Span:
    return period_of(base, match["unit"], 0, "end")


def _quarter_by_name(match: re.Match[str], base: date) -> Span:
    spoken = _named(match, "quarter")
    quarter = int(spoken) if spoken.isdigit() else ORDINALS[spoken]
    year = int(_named(match, "year") or base.year + (quarter <= (base.month - 1) // 3))
    return part_of(_named(match, "part"), *quarter_of(year, quarter))


def _month_by_name(match: re.Match[str], base: date) -> Span | None:
    if (
        match["month"] == "may"
        and _named(match, "how").startswith("this")
        and _VERB_NEXT.match(match.string[match.end() :])
    ):
        return None  # "this may have to wait"
    told = _named(match, "part") or _named(match, "how") or _named(match, "year")
    if not told and not _BEFORE_MONTH.search(match.string[: match.start()]):
        return None  # "we may", "march on"
    month = _MONTH_NUMBERS[match["month"][:3]]
    if _step(match) < 0:
        year = base.year - (month >= base.month)
    else:
        year = int(_named(match, "year") or base.year + (month < base.month))
    return part_of(_named(match, "part"), date(year, month, 1), last_of(year, month))


def _day_number(spoken: str) -> int:
    digits = re.match(r"\d+", spoken)
    return int(digits[0]) if digits else ORDINALS[re.sub(r"\s+", "-", spoken)]


def _in_year(base: date, month: int, day: int, year: str) -> Span:
    if year:
        return one(date(int(year), month, day))
    this = date(base.year, month, day)
    if this < base - timedelta(days=LOOKS_BACK):
        return one(date(base.year + 1, month, day))
    return one(date(base.year - 1, month, day) if this - base > timedelta(days=365 - LOOKS_BACK) else this)


def _day_and_month(match: re.Match[str], base: date) -> Span:
    return _in_year(base, _MONTH_NUMBERS[match["month"][:3]], _day_number(match["day"]), _named(match, "year"))


def _day_alone(match: re.Match[str], base: date) -> Span | None:
    day = _day_number(match["day"])
    for months in range(3):  # no month without a 31st follows another, save July's and December's neighbours
        last = months_later(base.replace(day=1), months)
        last = last_of(last.year, last.month)
        if day <= last.day and last.replace(day=day) > base:
            return one(last.replace(day=day))
    return None


def _iso(match: re.Match[str], _base: date) -> Span:
    return one(date(int(match[1]), int(match[2]), int(match[3])))


def _slashed(match: re.Match[str], base: date) -> Span | None:
    first, second, year = int(match[1]), int(match[2]), match[3] or ""
    if not year and not _BEFORE_DIGITS.search(match.string[: match.start()]):
        return None  # a fraction
    if first == second or second > len(MONTHS):
        return _in_year(base, first, second, year)
    return _in_year(base, second, first, year) if first > len(MONTHS) else None


def _dotted(match: re.Match[str], base: date) -> Span | None:
    if not match[3] and not _BEFORE_DIGITS.search(match.string[: match.start()]):
        return None  # a version
    return _in_year(base, int(match[2]), int(match[1]), match[3] or "")


def _rule(pattern: str, reading: _Reading) -> tuple[re.Pattern[str], _Reading]:
    return re.compile(r"(?<![\w/.-])(?:" + pattern.replace(" ", r"\s+") + r")(?![\w-])"), reading


_READINGS: Final = (
    _rule(r"today|tonight|(?:later )?this (?:afternoon|evening)", _days_later(0)),
    _rule(r"(?:the )?(?:end|close) of (?:the |this )?(?:business |working )?(?:day|shift)", _days_later(0)),
    _rule(r"(?:the )?(?:end|close) of (?:business|play|work)|eod|cob", _days_later(0)),
    _rule(
        rf"(?:{_CLOSE},? (?:on )?)?(?:first thing )?tomorrow(?: morning| afternoon| evening| night)?", _days_later(1)
    ),
    _rule(r"(?:tomorrow|the next day|tomorrow's) first thing", _days_later(1)),
    _rule(rf"{_CLOSE},? (?:on |of )?{_HOW}?{_WEEKDAY}", _weekday),
    _rule(r"(?:a|one) week (?:from )?tomorrow|tomorrow week", _days_later(8)),
    _rule(r"(?:this|the|at the|at this) (?:same )?time (?P<how>next) (?P<unit>week|month)", _same_time),
    _rule(r"same time (?P<how>next) (?P<unit>week|month)", _same_time),
    _rule(r"(?:first thing )?in the morning(?=\W*(?:then\W*)?$|,)", _days_later(1)),
    _rule(r"(?:the )?day after tomorrow", _days_later(2)),
    _rule(r"yesterday(?: morning| afternoon| evening)?|last night", _days_later(-1)),
    _rule(rf"{_HOW}?{_WEEKDAY}(?P<later> week)?", _weekday),
    _rule(rf"{_WEEKDAY}(?: of| in)? (?P<next>next week)", _weekday),
    _rule(rf"(?P<next>next week)(?:,| on)? {_WEEKDAY}", _weekday),
    _rule(
        r"(?:(?<=by\s)|(?<=before\s)|(?<=until\s)|(?<=on\s))(?P<short>mon|tues?|wed|thu(?:rs?)?|fri)", _short_weekday
    ),
    _rule(rf"{_COUNT} {_UNIT} from {_WEEKDAY}", _after_weekday),
    _rule(rf"{_COUNT} {_UNIT} (?:from )?today", _in_some_time),
    _rule(rf"{_COUNT} {_UNIT} on {_WEEKDAY}", _after_weekday),
    _rule(r"(?:the|this) week(?:'s| is) (?:out|over|up|through)", _days_of_this_week),
    _rule(r"(?:the|this) (?P<unit>month|quarter|year)(?:'s| is) (?:out|over|up|through)", _end_of_period),
    _rule(rf"(?:{_HOW}|the )?weekend", _weekend),
    _rule(rf"{_PART}?(?:{_HOW}|the )?(?P<unit>week|month|quarter|year)", _spoken_period),
    _rule(r"(?:the )?week after next(?: week)?", _week_after_next),
    _rule(r"eo(?P<letter>[wmqy])", _end_of),
    _rule(rf"{_PART}?(?:the )?q(?P<quarter>[1-4])(?: of)?{_YEAR}", _quarter_by_name),
    _rule(rf"{_PART}?(?:the )?(?P<quarter>first|second|third|fourth) quarter_of(?: of)?{_YEAR}", _quarter_by_name),
    _rule(r"(?:the )?(?P<unit>month|quarter|year)(?:'s)?[ -](?P<part>end)(?! closing)", _spoken_period),
    _rule(rf"(?:the )?{_NTH} (?P<what>day|week|{'|'.join(WEEKDAYS)}) (?:of|in) {_OF_MONTH}", _nth_of_month),
    _rule(rf"(?:the )?{_DAY} of (?P<period>(?:the|this|next) month)", _day_of_month),
    _rule(
        rf"(?:in |during )?(?:the )?week (?:of|commencing|starting|beginning) (?:the )?{_DAY}(?: of)? {_MONTH}",
        _week_of,
    ),
    _rule(rf"(?:in |during )?(?:the )?week (?:of|commencing|starting|beginning) the {_DAY}", _week_of_day),
    _rule(rf"(?:the )?{_WEEKDAY},? (?:the )?{_DAY}(?: of)? {_MONTH}{_YEAR}", _day_and_month),
    _rule(rf"(?:the )?{_WEEKDAY},? the {_DAY}", _day_alone),
    _rule(r"(?:right |straight |directly |just )?after the weekend", _monday_after_weekend),
    _rule(rf"(?:with)?in (?:the next )?{_COUNT} (?:working|business) days", _working_days),
    _rule(rf"{_PART}?{_HOW}?{_MONTH}{_YEAR}", _month_by_name),
    _rule(rf"{_MONTH} (?:the )?{_DAY}{_YEAR}", _day_and_month),
    _rule(rf"(?:the )?{_DAY}(?: of)? {_MONTH}{_YEAR}", _day_and_month),
    _rule(r"the (?P<day>\d{1,2}(?:st|nd|rd|th))", _day_alone),
    _rule(
        rf"(?:(?<=by\s)|(?<=on\s)|(?<=for\s)|(?<=before\s)|(?<=until\s)|(?<=till\s)|(?<=to\s)|(?<=from\s)|(?<=of\s))"
        rf"the (?P<day>{_SPOKEN_DAY}){NO_THING}",
        _day_alone,
    ),
    _rule(rf"the (?P<day>{_LATER_DAY}){NO_THING}", _day_alone),
    _rule(rf"(?:with)?in (?:the next )?{_COUNT} {_UNIT}(?: time)?", _in_some_time),
    _rule(rf"{_COUNT} {_UNIT} from now", _in_some_time),
    _rule(rf"{_COUNT} {_UNIT} ago", _some_time_ago),
    _rule(r"(20\d\d)-(\d\d)-(\d\d)", _iso),
    _rule(r"(\d{1,2})/(\d{1,2})(?:/(20\d\d))?", _slashed),
    _rule(r"(\d{1,2})\.(\d{1,2})\.(20\d\d)?", _dotted),
    _rule(
        rf"(?:(?<=by\s)|(?<=before\s)|(?<=until\s)|(?<=till\s)|(?<=over\s)|(?<=at\s)|(?<=for\s)|(?<=on\s)"
        rf"|(?<=after\s)|(?<=since\s)|(?<=of\s))(?P<name>{'|'.join(NAMES)})(?!\s+(?:{_FEAST}))",
        _holiday,
    ),
)
