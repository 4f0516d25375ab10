from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.sentences import LONGEST, split

CASES = [
    ("Hello there. I will do it!", ["Hello there.", "I will do it!"]),
    ("Ask Mr. Smith or Dr. J. Doe. He knows.", ["Ask Mr. Smith or Dr. J. Doe.", "He knows."]),
    ("At 9 a.m. tomorrow. It ends at 5 p.m. Then we go.", ["At 9 a.m. tomorrow.", "It ends at 5 p.m.", "Then we go."]),
    ("It costs $3.50 at example.com, e.g. today.", ["It costs $3.50 at example.com, e.g. today."]),
    ("1. Write it\n2. Send it", ["1. Write it", "2. Send it"]),
    ("No. 5 is out. No. Let us wait.", ["No. 5 is out.", "No.", "Let us wait."]),
    ("Well... I think so. Wait... Anna left.", ["Well... I think so.", "Wait...", "Anna left."]),
    ('"Go!" she said. (Really?) Yes.', ['"Go!"', "she said.", "(Really?)", "Yes."]),
    ("thanks. i will send it. ok", ["thanks.", "i will send it.", "ok"]),
    ("So do I. Fine.", ["So do I.", "Fine."]),
    ("我们走吧。好的！", ["我们走吧。", "好的！"]),
    ("What?! - No.", ["What?!", "- No."]),
    ("no stop at all", ["no stop at all"]),
    ("  \n ", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_text_is_cut_where_its_sentences_end(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in split(text)] == expected


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("aAiI .!?…\n1\"')。 -"), max_size=80))
def test_no_letter_is_lost_and_sentences_keep_their_order(text: str) -> None:
    spans = split(text)
    inside = "".join(text[start:end] for start, end in spans)
    assert [letter for letter in inside if letter.isalnum()] == [letter for letter in text if letter.isalnum()]
    for start, end in spans:
        assert text[start:end] == text[start:end].strip() != ""
    assert spans == sorted(spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("piece", ["e.g. ", "Yes. ", "x... ", ". ", "\n ", "1. "])
def test_a_million_characters_are_cut_while_nobody_waits(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    spans = split(text)
    assert sum(end - start for start, end in spans) <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "." * 100_000 + "x",
        '."' * 50_000 + "x",
        "x" * 100_000,
        "? " * 50_000,
        "a" * 50_000 + "." * 50_000 + "b",
        "… " * 50_000,
    ],
    ids=["dots", "quoted dots", "one word", "marks", "both", "ellipses"],
)
def test_a_line_without_sentences_is_cut_in_one_pass(text: str) -> None:
    assert all(end - start <= LONGEST for start, end in split(text))


def test_a_line_that_goes_on_and_on_is_cut_between_words_and_loses_none() -> None:
    text = " ".join(f"word{number}" for number in range(50_000))
    pieces = [text[start:end] for start, end in split(text)]
    assert " ".join(pieces) == text
    assert max(map(len, pieces)) <= LONGEST
    assert "".join(("a" * 5_000)[start:end] for start, end in split("a" * 5_000)) == "a" * 5_000
