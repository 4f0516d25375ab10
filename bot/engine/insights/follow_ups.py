"""What a follow-up is: getting in touch or coming together, as against work that leaves something behind.

"I'll send the report by Friday" delivers something: an action item. "I'll email the printer", "let's set up a call" and
"I'll follow up with legal" are follow-ups. A sentence is one or the other, never both.
"""

import re
from typing import Final

from bot.engine.insights.cues import Cue, Family

_GATHERING: Final = (
    r"(?:meetings?|calls?|sync|sync-up|catch-up|catch up|session|demo|interviews?|chat|workshop|appointment"
    r"|one-on-ones?"
    r"|1:1|stand-?up|retro(?:spective)?|follow-?up|review meeting|kick-?off|huddle|get-together|call-back|lunch|coffee"
    r"|time (?:with|to (?:talk|meet|discuss)))"
)
_NOTE: Final = r"(?:e-?mails?|mail|message|text|note|invite|invitation|reminder|dm|line|ping|calendar invite|letter)"
_THING: Final = (
    r"(?:report|deck|slides?|notes|minutes|contract|invoice|draft|files?|documents?|docs?|numbers|figures|links?|list"
    r"|copy|copies|photos?|pictures?|results?|data|spreadsheet|proposal|estimate|quote|plan|agenda|summary|recording"
    r"|samples?|schedule|design|mock-?ups?|budget|code|paper|details|spec|logs?|it|that|this|them)"
)
_RULES: Final = tuple(
    re.compile(pattern.replace(" ", r"\s+"))
    for pattern in (
        rf"^(?:set|sets|setting) (?:[a-z]+ ){{0,4}}?up (?:[a-z]+ ){{0,5}}?{_GATHERING}\b(?! (?:rooms?|notes|agenda))",
        rf"^set (?:[a-z'-]+ ){{0,5}}?{_GATHERING} up\b",
        (
            r"^(?:schedule|reschedule|book|arrange|organi[sz]e|plan|put|get|find|have|hold|block|do|call|convene|request"
            rf"|propose|move|make|send|suggest) (?:[a-z'-]+ ){{0,5}}?{_GATHERING}\b(?! (?:rooms?|notes|agenda|minutes))"
        ),
        (
            rf"^(?:send|sending|drop|write|shoot|fire off|leave|forward) (?:[a-z'-]+ ){{0,4}}?{_NOTE}\b(?! (?:list"
            rf"|address))"
        ),
        (
            rf"^(?:e-?mail|mail|message|text|ping|dm|write to|slack) (?!(?:out )?(?:the |a |an |my |our "
            rf"|you the )?{_THING}\b)"
        ),
        r"^(?:call|phone|ring|telephone) (?!it\b|that\b|this\b|the function|out\b)",
        r"^give (?:[a-z'-]+ ){1,4}?(?:a )?(?:call|ring|shout|heads-up|heads up)\b",
        (
            r"^(?:meet|meeting)(?: up)?(?: (?:with|again|on|at|next|tomorrow|in|for|to|this|the|once|every"
            r"|[a-z]+day)\b|$|[.,!?])"
        ),
        (
            r"^(?:sync|touch base|circle back|catch up|check in|check back|follow up|follow-up|reach out"
            r"|get in touch|reconnect"
            r"|get hold|get a hold|liaise|regroup|reconvene|get together|come together|huddle|speak|talk|chat"
            r"|get back) ?"
            r"(?:up )?(?:with|to|again|on|about|of|next|tomorrow|[a-z]+day|at|in|this|after|before|$|[.,!?])"
        ),
        r"^(?:bring|get|pull|put) (?:[a-z'-]+ ){1,6}?(?:together|in (?:the|one|a) room|on (?:a|the) call|in touch)\b",
        r"^(?:invite|introduce|contact|connect|loop in|loop)\b",
        r"^(?:jump|hop|get) on (?:a|another|the) (?:quick )?(?:call|phone)\b",
        r"^check with\b",
        r"^ask (?:[a-z'-]+ ){1,4}(?:for|to) (?:a|the|have a|set up a)? ?(?:[a-z]+ )?(?:call|meeting)\b",
    )
)


def is_follow_up(cue: Cue) -> bool:
    """Tell whether work is getting in touch or coming together, or was called a follow-up."""
    if cue.family is Family.MARKER and cue.sentence.plain[cue.start :].startswith("follow"):
        return True
    return any(rule.search(cue.work) for rule in _RULES)
