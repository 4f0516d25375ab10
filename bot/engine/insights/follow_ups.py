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
        ask (?:[a-z'-]+ ){{1,4}}(?:for|to) (?:(?:a|the|have a|set up a) )?(?:[a-z]+ )?(?:call|meeting)\b
        """
    )
)


def is_follow_up(cue: Cue) -> bool:
    """Tell whether work is getting in touch or coming together, or was called a follow-up."""
    if cue.family is Family.MARKER and cue.sentence.plain[cue.start :].startswith("follow"):
        return True
    return bool(_FOLLOW_UP.match(cue.work))
