"""Work that no turn of phrase tells, and the reader hears all the same.

“His daughter wants to talk to a doctor.” – “Tonight, before I go.” Nobody says what is to be done, nor that they do
it. Where the reader is sure that a sentence carries work, and nothing near it was found or can be the same, the
sentence is work by itself.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.engine.insights.cues import whole
from bot.engine.insights.dates import find_dates
from bot.engine.insights.due_dates import due
from bot.engine.insights.merging import Task, about_whole, matter_of
from bot.engine.insights.people import Roster, is_named
from bot.engine.insights.reader import Reading, Told
from bot.engine.insights.replies import agrees
from bot.engine.insights.same_days import same_day
from bot.engine.insights.same_work import likelihood
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.talk import HOLDS_THE_LINE
from bot.engine.insights.turns import Family
from bot.engine.insights.weighing import FAINT, takes_on_their_own

SURE: Final = 1.0
"""The reader gives it at least these log odds of being work."""

OTHER: Final = -1.0
"""It has at most these log odds of being the same as anything that was found."""

FOUND: Final = 0.5
"""What was found has at least this score."""

APART: Final = 4
"""It stands at least so many sentences from what was found: what is closer belongs to that."""

MOST: Final = 120
"""So many sentences are read for it: of a longer conversation those first that name a day or somebody."""


def overheard(
    tasks: Sequence[Task], sentences: Sequence[Sentence], people: Roster, base: date, reading: Reading
) -> list[Task]:
    """Return what else is work, with no score of its own yet.

    Args:
        tasks: What was found so far, with scores.
        sentences: The whole conversation.
        people: Who speaks and is spoken of.
        base: The day of the meeting.
        reading: What the reader makes of the conversation.
    """
    found = [task for task in tasks if task.score >= FOUND and reading.heard(task.cue.sentence.number)]
    near = {number + step for task in found for number in task.told_or_taken_in for step in range(1 - APART, APART)}
    left = [
        each
        for each in sentences
        if each.number not in near and reading.heard(each.number) and not _says_nothing(each, base)
    ]
    chosen = sorted(left, key=lambda sentence: not _names(sentence, people, base))[:MOST] if len(left) > MOST else left
    reading.listen(sentence.number for sentence in chosen)
    heard = [_task(each, base, reading) for each in chosen if reading.of(each.number, Told.WORK) >= SURE]
    return [task for task in heard if likelihood(task, found, reading) < OTHER]


def _says_nothing(sentence: Sentence, base: date) -> bool:
    """Tell whether a sentence cannot be work by itself: "Okay.", "Hang on, I'll get it up"."""
    if HOLDS_THE_LINE.search(sentence.plain):
        return True
    if matter_of(sentence.plain) or find_dates(sentence.text, sentence.plain, base) or same_day(sentence.plain):
        return False
    return agrees(sentence.plain)


def _names(sentence: Sentence, people: Roster, base: date) -> bool:
    """Tell whether a sentence names a day or somebody."""
    return bool(find_dates(sentence.text, sentence.plain, base)) or any(True for _ in people.mentions(sentence.text))


def _task(sentence: Sentence, base: date, reading: Reading) -> Task:
    own = takes_on_their_own(sentence.number, reading)
    when = due(sentence.plain, find_dates(sentence.text, sentence.plain, base), base)
    return Task(
        whole(sentence, Family.HEARD),
        FAINT,
        sentence.speaker if own and is_named(sentence.speaker) else None,
        agreed=False,
        due=when,
        said_last=sentence.number,
        words=about_whole(sentence.plain),
        told_in=frozenset((sentence.number,)),
    )
