"""How people turn to something else: "okay, next", "last thing", "let's talk about", or just its name, "Tickets."."""

import re
from typing import Final

from bot.engine.insights.vocabulary import one_of

_LED: Final = (
    r"\W*(?:(?:okay|ok|right|alright|all right|so|now|well|and|um|uh|yeah|yes|great|good|perfect|lovely|cool|anyway"
    r"|then|but|fine|thanks|thank you)\b[\s,.!-]*){0,4}"
)
_TURNS: Final = re.compile(
    _LED
    + one_of(
        r"""
        (?:(?:the|my|our|your) )?(?:next|last|final|first|second|third|other|another|one more|one other|two more)\b
            (?! (?:week|month|year|time|night|one|quarter|sprint)\b)
        (?:moving|going|getting) (?:on|back|along)\b|on to\b|what about\b|how about\b|speaking of\b|as for\b|regarding\b
        let's (?:move|talk|go|start|get|begin|look|turn|do|wrap|discuss|recap|see where)\b
        let me (?:start|begin|show|ask|go|turn|recap|repeat)\b
        (?:can|could|may|shall|should) (?:i|we) (?:just )?(?:do|talk|start|begin|ask|raise|bring up|move|go|turn)\b
        (?:is there )?any(?:thing| other) (?:else|business)\b
        before we\b|while (?:i|we)(?:'ve| have)\b|(?:in )?summary\b|agenda\b|i repeat\b
        to (?:recap|sum up|summari[sz]e|wrap up|start|begin)\b
        (?:we|we'll) (?:(?:have to|need to|should|would like to|will|now|gonna|are going to) )*
            (?:move|talk about|discuss|start|begin|go through|look at|wrap)\b
        (?:this|here) is (?:my|our|the)\b
        (?:i'm|i am) going to (?:look|talk|start|present|show|go)\b
        hello\b|good (?:morning|afternoon)\b|welcome\b|who(?:'s| is) next\b|your turn\b|over to\b
        """
    )
)
_BEGINS: Final = re.compile(
    r"\W*(?:okay|ok|right|alright|all right|now|so|anyway|well|great|perfect|good|fine)\b[\s,.]"
)
_NAMED: Final = re.compile(_LED + r"(?:(?:the|our|my|your) )?[a-z-]{3,}(?: [a-z-]{3,})?\.(?=\s|$)")

_TURN, _BEGIN, _NAME = 0.25, 0.1, 0.1
"""What each is worth, as a share of what a border costs; half of it and twice as much are nearly as good on AMI."""


def turns_away(flat: str) -> bool:
    """Tell whether a text in lower case says that something else comes next."""
    return bool(_TURNS.match(flat))


def names_what_comes(flat: str) -> bool:
    """Tell whether a turn in lower case begins with the mere name of something, as in "Tickets. Who does them?"."""
    return bool(_NAMED.match(flat))


def shift(flat: str) -> float:
    """Return how much the first words of a turn sound like something else: 0, or a share of a border's cost."""
    return _TURN * turns_away(flat) + _BEGIN * bool(_BEGINS.match(flat)) + _NAME * names_what_comes(flat)
