"""Whether what is said after a piece of work still speaks of it, and of nothing else."""

import re
from typing import Final

from bot.engine.insights import timing
from bot.engine.insights.clauses import begins_at, time_asked_for
from bot.engine.insights.merging import Task, matter_of
from bot.engine.insights.replies import agrees, firmly, refuses
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.shifts import names_what_comes
from bot.engine.insights.stems import stem
from bot.engine.insights.turns import FIRST_PERSON
from bot.engine.insights.vocabulary import words

_MUCH: Final = 3
_SOME: Final = 2
"""A sentence with so many words of its own, or a question with so many, is about something else."""

_CLOSE: Final = 2
"""“I'll do it tonight” belongs to what was said at most so many sentences before."""

_PRONOUN: Final = re.compile(r"\b(?:it|that|this|them|they|those|these|one)\b")
_SMALL: Final = words(
    """
    draft copy version done ready finish deliver phone word need want free send sent go out gone expect latest promise
    hand table desk inbox hour time lunch half noon close play week end both note list answer reply number figure seeing
    aim catch reach manage book call mail later earlier sooner best see look realistic soon long need day hop dinner tea
    breakfast evening morning early think
    """
)
"""Stems that a sentence which says by when may have beside those of the work itself."""


def new_in(flat: str, task: Task) -> frozenset[str]:
    """Return what a text speaks of beside the work."""
    return matter_of(flat) - frozenset(task.words) - _SMALL


def drifts(sentence: Sentence, before: Sentence, task: Task, *, dated: bool) -> bool:
    """Tell whether a sentence says so much of its own that a day alone, after it, belongs to that.

    Args:
        sentence: What is said.
        before: What was said before it.
        task: The work.
        dated: Whether the sentence names a day itself.
    """
    if timing.asks_when(sentence.plain):
        return not asks_by_when(sentence, task)
    asks = sentence.plain.rstrip().endswith("?")
    theirs = sentence.speaker in {task.owner, task.cue.sentence.speaker}
    elaborates = theirs and before.speaker == sentence.speaker and not dated
    if not elaborates and len(new_in(sentence.plain, task)) >= (_SOME if asks else _MUCH):
        return True
    return bool(new_in(sentence.plain, task) - matter_of(before.plain)) and names_what_comes(sentence.plain)


def turns_away(sentence: Sentence, task: Task) -> bool:
    """Tell whether somebody comes to the next thing, or gives more to do: what follows is said of that."""
    flat = sentence.plain
    turns = timing.turns_to_next(flat)
    if not new_in(flat, task):
        return turns and flat.rstrip().endswith("?") and not timing.asks_when(flat)
    return turns or timing.gives_order(flat)


def asks_by_when(sentence: Sentence, task: Task) -> bool:
    """Tell whether a sentence asks by when the work will be done, and not when something else happens."""
    if not timing.asks_when(sentence.plain):
        return False
    new = new_in(sentence.plain, task)
    if len(new) > 1:
        return False
    return not new or bool(_PRONOUN.search(sentence.plain)) or timing.asks_to_have(sentence.plain)


def keeps_to(sentence: Sentence, first_day: int | None, task: Task) -> bool:
    """Tell whether a sentence that sets another day speaks of the same work: it begins with it, or adds little.

    Args:
        sentence: What sets another day.
        first_day: Where it names its first day.
        task: The work.
    """
    if timing.corrects(sentence.plain) or (first_day is not None and begins_at(sentence.plain) >= first_day):
        return True
    return len(new_in(sentence.plain, task)) <= 1


def does_again(sentence: Sentence, task: Task) -> bool:
    """Tell whether a sentence says again that the work will be done: "I'll write it before the week is out"."""
    return timing.does(sentence.plain) in {stem(task.verb), *task.words[:1]}


def takes_up(sentence: Sentence, task: Task) -> bool:
    """Tell whether a sentence answers that it will be done, as its owner, or in so many words where nobody is known."""
    if task.owner is None:
        asked = task.cue.named is not None and task.cue.named == sentence.speaker
        return firmly(sentence.plain) or (asked and not refuses(sentence.plain))
    return sentence.speaker == task.owner and agrees(sentence.plain)


def is_other_work(other: Task, task: Task) -> bool:
    """Tell whether another piece of work is none that belongs to this one, as what its owner needs for it does."""
    mine = task.owner is not None and other.cue.sentence.speaker == task.owner
    if other.cue.family in FIRST_PERSON and task.owner is not None and not mine:
        return True
    return bool(other.matter - task.matter) and not (mine and other.cue.word == "need")


def only_says_when(other: Task, task: Task) -> bool:
    """Tell whether what was taken for work does nothing but say by when `task` will be done."""
    if timing.moves(other.cue.work) and other.due is not None and not other.matter - _SMALL:
        return True
    if task.owner not in {None, other.cue.sentence.speaker}:
        return False
    if timing.gives_until(other.cue.sentence.plain) or time_asked_for(other.cue.sentence.plain) is not None:
        return True
    if timing.only_done(other.cue.work) and other.cue.sentence.number - task.cue.sentence.number <= _CLOSE:
        return True
    return timing.is_getting_ready(other.cue.word) and other.matter <= task.matter | _SMALL
