"""Whether what the engine says rests on what was said."""

import re
from collections.abc import Sequence
from typing import Final, Protocol

from bot.engine.insights.stems import stem
from bot.engine.insights.vocabulary import STOP_WORDS
from bot.engine.records import Message

_WORD: Final = re.compile(r"\w+(?:'\w+)*")


class Quoted(Protocol):
    """Anything that rests on a quote: an insight or a decision."""

    @property
    def quote(self) -> str:
        """The words."""

    @property
    def message_ids(self) -> tuple[str, ...]:
        """The messages that hold them."""


def is_verbatim(conclusion: Quoted, messages: Sequence[Message]) -> bool:
    """Tell whether a quote stands word for word in the messages that are said to hold it."""
    texts = {message.id: message.text for message in messages}
    if not conclusion.message_ids or any(one not in texts for one in conclusion.message_ids):
        return False
    quote = _spaced(conclusion.quote)
    return bool(quote) and quote in _spaced(" ".join(texts[one] for one in conclusion.message_ids))


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def content_words(text: str) -> frozenset[str]:
    """Return the words of a text that carry what it is about, without their endings."""
    plain = text.casefold().replace("’", "'")
    return frozenset(stem(word) for word in _WORD.findall(plain) if word not in STOP_WORDS)
