"""What was asked: real questions, with or without a question mark, not tags, echoes or courtesies."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.engine.insights.answers import DECIDED, answer_to
from bot.engine.insights.merging import Task
from bot.engine.insights.replies import hands_over
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.vocabulary import TASK_VERBS, one_of
from bot.engine.records import Answer, Insight, InsightKind

LONGEST: Final = 45
"""A question of more words is mostly something else."""

WITHOUT_WORDS: Final = 0.45
"""No question scores more that leans on what was said before, while nobody has answered it."""

_SHORTEST: Final = 2
"""One word asks back; two lean on what was said before."""

_LEANING: Final = 2
"""“By when?” leans on what was said before: unanswered, it tells nobody what is open."""

_PLAIN: Final = 3
"""Questions of more words say what they are about."""

_FRAGMENT: Final = 5
"""“And the pictures for May?” says so little that only what was said before tells what is asked."""

_LONG_STATEMENT: Final = 16
"""What is stated in more words, with a question mark, mostly asks for nothing."""

_LEAD: Final = (
    r"^\W*(?:(?:so|and|but|or|okay|ok|well|now|then|yeah|yes|no|um|uh|hm+|oh|hey|right|alright|actually|also"
    r"|just|anyway"
    r"|sorry|i mean|you know|because|like|wait|good|sure|thanks|great|the (?:next |other |big )?question is)"
    r"\b[\s,.:-]*)*"
    r"(?:[a-z]+,\s+)?"
)
_AUX: Final = (
    r"(?:is|are|was|were|do|does|did|can|could|will|would|should|shall|have|has|had|am|isn't|aren't|don't"
    r"|doesn't|didn't"
    r"|can't|couldn't|won't|wouldn't|shouldn't|haven't|hasn't|might|must)"
)
_SUBJECT: Final = (
    r"(?:i|you|we|they|he|she|it|there|this|that|these|those|the|a|an|any|anyone|anybody|somebody|someone|your|our|my)"
)
_OPEN: Final = re.compile(
    _LEAD + r"(?:(?:what|which|who|whom|whose|when|where|why|how)(?:'s|'re|'ll)?\b|(?:to|for|with|by|in|at|on|from)"
    r" (?:what|which|whom|when)\b)"
)
_OPEN_SURE: Final = re.compile(
    _LEAD + rf"(?:(?:what|when|where|why|how) {_AUX} {_SUBJECT}\b|(?:who|whose) (?:is going to|will|can|wants to"
    rf"|should|could|has|is (?:doing"
    r"|taking|responsible|in charge|on)|would)\b|who's (?:going to|doing|taking|responsible|in charge|on)\b"
    rf"|how (?:many|much|long|often|far|soon|big|old|late|early)\b|(?:what|how) about\b|what (?:kind|sort|time"
    rf"|day|date)\b"
    rf"|which (?!is\b|was\b|are\b|were\b|means\b|makes\b)[a-z]+ (?:[a-z]+ )?(?:{_AUX})\b|what's (?:the|our|your"
    rf"|next|happening|going)\b"
    r"|when's\b|where's\b|how come\b)"
)
_INVERTED: Final = re.compile(_LEAD + rf"{_AUX} {_SUBJECT}\b")
_RELATIVE: Final = re.compile(_LEAD + r"(?:what|when|where|how|who) (?:i|we|you|they|he|she|it) (?!\?)")
_TAG: Final = re.compile(
    r"(?:^|[,.]?\s+)(?:right|you know|okay|ok|yeah|yes|no|huh|hm+|eh|correct|really|you see|you know what i mean"
    r"|know what i mean"
    r"|see what i mean|(?:is|are|was|were|do|does|did|can|could|will|would|should|have|has)(?:n't)? (?:it|they"
    r"|we|you|he|she|i|there))\W*$"
)
_COURTESY: Final = re.compile(
    r"\b(?:how are (?:you|we|things)|how's it going|can (?:you|everyone|everybody|anybody|people)(?: both)?"
    r" (?:all )?(?:hear|see)|can you repeat"
    r"|could you repeat|say (?:that|it) again|does that make sense|do you know what i mean|you know what i mean"
    r"|make sense"
    r"|any (?:other )?questions|is that (?:ok|okay|fine|alright|all right|clear)\b|are we done"
    r"|(?:can|could|would|will) you(?=\W*$)"
    r"|anything else|are you there|is this (?:thing )?(?:on|working)|what did you say"
    r"|who knows|who cares"
    r"|why not\W*$|what's up|you know what|guess what|shall we (?:start|begin|get|move|go|continue|wrap)"
    r"|are we (?:ready|good|recording)"
    r"|(?:is|are) (?:everybody|everyone|you) (?:here|ready|okay|good|there|still)|am i (?:on|muted|audible)"
    r"|what can i say|do you mind"
    r"|what do i know|how should i (?:say|put)|what's (?:it|that) called|what's the word|how do you say"
    r"|what was i saying|where was i"
    r"|where were we|can i (?:just|ask|say|jump)|may i|are you kidding|isn't (?:that|it) (?:nice|great|funny"
    r"|lovely)|can you see (?:my|the))\b"
)
_RHETORICAL: Final = re.compile(
    r"\b"
    + one_of(
        r"""
        who(?:'d| would| could) have (?:thought|known|guessed)|who (?:doesn't|wouldn't|needs)\b
        how (?:cool|great|crazy|funny|nice|weird|hard|bad|awesome) (?:is|was|can|could) (?:that|this|it)\b
        what(?: could| can|'s the worst that could) (?:possibly )?(?:go wrong|happen)\W*$
        what(?:'s| is) not to (?:like|love)|what else is new|what was i thinking|why (?:would|on earth|bother)\b
        (?:don't|wouldn't) you (?:think|agree|say)\W*$|can you (?:believe|imagine)|how dare
        """
    )
)
_MECHANICS: Final = one_of(
    r"""
    (?:can|could|do) (?:you|everyone|everybody|people|we)(?: (?:guys|both|all))* (?:all )?see
        \s(?:it|this|that|me|my|the (?:screen|slides?|numbers?|page|document|doc|window|deck))\b
    who (?:wants|would like|is going|'s going|'d like) to (?:start|begin|go|kick|share|present)\b
    (?:do|would) (?:you|anyone|somebody|someone)(?: guys)? (?:want|like|mind) (?:to )?
        (?:start|begin|go|kick|starting|going|shar(?:e|ing))\b
    (?:shall|should|can|may|could) i (?:start|go|begin|share|continue|go ahead|interrupt|add)\b
    (?:have|got) (?:a|one) (?:minute|second|sec|moment|question)\b
    (?:am i|are you|is (?:he|she|everyone|everybody|anyone|[a-z]+)) (?:still )?
        (?:on mute|muted|frozen|joining|there|connected|breaking up|lagging)\b
    how (?:was|is|were|are) (?:your|the)
        \s(?:weekend|week|day|evening|morning|holidays?|vacation|trip|flight|kids|family)\b
    what(?:'s| is) (?:on your mind|new)\b|does (?:that|this|it) work(?: for (?:you|everyone|everybody))?\W*$
    (?:what|who)(?:'s| is) (?:next|left on the agenda|up next)(?: on the agenda)?\W*$
    """
)
_NO_QUESTION: Final = re.compile(_COURTESY.pattern + r"|\b" + _MECHANICS)
_REQUEST: Final = re.compile(r"\b(?:can|could|would|will) you (?:(?:please|also|maybe|just|perhaps) )*([a-z-]+)\b")
_ASKED_FOR: Final = 0.3
_GOES_ON: Final = re.compile(
    r"\W*(?:and|or|but|so|also|then)\b(?!\s+(?:who|what|when|where|why|how|which|is|are|do|does|did|can|could|will|would"
    r"|should|shall|have|has|was|were)\b)"
)
_WORD: Final = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


def find_questions(sentences: Sequence[Sentence], tasks: Sequence[Task]) -> Iterator[Insight]:
    """Find what was asked, each thing once, and what answered it; work that nobody has answered for is no question."""
    work = {task.cue.sentence.number for task in tasks}
    given = {task.also for task in tasks}.union(*(task.told_in for task in tasks))
    answers: dict[str, Answer] = {}
    asked: dict[str, tuple[Sentence, float]] = {}
    for place, sentence in enumerate(sentences):
        likely = _score(sentence)
        if not likely:
            continue
        key = _key(sentence)
        told = answer_to(sentence, sentences[place + 1 : place + 1 + DECIDED], work)
        if told and key not in answers:
            answers[key] = _answer(told)
        if sentence.number not in given or (told and not _REQUEST.search(sentence.plain)):
            asked.setdefault(key, (sentence, likely))
    for key, (sentence, likely) in asked.items():
        leans = len(_WORD.findall(sentence.plain)) <= _LEANING and key not in answers
        yield replace(_question(sentence, min(likely, WITHOUT_WORDS) if leans else likely), answer=answers.get(key))


def find_marked_questions(sentences: Sequence[Sentence]) -> Iterator[Insight]:
    """Find what ends in a question mark, each thing once: all that can be told in other languages."""
    seen: set[str] = set()
    for sentence in sentences:
        asked = sentence.text.rstrip("\"'”’)» ").endswith(("?", "？", "؟"))
        if asked and len(_WORD.findall(sentence.plain)) > _SHORTEST and _key(sentence) not in seen:
            seen.add(_key(sentence))
            yield _question(sentence, 0.6)


def _answer(told: Sentence) -> Answer:
    """Quote an answer as far as its first message goes: it points at one."""
    message_id, start, end, _ = told.parts[0]
    return Answer(told.text[start:end].strip(), message_id)


def _key(sentence: Sentence) -> str:
    return " ".join(_WORD.findall(sentence.plain))


def _question(sentence: Sentence, likely: float) -> Insight:
    return Insight(
        kind=InsightKind.QUESTION,
        text=sentence.text,
        quote=sentence.text,
        message_ids=sentence.message_ids(),
        speaker=sentence.speaker,
        score=likely,
    )


def _score(sentence: Sentence) -> float:
    """Return how likely a sentence asks something that wants an answer."""
    flat = sentence.plain
    count = len(_WORD.findall(flat))
    if not _SHORTEST <= count <= LONGEST or _NO_QUESTION.search(flat) or _RHETORICAL.search(flat) or hands_over(flat):
        return 0.0
    request = _REQUEST.search(flat)
    if request and request[1] in TASK_VERBS:  # work, or work that was declined or done already
        return _ASKED_FOR
    return _marked(flat, count) if "?" in flat[-4:] else _unmarked(flat, count)


def _marked(flat: str, count: int) -> float:
    if count == _SHORTEST:
        return 0.55 if _OPEN.search(flat) else 0.2
    if _OPEN_SURE.search(flat) or (_OPEN.search(flat) and not _RELATIVE.search(flat)):
        return 0.9 if count > _PLAIN else 0.7
    last = flat.rsplit(",", 1)[-1]
    if len(last.split()) > _PLAIN and (_OPEN_SURE.search(last) or _INVERTED.search(last)) and not _TAG.search(last):
        return 0.7
    if _INVERTED.search(flat):
        return 0.8 if count > _PLAIN else 0.6
    if _TAG.search(flat) or (count <= _FRAGMENT and _GOES_ON.match(flat)):
        return 0.3
    return 0.55 if _PLAIN < count <= _LONG_STATEMENT else 0.4  # "The blue one?" asks back


def _unmarked(flat: str, count: int) -> float:
    """Read speech whose question marks were not heard."""
    stated = flat.rstrip().endswith((".", "!"))
    if _OPEN_SURE.search(flat) and count > _PLAIN:
        return 0.55 if stated else 0.65
    return 0.6 if _INVERTED.search(flat) and count > _PLAIN + 1 and not stated else 0.0
