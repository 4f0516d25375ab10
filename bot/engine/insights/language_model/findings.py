"""What held of a language model's answers, and putting together what several windows found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from bot.engine.insights.language_model.numbers import numbers_in
from bot.engine.insights.language_model.quotes import fold
from bot.engine.insights.language_model.texts import words_of
from bot.engine.insights.stems import stem
from bot.engine.insights.vocabulary import STOP_WORDS
from bot.engine.records import Decision, Insight, SummarySentence, Topic

Quoted = TypeVar("Quoted", Insight, Decision)

_ALIKE: Final = 0.8
"""Two wordings that share so much of their words tell the same."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a chapter begins: the place of its first message, and its title."""

    place: int
    title: str


@dataclass(slots=True)
class Findings:
    """What held of one answer or of all; `complaints` says why the rest did not, for the model to read."""

    work: list[Insight] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    questions: list[Insight] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    chapters: list[Start] = field(default_factory=list)
    summary: list[SummarySentence] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def add(self, other: "Findings") -> None:
        """Take in what another answer found."""
        self.work += other.work
        self.decisions += other.decisions
        self.questions += other.questions
        self.topics += other.topics
        self.chapters += other.chapters
        self.summary += other.summary

    @property
    def is_empty(self) -> bool:
        """Whether nothing held."""
        return not (self.work or self.decisions or self.questions or self.topics or self.chapters or self.summary)


def merged_work(work: Iterable[Insight]) -> list[Insight]:
    """Return each piece of work once, with what any mention of it knows."""
    kept: list[Insight] = []
    for item in work:
        place = next((n for n, other in enumerate(kept) if _same(other, item)), None)
        if place is None:
            kept.append(item)
            continue
        other = kept[place]
        kept[place] = replace(
            other if other.score >= item.score else item,
            owner=other.owner or item.owner,
            due=other.due or item.due,
            definitive=other.definitive or item.definitive,
        )
    return kept


def merged_topics(topics: Iterable[Topic], most: int) -> list[Topic]:
    """Return each topic once, those with the most messages first; a parent that is no topic itself is left out."""
    together: dict[str, Topic] = {}
    for topic in topics:
        key = fold(topic.text).text
        known = together.get(key)
        if known is None:
            together[key] = topic
        else:
            ids = tuple(dict.fromkeys((*known.message_ids, *topic.message_ids)))
            together[key] = replace(known, message_ids=ids, parent=known.parent or topic.parent)
    ranked = sorted(together.values(), key=lambda topic: -len(topic.message_ids))[:most]
    top = max((len(topic.message_ids) for topic in ranked), default=1)
    named = {fold(topic.text).text: topic for topic in ranked}
    return [
        replace(
            topic,
            score=round(0.5 + 0.5 * len(topic.message_ids) / top, 4),
            parent=_parent(topic, named),
        )
        for topic in ranked
    ]


def once(entries: Iterable[Quoted]) -> list[Quoted]:
    """Return each decision or question once: those that rest on the same words are one."""
    kept: list[Quoted] = []
    for entry in entries:
        if not any(_overlap(entry, other) for other in kept):
            kept.append(entry)
    return kept


def told_once(summary: Iterable[SummarySentence]) -> list[SummarySentence]:
    """Return the sentences of a summary without those that tell the same."""
    kept: list[SummarySentence] = []
    for sentence in summary:
        if not any(_alike(sentence.text, other.text) for other in kept):
            kept.append(sentence)
    return kept


def _parent(topic: Topic, named: dict[str, Topic]) -> str | None:
    """Return the wider topic as it is written; a topic that has one itself is nobody's parent."""
    wider = named.get(fold(topic.parent).text) if topic.parent else None
    if wider is None or wider is topic or (wider.parent and fold(wider.parent).text in named):
        return None
    return wider.text


def _same(one: Insight, other: Insight) -> bool:
    if one.owner and other.owner and one.owner != other.owner:
        return False
    return (_overlap(one, other) and _shares(one.text, other.text)) or _alike(one.text, other.text)


def _overlap(one: Insight | Decision, other: Insight | Decision) -> bool:
    first, second = fold(one.quote).text, fold(other.quote).text
    return bool(set(one.message_ids) & set(other.message_ids)) and (first in second or second in first)


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words_of(text) if word not in STOP_WORDS}


def _alike(one: str, other: str) -> bool:
    first, second = _stems(one), _stems(other)
    if fold(one).text == fold(other).text:
        return True
    return numbers_in(one) == numbers_in(other) and len(first & second) >= _ALIKE * max(len(first | second), 1)


def _shares(one: str, other: str) -> bool:
    first, second = _stems(one), _stems(other)
    return len(first & second) * 2 >= min(len(first), len(second))


def in_order(entries: Sequence[Quoted], places: dict[str, int]) -> tuple[Quoted, ...]:
    """Return entries in the order of the conversation."""
    return tuple(sorted(entries, key=lambda entry: places[entry.message_ids[0]]))
