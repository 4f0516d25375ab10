from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.records import Utterance, Word
from bot.engine.speech.sentences import sentences
from bot.engine.speech.streams import UNSURE_WORDS, WAITING_WORDS, SentenceStream


def utterances(parts: list[tuple[float, int, bool]]) -> list[Utterance]:
    """Return utterances: each after a pause, of so many words, ending with a stop or not."""
    heard: list[Utterance] = []
    at = 0.0
    for pause, count, stops in parts:
        at += pause
        words = [Word(f"w{n}", at + n * 0.4, at + n * 0.4 + 0.3, 0.9) for n in range(count)]
        if stops:
            words[-1] = Word(words[-1].text + ".", words[-1].start, words[-1].end, 0.9)
        heard.append(Utterance(words[0].start, words[-1].end, " ".join(word.text for word in words), tuple(words)))
        at = words[-1].end
    return heard


def streamed(heard: list[Utterance]) -> list[tuple[Utterance, ...]]:
    given_out: list[tuple[Utterance, ...]] = []
    stream = SentenceStream(given_out.append)
    for utterance in heard:
        stream.hear(utterance)
    stream.end()
    return given_out


PARTS = st.lists(st.tuples(st.sampled_from([0.1, 0.7, 3.0]), st.integers(1, 70), st.booleans()), max_size=30)


@settings(deadline=None)
@given(PARTS)
def test_streamed_sentences_hold_every_word_once_in_order(parts: list[tuple[float, int, bool]]) -> None:
    heard = utterances(parts)
    given_out = [word for cut in streamed(heard) for sentence in cut for word in sentence.words]
    assert given_out == [word for utterance in heard for word in utterance.words]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from([0.1, 3.0]), st.integers(1, 40), st.just(value=True)), max_size=12))
def test_speech_with_stops_is_cut_as_if_all_of_it_had_been_there(parts: list[tuple[float, int, bool]]) -> None:
    heard = utterances(parts)
    assert [sentence for cut in streamed(heard) for sentence in cut] == list(sentences(heard))


def test_a_speaker_who_never_pauses_can_be_read_before_the_end() -> None:
    heard = utterances([(0.1, 10, True)] * 100)
    stream_starts = streamed(heard)
    assert len(stream_starts) > 2
    assert sum(len(sentence.words) for sentence in stream_starts[0]) >= WAITING_WORDS - UNSURE_WORDS - 10
