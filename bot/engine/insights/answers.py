"""What answered a question: what was said to it right away, where that says what was asked for."""

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

_SAYING: Final = 3
"""An answer to "what", "which" or "how" has at least so many words, unless it takes up the question's own."""

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
        (?:\b(?:have to|need to|should|must|will|let me|let's|can)|'ll) (?:check|ask|find out|look|see|think|discuss)\b
        \b(?:wouldn't say|won't say|depends)\b
        \b(?:nobody knows|no one knows|to be decided|up in the air|open question|wondering)\b
        """
    )
)
_TAKES_UP: Final = re.compile(
    _LEAD
    + one_of(
        r"""
        (?:it|they|he|she|that|those|these|we|i|all|both|some|most|only|not|still|nobody|everybody|everyone|nothing|none)\b
        (?:there(?:'s| is| are| was| were)|(?:it|that|they|he|she|we|i)'(?:s|re|m|d|ll|ve))\b
        (?:one|two|three|four|five|half)\b
        """
    )
)
"""How somebody begins who speaks of what was asked, without saying its name again."""

_NUMBER: Final = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|twenty|[a-z]+ty|hundreds?"
    r"|thousands?|millions?|half|none|most|twice|once|dozen|couple)\b"
)
_DAY: Final = re.compile(
    r"\d|\b(?:today|tomorrow|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day|week|month|january|february|march"
    r"|april|june|july|august|september|october|november|december|noon|o'clock|[a-z]+teenth|[a-z]+tieth|second|third)\b"
)
_WHO: Final = re.compile(
    r"^"
    + _LEAD
    + r"(?:(?:me|you|we|nobody|no one|everybody|everyone|i(?:'ll|'m| can| will| could| am| do| did| was)?)\b"
    r"|(?:[\w'-]+ ){0,3}[\w'-]+(?=\W*$|,)"
    r"|(?:[\w'-]+ ){1,3}(?:did|does|do|will|has|can|is|'s|should|could)\b)"
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

_ABOUT: Final = re.compile(_LEAD + r"(?:and )?(?:what|how) about\b")
"""“What about the newsletter?” is answered by who is asked to write it."""

_OPEN: Final = re.compile(r"\b(?:what|which|who|whom|whose|when|where|why|how)(?:'s|'re|'ll)?\b")
_EXPLAINS: Final = re.compile(
    _LEAD + r"(?:because|it's because|that's because|it means|that means|the answer is|simple)\b"
)


def answer_to(question: Sentence, following: Sequence[Sentence], work: Collection[int]) -> Sentence | None:
    """Return the sentence that answers a question; None while it stays open.

    Args:
        question: What was asked.
        following: The sentences after it, in order.
        work: The numbers of the sentences that somebody's work is in.
    """
    matter = matter_of(question.plain)
    if following and following[0].speaker == question.speaker and _EXPLAINS.match(following[0].plain):
        return following[0]
    if _ABOUT.match(question.plain):
        for each in following[:REACH]:
            if each.number in work and matter & matter_of(each.plain):
                return each
    turn = _next_turn(question, following)
    evaded = not turn or turn[0].plain.rstrip().endswith("?") or any(_EVADES.search(s.plain) for s in turn[:2])
    if not evaded and (told := _told(question, matter, turn, work)):
        return told
    decided = (each for each in following[:DECIDED] if decides(each.plain) and matter & matter_of(each.plain))
    return next(decided, None)


def _told(
    question: Sentence, matter: frozenset[str], turn: Sequence[Sentence], work: Collection[int]
) -> Sentence | None:
    """Return what says what was asked for: yes or no, a number, a day, somebody, or something of the matter."""
    stated = [each for each in turn if not each.plain.rstrip().endswith("?")]
    worked = next((each for each in stated if each.number in work), None)
    shared = next((each for each in stated if matter & matter_of(each.plain)), None)
    known = question.speaker is not None and turn[0].speaker is not None
    first = turn[0]
    if not _OPEN.search(question.plain):
        if _YES_OR_NO.match(first.plain) or (known and _TAKES_UP.match(first.plain)):
            return first
        return shared if worked or known else None
    wanted = [gives for asks, gives in _KINDS if asks.search(question.plain)]
    if wanted:
        return next((each for each in stated[:2] if any(gives.search(each.plain) for gives in wanted)), None)
    if shared or first.plain.lstrip().startswith("then "):
        return shared or first
    if known and len(first.plain.split()) >= _SAYING:
        return first
    return worked if len(matter) <= 1 else None  # "What is left?"


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
