"""Work that is told twice in a row: a request and the promise that answers it, a promise and what is said of it next.

"Could you take pictures of the pallets?" – "Sure, I do it straight after this." is one piece of work: the request says
what, the promise whose it is and by when. So is "I'll speak to his boss. I'll have him on the phone by Friday."
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bot.engine.insights.dates import Days
from bot.engine.insights.follow_ups import is_follow_up
from bot.engine.insights.merging import Task, leans, matter_of
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.turns import FIRST_PERSON, Family

NEAR: Final = 6
"""What belongs together stands at most so many sentences apart."""

_SPEECHES: Final = 2
"""And at most so many changes of speaker."""

_BEGINNING: Final = 3
"""A promise among the first so many sentences of the answer is the answer."""

_ALSO: Final = re.compile(r"\b(?:also|too|as well|another|and then|in return|meanwhile)\b")
_PRONOUN_FIRST: Final = re.compile(r"[a-z]+(?: up| out| off| over)? (?:it|that|this|them|him|her)(?= [a-z]+|\W|$)")
_GOES_ON: Final = re.compile(r"\W*(?:(?:and|but|so|because|well)\b\W*)*(?:it|that|this|they|he|she)(?:'|\b)")
"""A sentence that begins so speaks of the same thing."""

_YOU: Final = re.compile(r"\b(?:can|could|would|will) you\b")

_LET_KNOW: Final = frozenset({"know", "remind"})
_TELL_ME: Final = re.compile(r"\b(?:let (?:me|us) know|remind me)\b")
"""“Let me know when it's done” is no work of its own, after the work."""

_ASKING: Final = frozenset(
    {Family.REQUEST, Family.DIRECTIVE, Family.IMPERATIVE, Family.SOMEBODY, Family.YOURS, Family.ASKED, Family.OUR_NEED}
)
_NOBODYS: Final = frozenset({Family.SOMEBODY, Family.OUR_NEED, Family.OUR_PLAN, Family.ASKED, Family.PASSIVE})
"""What is asked in these is asked of nobody in particular."""

_ASKED_OF_ONE: Final = frozenset({Family.REQUEST, Family.DIRECTIVE, Family.IMPERATIVE, Family.YOURS})
"""What anybody may answer is taken on by one who speaks of the same thing; what one is asked, by that one."""


def told_once(tasks: Sequence[Task], sentences: Sequence[Sentence], firm: float) -> list[Task]:
    """Return the tasks, those that are told twice in a row as one.

    Args:
        tasks: In any order.
        sentences: The whole conversation.
        firm: From this score on a task is one; weaker signs stay as they are.
    """
    weak = [task for task in tasks if task.score < firm]
    kept: list[Task] = []
    for task in sorted((task for task in tasks if task.score >= firm), key=lambda task: task.cue.sentence.number):
        place = next(
            (place for place in range(len(kept) - 1, -1, -1) if _is_same(kept[place], task, sentences)),
            None,
        )
        if place is None:
            kept.append(task)
        else:
            kept[place] = _one(kept[place], task)
    return [*weak, *kept]


def goes_on_to_more(task: Task) -> bool:
    """Tell whether the words of a task say that it is one more: "could you also call the dealer?"."""
    return bool(_ALSO.search(task.cue.sentence.plain))


def _is_same(earlier: Task, later: Task, sentences: Sequence[Sentence]) -> bool:
    """Tell whether `later` is about what `earlier` told."""
    first, last = earlier.said_last, later.cue.sentence.number
    if not 0 <= last - first <= NEAR or goes_on_to_more(later):
        return False
    if _is_taken_later(earlier, later):
        return True
    speeches = sum(sentences[n].speaker != sentences[n - 1].speaker for n in range(first + 1, last + 1))
    if speeches > _SPEECHES or _asks_to_be_told(later):
        return speeches <= _SPEECHES
    # where nobody knows who speaks, "it" may be anybody's
    theirs = later.cue.family in FIRST_PERSON and later.cue.sentence.speaker is not None
    if not theirs or _asks_the_other(sentences[first:last], later) or not _could_be_one_persons(earlier, later):
        return False
    said_on = _leans(later) or (_leans(earlier) and speeches == 0)
    if said_on and not _goes_on_from_another(earlier, later, sentences):
        return True
    return speeches == 1 and _answers(earlier, later, sentences)


def _is_taken_later(earlier: Task, later: Task) -> bool:
    """Tell whether what nobody has taken on is what somebody takes on a little later, in words of their own."""
    open_still = earlier.owner is None and not earlier.agreed and earlier.cue.named is None
    shared = later.matter & earlier.matter
    return open_still and later.owner is not None and earlier.cue.family in _NOBODYS and bool(shared)


def _asks_to_be_told(task: Task) -> bool:
    """Tell whether somebody only wants to hear when it is done."""
    return task.cue.word in _LET_KNOW and bool(_TELL_ME.search(task.cue.sentence.plain))


def _could_be_one_persons(earlier: Task, later: Task) -> bool:
    """Tell whether nobody else has taken the earlier one on."""
    return earlier.owner is None or later.owner is None or earlier.owner == later.owner


def _asks_the_other(between: Sequence[Sentence], later: Task) -> bool:
    """Tell whether who promises something has just asked somebody else: "Would you really?" – "I'll text you it."."""
    asked = (each.plain for each in between if each.speaker == later.cue.sentence.speaker)
    return any(flat.rstrip().endswith("?") and _YOU.search(flat) for flat in asked)


def _goes_on_from_another(earlier: Task, later: Task, sentences: Sequence[Sentence]) -> bool:
    """Tell whether the speaker comes to something else right before: "it" is that, then."""
    number = later.cue.sentence.number
    if number - 1 <= earlier.said_last:
        return False
    before = sentences[number - 1]
    if _GOES_ON.match(before.plain):
        return False
    return before.speaker == later.cue.sentence.speaker and len(matter_of(before.plain) - frozenset(earlier.words)) > 1


def _leans(task: Task) -> bool:
    """Tell whether work is told by a pronoun, or by nothing: "do it tonight", "call them", "have him on the phone"."""
    idle = not task.matter and not is_follow_up(task.cue)  # "check back with you on Friday" needs nothing before it
    return leans(task.cue) or idle or bool(_PRONOUN_FIRST.match(task.cue.work))


def _answers(earlier: Task, later: Task, sentences: Sequence[Sentence]) -> bool:
    """Tell whether a promise is the answer to a request: the next turn's beginning, by the one who was asked."""
    if earlier.cue.family not in _ASKING or earlier.cue.sentence.speaker == later.cue.sentence.speaker:
        return False
    number = later.cue.sentence.number
    begins = sum(sentences[n].speaker == later.cue.sentence.speaker for n in range(earlier.said_last + 1, number + 1))
    asked = earlier.cue.family in _ASKED_OF_ONE and (earlier.owner is not None or earlier.cue.named is not None)
    return begins <= _BEGINNING and (asked or bool(later.matter & earlier.matter))


def _one(earlier: Task, later: Task) -> Task:
    """Return one task of two: what the fuller one says, whose and by when the later one does."""
    if _asks_to_be_told(later):
        return replace(earlier, said_last=later.said_last, told_in=earlier.told_in | later.told_in)
    told = later if _leans(earlier) and not _leans(later) else earlier
    if later.cue.family in FIRST_PERSON and earlier.cue.family in _ASKING and not _leans(later):
        told = later  # in the words of the one who does it
    return replace(
        told,
        owner=later.owner or earlier.owner,
        agreed=earlier.agreed or later.agreed or earlier.cue.sentence.speaker != later.cue.sentence.speaker,
        due=_deadline(told, later if told is earlier else earlier),
        score=max(earlier.score, later.score),
        said_last=later.said_last,
        accepted=_accepted(earlier, later) if told is earlier else later.accepted,
        told_in=earlier.told_in | later.told_in,
    )


def _accepted(earlier: Task, later: Task) -> int | None:
    """Return the number of the sentence in which somebody else took on what the earlier one tells."""
    answers = later.cue.sentence.speaker != earlier.cue.sentence.speaker
    return later.cue.sentence.number if answers and later.cue.family in FIRST_PERSON else earlier.accepted


def _deadline(told: Task, other: Task) -> tuple[date, Days | None] | None:
    """Return by when it is due: as the later of the two says, without the words when they stand in the other one."""
    if other.due is None or (told.due is not None and told.said_last > other.said_last):
        return told.due
    return other.due[0], None
