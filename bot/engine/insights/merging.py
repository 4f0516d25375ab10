"""One thing, said twice, is one item: which mentions belong together, and what the later one adds or takes away."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.engine.insights.cues import Cue
from bot.engine.insights.dates import Days
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.stems import stem
from bot.engine.insights.turns import FIRST_PERSON, Family
from bot.engine.insights.vocabulary import CALENDAR_WORDS, NUMBER_WORDS, ORDINALS, STOP_WORDS
from bot.engine.records import Person

NEAR: Final = 4
"""Within so many sentences, "I'll send them" may answer "somebody has to send the invitations"."""

_SAME: Final = {
    verb: group[0]
    for group in (
        ("send", "share", "forward", "circulate", "distribute", "email", "mail"),
        ("call", "phone", "ring"),
        ("write", "draft"),
        ("fix", "repair", "correct", "resolve"),
        ("finish", "complete", "finalise", "finalize"),
        ("check", "verify", "confirm", "look"),
        ("book", "reserve"),
        ("register", "enrol"),
        ("schedule", "arrange", "set", "organise", "organize"),
        ("prepare", "make", "create", "do", "put"),
    )
    for verb in group
}
_PRONOUNS: Final = re.compile(
    r"\b(?:it|them|him|her|one|(?:that|this|those|these)"
    r"(?!\s+(?:week|weekend|month|quarter|year|morning|afternoon|evening|[a-z]+day)\b))\b"
)
_PREPOSITION: Final = re.compile(r"\s*(?:\b(?:by|on|before|until|for|due))?(?:\s+the)?\s*$")
_VAGUE: Final = re.compile(_PRONOUNS.pattern + r"|\bsomething\b")
_WORD: Final = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done, as one sentence tells it.

    Attributes:
        cue: Where it was said.
        score: How likely it is work, 0 to 1.
        owner: Whose it is, by evidence.
        agreed: Whether somebody agreed to do it.
        due: By when, and the words that say so, when they are in the same sentence.
        said_last: The number of the last sentence that spoke of it.
        words: What the work is about, as `about` tells it; the first is the verb.
        told_in: The numbers of the sentences that told it.
        also: The number of a sentence right after that belongs to it: who does it instead, or by when.
        accepted: The number of the sentence in which its owner took it on, where that is not its own.
    """

    cue: Cue
    score: float
    owner: Person | None
    agreed: bool
    due: tuple[date, Days | None] | None
    said_last: int
    words: tuple[str, ...]
    told_in: frozenset[int]
    also: int | None = None
    accepted: int | None = None

    @property
    def verb(self) -> str:
        """The verb, or the one that stands for those that mean the same."""
        return _SAME.get("register" if self.cue.work.startswith("sign up") else self.cue.word, self.cue.word)

    @property
    def told_or_taken_in(self) -> frozenset[int]:
        """The numbers of the sentences that told it, and of the one in which it was taken on."""
        return self.told_in if self.accepted is None else self.told_in | {self.accepted}

    @property
    def matter(self) -> frozenset[str]:
        """What the work is about, without the verb."""
        return frozenset(self.words[1:])


def about(flat: str) -> tuple[str, ...]:
    """Return the stems of the first word of a text, and of those after it that are no small words and no dates."""
    found = _WORD.findall(flat)
    return tuple(stem(word) for word in found[:1] + [word for word in found[1:] if _tells(word)])


def about_whole(flat: str) -> tuple[str, ...]:
    """Return the same of a sentence that is work as a whole: no verb, and the stems of all its telling words."""
    return ("", *about(f"it {flat}")[1:])


def leans(cue: Cue) -> bool:
    """Tell whether work is told by a pronoun only, as in "call them": what is meant stands before it."""
    return bool(_VAGUE.search(cue.work)) and not about(cue.work)[1:]


def names_its_matter(cue: Cue) -> bool:
    """Tell whether work says what it is about: not "do that for you", whatever is said after it."""
    return len(about(re.split(r"[,;]", cue.work, maxsplit=1)[0])) > 1


def matter_of(flat: str) -> frozenset[str]:
    """Return the stems of all words of a text that are no small words and no dates."""
    return frozenset(told for _, _, told in telling_words(flat))


def names_of(sentences: Iterable[Sentence]) -> frozenset[str]:
    """Return the stems of the names of those who say some sentences."""
    speaking = {each.speaker.name.lower() for each in sentences if each.speaker}
    return frozenset[str]().union(*map(matter_of, speaking))


def telling_words(flat: str) -> Iterator[tuple[int, int, str]]:
    """Yield the words of a text that are no small words and no dates: from where, up to where, and the stem."""
    return ((*word.span(), stem(word[0])) for word in _WORD.finditer(flat) if _tells(word[0]))


def _tells(word: str) -> bool:
    return not (word in STOP_WORDS or word in CALENDAR_WORDS or word in ORDINALS or word in NUMBER_WORDS)


def undated(task: Task) -> Cue:
    """Return where a task was said, without the day at its end: it has just been corrected."""
    if task.due is None or task.due[1] is None:
        return task.cue
    before = task.cue.sentence.plain[: task.due[1].offset]
    start = _PREPOSITION.search(before)
    ends = not re.search(r"\w", task.cue.sentence.plain[task.due[1].stop : task.cue.end])
    return replace(task.cue, end=start.start()) if start and ends and start.start() > task.cue.verb else task.cue


def same(earlier: Task, later: Task) -> bool:
    """Tell whether two sentences mean the same work."""
    if earlier.owner and later.owner and earlier.owner != later.owner:
        return False
    first, second = earlier.matter, later.matter
    near = later.cue.sentence.number - earlier.cue.sentence.number <= NEAR
    vague = bool(_PRONOUNS.search(later.cue.work)) or (not second and bool(_PRONOUNS.search(earlier.cue.work)))
    if near and earlier.verb == later.verb and vague and second <= first:
        return True
    if not first or not second:
        return False
    shared = len(first & second)
    smaller, larger = sorted((len(first), len(second)))
    if earlier.verb == later.verb:
        same_object = earlier.words[1] == later.words[1]
        return (shared == smaller and (shared > 1 or same_object)) or (shared > 1 and shared * 3 >= larger * 2)
    return shared > 1 and shared * 4 >= larger * 3


def merged(earlier: Task, later: Task) -> Task:
    """Return one task of two: the better evidence of both, the later due date, any owner."""
    best, other = (later, earlier) if _rank(later) >= _rank(earlier) else (earlier, later)
    corrected = best is earlier and later.due is not None and earlier.due is not None and later.due[0] != earlier.due[0]
    return replace(
        best,
        cue=undated(earlier) if corrected else best.cue,
        owner=best.owner or other.owner,
        agreed=best.agreed or other.agreed,
        due=later.due or earlier.due,
        said_last=later.said_last,
        told_in=earlier.told_in | later.told_in,
        score=max(best.score, other.score),
    )


def _rank(task: Task) -> tuple[bool, bool, bool, bool, int, float]:
    worded = task.cue.family is not Family.HEARD
    told = not _PRONOUNS.search(task.cue.work) or bool(task.matter)
    own_words = task.cue.family in FIRST_PERSON and task.owner in {None, task.cue.sentence.speaker}
    return worded, told, task.due is not None and task.due[1] is not None, own_words, len(task.matter), task.score
