"""One short summary of those of all windows."""

from collections.abc import Sequence
from typing import Final

from bot.engine.insights.language_model import prompts
from bot.engine.insights.language_model.chat import Chat
from bot.engine.insights.language_model.drafts import Said, read_drafts
from bot.engine.insights.language_model.failures import ModelFailed
from bot.engine.insights.language_model.findings import told_once
from bot.engine.insights.language_model.quotes import fold
from bot.engine.insights.language_model.texts import Support, Tongue, cleaned, unsupported
from bot.engine.records import Message, SummarySentence

SHORTEST: Final = 2
LONGEST: Final = 5
"""A summary has two to five sentences."""

_SHARE: Final = 0.6
_MOST: Final = 40
"""Sentences that are shortened at once: of three hours of talk."""


def shortened(
    chat: Chat,
    told: Sequence[SummarySentence],
    messages: Sequence[Message],
    tongue: Tongue,
    language: str | None,
) -> list[SummarySentence]:
    """Return a summary of at most `LONGEST` sentences: the model's, where it holds; else some of those that it is of.

    Args:
        chat: Whom to ask.
        told: The sentences of all windows, each already held to what was said.
        messages: The conversation.
        tongue: What of what is said and written can be compared.
        language: Two letters of the language to write in; None for the sentences' own.
    """
    told = _spread(told, _MOST)
    try:
        drafts = read_drafts(chat.ask(prompts.shortening([sentence.text for sentence in told], language)).text)
    except ModelFailed:
        drafts = None
    names = tuple({message.speaker.name for message in messages if message.speaker})
    written = [
        _held(said, told, Tongue(tongue.english, same=True), names) for said in (drafts.summary if drafts else ())
    ]
    kept = told_once(sentence for sentence in written if sentence is not None)[:LONGEST]
    return kept if len(kept) >= SHORTEST else _spread(told, LONGEST)


def _held(said: Said, told: Sequence[SummarySentence], tongue: Tongue, names: Sequence[str]) -> SummarySentence | None:
    """Return a sentence that says what those it points at say, with the messages that they rest on."""
    based = [told[number - 1] for number in said.lines if 1 <= number <= len(told)]
    quote = fold(said.quote).text
    if not any(quote in fold(sentence.text).text for sentence in based):
        return None
    ids = tuple(dict.fromkeys(one for sentence in based for one in sentence.message_ids))
    text = cleaned(said.text)
    if unsupported(text, Support([sentence.text for sentence in based], names, tongue, _SHARE)) is not None:
        return None
    return SummarySentence(text, ids)


def _spread(told: Sequence[SummarySentence], most: int) -> list[SummarySentence]:
    """Return at most so many sentences, from all over."""
    if len(told) <= most:
        return list(told)
    return [told[round(n * (len(told) - 1) / (most - 1))] for n in range(most)]
