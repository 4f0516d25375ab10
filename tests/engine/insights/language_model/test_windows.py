from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.insights.language_model.numbers import numbers_in
from bot.engine.insights.language_model.quotes import Transcript
from bot.engine.insights.language_model.windows import LONGEST_LINE, halves, numbered, windows
from tests.engine.insights.language_model.meetings import conversation

_TEXTS = st.lists(st.text(st.sampled_from("ab .\u200b言"), max_size=60).map(lambda text: text * 3), max_size=12)


@settings(deadline=None, max_examples=50)
@given(_TEXTS, st.integers(5, 60))
def test_every_line_is_asked_about_in_exactly_one_window(texts: list[str], words: int) -> None:
    lines = numbered(conversation([("Ana", text) for text in texts]))
    asked = [n for window in windows(lines, words) for n in range(window.first, window.last + 1)]
    assert asked == [line.number for line in lines]


@settings(deadline=None, max_examples=50)
@given(_TEXTS)
def test_halves_are_about_the_same_lines(texts: list[str]) -> None:
    for window in windows(numbered(conversation([("Ana", text) for text in texts])), 10_000):
        parts = halves(window)
        asked = [n for part in parts for n in range(part.first, part.last + 1)]
        assert asked in ([], list(range(window.first, window.last + 1)))
        assert all(set(part.lines) <= set(window.lines) for part in parts)


def test_a_line_of_fifty_thousand_words_is_read_in_pieces_and_quoted_as_one_message() -> None:
    messages = conversation([("Ana", " ".join(f"word{n}" for n in range(50_000)))])
    lines = numbered(messages)
    assert len(lines) > 50_000 / LONGEST_LINE - 1
    assert " ".join(line.text for line in lines) == messages[0].text
    span = Transcript(messages).find("WORD49998  word49999", [0])
    assert span is not None
    assert span.text == "word49998 word49999"


def test_text_without_blanks_is_cut_as_well() -> None:
    lines = numbered(conversation([("Ana", "会議" * 10_000)]))
    assert len(lines) > 1
    assert "".join(line.text for line in lines) == "会議" * 10_000


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=40), st.text(max_size=40), st.data())
def test_a_quote_that_is_found_is_verbatim_whatever_the_letters(one: str, other: str, data: st.DataObject) -> None:
    messages = conversation([("Ana", one), ("Bob", other)])
    joined = f"{one} {other}"
    start = data.draw(st.integers(0, len(joined)))
    quote = joined[start : start + data.draw(st.integers(0, 40))]
    span = Transcript(messages).find(quote.upper(), [0, 1])
    if span is not None:
        held = " ".join(messages[place].text for place in span.places)
        assert span.text in held


def test_numbers_are_the_same_in_digits_and_in_words() -> None:
    assert numbers_in("2,500 euros") == numbers_in("two thousand five hundred euros") == {"2500"}
    assert numbers_in("the 15th") == numbers_in("the fifteenth") == {"15"}
    assert numbers_in("twenty five, then 3.5") == {"25", "3.5"}
    assert numbers_in("one of them") == frozenset()
