"""From sentences to the work that was promised, asked for or assigned in them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.engine.insights.cues import Cue, find_cues
from bot.engine.insights.dates import Days, find_dates
from bot.engine.insights.due_dates import due
from bot.engine.insights.merging import Task, about, merged, same
from bot.engine.insights.owners import REACH, Answer, answer
from bot.engine.insights.people import Roster, is_named
from bot.engine.insights.replies import calls_off, calls_off_at_once, refuses, speaks_of_before, takes_on, unneeded
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.signals import score, signals
from bot.engine.insights.turns import FIRST_PERSON

FLOOR: Final = 0.12
"""Below this a turn of phrase is not even a weak sign of work."""

OPEN: Final = 0.3
"""From this score on, the next answer belongs to a request and to none before it."""

RECENT: Final = 3
"""“Never mind” takes back, and “by Friday” dates, what was said at most so many sentences before."""

_LEAD_WORDS: Final = 3
"""At most so many words lie between a deadline and the promise that follows it: "by Friday then, I'll…"."""

_BY: Final = re.compile(r"\b(?:by|before)(?:\s+the)?\s*$")
_EMPTY: Final = frozenset(
    {"bother", "mind", "need", "scratch", "forget", "done", "do", "did", "sent", "booked", "strik", "sort"}
)
_IT: Final = re.compile(r"\b(?:it|that|this|them|those)\b")
_INSTEAD: Final = re.compile(r"^\W*(?:no|actually|wait|let me|hang on|hold on)\b")


@dataclass(frozen=True, slots=True)
class Sign:
    """The best turn of phrase of a sentence, with the deadline in it and what speaks for it."""

    cue: Cue
    due: tuple[date, Days] | None
    signals: Mapping[str, float]

    @property
    def score(self) -> float:
        """How likely it is work, before anybody answers."""
        return score(self.signals)


def find_tasks(sentences: Sequence[Sentence], people: Roster, base: date) -> list[Task]:
    """Return the work in a conversation, each thing once, in order, with scores; weak signs are among it.

    Args:
        sentences: The whole conversation.
        people: Who speaks and is spoken of.
        base: The day of the meeting.
    """
    signs = {sentence.number: sign for sentence in sentences if (sign := best_sign(sentence, people, base)) is not None}
    tasks: list[Task] = []
    for sentence in sentences:
        if _taken_back(sentence, tasks):
            continue
        sign = signs.get(sentence.number)
        if sign is None or (speaks_of_before(sentence.plain) and not about(sign.cue.work)[1:]):
            _add_to_last(sentence, tasks, base)
            continue
        task = _task(sign, answer(sign.cue, _following(sign.cue, sentences, signs)))
        if task.score < FLOOR:
            _add_to_last(sentence, tasks, base)
            continue
        _add(task, tasks)
    return sorted(tasks, key=lambda task: task.cue.sentence.number)


def best_sign(sentence: Sentence, people: Roster, base: date) -> Sign | None:
    """Return the turn of phrase in a sentence that most likely gives somebody work."""
    best: Sign | None = None
    dates: list[Days] | None = None
    for cue in find_cues(sentence, people):
        if calls_off(sentence.plain[cue.start :]):
            continue
        dates = find_dates(sentence.text, sentence.plain, base) if dates is None else dates
        when = due(sentence.plain, [days for days in dates if _belongs(days, cue)], base)
        sign = Sign(cue, when, signals(cue, due=when is not None))
        if best is None or sign.score > best.score:
            best = sign
    return best


def _belongs(days: Days, cue: Cue) -> bool:
    """Tell whether a day is said of the work: within it, right before it, or as its deadline after it."""
    flat = cue.sentence.plain
    if days.offset >= cue.end:
        return bool(_BY.search(flat[: days.offset]))
    return days.offset >= cue.start or len(flat[days.stop : cue.start].split()) <= _LEAD_WORDS


def _following(cue: Cue, sentences: Sequence[Sentence], signs: Mapping[int, Sign]) -> list[Sentence]:
    """Return the sentences that can be the answer: the next few, up to the next request."""
    answers: list[Sentence] = []
    for sentence in sentences[cue.sentence.number + 1 : cue.sentence.number + 1 + REACH]:
        sign = signs.get(sentence.number)
        if sign and sign.score >= OPEN and sign.cue.family not in FIRST_PERSON and not takes_on(sentence.plain):
            break
        answers.append(sentence)
    return answers


def _task(sign: Sign, reply: Answer) -> Task:
    worth = score({**sign.signals, "agreed": 1.0}) if reply.agreed else sign.score
    return Task(sign.cue, worth, reply.owner, reply.agreed, sign.due, sign.cue.sentence.number, about(sign.cue.work))


def _add(task: Task, tasks: list[Task]) -> None:
    for place in range(len(tasks) - 1, -1, -1):
        if same(tasks[place], task):
            tasks[place] = merged(tasks[place], task)
            return
    tasks.append(task)


def _taken_back(sentence: Sentence, tasks: list[Task]) -> bool:
    """Remove what a sentence takes back, says to be needless or done; tell whether there was anything."""
    flat = sentence.plain
    if not tasks or flat.rstrip().endswith("?"):
        return False
    if unneeded(flat):
        named = set(about("- " + flat)[1:])
        for place in range(len(tasks) - 1, -1, -1):
            work = set(tasks[place].words)
            near = sentence.number - tasks[place].said_last <= RECENT and bool(_IT.search(flat))
            if (len(named & work) > 1 and named & tasks[place].matter) or (near and tasks[place].cue.word in named):
                del tasks[place]
                return True
    if not calls_off_at_once(flat) and (not calls_off(flat) or set(about("- " + flat)[1:]) - _EMPTY):
        return False
    recent = [place for place, task in enumerate(tasks) if 0 <= sentence.number - task.said_last <= RECENT]
    if not recent:
        return False
    del tasks[max(recent, key=lambda place: tasks[place].said_last)]
    return True


def _add_to_last(sentence: Sentence, tasks: list[Task], base: date) -> None:
    """Let a sentence without work of its own complete the last one: "by Friday", "no, I'll do that"."""
    if not tasks or sentence.number - tasks[-1].said_last > RECENT:
        return
    last = tasks[-1]
    if speaks_of_before(sentence.plain):
        insists = _INSTEAD.match(sentence.plain) and is_named(sentence.speaker)
        owner = sentence.speaker if insists else last.owner
        tasks[-1] = last = replace(last, owner=owner, said_last=sentence.number)
    if last.due is not None or last.score < OPEN or refuses(sentence.plain):
        return
    dates = find_dates(sentence.text, sentence.plain, base)
    when = due(sentence.plain, dates, base)
    if when is None:
        return
    rest = sentence.plain[: when[1].offset] + " " + sentence.plain[when[1].stop :]
    if not about("- " + rest)[1:]:
        tasks[-1] = replace(last, due=(when[0], None))
