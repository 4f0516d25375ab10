"""By when work is due: what its own sentence says, and what is agreed on in the turns around it.

People set days in the turns after a promise: "By when?", "Wednesday by close.", "Make that Thursday." They are followed
from the first words about the work to the next piece of work; the last day that is set is the one that holds. A time
without a day ("by five", "right after this call") is one of the day of the meeting.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot.engine.insights import belonging, timing
from bot.engine.insights.clauses import begins_at, day_set, time_asked_for
from bot.engine.insights.cues import Cue
from bot.engine.insights.dates import Days
from bot.engine.insights.due_dates import due
from bot.engine.insights.merging import Task, leans
from bot.engine.insights.named_days import NamedDays
from bot.engine.insights.replies import takes_on
from bot.engine.insights.same_days import same_day, same_day_at
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.turns import FIRST_PERSON
from bot.engine.insights.vocabulary import WEEKDAYS

AFTER: Final = 8
"""A deadline stands at most so many sentences after the work, or after what was last said of by when."""

_SPEECHES: Final = 4
"""And at most so many changes of speaker."""

_NEAR: Final = 2
"""A day that is said alone belongs to the work after at most so many changes of speaker."""

_LONGEST: Final = 140
"""A sentence that is there to say by when has no more characters."""

_SURE: Final = 0.5
"""What is rather work than not ends what is said of the work before it."""

_LEAD_WORDS: Final = 3
"""At most so many words lie between a deadline and the promise that follows it: "by Friday then, I'll…"."""

_PRONOUN: Final = re.compile(r"\b(?:it|that|this|them|they|those|these|one|him|her)\b")
_THEN: Final = re.compile(r"\bthen\b(?=\s*(?:and\b|[,.;!]|$))")
_AND: Final = re.compile(r"\W*and\b")
_AND_DOES: Final = re.compile(r"(?:^|.*[\s,])(?:and|then)\s+(?!(?:on|by|the|i|we|you|he|she|they|it)\b)[a-z]+\s.*")
"""Between two days of one piece of work: "walk it this week and bring the map next week"."""

_TOGETHER: Final = re.compile(r"\b(?:let's|we|you)\b")
"""“Let's find an hour in October, I'll send you two slots”: October is when they meet."""

_BY: Final = re.compile(r"\b(?:by|before|until) ")
_DUE_BY: Final = re.compile(
    r"\b(?:by|before|deadline is|due)(?:\s+(?:the|noon|lunch|close|midday|(?:\w+ )?o'clock|(?:half )?[a-z]+))?\s*$"
)
_NUMBERED: Final = re.compile(r"[a-z]+(?:[- ][a-z]+)?|\d+(?:st|nd|rd|th)")


def with_deadlines(tasks: Sequence[Task], sentences: Sequence[Sentence], base: date, firm: float) -> list[Task]:
    """Return the tasks, each with the deadline that its own words and those around them set, if any.

    What only says by when another one will be done ("you'll have a draft by five") is no task of its own, and left out.

    Args:
        tasks: In any order.
        sentences: The whole conversation.
        base: The day of the meeting.
        firm: From this score on a task is one; a deadline that follows it is its own.
    """
    reader = _Reader(sentences, base, [task for task in tasks if task.score >= firm])
    dated = [reader.dated(task) if task.score >= firm else task for task in tasks]
    return [task for task in dated if task.cue.sentence.number not in reader.spent]


class _Reader:
    """Reads by when the work of a conversation is due."""

    def __init__(self, sentences: Sequence[Sentence], base: date, tasks: Sequence[Task]) -> None:
        self.spent: set[int] = set()
        self._sentences = sentences
        self._base = base
        self._named = NamedDays(sentences, base)
        self._at: Mapping[int, Task] = {task.cue.sentence.number: task for task in tasks}

    def dated(self, task: Task) -> Task:
        """Return a task with its deadline."""
        said = task.cue.sentence
        if said.number in self.spent:
            return task
        when = self._own(task.cue)
        if when is None:
            day = self._before(task)
            when = None if day is None else (day, None)
        later = self._after(task, when[0] if when else None)
        if later is not None and (when is None or later != when[0]):
            when = (later, None)
        elsewhere = task.due if task.due is not None and task.due[1] is None else None
        return replace(task, due=when or elsewhere)

    def _own(self, cue: Cue) -> tuple[date, Days | None] | None:
        """Return the deadline in the sentence that tells the work, and its words."""
        flat, base = cue.sentence.plain, self._base
        days = self._named.of(cue.sentence)
        within = [
            each
            for each in days
            if cue.start <= each.offset < cue.end and not timing.is_aside(flat[cue.verb : each.offset])
        ]
        if len(within) > 1 and _AND_DOES.fullmatch(flat[within[0].stop : within[-1].offset]):
            last = due(flat, within[-1:], base)
            if last is not None:
                return last
        found = due(flat, within, base)
        if found is not None:
            return found
        if same_day(flat[cue.verb :]):
            return base, None
        around = [
            each
            for each in days
            if (each.offset >= cue.end and _DUE_BY.search(flat[: each.offset]))
            or (
                each.offset < cue.start
                and len(flat[each.stop : cue.start].split()) <= _LEAD_WORDS
                and not _TOGETHER.search(flat[: each.offset])
            )
        ]
        found = due(flat, around, base)
        if found is not None:
            return found
        at_the_end = [each for each in days if each.offset >= cue.end and self._comes_to(flat, cue.end, each.offset)]
        found = due(flat, at_the_end[:1], base)
        if found is None and same_day(flat):
            return base, None
        return found and (found[0], None)

    @staticmethod
    def _comes_to(flat: str, start: int, stop: int) -> bool:
        """Tell whether only small words lie between the work and a day: "I'll set that up for, let's see, …"."""
        return begins_at(flat[start:stop]) == stop - start

    def _before(self, task: Task) -> date | None:
        """Return the day that the sentences before set: "Friday at ten, then. I'll send the invite."."""
        said = task.cue.sentence
        if said.number == 0:
            return None
        before = self._sentences[said.number - 1]
        mine = before.speaker == said.speaker
        if _THEN.search(task.cue.work):
            last = self._named.last_before(said, 1 if mine else 2)
            if last is not None:
                return last.end
        day = self._led_into(before, task.cue) if mine else self._asked_for(before, task.cue)
        if day is not None:
            return day
        return self._next_meeting(said) if timing.brings(said.plain) else self._settled_before(said)

    def _led_into(self, before: Sentence, cue: Cue) -> date | None:
        """Return the day of what the same speaker says right before: "I'm seeing her on Friday. I'll tell her."."""
        if timing.tells_why(before.plain):
            return None
        if not timing.speaks_of_somebody(before.plain) and (day := self._sets_day(before)) is not None:
            return day
        if timing.is_heading(before.plain):
            return self._day_of(before, timed=False)
        goes_on = timing.tells_when_they_meet(before.plain) or (
            _PRONOUN.search(cue.work) and before.number not in self._at
        )
        return self._day_of(before) if goes_on and not timing.is_no_deadline(before.plain) else None

    def _asked_for(self, before: Sentence, cue: Cue) -> date | None:
        """Return the day of what somebody else wants: "Have it fetched by Friday." – "I'll text him."."""
        if cue.family not in FIRST_PERSON or not _BY.search(before.plain) or before.number in self._at:
            return None
        if timing.owes(before.plain):
            return None
        return self._day_of(before, timed=False) if leans(cue) or not timing.speaks_of_somebody(before.plain) else None

    def _next_meeting(self, said: Sentence) -> date | None:
        for sentence in reversed(self._sentences[max(0, said.number - AFTER) : said.number]):
            if timing.we_meet(sentence.plain) and (day := self._day_of(sentence)) is not None:
                return day
        return None

    def _settled_before(self, said: Sentence) -> date | None:
        """Return the day that was settled on before somebody puts it in a calendar."""
        around = self._sentences[max(0, said.number - AFTER) : said.number + 1]
        meeting = timing.arranges(said.plain) and any(timing.speaks_of_meeting(one.plain) for one in around)
        if not meeting and not timing.puts_in_calendar(said.plain):
            return None
        if (day := self._day_of(said, timed=False)) is not None:
            return day
        for sentence in reversed(around[:-1]):
            if sentence.number in self._at and self._at[sentence.number].due is not None:
                return None
            if (day := day_set(sentence.plain, self._named.of(sentence), self._base)) is not None:
                return day
        return None

    def _after(self, task: Task, day: date | None) -> date | None:
        """Return the day that is settled on in the sentences from the work on, given the one that it names itself."""
        told = task.told_in | {task.cue.sentence.number}
        recent = task.cue.sentence.number
        speeches, asked, answering, drifted = 0, belonging.asks_by_when(task.cue.sentence, task), False, False
        for place in range(recent + 1, len(self._sentences)):
            sentence = self._sentences[place]
            before = self._sentences[place - 1]
            turned = sentence.speaker != before.speaker
            speeches += turned
            if place - recent > AFTER or speeches > _SPEECHES:
                return day
            if place in told:
                recent, speeches, asked = place, 0, False
                if day is None or sentence.speaker == task.owner:
                    day = self._day_of(sentence) or day
                continue
            if not self._named.of(sentence) and belonging.turns_away(sentence, task):
                return day
            first = turned and speeches == 1
            if turned:
                answering = first and belonging.takes_up(sentence, task)
            other = self._at.get(place)
            near = asked or (speeches <= _NEAR and not drifted)
            found = self._set(sentence, task, day, asked=asked, near=near, answering=answering, replying=first)
            if found is not None and (other is None or (not drifted and belonging.only_says_when(other, task))):
                self.spent.update({place} if other else ())
                day, recent, speeches, answering = found, place, 0, False
                continue
            drifted = drifted or belonging.drifts(sentence, before, task, dated=bool(self._named.of(sentence)))
            if other is not None and other.score >= _SURE and belonging.is_other_work(other, task):
                return day or self._goes_on(task, sentence)
            asked = belonging.asks_by_when(sentence, task) or (asked and not turned)
        return day

    def _goes_on(self, task: Task, sentence: Sentence) -> date | None:
        """Return the day of what is done in one go with the work: "Let me check it and I'll tell you by noon"."""
        said = task.cue.sentence
        if sentence.number != said.number + 1 or sentence.speaker != said.speaker or not _AND.match(sentence.plain):
            return None
        return self._day_of(sentence)

    def _set(
        self,
        sentence: Sentence,
        task: Task,
        day: date | None,
        *,
        asked: bool,
        near: bool,
        answering: bool,
        replying: bool,
    ) -> date | None:
        """Return the day when a sentence is there to say by when the work will be done.

        Args:
            sentence: What may say it.
            task: The work.
            day: What has been said so far.
            asked: Whether somebody has just asked when.
            near: Whether the work, or by when, has just been spoken of.
            answering: Whether the one who is to do it is just taking it on.
            replying: Whether it is the first thing that somebody else says to it.
        """
        flat = sentence.plain
        if len(flat) > _LONGEST or timing.is_no_deadline(flat):
            return None
        needed = time_asked_for(flat) if asked else None
        does = self._day_of_doing(task, sentence) if sentence.speaker == task.owner else None
        if needed is not None or does is not None:
            return does if needed is None else _in(self._base, *needed)
        if near:
            begins = self._sets_day(sentence, alone=day is not None and not replying, timed=day is None)
            named = self._named.of(sentence)
            keeps = belonging.keeps_to(sentence, named[0].offset if named else None, task)
            if begins is not None and (day is None or asked or keeps):
                return self._same(sentence, day, begins) or begins
        if timing.tells_why(flat):
            return None
        again = (
            takes_on(flat) or timing.it_will(flat) or timing.gives_until(flat) or belonging.does_again(sentence, task)
        )
        promised = sentence.speaker == task.owner and again
        answers = asked and (day is None or timing.prefers(flat))
        if answers or promised or (day is None and (answering or self._speaks_of(task, sentence))):
            return self._day_of(sentence, timed=day is None)
        return None

    def _same(self, sentence: Sentence, day: date | None, again: date) -> date | None:
        """Return the day that was set already, when only its weekday or its number is said again."""
        if day is None:
            return None
        named = [each.text.lower().removeprefix("the ") for each in self._named.of(sentence)]
        numbered = any(_NUMBERED.fullmatch(each) for each in named)
        if WEEKDAYS[day.weekday()] in named or (numbered and again.day == day.day and not set(named) & set(WEEKDAYS)):
            return day
        return None

    def _speaks_of(self, task: Task, sentence: Sentence) -> bool:
        """Tell whether a sentence that names a day is about the work, or a few words of answer."""
        flat = sentence.plain
        theirs = sentence.speaker in {task.owner, task.cue.sentence.speaker}
        if sentence.speaker in {task.owner, None} and belonging.does_again(sentence, task):
            return True
        if timing.is_doing_it(flat) or timing.it_will(flat) or timing.is_fragment(flat):
            return True
        if theirs and timing.tells_when_they_meet(flat):
            return True
        for clause in _clauses_with(flat, [each.offset for each in self._named.of(sentence)] or [len(flat)]):
            if timing.is_ready(clause) and not belonging.new_in(clause, task):
                return True
        return False

    def _day_of_doing(self, task: Task, sentence: Sentence) -> date | None:
        """Return the day of the very words that promise it again: "Tuesday, so I'd better ask him today"."""
        if not belonging.does_again(sentence, task) or timing.tells_why(sentence.plain):
            return None
        start = timing.start_of_doing(sentence.plain)
        found = due(sentence.plain, [each for each in self._named.of(sentence) if each.offset > start], self._base)
        return found[0] if found else None

    def _sets_day(self, sentence: Sentence, *, alone: bool = False, timed: bool = True) -> date | None:
        """Return the day that a sentence is there to set: "Wednesday by close.", "Make it Thursday, I'm off"."""
        found = day_set(sentence.plain, self._named.of(sentence), self._base, alone=alone)
        if found is not None or not timed:
            return found
        at = same_day_at(sentence.plain)
        return self._base if at and at[0] <= begins_at(sentence.plain) < at[1] else None

    def _day_of(self, sentence: Sentence, *, timed: bool = True) -> date | None:
        """Return the deadline in a sentence."""
        found = due(sentence.plain, self._named.of(sentence), self._base)
        if found is not None:
            return found[0]
        return self._base if timed and same_day(sentence.plain) else None


def _clauses_with(flat: str, places: Sequence[int]) -> Iterator[str]:
    """Return the clauses of a sentence that hold some places."""
    start = 0
    for part in re.split(r"(?<=[,;])", flat):
        if any(start <= place <= start + len(part) for place in places):
            yield part
        start += len(part)


def _in(base: date, count: int, unit: str) -> date:
    """Return when somebody is through who needs so much time."""
    days = {"hour": 0, "minute": 0, "day": 1, "evening": 1, "week": 7, "fortnight": 14, "month": 30}[unit]
    return base + timedelta(days=count * days)
