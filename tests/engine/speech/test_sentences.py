import pytest
from hypothesis import given, settings

from bot.engine.records import Utterance, Word
from bot.engine.speech.sentences import MOST_WORDS, sentences
from tests.engine.speech.segments import SEGMENTS, heard


def spoken(text: str, start: float = 0.0, pace: float = 0.4) -> Utterance:
    """Return an utterance whose words take three quarters of `pace` seconds each."""
    words = tuple(
        Word(word, start + index * pace, start + index * pace + 0.75 * pace, 0.9)
        for index, word in enumerate(text.split())
    )
    return Utterance(words[0].start, words[-1].end, text, words)


def texts(*utterances: Utterance) -> list[str]:
    return [sentence.text for sentence in sentences(utterances)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Good morning.", "I will send it by Friday!", "Will you?"],
        ["Dr. Smith owes us 3.5 million.", "He said so at 4 p.m. on Monday."],
        ["We use tools, e.g. example.com and v2.0 of the API.", "It works."],
        ["Ask J. Miller in the U.S. about it.", "She knows."],
        ["Wait... what about the budget?", "Fine."],
    ],
)
def test_speech_is_cut_at_the_ends_of_sentences_and_nowhere_else(expected: list[str]) -> None:
    assert texts(spoken(" ".join(expected))) == expected


def test_a_sentence_over_two_segments_is_one_sentence() -> None:
    first = spoken("This page lists the results indicating the recognition")
    second = spoken("results of the two models.", first.end + 0.1)
    assert texts(first, second) == ["This page lists the results indicating the recognition results of the two models."]


def test_a_long_pause_ends_a_sentence_that_has_no_stop() -> None:
    first = spoken("so we move the launch")
    assert len(texts(first, spoken("and now the budget", first.end + 3))) == 2


def test_a_breath_and_a_capital_end_a_sentence_that_has_no_stop() -> None:
    first = spoken("I mean I guess so right")
    assert len(texts(first, spoken("As long as she agrees", first.end + 0.8))) == 2
    assert len(texts(first, spoken("as long as she agrees", first.end + 0.8))) == 1


def test_each_sentence_has_its_own_words_and_times() -> None:
    first, second = sentences([spoken("Good morning. I will send it.", start=100)])
    assert [word.text for word in second.words] == ["I", "will", "send", "it."]
    assert [first.start, first.end] == pytest.approx([100, 100.7])
    assert [second.start, second.end] == pytest.approx([100.8, 102.3])


def test_a_sentence_that_never_ends_is_cut_at_a_comma_or_a_pause() -> None:
    speech = "and then we looked at all of it again and again, " * 12
    cut = texts(spoken(speech.strip()))
    assert all(len(text.split()) <= MOST_WORDS for text in cut)
    assert all(text.endswith("again,") for text in cut)
    assert " ".join(cut) == speech.strip()


def test_text_without_word_times_gets_times_in_proportion() -> None:
    first, second = sentences([Utterance(10, 20, "Yes. We will do all of that today.")])
    assert (first.text, first.start) == ("Yes.", 10)
    assert first.end == second.start < 13
    assert second.end == pytest.approx(20)


def test_japanese_is_cut_without_spaces() -> None:
    words = tuple(
        Word(text, index, index + 1, 0.9) for index, text in enumerate(["今日", "は", "。", "明日", "も", "。"])
    )
    segments = [Utterance(0, 3, "今日は。", words[:3]), Utterance(3, 6, "明日も。", words[3:])]
    assert texts(*segments) == ["今日は。", "明日も。"]


def test_nothing_said_is_no_sentence() -> None:
    assert sentences([]) == ()
    assert sentences([Utterance(0, 1, "  ")]) == ()


@settings(deadline=None)
@given(SEGMENTS)
def test_no_word_is_lost_changed_or_moved(segments: list[list[tuple[str, float]]]) -> None:
    utterances = heard(segments)

    cut = sentences(utterances)

    assert [word for one in cut for word in one.words] == [word for one in utterances for word in one.words]
    assert all(1 <= len(one.words) <= MOST_WORDS for one in cut)
    assert all(one.text == " ".join(word.text for word in one.words) for one in cut)
    assert all(one.start == one.words[0].start and one.end == one.words[-1].end for one in cut)
