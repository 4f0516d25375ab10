"""A handful of quotes that carry a meeting: what sums it up, decisions, commitments, risks, numbers; no summary."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from bot.engine.insights.decisions import decides
from bot.engine.insights.merging import Task, matter_of
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.summing_up import Telling
from bot.engine.insights.turns import FIRST_PERSON
from bot.engine.insights.vocabulary import FILLERS
from bot.engine.records import Insight, KeyMoment, MomentKind

MOST: Final = 6
"""So many moments can be read at a glance."""

_SHORTEST, _LONGEST = 5, 40
_GOOD: Final = 0.5
_SURE_QUESTION: Final = 0.8
_SPREAD: Final = 0.25
"""A moment right beside one already taken loses so much of its score; a third of the meeting away, nothing."""

_LONG: Final = 200
"""Sentences of a conversation in which moments are spread in full; in shorter ones less, down to not at all."""

_AGAIN: Final = 0.12
"""A moment of a kind that was taken already loses so much for each of them."""

_SUMS_UP: Final = 0.9
"""What sums the conversation up is worth that."""

_TELLS: Final = 0.05
"""A promise is worth so much more or less for each word more or less than one that tells what work is about,"""

_LEAST_TOLD, _MOST_TOLD = -0.1, 0.05
"""but no less than the first for that, and no more than the second: “I'll ask him tonight” tells nothing."""

_RISK: Final = re.compile(
    r"\b(?:risks?|risky|worr(?:y|ied|ies)|concern(?:s|ed)?|blocker|blocked|at stake|danger|afraid (?:that|of|we"
    r"|it)|might not (?:make|be|have|get)"
    r"|won't (?:make it|be ready|have the)|lose the|we(?:'d| would|'ll| will)? lose|delay(?:s|ed)?|slip(?:s|ped)?"
    r"|run out of|running out of|fall behind"
    r"|behind schedule|over budget|the problem is|big problem|bottleneck|can't (?:ship|launch|deliver|afford)"
    r"|miss the (?:deadline|slot|date|launch)"
    r"|too (?:late|expensive|slow)|deadline is tight|fails?|failing|security hole|outage|churn)\b"
)
_NO_RISK: Final = re.compile(r"\b(?:no|not|never|without|\w+n't)\b[^,.;]{0,20}$")
_NUMBER: Final = re.compile(
    r"(?:[$€£¥]\s?\d|\b\d[\d.,]*\s?(?:%|percent|per cent|euros?|dollars?|pounds?|cents?|k\b|thousand|million"
    r"|billion|people|users|customers|copies"
    r"|units|pieces|hours|tickets|orders|samples|pages|times|points)\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety|hundred|thousand)"
    r"(?:[ -](?:one|two|three|four|five|six|seven|eight|nine|hundred|thousand|and|point|a half))* (?:percent"
    r"|per cent|euros?|dollars?|pounds?|cents"
    r"|million|billion|people|users|customers|copies|units|pieces|thousand)\b)"
)


def key_moments(
    sentences: Sequence[Sentence],
    tasks: Sequence[Task],
    questions: Sequence[Insight],
    told: Mapping[int, Telling] = MappingProxyType({}),
) -> list[KeyMoment]:
    """Choose the moments that carry a conversation, in its order, spread over it and over the kinds.

    Args:
        sentences: The whole conversation.
        tasks: The work that was found in it.
        questions: What was asked in it.
        told: How much of the work each sentence tells, by its number, as far as that is known.
    """
    candidates = list(_candidates(sentences, tasks, questions, told))
    chosen: list[tuple[float, MomentKind, Sentence]] = []
    while candidates and len(chosen) < MOST:
        worth = [
            (score - _loss(kind, sentence, chosen, len(sentences)), n)
            for n, (score, kind, sentence) in enumerate(candidates)
        ]
        best, place = max(worth, key=lambda pair: (pair[0], -pair[1]))
        if best < _GOOD:
            break
        chosen.append(candidates.pop(place))
        taken = chosen[-1][2].number
        candidates = [candidate for candidate in candidates if candidate[2].number != taken]
    chosen.sort(key=lambda moment: moment[2].number)
    return [KeyMoment(kind, s.text, s.parts[0][0], round(score, 4)) for score, kind, s in chosen]


def _candidates(
    sentences: Sequence[Sentence],
    tasks: Sequence[Task],
    questions: Sequence[Insight],
    told: Mapping[int, Telling],
) -> Iterator[tuple[float, MomentKind, Sentence]]:
    promised = {
        task.cue.sentence.number: task for task in tasks if task.owner or task.agreed or task.cue.family in FIRST_PERSON
    }
    asked = {question.quote: question.score for question in questions if question.answer is None}
    for sentence in sentences:
        count = len(sentence.plain.split())
        if not _SHORTEST <= count <= _LONGEST:
            continue
        stumbles = sum(word.strip(",.") in FILLERS for word in sentence.plain.split())
        substance = min(0.1, 0.02 * len(matter_of(sentence.plain))) - 0.05 * stumbles
        number = 0.1 if _NUMBER.search(sentence.plain) else 0.0
        if decides(sentence.plain):
            yield 0.75 + substance + number, MomentKind.DECISION, sentence
        elif sentence.number in told and told[sentence.number].sums_up:
            yield _SUMS_UP, MomentKind.RECAP, sentence
        elif sentence.number in promised:
            task = promised[sentence.number]
            worth = 0.42 + 0.25 * task.score + substance + number + _telling(told.get(sentence.number))
            yield min(0.9, worth), MomentKind.COMMITMENT, sentence
        elif _at_risk(sentence.plain):
            yield 0.62 + substance + number, MomentKind.RISK, sentence
        elif number and "?" not in sentence.plain:
            yield 0.55 + substance, MomentKind.NUMBER, sentence
        elif asked.get(sentence.text, 0.0) >= _SURE_QUESTION:
            yield 0.5 + substance, MomentKind.QUESTION, sentence


def _telling(told: Telling | None) -> float:
    """Return how much more or less a promise is worth for what it tells; nothing where that is not known."""
    return 0.0 if told is None else max(_LEAST_TOLD, min(_MOST_TOLD, _TELLS * (told.worth - 1)))


def _at_risk(flat: str) -> bool:
    found = _RISK.search(flat)
    return found is not None and "?" not in flat and not _NO_RISK.search(flat[: found.start()])


def _loss(
    kind: MomentKind, sentence: Sentence, chosen: Sequence[tuple[float, MomentKind, Sentence]], total: int
) -> float:
    """Return what a moment loses for being like, and near to, those already taken."""
    reach = max(1, total / 3)
    near = max((1 - abs(sentence.number - other.number) / reach for _, _, other in chosen), default=0.0)
    return _SPREAD * min(1.0, total / _LONG) * max(0.0, near) + _AGAIN * sum(other is kind for _, other, _ in chosen)
