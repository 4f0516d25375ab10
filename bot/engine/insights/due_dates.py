"""By when something is due: of the days that a sentence names, the one that is a deadline, or none.

A due date is a single day. Of a stretch ("next week", "Q2") it is the last day; "before" means the day before. Days in
the past, days that something starts or lasts ("after Monday", "since", "until"), and habits ("every Friday",
"on Mondays") are no deadlines.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from bot.engine.insights.dates import Days
from bot.engine.insights.vocabulary import one_of

_NOT_DUE: Final = re.compile(
    r"(?:\b(?:after|since|starting|beginning|from|every|each|until|till|through|about|(?<!later )than|of last"
    r"|like|as of|per|instead of|other than|except|besides|unlike|what's|what is|offer|propose|suggest|(?:offer"
    r"|propose to|suggest to|promise) (?:her|him|them|you|everybody)|not|was|were|been|always|usually)"
    r"(?:\s+the)?|\bafter\s+(?:the|our|my|your|a|that)\s+(?:\w+\s+){1,2}(?:on|in)"
    r"|\b(?:not|n't)\s+(?:\w+\s+)?(?:by|on|before)|\ba)\s*$"
)
_OFFERED: Final = re.compile(
    r"\b(?:offer|propose|suggest)(?:\s+(?:to\s+)?(?:her|him|them|you|everybody))?(?:\s+the)?\s*$"
)
"""“I'll offer them the third and the tenth.”"""

_ONWARDS: Final = re.compile(r"\s+on(?:wards?\b|(?=\s+(?:is|works?|would)\b)|(?=\s*(?:[.,;!?]|$)))")
"""“Wednesday on is fine for me.”"""

_HAVE_UNTIL: Final = re.compile(r"\b(?:ha(?:ve|s)|need|got|(?:give|allow)\s+(?:me|us))\s+(?:until|till)\s*$")
_BEFORE: Final = re.compile(r"\b(?:before|ahead of|prior to)(?:\s+the)?\s*$")
_BY: Final = re.compile(
    r"\b(?:by|before|ahead of|prior to|later than|due|deadline is|until|till|for|on|within)(?:\s+the)?\s*$"
)
_END: Final = re.compile(
    r"(?:the )?(?:very )?(?:end|close)\b|eo[dwmqy]|cob|(?:the|this) (?:month|quarter|year)(?:'s| is) "
)
"""Before the end of a month is any day of it."""

_TIME_OF_DAY: Final = re.compile(
    r"\s+(?:morning|afternoon|evening|night|noon|lunch|lunchtime|(?:at )?\d{1,2}(?::\d\d)?\b)"
)
"""Before Friday evening is still Friday."""

_BY_THE: Final = re.compile(r"\b(?:by|for|until|till)(?:\s+the)?\s*$")
_SUNDAY: Final = 6
"""“By the weekend” is before it begins; “over the weekend” is until it ends."""

_FOR: Final = re.compile(r"\bfor(?:\s+the)?\s*$")
_WEEK: Final = timedelta(days=7)
"""“Goals for the next quarter” are about it, a call “for next week” is in it."""

_AT: Final = re.compile(r"\b(?:in|at|for|during|on|with|by|before)\s+(?:the\s+)?$")
"""“At Thursday's rehearsal”, “in tomorrow's post” are done that day; “Thursday's numbers” are about it."""

_ATTRIBUTE: Final = re.compile(
    r"'s(?! (?:fine|good|ok|okay|great|grand|super|ideal|perfect|better|best|possible|enough|alright|all right|free"
    r"|easier|doable"
    r"|a \w+day"
    r"|the \w+)\b)\b|\s+(?:meeting|report|call|slot|edition|session|release|numbers|figures|standup|sync|demo"
    r"|workshop|review)\b"
)

_EITHER: Final = re.compile(
    r",?\s+(?:or|to|till|until|through|and)\s+(?:maybe |perhaps |possibly |else |even |latest |at the latest )?"
    r"(?:(?:on|by)\s+)?(?:the\s+)?|\s*-\s*"
)
_CORRECTED: Final = re.compile(
    r"(?:\s+(?:morning|afternoon|evening))?\s*[,;.-]+\s*(?:(?:oh|no|wait|sorry|actually|rather|or rather|i mean|well"
    r"|hang on|hold on|make (?:it|that)"
    r"|let's say|let's make it|better|say|so|but|not)\b[\s,;.-]*)*(?:(?:no|sorry|actually|rather|i mean|make (?:it"
    r"|that)"
    r"|let's say|better|so)\b[\s,;.-]*)(?:(?:on|by|for)\s+)?(?:the\s+)?"
)
_APART: Final = 40
"""Two days of one deadline stand at most so many characters apart."""

_COMMA: Final = re.compile(r"\s*,\s*(?:(?:on|by)\s+)?(?:the\s+)?")
_LATEST_OF_TWO: Final = re.compile(r"\s+(?:at the (?:very )?latest|latest|at the outside|at worst)\b")

_THEN: Final = re.compile(r"\b(by|before)\s+(?:then\b|that\s+(?:day|date)\b|that\b(?=\W*$))")

_OPENING: Final = (
    r"\W*(?:(?:yes|yeah|yep|sure|okay|ok|right|alright|well|so|um|uh|oh|ah|and|but|great|perfect|good|fine|no|wait"
    r"|sorry"
    r"|actually|no problem|of course|hm+|i mean|i think|i guess|i suppose|i'd say|maybe|perhaps|probably|hopefully"
    r"|please|then|how about|what about|shall we say|let's say|say|make (?:it|that)|let's make (?:it|that)"
    r"|could you do|can you do)\b\W*)*"
)
_ADVERB: Final = r"(?: (?:also|just|definitely|probably|hopefully|certainly|then|still))*"
_READY: Final = one_of(
    rf"""
    i(?:'ll| will| can| could| should|'m going to|'m gonna){_ADVERB} (?:have|get) (?:it|that|this|them|those)
    i(?:'ll| will| can| could| should|'m going to|'m gonna){_ADVERB} finish (?:it|that|this|them|those)
    you(?:'ll| will| can| should){_ADVERB} (?:have|expect) (?:it|that|this|them|those)
    """
)
_STATE: Final = (
    r"(?:\s+(?:all|done|ready|finished|sorted|fixed|completed|there|with you|in your inbox|live|out|in|over|back|up"
    r"|to you|for you|then))*"
)
_SAID: Final = one_of(
    rf"""
    {_READY}
    (?:i|we)(?:'ll| will| can| could)?{_ADVERB} (?:do|need|want|deliver|manage) (?:it|that|this|them|those)
    (?:can|could|would|will) (?:you|we|i) (?:please )?(?:have|get|do|finish|deliver|manage) (?:it|that|this|them|those)
    (?:it|that|this|they|those)(?:'ll| will| should| can| must| has to| needs to| have to| need to){_ADVERB} be
    (?:it's|that's|it is|that is|they're)(?= (?:due|by)\b)
    (?:the )?deadline (?:is|would be|was)
    (?:i |we )?will do(?: (?:it|that|this))?
    (?:(?:i|we|you) (?:have|need)|i've got|give (?:me|us))(?= until\b)
    """
)
_LATEST: Final = r"(?:by|before|until|till|for|on|within|due(?: on| by)?|no later than|not later than|is)"
_CLOSING: Final = (
    r"(?:\W*\b(?:at the (?:very )?latest|latest|please|then|if possible|(?:is|would be|should be|sounds) (?:fine|good"
    r"|ok|okay|great|perfect|enough|possible|nice)|works(?: for me)?|yes|yeah|okay|ok|sure|right|thanks|thank you"
    r"|i think|i guess|i promise|noon|morning|afternoon|evening|(?:at )?\d{1,2}(?::\d\d)?\s?(?:am|pm|o'clock)?)\b)*\W*"
)
_LONGEST: Final = 160
"""Who says by when, and nothing else, needs no more characters."""

_SETS: Final = re.compile(
    rf"{_OPENING}(?:{_SAID}{_STATE}\W+)?(?:{_LATEST}\s+)?(?:the\s+)?@(?:\W+{_SAID}{_STATE})?{_CLOSING}"
)
"""A sentence that says by when and nothing else, the day written as @."""


def due(flat: str, dates: Sequence[Days], base: date) -> tuple[date, Days] | None:
    """Return the deadline in a sentence and the words that name it, or None.

    Args:
        flat: The sentence in lower case, as `dates` was found in.
        dates: What `find_dates` found in it.
        base: The day of the meeting.
    """
    best: tuple[int, date, Days] | None = None
    offered: Days | None = None
    for days in dates:
        if _OFFERED.search(flat[: days.offset]) or (offered and either(flat[offered.stop : days.offset])):
            offered = days
            continue
        day = _deadline(flat, days)
        if day is None or day < base:
            continue
        rank = 1 if _BY.search(flat[: days.offset]) or days.text.lower().startswith("within") else 0
        if best is None or rank > best[0] or _replaces(flat[best[2].stop : days.offset], flat[days.stop :]):
            best = (max(rank, best[0] if best else 0), day, days)
    return best[1:] if best else None


def either(between: str) -> bool:
    """Tell whether what stands between two days makes one deadline of them: "Monday or Tuesday"."""
    return bool(_EITHER.fullmatch(between))


def _replaces(between: str, after: str) -> bool:
    """Tell whether the later of two days is the one that counts: "Monday or Tuesday", "Friday, no, Thursday"."""
    if len(between) > _APART:
        return False
    return (either(between) or bool(_CORRECTED.fullmatch(between))) or (
        bool(_COMMA.fullmatch(between)) and bool(_LATEST_OF_TWO.match(after))
    )


def _deadline(flat: str, days: Days) -> date | None:
    before, after = flat[: days.offset], flat[days.stop :]
    if _ONWARDS.match(after):
        return None
    if _NOT_DUE.search(before) and not _HAVE_UNTIL.search(before):
        return None
    if (_ATTRIBUTE.match(after) and not (after.startswith("'s ") and _AT.search(before))) or (
        _FOR.search(before) and days.end - days.start > _WEEK
    ):
        return None
    return last_day(flat, days)


def last_day(flat: str, days: Days) -> date:
    """Return the last day on which something is in time that is due as a sentence says, if it is due then."""
    before, after = flat[: days.offset], flat[days.stop :]
    if _BEFORE.search(before) and not _END.match(days.text.lower()) and not _TIME_OF_DAY.match(after):
        return days.start - timedelta(days=1)
    if days.end.weekday() == _SUNDAY and days.start != days.end and _BY_THE.search(before):
        return days.start - timedelta(days=1)
    return days.end


def due_then(flat: str, named: Sequence[Days], base: date) -> date | None:
    """Return the deadline that "by then" or "before then" means: the day that was named last.

    Args:
        flat: The sentence in lower case.
        named: The days that were named before, in order.
        base: The day of the meeting.
    """
    found = _THEN.search(flat)
    if found is None or not named:
        return None
    day = named[-1].start - timedelta(days=1) if found[1] == "before" else named[-1].end
    return day if day >= base else None


def says_then(flat: str) -> bool:
    """Tell whether the deadline is "by then": a day that was named before."""
    return bool(_THEN.search(flat))


def sets_deadline(flat: str, days: Days) -> bool:
    """Tell whether a sentence does nothing but say by when: "By Friday, please", "You'll have it by Friday"."""
    if len(flat) > _LONGEST:
        return False
    return bool(_SETS.fullmatch(f"{flat[: days.offset]}@{flat[days.stop :]}"))
