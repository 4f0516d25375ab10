"""The turns of phrase that give somebody work, as patterns for text in lower case."""

import re
from enum import StrEnum
from typing import Final

from bot.engine.insights.vocabulary import one_of


class Family(StrEnum):
    """In which way something is to be done."""

    PROMISE = "promise"
    """I'll send it."""
    OFFER = "offer"
    """Let me send it; I can send it."""
    OWN_NEED = "own_need"
    """I need to send it."""
    OUR_NEED = "our_need"
    """We have to send it."""
    OUR_PLAN = "our_plan"
    """We'll send it."""
    SOMEBODY = "somebody"
    """Somebody should send it."""
    YOURS = "yours"
    """You should send it."""
    DIRECTIVE = "directive"
    """Make sure to send it; please send it."""
    IMPERATIVE = "imperative"
    """Mei, send it."""
    REQUEST = "request"
    """Can you send it?"""
    LETS = "lets"
    """Let's send it; can we send it?"""
    ASKED = "asked_who"
    """Who is going to send it?"""
    ASSIGNED = "assigned"
    """Mei will send it."""
    PASSIVE = "passive"
    """It needs to be sent."""
    MARKER = "marker"
    """Action item: send it."""
    OWED = "owed"
    """You'll have it by Friday."""
    TAKEN = "taken"
    """The status page? (and somebody says: mine)"""
    HEARD = "heard"
    """Tonight, before I go. (no words of work, and yet it is some)"""


FIRST_PERSON: Final = frozenset({Family.PROMISE, Family.OFFER, Family.OWN_NEED, Family.OWED})
"""Families in which the speaker takes the work on."""

SOMEONE: Final = one_of(
    """
    somebody
    someone
    anybody
    anyone
    one of (?:us|you)
    everybody
    everyone
    all of (?:us|you)
    each of (?:us|you)
    """
)
ROLE: Final = one_of(
    """
    (?:the|our|your|their) (?:[a-z]+ ){0,2}(?:team|designers?|managers?|engineers?|developers?|lead|expert|department)
    (?:the|our|your|their) (?:[a-z]+ ){0,2}(?:folks|guys|people|owner|colleagues?|assistant|director|accountant
        |lawyer)
    marketing|legal|finance|engineering|accounting|procurement|he|she|they
    """
)
MUST: Final = one_of(
    "has to|have to|needs to|need to|must|should|ought to|'s got to|has got to|is to|are to|is supposed to"
)
WILL: Final = one_of("will|is going to|are going to|is gonna|are gonna|(?:'s|'re) (?:going to|gonna)")

TURNS: Final = tuple(
    (family, re.compile(r"\b" + one_of(text)))
    for family, text in (
        (
            Family.MARKER,
            r"""
            (?:action (?:items?|points?)|to-?dos?|to dos?|todo items?)(?: for (?:\w+|next (?:week|time)))? ?[:-]
            (?:an?|the|my|your|next|one) (?:action (?:item|point)|to-?do)(?: for \w+)? (?:is|will be)(?: that| to)?\b
            (?:the|my|your|our) (?:next step|task|homework|job)s?(?: for \w+)? (?:is|are|would be|will be) to\b
            next steps? ?:
            follow-?ups? ?:
            """,
        ),
        (
            Family.PROMISE,
            r"""
            i'll\b
            (?:i will|i shall|i'm going to|i am going to|i'm gonna|i am gonna|imma|i plan to|i promise to)\b
            i'm (?=[a-z]+ing\b)(?!going to)
            (?:im going to|im gonna)\b
            (?:i'm|i am|i'll be) (?:(?:probably|just|also|definitely|actually|hopefully|still|then|maybe) ){1,2}
                (?:going to|gonna)\b
            i (?:hope|aim|intend|expect) to(?= (?:get|have|finish|send|submit|write|run|do)\b)
            i was (?:just |actually |also )?(?:going|planning) to(?=\b[^.?!]*\b(?:tonight|tomorrow|next week
                |this (?:morning|afternoon|evening|week))\b)
            ^(?:(?:sure|okay|ok|yes|yeah|yep|fine|ta|right|alright|already|good|great|ah|oh)\b\W*)+
                (?=[a-z]+ing (?:it|them|that|those|the|a|you|this)\b)
            ^(?=(?:doing|sending|bringing|fetching|getting|writing|packing|booking|ordering|fixing|mailing
                |calling|ringing
                |texting|printing|checking|chasing|moving|adding|putting|taking|making|handing) (?:it|them|that
                |those|the|a|you|this)\b)
            (?<!is\s)(?<!was\s)(?<!are\s)(?<!am\s)(?<!i'm\s)(?<!be\s)
                (?<!feel\s)(?<!felt\s)(?<!been\s)(?<!fell\s)ill(?= [a-z])
            (?<!if\s)(?<!when\s)(?<!once\s)(?<!that\s)(?<!what\s)(?<!before\s)(?<!should\s)(?<!can\s)(?<!do\s)
                i(?! do (?:i|not|have|like|think|know|mean|see|want|get|need|agree|hope)\b)(?= (?:put|open|send
                |write|turn|do|check|call|ring|book|bring|ask|order|fix|mail|take|make|get
                |tell|print
                |finish|start|look|shift|move|pick|fetch|pack|hand|hang|drop|buy|prepare|go|speak|talk|meet|post
                |share|copy)\b
                [^.?!]*\b(?:as soon as|when (?:i'm|the|they|it)|once|straight after|right after|tomorrow|tonight|today
                |this (?:after|eve|morn)|before i|(?:over|on|at) the weekend
                |(?:by|on) (?:mon|tues|wednes|thurs|fri|satur|sun)day(?!s)|next week|later
                |(?:now|then)(?=\W*$|,))\b)
            """,
        ),
        (
            Family.OFFER,
            r"""
            i'd(?= (?:also |just |rather )?(?:send|ring|call|phone|put|build|write|do|ask|take|bring|make|fit|get
                |mail|book|order)\b
                (?!.*\bif\b)[^.?!]*\b(?:myself|tomorrow|tonight|this (?:afternoon|evening|morning|week)|next week
                |the day after
                |on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)
            (?:i can|i could|i'd have to|i would have to|i wouldn't mind|let me|lemme|i volunteer to|shall i
                |should i|i want to|i'd like to|i would like to)\b
            (?:i'm |i am |i'd be |i would be )?happy to\b
            """,
        ),
        (
            Family.OWN_NEED,
            r"""
            i (?:(?:still|also|just|really) )*(?:need to|have to|must|should|ought to|gotta|got to)\b
            (?:i've got to|i'd better)\b
            """,
        ),
        (
            Family.OUR_NEED,
            r"""
            we (?:(?:still|also|just|really|definitely|probably|all) )*(?:need to|have to|must|should|ought to)\b
            we (?:gotta|got to)\b
            (?:we've got to|we'd better|we want to)\b
            """,
        ),
        (
            Family.OUR_PLAN,
            r"""
            (?:we'll|we will|we shall|we're going to|we are going to|we're gonna|we can|we could|we might)\b
            we(?= meet\b)
            """,
        ),
        (
            Family.SOMEBODY,
            rf"""
            {SOMEONE}(?: (?:else|here|from [a-z]+))? (?:{MUST}|{WILL}|can|could|might want to)\b
            (?:we|i)(?:'ll| will)? (?:(?:still|only|just|really) )?(?:need|want) {SOMEONE} to\b
            (?:can|could|would|will) {SOMEONE}\b
            """,
        ),
        (
            Family.YOURS,
            rf"""
            you (?:(?:guys|both|two|still|all|also|just) )*(?:{MUST}|might want to|may want to)\b
            you(?:'ll| will|'re going to|'re just going to| are going to|'re gonna|'d better| can)\b
            """,
        ),
        (
            Family.DIRECTIVE,
            r"""
            i(?:'d like|'d love| would like| want| need) you (?:(?:guys|both|all) )?to\b
            (?:(?<!to\s)(?<!wanna\s)(?<!wanted\s)(?<!would\s)make sure|be sure to|don't forget to
                |do not forget to|remember to|remind me to|please(?! do\W))\b
            """,
        ),
        (
            Family.REQUEST,
            r"""
            (?<!you\s)(?<!if\s)(?:can|could|would|will) you
                (?!\s+(?:rather|prefer|like|buy|want|use|say|expect|recommend|pay (?:more|extra|for)
                |have (?:an?|the|more|different)|be (?:willing|interested|happy|able))\b)
                \s+(?:(?:and [a-z]+|guys|all|both|maybe|perhaps) )?(?!mind\b)
            (?:would|do) you mind\b
            why don't you\b
            (?:perhaps|maybe) you (?:could|can)\b
            (?:do you think you (?:can|could)|are you able to|would you be able to|if you (?:could|can))\b
            """,
        ),
        (
            Family.ASKED,
            r"""
            who(?:'s| is) going to\b
            who (?:will|can|could|would like to|wants to|should|has to)\b
            who (?=(?:takes|does|handles|writes|books|sends|makes|prepares|calls|orders|organi[sz]es|checks
                |updates)\b)
            """,
        ),
        (
            Family.OWED,
            r"""
            you(?:'ll| will) (?=(?:have|get|find|hear|receive)\b(?!.*\bfrom (?:the|our) (?:system|app|site
                |website|portal)\b)(?! (?:to|used|it wrong|the idea|the point|what)\b))
            (?<!do\s)(?<!did\s)(?<!let\s)(?<!if\s)(?<!when\s)(?<!have\s)(?<!can\s)(?<!could\s)(?<!will\s)(?<!would\s)(?<!once\s)
                you (?=(?:have|get|find) (?:it|them|those|that)\b|get my\b)
            you can (?=have (?:it|them|that|this|those|my|your|the)\b[^?]*\bby\b)
            (?<!do\s)(?<!does\s)(?<!did\s)(?<!if\s)(?<!when\s)(?<!once\s)
                (?:he|she|they)(?:'ll| will)? (?=(?:has|have|gets|get) (?:it|them)\b)
            [a-z]+ (?=comes your way\b)
            (?:'s|is|are|it's|that's) (?=coming from me\b)
            [a-z]+ (?=comes? from me\b)
            (?:'ll|will|to) (?=be hearing from me\b)
            (?:you|he|she|they)(?:'ll| will)? (?=hears? from me\b)
            (?:it|that|they)(?:'ll| will) (?=be (?:done|finished|fixed|ready|up|sent|with (?:you|him|her|them)
                |in your|there
                |over|sorted|live|out|on your|in (?:today|tomorrow)'s)\b)
            """,
        ),
        (Family.LETS, r"(?:let's(?! see\b)|let us(?! see\b)|can we|could we|why don't we)\b"),
        (Family.ASSIGNED, rf"{ROLE}(?:(?: (?:{MUST}|{WILL}|can)|'ll)\b)"),
        (
            Family.PASSIVE,
            r"""
            (?:needs?|has|have) to be\b(?! (?:in|on|out|back|up|there|here|ready|over|off|able|careful|more|less
                |as|sure|a|an|the)\b)
            (?:must|should) be\b(?! (?:in|on|out|back|up|there|here|ready|over|off|able|careful|more|less|as|sure
                |a|an|the)\b)
            (?<!i\s)(?<!we\s)(?<!you\s)still needs?\b
            needs?(?= [a-z]+ing\b)
            """,
        ),
    )
)

AFTER_NAME: Final = re.compile(
    rf"\s+(?:{MUST}|{WILL}|can|could)\b(?!\s+you\b)|'ll\b|'s\s+(?:going to|gonna|got to)\b|\s*,?\s+to\b(?=\s)"
)
"""What follows the name of somebody who is to do something."""

COMMAND: Final = re.compile(
    one_of(
        r"""
        [a-z-]+ (?:(?:up|out|in|over|down|back) )?(?:me|us|them|him|her|it|the|an?|all|that|this|those|these)\b
        [a-z-]+ (?:my|our|your|everyone|everybody)\b
        [a-z-]+ (?:out|up|in|on|over|back|with|to) \w
        """
    )
)
"""A verb and what it is to be done to: what a command looks like."""
