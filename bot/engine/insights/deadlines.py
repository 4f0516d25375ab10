"""By when work is due when its own sentence does not say: the words around it, and times of the meeting's own day.

People set days in the turns after a promise: "By when?", "Wednesday by close.", "You'll have it by Friday." A time
without a day ("by five", "right after this call") is one of the day of the meeting.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bot.engine.insights.dates import find_dates
from bot.engine.insights.due_dates import due
from bot.engine.insights.merging import Task, matter_of
from bot.engine.insights.replies import takes_on
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.vocabulary import one_of, words

AFTER: Final = 7
"""A deadline stands at most so many sentences after the work."""

_SPEECHES: Final = 4
"""And at most so many changes of speaker."""

_LONGEST: Final = 140
"""A sentence that is there to say by when has no more characters."""

_HOUR: Final = (
    r"(?:half (?:past )?|quarter (?:to|past) |(?:five|ten|twenty) (?:to|past) )?"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}(?:[:.]\d\d)?)(?: ?(?:am|pm|o'clock))?"
)
_SAME_DAY: Final = re.compile(
    r"(?<![\w'])"
    + one_of(
        rf"""
        (?:right |straight |just |directly )?after (?:this|(?:this|the|our) (?:call|meeting|stand-?up))
            (?=\W*$|[,.;]|\s+(?:and|so)\b)
        (?:as soon as|the (?:minute|moment|second)|once|when) (?:we|i)(?:'re|'m| are| am)? (?:finish|finished|hang up
            |done|out of|off this|off the|back at|back in|back on|get back|get off|get out|leave)
        before (?:i|he|she|they|we) (?:go|goes|leave|leaves|knock|knocks|finish|finishes|clock|clocks)\b
        this morning
        (?:at|by|before|over|during|after) (?:the )?(?:lunch|lunchtime|noon|midday|dinner ?time|teatime|tea|break)
        (?:at|by|before) (?:about |around )?{_HOUR}
            (?=\W*$|[,.;]|\s+(?:today|tonight|at the latest|and|so|or|please|then|if)\b)
        (?:in|inside|within) (?:the next )?(?:an|one|two|three|\d|half an|a couple of) hours?
        (?:in|inside|within) (?:the next )?(?:five|ten|fifteen|twenty|thirty|\d+) minutes
        straight ?away|right away|right now|first thing today
        """
    )
)
"""Times of a day that nobody names: it is the one of the meeting."""

_WHEN: Final = re.compile(
    r"\b(?:by when|when for|when (?:do|d'|did|would|will|can|could|should|'?s|is|are)|how (?:soon|quickly|fast|long)"
    r"|what(?:'s| is) the deadline|until when|till when|when\?)"
)
_OPENING: Final = re.compile(
    r"(?:\W*\b(?:yes|yeah|yep|yup|sure|okay|ok|right|alright|all right|well|so|um|er|uh|oh|ah|and|but|great|perfect"
    r"|good|fine|no|wait|sorry|actually|hm+|i think|i guess|i suppose|i'd say|maybe|perhaps|probably|hopefully|please"
    r"|then|how about|what about|shall we say|let's say|say|make (?:it|that)|let's make (?:it|that)|by|on|before|for"
    r"|until|till|within|due|just|only|not until|no later than|at the latest|latest|it's|that's|it is|that is"
    r"|the)\b)*\W*"
)
_SUBJECT: Final = (
    r"(?:i|we|you|it|that|this|they|those|both|he|she)(?:'ll|'d|'m|'re|'s| will| would| can| could| should| am| are| is"
    r"|'m going to| have to| need to| must)?"
)
_READY: Final = re.compile(
    rf"\b{_SUBJECT}(?: (?:also|just|definitely|probably|hopefully|certainly|then|still|all|both|even|try to))*"
    r" (?:have|get|got|be|do|doing|done|finish|finished|manage|deliver|need|want|go|goes|send|sent|see|seeing|expect"
    r"|catch|reach|aim|ready|out|gone)\b"
)
_PROBABLY_READY: Final = re.compile(r"^\W*(?:should|will|could|can) be\b")
_THEN: Final = re.compile(r"\bthen\b(?=\s*(?:and\b|[,.;!]|$))")
_READY_VERBS: Final = frozenset({"have", "be", "get", "do", "finish", "deliver", "expect", "manage"})
_QUOTES: Final = re.compile(r"[\"“”«»]")
"""What somebody else would say is nobody's deadline."""

_IT_WILL: Final = re.compile(
    r"\W*(?:\w+\W+){0,2}(?:it|that|they)(?:'ll| will|'s| is|'re| are)(?: \w+){1,4} (?:by|before|on|until)\b"
    r"|\W*(?:\w+\W+){0,2}(?:it|that)(?:'ll| will) be (?:on )?(?=\w+day\b|tomorrow|today|tonight)"
)
"""It'll hang there by Thursday; it's in before Friday; it'll be Monday."""

_MEETS: Final = re.compile(
    r"\bi(?:'m|'ll| am| will)? (?:see|seeing|meet|meeting) (?:him|her|them|you)\b"
    r"|\bi'm (?:there|in|round there|over there)\b"
)
"""When somebody says when they see the other one next, that is when it will be done."""

_FRAGMENT: Final = 5
_BY: Final = re.compile(r"\b(?:by|before|on|until)\s+(?:the\s+)?(?:\w+\s+)?\w+\W*$")

_SOMEBODY: Final = re.compile(r"\b(?:i|we|you|he|she|they|who)\b")
_GOES_ON: Final = re.compile(
    r"\s+(?:(?:i|we|you|he|she|they|was|were|had|has|will|isn't|wasn't)\b"
    r"|is (?!fine|good|ok|okay|great|perfect|possible|when|the deadline))"
)
"""After a day: it is what the sentence is about, not by when something is due."""

_AND: Final = re.compile(r"\W*and\b")
_NO_DEADLINE: Final = re.compile(r"\b(?:if|unless|last|since|already|was|were|had|did|didn't|yesterday)\b")

_SMALL: Final = words(
    """
    draft copy version done ready finish deliver phone word need want free send sent go out gone expect latest promise
    hand table desk inbox hour time lunch half noon close play week end both note list answer reply number figure seeing
    aim catch reach manage book call mail later earlier sooner best
    """
)
"""Stems that a sentence which says by when may have beside those of the work itself."""


def with_deadlines(tasks: Sequence[Task], sentences: Sequence[Sentence], base: date, firm: float) -> list[Task]:
    """Return the tasks, those without a deadline with the one that the words around them set, if any.

    What only says by when another one will be done ("you'll have a draft by five") is no task of its own, and left out.

    Args:
        tasks: In any order.
        sentences: The whole conversation.
        base: The day of the meeting.
        firm: From this score on a task is one; a deadline that follows it is its own.
    """
    at = {task.cue.sentence.number: task for task in tasks if task.score >= firm}
    spent: set[int] = set()
    dated = [_with_deadline(task, sentences, base, at, spent) if task.score >= firm else task for task in tasks]
    return [task for task in dated if task.cue.sentence.number not in spent]


def same_day(flat: str) -> bool:
    """Tell whether a sentence in lower case names a time of the meeting's own day: "by five", "after this call"."""
    return bool(_SAME_DAY.search(flat))


def _with_deadline(
    task: Task, sentences: Sequence[Sentence], base: date, at: Mapping[int, Task], spent: set[int]
) -> Task:
    if task.due is not None or task.cue.sentence.number in spent:
        return task
    day = (
        _said_then(task, sentences, base)
        or (base if same_day(task.cue.sentence.plain) else None)
        or _said_at_the_end(task, base)
        or _said_before(task, sentences, base)
        or _said_after(task, sentences, base, at, spent)
    )
    return task if day is None else replace(task, due=(day, None))


def _said_at_the_end(task: Task, base: date) -> date | None:
    """Return the day that the sentence comes to after the work: "I'll set that up for, let's see, Thursday"."""
    said = task.cue.sentence
    for days in find_dates(said.text, said.plain, base):
        if days.offset >= task.cue.end and _OPENING.fullmatch(said.plain[task.cue.end : days.offset]):
            found = due(said.plain, [days], base)
            return found[0] if found else None
    return None


def _said_then(task: Task, sentences: Sequence[Sentence], base: date) -> date | None:
    """Return the day of the sentence before, when the work is done "then"."""
    said = task.cue.sentence
    if not _THEN.search(task.cue.work) or said.number == 0:
        return None
    before = sentences[said.number - 1]
    return _named(before, base) if before.speaker == said.speaker else None


def _said_before(task: Task, sentences: Sequence[Sentence], base: date) -> date | None:
    """Return the day that the sentence before sets: "Friday at ten, then. I'll send the invite."."""
    said = task.cue.sentence
    if said.number == 0:
        return None
    before = sentences[said.number - 1]
    if before.speaker != said.speaker or _SOMEBODY.search(before.plain):
        return None
    return _begins_with_day(before, base)


def _said_after(
    task: Task, sentences: Sequence[Sentence], base: date, at: Mapping[int, Task], spent: set[int]
) -> date | None:
    """Return the day that one of the next sentences sets for the work."""
    first = max(task.said_last, *task.told_in) + 1
    if first - task.cue.sentence.number > AFTER:
        first = task.cue.sentence.number + 1
    speeches, asked = 0, False
    for place in range(first, min(first + AFTER, len(sentences))):
        sentence = sentences[place]
        other = at.get(place)
        speeches += sentence.speaker != sentences[place - 1].speaker
        if speeches > _SPEECHES:
            return None
        day = _sets(sentence, task, base, asked=asked)
        if day is not None and (other is None or _only_says_when(other, task)):
            spent.update({place} if other else ())
            return day
        if other is not None and other.matter - task.matter:
            return _goes_on(task, sentence, base)
        asked = asked or (sentence.plain.rstrip().endswith("?") and bool(_WHEN.search(sentence.plain)))
    return None


def _only_says_when(other: Task, task: Task) -> bool:
    """Tell whether what was taken for work does nothing but say by when `task` will be done."""
    theirs = task.owner in {None, other.cue.sentence.speaker}
    return theirs and other.cue.word in _READY_VERBS and other.matter <= task.matter | _SMALL


def _goes_on(task: Task, sentence: Sentence, base: date) -> date | None:
    """Return the day of what is done in one go with the work: "Let me check it and I'll tell you by noon"."""
    said = task.cue.sentence
    if sentence.number != said.number + 1 or sentence.speaker != said.speaker or not _AND.match(sentence.plain):
        return None
    return _named(sentence, base) or (base if same_day(sentence.plain) else None)


def _sets(sentence: Sentence, task: Task, base: date, *, asked: bool) -> date | None:
    """Return the day when a sentence is there to say by when the work will be done."""
    flat = sentence.plain
    if len(flat) > _LONGEST:
        return None
    begins = _begins_with_day(sentence, base)
    if begins is not None or _NO_DEADLINE.search(flat) or _QUOTES.search(flat):
        return begins
    if asked or _speaks_of(task, sentence):
        return _named(sentence, base) or (base if same_day(flat) else None)
    return None


def _speaks_of(task: Task, sentence: Sentence) -> bool:
    """Tell whether a sentence has nothing of its own beside a day: it is about the work, or a few words of answer."""
    flat = sentence.plain
    if _IT_WILL.match(flat) or (sentence.speaker in {task.owner, task.cue.sentence.speaker} and _MEETS.search(flat)):
        return True
    if len(flat.split()) <= _FRAGMENT and _BY.search(flat) and not _SOMEBODY.search(flat):
        return True
    if task.owner is not None and sentence.speaker == task.owner and takes_on(flat):
        return True
    own = matter_of(re.split(r"[,;]", flat)[0]) <= frozenset(task.words) | _SMALL
    return own and bool(_READY.search(flat) or _PROBABLY_READY.search(flat))


def _begins_with_day(sentence: Sentence, base: date) -> date | None:
    """Return the day that a sentence begins with: "Wednesday by close.", "Make it Thursday, I'm off before."."""
    opening = _OPENING.match(sentence.plain)
    start = opening.end() if opening else 0
    for days in find_dates(sentence.text, sentence.plain, base):
        if days.offset <= start < days.stop and not _GOES_ON.match(sentence.plain[days.stop :]):
            found = due(sentence.plain, [days], base)
            return found[0] if found else None
    timed = _SAME_DAY.search(sentence.plain)
    return base if timed and timed.start() <= start < timed.end() else None


def _named(sentence: Sentence, base: date) -> date | None:
    found = due(sentence.plain, find_dates(sentence.text, sentence.plain, base), base)
    return found[0] if found else None
