"""Times of the meeting's own day that name no day: “by five”, “right after this call”, “on my way home”.

“I'll forward it now” is one too: it is as good as done, and if it is not, today is when somebody should hear of it.
"""

import re
from typing import Final

from bot.engine.insights.vocabulary import one_of

_HOUR: Final = (
    r"(?:half (?:past )?|quarter (?:to|past) |(?:five|ten|twenty) (?:to|past) )?"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|midnight|\d{1,2}(?:[:.]\d\d)?)(?: ?(?:am|pm"
    r"|o'clock))?"
)
_SAME_DAY: Final = re.compile(
    r"(?<![\w'])"
    + one_of(
        rf"""
        (?:right |straight |just |directly )?after (?:this|(?:this|the|our) (?:call|meeting|stand-?up)|we've hung up)
            (?=\W*$|[,.;]|\s+(?:and|so)\b)
        (?:right|straight) after(?=\W*$|[,.;])
        (?:as soon as|the (?:minute|moment|second)|once|when) (?:we|i|you|she|he|they|everybody)(?:'re|'m|'s| are| am
            | is)?
            (?: \w+)? ?(?:finish|finished|hang up|hung up|done here|done|out of|out the|off this|off the|back at|back in
            |back on|get back|get off|get out|leave)
        (?:as soon as|the (?:minute|moment|second)) i'm [a-z]+
        before (?:i|he|she|they|we|you) (?:all )?(?:go|goes|leave|leaves|knock|knocks|finish|finishes|clock|clocks|head
            |hang up)\b
        before (?:they|the (?:shop|office|bank|post|canteen|library|counter)) (?:close|closes|shut|shuts|goes)\b
        on (?:my|the|your|his|her|our) way (?:home|back|out|down|up|over|there)
        (?:at|by|until|till|before) the end of (?:this|the|our|my|your) (?:call|meeting|hour|shift|lesson|session
            |morning
            |afternoon|round)
        this (?:morning|lunchtime|minute|second)
        (?:at|by|before|over|during|after|till) (?:my |the )?(?:lunch|lunchtime|lunch break|noon|midday|dinner ?time
            |teatime
            |tea|break)
        (?:at|by|before|until|till|around) (?:about |around )?{_HOUR}
            (?=\W*$|[,.;]|\s+(?:today|tonight|at the latest|and|so|or|please|then|if|latest|sharp)\b)
        (?:in|inside|within) (?:the |the next )?(?:an|one|two|three|\d|half an|a couple of|hour)(?: hours?|$|(?=\W))
        (?:in|inside|within) (?:the next )?(?:a|five|ten|fifteen|twenty|thirty|forty|\d+)
            (?: minutes?| mins?| secs?| seconds?| second| bit| moment| tick)
        in (?:five|ten|fifteen|twenty|thirty)(?=\W*$)
        first thing today
        (?:right |straight )away(?=\W*$|[,.;])
        (?<!not\s)(?<!right\s)now(?=\W*$|[.;])
        """
    )
)
_OF_A_DAY: Final = re.compile(r"(?:day|tomorrow|\d(?:st|nd|rd|th)|[a-z](?:first|second|third|th))s?,?\s+$")
"""“On Tuesday at ten” is not at ten today."""


def same_day(flat: str) -> bool:
    """Tell whether a sentence in lower case names a time of the meeting's own day: "by five", "after this call"."""
    return same_day_at(flat) is not None


def same_day_at(flat: str) -> tuple[int, int] | None:
    """Return where a sentence in lower case names a time of the meeting's own day."""
    for match in _SAME_DAY.finditer(flat):
        before = flat[: match.start()]
        if _OF_A_DAY.search(before):
            continue
        return match.span()
    return None
