"""How positive or negative a sentence sounds: a small lexicon of our own with negation, no more than an indication.

It knows about 200 words of working life. It does not understand irony, comparison or whose feeling is told; what it
does not know counts as neutral.
"""

import math
import re
from typing import Final

from bot.engine.insights.sentences import plain
from bot.engine.insights.vocabulary import words

_POSITIVE: Final = words(
    """
    amazing appreciate appreciated awesome beautiful benefit best better brilliant calm celebrate clean clear
    comfortable congratulations cool creative delighted easy effective efficient elegant encouraging enjoy enjoyed
    excellent excited exciting fantastic fast fine fixed fun gain generous glad good gorgeous grateful great happy
    healthy helpful hope hopeful ideal impressed impressive improve improved improvement interesting joy keen
    liked love loved lovely lucky neat nice optimistic outstanding perfect pleasant pleased pleasure positive powerful
    productive promising proud quick ready reliable relieved rewarding safe satisfied smooth smoothly solid solved
    stable strong success successful super superb support terrific thank thanks thankful thrilled trust useful valuable
    welcome win winning wins won wonderful worked works worth wow yay
    """
)
_NEGATIVE: Final = words(
    """
    afraid angry annoyed annoying anxious awful awkward bad blame blocked blocker boring broke broken bug bugs
    cancelled complain complained complaint complaints complicated concern concerned concerns confused confusing crash
    crashed critical damage dangerous dead delay delayed delays denied difficult difficulty disappointed disappointing
    disaster disappointment doubt dreadful error errors expensive fail failed failing fails failure fault fear
    frustrated frustrating frustration hard harsh hate hated horrible hurt impossible inadequate incomplete
    inconsistent issue issues late lose losing loss lost mess messy miss missed missing mistake mistakes nasty
    nightmare overdue pain painful panic poor pressure problem problems refuse regret reject rejected risk risky rude
    ruined sad scared severe shame sick slow slipped slow-moving sorry stress stressed stressful struggle struggling
    stuck stupid terrible tired tough trouble ugly unacceptable unclear unfortunate unfortunately unhappy unstable
    unsure upset useless waste wasted weak worried worries worry worse worst wrong
    """
)
_NEGATIONS: Final = words(
    """not no never none nobody nothing without hardly barely neither nor can't cannot couldn't won't wouldn't don't
    doesn't didn't isn't aren't wasn't weren't haven't hasn't hadn't shouldn't ain't cant dont doesnt didnt isnt wont"""
)
_STRONGER: Final = words("very really so extremely super totally absolutely incredibly too highly deeply completely")
_WEAKER: Final = words("slightly somewhat little bit fairly kinda rather quite")

_REACH: Final = 3
"""A negation turns the words up to so many places after it."""

_TURNED: Final = -0.7
"""“Not good” is less bad than “bad”."""

_SOFTNESS: Final = 4.0
"""Larger keeps short texts nearer to zero: one plain word alone comes to 0.45."""


def sentiment(text: str) -> float:
    """Return how the text sounds, from -1 (bad) to 1 (good); 0 when nothing in it is known."""
    tokens = re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", plain(text))
    total = 0.0
    for place, token in enumerate(tokens):
        value = 1.0 if token in _POSITIVE else -1.0 if token in _NEGATIVE else 0.0
        if not value:
            continue
        before = tokens[max(0, place - _REACH) : place]
        if before and before[-1] in _STRONGER:
            value *= 1.5
        elif before and before[-1] in _WEAKER:
            value *= 0.6
        if any(word in _NEGATIONS for word in before):
            value *= _TURNED
        total += value
    if text.rstrip().endswith("!"):
        total *= 1.2
    return round(total / math.sqrt(total * total + _SOFTNESS), 3)
