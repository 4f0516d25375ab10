from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.records import Utterance, Word
from bot.engine.speech.sentences import sentences
from bot.engine.speech.turns import Spoken, Turn, always, spoken
from tests.engine.speech.segments import SEGMENTS, heard


def utterance(text: str, at: float = 0.0) -> Utterance:
    """Return a text of which each word takes a second."""
    words = tuple(Word(word, at + n, at + n + 0.9, 0.9) for n, word in enumerate(text.split()))
    return Utterance(at, words[-1].end, text, words)


def told(said: tuple[Spoken, ...]) -> list[tuple[str, str | None]]:
    return [(one.utterance.text, one.voice) for one in said]


def test_a_sentence_ends_where_another_voice_begins() -> None:
    turns = (Turn(0, 2, "a", 0.9), Turn(2, 5, "b", 0.7))
    said = spoken([utterance("Could you? Sure, I will.")], turns)
    assert told(said) == [("Could you?", "a"), ("Sure, I will.", "b")]
    assert [one.score for one in said] == [0.9, 0.7]


def test_words_outside_of_every_turn_are_nobodys() -> None:
    said = spoken([utterance("So it is."), utterance("Well.", 10)], (Turn(0, 3, "a"),))
    assert told(said) == [("So it is.", "a"), ("Well.", None)]


def test_a_word_that_two_turns_share_belongs_to_the_one_that_has_more_of_it() -> None:
    said = spoken([utterance("Yes.", 1)], (Turn(0, 1.3, "a"), Turn(1.2, 3, "b")))
    assert told(said) == [("Yes.", "b")]


def test_a_sentences_first_words_stay_with_the_voice_that_says_the_rest() -> None:
    turns = (Turn(0, 3.8, "a", 0.9), Turn(3.8, 9, "b", 0.8))
    said = spoken([utterance("That is all. If we could begin now.")], turns)
    assert told(said) == [("That is all.", "a"), ("If we could begin now.", "b")]


def test_an_answer_whose_stop_was_not_heard_stays_with_who_gave_it() -> None:
    said = spoken([utterance("So who sends the invoice I will.")], (Turn(0, 5, "a"), Turn(5, 9, "b")))
    assert told(said) == [("So who sends the invoice", "a"), ("I will.", "b")]
    said = spoken([utterance("Sure, so we begin at once.")], (Turn(0, 1, "a"), Turn(1, 9, "b")))
    assert told(said) == [("Sure,", "a"), ("so we begin at once.", "b")]


def test_a_short_answer_is_a_sentence_of_its_own_and_stays_with_who_gave_it() -> None:
    turns = (Turn(0, 3, "a"), Turn(3, 4, "b"), Turn(4, 9, "a"))
    said = spoken([utterance("Shall we begin? Yes. Then let us begin.")], turns)
    assert told(said) == [("Shall we begin?", "a"), ("Yes.", "b"), ("Then let us begin.", "a")]


def test_an_utterance_without_word_times_is_cut_by_its_letters() -> None:
    said = spoken([Utterance(0, 2, "Hello. Hello.", ())], (Turn(0, 1, "a"), Turn(1, 2, "b")))
    assert told(said) == [("Hello.", "a"), ("Hello.", "b")]


@settings(deadline=None)
@given(SEGMENTS, st.lists(st.tuples(st.floats(0, 60), st.floats(0, 9), st.sampled_from(["a", "b", None])), max_size=9))
def test_no_word_is_lost_whoever_speaks(
    segments: list[list[tuple[str, float]]], spread: list[tuple[float, float, str | None]]
) -> None:
    turns = sorted((Turn(start, start + length, voice) for start, length, voice in spread), key=lambda turn: turn.start)
    utterances = heard(segments)
    said = spoken(utterances, turns)
    assert [word for one in said for word in one.utterance.words] == [word for one in utterances for word in one.words]


@settings(deadline=None)
@given(SEGMENTS)
def test_one_voice_says_the_same_sentences_as_nobody_in_particular(segments: list[list[tuple[str, float]]]) -> None:
    utterances = heard(segments)
    assert tuple(one.utterance for one in spoken(utterances, always("a"))) == sentences(utterances)
