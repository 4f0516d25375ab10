"""What tells work from mere talk: verbs that leave nothing behind, a meeting's mechanics, conditions, habits, doubt.

All patterns are for text in lower case; those named for work are matched at its verb.
"""

import re
from typing import Final

from bot.engine.insights.vocabulary import one_of


def _at_start(text: str) -> re.Pattern[str]:
    return re.compile(one_of(text) + r"\b")


def _anywhere(text: str) -> re.Pattern[str]:
    return re.compile(r"\b" + one_of(text) + r"\b")


PHRASAL_WORK: Final = _at_start(
    r"""
    takes care of|look(?:ing)? into|look (?:it|that|this|them|\w+) up|take (?:a|another) look|have (?:a|another) look
    take care of|take (?:on|over) \w+|take (?:the|that|this|those|these) \w{3,}|take (?:notes|minutes)
    find out|figure out|work on|work out|deal with|sort out|go through|come up with|try out|pick up|keep an eye
    follow up|reach out|set up|put together|hand in|hand over|pass (?:on|along) (?:the|my|your) \w+|roll out|write up
    clean up|back up|sign off|sign up|fill in|fill out|turn (?:it|that|this|them) into|talk to|speak to
    get back to \w+|get (?:a|an|the|those|some|more|that|two|three|four|five|\d+) (?:\w+ )?\w{3,}
    get \w+ (?:\w+ )?(?:ready|done|fixed|sorted|signed|approved)
    make (?:a|an|the|some|those) \w{3,}|make sure
    do (?:a|the|some|another|all the) \w{3,}|run (?:a|the|some|those) \w+|change (?:the|that|this|our|my)
    have (?:a|an|the|my|our|that|it|everything) (?:\w+ ){0,3}(?:draft|version|plan|report|ready|done|finished)
    bring (?:a|the|some|my|your|along)
    let (?:\w+ ){1,3}know|give \w+ (?:a|the|an)|come back to (?:you|\w+ (?:with|by|on))
    run (?:it|that|this|them) (?:through|by|past)
    find (?:an?|the|some|somebody|someone|us|me|two|three|four|five|six|ten|\d+) \w+
    make (?!an? )(?:[a-z]+ ){1,4}(?:work|look|run|available|clear|visible|ready|[a-z]+er)
    """
)
"""Verbs that are work only together with what follows them."""

NO_WORK: Final = _at_start(
    r"""
    (?:be|see|say|know|think|admit|guess|understand|remember|forget|believe|assume|hope|bet|mean|like|love)
    (?:agree|stop|repeat|mention|note|point|skip|hear|miss|live|die|begin|continue|wrap|leave|hop|jump|interrupt|need)
    (?:want|wonder|imagine|suppose|argue|apologi[sz]e|appreciate|expect|worry|feel|seem|happen|become|end up|stay
        |stick)
    hold (?!the pen|a slot|the (?:slot|date|room))|(?:sit|stand|wait|listen|watch|rephrase|cost|depend|sound|mind
        |notice|learn|hate|laugh|cry|sleep|eat|drink|use)
    tell (?:you|ya)|look like|work for|talk about|speak about|step back|have to|have been|keep (?:it|this
        |things)(?! (?:in|on|for|with)\b)|put it (?:this|like|another|differently|bluntly|mildly|simply|to you)
        |always|never
    take (?:the )?(?:blame|compliment|credit|fifth)|(?:admit|allow|survive|pretend|marry|kill|haunt|tattoo|scream
        |faint|resign|bet|swear)
    (?:frame|wear|cry|shout|sing|dance|pray|behave|pass(?! (?:on|along|it|that|them|the))|vote)|eat my
        |buy you (?:an?|the|all)
    drink to|leave (?:it|that) (?:there|at that)|hold you|quote you|remind you of|put you on (?:mute|hold|speaker)
    let (?:you|him|her|them)(?! (?:know|in|out)\b)|come (?:in|over|here|back to (?!you\b))
    make (?:it|that|this) (?:not|work|quick|short|clear|happen)|keep up|try (?:not|and|my best)|show you
        |take (?:that|it) (?:as|personally)|give (?:it|that|them|him|her) (?:a|an?) (?:one|two|three|four|five
        |six|seven|\d)
    """
)
"""Verbs of thinking, feeling, speaking and being."""

MECHANICS: Final = re.compile(
    one_of(
        r"""
        ^(?:share|show|present|stop sharing|open) (?:you |us )?(?:my|the|your|this) (?:screen|desktop|window)\b
        ^(?:show|give) (?:you )?(?:an? |the |some )?(?:next |quick )?(?:slide|example|idea|feeling|overview of)\b
        ^(?:un)?mute\b
        ^turn (?:on|off|up) (?:my|the|your|that) (?:camera|mic|microphone|video|volume)\b
        ^(?:talk|speak) (?:up|(?:a (?:bit|little) )?(?:louder|slower|quickly|fast|first|next|last|now))\b
        ^(?:go|come) (?:first|next|last|ahead|on(?! (?:[a-z]+day|the)\b)|around|closer|round\W*$)(?:\b|$)
        ^(?:go|come|get|jump|circle) (?:right )?back to (?:that|this|it|the (?:agenda|topic|question|previous|last))\b
        ^(?:talk|go) (?:you )?through (?:the|these|my) (?:slides|agenda)\b
        ^move (?:on|forward|to the next|along)\b
        ^get (?:going|started|this (?:meeting )?started|into (?:it|that|this)|to (?:it|that|this))\b
        ^start(?: (?:with|by|off|now|us|here|the (?:meeting|recording|call|presentation))\b|ed\b|ing\b|\W*$)
        ^(?:kick|kicking) (?:(?:us|things|it|this) )?off\b
        ^(?:hand|pass|turn|give) (?:(?:it|this|the floor|the word|you) )?(?:(?:on|over|back) )+to\b
        ^pass\W*$
        ^wrap (?:(?:this|it|things) )?up\b
        ^(?:close|finish|end|stop|continue|open|conclude) (?:\w+ ){0,2}(?:meeting|call|here|now|there|for today)\b
        ^(?:take|have) a (?:\w+ )?(?:break|minute|second|seat|vote)\b
        ^be (?:quick|brief|honest|late|there|here|away|off|out|back)\b
        ^repeat (?:that|it|the question|what|my)\b
        ^read (?:\w+ )?(?:out|aloud|digits|numbers)\b|^read (?:it|that|this|some) (?:\w+ )?(?:out|aloud|numbers)\b
        ^say (?:it|that|this|something|hello)\b
        ^(?:introduce|present) (?:my|your|our)sel(?:f|ves)\b
        ^(?:drop|hop|log) off\b(?! (?:the|a|my|our|some))
        ^(?:bear with|excuse|interrupt|begin|listen|wait|hang on|hold on|help you|go home|let me)\b
        ^tell (?:you|us|ya)\b
        ^(?:talk|speak) to (?:you|everybody)(?: (?:all|guys|soon|later|then|tomorrow|(?:on|next) \w+))*\W*$
        ^(?:walk (?:you|us|everyone|everybody) through|make a note of|thank)\b
        ^(?:share|show|go|start|do|stop|open|read|see|talk|present|move|look|hear|play|try|begin|use)\b.*\bnow\W*$
        ^ask (?:you|everybody|everyone)(?: guys)? (?:a|something|about|one|if|what|how|to)\b
        ^ask (?:a|one|another) (?:\w+ )?question\b
        ^raise (?:a|an|another|the|one|just) (?:\w+ )*(?:point|question|issue)\b
        ^make (?:a|one|another|the) (?:\w+ )?(?:point|comment|remark|joke|profit)\b
        ^(?:do|go over|look at|discuss|talk about|go through|cover|skip) (?:(?:the|this) )?(?:next )?(?:slide|item)\b
        ^(?:go over|look at|discuss|cover|skip) (?:the|our|this) agenda\b
        ^(?:go|run) through (?:(?:the|this|our|my) )?(?:list|points|items|agenda|actions|action items)\b
        ^(?:do|read|start) (?:(?:the|our|my) )?(?:digits|introductions?)\b
        ^draw (?:an?|your|my) (?:\w+ )?(?:animal|elephant)\b
        ^write (?:it|that|this) on the (?:board|whiteboard)\b
        ^let (?:you|him|her|them) (?:go|speak|finish|talk)\b
        ^(?:tell|remind|ask) (?:me|us) (?:again )?(?:what|how|why|when|where|who|which|whether|if|about|a bit
            |more|something)\b
        ^give (?:me|us|everyone|everybody|you) (?:an?|the|your|one) (?:quick |short |brief |rough |little )?
            (?:update|overview|idea|sense|number|example|hint|minute|second|moment|rundown|recap|feel|picture|word)\b
        ^(?:walk|talk|run|take) (?:me|us|you) through\b|^(?:scroll|zoom|unmute|click|spell|hold (?:it )?up|speak up)\b
        ^(?:get|fetch|find|grab) (?:my|a|the|us (?:a|some)) (?:glasses|pen|pencil|door|phone|charger|notebook
            |chair|coffee|tea
            |water|page|slide|tab|window)\b
        ^(?:keep|watch|set|start|put|stop) (?:the |a |an )?(?:time|timer|clock|recording|stopwatch)\b
        ^(?:close|shut|open) the (?:door|window|blinds|curtains|lid|laptop|tab)\b
        ^(?:switch|swap|change|plug in|adjust) (?:\w+ )?(?:headsets?|mics?|microphones?|headphones|tabs?|screens?
            |views?)\b
        ^(?:pull|bring) up (?:the|my|that|our) (?:[a-z]+ )?(?:dashboard|page|doc|document|board|sheet|slides?
            |deck|numbers
            |figures|map|calendar|list|screen|change|ticket|log|graph|chart)\b
        ^pull (?:it|that|them|the [a-z]+) up\b|^(?:dial|call|log|jump|come) back in\b|^(?:rejoin|reconnect
            |hang up|ring off)\b
        ^(?:write|put|note|jot|type|stick|pin) (?:it|that|this|these|them) (?:down|up)\W*$|^note (?:it|that|this)\W*$
        ^(?:write|put|note|jot|type|stick|pin) (?:it|that|this|these|them) (?:up |down )?(?:on|in|under
            |into) (?:the|our|my)
            \s(?:board|flip ?chart|whiteboard|chat|notes|minutes|parking lot|wall)\b
        ^go\W*$|^(?:do|take|have) (?:a )?(?:quick )?(?:round|roll call|headcount|poll|show of hands)\b
        ^(?:give|leave) (?:you|everyone|everybody) (?:a )?(?:minute|moment|sec|second)\b
        ^(?:recap|sum up|summari[sz]e)(?: (?:quickly|this|that|now))?\W*$|^read (?:it|that|them|this) back\b
        ^(?:start|kick) (?:us|me) off\b|^put (?:it|that|the link|this) in the chat\b
        ^(?:have (?:a )?go(?! at (?:the|that|it|this|them)\b)|get (?:a )?(?:coffee|lunch))\b
        ^(?:check|look|see|think|try)\W*$
        (?<!done\s)(?<!finished\s)(?<!finish\s)\b(?:here|this way)\W*$|^go over what\b
        ^explain\b(?! (?:it |this |that )?to\b)
        ^(?:call|pull) [^.]*\bup\W*$
        ^com(?:e|ing) (?:back )?to you (?:for|to)\b|^go to the (?:next|previous|last|first)\b
        \b(?:slides?|whiteboard)\b.*\b(?:up|here)\W*$
        ^take (?:the )?(?:notes|minutes)\W*$|^do (?:this|it) in [a-z]+\b|^go through the (?:tasks|topics|agenda)\b
        \b(?:right now|for a (?:second|sec|minute|moment)|one second|real quick|just a (?:sec|second|minute|moment))\b
        \b(?:in a (?:second|sec|minute|moment)|next slide|(?:hear|see) (?:me|you|my))\b
        """
    )
)
"""What is said to run a meeting and is over when it is."""

HOLDS_THE_LINE: Final = _anywhere("hang on|hold on|one (?:moment|second|sec)|bear with me")
"""What is done while the others wait."""

ONLY_ASKS: Final = re.compile(
    r"\W*(?:(?:so|and|but|well|okay|ok|by|until|till|since)\W+)*"
    r"(?:when|where|why(?! don't)|how(?! about)|what(?! about| if)|which|(?:so|then) i can)\b.*\?\W*"
)
"""“By when do we have to order?”, “So I can tell him it's sorted?”"""

CONDITION: Final = _anywhere(
    "if|unless|in case|whether|suppose|supposing|imagine|let's say|provided|in theory|hypothetically"
)
POLITE_IF: Final = _anywhere(
    r"""
    if you (?:want|like|don't mind|could|can|would|wish|have (?:time|a (?:minute|moment)))|if i have to|just in case
    if (?:that's|it's) (?:ok|okay|fine|alright)
    if (?:possible|nobody|no one|needed|necessary|everyone agrees|i (?:can|may))
    """
)
WOULD: Final = _anywhere("would|i'd|we'd|you'd|he'd|she'd|they'd|could have|should have|might have")
HEDGE: Final = _anywhere(
    """
    maybe|perhaps|probably|possibly|might|could|hopefully|ideally|eventually|if possible
    i think|i guess|i suppose|i don't know|i mean|kind of|sort of|or something
    at some point|some day|someday|would be (?:good|nice|great)|no promises
    """
)
HABIT: Final = _anywhere(
    r"""
    usually|typically|normally|generally|always|often|sometimes|tends? to|whenever(?! (?:you|he's|she's|they're
        |he|she|they|i'm) (?:next|ready|free|like|want|have|has|get|can)\b)|in general|by default|automatically
    (?<!as\s)(?<!like\s)(?:every|each) (?:single )?
        (?:day|week|month|time|year|morning|evening|night|quarter|minute|hour|\w+day)
    most of the time|all the time|on (?:mon|tues|wednes|thurs|fri|satur|sun)days
    """
)
PAST: Final = _anywhere(
    """
    yesterday|last (?:week|month|year|time|night)|ago|used to|already|back then|at that time
    (?:i|he|she|they) (?:said|told|thought|promised)
    (?:was|were) (?:going|supposed|about)
    """
)
PRONOUN_OBJECT: Final = re.compile(
    r"[a-z'-]+(?: (?:up|on|out|with|to|of|about|care of))* (?:it|that|this|them|those|so|one)\b\W*(?:\w+\W*){0,2}$"
)
"""Work on something that only the sentences before can tell."""

JOKE: Final = _anywhere(
    "nobody will ever|to the moon|forever|in a million years|over my dead body|kidding|joking|dream on"
    "|no promises|can't promise|mother-in-law|therapist|gravestone|tombstone|tattoo|shrine"
    "|statue|unicorn|goldfish|parrot"
    "|circus|kidney|firstborn|exorcist|crystal ball|magic wand|santa|tooth fairy|nobel|oscar|throne"
    "|my hat|on a mug|pony"
    "|helicopter|submarine|lottery|dragon|vampire|zombie|dinosaur|pirate|trumpet|witch|monastery|jungle"
)
CUT_OFF: Final = re.compile(
    r"\b(?:to|the|a|an|of|for|and|or|but|that|with|at|in|on|uh|um|is|are|my|your|our|some|what|how|if|as|just)\W*$"
)
"""A sentence that was never finished."""

QUOTED: Final = re.compile(
    r"[\"“][^\"”]*$"
    r"|\b(?:he|she|they|it|everybody|everyone|people) (?:\w+ )?(?:like|said|says|goes|thought|wrote"
    r"|writes)(?: back)?[,:]?\s*$"
    r"|\b(?:he|she|they|it|everybody|everyone|people) (?:told|tells|promised|promises) (?:me|us|him|her"
    r"|them)[,:]?\s*$"
)
"""An open quotation mark before it, or "he said": somebody else's words."""
