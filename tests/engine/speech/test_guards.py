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
