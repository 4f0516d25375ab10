from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.engine.records import Utterance, Word
from bot.engine.speech.sentences import sentences
from bot.engine.speech.streams import SentenceStream
from tests.engine.speech.segments import SEGMENTS, heard


@settings(deadline=None)
@example([[("so", 0.0)] * 70] * 12)
@example([[("well,", 0.1), ("so", 0.1), ("Anna", 0.6)] * 25] * 12)
@given(SEGMENTS | st.lists(st.just([("so", 0.1), ("I", 0.1), ("done.", 0.3)] * 20), max_size=12))
def test_sentences_while_they_are_heard_are_those_of_the_whole(segments: list[list[tuple[str, float]]]) -> None:
    utterances = heard(segments)
    given_out: list[Utterance] = []
    stream = SentenceStream(given_out.extend)
    for utterance in utterances:
        stream.hear(utterance)
    stream.end()
    assert tuple(given_out) == sentences(utterances)


def test_a_sentence_is_given_as_soon_as_a_silence_follows_it() -> None:
    given_out: list[Utterance] = []
    stream = SentenceStream(given_out.extend)
    for at in (0.0, 10.0):
        words = (Word("Yes,", at, at + 1, 0.9), Word("please.", at + 1, at + 2, 0.9))
        stream.hear(Utterance(at, at + 2, "Yes, please.", words))
    assert [one.text for one in given_out] == ["Yes, please."]
