"""Clauses that only set a day: “so Friday”, “make it Thursday”, “the ninth is fine”, “no later than Monday, please”."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from bot.engine.insights.dates import Days
from bot.engine.insights.due_dates import due, either
from bot.engine.insights.vocabulary import NUMBER_WORDS

_LONGEST: Final = 60
"""So many characters of small words are enough; of more the ways to read them would be too many."""

_BREAK: Final = re.compile(r"[,;:!?.…]+|\s-+\s|\s(?:because|although|if|unless)\s")

_OPENING: Final = re.compile(
    r"(?:\W*\b(?:yes|yeah|yep|yup|sure|okay|ok|right|alright|all right|well|so|um|er|uh|oh|ah|and|but|or|great|perfect"
    r"|good|fine|no|wait|sorry|actually|hm+|i think|i guess|i suppose|i'd say|i'd aim|i'd go|aim|go|maybe|perhaps"
    r"|probably|hopefully|please|then|how about|what about|shall we say|shall i say|shall we do|let's say|let's do"
    r"|let's have|say|call it|(?:let's |to |we |can we |could we |can you |could you |i'll |i can )?(?:make|do|say"
    r"|manage"
    r"|have|get|take) (?:it|that|this|them)|make|take|(?:can|could|would) (?:you|we|i) (?:do|say|make|manage)"
    r"|would|will|does|is|was thinking|i was thinking|i'm thinking|thinking|by|on|before|at|for|until|till|within|due"
    r"|just|only|not until|no later than|not later than|at the latest|the latest|latest|it's|that's|it is|that is"
    r"|that'd be"
    r"|that would be|it'll be|that'll be|which is|which would be|which means|meaning|as in|you mean|not|even|better"
    r"|rather"
    r"|definitely|certainly|deadline is|deadline|due date|give (?:me|us)|i need|i'd need|i have|you have|i've got"
    r"|you've got|to be safe|realistically|really|any chance of|worst case|latest by|ready|done|sometime|some time"
    r"|some point"
    r"|any time"
    r"|any day|let me see|let's see|um,|the|this|your|a|done by)\b)*\W*"
)
_CLOSING: Final = re.compile(
    r"\W*(?:\b(?:at the (?:very )?latest|latest|please|then|if possible|ideally|instead|anyway|too|though"
    r"|(?:is|'s|are|would be|should be|sounds|will be|might be|was|be)? ?(?:fine|good|ok|okay|great|grand|super"
    r"|perfect|enough"
    r"|possible"
    r"|nice|best|better|doable|easier|lovely|alright|all right)|s(?= (?:fine|good|ok|okay|great|grand|super|ideal"
    r"|perfect|better|best"
    r"|possible|doable|alright|all right|easier|free|a [a-z]+day)\b)|it is|works?|would work|should work|suits?|does it"
    r"|for me|for us|for you|for them|with me|by me|yes|yeah|ok|okay|sure|right|thanks|thank you|i think|i guess"
    r"|i suppose|i'd say|i'd think|i promise|i can|i could|i will|let's say|say|noon|lunch|lunchtime|morning"
    r"|afternoon|evening|night|first thing"
    r"|last thing|midday|midnight|in the (?:morning|afternoon|evening)|sharp|end of (?:the )?day|close|eod|cob|by close"
    r"|or so|no problem|no later|at (?:about |around )?(?:half |quarter (?:past |to )?)?[a-z]+(?: (?:thirty|fifteen"
    r"|o'clock))?"
    r"|(?:at )?\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|o'clock)?|by [a-z]+|hopefully|probably|maybe|love|mate|guys|everyone"
    r"|is a [a-z]+day|'s a [a-z]+day|it's a [a-z]+day|is mine|is yours)\b)*\W*"
)
_GOES_ON: Final = re.compile(
    r"\s+(?:(?:i(?!'d say)|we|you|he|she|they|was|were|had|has|isn't|wasn't|won't|doesn't|didn't)\b(?! (?:can|could"
    r"|will|would)\b\W*$)"
    r"|is (?!fine|good|ok|okay|great|grand|super|perfect|possible|when|the deadline|better|best|it|a [a-z]+day)"
    r"|(?:will|would) (?!work|be (?:fine|good|ok|great|perfect)|do\b))"
)
"""After a day: it is what the sentence is about, not by when something is due."""

_NO_GOOD: Final = re.compile(
    r"\bno good\b|\btoo (?:late|early|soon|tight)\b|\bimpossible\b|\bdoes(?:n't| not)\b|\bwon't\b|\bnot\b\s*$"
)
_REFUSED: Final = re.compile(r"\b(?:not|never|can't|cannot|isn't|won't)\s+(?:do |make |on |by |a )?(?:the )?$")
_DURATION: Final = re.compile(
    rf"\W*(?:(?:{_OPENING.pattern})|\b(?:another|about|around|roughly|it takes (?:me )?|that takes (?:me )?|i'd need"
    rf"|i need"
    rf"|it'll take (?:me )?|takes (?:me )?|in)\b\W*)*?"
    rf"(?P<count>\d{{1,2}}|{'|'.join(word for word in NUMBER_WORDS if ' ' not in word)}|a couple of)"
    r" (?P<unit>day|evening|week|fortnight|month|hour|minute)s?(?! (?:ago|before|later|after|ahead|earlier)\b)"
    r"(?: (?:tops|or so|max|at most|maximum|from my \w+|from now|i think|i'd say|should do|is fine|'s fine))*\W*$"
)


def day_set(flat: str, days: Sequence[Days], base: date, *, alone: bool = False) -> date | None:
    """Return the day that a sentence is there to set, or None: that of its last clause which does nothing else.

    Args:
        flat: The sentence in lower case.
        days: The days that it names, in order.
        base: The day of the meeting.
        alone: Whether to leave out days that a sentence begins with and goes on from: "Friday for the first half".
    """
    found: date | None = None
    for group, bare in _clauses(flat, days):
        when = due(flat, group, base) if bare or not (alone or found) else None
        if when is not None:
            found = when[0]
    return found


def begins_at(flat: str) -> int:
    """Return where a sentence comes to the point, after "yes, well, let's say"."""
    opening = _OPENING.match(flat)
    return opening.end() if opening else 0


def time_asked_for(flat: str) -> tuple[int, str] | None:
    """Return how long somebody says that they need, as a number and a unit: "two evenings", "give me a week"."""
    found = _DURATION.fullmatch(flat) if len(flat) <= _LONGEST else None
    if found is None:
        return None
    said = found["count"]
    return (int(said) if said.isdigit() else NUMBER_WORDS[said]), found["unit"]


def _clauses(flat: str, days: Sequence[Days]) -> Iterator[tuple[Sequence[Days], bool]]:
    """Find the days that a sentence sets ("Monday or Tuesday" are one), and whether their clause is bare."""
    for group in _groups(flat, days):
        first, last = group[0], group[-1]
        ends = [match.end() for match in _BREAK.finditer(flat, 0, first.offset) if match.end() <= first.offset]
        stop = _BREAK.search(flat, last.stop)
        left, right = flat[max(ends, default=0) : first.offset], flat[last.stop : stop.start() if stop else len(flat)]
        if _REFUSED.search(flat[: first.offset]) or _NO_GOOD.search(right):
            continue
        if _is_all(_OPENING, left) and _is_all(_CLOSING, right):
            yield group, True
        elif _is_all(_OPENING, flat[: first.offset]) and not _GOES_ON.match(flat[last.stop :]):
            yield group, False


def _is_all(small: re.Pattern[str], text: str) -> bool:
    return len(text) <= _LONGEST and bool(small.fullmatch(text))


def _groups(flat: str, days: Sequence[Days]) -> list[list[Days]]:
    groups: list[list[Days]] = []
    for each in days:
        if groups and either(flat[groups[-1][-1].stop : each.offset]):
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups
