"""What the next speakers make of it: agreeing, refusing, taking it on, or calling it off."""

import re
from typing import Final

from bot.engine.insights.vocabulary import one_of

_SHORT: Final = 7
"""A bare "yes" in a sentence of more words than this answers something else."""

_LEAD: Final = (
    r"^\W*(?:(?:uh|um|oh|well|yeah|yes|yep|aye|okay|ok|sure|alright|hm+|ah|no problem|right|fine|good|go on then"
    r"|then)\b"
    r"[\s,.!]*)*"
)

_FIRM: Final = re.compile(
    _LEAD
    + r"(?:will do|can do|on it|i'm on it|consider (?:it|that|this) (?:done|mine|sorted|signed)"
    + r"|(?:leave|give|put) (?:it|that|this|me) (?:(?:here|to|with|down)|me)"
    r"|(?:that's|it's|that one's) (?:mine|me)\b(?=\W*$|[,.])|(?:mine|me)\b(?=\W*$)|i do (?:it|that)\b"
    r"|i've got (?:it|this|that)|i got (?:it|this|that)|you got it|count on me|i'd be happy to|i'm happy to|happy to"
    r"|gladly|i (?:can|will|could|'ll) (?:do|take|handle|manage|look after|own|sort|see to)\b"
    r"|i'll (?:do|take|handle|look after|own|sort|see to)\b|i can\W*$|i will\W*$|consider it)"
)
_WARM: Final = re.compile(
    _LEAD + r"(?:of course|absolutely|certainly|definitely|no problem|no worries|with pleasure|my pleasure|sure thing"
    r"|for sure|fine with me|works for me|all right|got it|noted|understood|as you wish|if i must|i'll\b|i can\b"
    r"|i will\b"
    r"|yes,? (?:ma'am|madam|sir|boss|chef))|^\W*no problem\b"
    r"|^\W*(?:[a-z'-]+ ){1,4}(?:it is|works|is fine|no problem|shouldn't be a problem)(?:,? then)?\W*$"
    r"|^\W*(?:[a-z-]+ ){0,3}[a-z]+'s (?:fine|no problem|okay|ok|good|doable|grand)(?:,? then)?\W*$"
)
_BARE: Final = re.compile(
    r"^\W*(?:yes|yeah|yep|yup|sure|ok|okay|alright|right|fine|deal|done|great|good|sounds good|mhm|aye)\b"
)
_DAY: Final = (
    r"(?:(?:this |next |the )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: week)?|tomorrow|tonight|today"
    r"|the [a-z]+(?:st|nd|rd|th)"
    r"|the (?:twenty-|thirty-)?(?:first|second|third|fifth|ninth|twelfth)|(?:the )?end of (?:the )?[a-z]+"
    r"|next week|lunch|noon|midday"
    r"|lunchtime|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: o'clock)?)"
)
_DATED: Final = re.compile(
    r"^\W*(?:(?:uh|um|oh|well|yeah|yes|yep|okay|ok|sure|alright|right|fine|good|so|then|but|by|on|at|for|before"
    r"|say|make it|noon"
    r"|morning|evening|latest|about|around)\b\W*)*"
    rf"{_DAY}(?: (?:morning|noon|evening|night|afternoon|lunch|lunchtime|at|on|the|by|before|{_DAY}))*"
    r"(?:,? (?:then|it is|latest|at the latest|no problem|i'd say|i think|is fine|is good|works|should work|yep"
    r"|okay))*\W*$"
)
_WELCOME: Final = re.compile(
    r"^(?:\W*(?:oh|ah|well|yes|yeah|okay|ok|sure|great|perfect|lovely|brilliant|good)\b)*\W*"
    r"(?:would you\W*$|could you\W*$|please(?: do)?\b(?! (?:don't|not|stop))|yes,? please|go (?:for it|ahead"
    r"|on then)|do (?:that|it|so)\b"
    r"|you(?:'re| are) (?:a )?(?:star|angel)"
    r"|(?:that'd|that would|it'd|it would) be (?:so |really |very )?(?:good|great|lovely|amazing|marvellous"
    r"|perfect|helpful|brilliant|super|wonderful|fantastic|ideal|nice))"
)
_REFUSAL: Final = re.compile(
    r"\b(?:can't|cannot|can not|won't|will not|couldn't|wouldn't|not able|unable|i'm afraid|too busy|no time"
    r"|don't have"
    r" (?:the )?(?:time|capacity|bandwidth)|rather not|someone else|somebody else|swamped"
    r"|out of (?:the )?office|on (?:holiday|vacation|leave)|not me|don't think (?:i|so)|i don't|unfortunately"
    r"|not sure"
    r"|ask \w+ instead|i'm off|not my|sorry)\b|^\W*(?:no|nope|nah)\b(?!\W+(?:problem|worries))"
)
_NO_THANKS: Final = re.compile(r"\W*no\b[^?]*\b(?:thanks|thank you)\b")
_NOT_NOW: Final = re.compile(r"\bnot (?:this|next) (?:week|month)\b")
"""A refusal, but for "Sure, but not this week"."""

_TAKEN: Final = re.compile(
    one_of(
        r"""
        \b(?:i'll|i will|i can|i could|let me|i'm going to|(?:i'm |i'd be )?happy to) (?:(?:just|also|gladly|then) )*
            (?:do|take|handle|own|cover|pick|look after|look into|take care of|sort|deal with|see to|manage|get on)
            (?: up| on)? (?:it|that|this|those|them|these|that one|this one|so)\b
        \b(?:leave|give|pass|hand) (?:it|that|this|that one|them|those|these) (?:(?:over|on) )?(?:(?:to|with) )?me\b
        \bleave (?:the|that|this|your|our|all) (?:[a-z'-]+ ){1,4}(?:to|with) me\b
        \bgive (?:it|that|them|those) here\b
        \bconsider (?:it|that|this|them) (?:done|mine|signed|sorted|booked|sent|ordered|fixed|paid|[a-z]+ed)\b
        \bconsider (?:it|that|this|them)(?: [a-z]+){1,3} (?:done|mine)\b
        (?<!like\s)(?<!for\s)(?<!not\s)\b[a-z]+(?:'s| is|'ll be) (?:mine(?! (?:is|was|are|has|too))
            |on me)\b(?=\W*$|[,.;]| then| to \w+)
        \b(?:that|this|it|this one|that one|(?:the|no,? the) [a-z]+)(?:'s| is|'ll be) me\b(?=\W*$|[,.;]| then)
        ^(?:\W*(?:oh|well|yeah|yes|yep|aye|okay|ok|sure|fine|right|so|ah|um|uh|no)\b)*\W*(?:mine|me)\b(?=\W*$
            |,? then|\. )
        ^(?:\W*(?:oh|well|yeah|yes|yep|aye|okay|ok|sure|fine|right|so|alright|all right|then)\b)+,? i (?:will
            |'ll)(?=\W*$|, yeah)
        ^(?:\W*(?:oh|well|yeah|yes|yep|aye|okay|ok|sure|fine|right|so|alright|all right|then)\b)+,? i'll(?=\W*$)
        \b(?:that|this|it)(?:'s| is) (?:already )?(?:on|in) my (?:list|desk|plate|book|diary|calendar)\b
        \bi(?:'ll| will) (?:hold the pen|have a (?:go|bash|crack|stab|look|think)|take care of (?:it
            |that))\b(?=\W*$|[,.;]| at (?:it|that|them))
        \bcount me in\b
        (?<!if\s)\bi do (?:it|that|this|that one)\b
            (?=\W*$|[,.;]| (?:straight|right|before|after|when|as|on|by|to[a-z]+|now|this|next)\b)
        (?<![a-z]\s)\b(?:will|can) do (?:it|that)\b
        \b(?:i'll|i will|i can|i could|i should|i'm going to) (?:(?:just|also|definitely|probably|hopefully) )*
            (?:(?:have|get|finish|wrap) (?:it|that|this|them|those)(?: up)?(?=\W*$)
            |(?:have|get) (?:it|that|this|them|those) (?:all )?(?:done|ready|finished|sorted|fixed|to you|out)\b
            |finish (?:it|that|this|them|those)\b)
        \byou(?:'ll| will) (?:(?:definitely|probably|hopefully) )?(?:have|get) (?:it|that|this|them|those)\b
        \b(?:i'm )?on it\b(?=\W*$)
        \bi've got (?:it|this|that one)\b
        \bput me down for (?:it|that|this)\b
        """
    )
)
_CLAIM: Final = re.compile(
    one_of(
        r"""
        \b(?:leave|give|pass|hand) (?:it|that|this|that one|them|those|these) (?:(?:over|on) )?(?:(?:to|with) )?me\b
        \bleave (?:the|that|this|your|our|all) (?:[a-z'-]+ ){1,4}(?:to|with) me\b
        \bgive (?:it|that|them|those) here\b
        \bconsider (?:it|that|this|them)(?: [a-z]+){0,3} (?:done|mine|[a-z]+ed|sent|paid)\b
        (?<!if\s)\b(?:that|this|it|that one|this one|(?:the|those|these|your) [a-z-]+)
            (?:'s|\sis|\sare|'ll\sbe) (?:mine|(?:on )?me)\b
            (?=\W*$|[,.;]| then| to \w+)
        ^(?:\W*(?:oh|well|yeah|yes|yep|aye|okay|ok|sure|fine|right|so|ah|um|uh)\b)*\W*(?:mine|me)\b(?=\W*$|, |,? then)
        ^(?:\W*(?:oh|well|yeah|yes|yep|aye|okay|ok|sure|fine|right|so|alright|then)\b)+,? i(?:'ll| will)(?=\W*$
            |, yeah)
        ^(?:\W*(?:oh|well|yeah|yes|yep|aye|okay|ok|sure|fine|right|so|no|nope)\b)*\W*(?:i'm )?on it\b(?=\W*$)
        \b(?:that|this|it)(?:'s| is) (?:already )?(?:on|in) my (?:list|desk|plate|book)\b
        \b(?:it|that|they|those)(?:'ll| will) be (?:done|finished|fixed|ready|up|sent|with (?:you|him|her|them)
            |in your|there|over|sorted
            |live|out|on your|in (?:today|tomorrow)'s)\b
        \b(?:it|that|they)(?:'ll| will| can)? (?:goes|go|comes|come) (?:out|back with me|to you|your way)\b
        \b(?:it's|they're) (?:up|out|done|in|there|over) (?:by|before)\b
        \bcoming from me\b
        \byou(?:'ll| will)? (?:have|get|find|receive) (?:it|them|that|those|one)\b(?! (?:to|of|wrong|all wrong
            |right)\b)
        \b(?:he|she|they)(?:'ll| will)? (?:has|have|gets|get) (?:it|them)\b(?=\W*$| (?:by|on|tom|ton|before))
        \bi(?:'ll| will) (?:hold the pen|have a (?:go|bash|crack|stab))\b
        ^(?:\W*(?:oh|well|yeah|yes|yep|aye|okay|ok|sure|fine|right|so)\b)*\W*(?:i can(?: (?:do|take) (?:it|that
            |this|that one))?
            |can do|will do|i'll (?:do|take|handle|see to|sort) (?:it|that|this|that one|those|them))\b(?=\W*$
            |[,.;]| (?:on|by|to[dmn]|before|after|this|next|when|as)\b)
        """
    )
)
_CALLED_OFF: Final = re.compile(
    r"\b"
    + one_of(
        r"""
        never ?mind|scratch that|strike that|cancel that|drop that|skip that|take that back|on second thou?ghts?
        (?:please )?don't you dare|you wouldn't(?=\W*$)|please don't(?=\W*$|, )|very funny(?=\W*$)|i'd (?:pay|love
            |like) to see that
        scrap (?:it|that)|nothing goes (?:up|out)|then (?:it's not me|i won't|i don't (?:have|need) to)
        (?:no,? no,? )?don't(?=\W*$|, )|leave it(?=\W*$|, (?!i'll\b))
        forget (?:it|that|about (?:it|that))|let's not|not necessary|that's not (?:needed|necessary)
        (?:don't bother|no need)(?: (?:with|for) (?:it|that|this))?(?=\W*$|[,.;])
        (?:we|you|i|he|she|they) (?:don't|do not|won't) (?:(?:really|actually) )?(?:need|have) to(?=\W*$|[,.;])
        (?:we|you|i|he|she|they) (?:don't|do not|won't) (?:(?:really|actually) )?(?:need|have) to do (?:it|that|this)
        (?:that's|that is|it's|it is|that was) (?:already |all )?(?:been )?(?:done|sorted|taken care of|finished)
        i (?:already|just) (?:did|sent|booked|fixed|finished|ordered|called|emailed)
        already did (?:that|it|so)|already done
        (?:i'm |i am )?(?:(?:just|only) )?(?:kidding|joking)
        (?:did|sent|booked|fixed|ordered) (?:that|it) (?:already|yesterday|this morning|last)
        """
    )
    + r"(?!\w)"
)
_NOT_YET: Final = re.compile(r"\b(?:when|once|until|till|if|after|as soon as|before|not|make sure)\b[^,.;]*$")
_AT_ONCE: Final = re.compile(
    r"^(?:\W*(?:oh|ah|well|actually|okay|ok|wait|hm+|uh|um|no|nah|nope|yeah|but|and|sorry|love|dear|mate|honey|please"
    r"|brilliant|great|good|perfect|even better|lovely|thanks)\b)*\W*$"
)
_UNNEEDED: Final = re.compile(
    one_of(
        r"""
        \b(?:don't|do not|doesn't|won't|no longer|not) (?:(?:really|actually|even) )?(?:need|have|going) to\b
        \b(?:no need|no point|don't bother)\b
        \balready (?:been )?(?:did|done|sent|booked|fixed|finished|ordered|called|emailed|written|took|updated|paid)\b
        """
    )
)


_LED: Final = r"^(?:\W*(?:oh|ah|well|okay|ok|hm+|uh|um|yeah|but|and|so|sorry)\b)*\W*"
_TAKES_BACK: Final = one_of(
    r"""
    (?:actually|wait|hang on|hold on|sorry|hmm?|or),? no\b(?! (?:problem|worries|need))
    no,? (?:wait|actually|hang on|hold on|scratch that|sorry)\b
    (?:(?:actually|no|wait|or),? )?(?:scratch|strike|cancel|forget) (?:that|it)\b
    (?:(?:actually|no|wait|or),? )?(?:never ?mind|on second thou?ghts?|i take that back|i(?:'ve)? changed my mind)\b
    """
)
_RETRACTION: Final = re.compile(_LED + _TAKES_BACK)
_RETRACTED: Final = re.compile(r"[,;.!-]\s*(?:(?:oh|ah|but|well|um|uh|or)\b\W*)*" + _TAKES_BACK)
_HANDOVER: Final = re.compile(
    one_of(
        r"""
        \b(?:can|could|would|will|why don't|maybe) you (?:(?:please|maybe|just|rather) )*
            (?:do|take|handle|own|cover|manage) (?:on )?(?:it|that|this|those|them|that one|this one)\b
        \bi'll leave (?:it|that|this|them) (?:with|to) you\b
        \blet (?!me\b|us\b|you\b)[a-z]+ (?:do|take|handle|own|cover|manage) (?:it|that|this|those|them|that one)\b
        """
    )
)


_RELEASED: Final = re.compile(r"\bthen (?:it's not me|i won't|i don't (?:have|need) to)\b")
_INSISTS: Final = re.compile(
    r"\bleave (?:it|that|this|them|those|the [a-z]+(?: [a-z]+)?) (?:to|with) me\b"
    r"|\blet me (?:do|have|take) (?:it"
    r"|that|this|them)\b"
)
_THERE: Final = re.compile(
    r"\W*(?:there(?: you (?:go|are))?|sent|posted|gone|did it|all done|and done|there,? done"
    r"|that's (?:it )?(?:done|sent|gone))\W*"
)
_DID: Final = re.compile(
    r"(?:\W*(?:oh|ah|well|yes|yeah|no|but|actually|done|uh|um)\b)*\W*"
    r"(?:(?:i|we)(?:'ve| have| had)(?: already| just)? ([a-z]+)\b|([a-z]+ed) (?:it|that|them|those)\b)"
)


def agrees(flat: str) -> bool:
    """Tell whether a reply takes on what was asked."""
    if refuses(flat):
        return False
    return bool(_FIRM.search(flat) or _WARM.search(flat) or names_a_day(flat)) or (
        bool(_BARE.search(flat)) and len(flat.split()) <= _SHORT and "?" not in flat
    )


def names_a_day(flat: str) -> bool:
    """Tell whether a reply says no more than by when: "Wednesday, then", "So by the twentieth"."""
    return "?" not in flat and bool(_DATED.match(flat))


def firmly(flat: str) -> bool:
    """Tell whether a reply takes on, in more than a bare "yes", what was said to nobody in particular."""
    return bool(_FIRM.search(flat)) and not refuses(flat)


def welcomes(flat: str) -> bool:
    """Tell whether a reply gladly takes up what somebody offered to do: "Would you?", "Please do"."""
    return bool(_WELCOME.match(flat)) and not refuses(flat)


def refuses(flat: str) -> bool:
    """Tell whether a reply declines, or leaves it to somebody else."""
    return bool(_REFUSAL.search(flat)) or (puts_off(flat) and not _BARE.match(flat))


def puts_off(flat: str) -> bool:
    """Tell whether a reply only says that it will not be soon: "Not this week, though"."""
    return bool(_NOT_NOW.search(flat)) and not _REFUSAL.search(flat)


def declines_kindly(flat: str) -> bool:
    """Tell whether a reply turns down what somebody offered to do: "No, it's done, thanks"."""
    return bool(_NO_THANKS.match(flat))


def speaks_of_before(flat: str) -> bool:
    """Tell whether a sentence takes something on that only the sentences before can name: "I'll do that"."""
    return bool(_TAKEN.search(flat))


def start_of_taking_on(flat: str) -> int:
    """Return where a sentence takes something on: "Today is full, I'll do that on Monday"; 0 if it does not."""
    found = _TAKEN.search(flat)
    return found.start() if found else 0


def takes_on(flat: str) -> bool:
    """Tell whether somebody takes on what was spoken of before: "I'll do that", "leave it to me"."""
    return speaks_of_before(flat) and not refuses(flat)


def calls_off(flat: str) -> bool:
    """Tell whether something is taken back or done already: "never mind, I did that"."""
    found = _CALLED_OFF.search(flat)
    return found is not None and not _NOT_YET.search(flat[: found.start()])


def calls_off_at_once(flat: str) -> bool:
    """Tell whether a sentence begins by taking back what was said just before: "No, don't bother, we have some"."""
    found = _CALLED_OFF.search(flat)
    return found is not None and bool(_AT_ONCE.match(flat[: found.start()]))


def unneeded(flat: str) -> bool:
    """Tell whether a sentence says of the work that it names that it is not needed, or done already."""
    return bool(_UNNEEDED.search(flat))


def retracts(flat: str) -> bool:
    """Tell whether somebody who just promised begins by changing their mind: "Actually no", "On second thought"."""
    return bool(_RETRACTION.search(flat))


def retraction_within(flat: str) -> int | None:
    """Return where a speaker's change of mind ends in a text: "…, actually no, Friday"."""
    found = _RETRACTED.search(flat)
    return found.end() if found else None


def hands_over(flat: str) -> bool:
    """Tell whether what was spoken of before is given to somebody: "could you do it?", "let Mei do it instead"."""
    return bool(_HANDOVER.search(flat))


def claims(flat: str) -> bool:
    """Tell whether somebody takes on what was spoken of in words that mean nothing else: "mine", "leave it with me"."""
    return bool(_CLAIM.search(flat))


def releases(flat: str) -> bool:
    """Tell whether somebody need not do what they had taken on any more: "then I won't", "then it's not me"."""
    return bool(_RELEASED.search(flat))


def insists(flat: str) -> bool:
    """Tell whether somebody wants to do what another one just took on: "leave the terrace to me"."""
    return bool(_INSISTS.search(flat))


def did(flat: str) -> str | None:
    """Return the verb of a reply that tells that something is done: "I've asked", "Filed it while you were talking"."""
    found = _DID.match(flat)
    return (found[1] or found[2]) if found else None


def has_just_done(flat: str) -> bool:
    """Tell whether somebody has done, while they spoke, what they said that they would do: "There.", "Sent."."""
    return bool(_THERE.fullmatch(flat))
