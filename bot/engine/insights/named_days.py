"""Days that a conversation names: those of a sentence, and those that it counts from a day that was named before.

"The launch is on the fifth. I'll send it the day before." The day before is counted from the launch, because that is
what the conversation dated last. "On the Friday" is the one of the week that was spoken of.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from bot.engine.insights.clauses import begins_at
from bot.engine.insights.dates import NO_THING, Days, find_dates
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.stems import stem
from bot.engine.insights.vocabulary import CALENDAR_WORDS, NUMBER_WORDS, STOP_WORDS, WEEKDAYS

NEAR: Final = 6
"""A day is counted from one that was named at most so many sentences before."""

_TALKED_OF: Final = 3
"""“Friday at nine” is the one after “Thursday the 27th”, if that was said at most so many sentences before."""

EVENT: Final = 12
"""From one on which something happens, at most so many sentences."""

FAR: Final = 40
"""And “the day before the launch” from the launch, where that was dated at most so many sentences before."""

_NUMBER: Final = rf"(?:\d{{1,2}}|{'|'.join(word for word in NUMBER_WORDS if ' ' not in word)}|a couple of)"
_WEEKDAY: Final = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_BACK: Final = r"before(?:hand)?|ahead|earlier|in advance|prior"
_ON: Final = r"after(?:wards)?|later"
_COUNTED: Final = re.compile(
    rf"(?<![\w'-])(?:at least |about |some )?(?:(?P<count>{_NUMBER}) (?:full |whole )?(?P<unit>day|week|fortnight"
    rf"|month)s?"
    rf"|the (?P<alone>day|evening|night|afternoon|morning|week|{'|'.join(WEEKDAYS)}))"
    rf" (?:(?P<back>{_BACK})|(?P<on>{_ON}))(?![\w-])"
    r"(?! (?:yesterday|tomorrow|next|last|now|today))"
)
"""Two days before, a week ahead, the evening before, the Monday after."""

_SAME: Final = re.compile(
    r"(?<![\w'-])(?:(?:on |at )?the same (?:day|morning|afternoon|evening|night)"
    r"|(?:on )?(?<!by )(?<!before )(?<!since )that (?:same )?(?:day|morning|afternoon|evening|night|lunchtime)"
    r"|on the day(?= (?:itself|of)\b|\s*(?:[.,;!?]|$)))(?![\w-])"
)
_BY_THEN: Final = re.compile(
    r"(?<![\w'-])(?:by|before|until) (?:then|that (?:day|date)|that(?=\W*$|[,.;]))(?![\w-])(?! (?:and|i|we|you|they)\b)"
)
_THE_WEEKDAY: Final = re.compile(
    rf"(?<![\w'-])(?:the|(?<!make )(?<!do )(?<!say )(?<!have )(?<!get )(?<!need )(?<!want )(?<!send )(?<!finish )that) "
    rf"{_WEEKDAY}(?! (?:week|before|after)\b)(?:{NO_THING}|(?= of\b))"
)
_A_WEEKDAY: Final = re.compile(r"\ba\s+$")
"""“Not on a Sunday” names no day."""
_EVENT: Final = re.compile(
    r"\b(?:is|are|'s|was moved to|goes?|starts?|begins?|opens?|closes?|ends?|meets?|sits?|comes?|arrives?|leaves?"
    r"|lands?"
    r"|needs? to be|has to be|must be|ha(?:s|ve) to|wants?|due|deadline|start|happens?|moved|falls|visit|go live"
    r"|goes live)"
    r"\b[^.?!]*$"
)
"""Before a day: it is when something happens, so days are counted from it."""

_OF_WHAT: Final = re.compile(
    r"\s*(?:of |to )?(?:the |our |their |your |his |her |we |they |i |it )?(?P<what>[a-z]+(?: [a-z]+)?)"
)
_WORD: Final = re.compile(r"[a-z]+")
_WEEK: Final = 7
_SOON: Final = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A day that later ones may be counted from."""

    days: Days
    number: int
    happens: bool
    words: frozenset[str]


class NamedDays:
    """The days that each sentence of a conversation names, worked out once, in order."""

    def __init__(self, sentences: Sequence[Sentence], base: date) -> None:
        self._base = base
        self._anchors: list[_Anchor] = []
        self._of = {sentence.number: self._read(sentence) for sentence in sentences}

    def of(self, sentence: Sentence) -> Sequence[Days]:
        """Return the days that a sentence of the conversation names, in order."""
        return self._of.get(sentence.number, ())

    def last_before(self, sentence: Sentence, near: int = NEAR) -> Days | None:
        """Return the last day still to come that was named at most `near` sentences before one."""
        for anchor in reversed(self._anchors):
            if anchor.number < sentence.number:
                return anchor.days if sentence.number - anchor.number <= near else None
        return None

    def _read(self, sentence: Sentence) -> tuple[Days, ...]:
        plainly = find_dates(sentence.text, sentence.plain, self._base)
        words = frozenset(_content(sentence.plain))
        found: list[Days] = []
        counted = [*_counts(sentence.plain)]
        taken = [(match.start(), match.end()) for match in counted]
        pending = sorted(
            [(days.offset, days) for days in plainly if not _within(days, taken)]
            + [(match.start(), match) for match in counted],
            key=lambda each: each[0],
        )
        for _, each in pending:
            days = each if isinstance(each, Days) else self._counted(sentence, each)
            if isinstance(each, re.Match) and days is None:
                days = next((one for one in plainly if each.start() <= one.offset < each.end()), None)
            if days is None or _A_WEEKDAY.search(sentence.plain[: days.offset]):
                continue
            days = self._in_stretch(sentence, days)
            found.append(days)
            if days.end >= self._base:
                happens = bool(_EVENT.search(sentence.plain[: days.offset]))
                self._anchors.append(_Anchor(days, sentence.number, happens, words))
        del self._anchors[: -2 * FAR]
        return tuple(found)

    def _in_stretch(self, sentence: Sentence, days: Days) -> Days:
        """Return "Thursday" as the one of next week where next week was just spoken of: "Next week. Thursday?"."""
        spoken = days.text.lower()
        if spoken not in WEEKDAYS or begins_at(sentence.plain) < days.offset:
            return days
        wanted = WEEKDAYS.index(spoken)
        for anchor in reversed(self._anchors):
            first, last = anchor.days.start, anchor.days.end
            if sentence.number - anchor.number > NEAR:
                break
            if self._base < first < last <= first + _SOON:
                day = first + timedelta(days=(wanted - first.weekday()) % _WEEK)
                return replace(days, start=day, end=day) if day <= last else days
            if first == last and sentence.number - anchor.number <= _TALKED_OF:
                day = first + timedelta(days=wanted - first.weekday())
                return replace(days, start=day, end=day) if first - self._base > _SOON else days
        return days

    def _counted(self, sentence: Sentence, match: re.Match[str]) -> Days | None:
        """Return the day that is counted from one named before."""
        anchor = self._anchor(sentence, match)
        if anchor is None:
            return None
        day = _from(anchor, match, self._base)
        if day is None or day < self._base:
            return None
        return Days(sentence.text[match.start() : match.end()], match.start(), day, day)

    def _anchor(self, sentence: Sentence, match: re.Match[str]) -> Days | None:
        near = [each for each in self._anchors if sentence.number - each.number <= NEAR]
        what = _OF_WHAT.match(sentence.plain, match.end()) if match.re is _COUNTED else None
        meant = frozenset(_content(what["what"])) if what else frozenset()
        if meant:
            far = [each for each in self._anchors if sentence.number - each.number <= FAR and meant & each.words]
            happening = [each for each in far if each.happens] or far
            if happening:
                return happening[-1].days
        if not near:
            return None
        if match.re is _COUNTED and near[-1].number < sentence.number:
            happening = [each for each in self._anchors if each.happens and sentence.number - each.number <= EVENT]
            return (happening or near)[-1].days
        return near[-1].days


def _counts(flat: str) -> Iterator[re.Match[str]]:
    end = 0
    for match in sorted(
        (match for pattern in (_COUNTED, _SAME, _BY_THEN, _THE_WEEKDAY) for match in pattern.finditer(flat)),
        key=lambda match: match.start(),
    ):
        if match.start() >= end:
            end = match.end()
            yield match


def _within(days: Days, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start <= days.offset < stop for start, stop in taken)


def _from(anchor: Days, match: re.Match[str], base: date) -> date | None:
    if match.re in {_SAME, _BY_THEN}:
        return anchor.start - timedelta(days=1) if match[0].startswith("before") else anchor.end
    if match.re is _THE_WEEKDAY:
        return _in_week(anchor, WEEKDAYS.index(match["weekday"]), base)
    back, alone = bool(match["back"]), match["alone"]
    from_day = anchor.start if back else anchor.end
    if alone in WEEKDAYS:
        apart = WEEKDAYS.index(alone) - from_day.weekday()
        return from_day + timedelta(days=-((-apart - 1) % _WEEK + 1) if back else (apart - 1) % _WEEK + 1)
    if alone == "week":
        return anchor.end + timedelta(days=-_WEEK if back else _WEEK)
    unit = match["unit"] or "day"
    said = match["count"] or "one"
    count = int(said) if said.isdigit() else NUMBER_WORDS[said]
    days = timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14, "month": 30}[unit])
    return from_day - days if back else from_day + days


def _in_week(anchor: Days, wanted: int, base: date) -> date | None:
    """Return a weekday of the week of a day that is more than a few days off; of a nearer one nothing is known."""
    if anchor.start <= anchor.end and anchor.end - anchor.start > _SOON:
        return None
    day = anchor.start + timedelta(days=wanted - anchor.start.weekday())
    later = anchor.start.weekday() != wanted and day > base
    return day if later or anchor.start - base > _SOON else None


def _content(flat: str) -> Iterator[str]:
    for word in _WORD.findall(flat):
        if word not in STOP_WORDS and word not in CALENDAR_WORDS and word not in NUMBER_WORDS:
            yield stem(word)
