"""Whether a question was answered so plainly, right away, that it is no open question."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from bot.engine.insights.decisions import decides
from bot.engine.insights.merging import matter_of
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.vocabulary import one_of

TURN: Final = 3
"""So many sentences of the next turn are read."""

REACH: Final = 3
"""The next turn begins after at most so many sentences."""

DECIDED: Final = 8
"""A decision within so many sentences settles what was asked."""

_LEAD: Final = r"\W*(?:(?:well|oh|um|uh|so|ah|okay|ok|hm+)\b\W*)*"
_YES_OR_NO: Final = re.compile(
    _LEAD
    + one_of(
        r"""
        (?:yes|yeah|yep|yup|no|nope|nah|sure|of course|absolutely|definitely|certainly|correct|exactly|indeed|never)\b
        (?:works for me|that would (?:be|help)|(?:\w+ ){1,5}(?:yes|yeah|please)(?=\W*$))\b
        (?:not (?:really|at all|any ?more)|unfortunately|agreed|good idea|please do|let's|i (?:don't )?think so)\b
        (?:i|we|it|that|they|he|she|there)
            \s(?:is|are|am|was|were|does|did|do|has|have|will|should|can)(?:n't| not)?(?=\W*$|,)
        """
    )
)
_EVADES: Final = re.compile(
    one_of(
        r"""
        \b(?:don't|do not|didn't|can't) (?:(?:really|actually|even) )?(?:know|remember|recall|tell|say)\b
        \b(?:no idea|no clue|good question|great question|not sure|unsure|unclear|who knows|hard to say|not yet)\b
        (?:\b(?:have to|need to|should|must|will|let me|let's)|'ll) (?:check|ask|find out|look|see|think|discuss)\b
        \b(?:depends|nobody knows|no one knows|to be decided|up in the air|open question|wondering)\b
        """
    )
)
_NUMBER: Final = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|twenty|[a-z]+ty|hundreds?"
    r"|thousands?|millions?|half|none|most|twice|once|dozen|couple)\b"
)
_DAY: Final = re.compile(
    r"\d|\b(?:today|tomorrow|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day|week|month|january|february|march"
    r"|april|june|july|august|september|october|november|december|noon|o'clock|[a-z]+teenth|[a-z]+tieth|second|third)\b"
)
_WHO: Final = re.compile(
    _LEAD + r"(?:(?:me|i(?:'ll|'m| can| will| could| am| do| did| was))\b"
    r"|(?:\w+ ){1,3}(?:did|does|do|will|has|can)(?=\W*$|,))"
)
_REASON: Final = re.compile(r"\b(?:because|since|due to|caused by|that's why|so that)\b")
_KINDS: Final = (
    (re.compile(r"\bhow (?:many|much|long|often|far|old|big)\b"), _NUMBER),
    (re.compile(r"\bwhat(?:'s| is| does| do| did| would| will)\b.*\b(?:cost|costs|price)\b"), _NUMBER),
    (re.compile(r"\bwhen(?:'s)?\b|\b(?:what|which) (?:day|date|week|month|time)\b"), _DAY),
    (re.compile(r"\bwho(?:'s)?\b"), _WHO),
    (
        re.compile(
            r"\bwhere (?:do|are) (?:we|you|they)\b|\bhow(?:'s| is| are)\b.*\b(?:going|doing|coming)\b|\bthe status\b"
        ),
        re.compile(r"\w+(?:\W+\w+){2}"),
    ),
    (re.compile(r"\bwhy\b|\bwhat (?:caused|happened|went wrong)\b"), _REASON),
)
"""What a question asks for, and what an answer then holds."""

_OPEN: Final = re.compile(r"\b(?:what|which|who|whom|whose|when|where|why|how)(?:'s|'re|'ll)?\b")
_EXPLAINS: Final = re.compile(
    _LEAD + r"(?:because|it's because|that's because|it means|that means|the answer is|simple)\b"
)


def answered(question: Sentence, following: Sequence[Sentence], work: Collection[int]) -> bool:
    """Tell whether a question is settled by what was said next.

    Args:
        question: What was asked.
        following: The sentences after it, in order.
        work: The numbers of the sentences that somebody's work is in.
    """
    matter = matter_of(question.plain)
    if any(decides(sentence.plain) and matter & matter_of(sentence.plain) for sentence in following[:DECIDED]):
        return True
    if following and following[0].speaker == question.speaker and _EXPLAINS.match(following[0].plain):
        return True
    turn = _next_turn(question, following)
    if not turn or turn[0].plain.rstrip().endswith("?") or any(_EVADES.search(s.plain) for s in turn[:2]):
        return False
    return _answers(question.plain, matter, turn, worked=any(sentence.number in work for sentence in turn))


def _answers(flat: str, matter: frozenset[str], turn: Sequence[Sentence], *, worked: bool) -> bool:
    """Tell whether a turn says what was asked for: yes or no, a number, a day, oneself, or something of the matter."""
    if not _OPEN.search(flat):
        return bool(_YES_OR_NO.match(turn[0].plain)) or (worked and bool(_shared(matter, turn)))
    wanted = [gives for asks, gives in _KINDS if asks.search(flat)]
    if wanted:
        return any(gives.search(turn[0].plain) for gives in wanted)
    told = bool(_shared(matter, turn)) or turn[0].plain.lstrip().startswith("then ")
    return told or (worked and len(matter) <= 1)  # "What is left?"


def _shared(matter: frozenset[str], turn: Sequence[Sentence]) -> frozenset[str]:
    """Return what of a question's matter comes up in what somebody then states."""
    stated = [matter_of(sentence.plain) for sentence in turn if not sentence.plain.rstrip().endswith("?")]
    return matter & frozenset().union(*stated)


def _next_turn(question: Sentence, following: Sequence[Sentence]) -> list[Sentence]:
    """Return the first sentences of whoever speaks next; where nobody knows who speaks, just the next sentences."""
    if question.speaker is None:
        return list(following[: TURN - 1])
    turn: list[Sentence] = []
    for place, sentence in enumerate(following):
        if turn and (sentence.speaker != turn[0].speaker or len(turn) == TURN):
            break
        if turn or sentence.speaker != question.speaker:
            turn.append(sentence)
        elif place >= REACH - 1:
            break
    return turn
