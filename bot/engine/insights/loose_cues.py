"""Turns of phrase that are too loose for a rule: work only when the reader hears work in them.

"I'd write the card", "I send the invitation", "see with your wife tonight" are work as often as not. The rules pass
them by; where the reader is sure that a sentence carries work, these say what it is.
"""

import re
from typing import Final

from bot.engine.insights.cues import Cue, cues_at
from bot.engine.insights.merging import matter_of
from bot.engine.insights.people import Roster
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.turns import Family
from bot.engine.insights.vocabulary import TASK_VERBS, one_of, words

_MORE_VERBS: Final = words(
    """
    bring catch come cross find get give go have keep let move meet open pop pull put run say see show sit speak stick
    stop swap take talk tell turn
    """
)
_NO_OBJECT: Final = re.compile(r"[a-z]+\W*$")
_GOODBYE: Final = re.compile(r"see you\b")

_ADVERBS: Final = r"(?:(?:also|just|then|probably|maybe|still|gladly|quickly|rather|definitely|personally)\s+)*"
_OWN: Final = re.compile(
    r"\b"
    + one_of(
        rf"""
        (?:i'd|i would|i could|i can|i might|i'll|i will|i'm going to|i have to|i need to|i should|let me) {_ADVERBS}
        i {_ADVERBS}(?=[a-z]+\b)
        """
    )
)
_TOGETHER: Final = re.compile(rf"\b(?:we'd|we would|we could|we can|we'll|we will|we should|let's|we) {_ADVERBS}")
_THEIRS: Final = re.compile(rf"\b(?:you'd|you would|you could|you can|you'll|you will|you should|you) {_ADVERBS}")
_OTHERS: Final = re.compile(rf"\b(?:he|she|they)(?:'d|'ll| would| will| could| can| should)? {_ADVERBS}")
_ORDER: Final = re.compile(
    r"(?:^|[.,;:]\s*|\b(?:then|and|so|but|please|just|or|okay|ok|well|right|yes|yeah|no|first|also)\s+)"
    r"(?=[a-z]+(?:\s|$))"
)

_FAMILIES: Final = (
    (_OWN, Family.PROMISE),
    (_THEIRS, Family.YOURS),
    (_TOGETHER, Family.OUR_PLAN),
    (_OTHERS, Family.ASSIGNED),
    (_ORDER, Family.IMPERATIVE),
)


def loose_cue(sentence: Sentence, people: Roster) -> Cue | None:
    """Return where a sentence says what is to be done, in the first of the loose ways that it is said in, or None."""
    for pattern, family in _FAMILIES:
        for match in pattern.finditer(sentence.plain):
            for cue in cues_at(sentence, people, family, match.span()):
                if (cue.word in TASK_VERBS or cue.word in _MORE_VERBS) and not _is_idle(cue):
                    return cue
    return None


def _is_idle(cue: Cue) -> bool:
    """Tell whether there is nothing to do: "open?", and for orders "see you Thursday" and "say the twentieth"."""
    if cue.family is Family.IMPERATIVE and (
        _GOODBYE.match(cue.work) or (cue.word == "say" and not matter_of(cue.work))
    ):
        return True
    return bool(_NO_OBJECT.fullmatch(cue.work))
