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

_NOT_DUE: Final = re.compile(
    r"(?:\b(?:after|since|starting|beginning|from|every|each|until|till|through|about|(?<!later )than|of last"
    r"|like|as of|per)"
    r"(?:\s+the)?|\b(?:not|n't)\s+(?:\w+\s+)?(?:by|on|before))\s*$"
)
_HAVE_UNTIL: Final = re.compile(r"\bha(?:ve|s)\s+(?:until|till)\s*$")
_BEFORE: Final = re.compile(r"\b(?:before|ahead of|prior to)(?:\s+the)?\s*$")
_BY: Final = re.compile(
    r"\b(?:by|before|ahead of|prior to|later than|due|deadline is|until|till|for|on|within)(?:\s+the)?\s*$"
)
_END: Final = re.compile(r"(?:the )?(?:very )?(?:end|close)\b|eo[dwmqy]|cob")
"""Before the end of a month is any day of it."""

_ATTRIBUTE: Final = re.compile(
    r"'s\b|\s+(?:meeting|report|call|slot|edition|session|release|numbers|figures|standup|sync|demo|workshop|review)\b"
)


def due(flat: str, dates: Sequence[Days], base: date) -> tuple[date, Days] | None:
    """Return the deadline in a sentence and the words that name it, or None.

    Args:
        flat: The sentence in lower case, as `dates` was found in.
        dates: What `find_dates` found in it.
        base: The day of the meeting.
    """
    best: tuple[int, date, Days] | None = None
    for days in dates:
        day = _deadline(flat, days)
        if day is None or day < base:
            continue
        rank = 1 if _BY.search(flat[: days.offset]) or days.text.lower().startswith("within") else 0
        if best is None or rank > best[0]:
            best = (rank, day, days)
    return best[1:] if best else None


def _deadline(flat: str, days: Days) -> date | None:
    before, after = flat[: days.offset], flat[days.stop :]
    if _NOT_DUE.search(before) and not _HAVE_UNTIL.search(before):
        return None
    if _ATTRIBUTE.match(after):
        return None
    if _BEFORE.search(before) and not _END.match(days.text.lower()):
        return days.start - timedelta(days=1)
    return days.end
