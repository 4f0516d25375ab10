"""The networks of the two readers and the highlighter, as torch trains them: MiniLM, and the lower layers of MPNet."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import load_file
from torch.nn import functional

from bot.engine.insights.passages import BEGIN, END
from bot.engine.insights.reader import Told

DROPPED: Final = 0.1
HEADS: Final = 12
PLACES: Final = 256
"""A passage has fewer pieces."""

_MINILM: Final = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mixed": "attention.output.dense",
    "first": "attention.output.LayerNorm",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
    "second": "output.LayerNorm",
}
_MPNET: Final = {
    "query": "attention.attn.q",
    "key": "attention.attn.k",
    "value": "attention.attn.v",
    "mixed": "attention.attn.o",
    "first": "attention.LayerNorm",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
    "second": "output.LayerNorm",
}

_SHIFT: Final = 4
"""MPNet numbers the pieces of words as MiniLM does, so much higher;"""

_ITS_OWN: Final = {BEGIN: 0, END: 2, 0: 1}
"""only the beginning, the end and what fills up have numbers of its own."""

_KINDS_OF_NEAR: Final = 32
_FAR: Final = 128
"""MPNet knows so many distances between two pieces, up to this one."""

_OURS: Final = {part: part for part in ("asked", "mixed", "wide", "narrow", "first", "second")}
"""As a network that was written down has them."""

Weights = Mapping[str, Any]


class Layer(torch.nn.Module):  # type: ignore[misc]
    """One layer of a network."""

    def __init__(self, weights: Weights, number: int, names: Mapping[str, str], slight: float) -> None:
        super().__init__()

        def known(name: str, part: str) -> Any:
            return weights[f"encoder.layer.{number}.{names[name]}.{part}"]

        width = known("mixed", "weight").shape[0]
        self.asked = torch.nn.Linear(width, 3 * width)
        self.mixed = torch.nn.Linear(width, width)
        self.wide = torch.nn.Linear(width, 4 * width)
        self.narrow = torch.nn.Linear(4 * width, width)
        self.first, self.second = (torch.nn.LayerNorm(width, eps=slight) for _ in range(2))
        for part in ("weight", "bias"):
            three = [known(each, part) for each in ("asked", "query", "key", "value") if each in names]
            getattr(self.asked, part).data.copy_(torch.cat(three))
            for name in ("mixed", "first", "wide", "narrow", "second"):
                getattr(getattr(self, name), part).data.copy_(known(name, part))

    def forward(self, states: Any, unseen: Any) -> Any:
        """Return the states after this layer; `unseen` is added to how much each piece looks at each other one."""
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


@dataclass(frozen=True)
class Known:
    """What a language model brings along.

    Attributes:
        words: The meaning of each piece, by MiniLM's numbers.
        places: What is added for where a piece stands.
        types: And for whether it is asked about.
        near: What each head adds for how far two pieces are apart; None where places say it all.
        layers: Its layers.
        weights: By what all this is evened out, among others.
        slight: What is added to a variance.
    """

    words: Any
    places: Any
    types: Any
    near: Any
    layers: Sequence[Layer]
    weights: Weights
    slight: float


class Network(torch.nn.Module):  # type: ignore[misc]
    """A language model with what it answers: of the marked pieces together, and of the whole passage."""

    def __init__(self, known: Known) -> None:
        super().__init__()
        width = known.words.shape[1]
        self.words = torch.nn.Embedding.from_pretrained(known.words, freeze=True)
        self.places, self.types = torch.nn.Parameter(known.places), torch.nn.Parameter(known.types)
        self.norm = torch.nn.LayerNorm(width, eps=known.slight)
        for part in ("weight", "bias"):
            getattr(self.norm, part).data.copy_(known.weights[f"embeddings.LayerNorm.{part}"])
        self.layers = torch.nn.ModuleList(known.layers)
        self.near = None if known.near is None else torch.nn.Parameter(known.near)
        self.register_buffer("distances", _distances(), persistent=False)
        self.head = _answering(2 * width, len(Told))

    def states(self, ids: Any, types: Any, there: Any) -> Any:
        """Return what is known of each piece after the last layer."""
        length = ids.shape[1]
        states = self.norm(self.words(ids) + self.places[:length] + functional.embedding(types, self.types))
        states = functional.dropout(states, DROPPED, self.training)
        unseen = torch.where(there > 0, 0.0, -1e4)[:, None, None, :]
        if self.near is not None:
            apart = functional.embedding(self.distances[:length, :length], self.near)
            unseen = unseen + apart.permute(2, 0, 1)[None]
        for layer in self.layers:
            states = layer(states, unseen)
        return states.float()

    def forward(self, ids: Any, types: Any, there: Any) -> Any:
        """Return the log odds of every answer, for each passage."""
        states = self.states(ids, types, there)
        marked = (types * there)[..., None].float()
        about = (states * marked).sum(1) / marked.sum(1)
        return self.head(functional.dropout(torch.cat([about, states[:, 0]], 1), DROPPED, self.training))


class Marking(torch.nn.Module):  # type: ignore[misc]
    """A network that answers for each piece of a passage by itself.

    Args:
        network: What it goes on from.
        usual: The log odds of yes, before it has learned anything.
    """

    def __init__(self, network: Network, usual: float) -> None:
        super().__init__()
        self.network = network
        self.head = _answering(network.words.embedding_dim, 1, usual)
        del network.head

    def forward(self, ids: Any, types: Any, there: Any) -> Any:
        """Return the log odds of each piece, for each passage."""
        states = functional.dropout(self.network.states(ids, types, there), DROPPED, self.training)
        return self.head(states)[..., 0]


def _answering(width: int, answers: int, usual: float = 0.0) -> torch.nn.Linear:
    head = torch.nn.Linear(width, answers)
    torch.nn.init.normal_(head.weight, std=0.02)
    torch.nn.init.constant_(head.bias, usual)
    return head


def minilm(folder: Path) -> Network:
    """Return all of all-MiniLM-L6-v2, from its folder."""
    weights = {name.removeprefix("bert."): each for name, each in load_file(folder / "model.safetensors").items()}
    words, places, types = (
        weights[f"embeddings.{name}_embeddings.weight"].clone() for name in ("word", "position", "token_type")
    )
    slight = 1e-12
    layers = [Layer(weights, number, _MINILM, slight) for number in range(6)]
    return Network(Known(words, places[:PLACES], types, None, layers, weights, slight))


def reading_minilm(path: Path) -> Network:
    """Return the quick reader as `bench/train_reader.py` wrote it, to train it further; its answers are not kept."""
    stored = {each.name: numpy_helper.to_array(each) for each in onnx.load(path).graph.initializer}
    weights = {
        f"encoder.layer.{name.removeprefix('layers.')}": _whole(stored, name)
        for name in stored
        if name.startswith("layers.")
    }
    weights |= {f"embeddings.LayerNorm.{part}": _whole(stored, f"norm.{part}") for part in ("weight", "bias")}
    # what the layers multiply by loses its names on the way, and keeps its order
    nameless = [name.removesuffix("_quantized") for name in stored if re.fullmatch(r"onnx::\w+_quantized", name)]
    for place, name in enumerate(nameless):
        number, part = divmod(place, 4)
        weights[f"encoder.layer.{number}.{tuple(_OURS)[part]}.weight"] = _whole(stored, name).T.contiguous()
    slight = 1e-12
    layers = [Layer(weights, number, _OURS, slight) for number in range(len(nameless) // 4)]
    words, places, types = (_whole(stored, name) for name in ("words.weight", "places.weight", "types.weight"))
    return Network(Known(words, places[:PLACES], types, None, layers, weights, slight))


def _whole(stored: Mapping[str, Any], name: str) -> Any:
    """Return numbers that were stored, those of eight bits as what they stand for."""
    name = name if name in stored or f"{name}_quantized" in stored else name.removesuffix(".weight")
    if name in stored:
        return torch.tensor(stored[name])
    eight = stored[f"{name}_quantized"].astype(np.float32) - stored[f"{name}_zero_point"].astype(np.float32)
    return torch.tensor(eight * stored[f"{name}_scale"])


def mpnet(folder: Path, layers: int) -> Network:
    """Return the lower layers of all-mpnet-base-v2, from its folder; it takes pieces by MiniLM's numbers."""
    weights = load_file(folder / "model.safetensors")
    theirs = weights["embeddings.word_embeddings.weight"]
    words = theirs[_SHIFT:].clone()
    for ours, own in _ITS_OWN.items():
        words[ours] = theirs[own]
    places = weights["embeddings.position_embeddings.weight"][2 : 2 + PLACES].clone()
    near = weights["encoder.relative_attention_bias.weight"].clone()
    slight = 1e-5
    lower = [Layer(weights, number, _MPNET, slight) for number in range(layers)]
    return Network(Known(words, places, torch.zeros(2, words.shape[1]), near, lower, weights, slight))


def _distances() -> Any:
    """Return which kind of distance lies between each two places: exact when near, ever coarser up to the farthest."""
    places = torch.arange(PLACES)
    ahead = places[None] - places[:, None]
    half = _KINDS_OF_NEAR // 2
    exact = half // 2
    away = ahead.abs()
    coarse = torch.log(away.float().clamp(min=1) / exact) / math.log(_FAR / exact) * (half - exact)
    kinds = torch.where(away < exact, away, (exact + coarse.long()).clamp(max=half - 1))
    return kinds + half * (ahead > 0)
