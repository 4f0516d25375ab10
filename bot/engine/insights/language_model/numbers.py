"""The numbers that a text names, in digits or in English words."""

import re
from typing import Final

from bot.engine.insights.vocabulary import ORDINALS

_DIGITS: Final = re.compile(r"\d+(?:[.,]\d+)*")
_SMALL_WORDS: Final = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_SMALL: Final = {word: value for value, word in enumerate(_SMALL_WORDS.split())}
_TENS_WORDS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS: Final = {word: 10 * value for value, word in enumerate(_TENS_WORDS.split(), start=2)}
_LARGE: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_WORD: Final = re.compile(r"[a-z]+")
_EVERYWHERE: Final = frozenset({"0", "1"})
"""“One of them” names no number."""

_SMALL_ORDINALS: Final = 3
"""“First” and “second” mostly put things in order."""


def numbers_in(text: str) -> frozenset[str]:
    """Return the numbers in a text, each as plain digits, so that "2,500" and "twenty-five hundred" are one."""
    found = {_plain(match[0]) for match in _DIGITS.finditer(text)}
    return frozenset(found | set(_spoken(text.lower()))) - _EVERYWHERE


def parts_of(text: str) -> frozenset[str]:
    """Return the numbers that are parts of those in a text: 12 and 40 of "12:40"; hours are told without minutes."""
    return frozenset(re.findall(r"\d+", text))


def _plain(digits: str) -> str:
    """Take out the marks between thousands; what is left of others marks a fraction."""
    joined = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", digits).replace(",", ".")
    return joined.lstrip("0") or "0"


def _spoken(flat: str) -> list[str]:
    found: list[str] = []
    total, part, reading = 0, 0, False
    for word in [*_WORD.findall(flat), ""]:
        small = _SMALL.get(word, _TENS.get(word))
        if small is not None and not (reading and part % 10 and word in _SMALL):
            part, reading = part + small, True
        elif word in _LARGE and reading:
            part *= _LARGE[word]
            if _LARGE[word] > _LARGE["hundred"]:
                total, part = total + part, 0
        elif word == "and" and reading:
            continue
        else:
            if reading:
                found.append(str(total + part))
            total, part, reading = 0, small or 0, small is not None
    found.extend(str(number) for word, number in ORDINALS.items() if number > _SMALL_ORDINALS and word in flat.split())
    return found
