"""Utterances of real meetings, each labelled whether it gives somebody work: the sentence level.

The engine's weights were made with some of these utterances. Of those it is not asked what the weights say, but what
weights said that were made without the utterance's meeting: `bench/train_items.py` writes that down, without the words.
"""

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.engine.insights.understanding import understand
from bot.engine.records import InsightOptions
from bot.errors import BadInput
from bot.evaluation.counts import Counts
from bot.evaluation.report import Figure, Findings, percent
from bot.evaluation.talk import spoken

FILE: Final = Path("insights/candidates_labelled.json")
LEFT_OUT: Final = Path(__file__).with_name("left_out.json")
DAY: Final = datetime(2026, 3, 4, 9, tzinfo=UTC)
THRESHOLD: Final = 0.5
AIM_F1: Final = 0.72
AIM_PRECISION: Final = 0.70


@dataclass(frozen=True, slots=True)
class Candidate:
    """A labelled utterance: `meant` when it gives somebody work."""

    meeting: str
    speaker: str
    text: str
    meant: bool

    @property
    def key(self) -> str:
        """What stands for its words."""
        return hashlib.sha256(f"{self.meeting}\n{self.text}".encode()).hexdigest()[:16]


def evaluate_candidates(corpus: Path | None, left_out: Path = LEFT_OUT) -> Findings:
    """Measure on the labelled utterances of a corpus.

    Args:
        corpus: Its folder, if there is one.
        left_out: What was said of the utterances that weights were made with, by weights that were made without them.

    Raises:
        BadInput: The file is not what it should be.
    """
    path = corpus / FILE if corpus else None
    if path is None or not path.is_file():
        return Findings(absent=(f"Labelled utterances: {FILE} is not in the corpus.",))
    candidates = read_candidates(path)
    known = read_left_out(left_out)
    counts = count((_is_work(each, known), each.meant) for each in candidates)
    without = sum(each.key in known for each in candidates)
    data = (
        f"{len(candidates)} utterances of {len({each.meeting for each in candidates})} real meetings, "
        f"{without} judged without their meeting"
    )
    return Findings(
        (
            Figure("utterances, F1", data, percent(counts.f1), f"≥ {percent(AIM_F1)}", counts.f1 >= AIM_F1),
            Figure(
                "utterances, precision",
                data,
                percent(counts.precision),
                f"≥ {percent(AIM_PRECISION)}",
                counts.precision >= AIM_PRECISION,
            ),
            Figure("utterances, recall", data, percent(counts.recall)),
        )
    )


def read_candidates(path: Path) -> list[Candidate]:
    """Read labelled utterances.

    Raises:
        BadInput: The file is no list of them.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [Candidate(row["meeting"], row["spk"], row["text"], bool(row["y"])) for row in rows]
    except (ValueError, TypeError, KeyError) as error:
        raise BadInput(f"{path} is no list of utterances with meeting, spk, text and y.") from error


def read_left_out(path: Path = LEFT_OUT) -> dict[str, float]:
    """Return how likely utterances are work by weights that were made without their meeting, by `Candidate.key`."""
    known: dict[str, float] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return known


def write_left_out(chances: Iterable[tuple[Candidate, float]], path: Path = LEFT_OUT) -> None:
    """Write down what `read_left_out` returns."""
    rounded = {candidate.key: math.floor(chance * 1e4) / 1e4 for candidate, chance in chances}  # none becomes work
    path.write_text(json.dumps(rounded, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def count(told: Iterable[tuple[bool, bool]]) -> Counts:
    """Count pairs of what was said to be work and what is."""
    pairs = list(told)
    return Counts(
        sum(said and meant for said, meant in pairs), sum(said for said, _ in pairs), sum(meant for _, meant in pairs)
    )


def _is_work(candidate: Candidate, left_out: Mapping[str, float]) -> bool:
    if candidate.key in left_out:
        return left_out[candidate.key] >= THRESHOLD
    talk = spoken([(candidate.speaker, candidate.text)], DAY)
    insights = understand(talk.messages, InsightOptions(talk.began, confidence_threshold=THRESHOLD))
    return bool(insights.action_items or insights.follow_ups)
