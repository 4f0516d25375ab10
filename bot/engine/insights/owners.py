"""Whose an item is: only by evidence, never by guessing.

Evidence is a promise in the first person under a speaker's name, or somebody who was asked and agreed: asked by name
and answering themselves, or the one who answers next. Without speakers' names, only somebody asked by name, with
agreement in the very next sentence, is an owner. "Mei will do it" makes nobody an owner, nor does "we", nor a voice
that is known as "Speaker 2" only.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.engine.insights import timing
from bot.engine.insights.cues import Cue
from bot.engine.insights.merging import matter_of
from bot.engine.insights.people import is_named
from bot.engine.insights.replies import agrees, calls_off, firmly, puts_off, refuses, takes_on, welcomes
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.turns import FIRST_PERSON, Family
from bot.engine.records import Person

REACH: Final = 4
"""An answer comes within so many sentences."""

_TOGETHER: Final = frozenset({Family.OUR_NEED, Family.OUR_PLAN, Family.LETS, Family.PASSIVE})
"""To these, "will do" agrees for everybody: only "I'll do it" makes an owner."""

_ORDERED: Final = frozenset({Family.REQUEST, Family.IMPERATIVE})
"""To what is asked of one person, a bare "okay" is a yes."""

_OWN: Final = frozenset({Family.PROMISE, Family.OWN_NEED})
_GIVEN: Final = frozenset({Family.ASSIGNED, Family.YOURS, Family.OWED})
_FROM_ME: Final = re.compile(r"\bfrom me\b")
"""“He'll get that message from me this afternoon.”"""

_NO: Final = re.compile(r"\W*(?:no|nope|nah|don't)\b(?!\W+(?:problem|worries))")
_YES_AT_LAST: Final = re.compile(r"(?:^|.*[,.])\s*(?:yes|yeah|yep|sure|okay|no problem|will do)\W*$")
"""“After eight, yes.”"""

_WANTED: Final = re.compile(r"(?:see|have|hear|know)\b(?: (?:it|that|this|them|those|from|back|about)\b|.* by )")
_MYSELF: Final = re.compile(r"\bi(?:'ll| will| can|'m going to)\b|\blet me\b")
_MINE: Final = re.compile(_MYSELF.pattern + r"|\bme\W*$|\bmine\b")

_EVERYBODY: Final = re.compile(r"\b(?:everybody|everyone|all of|each of|you all|you guys|both)\b")
TURN: Final = 3
"""So many sentences of an answer are read: "Sure. Oh wait, I can't." is a refusal."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: whose the work is now, and whether somebody agreed to do it."""

    owner: Person | None = None
    agreed: bool = False
    firm: bool = False
    """In so many words, or by the one who was asked by name: then it is work, however it was put."""
    said: int | None = None
    """The number of the sentence that agreed."""


def answer(cue: Cue, following: Sequence[Sentence]) -> Answer:
    """Read who takes on what a cue asks for, from what was said next.

    Args:
        cue: Where work is promised, asked for or assigned.
        following: The sentences after it, in order.
    """
    own = _own(cue, following)
    if own is not None:
        return own
    following = following[:REACH]
    if cue.family is Family.REQUEST and (asked := _asked(cue, following)).owner is not None:
        return asked
    volunteer = _volunteer(cue, following)
    if volunteer is not None:
        return volunteer
    if cue.family in FIRST_PERSON and not _wants(cue):  # "Shall I send it?"
        reply = _turn(following, cue.sentence.speaker)
        agreed = bool(reply) and (agrees(reply[0].plain) or welcomes(reply[0].plain))
        mine = cue.sentence.speaker if agreed and is_named(cue.sentence.speaker) else None
        wanted = agreed and welcomes(reply[0].plain)
        return Answer(mine, agreed, firm=wanted, said=reply[0].number if agreed else None)
    return _asked(cue, following)


def _own(cue: Cue, following: Sequence[Sentence]) -> Answer | None:
    """Read what a speaker takes on in their own words, whatever the others say to it."""
    mine = cue.sentence.speaker if is_named(cue.sentence.speaker) else None
    if timing.gives_until(cue.sentence.plain) or (cue.family in _GIVEN and _FROM_ME.search(cue.sentence.plain)):
        return Answer(mine)
    if cue.family not in FIRST_PERSON or _wants(cue):
        return None
    if cue.sentence.plain.rstrip().endswith("?"):  # "I'll show you one on Friday, in the afternoon?" only asks when
        return Answer(mine) if cue.family in _OWN and not _declined(cue, following) else None
    reply = _turn(following[:REACH], cue.sentence.speaker) if cue.family is Family.OFFER else []
    wanted = bool(reply) and welcomes(reply[0].plain)
    return Answer(mine, agreed=wanted, firm=wanted, said=reply[0].number if wanted else None)


def _wants(cue: Cue) -> bool:
    """Tell whether what somebody needs is for others to do: "I need to see it by Wednesday"."""
    return cue.family is Family.OWN_NEED and bool(_WANTED.match(cue.work))


def _asked(cue: Cue, following: Sequence[Sentence]) -> Answer:
    speaker = cue.sentence.speaker
    if speaker is None or not is_named(speaker):
        return _unlabelled(cue, following)
    if cue.named is not None and cue.named.id:
        theirs = [s for s in following if s.speaker == cue.named]
        while theirs and theirs[0].plain.rstrip().endswith("?"):  # "Can it wait till Monday?" is no answer yet
            theirs = theirs[1:]
        reply = _turn(theirs, speaker)
        if cue.named == speaker or not _accepts(reply, firm=False):
            return Answer()
        return Answer(cue.named, agreed=True, firm=cue.family in _ORDERED, said=reply[0].number)
    reply = _turn(following, speaker)
    asked = cue.family in _ORDERED or (cue.family is Family.YOURS and cue.sentence.plain.endswith("?"))
    if (
        cue.family in _TOGETHER
        or _EVERYBODY.search(cue.sentence.plain[cue.start : cue.verb])
        or not _accepts(reply, firm=not asked)
    ):
        return Answer()
    if cue.named is not None or cue.family is Family.ASSIGNED or not is_named(reply[0].speaker):
        return Answer(agreed=True, said=reply[0].number)  # nobody knows that it is the one who was meant
    return Answer(reply[0].speaker, agreed=True, said=reply[0].number)


def _unlabelled(cue: Cue, following: Sequence[Sentence]) -> Answer:
    """Without names of speakers: only the very next sentence, and only who was asked by name."""
    if cue.family is Family.ASSIGNED or not following:
        return Answer()
    reply = following[0]
    same_voice = reply.speaker is not None and reply.speaker == cue.sentence.speaker
    if same_voice or not _accepts(following[:TURN], firm=False):
        return Answer()
    return Answer(cue.named, agreed=True, said=reply.number)


def _turn(following: Sequence[Sentence], speaker: Person | None) -> list[Sentence]:
    """Return the next turn of somebody else: their first few sentences in a row."""
    turn: list[Sentence] = []
    for sentence in following:
        if turn and (sentence.speaker != turn[0].speaker or len(turn) == TURN):
            break
        if turn or sentence.speaker != speaker or speaker is None:
            turn.append(sentence)
    return turn


def _accepts(reply: Sequence[Sentence], *, firm: bool) -> bool:
    if not reply or _turned_down(reply):
        return False
    if firm:
        return firmly(reply[0].plain)
    return agrees(reply[0].plain) or any(
        _YES_AT_LAST.match(sentence.plain) for sentence in reply if sentence.speaker == reply[0].speaker is not None
    )


def _turned_down(reply: Sequence[Sentence]) -> bool:
    """Tell whether an answer is a no; "Yeah. Not this week, though." is a yes."""
    agreed = False
    for sentence in reply:
        if refuses(sentence.plain) and not (agreed and puts_off(sentence.plain)):
            return True
        agreed = agreed or agrees(sentence.plain)
    return False


def _declined(cue: Cue, following: Sequence[Sentence]) -> bool:
    """Tell whether somebody says no to what a speaker asked whether to do."""
    reply = _turn(following[:REACH], cue.sentence.speaker)
    return bool(reply) and bool(_NO.match(reply[0].plain) or calls_off(reply[0].plain))


def _volunteer(cue: Cue, following: Sequence[Sentence]) -> Answer | None:
    """Find somebody who takes the work on in so many words: "I'll do that", though another was asked."""
    for place, sentence in enumerate(following):
        if timing.turns_to_next(sentence.plain) and matter_of(sentence.plain) - matter_of(cue.sentence.plain):
            return None  # "And the duck board?" – "On me."
        if not takes_on(sentence.plain) or (cue.family in _ORDERED and sentence.speaker == cue.sentence.speaker):
            continue
        if sentence.plain.rstrip().endswith("?") and not _MYSELF.search(sentence.plain):
            continue  # "Me?"
        if sentence.speaker == cue.sentence.speaker and not _MINE.search(sentence.plain):
            continue  # who asks for it does not have it when they say "you'll have it tonight"
        rest = [s for s in following[place + 1 :] if s.speaker == sentence.speaker][: TURN - 1]
        if sentence.speaker is None or not is_named(sentence.speaker):
            named = cue.named if place == 0 else None
            return Answer(named, agreed=True, said=sentence.number)
        if any(refuses(s.plain) for s in rest):
            continue
        return Answer(sentence.speaker, agreed=True, firm=cue.family not in _TOGETHER, said=sentence.number)
    return None
