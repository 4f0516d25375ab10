"""Work that somebody takes on though nobody asked for it in so many words: “The status page?” – “Mine” is enough.

The words of the one who takes it on say that it is work and whose; what it is stands in what was said right before.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Final

from bot.engine.insights import timing
from bot.engine.insights.cues import whole
from bot.engine.insights.dates import Days, find_dates
from bot.engine.insights.due_dates import due
from bot.engine.insights.merging import Task, about_whole, matter_of
from bot.engine.insights.people import Roster, is_named
from bot.engine.insights.replies import agrees, calls_off, claims, names_a_day, refuses
from bot.engine.insights.sentences import Sentence, plain
from bot.engine.insights.talk import CONDITION, JOKE, QUOTED
from bot.engine.insights.turns import Family
from bot.engine.insights.vocabulary import one_of

CHANCE: Final = 0.7
"""How likely what somebody takes on in so many words is work."""

_REACH: Final = 5
"""What is taken on stands at most so many sentences before."""

_TURNS: Final = 2
"""And at most so many turns."""

_CLAIMED: Final = 3
"""Who only says a day does not take on what another one claims within so many sentences."""

_LIKELY: Final = 0.5
"""A task with this score needs nobody to take it up again."""

_NEED: Final = re.compile(
    one_of(
        r"""
        \?\W*$
        (?<!i'll\s)(?<!will\s)\b(?:needs?|has to|have to|must|should|ought to|got to|wants?|owes?|missing|due
            |deadline|waiting for|who)\b
        \b(?:somebody|someone|anybody|anyone)\b
        \b(?:still|yet)\b
        """
    )
)
"""What asks for somebody to do something."""


_WANT: Final = re.compile(
    one_of(
        r"""
        (?<!we\s)(?<!\bi\s)\b(?:needs?|has to|have to|must|owes?|still missing)\b
        \bi need\b(?! to\b| an? (?:day|date|time|slot|week|weekday|hour)\b)
        \b(?:wants?|i'd like|i'd love|i want)\b(?! to (?:say|know|see))
        \b(?:somebody|someone|please)\b
        \bwho(?:'s| is| can| could| will)? (?:do|does|doing|going to|take|takes|write|writes|make|makes|bring
            |brings)\b
        \b(?:can|could|would|will) you\b
        \bwhen (?:can|will|would|do|could|might) (?:i|we) (?:see|get|have|expect)\b
        \b(?:your|[a-z]+'s) turn\b
        """
    )
)
"""What asks for somebody to do something, so plainly that a day is answer enough."""

_HANDED: Final = re.compile(
    r"\s*,\s*(?:(?:and|so|then|please)\W+)?(?:the|your|our|a|an|i need|i want|i'd like|you're on|you've got"
    r"|you have|you take|you get)\s+"
    r"(?!(?:one|only|best|same|other|point|problem|question|last time|idea|right|wrong|good|great|bit)\b)[a-z]"
)
"""What follows a name when the rest of the sentence is what its owner gets."""

_LEADING: Final = re.compile(r"\b(?:and|so|then|okay|ok|right|now|fine|good|great|well|alright|thanks|but)\b")

_MINE: Final = re.compile(r"\b(?:i|we|my|our)\b")
_THING_OF_MINE: Final = re.compile(
    r"\b(?:the|those|these|this|your) [a-z-]+(?: [a-z-]+)?(?:'s| is| are) (?:on me|me|mine)\b"
    r"(?=\W*$|[,.;]| then| to [a-z])"
    r"|\bleave (?:the|your|all the|those) (?:[a-z'-]+ ){1,3}(?:to|with) me\b"
)
"""“The cake's me” says itself what it is."""

_IDLE: Final = re.compile(
    r"\b(?:whose|what's|hear me|see me|my screen|who (?:was|is|did|wrote|said|told|made|had)|why"
    r"|(?:don't|doesn't|didn't|not|never) (?:need|want|have|really)|do you (?:know|remember|think|mean)"
    r"|are you (?:ok|okay|sure|on|there|in)|would have|should have|could have)\b"
)
"""What is asked to know something."""

_QUOTES: Final = re.compile(r"[\"“”]")
_BACK: Final = re.compile(r"\b(?:it|that|those|them|these)\b")
_SAYS: Final = re.compile(
    r"^\W*(?:in|for|on|at|of|with|from)\b|^\W*(?:brilliant|great|good|perfect|super|fantastic|lovely|thanks"
    r"|excellent|wonderful|splendid|nice|cool"
    r"|amazing)\b"
    r"|\b(?:i|you|he|she|they|we|it|there|was|were|had|did|[a-z]+ed)\b"
)
_FRAGMENT: Final = 5
"""“The status page.” names what is to be done without asking: in at most so many words, of which none is told."""


def taken_up(tasks: Sequence[Task], sentences: Sequence[Sentence], people: Roster, base: date) -> list[Task]:
    """Return what people take on that is none of the tasks yet.

    Args:
        tasks: What was found so far.
        sentences: The whole conversation.
        people: Who speaks and is spoken of.
        base: The day of the meeting.
    """
    sure = [task for task in tasks if task.score >= _LIKELY]
    told = {number for task in sure for number in (*task.told_or_taken_in, task.also) if number is not None}
    names = matter_of(" ".join(plain(person.name) for person in people.speakers))
    found: list[Task] = []
    for sentence in sentences:
        if sentence.number not in told and (reply := _named(sentence, sentences, people)) is not None:
            if told.isdisjoint((reply.number, *_turn_of(reply, sentences))):
                found.append(_task(sentence, reply, base))
                told |= {sentence.number, reply.number}
            continue
        if sentence.number in told or not _takes(sentence):
            continue
        if any(number in told for number in _turn_of(sentence, sentences)):
            continue
        if not claims(sentence.plain) and _is_claimed_next(sentence, sentences):
            continue  # "So Sunday." – "So tomorrow. I'll do that one."
        matter = _matter(sentence, sentences, told, names)
        if matter is None:
            continue
        found.append(_task(matter, sentence, base))
        told |= {matter.number, sentence.number}
    return found


def asks_for_it(sentence: Sentence, before: Sequence[Sentence]) -> bool:
    """Tell whether a sentence opens an answer to somebody who has just said what is needed, or asked for it.

    Args:
        sentence: What may be the answer.
        before: The sentences before it, in order.
    """
    for earlier in reversed(before):
        if earlier.speaker != sentence.speaker:
            return bool(_NEED.search(earlier.plain)) and not _IDLE.search(earlier.plain)
        if len(earlier.plain.split()) > _FRAGMENT:
            return False
    return False


def _named(sentence: Sentence, sentences: Sequence[Sentence], people: Roster) -> Sentence | None:
    """Return who was handed something by name agreeing to it: "Greg, the summary for Martin." – "Okay."."""
    called = next(((name, at, who) for name, at, who in people.mentions(sentence.text) if who.id), None)
    if called is None or called[2] == sentence.speaker:
        return None
    name, at, who = called
    handed = _HANDED.match(sentence.plain, at + len(name)) and not re.search(
        r"\w", _LEADING.sub("", sentence.plain[:at])
    )
    asked = bool(re.search(r",\s*$", sentence.plain[:at])) and not re.search(r"\w", sentence.plain[at + len(name) :])
    if not handed and not (asked and _WANT.search(sentence.plain)):
        return None
    following = sentences[sentence.number + 1 : sentence.number + 1 + _REACH]
    replies = [each for each in following if each.speaker == who][:2]
    others = [each for each in following if each.speaker not in {who, sentence.speaker}]
    if not replies or (others and others[0].number < replies[0].number):
        return None
    if any(refuses(each.plain) or each.plain.rstrip().endswith("?") for each in replies):
        return None
    return next((each for each in replies if agrees(each.plain) or claims(each.plain)), None)


def _takes(sentence: Sentence) -> bool:
    flat = sentence.plain
    if not (claims(flat) or names_a_day(flat)) or refuses(flat) or calls_off(flat) or flat.rstrip().endswith("?"):
        return False
    return not (CONDITION.search(flat) or JOKE.search(flat) or QUOTED.search(flat))


def _is_claimed_next(sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    following = sentences[sentence.number + 1 : sentence.number + 1 + _CLAIMED]
    return any(each.speaker != sentence.speaker and claims(each.plain) for each in following)


def _turn_of(sentence: Sentence, sentences: Sequence[Sentence]) -> Iterator[int]:
    """Find the numbers of the sentences of the same turn."""
    for step in (-1, 1):
        number = sentence.number + step
        while 0 <= number < len(sentences) and sentences[number].speaker == sentence.speaker:
            if abs(number - sentence.number) > _REACH:
                break
            yield number
            number += step


def _turn_before(sentence: Sentence, sentences: Sequence[Sentence]) -> list[int]:
    """Return the numbers of the sentences of the turn before."""
    first = sentence.number
    while first and sentences[first - 1].speaker == sentence.speaker:
        first -= 1
    return [first - 1, *_turn_of(sentences[first - 1], sentences)] if first else []


def _matter(
    sentence: Sentence, sentences: Sequence[Sentence], told: AbstractSet[int], names: frozenset[str]
) -> Sentence | None:
    """Return what somebody means: the last need before, else the last thing that was said in the turn before."""
    fragment: Sentence | None = None
    declined = False
    needs = _NEED if claims(sentence.plain) else _WANT
    if needs is _WANT and not told.isdisjoint(_turn_before(sentence, sentences)):
        return None
    for turns, earlier in _just_before(sentence, sentences):
        declined = declined or refuses(earlier.plain)
        if _is_known(earlier, told):
            return None  # that is what is taken on
        if not matter_of(earlier.plain) - names or _IDLE.search(earlier.plain) or calls_off(earlier.plain):
            continue
        if needs.search(earlier.plain):
            return earlier
        if needs is _NEED and (turns == 1 or declined) and _is_fragment(earlier.plain):
            fragment = fragment or earlier
    return fragment or (sentence if _THING_OF_MINE.search(sentence.plain) else None)


def _just_before(sentence: Sentence, sentences: Sequence[Sentence]) -> Iterator[tuple[int, Sentence]]:
    """Find what was said in the turns before, the nearest first, and how many turns ago; own words when they ask."""
    turns, speaker = 0, sentence.speaker
    for earlier in reversed(sentences[max(0, sentence.number - _REACH) : sentence.number]):
        turns += earlier.speaker != speaker
        speaker = earlier.speaker
        if turns > _TURNS:
            return
        own = earlier.speaker == sentence.speaker and sentence.speaker is not None
        if not own or (_WANT.search(earlier.plain) and not _MINE.search(earlier.plain)):
            yield turns, earlier


def _is_known(earlier: Sentence, told: AbstractSet[int]) -> bool:
    """Tell whether a sentence is work already, or goes on from such: "How fast could we see those?"."""
    if earlier.number in told or _ends(earlier.plain):
        return True
    return bool(_BACK.search(earlier.plain)) and not told.isdisjoint(range(earlier.number - _REACH, earlier.number))


def _is_fragment(flat: str) -> bool:
    return len(flat.split()) <= _FRAGMENT and not _SAYS.search(flat)


def _ends(flat: str) -> bool:
    """Tell whether a sentence is not what is taken on, nor what is before it: "Give me until Friday", a quotation."""
    return timing.gives_until(flat) or bool(_QUOTES.search(flat))


def _task(matter: Sentence, taking: Sentence, base: date) -> Task:
    owner = taking.speaker if is_named(taking.speaker) else None
    return Task(
        whole(matter, Family.TAKEN),
        CHANCE,
        owner,
        agreed=True,
        due=_due(matter, taking, base),
        said_last=taking.number,
        words=about_whole(matter.plain),
        told_in=frozenset((matter.number, taking.number)),
        accepted=taking.number,
    )


def _due(matter: Sentence, taking: Sentence, base: date) -> tuple[date, Days | None] | None:
    for sentence in (taking, matter):
        when = due(sentence.plain, find_dates(sentence.text, sentence.plain, base), base)
        if when is not None:
            return when[0], None
    return None
