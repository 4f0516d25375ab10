"""Whether a summary says only what was said: each of its words must be in the messages that it points at.

Small words carry nothing and are free, but for those that turn a meaning round; so are the few words by which the
engine reports what others said. Speakers' names count as said with what they said.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bot.engine.insights.sentences import plain
from bot.engine.insights.stems import stem
from bot.engine.insights.vocabulary import STOP_WORDS, words
from bot.engine.records import Message, SummarySentence

REPORTING: Final = frozenset(
    map(stem, words("talked spoke conversation decided agreed taken open asked meeting still answer answered said"))
)
"""How the engine's own sentences report what was said."""

_TURNS_ROUND: Final = words("no not never none nobody nothing nor neither without cannot")
_WORD: Final = re.compile(r"\w+(?:['-]\w+)*")


def unsupported(summary: Iterable[SummarySentence], messages: Sequence[Message]) -> list[SummarySentence]:
    """Return the sentences of a summary that say something that the messages they point at do not."""
    by_id = {message.id: message for message in messages}
    return [sentence for sentence in summary if not is_supported(sentence, by_id)]


def is_supported(sentence: SummarySentence, by_id: Mapping[str, Message]) -> bool:
    """Tell whether the messages that a sentence points at say all that it says."""
    told = [by_id[one] for one in sentence.message_ids if one in by_id]
    if not told or len(told) < len(sentence.message_ids):
        return False
    heard = frozenset(_telling(" ".join(f"{each.text} {each.speaker.name if each.speaker else ''}" for each in told)))
    return heard.issuperset(word for word in _telling(sentence.text) if word not in REPORTING)


def _telling(text: str) -> Iterable[str]:
    for word in _WORD.findall(plain(text)):
        if word in _TURNS_ROUND or word.endswith("n't"):
            yield "not"
        elif word not in STOP_WORDS:
            yield stem(word)
            yield from (stem(part) for part in word.split("-") if "-" in word)
