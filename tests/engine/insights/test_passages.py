"""What the reader is shown: the sentence that is asked about, and enough of what is said around it."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from bot.engine.insights.meaning import TOKENIZER
from bot.engine.insights.passages import (
    AFTER,
    BEFORE,
    BEGIN,
    BESIDE,
    BETWEEN,
    DATED,
    DAY,
    DAY_END,
    END,
    LONG_AFTER,
    LONG_BEFORE,
    OF_TWO,
    OTHER,
    SENTENCE,
    WORK,
    Passage,
    Passages,
)

MARKS = 6
"""Pieces that a passage has besides words: its beginning and ends, marks, and who speaks."""

TALK = (
    ("Ana", "Could you send me the price list by Friday?"),
    ("Bo", "Sure."),
    ("Bo", "You will have it on Thursday."),
    ("Ana", "Lovely."),
)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """Return MiniLM's tokenizer."""
    return Tokenizer.from_file(str(TOKENIZER))


def passages(talk: tuple[tuple[str | None, str], ...], tokenizer: Tokenizer) -> Passages:
    """Return the passages of a talk."""
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Passages([text for _, text in talk], [who for who, _ in talk], tokenizer)


def read(passage: Passage, tokenizer: Tokenizer, kind: int | None = None) -> str:
    """Return the words of a passage, or of a kind only."""
    told = [
        piece
        for piece, each in zip(passage.pieces, passage.types, strict=True)
        if kind in {None, each} and piece not in {BEGIN, END}
    ]
    return str(tokenizer.decode(told, skip_special_tokens=False))


def test_a_sentence_is_marked_and_stands_among_what_was_said_around_it(tokenizer: Tokenizer) -> None:
    shown = passages(TALK, tokenizer).around(2)
    assert read(shown, tokenizer, 1) == "a : you will have it on thursday."
    assert read(shown, tokenizer) == (
        "b : could you send me the price list by friday? a : sure. a : you will have it on thursday. b : lovely."
    )


def test_two_sentences_and_a_day_are_marked_in_the_order_in_which_they_were_said(tokenizer: Tokenizer) -> None:
    text = TALK[2][1]
    shown = passages(TALK, tokenizer).of_two(0, 2, (text.index("Thursday"), text.index(".")))
    places = [shown.pieces.index(mark) for mark in (WORK, OTHER, DAY, DAY_END)]
    assert places == sorted(places)
    assert read(shown, tokenizer, 0) == "b : sure. a : lovely."


def test_work_and_its_day_may_stand_in_one_sentence(tokenizer: Tokenizer) -> None:
    text = TALK[0][1]
    shown = passages(TALK, tokenizer).of_two(0, 0, (text.index("Friday"), text.index("?")))
    assert shown.pieces.count(WORK) == shown.pieces.count(OTHER) == shown.pieces.count(DAY) == 1


def test_nobody_s_name_is_shown_when_nobody_knows_who_speaks(tokenizer: Tokenizer) -> None:
    shown = passages(tuple((None, text) for _, text in TALK), tokenizer).around(0)
    assert read(shown, tokenizer, 1).startswith("x : could you")


def test_of_each_piece_of_a_long_passage_one_can_tell_where_it_was_said(tokenizer: Tokenizer) -> None:
    shown = passages(TALK, tokenizer).long(2)
    assert read(shown.passage, tokenizer, 1) == "a : you will have it on thursday."
    said = zip(shown.passage.pieces, shown.origins, strict=True)
    for piece, origin in said:
        if origin is not None:
            place, begin = origin
            assert TALK[place][1][begin:].lower().startswith(str(tokenizer.id_to_token(piece)).removeprefix("##"))
    assert {origin[0] for origin in shown.origins if origin} == {0, 1, 2, 3}


words = st.text(st.sampled_from("abc .,?'"), max_size=400)


@settings(deadline=None, max_examples=40)
@given(
    talk=st.lists(st.tuples(st.sampled_from(["Ana", "Bo", None]), words), min_size=1, max_size=12),
    chance=st.randoms(use_true_random=False),
)
def test_a_passage_never_grows_beyond_what_the_model_reads_whatever_was_said(
    talk: list[tuple[str | None, str]], chance: Random
) -> None:
    kept = Tokenizer.from_file(str(TOKENIZER))
    cut = passages(tuple(talk), kept)
    work, other = chance.randrange(len(talk)), chance.randrange(len(talk))
    alone, long = cut.around(work), cut.long(work)
    two = cut.of_two(work, other, (0, min(3, len(talk[other][1]))))
    assert len(alone.pieces) == len(alone.types) <= BEFORE + SENTENCE + AFTER + MARKS
    assert len(two.pieces) == len(two.types) <= 2 * BESIDE + 2 * BETWEEN + OF_TWO + DATED + 3 * MARKS
    assert len(long.origins) == len(long.passage.pieces) == len(long.passage.types)
    assert len(long.origins) <= LONG_BEFORE + SENTENCE + LONG_AFTER + MARKS
    assert alone.pieces[0] == two.pieces[0] == long.passage.pieces[0] == BEGIN
