"""The two readers' networks, as torch trains them: MiniLM, and the lower layers of MPNet."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
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
            three = torch.cat([known(each, part) for each in ("query", "key", "value")])
            getattr(self.asked, part).data.copy_(three)
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
        self.head = torch.nn.Linear(2 * width, len(Told))
        torch.nn.init.normal_(self.head.weight, std=0.02)
        torch.nn.init.zeros_(self.head.bias)

    def forward(self, ids: Any, types: Any, there: Any) -> Any:
        """Return the log odds of every answer, for each passage."""
        length = ids.shape[1]
        states = self.norm(self.words(ids) + self.places[:length] + functional.embedding(types, self.types))
        states = functional.dropout(states, DROPPED, self.training)
        unseen = torch.where(there > 0, 0.0, -1e4)[:, None, None, :]
        if self.near is not None:
            apart = functional.embedding(self.distances[:length, :length], self.near)
            unseen = unseen + apart.permute(2, 0, 1)[None]
        for layer in self.layers:
            states = layer(states, unseen)
        states = states.float()
        marked = (types * there)[..., None].float()
        about = (states * marked).sum(1) / marked.sum(1)
        return self.head(functional.dropout(torch.cat([about, states[:, 0]], 1), DROPPED, self.training))


def minilm(folder: Path) -> Network:
    """Return all of all-MiniLM-L6-v2, from its folder."""
    weights = {name.removeprefix("bert."): each for name, each in load_file(folder / "model.safetensors").items()}
    words, places, types = (
        weights[f"embeddings.{name}_embeddings.weight"].clone() for name in ("word", "position", "token_type")
    )
    slight = 1e-12
    layers = [Layer(weights, number, _MINILM, slight) for number in range(6)]
    return Network(Known(words, places[:PLACES], types, None, layers, weights, slight))


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
