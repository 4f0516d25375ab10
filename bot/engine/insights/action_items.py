"""From sentences to the work that was promised, asked for or assigned in them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.engine.insights.afterthoughts import (
    OPEN,
    completed,
    handed_over,
    in_the_same_breath,
    leans_on_what_was_said,
    over_at_once,
    taken_back,
)
from bot.engine.insights.cues import Cue, find_cues
from bot.engine.insights.dates import Days, find_dates
from bot.engine.insights.deadlines import with_deadlines
from bot.engine.insights.due_dates import due, due_then, says_then
from bot.engine.insights.likeness import examples
from bot.engine.insights.loose_cues import loose_cue
from bot.engine.insights.meaning import Meanings
from bot.engine.insights.merging import Task, about, merged, names_its_matter, same
from bot.engine.insights.overheard import overheard
from bot.engine.insights.owners import REACH, Answer, answer
from bot.engine.insights.people import Roster
from bot.engine.insights.reader import Reading, Told
from bot.engine.insights.replies import calls_off, retraction_within, speaks_of_before, takes_on
from bot.engine.insights.same_work import told_once_more
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.signals import agreed, score, signals
from bot.engine.insights.takings import asks_for_it, taken_up
from bot.engine.insights.talk import HABIT, HOLDS_THE_LINE, ONLY_ASKS
from bot.engine.insights.told_again import told_once
from bot.engine.insights.turns import FIRST_PERSON, Family
from bot.engine.insights.weighed_days import weighed_days
from bot.engine.insights.weighing import FAINT, weighed

FLOOR: Final = 0.12
"""Below this a turn of phrase is not even a weak sign of work."""

HEARD: Final = 0.0
"""What the rules pass by is looked at when the reader gives it at least these log odds of being work."""

REACH_BACK: Final = 3
"""“By then” means a day that was named at most so many sentences before."""

VETOES: Final = frozenset(
    {"asked_who", "at once", "condition", "habit", "joke", "mechanics", "past", "quoted", "wish", "you will"}
)
"""With these a sentence is no more likely work than the rules say, however like work it sounds."""

SEEN_THROUGH: Final = frozenset({"condition", "mechanics"})
"""But what is taken on under a condition, or sounds like this meeting's own doings, is for the reader to tell apart:
“I'll post it as soon as it's here”, “I'll write it up, if there's time” are work."""

TAKEN: Final = 0.5
"""For that, the reader must give it at least these log odds of being taken on."""

SUPPOSED: Final = frozenset({"would", "they"})
"""Nor is “I'd have to ask”, or what somebody says that others have to do."""

VAGUE: Final = frozenset({"hedge", "our_need", "should", "weak verb"})
"""“We should probably look at that at some point” is not made more of either."""

TALK: Final = frozenset({"asked", "cut off", "deep", "hedge", "late", "long", "mind verb", "would"})
"""With these a promise is no plain one."""

OUTRIGHT: Final = 0.6
"""What is promised plainly is at least so likely work, if it is at all like the examples."""

UNLIKE: Final = 0.25
"""With less, what is promised is most likely done in the meeting: "I'll start with this slide"."""

UNDATED: Final = 0.4
"""“You'll get an email” is more likely what a product does, unless it says by when."""

RUNNING: Final = frozenset({"mechanics", "mind verb"})
"""What is agreed to in a meeting and over when it is."""

FIRM: Final = 0.7
"""What somebody takes on in so many words is at least so likely work."""

_LATER: Final = re.compile(
    r"\b(?:tonight|tomorrow|later|afterwards|first thing|next (?:week|month|time)|as soon as|once|straight after"
    r"|right after|after (?:the|this|that|lunch|work|we)|before (?:i|we|the|lunch|you)"
    r"|in the (?:morning|afternoon|evening)"
    r"|this (?:morning|afternoon|evening|week)|on (?:my|the) way|when (?:i'm|i get|we're|he|she|they|the)"
    r"|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|in (?:five|ten|a few) (?:minutes|days))\b"
)
_REASON: Final = re.compile(r"\b(?:have to|be able to|just)\b")
"""“I'll just put that here”, “I'll have to look” are no plain promises."""

_ONES: Final = frozenset({Family.YOURS, Family.OUR_NEED, Family.OUR_PLAN, Family.PASSIVE})
"""In these, “one could have” and “we should be” speak of what is made as often as of work."""

_ASKED_ABOUT: Final = FIRST_PERSON | {Family.OUR_NEED, Family.OUR_PLAN, Family.YOURS}
"""In these, “by when do we have to order?” gives nobody work; “when can you order?” does."""

_AT_IT: Final = re.compile(r"ing (?:it|them|that|those|one)\b|\bnow\b")
"""“Writing it now” is an answer to “the status page?”."""

_BY_MYSELF: Final = re.compile(r"\b(?:myself|for you)\b")
_LEAD_WORDS: Final = 3
"""At most so many words lie between a deadline and the promise that follows it: "by Friday then, I'll…"."""

_BY: Final = re.compile(r"\b(?:by|before|deadline is|due)(?:\s+the)?\s*$")
_IF: Final = re.compile(r"\W*(?:(?:and|so|but|well|because)\b\W*)*(?:if|unless|in case)\b")
_THEN: Final = re.compile(r"\W*(?:(?:and|so|but|well)\b\W*)*then\b")


@dataclass(frozen=True, slots=True)
class Sign:
    """The best turn of phrase of a sentence, with the deadline in it and what speaks for it.

    `wanted`: it opens the answer to somebody who has just said that something is needed.
    """

    cue: Cue
    due: tuple[date, Days | None] | None
    signals: Mapping[str, float]
    likelihood: float | None = None
    wanted: bool = False

    @property
    def score(self) -> float:
        """How likely it is work, before anybody answers: as judged by examples, else by the signals alone."""
        return score(self.signals) if self.likelihood is None else self.likelihood


def find_tasks(
    sentences: Sequence[Sentence], people: Roster, base: date, meanings: Meanings, reading: Reading | None = None
) -> list[Task]:
    """Return the work in a conversation, each thing once, in order, with scores; weak signs are among it.

    Args:
        sentences: The whole conversation.
        people: Who speaks and is spoken of.
        base: The day of the meeting.
        meanings: What its sentences mean.
        reading: What the reader makes of those that are to be heard; None where the rules are to say it alone.
    """
    tasks = proposed(sentences, people, base, meanings, reading)
    tasks = weighed(tasks, reading) if reading else tasks
    once = told_once(sorted(tasks, key=lambda task: task.said_last), sentences, OPEN)
    if reading:
        once = [*once, *weighed(overheard(once, sentences, people, base, reading), reading)]
        once = told_once_more(once, reading, OPEN)
    dated = with_deadlines(once, sentences, base, OPEN)
    dated = weighed_days(dated, sentences, base, reading, OPEN) if reading else dated
    return sorted(dated, key=lambda task: task.cue.sentence.number)


def proposed(
    sentences: Sequence[Sentence], people: Roster, base: date, meanings: Meanings, reading: Reading | None = None
) -> list[Task]:
    """Return what may be work, with what the rules say of it; the arguments are those of `find_tasks`."""
    signs: dict[int, Sign] = {}
    for place, sentence in enumerate(sentences):
        sign = best_sign(sentence, people, base, sentences[max(0, place - REACH_BACK) : place])
        if sign is not None:
            signs[sentence.number] = sign
    signs = dict(zip(signs, judged(list(signs.values()), meanings), strict=True))
    signs |= heard(sentences, signs, people, base, reading) if reading else {}
    signs = {number: sign for number, sign in signs.items() if not _is_over(sign, sentences)}
    tasks: list[Task] = []
    retracted: set[int] = set()
    for place, sentence in enumerate(sentences):
        following = sentences[place + 1 : place + 1 + REACH]
        sign = signs.get(sentence.number)
        if sign is not None and sign.score >= OPEN and in_the_same_breath(sentence, following, base):
            retracted.add(sentence.number + 1)
            continue
        if handed_over(sentence, following, tasks, people):
            continue
        if sentence.number not in retracted and taken_back(sentence, tasks) and (sign is None or sign.score < OPEN):
            continue
        leaning = leans_on_what_was_said(sentence, sign.cue if sign else None, base)
        if leaning and completed(sentence, sentences[place - 1] if place else None, tasks, base):
            continue
        if sign is None or (speaks_of_before(sentence.plain) and not (names_its_matter(sign.cue) or sign.due)):
            continue
        task = _task(sign, answer(sign.cue, _following(sign.cue, sentences, signs)))
        if task.score >= FLOOR:
            _add(task, tasks)
    taken = taken_up(tasks, sentences, people, base)
    answered = {task.accepted for task in taken}
    return [*(task for task in tasks if task.cue.sentence.number not in answered), *taken]


def heard(
    sentences: Sequence[Sentence], signs: Mapping[int, Sign], people: Roster, base: date, reading: Reading
) -> dict[int, Sign]:
    """Return signs for the sentences in which the reader hears work and the rules hear next to none, by number."""
    faint: dict[int, tuple[Cue, Sign | None]] = {}
    for sentence in sentences:
        sign = signs.get(sentence.number)
        if sign is not None and (sign.score >= FLOOR or _ruled_out(sign) - SEEN_THROUGH):
            continue
        cue = sign.cue if sign else _loosely(sentence, people)
        if cue is not None:
            faint[sentence.number] = cue, sign
    reading.listen(faint)
    found = {}
    for number, (cue, sign) in faint.items():
        if sign is not None and _ruled_out(sign):
            hedged = "hedge" in sign.signals  # "if I have time, but no promises"
            if hedged or reading.of(number, Told.TAKEN_ON) < TAKEN:
                continue
        if reading.of(number, Told.WORK) >= HEARD:
            told = sign or _sign(cue, base)
            found[number] = replace(told, likelihood=FAINT)
    return found


def _loosely(sentence: Sentence, people: Roster) -> Cue | None:
    """Return where a sentence may say what is to be done, in words that no rule goes by and that tell no habit."""
    cue = loose_cue(sentence, people)
    return None if cue is None or _is_talk(cue) or HABIT.search(sentence.plain) else cue


def _ruled_out(sign: Sign) -> frozenset[str]:
    """Return the signals with which the rules say that it is no work."""
    return (VETOES | SUPPOSED) & sign.signals.keys()


def _sign(cue: Cue, base: date) -> Sign:
    sentence = cue.sentence
    dates = find_dates(sentence.text, sentence.plain, base)
    when = due(sentence.plain, [days for days in dates if _belongs(days, cue)], base)
    return Sign(cue, when, signals(cue, due=when is not None))


def judged(signs: Sequence[Sign], meanings: Meanings) -> list[Sign]:
    """Return signs with the likelihood that examples give them; what the rules rule out stays out."""
    priors = [score(sign.signals) for sign in signs]
    told = examples().likelihoods(
        meanings.embed([sign.cue.sentence.text for sign in signs]), [sign.signals for sign in signs], priors
    )
    return [
        replace(sign, likelihood=within(sign, prior, like))
        for sign, prior, like in zip(signs, priors, map(float, told), strict=True)
    ]


def within(sign: Sign, prior: float, like: float) -> float:
    """Return a likelihood within the bounds of the rules: `prior` is what they say, `like` what the examples say."""
    if sign.cue.family is Family.OWED and (sign.due is None or "mind verb" in sign.signals):
        return min(prior, like, UNDATED)  # “it'll be with you by Friday” says nothing of what, by itself
    if _tentative(sign):
        return min(prior, like, UNDATED)
    if sign.signals.keys() >= VAGUE or (VETOES | SUPPOSED) & sign.signals.keys():
        return min(prior, like)
    ordered = sign.cue.family is Family.DIRECTIVE and "task verb" in sign.signals
    if ordered or sign.cue.family is Family.MARKER or sign.cue.named is not None:
        return max(prior, like)  # an order, called work, or said to somebody by name
    return max(like, OUTRIGHT) if like >= UNLIKE and _outright(sign) else like


def _tentative(sign: Sign) -> bool:
    """Tell what one could do, what others do, and what is done at once: no work, however like it it sounds."""
    found, family = sign.signals, sign.cue.family
    if family in _ONES and ("other verb" in found or found.keys() & {"cut off", "deep"}):
        return "should" in found or family is Family.PASSIVE
    if (family is Family.OUR_PLAN and "should" in found) or (family is Family.LETS and "follow-up" not in found):
        return sign.due is None
    if family is Family.YOURS and sign.cue.named is None:
        return sign.due is None and "task verb" not in found
    if "progressive" in found:
        flat = sign.cue.sentence.plain
        return sign.due is None and not (sign.wanted and _AT_IT.search(flat)) and not _LATER.search(flat)
    if family is Family.IMPERATIVE and "weak verb" in found:
        return sign.cue.named is None
    return "they" in found and sign.cue.sentence.plain[sign.cue.start :].startswith("they")


def _outright(sign: Sign) -> bool:
    """Tell a plain promise of something that is done after the meeting: "I'll change it as soon as we're off"."""
    if sign.cue.family is not Family.PROMISE or (VETOES | TALK) & sign.signals.keys():
        return False
    flat = sign.cue.sentence.plain
    if _REASON.search(flat[sign.cue.start : sign.cue.verb]):
        return False
    if "progressive" in sign.signals:
        told = sign.due or _LATER.search(flat) or (sign.wanted and _AT_IT.search(flat))
        return "other verb" not in sign.signals and bool(told)
    if "other verb" in sign.signals or "short" in sign.signals:
        answered = sign.wanted and not ("other verb" in sign.signals and "pronoun object" not in sign.signals)
        return bool(sign.due or answered or _LATER.search(flat) or _BY_MYSELF.search(flat))
    return True


def best_sign(sentence: Sentence, people: Roster, base: date, before: Sequence[Sentence] = ()) -> Sign | None:
    """Return the turn of phrase in a sentence that most likely gives somebody work.

    Args:
        sentence: Where to look.
        people: Who speaks and is spoken of.
        base: The day of the meeting.
        before: The sentences before it: what "by then" and a joke's "then I'll" go on from.
    """
    best: Sign | None = None
    dates: Sequence[Days] | None = None
    wanted = asks_for_it(sentence, before)
    quoting = bool(before) and _is_quoting(before[-1], sentence)
    supposed = bool(before) and bool(_IF.match(before[-1].plain)) and bool(_THEN.match(sentence.plain))
    for cue in find_cues(sentence, people):
        if calls_off(sentence.plain[cue.start :]) or retraction_within(sentence.plain[cue.verb :]) is not None:
            continue
        if _is_talk(cue):
            continue
        dates = find_dates(sentence.text, sentence.plain, base) if dates is None else dates
        when: tuple[date, Days | None] | None = due(
            sentence.plain, [days for days in dates if _belongs(days, cue)], base
        )
        if when is None and says_then(cue.work):
            named = [days for said in before for days in find_dates(said.text, said.plain, base)]
            then = due_then(cue.work, named, base)
            when = (then, None) if then else None
        found = signals(cue, due=when is not None)
        if found.keys() >= {"they", "mind verb"}:
            continue  # "they'll want it today"
        found |= {"condition": 1.0} if supposed else {}
        sign = Sign(cue, when, found | ({"quoted": 1.0} if quoting else {}), wanted=wanted)
        if best is None or sign.score > best.score:
            best = sign
    return best


def _is_quoting(before: Sentence, sentence: Sentence) -> bool:
    """Tell whether a sentence goes on with somebody's words, as the second half of "send it and I'll sign it" does."""
    opened = max(before.text.count('"') % 2, before.text.count("“") - before.text.count("”"))
    return bool(opened) and before.speaker == sentence.speaker and bool(re.search(r'["”]', sentence.text))


def _belongs(days: Days, cue: Cue) -> bool:
    """Tell whether a day is said of the work: within it, right before it, or as its deadline after it."""
    flat = cue.sentence.plain
    if days.offset >= cue.end:
        return bool(_BY.search(flat[: days.offset]))
    return days.offset >= cue.start or len(flat[days.stop : cue.start].split()) <= _LEAD_WORDS


def _is_over(sign: Sign, sentences: Sequence[Sentence]) -> bool:
    """Tell whether what somebody takes on in their own words is off, or done, at once."""
    return sign.cue.family in FIRST_PERSON and over_at_once(sign.cue.sentence, sentences)


def _is_talk(cue: Cue) -> bool:
    """Tell what only sounds like work: "Hang on, I'll get it up", "By when do we have to order?"."""
    flat = cue.sentence.plain
    if cue.family in FIRST_PERSON and HOLDS_THE_LINE.search(flat):
        return True
    return cue.family in _ASKED_ABOUT and bool(ONLY_ASKS.fullmatch(flat))


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
    able = sign.cue.family is Family.OUR_PLAN and "should" in sign.signals  # "we can text" – "yes"
    worth = agreed(sign.score) if reply.agreed and not able else sign.score
    if reply.firm and not (VETOES - {"asked_who"} | RUNNING) & sign.signals.keys():
        worth = max(worth, FIRM)
    number = sign.cue.sentence.number
    return Task(
        sign.cue,
        worth,
        reply.owner,
        reply.agreed,
        sign.due,
        number,
        about(sign.cue.work),
        frozenset((number,)),
        accepted=reply.said,
    )


def _add(task: Task, tasks: list[Task]) -> None:
    for place in range(len(tasks) - 1, -1, -1):
        if same(tasks[place], task):
            tasks[place] = merged(tasks[place], task)
            return
    tasks.append(task)
