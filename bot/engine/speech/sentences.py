"""Cuts what was heard into sentences, each with its words and times."""

from collections.abc import Sequence

from bot.engine.records import Utterance


def sentences(utterances: Sequence[Utterance]) -> tuple[Utterance, ...]:
    """Return the sentences of `utterances`, in order."""
    return tuple(utterances)
