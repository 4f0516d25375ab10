"""Makes the examples by which the engine judges work: `python -m bench.train_items CORPUS [MRDA]`.

CORPUS is a folder with `candidates_labelled.json` (a list of {"meeting", "text", "y"}), MRDA one with the files
`train/*.txt` and `val/*.txt` of the MRDA corpus (lines `speaker|text|…`), for which `mrda_labels.json` beside
this script has our own labels. The scripted meetings for training are in the repository, and so are sentences that
were written for this, in pairs that differ little (`work_sentences.txt`). Prints the figures on meetings left out, and
writes `bot/engine/insights/minilm/examples.npz`, and for the evaluation what was said of each labelled utterance
without its meeting. `docs/models.md` is the card.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from bot.engine.insights.action_items import Sign, best_sign, within
from bot.engine.insights.likeness import FILE, Numbers, direction, features, kernel, mixed
from bot.engine.insights.meaning import HALF, Meanings
from bot.engine.insights.people import Roster, roster
from bot.engine.insights.sentences import cut
from bot.engine.insights.signals import score
from bot.engine.insights.weights import WEIGHTS
from bot.engine.records import Message, Person
from bot.evaluation.candidates import read_candidates, write_left_out
from bot.evaluation.gold import Part, read_meetings
from bot.evaluation.talk import talk_of

LABELS: Final = Path(__file__).parent / "mrda_labels.json"
SENTENCES: Final = Path(__file__).parent / "work_sentences.txt"
NAMES: Final = tuple(sorted(WEIGHTS))
DAY: Final = date(2026, 3, 4)

CANDIDATE, SCRIPTED, WRITTEN = 1.0, 0.5, 0.3
"""What an example counts: a labelled utterance, a sentence of a scripted meeting, and one written for this."""

OWN: Final = {"work": 0.5, "unsure": 0.2, "near": 0.5}
"""What our own labels count: work, what may be work (taken as work), and what is talk though it sounds like work.

Other talk ("talk") is not learned from: it was drawn in another way than what is judged by rules and examples.
"""

STIFFNESS: Final = 0.04
"""Chosen, like the weights above and the kernel's, on the candidates left out by meeting and on the scripted ones."""

MIXING: Final = (1.0, 0.15, -0.2)
"""The weights of what the examples and what the signals say, and what is added: set on meetings left out."""

CLOSE: Final = 1e-2
"""When no example pulls otherwise by more than this, the fit is done."""

FOLDS: Final = 5
"""The scripted meetings are left out in so many groups."""

UNIT: Final = 1 / 127
"""Meanings are kept as whole numbers of this size; the largest is 1."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence: where from, its words, what the rules see in it, whether it is work, and what it counts."""

    meeting: str
    text: str
    sign: Sign | None
    work: bool
    weight: float

    @property
    def signals(self) -> dict[str, float]:
        """What the rules see."""
        return dict(self.sign.signals) if self.sign else {}

    @property
    def prior(self) -> float:
        """What the rules' signals alone say."""
        return score(self.sign.signals) if self.sign else 0.0


def of_candidates(corpus: Path) -> list[Example]:
    """Read the labelled utterances."""
    rows = json.loads((corpus / "candidates_labelled.json").read_text())
    return [Example(row["meeting"], *_best(row["text"]), bool(row["y"]), CANDIDATE) for row in rows]


def of_mrda(folder: Path) -> list[Example]:
    """Read what we labelled ourselves."""
    found = []
    for meeting, labels in json.loads(LABELS.read_text()).items():
        (path,) = folder.glob(f"*/{meeting}.txt")
        lines = [line for line in path.read_text().splitlines() if line.count("|") > 3]
        for name, weight in OWN.items():
            texts = ["|".join(lines[place].split("|")[1:-3]) for place in labels[name]]
            found += [Example(f"mrda {meeting}", *_best(text), name != "near", weight) for text in texts]
    return found


def of_sentences() -> list[Example]:
    """Read what was written for this: a line each, after `+` when it gives somebody work."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    return [Example("written", *_best(line[2:]), line.startswith("+"), WRITTEN) for line in lines]


def of_meetings(part: Part) -> list[Example]:
    """Read the sentences of scripted meetings in which the rules see something, but for later turns of an item."""
    found = []
    for meeting in read_meetings(part)[0]:
        talk = talk_of(meeting)
        sentences = cut(talk.messages)
        people = roster(sentences)
        for place, sentence in enumerate(sentences):
            sign = best_sign(sentence, people, meeting.held_on, sentences[max(0, place - 3) : place])
            turn = talk.turn_of[sentence.parts[0][0]]
            items = [item for item in meeting.items if turn in item.turns]
            work = any(item.turns[0] == turn and not item.optional for item in items)
            if sign is not None and (work or not items):
                found.append(Example(meeting.name, sentence.text, sign, work, SCRIPTED))
    return found


def _best(text: str) -> tuple[str, Sign | None]:
    """Return the sentence of an utterance in which the rules see most, and what they see."""
    found = [
        (sentence.text, best_sign(sentence, Roster((), frozenset()), DAY))
        for sentence in cut([Message("1", text, Person("a", "A"), 0, 1)])
    ]
    return max(found, key=lambda one: one[1].score if one[1] else -1.0, default=(text, None))


def fit(alike: Numbers, work: Numbers, weights: Numbers, told: Numbers) -> tuple[Numbers, float]:
    """Return what each example pulls, and the level, by iterated reweighted least squares; there is one best.

    Args:
        alike: How like each other the examples are.
        work: 1 for work.
        weights: What each counts.
        told: What they may say of each, to start from.
    """
    count = len(alike)
    pulls, level = np.zeros(count), 0.0
    for _ in range(15):
        chance = 1 / (1 + np.exp(-told))
        doubt = np.maximum(weights * chance * (1 - chance), 1e-6)
        system = np.ones((count + 1, count + 1))
        system[:count, :count] = alike + np.diag(STIFFNESS / doubt)
        system[count, count] = 0
        solved = np.linalg.solve(system, np.append(told + weights * (work - chance) / doubt, 0.0))
        moved = np.abs(solved[:count] - pulls).max()
        pulls, level = solved[:count], float(solved[count])
        told = alike @ pulls + level
        if moved < CLOSE:
            break
    return pulls, level


def left_out(alike: Numbers, examples: Sequence[Example], groups: Sequence[frozenset[str]], told: Numbers) -> Numbers:
    """Return what the examples say of each one when its meeting's own are left out; 0 for those in no group."""
    work, weights = _targets(examples)
    found = np.zeros(len(alike))
    for group in groups:
        out = np.array([one.meeting in group for one in examples])
        pulls, level = fit(alike[np.ix_(~out, ~out)], work[~out], weights[~out], told[~out])
        found[out] = alike[np.ix_(out, ~out)] @ pulls + level
    return found


def figures(chances: Numbers, work: Numbers, threshold: float = 0.5) -> str:
    """Return precision, recall and F1."""
    told = chances >= threshold
    right = (told & (work > 0)).sum()
    precision, recall = right / max(1, told.sum()), right / max(1, work.sum())
    return f"P {precision:.3f}  R {recall:.3f}  F1 {2 * precision * recall / max(1e-9, precision + recall):.3f}"


def main() -> None:
    """Train, print the figures, write the file."""
    corpus = Path(sys.argv[1])
    candidates, played = of_candidates(corpus), of_meetings(Part.TRAIN)
    examples = [*candidates, *played, *of_sentences(), *(of_mrda(Path(sys.argv[2])) if len(sys.argv) > 2 else [])]
    meanings = Meanings().embed([one.text for one in examples])
    usual = (meanings[:, HALF:].mean(axis=0).astype(np.float64), meanings[:, HALF:].std(axis=0).astype(np.float64))
    whole = np.rint(direction(meanings, usual) / UNIT).astype(np.int8)
    priors = [one.prior for one in examples]
    rows = features(whole.astype(np.float64) * UNIT, [one.signals for one in examples], priors, NAMES)
    work, weights = _targets(examples)
    alike = kernel(rows, rows)
    pulls, level = fit(alike, work, weights, np.zeros(len(rows)))
    groups = [frozenset({name}) for name in sorted({one.meeting for one in candidates})]
    names = sorted({one.meeting for one in played})
    groups += [frozenset(names[first::FOLDS]) for first in range(FOLDS)]
    told = left_out(alike, examples, groups, alike @ pulls + level)
    likes = mixed(told, priors, MIXING)
    chances = np.array(
        [
            within(one.sign, prior, float(like)) if one.sign else 0.0
            for one, prior, like in zip(examples, priors, likes, strict=True)
        ]
    )
    count = len(candidates)
    write_left_out(zip(read_candidates(corpus / "candidates_labelled.json"), chances[:count].tolist(), strict=True))
    for name, chosen in (
        ("candidates", slice(count)),
        ("scripted, train", slice(count, count + len(played))),
    ):
        for threshold in (0.4, 0.5, 0.6):
            print(f"{name:16} left out by meeting, at {threshold}: {figures(chances[chosen], work[chosen], threshold)}")
    flags = np.array([[one.signals.get(name, 0) for name in NAMES] for one in examples], np.int8)
    kept = {
        "names": np.array(NAMES),
        "usual": usual[0].astype(np.float32),
        "varies": usual[1].astype(np.float32),
        "directions": whole,
        "unit": np.float32(UNIT),
        "flags": flags,
        "scores": np.array(priors, np.float32),
        "pulls": pulls.astype(np.float32),
        "level": np.float32(level),
        "mixing": np.array(MIXING, np.float32),
    }
    np.savez_compressed(FILE, **kept)
    print(f"{len(examples)} examples, {FILE.stat().st_size / 1000:.0f} kB")


def _targets(examples: Sequence[Example]) -> tuple[Numbers, Numbers]:
    return np.array([float(one.work) for one in examples]), np.array([one.weight for one in examples])


if __name__ == "__main__":
    main()
