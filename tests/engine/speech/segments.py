"""Makes what a recogniser hears, for tests of what becomes of it."""

from itertools import accumulate

from hypothesis import strategies as st

from bot.engine.records import Utterance, Word

TEXTS = st.sampled_from(["so", "I", "Anna", "3.5", "Mr.", "done.", "why?", "well,", "...", "—"])
SEGMENTS = st.lists(st.lists(st.tuples(TEXTS, st.floats(0, 3)), min_size=1, max_size=80), max_size=12)


def heard(segments: list[list[tuple[str, float]]]) -> list[Utterance]:
    """Return utterances of words that follow one another, each with the pause before it."""
    ends = iter(accumulate(pause + 0.2 for segment in segments for _, pause in segment))
    utterances = []
    for segment in segments:
        words = tuple(Word(text, at - 0.2, at, 0.5) for (text, _), at in zip(segment, ends, strict=False))
        text = " ".join(text for text, _ in segment)
        utterances.append(Utterance(words[0].start, words[-1].end, text, words))
    return utterances
