"""What was settled: said in as many words, or laid down with nobody against it; not weighed, not told of the past."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.engine.insights.merging import matter_of
from bot.engine.insights.quotes import across
from bot.engine.insights.replies import calls_off, refuses, retracts
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.stems import stem
from bot.engine.insights.talk import CONDITION, HABIT, JOKE, QUOTED
from bot.engine.insights.vocabulary import one_of
from bot.engine.insights.wording import tidied
from bot.engine.records import Decision

_LED: Final = (
    r"^\W*(?:(?:okay|ok|so|right|alright|all right|good|great|fine|perfect|well|then|and|but|yeah|yes|um|uh|now|hm+"
    r"|look)\b[\s,.:-]*)*"
)
_CONCLUDES: Final = re.compile(
    r"^\W*(?:(?:yeah|yes|um|uh|well|and|hm+|no|good|great|perfect)\b[\s,.]*)*"
    r"(?:okay|ok|so|right|alright|all right|fine|then|decision)\b"
)
"""How somebody begins who draws the conclusion."""

_THEN: Final = re.compile(r"^\W*(?:(?:okay|ok|so|right|well|good|alright)\b[\s,.]*)*then\b")

_BARE: Final = re.compile(
    r"^\W*(?:(?:okay|ok|so|right|all right|alright|good|great|yes|yeah|and|then)\b[\s,.]*)*(?:(?:it|that)(?:'s| is) )?"
    r"(?:carried|minuted|approved|accepted|sorted|settled|decided|agreed)(?:,? then)?\W*$"
)
"""Nothing but that it is settled; what, was said just before."""

_SAID: Final = re.compile(
    _BARE.pattern
    + "|"
    + _LED
    + r"decision\s?[,:]|\b"
    + one_of(
        r"""
        we(?:'ve| have)? (?:all |both |now |just )?(?:decided|agreed|settled|concluded|chosen|approved)\b
        (?:it|that)(?:'s| is| has been|'s been) (?:all |then |now |already )?
            (?:decided|settled|agreed|final|official|a deal)\b
        (?:that's|that is|this is|here's|is) (?:the|our|my) (?:final )?
            (?:decision|call|rule|outcome|verdict|resolution)\b
        (?:the|our|my|final) (?:decision|verdict|answer)(?: (?:is|stands)|:|,)
        (?:decided|agreed) (?:to|that|on|against)\b
        signed off on\b|motion (?:is )?carried\b|so resolved\b|let that be the end of it
        that's what (?:we do|we'll do|we're doing|i decide|we decide)\b|that's what(?:'s| is) happening\b
        (?:that's|it's|so it's) a (?:yes|go|no-go|done deal)\b(?! or\b)
        (?:i've|we've) (?:just )?(?:decided|approved|signed off)\b
        (?:you have|you've got) (?:my|our) (?:approval|blessing|okay)\b
        (?:we|we've) (?:have|got) a deal\b|(?:is|are|'s) (?:off the table|not happening|not going to happen)\b
        we(?:'re| are) (?:all )?(?:agreed|in agreement)\b
        so we're saying\b|(?:a|that's a|it's a) yes from (?:me|us)\b
        """
    )
)
"""In as many words."""

_CHOSEN: Final = re.compile(
    one_of(
        rf"""
        \b(?:we|let's)(?:'ll| will|'re going to| are going to)?
            \s(?:go (?:with|for)|stick (?:with|to)|stay with|settle on)\b(?! a (?:walk|coffee|break))
        \b(?:we're|we are|i'm|i am) (?:going|sticking|staying) (?:with|for)\b
        {_LED}(?!i\b|you\b|like\b|as\b|it\b|yes\b|what\b|that\b|there\b|if\b)
            (?:[\w'-]+ ){{1,4}}it is(?:,? then)?(?=\W*$|[,.])
        \bfrom now on\b|\bas of (?:today|tomorrow|now|monday|next week)\b
        {_LED}(?!i\b|you\b|it\b|that\b)(?:[\w'-]+ ){{1,6}}(?:(?<=they\s)stay|stays|remains)\b
            (?! (?:away|with|at|here|there|in touch|on the line|up|late|tuned|home|open|unclear|to be)\b)
        {_LED}(?:and )?no more (?:[\w'-]+ ){{1,4}}(?:until|till|today|anymore)\b
        \b(?:nobody|nothing|no one) (?!knows?\b|told\b|said\b|asked\b|is\b|was\b)
            (?:[\w'-]+ ){{1,6}}(?:until|till|after|before|without)\b
        \b(?:until|till|after|before|without) (?:[\w'-]+ ){{1,7}}(?:nobody|nothing|no one)\b
        {_LED}then (?:it's|it is|that's)\b
            (?=.*(?:\b\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|[a-z]+(?:th|first|second)\b))
        \b(?:[\w'-]+ )?(?:'s|is|are|'re) (?:now )?(?:approved|accepted|released|official)\b
            (?! (?:my|the|a|an|our|your|his|her|it)\b)
        {_LED}let's do (?:that|it|this)(?:,? then)?\W*$
        {_LED}then we (?!need\b|have\b|should\b|can\b|could\b|might\b|must\b|will\b|are\b|were\b|had\b|got\b|know\b
            |see\b|would\b|may\b|shall\b|get\b|want\b|don't\b|can't\b|talk\b|look\b|discuss\b)[a-z]+\b
        {_LED}the (?:plan|rule|answer|outcome) is\b
        \b(?:we'll|we will|let's|we) (?:take|pick|choose) (?:the|option|number|plan|both|neither|that one|this one)\b
        \blet's make it \w|\bgoing forward\b(?=.*\b(?:we|every|all|no)\b)
        ^\W*(?:okay|ok|fine|right|good|all right|alright|great|so)\b[\s,.]*
            (?!see\b|talk\b|speak\b|bye\b|until\b|till\b|by\b|back\b|since\b|what\b|how\b|who\b|if\b|and\b|i\b|you\b)
            (?:[\w'-]+,? ){{1,7}}(?<!till\s)(?<!until\s)(?<!by\s)then\W*$
        \blet's (?:drop|cut|cancel|postpone|stop)\b(?! (?:me|you|it there|here|there|talking|arguing)\b)
        """
    )
)
"""By saying how it is going to be."""

_LIKELY: Final = re.compile(
    one_of(
        rf"""
        \blet's (?:keep|leave|skip|say)\b(?! (?:me|you|going|to|it there|that)\b)
        {_LED}(?:we|we'll)
            \s(?:drop|keep|skip|leave|stop|stay|move|postpone|cancel|upgrade|buy|hire|wait|close|launch|use|switch|split|delay
            |push|hold|freeze|cut|accept|reject|decline|limit|extend|start with|do both|order)\b
        \blet's (?:do|use|take|try|start with|order|switch|split|hold|push|freeze|move)\b
            (?! (?:that|this|it|a|the (?:next|rest|introductions?)|on|to|into|back)\b)
        {_LED}[\w'-]+(?: [\w'-]+){{0,3}}(?:'s| is| are) (?:in|out)\W*$
        \b(?:we're|we are) (?:not )?(?:doing|taking|using|cutting|switching|holding|freezing|shipping
            |launching|pushing)\b
        \b(?:we're|we are) (?:dropping|keeping|skipping|leaving|stopping|moving|postponing|cancelling|canceling)\b
        \b(?:we won't|we will not|we're not going to|we are not going to)
            \s(?!make\b|have\b|be\b|know\b|get\b|find\b|need\b|see\b|finish\b|reach\b|manage\b)
        {_LED}(?:it's|it is|that's) (?:[\w'-]+ ){{1,6}}(?<!till\s)(?<!until\s)(?<!by\s)then\W*$
        {_LED}no (?!rush\b|worries\b|problem\b|idea\b|need\b|one\b|way\b|doubt\b|thanks?\b|no\b|it\b|i\b|we\b|not\b)
            (?:[\w'-]+ ){{0,3}}[\w'-]+(?:,? then)?\W*$
        {_LED}(?:roll|call) (?:it|them|this|that)? ?(?:back|off)\b
        {_LED}then (?:[\w'-]+,? ){{1,5}}(?:in|out|off)\W*$
        \b[\w-]+(?:'s| is) on for (?:the|mon|tues|wednes|thurs|fri|satur|sun|next)
        """
    )
)
"""The same in words that are often only a wish or a plan: it takes somebody's agreement, or a "so"."""

_OPEN: Final = re.compile(
    one_of(
        r"""
        \b(?:maybe|perhaps|whether|should we|could|might|haven't|hasn't|not yet|not (?:decided|agreed|settled))\b
        \b(?:have|has|need|needs|going) to (?:decide|agree|settle)\b
        \b(?:to be decided|would|i think we should|i'd (?:say|suggest|like)|propose|suggest|what if|probably)\b
        \bshould be\b
        \b(?:until we (?:decide|know)|i (?:don't think|doubt|hope|wish)|can we|either|in pencil|pencil|for the moment)\b
        \?
        """
    )
)
_PAST: Final = re.compile(
    r"\b"
    + one_of(
        r"""
        last (?:week|month|year|time|quarter|spring|summer|autumn|fall|winter|meeting|sprint|night|[a-z]+day)
        yesterday|ago|back then|at the time|originally|initially|used to|previously|earlier|always|never
        in (?:19|20)\d\d
        (?:had|was|were|been|they|he|she|who|you|which|when|ever|where) (?:\w+ )?(?:decided|agreed|settled|chosen)
        """
    )
    + r"\b"
)
"""What was decided another time, or by others."""

_AGREES: Final = re.compile(
    r"^\W*(?:(?:yes|yeah|okay|ok|and|well|oh|good)\b[\s,.]*)*"
    + one_of(
        r"""
        makes sense|yep(?=\W*$)|all right(?=\W*$)|fine by me|sold|noted
        agreed|deal|done|sorted|settled|carried|perfect|fine|great|good|exactly|sounds good|works for me
        i(?:'m| am) (?:fine|happy|okay|ok|good) with|(?:any|no) objections?|happy|nobody's against|i can live with
        everyone (?:comfortable|happy|agreed?|okay)|yes(?=\W*$)|okay(?=\W*$)|let's do (?:that|it)
        """
    )
    + r"\b"
)
_REACH: Final = 3
"""Sentences after a decision in which people agree to it, and before "settled" in which it was said what."""

_TAKEN_BACK: Final = 6
"""Sentences after a decision in which it is taken back."""

_OWN: Final = re.compile(r"\W*(?:(?:and|so|but|then)\b\W*)*i\b")
_NOT: Final = re.compile(r"(?:\bnot|n't|\bnever|\bno) (?:\w+ )?$")
_EVEN: Final = re.compile(r"\beven (?:if|when)\b")
_PROVIDED: Final = re.compile(r"\b(?:assuming|provided|subject to)\b")
_LEANS: Final = re.compile(
    r"\b(?:that|this)\b|^\W*(?:so |okay |and )*it\b|\b(?:do|drop|cancel|call|roll|leave|keep|skip|stop) it\b"
)
_POINTS_BACK: Final = re.compile(
    r"\bthat's what\b|^\W*(?:(?:so|and|okay|right|then)\b[\s,]*)*"
    r"(?:(?:that's|that is) (?:the|our|my) (?:final )?(?:decision|call|outcome|verdict)|(?:it|that)(?:'s| is) (?:\w+ )?"
    r"(?:decided|settled|agreed|final|official))\b"
)
"""What says that something is settled, and seldom what."""

_EMPTY: Final = frozenset(
    map(stem, ("call", "decision", "outcome", "rule", "settled", "agreed", "decided", "official", "yes"))
)
_LEANING: Final = 8
"""A sentence of more words that holds a "that" says for itself what it is about."""

_BRIEF: Final = 4
"""After so few words, as in "Three it is.", what follows in the same turn belongs to them."""

_SHORTEST: Final = 3
_LONGEST: Final = 45
_GOOD: Final = 0.5


def decides(flat: str) -> bool:
    """Tell whether a sentence in lower case states a decision."""
    return _worth(flat) >= _GOOD


def find_decisions(
    sentences: Sequence[Sentence], spoken: Mapping[str, str], apart: frozenset[int]
) -> Iterator[Decision]:
    """Find what was settled, each thing once, in order.

    Args:
        sentences: The whole conversation.
        spoken: The text of each message, by its id.
        apart: The numbers of the sentences that nothing may rest on.
    """
    told: list[frozenset[str]] = []
    reached = -_TAKEN_BACK
    for place, sentence in enumerate(sentences):
        worth = 0.0 if place in apart or place <= reached else _supported(sentences, place)
        if worth < _GOOD or _taken_back(sentences, place):
            continue
        if _BARE.match(sentence.plain) and (place <= reached + _TAKEN_BACK or _is_told_next(sentences, place)):
            continue
        span = _span(sentences, place, apart)
        if span is None:
            continue
        chosen = sentences[span[0] : span[1] + 1]
        matter = frozenset().union(*(matter_of(each.plain) for each in chosen))
        quote = across(chosen, spoken)
        text = tidied(quote.text)
        again = any(matter & other and len(matter & other) * 3 >= 2 * min(len(matter), len(other)) for other in told)
        if again or len(text.split()) < _SHORTEST:
            continue
        reached = span[1]
        told.append(matter)
        yield Decision(text, quote.text, quote.message_ids, sentence.speaker, round(min(0.95, worth), 4))


def _worth(flat: str) -> float:
    """Return how likely a sentence alone states a decision."""
    if len(flat.split()) > _LONGEST or _PAST.search(flat) or JOKE.search(flat) or HABIT.search(flat) or "?" in flat:
        return 0.0
    said = _SAID.search(flat)
    if said:
        weighed = CONDITION.search(flat, 0, said.start()) or _NOT.search(flat[: said.start()])
        return 0.0 if weighed or QUOTED.search(flat[: said.start()]) else 0.8
    if _OPEN.search(flat) or QUOTED.search(flat) or _depends(flat):
        return 0.0
    if _CHOSEN.search(flat):
        return 0.6 + 0.1 * bool(_CONCLUDES.match(flat))
    if not _LIKELY.search(flat):
        return 0.0
    return 0.35 + (0.15 if _THEN.match(flat) else 0.1 if _CONCLUDES.match(flat) else 0.0)


def _depends(flat: str) -> bool:
    """Tell whether a sentence says "if": not "even if", nor what is merely taken for granted."""
    return bool(CONDITION.search(_EVEN.sub("", flat))) and not _PROVIDED.search(flat)


def _supported(sentences: Sequence[Sentence], place: int) -> float:
    """Return how likely a sentence states a decision, seeing whether those who hear it agree right away."""
    alone = _worth(sentences[place].plain)
    following = sentences[place + 1 : place + 1 + _REACH]
    return alone + 0.15 * any(_AGREES.match(each.plain) for each in following) if alone else 0.0


def _taken_back(sentences: Sequence[Sentence], place: int) -> bool:
    """Tell whether a decision did not last: somebody objects at once, or it is called off."""
    following = sentences[place + 1 : place + 1 + _TAKEN_BACK]
    if following and following[0].speaker != sentences[place].speaker and refuses(following[0].plain):
        return True
    return any(retracts(each.plain) or (n < _REACH and calls_off(each.plain)) for n, each in enumerate(following))


def _span(sentences: Sequence[Sentence], place: int, apart: frozenset[int]) -> tuple[int, int] | None:
    """Return the sentences that say what is decided; None when none does.

    Most do themselves. "Let's do that, then." goes on in the same turn; "Agreed." rests on what was said just before.
    """
    sentence = sentences[place]
    words = len(sentence.plain.split())
    before = sentences[place - 1] if place and place - 1 not in apart else None
    if before and _POINTS_BACK.search(sentence.plain) and _goes_on(before, sentence) and matter_of(before.plain):
        return place - 1, place
    bare = bool(_BARE.match(sentence.plain))
    matter = _matter(sentence.plain)
    leans = words <= (_LEANING if not matter else _BRIEF) and len(matter) <= 1 and bool(_LEANS.search(sentence.plain))
    after = sentences[place + 1] if place + 1 < len(sentences) and place + 1 not in apart else None
    if (
        after
        and not bare
        and (leans or words <= _BRIEF)
        and not _POINTS_BACK.search(sentence.plain)
        and _goes_on(sentence, after)
        and matter_of(after.plain)
    ):
        return place, place + 1
    if not (bare or leans):
        return place, place
    return _reaching_back(sentences, place, apart) or ((place, place) if matter and not bare else None)


def _reaching_back(sentences: Sequence[Sentence], place: int, apart: frozenset[int]) -> tuple[int, int] | None:
    for first in range(place - 1, max(-1, place - 1 - _REACH), -1):
        if first in apart:
            return None
        if _matter(sentences[first].plain) and len(sentences[first].plain.split()) > 1:
            return first, place
    return None


def _is_told_next(sentences: Sequence[Sentence], place: int) -> bool:
    """Tell whether "Agreed." is followed by what is."""
    return place + 1 < len(sentences) and _supported(sentences, place + 1) >= _GOOD


def _goes_on(earlier: Sentence, later: Sentence) -> bool:
    """Tell whether somebody goes on in the same turn, and not with a question or what they do themselves."""
    same = earlier.speaker is not None and earlier.speaker == later.speaker
    return same and "?" not in earlier.plain + later.plain and not _OWN.match(later.plain)


def _matter(flat: str) -> frozenset[str]:
    """Return the words that tell what is decided, not that it is."""
    return frozenset(word for word in matter_of(flat) - _EMPTY if not word.isdecimal())
