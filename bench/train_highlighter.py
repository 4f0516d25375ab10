"""Makes the highlighter's weights: `python -m bench.train_highlighter`.

The quick reader is trained further, on the meetings in `bench/meetings` and the scripted meetings for training: of a
sentence that carries work it is to mark the words, in it and around it, that who marked the meeting wrote down for the
work. It needs what `bench.train_reader` says, but no folder. Forty minutes on two cores. `docs/models.md` is the card.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from tokenizers import Tokenizer
from torch.nn import functional

from bench.networks import Marking, reading_minilm
from bench.reader_examples import Lesson, of_gold, of_written
from bench.train_reader import SEED, Course, shown, train, write
from bench.written_meetings import FOLDER, read_written
from bot.engine.insights.highlighter import HIGHLIGHTER
from bot.engine.insights.meaning import TOKENIZER
from bot.engine.insights.merging import matter_of, names_of, telling_words
from bot.engine.insights.passages import Origin, Passage, Passages
from bot.engine.insights.reader import QUICK
from bot.evaluation.gold import Part, read_meetings

COURSE: Final = Course(epochs=3, rate=6e-5, head_rate=6e-4, warm=0.08)

USUAL: Final = -1.5
"""The log odds that a word is one of those, before anything is learned: about one in six is."""

NOT_ASKED: Final = -1.0
"""Stands for the answer of a piece of which nothing is learned: of a small word, of a name of who speaks."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage, whether each of its pieces tells what the work is about, and what it counts."""

    passage: Passage
    answers: tuple[float, ...]
    count: float


def marked(lesson: Lesson, tokenizer: Tokenizer) -> Iterator[Marked]:
    """Yield what a meeting teaches: each of its sentences that carries work."""
    sentences = lesson.sentences
    passages = Passages([one.text for one in sentences], [one.speaker for one in sentences], tokenizer)
    names = names_of(sentences)
    told: dict[Origin, str] = {}
    for place, sentence in enumerate(sentences):
        for start, end, stem in telling_words(sentence.plain):
            told |= {(place, at): stem for at in range(start, end) if stem not in names}
    by_item = [matter_of(item.text.lower()) - names for item in lesson.items]
    for number, items in lesson.carries.items():
        written = frozenset[str]().union(*(by_item[item] for item in items))
        if written:
            long = passages.long(number)
            stems = [told.get(origin) if origin else None for origin in long.origins]
            answers = tuple(NOT_ASKED if stem is None else float(stem in written) for stem in stems)
            yield Marked(long.passage, answers, lesson.weight)


def losses(network: Marking, found: Sequence[Marked]) -> Callable[[list[int]], Any]:
    """Return what tells how wrong the highlighter is of examples."""

    def loss_of(places: list[int]) -> Any:
        some = [found[place] for place in places]
        ids, types, there = shown([one.passage for one in some])
        answers, counts = torch.full(ids.shape, NOT_ASKED), torch.zeros(ids.shape)
        for row, one in enumerate(some):
            length = len(one.answers)
            answers[row, :length] = torch.tensor(one.answers)
            counts[row, :length] = one.count
        counts *= answers != NOT_ASKED
        told = network(ids, types, there)
        apart = functional.binary_cross_entropy_with_logits(told, answers.clamp(min=0), reduction="none")
        return (apart * counts).sum() / counts.sum()

    return loss_of


def main() -> None:
    """Train, and write the file."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--to", type=Path, default=HIGHLIGHTER)
    asked = arguments.parse_args()
    torch.manual_seed(SEED)
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    lessons = [of_written(one) for one in read_written(FOLDER)] + [of_gold(one) for one in read_meetings(Part.TRAIN)[0]]
    found = [one for lesson in lessons for one in marked(lesson, tokenizer)]
    network = Marking(reading_minilm(QUICK), USUAL)
    print(f"{len(found)} examples")
    lengths = [len(one.answers) for one in found]
    train(network, lengths, losses(network, found), COURSE)
    write(network, asked.to, ("passages", "pieces"))
    print(f"{asked.to.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
