"""What a follow-up is: getting in touch or coming together, as against work that leaves something behind.

"I'll send the report by Friday" delivers something: an action item. "I'll email the printer", "let's set up a call" and
"I'll follow up with legal" are follow-ups. A sentence is one or the other, never both.
"""

import re
from typing import Final

from bot.engine.insights.cues import Cue
from bot.engine.insights.turns import Family
from bot.engine.insights.vocabulary import one_of

_GATHERING: Final = one_of(
    r"""
    meetings?|calls?|sync|sync-up|catch-up|catch up|session|demo|interviews?|chat|workshop|appointment|one-on-ones?|1:1
    stand-?up|retro(?:spective)?|follow-?up|kick-?off|huddle|get-together|call-back|lunch|coffee
    time (?:with|to (?:talk|meet|discuss))
    """
)
_NOTE: Final = "(?:e-?mails?|mail|message|text|note|invite|invitation|reminder|dm|line|ping|letter)"
_THING: Final = one_of(
    """
    report|deck|slides?|notes|minutes|contract|invoice|draft|files?|documents?|docs?|numbers|figures|links?|list|cop(?:y|ies)
    photos?|pictures?|results?|data|spreadsheet|proposal|estimate|quote|plan|agenda|summary|recording|samples?|schedule
    design|mock-?ups?|budget|code|paper|details|spec|logs?|it|that|this|them
    """
)
_SOMEBODY: Final = r"(?:him|her|them|you|everybody|everyone|the \w+(?: \w+)?|[a-z]+)"
"""Whoever is spoken to: names are in lower case here."""

_ON_A_DAY: Final = r"(?:with|to|again|on|about|of|at|in|for|this|next|after|before|tomorrow|[a-z]+day|the|once)\b"
_FOLLOW_UP: Final = re.compile(
    one_of(
        rf"""
        set (?:[a-z]+ ){{0,4}}?up (?:[a-z'-]+ ){{0,5}}?{_GATHERING}\b(?! (?:rooms?|notes|agenda))
        set (?:[a-z'-]+ ){{0,5}}?{_GATHERING} up\b
        (?:schedule|reschedule|book|arrange|organi[sz]e|plan|put|get|find|have|hold|block|do|call|convene|request|propose
            |move|make|suggest) (?:[a-z'-]+ ){{0,5}}?{_GATHERING}\b(?! (?:rooms?|notes|agenda|minutes))
        (?:send|drop|shoot|fire off|leave|forward) (?:[a-z'-]+ ){{0,4}}?{_NOTE}\b(?! (?:list|address|template|campaign))
        write (?:[a-z'-]+ ){{0,3}}?(?:e-?mail|mail|message|note|letter) to\b
        (?:e-?mail|mail|message|text|ping|dm|write to|slack) (?!(?:out )?(?:(?:the|a|an|my|our|you the) )?{_THING}\b)\w
        (?:call|phone|ring|telephone) (?!(?:it|that|this|the function|out)\b)
        give (?:[a-z'-]+ ){{1,4}}?(?:a )?(?:call|ring|shout|heads-up|heads up)\b
        meet(?: up)?(?: {_ON_A_DAY}|\W*$)
        (?:sync|touch base|circle back|catch up|check in|check back|follow up|follow-up|reach out|get in touch|reconnect
            |get hold|get a hold|liaise|regroup|reconvene|get together|come together|huddle|speak|talk|chat|get back)
            (?: up)?(?: {_ON_A_DAY}|\W*$)
        (?:bring|get|pull|put) (?:[a-z'-]+ ){{1,6}}?(?:together|in (?:the|one|a) room|on (?:a|the) call|in touch)\b
        (?:invite|introduce|contact|connect|loop in|loop)\b
        (?:jump|hop|get) on (?:a|another|the) (?:quick )?(?:call|phone)\b
        check with\b
        (?:raise|take|clear|discuss|propose|pitch|agree|square|talk|go) (?:[a-z'-]+ ){{0,4}}?
            (?:up with|with|past|through with|over with) {_SOMEBODY}\b
        bring (?:it|that|this) up\b
        (?:come|go) back to {_SOMEBODY}\b(?! with (?:a|an|the|my|our)\b)
        (?:have|find|grab|get) (?:a|some|another|ten|five|fifteen|half an) (?:[a-z'-]+ ){{0,3}}?
            (?:words?|conversation|talk|slots?|minutes|hour) (?:with|in|on|next|this)\b
        (?:put|get|stick|send|pop) (?:[a-z'-]+ ){{0,6}}?(?:in|on|into|round) (?:a|the|my|your|our|his|her|their)
            (?: )?(?:calendars?|diary|diaries)\b
        set (?:it|that|this|something|one) up\b
        set up (?:something|a time|a slot|a date|[a-z]+ minutes)\b
        give (?:[a-z'-]+ ){{1,4}}?(?:a )?(?:bell|line|nudge|buzz|shout)\b
        get {_SOMEBODY} on the (?:phone|line)\b
        (?:catch|grab|reach|find|see|visit) (?:him|her|them|everybody|everyone)\b(?! (?:a|an|the|to)\b)
        write (?:it|that|this) to {_SOMEBODY}\b
        (?:pop|go|come|drop|call) (?:round|by|over|in)\b
        """
    )
)


def is_follow_up(cue: Cue) -> bool:
    """Tell whether work is getting in touch or coming together, or was called a follow-up."""
    if cue.family is Family.MARKER and cue.sentence.plain[cue.start :].startswith("follow"):
        return True
    return bool(_FOLLOW_UP.match(cue.work))
