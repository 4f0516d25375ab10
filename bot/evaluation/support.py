"""Whether what the engine says rests on what was said."""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from bot.engine.records import Message


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


def words_not_said(text: str, said: Iterable[str], allowed: frozenset[str] = frozenset()) -> list[str]:
    """Return the words of `text`, in lower case, that stand in nothing of `said` and are not `allowed`."""
    known = {word for each in said for word in _words(each)} | allowed
    return [word for word in _words(text) if word not in known]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+(?:['’]\w+)*", text.casefold().replace("’", "'"))
