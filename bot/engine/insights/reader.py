"""The reader: two small language models that have learned from written meetings which sentences carry work.

They read a sentence with what is said around it, so they know a request by its answer and a joke by the laugh. The
quick one, MiniLM, reads whatever is asked about; the careful one, the lower eight layers of MPNet, three times as
slow, reads what may be work after that, and then both have a say. They only ever say how likely something is; what
comes of it, and every word that is shown, is for the rules to say. `bench/train_reader.py` makes their weights,
`docs/models.md` is the card.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bot.engine.insights.highlighter import HIGHLIGHTER, Highlighter
from bot.engine.insights.meaning import TOKENIZER, in_memory
from bot.engine.insights.passages import Origin, Passage, Passages
from bot.engine.insights.sentences import Sentence

QUICK: Final = Path(__file__).parent / "minilm" / "reader.onnx"
CAREFUL: Final = Path(__file__).parent / "mpnet" / "reader.onnx"

DOUBTFUL: Final = -2.0
SURE: Final = 3.0
"""What the quick one gives lower log odds than the first, or higher than the second, the careful one does not read."""

BATCH: Final = 16
"""Passages that are read together; half as many would take four per cent less, and be read no better."""

ENOUGH: Final = 12
"""It has learned from meetings: of a conversation of fewer sentences the rules know more."""

Numbers = NDArray[np.float32]


class Told(IntEnum):
    """What the reader says of a passage, in the order of its answers."""

    WORK = 0
    """The sentence carries work: asks for it, takes it on, or tells it again."""
    TAKEN_ON = 1
    """In it work is taken on or given."""
    FIRST = 2
    """It is the first that tells this work."""
    FOLLOW_UP = 3
    """The work is getting in touch with somebody, or coming together."""
    OWN = 4
    """The work is the speaker's own."""
    TRAP = 5
    """It sounds like work and is none."""
    DUE = 6
    """Of two sentences: the marked day is when the work is due."""
    SAME = 7
    """Of two sentences: they tell the same work."""


_OF_ONE: Final = (Told.WORK, Told.TAKEN_ON)
"""For these a sentence is read."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence that tells work, and another one, with where it names the day that is asked about."""

    work: int
    other: int
    day: tuple[int, int] | None = None


class Model:
    """One of the two models, in memory."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session

    def read(self, passages: Sequence[Passage]) -> Numbers:
        """Return what is said of passages, as log odds: one a row, the columns as `Told` has them."""
        different = sorted(set(passages), key=lambda one: (len(one.pieces), one.pieces, one.types))
        found: dict[Passage, Numbers] = {}
        for first in range(0, len(different), BATCH):
            some = different[first : first + BATCH]
            found.update(zip(some, self._read(some), strict=True))
        return np.array([found[one] for one in passages], np.float32).reshape(len(passages), len(Told))

    def _read(self, passages: Sequence[Passage]) -> Numbers:
        ids = np.zeros((len(passages), max(len(one.pieces) for one in passages)), np.int64)
        types, there = np.zeros_like(ids), np.zeros_like(ids)
        for row, one in enumerate(passages):
            ids[row, : len(one.pieces)] = one.pieces
            types[row, : len(one.types)] = one.types
            there[row, : len(one.pieces)] = 1
        (logits,) = self._session.run(None, {"input_ids": ids, "token_type_ids": types, "attention_mask": there})
        return np.asarray(logits, np.float32)


class Reader:
    """Both models, the one that highlights, and what cuts texts into the pieces that they know."""

    def __init__(self, quick: Model, careful: Model, highlighter: Highlighter, tokenizer: Tokenizer) -> None:
        self._quick, self._careful = quick, careful
        self.highlighter = highlighter
        self.tokenizer = tokenizer

    def read(self, passages: Sequence[Passage], asked: Sequence[Told]) -> Numbers:
        """Return what is said of passages, as log odds: one a row, the columns as `Told` has them.

        Args:
            passages: What to read.
            asked: The answers for which it is read; where the quick one is sure that none of them is yes, or that all
                are, its word is enough.
        """
        told = self._quick.read(passages)
        answers = told[:, list(asked)]
        doubtful = (answers.max(axis=1, initial=-np.inf) >= DOUBTFUL) & (answers.min(axis=1, initial=np.inf) < SURE)
        again = self._careful.read([one for one, look in zip(passages, doubtful, strict=True) if look])
        told[doubtful] += (again - told[doubtful]) / 2
        return told


class Reading:
    """A conversation as the reader understands it; each question is asked once.

    Args:
        sentences: The conversation without what is not to be heard: the reader does not get to see it.
        reader: Who reads it.
    """

    def __init__(self, sentences: Sequence[Sentence], reader: Reader) -> None:
        self._reader = reader
        self._place = {sentence.number: place for place, sentence in enumerate(sentences)}
        self._passages = Passages(
            [sentence.text for sentence in sentences],
            [sentence.speaker for sentence in sentences],
            reader.tokenizer,
        )
        self._told: dict[int, Numbers] = {}
        self._of_pairs: dict[Pair, Numbers] = {}
        self._numbers = [sentence.number for sentence in sentences]

    def listen(self, numbers: Iterable[int]) -> None:
        """Read some sentences, those that are to be heard, together: one by one takes twice as long."""
        fresh = sorted(self._place.keys() & set(numbers) - self._told.keys())
        if fresh:
            told = self._reader.read([self._passages.around(self._place[number]) for number in fresh], _OF_ONE)
            self._told.update(zip(fresh, told, strict=True))

    def of(self, number: int, what: Told) -> float:
        """Return the log odds that something is so of a sentence; of one that is not to be heard, that it hardly is."""
        self.listen((number,))
        told = self._told.get(number)
        return UNREAD if told is None else float(told[what])

    def of_pairs(self, pairs: Sequence[Pair], what: Told) -> list[float]:
        """Return the log odds that something is so of pairs of sentences; both must have been heard."""
        fresh = [pair for pair in dict.fromkeys(pairs) if pair not in self._of_pairs]
        if fresh:
            told = self._reader.read(
                [self._passages.of_two(self._place[pair.work], self._place[pair.other], pair.day) for pair in fresh],
                (what,),
            )
            self._of_pairs.update(zip(fresh, told, strict=True))
        return [float(self._of_pairs[pair][what]) for pair in pairs]

    def highlights(self, number: int) -> dict[Origin, float]:
        """Return how likely the words in and around a sentence tell what its work is about, 0 to 1.

        By the number of the sentence that a piece of a word stands in, and the character at which it begins. Of a
        sentence that is not to be heard, nothing.
        """
        if not self.heard(number):
            return {}
        found = self._reader.highlighter.read(self._passages.long(self._place[number]))
        return {(self._numbers[place], begin): chance for (place, begin), chance in found.items()}

    def heard(self, number: int) -> bool:
        """Tell whether a sentence is one of those that the reader gets to see."""
        return number in self._place


UNREAD: Final = -4.0


@cache
def reader() -> Reader:
    """Return the models, loaded once in a process, in about half a second."""
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    highlighter = Highlighter(in_memory(str(HIGHLIGHTER)))
    return Reader(Model(in_memory(str(QUICK))), Model(in_memory(str(CAREFUL))), highlighter, tokenizer)
