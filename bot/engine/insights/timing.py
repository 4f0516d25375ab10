"""What a sentence says of when: it asks by when, promises again, tells when people meet, or turns to the next thing.

Every function takes a sentence, or a clause of one, in lower case.
"""

import re
from typing import Final

from bot.engine.insights.stems import stem
from bot.engine.insights.vocabulary import TASK_VERBS, one_of, words

_ASKS_WHEN: Final = re.compile(
    r"\b(?:by when|when for|when(?:'s|'d|'ll)|when (?:do|d'|did|would|will|can|could|should|might|'?s|is|are)"
    r"|how (?:soon|quickly|fast"
    r"|long)"
    r"|what(?:'s| is) the deadline|until when|till when|when\?|what day|which day|how much time|realistically\?)"
)
_WHEN_MINE: Final = re.compile(
    r"\bwhen (?:can|could|will|do|would|might|should) (?:i|we) \w+(?: (?:again|back|more))?\W*$"
)
_IT: Final = r"(?:it|that|this|them|those|these|one|him|her)"
_AWAY: Final = r"(?: (?:up|off|out|over|round))?"
_SUBJECT: Final = (
    r"(?:i|we|you|it|that|this|they|those|both|he|she)(?:'ll|'d|'m|'re|'s| will| would| can| could| should| am| are| is"
    r"|'m going to| have to| need to| must)?"
)
_READY: Final = re.compile(
    rf"\b{_SUBJECT}(?: (?:also|just|definitely|probably|hopefully|certainly|then|still|all|both|even|try to))*"
    r" (?:have|get|got|be|do|doing|done|finish|finished|manage|deliver|need|want|go|goes|send|sent|see|seeing|expect"
    r"|catch|reach|aim|ready|out|gone)\b"
    r"|^\W*(?:should|will|could|can) (?:be|take)\b"
    r"|\bit (?:can't|cannot|mustn't|won't|shouldn't) be (?:any )?later than\b"
)
_IT_WILL: Final = re.compile(
    r"\W*(?:\w+\W+){0,2}"
    + one_of(
        r"""
        (?:it|that|they)(?:'ll| will|'s| is|'re| are)(?: \w+){1,4} (?:by|before|on|until)\b
        (?:it|that)(?:'ll| will) be (?:on )?(?=\w+day\b|tomorrow|today|tonight)
        (?:it|that|they)(?:'ll| will|'s| is) (?:(?:\w+ ){0,2}(?:by|before)|(?:\w+ ){1,2}(?:in|on))\s
        (?:it|that|they)(?:'ll| will) (?:\w+ )?(?:in|on)\s
        (?:it|that|they) (?:goes?|comes?|ships?|leaves?|starts?)(?: (?:out|off|up|in|live|over))*\s
        """
    )
)
_DOES_IT: Final = re.compile(
    r"\bi(?:'ll| will| can| could|'m going to|'d| would|'d better| have to| need to| should| must)?"
    r" (?:(?:just|also|definitely|probably) )*(?P<verb>[a-z]+)"
    rf"{_AWAY} {_IT}\b"
)
_DOING_IT: Final = re.compile(
    r"\W*(?:(?:yes|yeah|okay|ok|sure|oh|well|just)\W+)*(?:i'm |i am )?(?:just |already )?[a-z]+ing"
    rf"{_AWAY} {_IT}\b"
)
_DO_IT: Final = re.compile(r"\W*(?:(?:please|then|just|so|and|yes|okay)\W+)*(?:do|send|get|have) (?:it|that|them)\b")
_GIVE_ME: Final = re.compile(
    r"\W*(?:\w+\W+){0,2}(?:(?:they |he |she )?gives? (?:me|us)|(?:i|i'll|i'd) need|(?:i|we) have|(?:i|we)'ve got)"
    r" (?:until|till)\b"
)
_IT_ONLY: Final = re.compile(r"(?:do|finish|get|have|send|manage) (?:it|that|this|them|those)\b")
_MOVES: Final = re.compile(r"(?:make|move|push|shift|bring) (?:it|that|this) (?!\w+ (?:work|clear|sure))")
_CORRECTS: Final = re.compile(r"\W*(?:(?:oh|ah|well)\W+)?(?:no|actually|wait|sorry|hang on|hold on)\b")
_OWES: Final = re.compile(
    r"\byou(?:'ll| will| should| can|'d)?(?: (?:all|both|just|definitely|probably))* (?:have|get|expect|hear|see"
    r"|find)\b"
    r"(?! (?:to|a point|a look)\b)"
)
_PREFERS: Final = re.compile(r"\b(?:rather|better|honestly|actually|make (?:it|that)|no)\b")
_READY_VERBS: Final = words("have be get do finish deliver expect manage gone done ready")

_NEXT: Final = re.compile(
    r"\W*(?:(?:okay|ok|right|good|great|perfect|fine|thanks|thank you|lovely|super|so|well|alright)\W+)*"
    + one_of(
        r"""
        and (?:the|your|our|what about|how about|who|what|how)\b
        what about\b|how about\b|speaking of\b|back to\b|anything else\b|then there's\b|then the\b
        next (?:one|thing|point|item|up)\b|last (?:thing|one|point)\b|one (?:more|last)\b|another (?:thing|one)\b
        second(?:ly)?,|third(?:ly)?,
        shall we\b|why don't we\b|let's\b|how about we\b
        """
    )
)
_ORDER: Final = re.compile(r"\W*(?:(?:and|so|then|please|also|oh|okay|right)\W+)*(?P<verb>[a-z]+) (?!you\b)[a-z]")
_GIVES: Final = words("put get make take bring tell give keep leave drop let have")

_MEETS: Final = re.compile(
    one_of(
        r"""
        \bi(?:'m|'ll| am| will)? (?:see|seeing|meet|meeting|catch|catching) (?:him|her|them|you|[a-z]+)\b
        \bi(?:'m|'ll be| am) (?:there|in|round there|over there|on site|out that way)\b
        \bi(?:'ve| have)(?: got)? (?:lunch|coffee|dinner|a (?:call|meeting|slot|catch-up)|the [a-z]+|[a-z]+)
            (?:in|with|coming|on)\b
        \b(?:he|she|they)(?:'s|'re| is| are)(?: \w+)? (?:in|back|here|coming in)\b
        """
    )
)
_REASON: Final = re.compile(
    r"\b\w+days\b|\b(?:every|always|usually|(?<!see )(?<!check )(?<!ask )(?<!know )if|unless|last|since|already|was"
    r"|were|had|did|didn't|yesterday)\b"
)
_AVAILABLE: Final = re.compile(
    r"\b(?:i'm|he's|she's|they're|we're|you're|it's|am|is|are|be|been)(?: not| still| all)? (?:off|out(?! (?:by|on"
    r"|in)\b)"
    r"|away|busy|closed|shut|full|back from)\b|\b(?:on (?:(?:parental )?leave|holiday|vacation)|my birthday)\b"
)
_TODAY_IS: Final = re.compile(r"\bwhat(?:'s| is| day is) (?:it )?today\b")
_QUOTES: Final = re.compile(r"[\"“”«»]")

_SUBORDINATE: Final = re.compile(
    r"(?:,\s+(?:it|they)(?:'s|'re|\s+(?!will\b|has to\b|must\b|have to\b|should\b)[a-z]+)\s(?:\w+\s+){0,4}"
    r"(?:(?:on|at|in)\s+)?"
    r"|\b(?:that\s+(?:(?:the|our|my|your|their|his|her|all|everybody|nobody|we|they|you|i|he|she|it)\b(?:'\w+)?\s+)"
    r"|(?:which|who|because|whether|if|why|where|what)\s+\w+(?:'\w+)?\s+)"
    r"(?:\w+(?:'\w+)?\s+)+(?:(?:by|on|before|for|until)\s+)?)(?:the\s+)?$"
)
_CALENDAR: Final = re.compile(r"\b(?:invite|invitation|calendars?|diary|diaries|pencil)\b")
_ARRANGES: Final = re.compile(
    r"\b(?:slot|book (?:the|a|us) (?:\w+ )?(?:room|table|slot)|send (?:it|that|one) (?:out|round)|set (?:it|that) up)\b"
)
_MEETING: Final = re.compile(
    r"\b(?:meet|meeting|review|call|workshop|session|slot|invite|invitation|sit down|get together)\b"
)
_BRINGS: Final = re.compile(r"\b(?:bring|have (?:it|them|that|those) with (?:me|you))\b")
_WE_MEET: Final = re.compile(
    r"\b(?:we (?:all )?(?:meet|see each other|come together|sit)|next meeting|see you|meet again|(?:me|you|us"
    r"|be) there)\b"
)
_HEADING: Final = re.compile(
    r"\W*(?:the |our |an? )?(?!i\b|we\b|it\b|you\b)[a-z-]+(?: [a-z-]+)?,? (?:on |is on )?"
    r"(?:today|tonight|tomorrow|[a-z]+day)\W*"
)
_SHORT: Final = 5
_BY: Final = re.compile(r"\b(?:by|before|on|until)\s+(?:the\s+)?(?:\w+\s+)?\w+\W*$")
_SOMEBODY: Final = re.compile(r"\b(?:i|we|you|he|she|they|who)\b")


def asks_to_have(flat: str) -> bool:
    """Tell whether a sentence asks when the asker can have it: "When could we listen again?"."""
    return bool(_WHEN_MINE.search(flat))


def asks_when(flat: str) -> bool:
    """Tell whether a sentence asks when: "How soon do you need it?"."""
    return flat.rstrip().endswith("?") and bool(_ASKS_WHEN.search(flat))


def is_ready(clause: str) -> bool:
    """Tell whether a clause says that something will be done, or is wanted: "you'll have it", "should be out"."""
    return bool(_READY.search(clause))


def it_will(flat: str) -> bool:
    """Tell whether "it" will: "It'll hang there by Thursday", "then it's up by Monday", "they go out tomorrow"."""
    return bool(_IT_WILL.match(flat))


def gives_until(flat: str) -> bool:
    """Tell whether somebody asks for time, or has it: "Give me till Monday", "They give us till the thirtieth"."""
    return bool(_GIVE_ME.match(flat))


def does(flat: str) -> str | None:
    """Return the stem of what somebody says that they will do with it: "I'll write it before the week is out"."""
    found = _DOES_IT.search(flat)
    return stem(found["verb"]) if found else None


def start_of_doing(flat: str) -> int:
    """Return where a sentence says what somebody will do with it; 0 where it does not."""
    found = _DOES_IT.search(flat)
    return found.start() if found else 0


def corrects(flat: str) -> bool:
    """Tell whether somebody takes back what was just said: "No, hold on, …"."""
    return bool(_CORRECTS.match(flat))


def owes(flat: str) -> bool:
    """Tell whether somebody says that the other one will have it: "You should have it in your inbox by then"."""
    return bool(_OWES.search(flat))


def prefers(flat: str) -> bool:
    """Tell whether somebody would rather have another day: "Honestly I'd rather do it on Sunday"."""
    return bool(_PREFERS.search(flat))


def is_doing_it(flat: str) -> bool:
    """Tell whether somebody is about it, or is told to be: "Sending it now", "Do it straight away"."""
    return bool(_DOING_IT.match(flat) or _DO_IT.match(flat))


def only_done(work: str) -> bool:
    """Tell whether what is to be done is told as "do it": what it is was said before."""
    return bool(_IT_ONLY.match(work))


def moves(work: str) -> bool:
    """Tell whether what is to be done is only to change the day: "make that Thursday"."""
    return bool(_MOVES.match(work))


def is_getting_ready(verb: str) -> bool:
    """Tell whether a verb only says that something will be there: "have", "get", "finish"."""
    return verb in _READY_VERBS


def turns_to_next(flat: str) -> bool:
    """Tell whether somebody comes to the next thing: "And the slides?", "Last thing."."""
    return bool(_NEXT.match(flat))


def gives_order(flat: str) -> bool:
    """Tell whether somebody gives more to do: "And put it in writing"."""
    found = _ORDER.match(flat)
    return found is not None and found["verb"] in TASK_VERBS | _GIVES


def tells_when_they_meet(flat: str) -> bool:
    """Tell whether somebody says when they see the other one next: that is when it will be done."""
    return bool(_MEETS.search(flat)) and not _AVAILABLE.search(flat)


def tells_why(flat: str) -> bool:
    """Tell whether a sentence is about the past, a condition, or when somebody is away: it is no deadline."""
    return bool(_REASON.search(flat) or _AVAILABLE.search(flat))


def is_no_deadline(flat: str) -> bool:
    """Tell whether days in a sentence cannot be deadlines: what somebody else would say, which day it is today."""
    return bool(_QUOTES.search(flat) or _TODAY_IS.search(flat))


def is_aside(before: str) -> bool:
    """Tell whether a day after these words is part of what is told: "tell them that the office closes on …"."""
    return bool(_SUBORDINATE.search(before))


def puts_in_calendar(flat: str) -> bool:
    """Tell whether somebody invites, or puts something in a calendar."""
    return bool(_CALENDAR.search(flat))


def arranges(flat: str) -> bool:
    """Tell whether somebody sets something up that may be a meeting."""
    return bool(_ARRANGES.search(flat))


def speaks_of_meeting(flat: str) -> bool:
    """Tell whether a sentence speaks of people coming together."""
    return bool(_MEETING.search(flat))


def brings(flat: str) -> bool:
    """Tell whether something is to be brought along."""
    return bool(_BRINGS.search(flat))


def we_meet(flat: str) -> bool:
    """Tell whether a sentence says when people meet again."""
    return bool(_WE_MEET.search(flat))


def is_heading(flat: str) -> bool:
    """Tell whether a sentence only says what is when: "Interview loop tomorrow."."""
    return len(flat.split()) <= _SHORT and bool(_HEADING.fullmatch(flat))


def is_fragment(flat: str) -> bool:
    """Tell whether a sentence is a few words of an answer: "In the post by Friday."."""
    return len(flat.split()) <= _SHORT and bool(_BY.search(flat)) and not speaks_of_somebody(flat)


def speaks_of_somebody(flat: str) -> bool:
    """Tell whether a sentence says who: "I", "we", "she"."""
    return bool(_SOMEBODY.search(flat))
