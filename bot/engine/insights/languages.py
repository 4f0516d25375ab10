"""Is this English? The rules for insights are; for other languages only topics and question marks are read."""

import re
from collections.abc import Sequence
from typing import Final

from bot.engine.insights.sentences import Sentence
from bot.engine.insights.vocabulary import words

_TELLING: Final = words(
    """the and to of that it is you i we for this with have be on are so was not but they what just know can yeah at if
    do"""
)
_SHARE: Final = 0.18
"""In English speech at least so many of the words are among these; measured on meetings it is about a third."""


def is_english(sentences: Sequence[Sentence], language: str | None) -> bool:
    """Tell whether the rules for English apply: as the caller says, else by the commonest words."""
    if language:
        return language[:2].lower() == "en"
    spoken = [word for sentence in sentences for word in re.findall(r"[^\W\d_]+", sentence.plain)]
    return sum(word in _TELLING for word in spoken) >= _SHARE * len(spoken)
