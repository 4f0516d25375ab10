"""What the reader hears in a conversation, where the words alone do not say it."""

import pytest

from bot.engine.insights.reader import Pair, Reading, Told, reader
from bot.engine.insights.sentences import Sentence, cut
from tests.engine.insights.talking import conversation

STAND_UP = """
Ana: Morning all. Did everybody get home all right last night?
Bo: Just about. The trams had stopped.
Ana: The client wants the price list again, the one with the new fees.
Bo: I can do that. I'll send it over on Thursday, when the fees are final.
Ana: Lovely.
Cem: I sent them the old one in May, and nobody ever answered.
Ana: They never do. Anything else?
Bo: If I were rich I'd send them a printed one, in gold.
Ana: Ha. Right then. So Bo sends the price list on Thursday, and that was it.
Cem: See you tomorrow.
"""


@pytest.fixture(scope="module")
def sentences() -> list[Sentence]:
    """Return the sentences of a stand-up."""
    return cut(conversation(STAND_UP))


@pytest.fixture(scope="module")
def reading(sentences: list[Sentence]) -> Reading:
    """Return how the reader understands it."""
    return Reading(sentences, reader())


def number_of(words: str, sentences: list[Sentence]) -> int:
    """Return the number of the sentence with some words."""
    return next(sentence.number for sentence in sentences if words in sentence.text)


def test_a_promise_is_more_likely_work_than_what_was_done_or_joked_about(
    reading: Reading, sentences: list[Sentence]
) -> None:
    promised, done, joked = (
        reading.of(number_of(words, sentences), Told.WORK) for words in ("I'll send it", "I sent them", "If I were")
    )
    assert promised > 0 > max(done, joked)


def test_who_promises_does_it_themselves(reading: Reading, sentences: list[Sentence]) -> None:
    assert reading.of(number_of("I'll send it", sentences), Told.OWN) > 0


def test_the_day_of_the_promise_is_its_deadline_and_not_a_day_of_something_else(
    reading: Reading, sentences: list[Sentence]
) -> None:
    promise, end = number_of("I'll send it", sentences), number_of("See you", sentences)

    def day(number: int, words: str) -> Pair:
        start = sentences[number].text.index(words)
        return Pair(promise, number, (start, start + len(words)))

    on_thursday, tomorrow = reading.of_pairs([day(promise, "Thursday"), day(end, "tomorrow")], Told.DUE)
    assert on_thursday > 0 > tomorrow


def test_a_sentence_says_the_same_however_often_and_beside_whatever_it_is_read(sentences: list[Sentence]) -> None:
    again = Reading(sentences, reader())
    number = number_of("I'll send it", sentences)
    assert again.of(number, Told.WORK) == Reading(sentences, reader()).of(number, Told.WORK)


def test_what_is_not_to_be_heard_is_not_read(sentences: list[Sentence]) -> None:
    hidden = number_of("If I were", sentences)
    rest = Reading([sentence for sentence in sentences if sentence.number != hidden], reader())
    assert not rest.heard(hidden)
    assert rest.of(hidden, Told.WORK) < 0
