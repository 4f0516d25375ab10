"""How a sentence sounds: an indication, no more."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.insights.sentiment import sentiment


def test_good_bad_and_plain_sentences_are_told_apart() -> None:
    assert sentiment("This is great, I love it!") > 0.3
    assert sentiment("That was a terrible delay and a bad surprise.") < -0.3
    assert sentiment("The meeting is on the second floor.") == 0


def test_negation_turns_a_word_around_and_is_milder() -> None:
    assert -sentiment("good") < sentiment("not good") < 0 < sentiment("no problem") < 1


def test_stronger_words_count_more() -> None:
    assert sentiment("very good") > sentiment("good") > sentiment("fairly good") > 0


@settings(deadline=None)
@given(st.text(max_size=200))
def test_every_text_has_a_sentiment_between_minus_one_and_one(text: str) -> None:
    assert -1 <= sentiment(text) <= 1
