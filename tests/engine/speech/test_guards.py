import pytest

from bot.engine.records import Utterance, Word
from bot.engine.speech.guards import credible


def said(text: str, score: float = 0.9) -> Utterance:
    words = tuple(Word(word, index, index + 0.5, score) for index, word in enumerate(text.split()))
    return Utterance(0, len(words), text, words)


def texts(*utterances: Utterance) -> list[str]:
    return [utterance.text for utterance in credible(utterances)]


def test_clear_speech_is_kept() -> None:
    assert texts(said("I will send the budget."), said("Thanks.")) == ["I will send the budget.", "Thanks."]


def test_mumbled_speech_is_kept() -> None:
    assert texts(said("We moved the thing over.", 0.35)) == ["We moved the thing over."]


def test_improbable_words_are_an_invention() -> None:
    assert texts(said("Thanks for watching!", 0.1)) == []


def test_a_loop_inside_an_utterance_is_an_invention() -> None:
    assert texts(said("30 30 40 40 " * 8)) == []


def test_no_no_no_is_speech() -> None:
    assert texts(said("No, no, no, no, no.")) == ["No, no, no, no, no."]


def test_the_same_words_again_and_again_are_kept_twice() -> None:
    assert texts(*[said("I'm sorry.", 0.5)] * 5, said("Okay.")) == ["I'm sorry.", "I'm sorry.", "Okay."]


def test_the_same_words_heard_clearly_are_kept() -> None:
    assert texts(*[said("Yeah.", 0.95)] * 4) == ["Yeah."] * 4


def test_text_without_scores_is_believed() -> None:
    assert texts(Utterance(0, 1, "Hello there.")) == ["Hello there."]


def over(voice: float, *utterances: Utterance) -> list[str]:
    """Return what is believed of words while speech was so likely."""
    return [utterance.text for utterance in credible(utterances, lambda _: voice)]


@pytest.mark.parametrize(
    "text", ["Thank you for watching!", "Thanks for listening.", "Please subscribe", "字幕由志愿者提供"]
)
def test_thanks_to_an_audience_are_an_invention_where_hardly_anybody_speaks(text: str) -> None:
    assert over(0.35, said(text)) == []
    assert over(0.9, said(text, 0.5)) == []


def test_a_speaker_who_thanks_an_audience_is_heard() -> None:
    assert over(0.7, said("Thank you for listening.")) == ["Thank you for listening."]
    assert over(0.35, said("Our customers subscribe each month.")) == ["Our customers subscribe each month."]


@pytest.mark.parametrize(
    "text",
    ["Subtitles by the Amara.org community", "Untertitel der Amara.org-Community", "[Music]", "(laughs) ♪", "..."],
)
def test_what_only_stands_under_films_is_never_said(text: str) -> None:
    assert over(0.9, said(text)) == []


def test_words_over_no_voice_must_be_heard_clearly() -> None:
    assert over(0.1, said("Right.", 0.4), said("Okay then.", 0.9)) == ["Okay then."]


def test_the_vocabulary_is_not_recited() -> None:
    vocabulary = ("Kowalczyk", "Zephyrion", "order book")
    heard = [
        said("Kowalczyk, Zephyrion."),
        said("Zephyrion order book"),
        said("Kowalczyk."),
        said("Ask Kowalczyk, Ana."),
    ]
    assert [one.text for one in credible(heard, vocabulary=vocabulary)] == ["Kowalczyk.", "Ask Kowalczyk, Ana."]
