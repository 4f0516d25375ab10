"""What is said of work right after it: that it is off, that somebody else does it, by when it will be done."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bot.engine.insights.cues import Cue, base_form
from bot.engine.insights.dates import find_dates
from bot.engine.insights.due_dates import due, sets_deadline
from bot.engine.insights.merging import Task, matter_of, names_its_matter, undated
from bot.engine.insights.owners import answer
from bot.engine.insights.people import Roster, is_named
from bot.engine.insights.replies import (
    agrees,
    calls_off,
    calls_off_at_once,
    declines_kindly,
    did,
    hands_over,
    has_just_done,
    insists,
    releases,
    retracts,
    speaks_of_before,
    start_of_taking_on,
    takes_on,
    unneeded,
)
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.turns import FIRST_PERSON, Family

OPEN: Final = 0.3
"""From this score on, the next answer belongs to a request and to none before it."""

RECENT: Final = 3
"""“Never mind” takes back, and “by Friday” dates, what was said at most so many sentences before."""

SOON: Final = 2
"""“There.” and “No, thank you” are said of what was offered at most so many sentences before."""

_EMPTY: Final = frozenset(
    {"bother", "mind", "need", "scratch", "forget", "done", "do", "did", "sent", "booked", "strik", "sort", "sorry"}
    | {"not", "necessary", "already", "just", "kidd", "jok", "cancel", "drop", "skip", "actual", "finish", "thought"}
)
_IT: Final = re.compile(r"\b(?:it|that|this|them|those)\b")
_FOR_YOU: Final = re.compile(r"\bfor you\b")
_QUOTED: Final = re.compile(r"[\"“”]")
"""“He'll say "I'll do it next week"” dates nothing."""

_LEFT: Final = re.compile(r"\b(?:leave|give) (?P<what>[a-z][a-z' -]*?) (?:to|with) me\b")
_INSTEAD: Final = re.compile(r"^\W*(?:no|actually|wait|let me|hang on|hold on)\b")


def in_the_same_breath(sentence: Sentence, following: Sequence[Sentence], base: date) -> bool:
    """Tell whether a speaker calls off in the very next sentence what they said in this one.

    Args:
        sentence: Where something was promised or asked for.
        following: The sentences after it, in order.
        base: The day of the meeting.
    """
    if not following or following[0].speaker != sentence.speaker:
        return False
    after = following[0]
    return retracts(after.plain) and not hands_over(after.plain) and _deadline(after, base) is None


def over_at_once(sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Tell whether what a speaker offers to do is turned down, or done, in the next thing that they or others say.

    Args:
        sentence: Where they offer or promise it.
        sentences: The whole conversation.
    """
    soon = sentences[sentence.number + 1 : sentence.number + 1 + SOON]
    own = next((each for each in soon if each.speaker == sentence.speaker), None)
    others = next((each for each in soon if each.speaker != sentence.speaker), None)
    return (own is not None and has_just_done(own.plain)) or (others is not None and declines_kindly(others.plain))


def taken_back(sentence: Sentence, tasks: list[Task]) -> bool:
    """Remove what a sentence takes back, says to be needless or done; tell whether there was anything."""
    flat = sentence.plain
    if not tasks or flat.rstrip().endswith("?"):
        return False
    if (done := _done(sentence, tasks)) is not None:
        del tasks[done]
        return True
    if unneeded(flat):
        named = matter_of(flat)
        for place in range(len(tasks) - 1, -1, -1):
            near = sentence.number - tasks[place].said_last <= RECENT and bool(_IT.search(flat))
            shared = named & set(tasks[place].words)
            if (len(shared) > 1 and named & tasks[place].matter) or (near and tasks[place].cue.word in named):
                del tasks[place]
                return True
    if not calls_off_at_once(flat) and (not calls_off(flat) or matter_of(flat) - _EMPTY):
        return False
    recent = _recent(sentence, tasks)
    if releases(flat):
        recent = [place for place in recent if tasks[place].owner == sentence.speaker]
    if not recent:
        return False
    del tasks[recent[0]]
    return True


def _done(sentence: Sentence, tasks: Sequence[Task]) -> int | None:
    """Return the place of the task that somebody else says to have done: "I've asked", "Filed it while you talked"."""
    verb, recent = did(sentence.plain), _recent(sentence, tasks)
    if verb is None or not recent:
        return None
    cue = tasks[recent[0]].cue
    return recent[0] if cue.word == base_form(verb) and cue.sentence.speaker != sentence.speaker else None


def handed_over(sentence: Sentence, following: Sequence[Sentence], tasks: list[Task], people: Roster) -> bool:
    """Let somebody else have the last task: "could you do it?", "let Mei do it instead"; tell whether there was one.

    Args:
        sentence: What may hand it over.
        following: The sentences that can be the answer.
        tasks: The tasks so far; changed.
        people: Who speaks and is spoken of.
    """
    recent = [place for place in _recent(sentence, tasks) if tasks[place].score >= OPEN]
    if not recent or not hands_over(sentence.plain):
        return False
    last = tasks[recent[0]]
    if last.owner is not None and last.owner != sentence.speaker:
        return False
    named = {person for _, _, person in people.mentions(sentence.text) if person != sentence.speaker}
    end = len(sentence.text)
    cue = Cue(sentence, Family.REQUEST, 0, 0, end, "do", named.pop() if len(named) == 1 else None)
    reply = answer(cue, following)
    tasks[recent[0]] = replace(
        last,
        owner=reply.owner,
        agreed=reply.agreed,
        said_last=sentence.number,
        also=_adjoining(last, sentence),
    )
    return True


def completed(sentence: Sentence, earlier: Sentence | None, tasks: list[Task], base: date) -> bool:
    """Let a sentence complete the last task: "by Friday", "no, I'll do that"; tell whether it belongs to one.

    Args:
        sentence: What may complete it.
        earlier: The sentence before; when its speaker goes on from another matter there, that is what is meant.
        tasks: The tasks so far; changed.
        base: The day of the meeting.
    """
    recent = _recent(sentence, tasks)
    if not recent:
        return False
    insisting = insists(sentence.plain)  # on what was said last, whoever has it
    place = next((place for place in recent if _theirs(sentence, tasks[place]) and not insisting), recent[0])
    last = tasks[place]
    left = _LEFT.search(sentence.plain)
    meant = matter_of(left["what"]) if left else frozenset()
    if meant - set(last.words):
        return False  # "Leave the engineer bit with me" is about that bit
    if earlier is not None and earlier.speaker == sentence.speaker and not meant and _another_matter(earlier, last):
        return False
    taken = speaks_of_before(sentence.plain)
    if taken:
        relieves = last.cue.family is Family.OWN_NEED or _FOR_YOU.search(sentence.plain)
        at_once = insisting and (sentence.number == last.said_last + 1 or bool(meant))
        wants = _INSTEAD.match(sentence.plain) or at_once or (relieves and takes_on(sentence.plain))
        theirs = wants and is_named(sentence.speaker)
        if theirs:
            _relieve(last, sentence, tasks)
        last = replace(last, owner=sentence.speaker if theirs else last.owner, said_last=sentence.number)
    when = _deadline(sentence, base) if last.score >= OPEN else None
    if when is not None and (last.due is None or not sentence.plain.endswith("?")):
        cue = undated(last)
        last = replace(last, cue=cue, due=(when, None), said_last=sentence.number, also=_adjoining(last, sentence))
    tasks[place] = last
    return taken or when is not None


def _relieve(task: Task, sentence: Sentence, tasks: list[Task]) -> None:
    """Let a speaker also have what a task answered: "Cancel it?" – "I'll ring them." – "Leave that to me."."""
    for place, asked in enumerate(tasks):
        if asked.owner == task.owner and asked.accepted == task.cue.sentence.number:
            tasks[place] = replace(asked, owner=sentence.speaker)


def leans_on_what_was_said(sentence: Sentence, cue: Cue | None, base: date) -> bool:
    """Tell whether a sentence has no work of its own: it takes on or dates what was spoken of before."""
    if insists(sentence.plain):
        return True
    if cue is not None and cue.family not in FIRST_PERSON and not takes_on(sentence.plain):
        return _deadline(sentence, base) is not None
    if speaks_of_before(sentence.plain) and (cue is None or not names_its_matter(cue)):
        return True
    return _deadline(sentence, base) is not None


def _deadline(sentence: Sentence, base: date) -> date | None:
    """Return the day of a sentence that does nothing but say by when."""
    when = due(sentence.plain, find_dates(sentence.text, sentence.plain, base), base)
    if when is None or _QUOTED.search(sentence.plain):
        return None
    after = sentence.plain[: when[1].offset] + " " + sentence.plain[when[1].stop :]
    takes_it_on = takes_on(sentence.plain) and not matter_of(after[start_of_taking_on(after) :])
    return when[0] if takes_it_on or sets_deadline(sentence.plain, when[1]) else None


def _another_matter(sentence: Sentence, task: Task) -> bool:
    """Tell whether a sentence after the task speaks of something else."""
    if sentence.number <= task.said_last or agrees(sentence.plain):
        return False
    return len(matter_of(sentence.plain) - set(task.words)) > 1


def _recent(sentence: Sentence, tasks: Sequence[Task]) -> list[int]:
    """Return the places of the tasks that were spoken of a moment ago, the last first."""
    near = [place for place, task in enumerate(tasks) if 0 <= sentence.number - task.said_last <= RECENT]
    return sorted(near, key=lambda place: (tasks[place].said_last, place), reverse=True)


def _theirs(sentence: Sentence, task: Task) -> bool:
    return task.score >= OPEN and (task.owner is None or task.owner == sentence.speaker)


def _adjoining(task: Task, sentence: Sentence) -> int | None:
    """Return the number of a sentence that can be quoted with the task: right after it, by the same speaker."""
    said = task.cue.sentence
    return sentence.number if sentence.number == said.number + 1 and sentence.speaker == said.speaker else task.also
