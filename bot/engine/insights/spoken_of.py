"""What an item is about, where its own words do not say it: “Tonight, before I go” is no use to anybody alone.

The highlighter says which words around it tell that; the sentences that hold the most of them, and the clauses of long
ones, are quoted in brackets.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from bot.engine.insights.merging import matter_of, names_of, telling_words
from bot.engine.insights.passages import Origin
from bot.engine.insights.referents import Referent
from bot.engine.insights.sentences import Sentence

MOST: Final = 2
"""At most so many stretches are quoted,"""

LONGEST: Final = 12
"""of so many words each."""

COST: Final = 0.05
"""Each word that is quoted must be worth that much of a word that is sure to tell what the work is about,"""

WORTH: Final = 0.2
"""and all of a stretch so much more,"""

AGAIN: Final = 0.2
"""and a second one so much more,"""

MORE: Final = 0.25
"""and so much more for each word by which the item tells it already,"""

CLEAR: Final = 0.4
"""and so much more where its own words name something, and no pronoun has to be explained."""

_NAMED: Final = 2
"""They do with so many telling words, one of which is the verb."""

_PRONOUN: Final = re.compile(
    r"\b(?:it|them|that|this|those|these|one|him|her|he|she|they|there|then|so|some|any|both)\b"
)
_CLAUSE: Final = re.compile(r"[,;:–—]\s+")
_WORD: Final = re.compile(r"\S+")
_MARKS: Final = " \t\n.,;:!–—-"
_QUOTES: Final = '"“”'


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words that follow one another: how likely those of them that tell something tell what the work is about."""

    sentence: Sentence
    start: int
    end: int
    chances: Mapping[str, float]

    @property
    def words(self) -> int:
        return len(_WORD.findall(self.sentence.text[self.start : self.end]))


def spoken_of(
    text: str,
    highlights: Mapping[Origin, float],
    sentences: Sequence[Sentence],
    others: AbstractSet[int] = frozenset(),
) -> tuple[Referent, ...]:
    """Return what was said around an item that tells what it is about; nothing where its text does, or nothing does.

    Args:
        text: In which words the item is shown.
        highlights: How likely the words around it tell what it is about, by sentence and character.
        sentences: The whole conversation.
        others: The numbers of the sentences that tell other work.
    """
    chances = telling(highlights, sentences)
    known = set(matter_of(text.lower()))
    stretches = [each for each in _stretches(highlights, sentences) if each.sentence.number not in others]
    least = WORTH + MORE * sum(chances.get(stem, 0.0) for stem in known)
    least += 0.0 if _is_vague(text, known) else CLEAR
    found: list[_Stretch] = []
    while stretches and len(found) < MOST:
        best = max(stretches, key=lambda each: _worth(each, known))
        if _worth(best, known) < least + AGAIN * len(found):
            break
        found.append(best)
        known |= best.chances.keys()
    return tuple(_quoted(each) for each in sorted(found, key=lambda each: (each.sentence.number, each.start)))


def _is_vague(text: str, known: AbstractSet[str]) -> bool:
    """Tell whether nobody knows from a text alone what it is about."""
    explained = "(" in text  # "them (the prefects)"
    return len(known) < _NAMED or (bool(_PRONOUN.search(text.lower())) and not explained)


def telling(highlights: Mapping[Origin, float], sentences: Sequence[Sentence]) -> dict[str, float]:
    """Return how likely the words around an item tell what it is about, by their stems."""
    found: dict[str, float] = {}
    for number in {number for number, _ in highlights}:
        for stem, chance in _chances(highlights, sentences[number], 0, len(sentences[number].text)).items():
            found[stem] = max(chance, found.get(stem, 0.0))
    return found


def _worth(stretch: _Stretch, known: set[str]) -> float:
    return sum(chance for stem, chance in stretch.chances.items() if stem not in known) - COST * stretch.words


def _stretches(highlights: Mapping[Origin, float], sentences: Sequence[Sentence]) -> Iterator[_Stretch]:
    """Yield what can be quoted: short sentences, and clauses of the long ones."""
    numbers = sorted({number for number, _ in highlights})
    names = names_of(sentences[number] for number in numbers)
    for sentence in (sentences[number] for number in numbers):
        for start, end in _cuts(sentence.text):
            chances = _chances(highlights, sentence, start, end)
            yield _Stretch(sentence, start, end, {stem: chances[stem] for stem in chances.keys() - names})


def _chances(highlights: Mapping[Origin, float], sentence: Sentence, start: int, end: int) -> dict[str, float]:
    """Return how likely the words of a stretch tell what an item is about, by their stems."""
    found: dict[str, float] = {}
    for at, _, stem in telling_words(sentence.plain):
        if start <= at < end and (sentence.number, at) in highlights:
            found[stem] = max(highlights[sentence.number, at], found.get(stem, 0.0))
    return found


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where a sentence can be quoted."""
    words = list(_WORD.finditer(text))
    if len(words) <= LONGEST:
        yield 0, len(text)
        return
    clauses = list(_CLAUSE.finditer(text))
    for begin in (0, *(clause.end() for clause in clauses)):
        inside = [word.end() for word in words if word.start() >= begin][:LONGEST]
        if inside:
            yield from ((begin, end) for clause in clauses if begin < (end := clause.start()) < inside[-1])
            yield begin, inside[-1]


def _quoted(stretch: _Stretch) -> Referent:
    text = stretch.sentence.text
    said = text[stretch.start : stretch.end].strip(_MARKS)
    halved = said.count('"') % 2 or said.count("“") != said.count("”")
    said = said.strip(_MARKS + _QUOTES) if halved else said
    before = "…" if text[: stretch.start].strip(_MARKS + _QUOTES) else ""
    after = "…" if text[stretch.end :].strip(_MARKS + _QUOTES) else ""
    return Referent(f"“{before}{said}{after}”", stretch.sentence.message_ids(stretch.start, stretch.end))
