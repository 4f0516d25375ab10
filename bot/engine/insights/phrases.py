"""Which words of a message made it work: what `detectPhrases` shows."""

from collections.abc import Iterable

from bot.engine.insights.merging import Task


def action_phrases(tasks: Iterable[Task]) -> dict[str, tuple[str, ...]]:
    """Return the action phrases of each message by its id, verbatim, in order."""
    found: dict[str, list[str]] = {}
    for task in tasks:
        cue = task.cue
        for message_id, start, end, _ in cue.sentence.parts:
            phrase = cue.sentence.text[max(start, cue.start) : min(end, cue.end)].strip(" ,;:")
            if phrase and max(start, cue.start) < min(end, cue.end):
                found.setdefault(message_id, []).append(phrase)
    return {message_id: tuple(spans) for message_id, spans in found.items()}
