"""Two to five sentences that say what a conversation came to, in words that were said in it.

Of an English conversation they are composed of what was found in it: what it was about, what was decided, who took on
what, what stayed open, and how somebody summed it up. Of others the most central sentences are quoted. A sentence that
says more than the messages it points at does not leave this module.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.engine.insights.merging import matter_of
from bot.engine.insights.people import is_named
from bot.engine.insights.segments import telling
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.summing_up import Telling, stands_alone
from bot.engine.insights.supported import is_supported
from bot.engine.insights.vocabulary import TASK_VERBS, WEAK_VERBS
from bot.engine.insights.wording import tidied
from bot.engine.records import Chapter, Decision, Insight, KeyMoment, Message, SummarySentence, Topic

FEWEST: Final = 2
MOST: Final = 5

_ABOUT: Final = 4
"""So many chapters or topics are named."""

_NAMED: Final = 4
"""So many people are named; more are "and others"."""

_DECISIONS: Final = 3
_ITEMS: Final = 3
_OPEN: Final = 2
_SURE: Final = 0.7
"""Open questions of a lower score are not worth a place."""

_ASKING: Final = 5
"""A question of fewer words does not say by itself what is open."""

_PART: Final = 18
"""What somebody is to do is told in no more words."""

_QUOTED: Final = 30
"""Quotes of more words are too long for a summary."""

_PER_SENTENCE: Final = 40
"""Of a conversation in another language one sentence more is quoted for so many."""

_LENGTHS: Final = (6, 40)
_BARE: Final = (20, 160)
"""The same in characters, for writing without blanks."""

_TELLS: Final = 0.5
"""What tells less of the work than this is not quoted for it."""

_TALK: Final = 12
"""Of so many sentences there is always something to quote."""

_ADDRESSES: Final = re.compile(
    r"\b(?:i|me|my|mine|you|your|yours|we|us|it|that|this|them|they|he|she|him|her|those|these|one|myself)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a summary is made of: everything that was found in a conversation."""

    chapters: Sequence[Chapter]
    topics: Sequence[Topic]
    decisions: Sequence[Decision]
    items: Sequence[Insight]
    questions: Sequence[Insight]
    moments: Sequence[KeyMoment]
    told: Mapping[int, Telling]


def composed(found: Found, heard: Sequence[Sentence], messages: Sequence[Message]) -> tuple[SummarySentence, ...]:
    """Return the summary of an English conversation; nothing for one that is too short to need one.

    Args:
        found: What it is made of.
        heard: The sentences that people say to people; who only speaks to a machine is not named.
        messages: The whole conversation.
    """
    by_id = {message.id: message for message in messages}
    ids = {one for each in heard for one in each.message_ids()}
    people = [message for message in messages if message.id in ids]
    told = [sentence for sentence in _composed(found, people, by_id) if is_supported(sentence, by_id)]
    for sentence in _quotable(found, heard):
        sums_up = sentence.number in found.told and found.told[sentence.number].sums_up
        if len(told) >= (MOST if sums_up else FEWEST):
            break
        quote = _quote(sentence)
        if is_supported(quote, by_id) and not any(set(quote.message_ids) & set(each.message_ids) for each in told[1:]):
            told.append(quote)
    return tuple(told[:MOST]) if len(told) >= FEWEST else ()


def _quotable(found: Found, heard: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield what may be quoted: what sums up, what tells the most of the work, key moments, what is central."""
    tells = [(told, each) for each in heard if (told := found.told.get(each.number)) and told.worth >= _TELLS]
    best = sorted(tells, key=lambda pair: (not pair[0].sums_up, -pair[0].worth))
    yield from (each for _, each in best if stands_alone(each))
    moments = {(moment.message_id, moment.quote) for moment in found.moments}
    yield from (each for each in heard if (each.parts[0][0], each.text) in moments)
    if len(heard) >= _TALK:
        yield from _central(heard, "en")


def quoted(sentences: Sequence[Sentence], apart: frozenset[int], language: str | None) -> tuple[SummarySentence, ...]:
    """Return the most central sentences of a conversation, verbatim and in order.

    Args:
        sentences: The whole conversation.
        apart: The numbers of the sentences that nothing may rest on.
        language: Two letters, or None.
    """
    central = _central([each for each in sentences if each.number not in apart], language)
    chosen = sorted(central, key=lambda each: each.number)
    return tuple(SummarySentence(each.text, each.message_ids()) for each in chosen) if len(chosen) >= FEWEST else ()


def _central(sentences: Sequence[Sentence], language: str | None) -> list[Sentence]:
    """Return the sentences whose words come back most, the best first, each with words of its own."""
    by_number = {each.number: each for each in sentences}
    bags = {
        each.number: frozenset(telling(each.plain, language))
        for each in sentences
        if _has_length(each.text) and not each.text.rstrip().endswith(("?", "？", "؟"))
    }
    spread = Counter(word for bag in bags.values() for word in bag)
    worth = {
        number: sum(math.log(spread[word]) for word in bag) / math.sqrt(len(bag) + 1) for number, bag in bags.items()
    }
    wanted = min(MOST, FEWEST + len(sentences) // _PER_SENTENCE)
    chosen: list[int] = []
    for number in sorted(worth, key=lambda number: (-worth[number], number)):
        alike = any(len(bags[number] & bags[other]) * 2 > len(bags[number]) for other in chosen)
        if worth[number] > 0 and not alike and len(chosen) < wanted:
            chosen.append(number)
    return [by_number[number] for number in chosen]


def _has_length(text: str) -> bool:
    least, most = _LENGTHS if " " in text.strip() else _BARE
    return least <= (len(text.split()) if " " in text.strip() else len(text)) <= most


def _composed(found: Found, people: Sequence[Message], by_id: dict[str, Message]) -> Iterator[SummarySentence]:
    yield from _about(found, people)
    decisions = [each for each in found.decisions if len(each.text.split()) <= _QUOTED]
    best = sorted(decisions, key=lambda decision: -decision.score)[:_DECISIONS]
    if best:
        best = [decision for decision in decisions if decision in best]
        yield _joined("It was decided: ", [(f"“{each.text}”", each.message_ids) for each in best])
    yield from _work(found, by_id)
    asked = [each for each in found.questions if not each.answer and each.score >= _SURE]
    asked = [
        each for each in asked if _ASKING <= len(each.text.split()) <= _QUOTED and len(matter_of(each.text.lower())) > 1
    ]
    asked = sorted(asked, key=lambda question: -question.score)[:_OPEN]
    if asked:
        yield _joined("Still open: ", [(f"“{tidied(each.text)}?”", each.message_ids) for each in asked])


def _about(found: Found, messages: Sequence[Message]) -> Iterator[SummarySentence]:
    """Say who talked about what: the chapters, or the best topics where there are none."""
    held = {topic.text.lower(): topic.message_ids for topic in found.topics}
    named = [chapter.title for chapter in found.chapters if chapter.title.lower() in held]
    named = named if len(named) > 1 else [topic.text for topic in found.topics]
    subjects = [_inside(text, found.topics) for text in named[:_ABOUT]]
    if not subjects:
        return
    ids = [held[text.lower()][0] for text in subjects]
    begun: dict[str, Message] = {}
    for message in messages:
        if message.speaker and is_named(message.speaker):
            begun.setdefault(message.speaker.id or message.speaker.name, message)
    speakers = list(begun.values())
    names = [each.speaker.name for each in speakers if each.speaker]
    who = _listed(names[:_NAMED] if len(names) <= _NAMED else [*names[: _NAMED - 1], "others"])
    ids += [each.id for each in speakers[: _NAMED if len(names) <= _NAMED else _NAMED - 1]]
    begin = f"{who} talked about" if who else "The conversation was about"
    yield SummarySentence(f"{begin} {_listed(subjects)}.", tuple(dict.fromkeys(ids)))


def _inside(title: str, topics: Sequence[Topic]) -> str:
    """Return a chapter's title as it is written inside a sentence: as the topic is."""
    return next((topic.text for topic in topics if topic.text.lower() == title.lower()), title)


def _work(found: Found, by_id: dict[str, Message]) -> Iterator[SummarySentence]:
    """Say who took on what; what cannot be told in a few words, or of nobody, is left to the items themselves."""
    told = [(item, part) for item in found.items if (part := _part(item, by_id))]
    best = sorted(told, key=lambda pair: ("(“" in pair[0].text, -pair[0].score))[:_ITEMS]  # clear ones first
    parts: dict[str, list[str]] = {}
    for item, part in told:
        if (item, part) in best and item.owner:
            parts.setdefault(item.owner.name, []).append(part)
    if parts:
        listed = "; ".join(f"{name} is to {_listed(each)}" for name, each in parts.items())
        ids = dict.fromkeys(one for item, _ in told if item in [each for each, _ in best] for one in item.evidence)
        yield SummarySentence(f"{listed}.", tuple(ids))


def _part(item: Insight, by_id: dict[str, Message]) -> str:
    """Return what somebody is to do, as it follows their name; nothing where that cannot be said in few words."""
    text = item.text.rstrip(".!")
    verb = text.split()[0].lower() if text else ""
    if item.owner is None or verb not in TASK_VERBS | WEAK_VERBS or _ADDRESSES.search(text):
        return ""
    said = SummarySentence(f"{item.owner.name} is to {text}", item.evidence)
    return f"{text[:1].lower()}{text[1:]}" if len(text.split()) <= _PART and is_supported(said, by_id) else ""


def _quote(sentence: Sentence) -> SummarySentence:
    said, speaker = sentence.text.strip(), sentence.speaker
    text = f"{speaker.name} said: “{said}”" if speaker and is_named(speaker) else f"“{said}”"
    return SummarySentence(text, sentence.message_ids())


def _joined(begin: str, parts: Sequence[tuple[str, tuple[str, ...]]]) -> SummarySentence:
    listed = _listed([text for text, _ in parts])
    text = f"{begin}{listed}" + ("" if listed.endswith(("?”", "!”")) else ".")
    return SummarySentence(text, tuple(dict.fromkeys(one for _, ids in parts for one in ids)))


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""
