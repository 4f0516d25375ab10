import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evaluation.wer import WordErrors, compare, word_errors

WORDS = st.lists(st.sampled_from(["send", "the", "march", "invoice", "to", "ana"]), max_size=12)


@pytest.mark.parametrize(
    ("said", "heard", "errors"),
    [
        ("send the invoice", "send the invoice", (0, 0, 0)),
        ("send the invoice", "send the voice", (0, 0, 1)),
        ("send the invoice", "send invoice", (0, 1, 0)),
        ("send the invoice", "send me the invoice", (1, 0, 0)),
        ("send the invoice to Ana", "spend the in voice Ana", (0, 0, 3)),
        ("", "thank you", (2, 0, 0)),
        ("thank you", "", (0, 2, 0)),
    ],
)
def test_each_kind_of_error_is_counted_apart(said: str, heard: str, errors: tuple[int, int, int]) -> None:
    found = word_errors(said, heard)
    assert (found.inserted, found.deleted, found.replaced) == errors


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Send the March invoice, please.", "send the march invoice please"),
        ("It’s O.K.", "it's o k"),
        ("a follow-up", "a follow up"),
        ("Mister Hale said OK", "Mr. Hale said okay"),
        ("two of twelve", "2 of 12"),
        ("five percent", "5%"),
        ("Äußerungen", "äusserungen"),
    ],
)
def test_spelling_case_and_marks_are_no_errors(said: str, heard: str) -> None:
    assert word_errors(said, heard).wrong == 0


def test_a_contraction_that_was_heard_in_full_is_an_error() -> None:
    assert word_errors("you'll find it", "you will find it").wrong == 2


def test_what_is_made_up_where_nobody_speaks_counts_word_for_word() -> None:
    assert word_errors("", "thanks for watching").rate == 3.0


def test_the_rate_of_several_recordings_is_that_of_all_their_words() -> None:
    both = WordErrors(deleted=1, said=2) + WordErrors(inserted=1, said=8)
    assert both.rate == pytest.approx(0.2)


@given(WORDS, WORDS)
@settings(deadline=None)
def test_errors_are_none_for_equal_words_only_and_never_more_than_there_are_words(
    said: list[str], heard: list[str]
) -> None:
    found = compare(said, heard)
    assert (found.wrong == 0) is (said == heard)
    assert abs(len(said) - len(heard)) <= found.wrong <= max(len(said), len(heard))
    assert len(said) - found.deleted + found.inserted == len(heard)
    assert compare(heard, said).wrong == found.wrong
