"""Who speaks when, laid over the words that were heard."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import inf

from bot.engine.records import Utterance, Word
from bot.engine.speech.sentences import interpolated, sentences

REACH_SECONDS = 0.5
"""How far a word may lie beside a turn and still belong to it: word times are that exact."""

FEW_WORDS = 2
"""A sentence's first words that seem to be the voice's before are the sentence's own: a turn ends late, a word begins
early. Its last ones may be an answer whose stop was not heard, and so may a beginning with a comma: they stay.
"""

STOPS = (".", "!", "?", "…", "。", "！", "？")


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch in which one voice speaks.

    Attributes:
        start: Seconds from the start of the recording.
        end: Seconds from the start of the recording.
        voice: A label for it, the same all through the recording; None where it cannot be told whose it is.
        score: How sure that is, 0 to 1; None when there is no doubt, as in a channel of its own.
    """

    start: float
    end: float
    voice: str | None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence, the voice that said it, and how sure that is."""

    utterance: Utterance
    voice: str | None = None
    score: float | None = None


def always(voice: str | None) -> tuple[Turn, ...]:
    """Return the turns of a recording in which only one voice is heard."""
    return (Turn(0.0, inf, voice),)


def spoken(utterances: Iterable[Utterance], turns: Sequence[Turn]) -> tuple[Spoken, ...]:
    """Return the sentences of what was heard, in order; none of them goes on when the voice changes.

    Args:
        utterances: What was heard, in order.
        turns: By their start. They may overlap: a word belongs to the turn that shares the most of its time.
    """
    heard = list(utterances)
    near = _near(heard, turns)
    pieces = (piece for utterance in heard for piece in _pieces(utterance, near))
    said: list[Spoken] = []
    for voice, run in groupby(pieces, key=lambda piece: piece[0].voice):
        whole = sentences([utterance for _, utterance in run])
        said.extend(Spoken(sentence, voice, _score(sentence, near, voice)) for sentence in whole)
    return tuple(said)


def _near(utterances: Sequence[Utterance], turns: Sequence[Turn]) -> list[Turn]:
    """Leave out the turns that are far from all of it: there are thousands in a long recording."""
    if not utterances:
        return []
    first = min(utterance.start for utterance in utterances) - REACH_SECONDS
    last = max(utterance.end for utterance in utterances) + REACH_SECONDS
    return [turn for turn in turns if turn.start <= last and turn.end >= first]


def turn_of(word: Word, turns: Sequence[Turn]) -> Turn:
    """Return the turn in which a word was said; outside of all of them the nearest within reach, else nobody's."""
    best, most = Turn(word.start, word.end, None), -REACH_SECONDS
    for turn in turns:
        shared = min(word.end, turn.end) - max(word.start, turn.start)
        if shared > most:
            best, most = turn, shared
    return best


def _pieces(utterance: Utterance, turns: Sequence[Turn]) -> Iterator[tuple[Turn, Utterance]]:
    """Cut an utterance where the voice changes."""
    words = utterance.words or interpolated(utterance)
    placed = _settled([(turn_of(word, turns), word) for word in words])
    at = 0
    for _, run in groupby(placed, key=lambda pair: pair[0].voice):
        pairs = list(run)
        inside = tuple(word for _, word in pairs)
        begin, end = _span(utterance.text, inside, at)
        at = end
        piece = replace(
            utterance, start=inside[0].start, end=inside[-1].end, text=utterance.text[begin:end], words=inside
        )
        yield pairs[0][0], piece


def _settled(placed: list[tuple[Turn, Word]]) -> list[tuple[Turn, Word]]:
    """Give a sentence's first words to the voice that says the rest of it."""
    settled: list[tuple[Turn, Word]] = []
    sentence: list[tuple[Turn, Word]] = []
    for number, (turn, word) in enumerate(placed, 1):
        sentence.append((turn, word))
        if word.text.endswith(STOPS) or number == len(placed):
            settled += _with_its_beginning(sentence)
            sentence = []
    return settled


def _with_its_beginning(sentence: list[tuple[Turn, Word]]) -> list[tuple[Turn, Word]]:
    runs = [list(run) for _, run in groupby(sentence, key=lambda pair: pair[0].voice)]
    if len(runs) == 1 or len(runs[0]) > FEW_WORDS or len(runs[1]) <= FEW_WORDS or runs[1][0][0].voice is None:
        return sentence
    if any(not word.text[-1:].isalnum() for _, word in runs[0]):
        return sentence
    return [(runs[1][0][0], word) for _, word in runs[0]] + sentence[len(runs[0]) :]


def _span(text: str, words: Sequence[Word], at: int) -> tuple[int, int]:
    """Return where words stand in a text, from their first to their last."""
    begin = None
    for word in words:
        found = text.find(word.text, at)
        if found >= 0:
            begin = found if begin is None else begin
            at = found + len(word.text)
    return (at if begin is None else begin), at


def _score(sentence: Utterance, turns: Sequence[Turn], voice: str | None) -> float | None:
    """Return how sure it is that a voice said a sentence: the mean over its words."""
    if voice is None:
        return None
    scores = [turn.score for turn in (turn_of(word, turns) for word in sentence.words) if turn.score is not None]
    return round(sum(scores) / len(scores), 3) if scores else None
