"""Tells what was heard from what the recogniser made up: Whisper fills noise and laughter with fluent text."""

from collections.abc import Iterable, Iterator

from bot.engine.records import Utterance

# Invented words are improbable ones: on meeting recordings, segments of real speech average 0.3 and more.
LEAST_SCORE = 0.25
# The same short answer may be given twice; a third time in a row it has to be heard clearly.
MOST_REPEATS = 2
CLEAR_SCORE = 0.6
# In real speech, however excited, at least every fourth word of a longer stretch is a new one.
LOOP_WORDS = 12
LEAST_VARIETY = 0.25


def credible(utterances: Iterable[Utterance]) -> Iterator[Utterance]:
    """Leave out utterances that nobody said: improbable words, loops inside an utterance, and loops of utterances."""
    last, repeats = "", 0
    for utterance in utterances:
        score = mean_score(utterance)
        if score < LEAST_SCORE or _loops(utterance.text):
            continue
        said = _plain(utterance.text)
        repeats = repeats + 1 if said == last else 1
        last = said
        if repeats <= MOST_REPEATS or score >= CLEAR_SCORE:
            yield utterance


def mean_score(utterance: Utterance) -> float:
    """Return how probable an utterance's words are on average; 1 where the source does not say."""
    scores = [word.score for word in utterance.words if word.score is not None]
    return sum(scores) / len(scores) if scores else 1.0


def _loops(text: str) -> bool:
    words = _plain(text).split()
    return len(words) >= LOOP_WORDS and len(set(words)) / len(words) < LEAST_VARIETY


def _plain(text: str) -> str:
    return "".join(sign if sign.isalnum() else " " for sign in text.casefold()).strip()
