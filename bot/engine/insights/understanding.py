"""The way from a conversation's messages to everything that is understood of it."""

import re
from collections.abc import Sequence

from bot.engine.insights.sentences import cut
from bot.engine.records import Insight, InsightKind, InsightOptions, Insights, Message

_WILL = re.compile(r"\bi(?:'ll| will) (?!be\b|say\b|see\b|tell\b|never\b)(?P<what>.+?)[.!?]*$")


def understand(messages: Sequence[Message], options: InsightOptions) -> Insights:
    """Return the action items, follow-ups, questions, topics and key moments of a conversation, with their evidence."""
    items = []
    questions = []
    for sentence in cut(messages):
        speaker, ids = sentence.speaker, sentence.message_ids()
        if sentence.text.endswith("?"):
            questions.append(Insight(InsightKind.QUESTION, sentence.text, sentence.text, ids, speaker, 0.7))
        elif match := _WILL.search(sentence.plain):
            what = sentence.text[match.start("what") : match.end("what")]
            text = what[:1].upper() + what[1:]
            items.append(Insight(InsightKind.ACTION_ITEM, text, sentence.text, ids, speaker, 0.7, owner=speaker))
    if (options.language or "en")[:2] != "en":
        return Insights(questions=tuple(questions))
    return Insights(action_items=tuple(items), questions=tuple(questions))
