"""Cuts what was heard into sentences, each with its words and times.

The recogniser's own segments end where its half minute ends, or where it took a breath: often in the middle of a
sentence, sometimes after three. So the words of everything that was said without a long pause are put together, and
cut anew: at the ends of sentences, and where a sentence never ends, at its best pause.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.engine.records import Utterance, Word
from bot.engine.sentences import split

# Silence that ends a sentence, whatever the punctuation says. People who look for a word pause up to about this long.
LONG_PAUSE_SECONDS = 2.0
# Silence that ends a sentence without a stop when the recogniser began a new segment with a capital letter.
BREATH_SECONDS = 0.5
# A sentence in a meeting has 5 to 20 words; beyond this the recogniser only left out the stops.
MOST_WORDS = 50
LEAST_WORDS = 8
# How many seconds of pause a comma is worth, when a sentence that is too long must be cut somewhere.
CLAUSE_BONUS_SECONDS = 0.3
CLAUSE_MARKS = ",;:—–、，；："


@dataclass(frozen=True, slots=True)
class _Placed:
    """A word, and where it stands in the text."""

    word: Word
    begin: int
    end: int


def sentences(utterances: Sequence[Utterance]) -> tuple[Utterance, ...]:
    """Return the sentences of `utterances`, in order; no word is lost, changed or moved."""
    cut: list[Utterance] = []
    for text, placed in _runs(utterances):
        for begin, end in split(text):
            inside = [one for one in placed if one.begin < end and one.end > begin]
            cut.extend(_sentence(text, piece) for piece in _bounded(inside))
    return tuple(cut)


def _runs(utterances: Iterable[Utterance]) -> Iterator[tuple[str, list[_Placed]]]:
    """Yield stretches without a long pause: their text, and their words in it."""
    text, placed = "", list[_Placed]()
    for word, between, leads in _words(utterances):
        if placed and _breaks(placed[-1].word, word, leads=leads):
            yield text, placed
            text, placed = "", []
        if text:
            text += between
        placed.append(_Placed(word, len(text), len(text) + len(word.text)))
        text += word.text
    if placed:
        yield text, placed


def _breaks(last: Word, word: Word, *, leads: bool) -> bool:
    pause = word.start - last.end
    if pause >= LONG_PAUSE_SECONDS:
        return True
    return leads and pause >= BREATH_SECONDS and word.text[:1].isupper()


def _words(utterances: Iterable[Utterance]) -> Iterator[tuple[Word, str, bool]]:
    """Yield each word, what stands between it and the one before, and whether it is its segment's first."""
    for utterance in utterances:
        at = 0
        for index, word in enumerate(utterance.words or interpolated(utterance)):
            found = utterance.text.find(word.text, at)
            # Languages without spaces have words without spaces between them; across segments there is no telling.
            spaced = found < 0 or found > at or (index == 0 and not _is_wide(word.text))
            at = found + len(word.text) if found >= 0 else at
            if word.text:
                yield word, " " if spaced else "", index == 0


def interpolated(utterance: Utterance) -> tuple[Word, ...]:
    """Return an utterance's words with times in proportion to their letters: for a source that has no word times."""
    texts = utterance.text.split()
    letters = sum(map(len, texts))
    words = []
    start = utterance.start
    for text in texts:
        end = start + (utterance.end - utterance.start) * len(text) / letters
        words.append(Word(text, start, end))
        start = end
    return tuple(words)


def _is_wide(text: str) -> bool:
    """Say whether a text begins in a script that is written without spaces: Chinese, Japanese."""
    return "\u3000" <= text[:1] <= "\u9fff" or "\uf900" <= text[:1] <= "\uffef"


def _bounded(placed: list[_Placed]) -> Iterator[list[_Placed]]:
    while len(placed) > MOST_WORDS:
        places = range(LEAST_WORDS, min(MOST_WORDS, len(placed) - LEAST_WORDS) + 1)
        best = max(places, key=lambda place: _worth(placed[place - 1], placed[place]))
        yield placed[:best]
        placed = placed[best:]
    if placed:
        yield placed


def _worth(before: _Placed, after: _Placed) -> float:
    bonus = CLAUSE_BONUS_SECONDS if before.word.text[-1] in CLAUSE_MARKS else 0.0
    return after.word.start - before.word.end + bonus


def _sentence(text: str, placed: list[_Placed]) -> Utterance:
    words = tuple(one.word for one in placed)
    start, end = words[0].start, max(word.end for word in words)
    return Utterance(start, max(start, end), text[placed[0].begin : placed[-1].end], words)
